"""Flagging: a member sends in a suspicious post and follows its case.

receive.py      entry: messages and `/baotin`
known_or_new.py    looks the post up, then answers or asks
matching.py    the matching itself: same post, fraud link, similar posts
official.py    whether the post is a text of the club; imitation.py reports a changed copy of one
submit.py    stores the flag; pending.py keeps one that is not sent yet
category.py    what the member says it is, after it was sent
delay_notice.py    says once that a verdict takes longer
officer_question.py    an officer's question to those who flagged, and the answers
check.py      `/tracuu`, a look-up that stores nothing
"""

from handlers.flagging import (
    category,
    check,
    feedback,
    imitation,
    known,
    my_flags,
    officer_question,
    receive,
    submit,
)

ROUTES = (
    receive.routes,
    submit.routes,
    imitation.routes,
    category.routes,
    known.routes,
    feedback.routes,
    check.routes,
    my_flags.routes,
    officer_question.routes,
)
