"""`/lich`: scheduled and recurring announcements; reschedules, sends or stops them."""

from collections.abc import Mapping
from datetime import datetime

from handlers.announcing import drafts, release, send_time
from handlers.announcing.approval import night_override
from handlers.announcing.approval.decide import outcome
from handlers.announcing.compose.preview import show_changed
from handlers.announcing.drafts import Draft, is_author
from handlers.announcing.recurrence import next_time
from handlers.conversation import (
    Context,
    Html,
    Page,
    Routes,
    Speech,
    TimeUnclear,
    UserError,
    found,
    paged,
    read_time,
    require,
)
from handlers.messages import Answer, Button, Message, Rows
from handlers.views.announcement import short_title, unpack
from handlers.views.announcement_reference import named
from storage import audit_log
from storage.announcements import announcements, recurrences, references
from storage.models import (
    Announcement,
    AnnouncementState,
    AnnouncementVersion,
    AuditAction,
    Recurrence,
    Role,
)
from storage.models import Schedule as Hour

routes = Routes()

_STEP = "schedule.time"
_RECURRENCES_MAX = 10


@routes.command("lich", "schedule", role=Role.OFFICER)
@paged(routes, "schedule-page", role=Role.OFFICER)
async def show_schedule(context: Context, page: Page) -> tuple[Html, Rows]:
    """Scheduled announcements, the next first, then recurring ones."""
    fetched = await announcements.scheduled(context.tx, offset=page.offset, limit=page.limit)
    recurring = await recurrences.running(context.tx, limit=_RECURRENCES_MAX)
    if not fetched and not recurring:
        return context.say("schedule-empty"), ()
    shown, others = page.split(fetched)
    lines = [context.say("schedule-head"), *(_line(context, *scheduled) for scheduled in shown)]
    ids = {recurrence.announcement_id for recurrence, _ in recurring}
    labels = {one: which.label for one, which in (await references.of_all(context.tx, ids)).items()}
    lines += [await _recurrence_line(context, labels, *recurrence) for recurrence in recurring]
    rows: Rows = (
        *((_open_button(context, *scheduled),) for scheduled in shown),
        *((_stop_button(context, labels, recurrence),) for recurrence, _ in recurring),
        *others,
    )
    return Html("\n\n".join(lines)), rows


def _line(context: Context, announcement: Announcement, version: AnnouncementVersion) -> Html:
    return context.say(
        "schedule-line",
        number=references.reference(announcement).label,
        title=unpack(version.content).title,
        when=context.say.moment(announcement.due_at or context.now),
    )


async def _recurrence_line(
    context: Context, labels: Mapping[int, str], recurrence: Recurrence, hour: Hour
) -> Html:
    announcement = await announcements.find(context.tx, recurrence.announcement_id)
    title = ""
    if announcement:
        title = unpack((await announcements.version_of(context.tx, announcement)).content).title
    return context.say(
        "schedule-line-again",
        number=labels[recurrence.announcement_id],
        title=title,
        next=context.say.moment(next_time(recurrence, hour, context.now, context.club.timezone)),
        until=context.say.moment(recurrence.until),
    )


def _open_button(
    context: Context, announcement: Announcement, version: AnnouncementVersion
) -> Button:
    which, title = references.reference(announcement), short_title(unpack(version.content))
    return context.button(
        "announcing-line-scheduled", "approval-see", which.id, number=which.label, title=title
    )


def _stop_button(context: Context, labels: Mapping[int, str], recurrence: Recurrence) -> Button:
    announcement_id = recurrence.announcement_id
    return context.button(
        "repeat-stop", "repeat-stop", announcement_id, number=labels[announcement_id]
    )


@routes.action("repeat-stop", role=Role.OFFICER)
async def stop_repeating(context: Context) -> Answer:
    """Ends a recurrence; announcements already sent stay."""
    which = await named(context)
    recurrence = found(await recurrences.of_announcement(context.tx, which.id), "repeat-over")
    await recurrences.end(context.tx, recurrence[0])
    await audit_log.record(
        context.tx, context.current_member, AuditAction.RECURRENCE_STOPPED, announcement=which.id
    )
    announcement = await announcements.find(context.tx, which.id)
    if announcement and announcement.author_id not in {None, context.member_id}:

        def write(say: Speech) -> Message:
            return Message(say("repeat-your-own-stopped", number=which.label))

        await release.notify_author(
            context.tx, context.club, announcement, "recurrence stopped", write
        )
    return await show_schedule(context)


@routes.action("schedule-time", role=Role.OFFICER)
async def ask_time(context: Context) -> Answer:
    """Asks for another time."""
    draft = await _load_scheduled(context)
    await context.set_state(_STEP, number=draft.id, version=draft.version)
    due = context.say.moment(draft.announcement.due_at or context.now)
    text = context.say("schedule-ask-time", number=draft.label, when=due)
    return [context.reply(text, context.cancel_row())]


@routes.step(_STEP, role=Role.OFFICER)
async def read_new_time(context: Context) -> Answer:
    """Reschedules to the time in the message; the approval is not valid for an earlier one than approved."""
    try:
        moment = read_time(context.incoming.text, context.now, context.club.timezone)
    except TimeUnclear as unclear:
        raise UserError(f"announcing-time-{unclear.reason.value}") from None
    draft = await drafts.load_locked(context, context.data["number"])
    if draft.state is not AnnouncementState.SCHEDULED or draft.version != context.data["version"]:
        await context.clear_state()
        return await show_changed(context, draft)
    start = context.club.quiet_hours.end_after(moment)
    require(not release.is_over(draft.content, start), "announcing-over-before-sent")
    _check_approved(context, draft, start)
    await context.clear_state()
    release.wait_until(draft.announcement, start)
    draft.announcement.at_night = False
    await _record_move(context, draft)
    note = send_time.note(context.say, context.club, draft.content, moment)
    said = context.say("schedule-moved", number=draft.label, when=context.say.moment(start))
    return [context.final(Html(f"{said}\n{note}" if note else said))]


@routes.action("schedule-now", role=Role.OFFICER)
async def send_now(context: Context) -> Answer:
    """Sends at once; during quiet hours only an urgent one, approved by another officer."""
    draft = await _load_scheduled(context)
    if not context.club.quiet_hours.hold_at(context.now):
        return await _send(context, draft)
    _check_night(context, draft)
    return [night_override.question(context, draft, context.now, "schedule-now-sure")]


@routes.action("schedule-now-sure", role=Role.OFFICER)
async def send_now_confirmed(context: Context) -> Answer:
    """Approves this version for sending now, also during quiet hours, and sends it."""
    draft = await _load_scheduled(context)
    if context.club.quiet_hours.hold_at(context.now):
        _check_night(context, draft)
        await night_override.agreed(context, draft)
    return await _send(context, draft)


def _check_approved(context: Context, draft: Draft, start: datetime) -> None:
    """Any officer may delay; an earlier time than approved needs as many approvals as the text.

    The officer who reschedules counts as one approval, unless they are the author.
    """
    approved, needed = draft.content.send_at, context.club.approvals
    if approved is None or start >= approved:
        return
    if needed > (0 if is_author(context, draft) else 1):
        raise UserError(
            "schedule-earlier-another" if needed == 1 else "schedule-earlier-anew",
            when=context.say.when(approved),
        )


def _check_night(context: Context, draft: Draft) -> None:
    require(draft.content.urgent, "night-not-urgent")
    require(not is_author(context, draft) or not context.club.approvals, "night-needs-another")


async def _send(context: Context, draft: Draft) -> Answer:
    require(not release.is_over(draft.content, context.now), "announcing-over")
    _check_approved(context, draft, context.now)
    # The log is locked before a number is given (`storage.announcements.announcements`).
    await drafts.record(context, draft, AuditAction.ANNOUNCEMENT_SENT)
    await release.begin(context.tx, context.club, draft.announcement)
    await _notify_author(context, draft, "schedule-your-own-sent")
    return [context.final(outcome(context, draft))]


async def _record_move(context: Context, draft: Draft) -> None:
    await drafts.record(context, draft, AuditAction.ANNOUNCEMENT_RESCHEDULED)
    await _notify_author(context, draft, "schedule-your-own-moved")


async def _notify_author(context: Context, draft: Draft, key: str) -> None:
    """Notifies the author of what another officer did."""
    if is_author(context, draft):
        return
    when = draft.announcement.due_at or context.now

    def write(say: Speech) -> Message:
        return Message(
            say(key, number=draft.label, when=say.moment(when)),
            ((release.see_own_button(say, draft.id),),),
        )

    await release.notify_author(
        context.tx, context.club, draft.announcement, f"{key} {when:%Y%m%dT%H%M}", write
    )


async def _load_scheduled(context: Context) -> Draft:
    """The scheduled announcement, locked, in the version that was shown.

    Raises:
        UserError: it is not scheduled any more, or its version changed.
    """
    draft = await drafts.load_locked(context, context.number())
    require(draft.state is AnnouncementState.SCHEDULED, f"announcing-now-{draft.state.value}")
    require(draft.version == context.number(1), "button-unknown")
    return draft
