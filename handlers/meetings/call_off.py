"""Calling a meeting off: with a reason, which everybody who was invited reads."""

from handlers.conversation import Context, Html, Routes, UserError, found, require, typed_text
from handlers.meetings import notify
from handlers.meetings.content import unpack
from handlers.meetings.invitation import summary
from handlers.messages import Answer, ButtonStyle
from storage import audit_log
from storage.database import id_of
from storage.meetings import meetings, totals
from storage.models import AuditAction, Meeting, MeetingState, Role

routes = Routes()

_REASON, _SURE = "meeting.call-off", "meeting.call-off-sure"
_REASON_LIMIT = 300


@routes.action("meeting-call-off", role=Role.OFFICER)
async def begin(context: Context) -> Answer:
    """Asks for the reason."""
    meeting = await _open(context, context.number())
    await context.set_state(_REASON, meeting=id_of(meeting))
    text = context.say("meeting-why-off", meeting=summary(context.say, unpack(meeting.content)))
    return [context.reply(text, context.cancel_row())]


@routes.step(_REASON, role=Role.OFFICER)
async def take_reason(context: Context) -> Answer:
    """Shows what members will read, and asks whether to send it."""
    wanted = UserError("meeting-off-reason-wanted", limit=_REASON_LIMIT)
    reason = " ".join(typed_text(context.incoming, _REASON_LIMIT, wanted).split())
    meeting = await _open(context, context.data["meeting"])
    await context.set_state(_SURE, meeting=id_of(meeting), reason=reason)
    words = summary(context.say, unpack(meeting.content))
    notice = context.say("meeting-called-off", meeting=words, reason=reason)
    text = Html(f"{context.say('meeting-off-question')}\n\n{notice}")
    sure = context.button(
        "meeting-off-sure", "meeting-off-sure", id_of(meeting), style=ButtonStyle.DANGER
    )
    return [context.reply(text, ((sure,), *context.cancel_row()))]


@routes.action("meeting-off-sure", role=Role.OFFICER)
async def confirmed(context: Context) -> Answer:
    """Calls it off and tells everybody who was invited."""
    has_reason = context.step == _SURE and context.data.get("meeting") == context.number()
    require(has_reason, "button-unknown")
    meeting = await _open(context, context.number())
    await context.clear_state()
    await totals.keep(context.tx, meeting)
    await meetings.call_off(context.tx, meeting)
    await notify.called_off(context.tx, context.club, meeting, context.data["reason"])
    await audit_log.record(
        context.tx, context.current_member, AuditAction.MEETING_CALLED_OFF, meeting=id_of(meeting)
    )
    return [context.final(context.say("meeting-off"))]


async def _open(context: Context, meeting_id: int) -> Meeting:
    meeting = found(await meetings.lock(context.tx, meeting_id), "meeting-gone")
    require(meeting.state is MeetingState.OPEN, "meeting-ended")
    return meeting
