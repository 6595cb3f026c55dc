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


async def show(context: Context, draft: Draft, note: Html = _NO_NOTE) -> Answer:
    """The copies, then the summary with what this officer may do."""
    intro = context.say("announcing-preview")
    first = context.edit(Html(f"{note}\n\n{intro}" if note else intro))
    control = context.reply(await summary(context, draft), controls(context, draft))
    return [first, *_copies(context, draft), control]


def short_title(content: Content) -> str:
    """The title, cut to what a button can show; of an untitled draft, a dash."""
    title = content.title or "–"
    cut = len(title) > _TITLE_ON_A_BUTTON
    return f"{title[:_TITLE_ON_A_BUTTON]}…" if cut else title


@routes.action("preview", role=Role.OFFICER)
async def sample(context: Context) -> Answer:
    """The buttons of a copy that is only looked at."""
    return [context.toast(context.say.plain("announcing-only-preview"))]


def _copies(context: Context, draft: Draft) -> list[Reply]:
    languages = ("vi", "en") if draft.content.html_en else ("vi",)
    copies = [
        member_copy(draft.content, draft.public_number, context.speech(tag)) for tag in languages
    ]
    return [Reply(_harmless(copy)) for copy in copies]


def _harmless(copy: Message) -> Message:
    """With buttons that only say so; without numbers of their own above those of the summary."""
    rows = tuple(
        tuple(replace(button, action="preview", sample=True) for button in row) for row in copy.rows
    )
    return replace(copy, rows=rows)


async def summary(context: Context, draft: Draft) -> Html:
    """Number, state, how many people where and when, and where it can be checked."""
    say, content = context.say, draft.content
    lines = [
        *(await _plan(context, draft)),
        _source(content, say),
        *link_check.lines(say, content),
        *([] if content.proofs else [say("announcing-without-proofs")]),
    ]
    if draft.state is not AnnouncementState.DRAFT:
        lines.append(standing(say, draft.announcement))
    if draft.state is AnnouncementState.AWAITING_APPROVAL and is_author(context, draft):
        lines.append(say("announcing-author-waits"))
    return Html("\n".join(lines))


async def _plan(context: Context, draft: Draft) -> list[Html]:
    """What will happen with it: to how many people, and when."""
    say = context.say
    known_by = {"number": str(draft.public_number), "version": str(draft.version)}
    if draft.is_correction:
        copies = (await copies_out(context, draft.public_number)).counted(say)
        planned = [say("correcting-summary", **known_by), say("correcting-copies", count=copies)]
        anew = await said_anew(context, draft.public_number)
        return [*planned, *([say("correcting-anew", **anew)] if anew else [])]
    people = await audience(context, draft.content.areas)
    room = await quota.lines(context, draft.content)
    return [say("announcing-summary", **known_by), people, *room, *_when(context, draft)]


def _when(context: Context, draft: Draft) -> list[Html]:
    """When it goes out, what the quiet hours make of that, and how often it comes again."""
    say, content, waiting = context.say, draft.content, draft.announcement.due_at
    if draft.state is AnnouncementState.SCHEDULED and waiting:
        return [say("announcing-sent-at", when=say.when(waiting)), *recurrence.lines(say, content)]
    key = "announcing-sent-at" if content.send_at else "announcing-sent-once-approved"
    lines = [say(key, when=say.when(content.send_at or context.now))]
    if draft.state in CHANGEABLE:
        wished = send_time.requested_time(content, context.now)
        lines += [note] if (note := send_time.note(say, context.club, content, wished)) else []
    return [*lines, *recurrence.lines(say, content)]


def _source(content: Content, say: Speech) -> Html:
    checked = host_of(content.source_url) if content.source_url else content.source_ref
    return say("announcing-source", source=checked)


def controls(context: Context, draft: Draft) -> Rows:
    """What this officer may do with it now."""
    if is_author(context, draft):
        return _author_controls(context, draft)
    exact = (draft.number, draft.version)
    if draft.state is AnnouncementState.AWAITING_APPROVAL:
        approve = context.button("announcing-approve", "approval-give", *exact)
        refuse = context.button("announcing-refuse", "approval-refuse", *exact)
        return ((approve, refuse), *at_night(context, draft))
    if draft.state is AnnouncementState.SCHEDULED:
        unschedule = context.button("announcing-unschedule", "approval-reopen", *exact)
        return (scheduled_ways(context, draft), (unschedule,))
    return ()


def at_night(context: Context, draft: Draft) -> Rows:
    """Leave to go out in the quiet hours, where they stand in the way of something urgent."""
    content = draft.content
    morning = send_time.end_of_quiet_hours(
        context.club, send_time.requested_time(content, context.now)
    )
    if not content.urgent or draft.is_correction or morning is None:
        return ()
    key = "night-approve" if context.club.approvals else "night-send"
    return ((context.button(key, "night-ask", draft.number, draft.version),),)


def scheduled_ways(context: Context, draft: Draft) -> tuple[Button, ...]:
    """Another time for what is scheduled, or now."""
    return (
        context.button("schedule-other-time", "schedule-time", draft.number, draft.version),
        context.button("schedule-now", "schedule-now", draft.number, draft.version),
    )


def _onward(context: Context, draft: Draft) -> Button:
    """Sends it in; before that, doubtful links have to be looked at."""
    exact = (draft.number, draft.version)
    if doubtful := link_check.unchecked(draft.content, draft.version):
        return context.button(
            "links-check", "links-checked", *exact, link_check.fingerprint(doubtful)
        )
    key = "announcing-submit" if context.club.approvals else "announcing-send"
    return context.button(key, "draft-submit", *exact)


def _author_controls(context: Context, draft: Draft) -> Rows:
    exact = (draft.number, draft.version)
    edit = context.button("announcing-edit", "compose-fields", draft.number)
    if draft.state is AnnouncementState.DRAFT:
        discard = context.button("announcing-discard", "draft-discard", *exact)
        tried = trial_send.buttons(context, draft.number)
        night = () if context.club.approvals else at_night(context, draft)
        first = quota.ways(context, draft)
        return ((_onward(context, draft),), *night, *first, (edit, discard), tried)
    if draft.state is AnnouncementState.AWAITING_APPROVAL:
        return ((context.button("announcing-withdraw", "approval-reopen", *exact), edit),)
    if draft.state is AnnouncementState.SCHEDULED:
        unschedule = context.button("announcing-unschedule", "approval-reopen", *exact)
        return (scheduled_ways(context, draft), (unschedule, edit))
    return ()
