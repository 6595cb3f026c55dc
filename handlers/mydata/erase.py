"""`/xoadulieu`: erases everything held about the person, after one confirmation.

Only the whole command asks for it, no loose word and no prefix; `/roiclb` is for leaving.
"""

from handlers.conversation.context import Context, UserError
from handlers.conversation.routes import Routes
from handlers.messages import Answer, MenuChange, Reply
from handlers.people.notify import note_suspended
from storage import audit_log
from storage.members import members
from storage.models import Role
from storage.privacy import erasure

routes = Routes()

_ANSWER_WITHIN_S = 60 * 60
"""An old question must not erase somebody who scrolls through their chat months later."""


@routes.command("xoadulieu", "erase", role=None, shown_to=Role.MEMBER, always=True)
async def ask(turn: Context) -> Answer:
    """Says what erasing means and asks once."""
    if turn.rest:
        raise UserError("erase-whole-command")
    return [await _question(turn)]


@routes.command(
    "xoa",
    "delete",
    role=None,
    in_menu=False,
    words=["xoá dữ liệu", "xoá dữ liệu của tôi", "xoadulieu", "erase", "delete my data"],
)
async def point_to_erasing(turn: Context) -> Answer:
    """Words that mean it nearly do not even ask."""
    if not turn.is_member:
        raise UserError("data-nothing")
    raise UserError("erase-whole-command")


@routes.action("erase-ask", role=None)
async def ask_by_button(turn: Context) -> Answer:
    """The same from the button under one's data."""
    return [await _question(turn)]


@routes.action("erase-no", role=None)
async def keep(turn: Context) -> Answer:
    """They thought better of it."""
    return [turn.instead(turn.say("erase-kept"))]


@routes.action("erase", role=None, always=True)
async def erase(turn: Context) -> Answer:
    """Erases now."""
    await _may_erase(turn)
    if turn.now.timestamp() - turn.number() > _ANSWER_WITHIN_S:
        raise UserError("erase-stale")
    if turn.who.role.is_officer:
        await audit_log.record(turn.tx, turn.who, "role given up", role=turn.who.role.value)
    await note_suspended(turn)
    await erasure.erase(turn.tx, turn.who)
    return [turn.instead(turn.say("erase-done")), MenuChange(None, turn.say.language)]


async def _question(turn: Context) -> Reply:
    await _may_erase(turn)
    asked = int(turn.now.timestamp())
    row = (turn.button("erase-yes", "erase", asked), turn.button("erase-no", "erase-no"))
    return turn.reply(turn.say("erase-ask"), (row,))


async def _may_erase(turn: Context) -> None:
    # A member who is suspended may erase all the same, so the routes let everybody in.
    if not turn.is_member:
        raise UserError("data-nothing")
    if await members.is_last_owner(turn.tx, turn.who):
        raise UserError("erase-last-owner")
