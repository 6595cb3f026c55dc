"""`/riengtu`: what is kept of a person, why, how long and who sees it; open to everybody."""

from handlers.conversation import Routes
from handlers.messages import Answer
from handlers.settings import ClubSettings
from handlers.speech import Html, Speech
from handlers.turn import Turn

routes = Routes()

VERSION = "2026-1"
"""Kept with every consent. Another wording of the notice is another version (a test holds this)."""


@routes.command("riengtu", "privacy", role=None, words=["riêng tư", "quyền riêng tư", "privacy"])
async def show_notice(turn: Turn) -> Answer:
    """The whole notice."""
    return [turn.reply(notice(turn.say, turn.club))]


def notice(say: Speech, club: ClubSettings) -> Html:
    """The privacy notice, one message long."""
    parts = (
        say("privacy-who", club=club.name, operator=club.operator, contact=club.contact),
        say("privacy-kept"),
        say("privacy-how-long"),
        say("privacy-who-sees"),
        say("privacy-rights", contact=club.contact),
        say("privacy-never"),
    )
    return Html("\n\n".join(parts))
