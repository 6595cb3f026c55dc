"""The club's bot: every capability, in the order of the command menu."""

from handlers import helping, reading, sharing, statistics
from handlers.conversation import Conversation
from handlers.settings import ClubSettings

CAPABILITIES = (
    reading.routes,
    *sharing.ROUTES,
    statistics.routes,
    helping.routes,
)


def conversation(club: ClubSettings) -> Conversation:
    """The whole conversation of one club."""
    return Conversation(club, CAPABILITIES)
