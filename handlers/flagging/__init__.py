"""A member sends in a post that looks false or fraudulent, and sees what became of it."""

from handlers.flagging import checking, helping, known, receiving, reported, sending

ROUTES = (
    receiving.routes,
    sending.routes,
    known.routes,
    helping.routes,
    checking.routes,
    reported.routes,
)
