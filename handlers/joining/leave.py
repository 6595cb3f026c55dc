"""`/ngungnhan` stops all messages at once; `/roiclb` leaves the club and erases the name.

Both need the whole command or its button: *roi*, *dung*, *ngung* mean too many things.
"""

from datetime import UTC, datetime, timedelta

from handlers.conversation import Context, Routes, UserError, require
from handlers.joining import leaving_phrases
from handlers.messages import Answer, ButtonStyle, MenuChange
from handlers.people.notify import note_departure
from handlers.preferences.preferences import schedule
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
async def stop_by_command(context: Context) -> Answer:
    """Stops all messages; with more words behind the command it only shows the button."""
    if context.rest:
        return await point_to_stopping(context)
    _require_member(context)
    return await _stop(context)


@routes.command(
    "dung",
    "unsubscribe",
    role=None,
    in_menu=False,
    needs_slash=True,
    words=_NEARLY_STOPPING,
    phrases=leaving_phrases.STOP,
)
async def point_to_stopping(context: Context) -> Answer:
    """Similar words only show the button."""
    _require_member(context)
    row = (context.button("leaving-stop-button", "stop"),)
    return [context.reply(context.say("leaving-stop-ask"), (row,))]


@routes.action("stop", role=None, always=True)
async def stop_by_button(context: Context) -> Answer:
    """Stops all messages, as the command does."""
    _require_member(context)
    return await _stop(context)


@routes.command("roiclb", "leave", role=None, shown_to=Role.MEMBER, always=True)
async def ask_to_leave(context: Context) -> Answer:
    """Says what leaving means and asks once."""
    _require_member(context)
    await _require_other_owner(context)
    row = (
        context.button("leaving-leave-button", "leave", style=ButtonStyle.DANGER),
        context.button("leaving-stay", "stay"),
    )
    return [context.reply(context.say("leaving-ask"), (row,))]


@routes.action("leave-ask", role=None)
async def ask_to_leave_by_button(context: Context) -> Answer:
    """Says what leaving means and asks once, as the command does."""
    return await ask_to_leave(context)


@routes.command(
    "roi",
    "quit",
    role=None,
    in_menu=False,
    needs_slash=True,
    words=["rời clb", "rời câu lạc bộ", "rời nhóm", "roiclb", "leave", "leave the club"],
    phrases=leaving_phrases.LEAVE,
)
async def point_to_leaving(context: Context) -> Answer:
    """Similar words only show a button that asks."""
    _require_member(context)
    row = (context.button("leaving-leave-button", "leave-ask"),)
    return [context.reply(context.say("leaving-leave-hint"), (row,))]


@routes.command(
    "thoat",
    "exit",
    role=None,
    in_menu=False,
    needs_slash=True,
    phrases=leaving_phrases.EITHER,
)
async def point_to_either(context: Context) -> Answer:
    """Words that may mean both show both buttons."""
    _require_member(context)
    rows = (
        (context.button("leaving-stop-button", "stop"),),
        (context.button("leaving-leave-button", "leave-ask"),),
    )
    return [context.reply(context.say("leaving-either-ask"), rows)]


@routes.action("stay", role=None)
async def stay(context: Context) -> Answer:
    """Keeps the membership after the question."""
    return [context.edit(context.say("leaving-stayed"))]


@routes.action("leave", role=None, always=True)
async def leave(context: Context) -> Answer:
    """Leaves the club: stops all messages and erases what identifies the person."""
    _require_member(context)
    await _require_other_owner(context)
    await note_departure(context)
    await leaving.leave(context.tx, context.current_member)
    return [context.edit(context.say("leaving-left")), MenuChange(None, context.say.language)]


async def _stop(context: Context) -> Answer:
    stopped = await leaving.stop(context.tx, context.current_member)
    moment = (stopped.at - _EPOCH) // _STEP
    undo = ((context.button("leaving-stop-undo", "unstop", moment),),) if stopped.purposes else ()
    return [context.reply(context.say("leaving-stopped"), undo)]


@routes.action("unstop")
async def resume(context: Context) -> Answer:
    """Undoes a stop: restores the consents from before."""
    if not await leaving.undo_stop(context.tx, context.current_member, _moment_of_stop(context)):
        raise UserError(
            "leaving-stop-undo-over", minutes=leaving.UNDO_WITHIN // timedelta(minutes=1)
        )
    await schedule(context)
    return [context.edit(context.say("leaving-stop-undone"))]


def _moment_of_stop(context: Context) -> datetime:
    """When the stop was recorded, to the microsecond, so that it identifies one stop."""
    try:
        return _EPOCH + int(context.args[0]) * _STEP
    except (IndexError, ValueError, OverflowError):
        raise UserError("button-unknown") from None


async def _require_other_owner(context: Context) -> None:
    require(
        not await members.is_last_owner(context.tx, context.current_member), "leaving-last-owner"
    )


def _require_member(context: Context) -> None:
    # A member who is suspended may stop and leave all the same, so the route lets everybody in.
    require(context.is_member, "leaving-stranger")
