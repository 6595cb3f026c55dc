"""`/ngungnhan` stops everything at once; `/roiclb` leaves the club and takes the name along.

Both need the whole command or its button: *roi*, *dung*, *ngung* mean too many things.
"""

from datetime import UTC, datetime, timedelta

from handlers.conversation.context import Context, UserError
from handlers.conversation.routes import Routes
from handlers.messages import Answer, MenuChange
from handlers.people.notify import note_suspended
from handlers.preferences.preferences import schedule
from storage import audit_log
from storage.members import members
from storage.models import Role
from storage.privacy import leaving

routes = Routes()

_EPOCH, _STEP = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
_NEARLY_STOPPING = (
    *("ngừng nhận", "ngưng nhận", "dừng nhận", "không nhận nữa", "huỷ đăng ký"),
    *("ngừng nhận tin", "ngưng nhận tin", "dừng nhận tin", "ngungnhan", "stop", "unsubscribe"),
)


@routes.command("ngungnhan", "stop", role=None, shown_to=Role.MEMBER, always=True)
async def stop_by_command(turn: Context) -> Answer:
    """Stops everything at once; more words behind the command only bring up the button."""
    if turn.rest:
        return await point_to_stopping(turn)
    _must_be_member(turn)
    return await _stop(turn)


@routes.command(
    "dung",
    "unsubscribe",
    role=None,
    in_menu=False,
    words=_NEARLY_STOPPING,
)
async def point_to_stopping(turn: Context) -> Answer:
    """Words that mean it nearly stop nothing by themselves."""
    _must_be_member(turn)
    row = (turn.button("leaving-stop-button", "stop"),)
    return [turn.reply(turn.say("leaving-stop-ask"), (row,))]


@routes.action("stop", role=None, always=True)
async def stop_by_button(turn: Context) -> Answer:
    """The same from a button."""
    _must_be_member(turn)
    return await _stop(turn)


@routes.command("roiclb", "leave", role=None, shown_to=Role.MEMBER, always=True)
async def ask_to_leave(turn: Context) -> Answer:
    """Says what leaving means and asks once."""
    _must_be_member(turn)
    await _club_keeps_an_owner(turn)
    row = (turn.button("leaving-leave-button", "leave"), turn.button("leaving-stay", "stay"))
    return [turn.reply(turn.say("leaving-ask"), (row,))]


@routes.action("leave-ask", role=None)
async def ask_to_leave_by_button(turn: Context) -> Answer:
    """The same from a button."""
    return await ask_to_leave(turn)


@routes.command(
    "roi",
    "quit",
    role=None,
    in_menu=False,
    words=["rời clb", "rời câu lạc bộ", "rời nhóm", "roiclb", "leave", "leave the club"],
)
async def point_to_leaving(turn: Context) -> Answer:
    """Words that mean it nearly do not even ask."""
    _must_be_member(turn)
    row = (turn.button("leaving-leave-button", "leave-ask"),)
    return [turn.reply(turn.say("leaving-leave-hint"), (row,))]


@routes.action("stay", role=None)
async def stay(turn: Context) -> Answer:
    """They thought better of it."""
    return [turn.instead(turn.say("leaving-stayed"))]


@routes.action("leave", role=None, always=True)
async def leave(turn: Context) -> Answer:
    """Leaves now: everything stops, and what names the person is erased."""
    _must_be_member(turn)
    await _club_keeps_an_owner(turn)
    if turn.who.role.is_officer:
        await audit_log.record(turn.tx, turn.who, "role given up", role=turn.who.role.value)
    await note_suspended(turn)
    await leaving.leave(turn.tx, turn.who)
    return [turn.instead(turn.say("leaving-left")), MenuChange(None, turn.say.language)]


async def _stop(turn: Context) -> Answer:
    stopped = await leaving.stop(turn.tx, turn.who)
    moment = (stopped.at - _EPOCH) // _STEP
    undo = ((turn.button("leaving-stop-undo", "unstop", moment),),) if stopped.purposes else ()
    return [turn.reply(turn.say("leaving-stopped"), undo)]


@routes.action("unstop")
async def resume(turn: Context) -> Answer:
    """Stopping was a slip: what was agreed to before is agreed to again."""
    if not await leaving.undo_stop(turn.tx, turn.who, _moment_of_stop(turn)):
        minutes = leaving.UNDO_WITHIN // timedelta(minutes=1)
        raise UserError("leaving-stop-undo-over", minutes=minutes)
    await schedule(turn)
    return [turn.instead(turn.say("leaving-stop-undone"))]


def _moment_of_stop(turn: Context) -> datetime:
    """To the microsecond, as the stop wrote it down: it names no other moment of the member's."""
    try:
        return _EPOCH + int(turn.args[0]) * _STEP
    except (IndexError, ValueError, OverflowError):
        raise UserError("button-unknown") from None


async def _club_keeps_an_owner(turn: Context) -> None:
    if await members.is_last_owner(turn.tx, turn.who):
        raise UserError("leaving-last-owner")


def _must_be_member(turn: Context) -> None:
    # A member who is suspended may stop and leave all the same, so the route lets everybody in.
    if not turn.is_member:
        raise UserError("leaving-stranger")
