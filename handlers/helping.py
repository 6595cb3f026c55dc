"""`/trogiup`: what a person of this role can do, on one screen; and a way out of anything begun."""

from handlers.conversation import Routes
from handlers.messages import Answer
from handlers.turn import Turn
from storage.models import Role

routes = Routes()

_HELP = {
    None: "help-stranger",
    Role.MEMBER: "help-member",
    Role.OFFICER: "help-officer",
    Role.OWNER: "help-owner",
}


@routes.command("trogiup", "help", role=None, words=["trợ giúp", "giúp", "help", "menu", "?"])
async def show_help(turn: Turn) -> Answer:
    """What this person can do, as a short list of commands."""
    text = turn.say(_HELP[turn.role], club=turn.club.name, contact=turn.club.contact)
    return [turn.reply(text)]


@routes.command("huy", "cancel", role=None)
async def cancel(turn: Turn) -> Answer:
    """Gives up what was begun in this chat; drafts are kept."""
    await turn.done()
    return [turn.reply(turn.say("cancelled"))]


@routes.action("cancel", role=None)
async def cancel_by_button(turn: Turn) -> Answer:
    """The same from a button under the question."""
    await turn.done()
    return [turn.instead(turn.say("cancelled"))]
