"""The preview of a draft: the copies that members get, its summary, and the officer's buttons."""

from dataclasses import dataclass, replace

from handlers.announcing import recurrence, send_time, trial_send
from handlers.announcing.compose import (
    card,
    link_check,
    priority,
    quota,
    spending,
    version_changes,
)
from handlers.announcing.compose.audience import audience
from handlers.announcing.compose.fields import Ask, first_open
from handlers.announcing.compose.source import host_of
from handlers.announcing.copies_affected import copies_out, unchangeable_copies
from handlers.announcing.drafts import Draft, is_author
from handlers.announcing.release import status_text
from handlers.conversation import LANGUAGES, Context, Html, Routes, Speech
from handlers.messages import Answer, Button, ButtonStyle, Message, Reply, Rows
from handlers.views.announcement import Content, excess, member_copy
from storage.announcements.announcements import CHANGEABLE
from storage.models import AnnouncementState, Role

routes = Routes()

_NO_NOTE = Html("")
_GAP = "…"


@dataclass(frozen=True)
class Excess:
    """By how much a copy is too long for Telegram, and what to shorten."""

    over: int
    """UTF-16 code units."""
    language: str
    shorten: Ask


async def show(context: Context, draft: Draft, note: Html = _NO_NOTE) -> Answer:
    """The copies as members get them, then the summary with the officer's buttons."""
    intro = context.say("announcing-preview")
    first = context.edit(Html(f"{note}\n\n{intro}" if note else intro))
    return [first, *_copies(context, draft), context.reply(*await control(context, draft))]


async def show_changed(context: Context, draft: Draft) -> Answer:
    """The current version, to somebody whose button belongs to an earlier one."""
    return await show(context, draft, context.say("announcing-changed"))


async def control(context: Context, draft: Draft) -> tuple[Html, Rows]:
    """The summary of the draft, and the buttons for what this officer may do with it now."""
    return await _summary(context, draft), await _controls(context, draft)


def is_complete(context: Context, draft: Draft) -> bool:
    """Whether every question is answered and every copy fits into one message."""
    return first_open(context, draft.content) is None and worst_excess(context, draft) is None


@routes.action("preview", role=Role.OFFICER)
async def sample(context: Context) -> Answer:
    """Answers the buttons of a previewed copy: they have no effect here."""
    return [context.toast(context.say.plain("announcing-only-preview"))]


def _copies(context: Context, draft: Draft) -> list[Reply]:
    languages = ("vi", "en") if draft.content.html_en else ("vi",)
    content = _with_gaps_marked(draft.content)
    copies = [member_copy(content, draft.reference, context.speech(tag)) for tag in languages]
    return [Reply(_inert(copy)) for copy in copies]


def _with_gaps_marked(content: Content) -> Content:
    """The content of a draft, with a sign for each required part that it lacks."""
    return replace(
        content,
        title=content.title or _GAP,
        html=content.html or _GAP,
        issuer=content.issuer or _GAP,
        source_ref=content.source_ref or ("" if content.source_url else _GAP),
    )


def _inert(copy: Message) -> Message:
    """The copy with buttons that only explain; they are not numbered choices either."""
    rows = tuple(
        tuple(replace(button, action="preview", sample=True) for button in row) for row in copy.rows
    )
    return replace(copy, rows=rows)


def worst_excess(context: Context, draft: Draft) -> Excess | None:
    """The copy that is too long by most, what is still missing marked; None when all fit."""
    worst = max(
        [_excess(context, draft, language) for language in LANGUAGES],
        key=lambda excess: excess.over,
    )
    return worst if worst.over > 0 else None


def _excess(context: Context, draft: Draft, language: str) -> Excess:
    # Step by step, the gaps are filled before there is a preview.
    content = draft.content
    measured = content if content.is_stepwise else _with_gaps_marked(content)
    over = excess(measured, draft.measured, context.speech(language))
    in_english = language == "en" and bool(draft.content.html_en)
    return Excess(over, language, Ask.ENGLISH_TEXT if in_english else Ask.TEXT)


async def _summary(context: Context, draft: Draft) -> Html:
    """Number, version, audience, send time, source, doubtful links and state of the draft."""
    say, content = context.say, draft.content
    lines = [
        *(await _plan(context, draft)),
        *([_source(content, say)] if content.source_url or content.source_ref else []),
        *link_check.lines(say, content),
        *([] if content.proofs else [say("announcing-without-proofs")]),
    ]
    if draft.state is AnnouncementState.DRAFT:
        lines += card.missing_line(context, content)
    else:
        lines.append(status_text(say, draft.announcement))
    if draft.state in CHANGEABLE and not is_author(context, draft):
        lines += await version_changes.lines(context, draft)
    if draft.state is AnnouncementState.AWAITING_APPROVAL and is_author(context, draft):
        lines.append(say("announcing-author-waits"))
    return Html("\n".join(lines))


async def _plan(context: Context, draft: Draft) -> list[Html]:
    """How many people get it, and when; for a correction, how many copies it changes."""
    say = context.say
    named = {"number": draft.label, "version": str(draft.version)}
    if draft.is_correction:
        copies = (await copies_out(context, draft.reference.id)).counted(say)
        planned = [say("correcting-summary", **named), say("correcting-copies", count=copies)]
        planned += await spending.correction_lines(context, draft.reference.id)
        unchangeable = await unchangeable_copies(context, draft.reference.id)
        return [*planned, *([say("correcting-anew", **unchangeable)] if unchangeable else [])]
    people = await audience(context, draft.content)
    room = [
        *await quota.lines(context, draft.content),
        *await spending.lines(context, draft),
    ]
    summary = [say("announcing-summary", **named), *_provisional(say, draft)]
    return [*summary, people, *room, *_when(context, draft)]


def _provisional(say: Speech, draft: Draft) -> list[Html]:
    """That the label of the draft is not the number that members will read."""
    is_still_to_go_out = draft.is_unnumbered and draft.state in CHANGEABLE
    return [say("announcing-provisional", number=draft.label)] if is_still_to_go_out else []


def _when(context: Context, draft: Draft) -> list[Html]:
    """When it is sent, whether quiet hours delay it, and how often it recurs."""
    say, content, due_at = context.say, draft.content, draft.announcement.due_at
    if draft.state is AnnouncementState.SCHEDULED and due_at:
        return [say("announcing-sent-at", when=say.when(due_at)), *recurrence.lines(say, content)]
    key = "announcing-sent-at" if content.send_at else "announcing-sent-once-approved"
    lines = [say(key, when=say.when(content.send_at or context.now))]
    if draft.state in CHANGEABLE:
        requested = send_time.requested_time(content, context.now)
        lines += [note] if (note := send_time.note(say, context.club, content, requested)) else []
    return [*lines, *recurrence.lines(say, content)]


def _source(content: Content, say: Speech) -> Html:
    return say(
        "announcing-source",
        source=host_of(content.source_url) if content.source_url else content.source_ref,
    )


async def _controls(context: Context, draft: Draft) -> Rows:
    """The buttons for what this officer may do with it now."""
    if is_author(context, draft):
        return await _author_controls(context, draft)
    exact = (draft.id, draft.version)
    if draft.state is AnnouncementState.AWAITING_APPROVAL:
        approve = context.button(
            "announcing-approve", "approval-give", *exact, style=ButtonStyle.SUCCESS
        )
        refuse = context.button("announcing-refuse", "approval-refuse", *exact)
        return ((approve, refuse), *_night_button(context, draft), *context.home_row())
    if draft.state is AnnouncementState.SCHEDULED:
        return (
            _schedule_buttons(context, draft),
            (context.button("announcing-unschedule", "approval-reopen", *exact),),
        )
    return ()


def _night_button(context: Context, draft: Draft) -> Rows:
    """The button to send during quiet hours; empty unless they would delay something urgent."""
    content = draft.content
    morning = send_time.end_of_quiet_hours(
        context.club, send_time.requested_time(content, context.now)
    )
    if not content.urgent or draft.is_correction or morning is None:
        return ()
    key = "night-approve" if context.club.approvals else "night-send"
    return ((context.button(key, "night-ask", draft.id, draft.version),),)


def _schedule_buttons(context: Context, draft: Draft) -> tuple[Button, ...]:
    """The buttons to send at another time, or now."""
    return (
        context.button("schedule-other-time", "schedule-time", draft.id, draft.version),
        context.button("schedule-now", "schedule-now", draft.id, draft.version),
    )


def _submit_rows(context: Context, draft: Draft) -> Rows:
    """The button that submits a complete draft; while doubtful links are unchecked, to check them."""
    if not is_complete(context, draft):
        return ()
    exact = (draft.id, draft.version)
    if doubtful := link_check.unchecked(draft.content, draft.version):
        check = context.button(
            "links-check", "links-checked", *exact, link_check.fingerprint(doubtful)
        )
        return ((check,),)
    key, style = "announcing-send", ButtonStyle.SUCCESS
    if context.club.approvals:
        key, style = "announcing-submit", ButtonStyle.PRIMARY
    return ((context.button(key, "draft-submit", *exact, style=style),),)


async def _author_controls(context: Context, draft: Draft) -> Rows:
    exact = (draft.id, draft.version)
    edit = context.button("announcing-edit", "compose-fields", draft.id)
    if draft.state is AnnouncementState.DRAFT:
        discard = context.button("announcing-discard", "draft-discard", *exact)
        trial = trial_send.buttons(context, draft.id)
        is_sendable = not context.club.approvals and is_complete(context, draft)
        night = _night_button(context, draft) if is_sendable else ()
        first = (*spending.rows(context, draft), *priority.rows(context, draft))
        fields = (*await card.field_rows(context, draft), *card.area_rows(context, draft))
        return (*_submit_rows(context, draft), *fields, *night, *first, (discard,), trial)
    if draft.state is AnnouncementState.AWAITING_APPROVAL:
        return ((context.button("announcing-withdraw", "approval-reopen", *exact), edit),)
    if draft.state is AnnouncementState.SCHEDULED:
        return (
            _schedule_buttons(context, draft),
            (context.button("announcing-unschedule", "approval-reopen", *exact), edit),
        )
    return ()
