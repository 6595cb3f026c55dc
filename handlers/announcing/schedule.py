"""`/lich`: what is scheduled and what comes again; another time, now, or not at all."""

from datetime import datetime

from handlers.announcing import drafts, release, send_time
from handlers.announcing.approval import night_override
from handlers.announcing.approval.decide import outcome
from handlers.announcing.compose.preview import short_title, show
from handlers.announcing.drafts import Draft, is_author
from handlers.announcing.recurrence import next_time
from handlers.conversation import pagination
from handlers.conversation.context import Context, UserError
from handlers.conversation.i18n import Html, Speech
from handlers.conversation.routes import Routes
from handlers.conversation.time_parser import TimeUnclear, read_time
from handlers.messages import Answer, Button, Message, Rows
from handlers.views.announcement import unpack
from storage import audit_log
from storage.announcements import announcements, recurrences
from storage.models import Announcement, AnnouncementState, AnnouncementVersion, Repetition, Role
from storage.models import Schedule as Hour

routes = Routes()

_STEP = "schedule.time"
_REPETITIONS = 10


@routes.command("lich", "schedule", role=Role.OFFICER)
async def show_schedule(turn: Context) -> Answer:
    """What waits for its time, the next first; then what comes again."""
    return await _page(turn, 0)


@routes.action("schedule-page", role=Role.OFFICER)
async def turn_page(turn: Context) -> Answer:
    """Another page of it."""
    return await _page(turn, turn.number())


async def _page(turn: Context, page: int) -> Answer:
    fetched = await announcements.scheduled(
        turn.tx, offset=page * pagination.PER_PAGE, limit=pagination.FETCHED
    )
    again = await recurrences.running(turn.tx, limit=_REPETITIONS)
    if not fetched and not again:
        return [turn.instead(turn.say("schedule-empty"))]
    lines = [turn.say("schedule-head"), *(_line(turn, *one) for one in pagination.shown(fetched))]
    lines += [await _line_again(turn, *one) for one in again]
    rows: Rows = (
        *((_open(turn, *one),) for one in pagination.shown(fetched)),
        *((_stop(turn, one),) for one, _ in again),
        *pagination.ways(turn, "schedule-page", page, fetched),
    )
    return [turn.instead(Html("\n\n".join(lines)), rows)]


def _line(turn: Context, announcement: Announcement, version: AnnouncementVersion) -> Html:
    return turn.say(
        "schedule-line",
        number=str(announcement.id),
        title=unpack(version.content).title,
        when=turn.say.when(announcement.due_at or turn.now),
    )


async def _line_again(turn: Context, repetition: Repetition, hour: Hour) -> Html:
    found = await announcements.find(turn.tx, repetition.announcement_id)
    title = ""
    if found:
        title = unpack((await announcements.version_of(turn.tx, found)).content).title
    return turn.say(
        "schedule-line-again",
        number=str(repetition.announcement_id),
        title=title,
        next=turn.say.when(next_time(repetition, hour, turn.now, turn.club.timezone)),
        until=turn.say.when(repetition.until),
    )


def _open(turn: Context, announcement: Announcement, version: AnnouncementVersion) -> Button:
    number, title = str(announcement.id), short_title(unpack(version.content))
    return turn.button(
        "announcing-line-scheduled", "approval-see", number, number=number, title=title
    )


def _stop(turn: Context, repetition: Repetition) -> Button:
    number = str(repetition.announcement_id)
    return turn.button("repeat-stop", "repeat-stop", number, number=number)


@routes.action("repeat-stop", role=Role.OFFICER)
async def stop_repeating(turn: Context) -> Answer:
    """It does not come again; what went out stays."""
    found = await recurrences.of_announcement(turn.tx, turn.number())
    if found is None:
        raise UserError("repeat-over")
    await recurrences.end(turn.tx, found[0])
    number = turn.number()
    await audit_log.record(turn.tx, turn.who, "repetition stopped", announcement=number)
    announcement = await announcements.find(turn.tx, number)
    if announcement and announcement.author_id not in {None, turn.member_id}:

        def write(say: Speech) -> Message:
            return Message(say("repeat-your-own-stopped", number=str(number)))

        await release.tell_author(turn.tx, turn.club, announcement, "repetition stopped", write)
    return await _page(turn, 0)


@routes.action("schedule-time", role=Role.OFFICER)
async def ask_time(turn: Context) -> Answer:
    """Another time, typed as people write it."""
    draft = await _scheduled(turn)
    await turn.go(_STEP, number=draft.number, version=draft.version)
    due = turn.say.when(draft.announcement.due_at or turn.now)
    text = turn.say("schedule-ask-time", number=str(draft.number), when=due)
    return [turn.reply(text, ((turn.button("cancel", "cancel"),),))]


@routes.step(_STEP, role=Role.OFFICER)
async def read_new_time(turn: Context) -> Answer:
    """The approval stands: it is for the words, and for going out no earlier than they say."""
    try:
        moment = read_time(turn.incoming.text, turn.now, turn.club.timezone)
    except TimeUnclear as unclear:
        raise UserError(f"announcing-time-{unclear.reason.value}") from None
    draft = await drafts.load_locked(turn, turn.data["number"])
    if draft.state is not AnnouncementState.SCHEDULED or draft.version != turn.data["version"]:
        await turn.done()
        return await show(turn, draft, turn.say("announcing-changed"))
    start = turn.club.quiet_hours.over_at(moment)
    if release.is_over(draft.content, start):
        raise UserError("announcing-over-before-sent")
    _check_approved(turn, draft, start)
    await turn.done()
    release.wait_until(draft.announcement, start)
    draft.announcement.at_night = False
    await _moved(turn, draft)
    note = send_time.note(turn.say, turn.club, draft.content, moment)
    said = turn.say("schedule-moved", number=str(draft.number), when=turn.say.when(start))
    return [turn.reply(Html(f"{said}\n{note}" if note else said))]


@routes.action("schedule-now", role=Role.OFFICER)
async def send_now(turn: Context) -> Answer:
    """Without waiting for its time; in the quiet hours only what is urgent, by another's yes."""
    draft = await _scheduled(turn)
    if not turn.club.quiet_hours.hold_at(turn.now):
        return await _send(turn, draft)
    _check_night(turn, draft)
    return [night_override.question(turn, draft, turn.now, "schedule-now-sure")]


@routes.action("schedule-now-sure", role=Role.OFFICER)
async def send_now_surely(turn: Context) -> Answer:
    """This officer's yes to this version, and to this hour."""
    draft = await _scheduled(turn)
    if turn.club.quiet_hours.hold_at(turn.now):
        _check_night(turn, draft)
        await night_override.agreed(turn, draft)
    return await _send(turn, draft)


def _check_approved(turn: Context, draft: Draft, start: datetime) -> None:
    """Later than was approved is up to every officer; earlier takes the yes that the words took.

    The officer who does it says yes by doing it, unless they wrote it.
    """
    approved, needed = draft.content.send_at, turn.club.approvals
    if approved is None or start >= approved:
        return
    if needed > (0 if is_author(turn, draft) else 1):
        key = "schedule-earlier-another" if needed == 1 else "schedule-earlier-anew"
        raise UserError(key, when=turn.say.when(approved))


def _check_night(turn: Context, draft: Draft) -> None:
    if not draft.content.urgent:
        raise UserError("night-not-urgent")
    if is_author(turn, draft) and turn.club.approvals:
        raise UserError("night-needs-another")


async def _send(turn: Context, draft: Draft) -> Answer:
    if release.is_over(draft.content, turn.now):
        raise UserError("announcing-over")
    _check_approved(turn, draft, turn.now)
    await release.begin(turn.tx, turn.club, draft.announcement)
    await drafts.record(turn, draft, "announcement sent")
    await _tell(turn, draft, "schedule-your-own-sent")
    return [turn.instead(outcome(turn, draft))]


async def _moved(turn: Context, draft: Draft) -> None:
    await drafts.record(turn, draft, "announcement rescheduled")
    await _tell(turn, draft, "schedule-your-own-moved")


async def _tell(turn: Context, draft: Draft, key: str) -> None:
    """The author hears what another officer did with it."""
    if is_author(turn, draft):
        return
    when = draft.announcement.due_at or turn.now

    def write(say: Speech) -> Message:
        text = say(key, number=str(draft.number), when=say.when(when))
        return Message(text, ((release.see_own_button(say, draft.number),),))

    what = f"{key} {when:%Y%m%dT%H%M}"
    await release.tell_author(turn.tx, turn.club, draft.announcement, what, write)


async def _scheduled(turn: Context) -> Draft:
    """What waits for its time, in the version that was shown.

    Raises:
        Sorry: it does not wait any more, or is another version by now.
    """
    draft = await drafts.load_locked(turn, turn.number())
    if draft.state is not AnnouncementState.SCHEDULED:
        raise UserError(f"announcing-now-{draft.state.value}")
    if draft.version != turn.number(1):
        raise UserError("button-unknown")
    return draft
