"""Exactly what members will get, then what will be done with it and who may do it now."""

from dataclasses import replace

from handlers.announcing import recurrence, send_time, trial_send
from handlers.announcing.compose import link_check, quota
from handlers.announcing.compose.audience import audience
from handlers.announcing.compose.source import host_of
from handlers.announcing.copies_affected import copies_out, said_anew
from handlers.announcing.drafts import Draft, is_author
from handlers.announcing.release import standing
from handlers.conversation.context import Context
from handlers.conversation.i18n import Html, Speech
from handlers.conversation.routes import Routes
from handlers.messages import Answer, Button, Message, Reply, Rows
from handlers.views.announcement import Content, member_copy
from storage.announcements.announcements import CHANGEABLE
from storage.models import AnnouncementState, Role

routes = Routes()

_TITLE_ON_A_BUTTON = 40
_NO_NOTE = Html("")


async def show(turn: Context, draft: Draft, note: Html = _NO_NOTE) -> Answer:
    """The copies, then the summary with what this officer may do."""
    intro = turn.say("announcing-preview")
    first = turn.instead(Html(f"{note}\n\n{intro}" if note else intro))
    control = turn.reply(await summary(turn, draft), controls(turn, draft))
    return [first, *_copies(turn, draft), control]


def short_title(content: Content) -> str:
    """The title, cut to what a button can show; of an untitled draft, a dash."""
    title = content.title or "–"
    cut = len(title) > _TITLE_ON_A_BUTTON
    return f"{title[:_TITLE_ON_A_BUTTON]}…" if cut else title


@routes.action("preview", role=Role.OFFICER)
async def sample(turn: Context) -> Answer:
    """The buttons of a copy that is only looked at."""
    return [turn.toast(turn.say.plain("announcing-only-preview"))]


def _copies(turn: Context, draft: Draft) -> list[Reply]:
    languages = ("vi", "en") if draft.content.html_en else ("vi",)
    copies = [member_copy(draft.content, draft.called, turn.speech(tag)) for tag in languages]
    return [Reply(_harmless(copy)) for copy in copies]


def _harmless(copy: Message) -> Message:
    """With buttons that only say so; without numbers of their own above those of the summary."""
    rows = tuple(
        tuple(replace(button, action="preview", sample=True) for button in row) for row in copy.rows
    )
    return replace(copy, rows=rows)


async def summary(turn: Context, draft: Draft) -> Html:
    """Number, state, how many people where and when, and where it can be checked."""
    say, content = turn.say, draft.content
    lines = [
        *(await _plan(turn, draft)),
        _source(content, say),
        *link_check.lines(say, content),
        *([] if content.proofs else [say("announcing-without-proofs")]),
    ]
    if draft.state is not AnnouncementState.DRAFT:
        lines.append(standing(say, draft.announcement))
    if draft.state is AnnouncementState.AWAITING_APPROVAL and is_author(turn, draft):
        lines.append(say("announcing-author-waits"))
    return Html("\n".join(lines))


async def _plan(turn: Context, draft: Draft) -> list[Html]:
    """What will happen with it: to how many people, and when."""
    say = turn.say
    known_by = {"number": str(draft.called), "version": str(draft.version)}
    if draft.is_correction:
        copies = (await copies_out(turn, draft.called)).counted(say)
        planned = [say("correcting-summary", **known_by), say("correcting-copies", count=copies)]
        anew = await said_anew(turn, draft.called)
        return [*planned, *([say("correcting-anew", **anew)] if anew else [])]
    people = await audience(turn, draft.content.areas)
    room = await quota.lines(turn, draft.content)
    return [say("announcing-summary", **known_by), people, *room, *_when(turn, draft)]


def _when(turn: Context, draft: Draft) -> list[Html]:
    """When it goes out, what the quiet hours make of that, and how often it comes again."""
    say, content, waiting = turn.say, draft.content, draft.announcement.due_at
    if draft.state is AnnouncementState.SCHEDULED and waiting:
        return [say("announcing-sent-at", when=say.when(waiting)), *recurrence.lines(say, content)]
    key = "announcing-sent-at" if content.send_at else "announcing-sent-once-approved"
    lines = [say(key, when=say.when(content.send_at or turn.now))]
    if draft.state in CHANGEABLE:
        wished = send_time.requested_time(content, turn.now)
        lines += [note] if (note := send_time.note(say, turn.club, content, wished)) else []
    return [*lines, *recurrence.lines(say, content)]


def _source(content: Content, say: Speech) -> Html:
    checked = host_of(content.source_url) if content.source_url else content.source_ref
    return say("announcing-source", source=checked)


def controls(turn: Context, draft: Draft) -> Rows:
    """What this officer may do with it now."""
    if is_author(turn, draft):
        return _author_controls(turn, draft)
    exact = (draft.number, draft.version)
    if draft.state is AnnouncementState.AWAITING_APPROVAL:
        approve = turn.button("announcing-approve", "approval-give", *exact)
        refuse = turn.button("announcing-refuse", "approval-refuse", *exact)
        return ((approve, refuse), *at_night(turn, draft))
    if draft.state is AnnouncementState.SCHEDULED:
        unschedule = turn.button("announcing-unschedule", "approval-reopen", *exact)
        return (scheduled_ways(turn, draft), (unschedule,))
    return ()


def at_night(turn: Context, draft: Draft) -> Rows:
    """Leave to go out in the quiet hours, where they stand in the way of something urgent."""
    content = draft.content
    morning = send_time.end_of_quiet_hours(turn.club, send_time.requested_time(content, turn.now))
    if not content.urgent or draft.is_correction or morning is None:
        return ()
    key = "night-approve" if turn.club.approvals else "night-send"
    return ((turn.button(key, "night-ask", draft.number, draft.version),),)


def scheduled_ways(turn: Context, draft: Draft) -> tuple[Button, ...]:
    """Another time for what is scheduled, or now."""
    return (
        turn.button("schedule-other-time", "schedule-time", draft.number, draft.version),
        turn.button("schedule-now", "schedule-now", draft.number, draft.version),
    )


def _onward(turn: Context, draft: Draft) -> Button:
    """Sends it in; before that, doubtful links have to be looked at."""
    exact = (draft.number, draft.version)
    if doubtful := link_check.unchecked(draft.content, draft.version):
        return turn.button("links-check", "links-checked", *exact, link_check.fingerprint(doubtful))
    key = "announcing-submit" if turn.club.approvals else "announcing-send"
    return turn.button(key, "draft-submit", *exact)


def _author_controls(turn: Context, draft: Draft) -> Rows:
    exact = (draft.number, draft.version)
    edit = turn.button("announcing-edit", "compose-fields", draft.number)
    if draft.state is AnnouncementState.DRAFT:
        discard = turn.button("announcing-discard", "draft-discard", *exact)
        tried = trial_send.buttons(turn, draft.number)
        night = () if turn.club.approvals else at_night(turn, draft)
        first = quota.ways(turn, draft)
        return ((_onward(turn, draft),), *night, *first, (edit, discard), tried)
    if draft.state is AnnouncementState.AWAITING_APPROVAL:
        return ((turn.button("announcing-withdraw", "approval-reopen", *exact), edit),)
    if draft.state is AnnouncementState.SCHEDULED:
        unschedule = turn.button("announcing-unschedule", "approval-reopen", *exact)
        return (scheduled_ways(turn, draft), (unschedule, edit))
    return ()
