"""A member sends in a post that looks false or fraudulent, and sees what became of it."""

from handlers.flagging import check, feedback, known, my_flags, receive, submit

ROUTES = (
    receive.routes,
    submit.routes,
    known.routes,
    feedback.routes,
    check.routes,
    my_flags.routes,
)
