"""Reasons and appeals: a few words at least, and no more than fit into one message."""

from handlers.conversation.context import Context, UserError

LEAST = 10
MOST = 1000


def read(context: Context) -> str:
    """What was written.

    Raises:
        UserError: it is too short to be understood, or too long to be passed on.
    """
    text = " ".join(context.incoming.text.split())
    return checked(text)


def checked(text: str) -> str:
    """The text itself, if its length will do.

    Raises:
        UserError: it will not.
    """
    if not LEAST <= len(text) <= MOST:
        raise UserError("people-text-length", least=LEAST, most=MOST, count=len(text))
    return text
