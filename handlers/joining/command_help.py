"""`/trogiup`: what a person of this role can do, on one screen; and a way out of anything begun."""

from handlers.announcing.compose import flow
from handlers.conversation.context import Context
from handlers.conversation.i18n import Html
from handlers.conversation.routes import Routes
from handlers.messages import Answer
from storage.conversation import state
from storage.models import Role

routes = Routes()

_HELP = {
    None: "help-stranger",
    Role.MEMBER: "help-member",
    Role.OFFICER: "help-officer",
    Role.OWNER: "help-owner",
}


@routes.command("trogiup", "help", role=None, words=["trợ giúp", "giúp", "help", "menu", "?"])
async def show_help(turn: Context) -> Answer:
    """What this person can do, as a short list of commands."""
    key = "help-suspended" if turn.is_suspended else _HELP[turn.role]
    text = turn.say(key, club=turn.club.name, contact=turn.club.contact)
    return [turn.reply(text)]


@routes.command("huy", "cancel", role=None)
async def cancel(turn: Context) -> Answer:
    """Gives up what was begun in this chat; drafts are kept."""
    return [turn.reply(await _stop(turn))]


@routes.action("cancel", role=None)
async def cancel_by_button(turn: Context) -> Answer:
    """The same from a button under the question."""
    return [turn.instead(await _stop(turn))]


async def _stop(turn: Context) -> Html:
    begun = await state.find(turn.tx, turn.lookup)
    await turn.done()
    drafting = begun is not None and begun.name == flow.STEP
    return turn.say("cancelled-draft" if drafting else "cancelled")
