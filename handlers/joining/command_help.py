"""`/menu` shows an officer their home, `/trogiup` lists commands, `/huy` cancels a conversation."""

from handlers.announcing.compose import question_prompt
from handlers.conversation import HOME_COMMAND, Context, Html, Routes
from handlers.home import screen
from handlers.messages import Answer
from storage.models import Role

routes = Routes()

_HELP = {
    None: "help-stranger",
    Role.MEMBER: "help-member",
    Role.OFFICER: "help-officer",
    Role.OWNER: "help-owner",
}


@routes.command(
    HOME_COMMAND,
    HOME_COMMAND,
    role=None,
    shown_to=Role.OFFICER,
    words=["menu", "trang chính", "trang chủ", "home"],
)
async def show_home(context: Context) -> Answer:
    """Shows an officer what waits for them; for others the same as `/trogiup`."""
    is_officer = context.role is not None and context.role.is_officer
    return await screen.show(context) if is_officer else await show_help(context)


@routes.command(
    "trogiup",
    "help",
    role=None,
    also=["huongdan"],
    words=["trợ giúp", "giúp", "hướng dẫn", "lệnh", "các lệnh", "help", "?"],
)
async def show_help(context: Context) -> Answer:
    """Shows the commands of this person's role."""
    key = "help-suspended" if context.is_suspended else _HELP[context.role]
    return [context.reply(context.say(key, club=context.club.name, contact=context.club.contact))]


@routes.command(
    "huy",
    "cancel",
    role=None,
    words=["thôi", "thôi không"],
    at_any_step=["huỷ", "hủy", "huỷ bỏ", "hủy bỏ", "cancel"],
)
async def cancel(context: Context) -> Answer:
    """Cancels the current conversation; drafts are kept."""
    return [context.reply(await _stop(context))]


@routes.action("cancel", role=None)
async def cancel_by_button(context: Context) -> Answer:
    """Cancels the current conversation; its button is under the question."""
    return [context.edit(await _stop(context))]


async def _stop(context: Context) -> Html:
    step = await context.chat_step.find()
    await context.clear_state()
    return context.say(
        "cancelled-draft" if step is not None and step.name == question_prompt.STEP else "cancelled"
    )
