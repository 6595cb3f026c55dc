"""`/trogiup` lists the commands of a role; `/huy` cancels the current conversation."""

from handlers.announcing.compose import question_prompt
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
async def show_help(context: Context) -> Answer:
    """Shows the commands of this person's role."""
    key = "help-suspended" if context.is_suspended else _HELP[context.role]
    text = context.say(key, club=context.club.name, contact=context.club.contact)
    return [context.reply(text)]


@routes.command("huy", "cancel", role=None)
async def cancel(context: Context) -> Answer:
    """Cancels the current conversation; drafts are kept."""
    return [context.reply(await _stop(context))]


@routes.action("cancel", role=None)
async def cancel_by_button(context: Context) -> Answer:
    """The same from a button under the question."""
    return [context.edit(await _stop(context))]


async def _stop(context: Context) -> Html:
    step = await state.find(context.tx, context.lookup)
    await context.clear_state()
    drafting = step is not None and step.name == question_prompt.STEP
    return context.say("cancelled-draft" if drafting else "cancelled")
