"""A member sends in a post that looks false or fraudulent, and sees what became of it."""

from handlers.flagging import receiving, reported, sending

ROUTES = (receiving.routes, sending.routes, reported.routes)
