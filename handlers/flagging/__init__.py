"""Flagging: a member sends in a suspicious post and follows its case.

receive.py      entry: messages and `/nghivan`
known_or_new.py    looks the post up, then answers or asks
matching.py    the matching itself: same post, fraud link, similar posts
submit.py    stores the flag; pending.py keeps one that is not sent yet
check.py      `/kiemtra`, a look-up that stores nothing
"""

from handlers.flagging import check, feedback, known, my_flags, receive, submit

ROUTES = (
    receive.routes,
    submit.routes,
    known.routes,
    feedback.routes,
    check.routes,
    my_flags.routes,
)
