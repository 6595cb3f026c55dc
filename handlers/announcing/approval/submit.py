"""Submits a draft for approval, confirms its links, or discards it."""

from dataclasses import replace

from handlers.announcing import apply_correction, drafts, release, send_time
from handlers.announcing.approval.decide import outcome
from handlers.announcing.compose import campaign, flow, link_check
from handlers.announcing.compose.preview import (
    control,
    is_complete,
    show,
    show_changed,
)
from handlers.announcing.drafts import Draft
from handlers.conversation import Context, Routes, Speech, require
from handlers.messages import Answer, Button, ButtonStyle, Message
from handlers.notifications import notify_officers
from handlers.views.announcement import short_title
from storage.announcements import announcements
from storage.members import members
from storage.models import AnnouncementState, AuditAction, Role

routes = Routes()


@routes.action("draft-submit", role=Role.OFFICER)
async def submit(context: Context) -> Answer:
    """Asks the other officers for approval; without required approvals, releases it."""
    draft = await _draft(context)
    if draft.version != context.number(1):
        return await show_changed(context, draft)
    return await send_in(context, draft)


async def send_in(context: Context, draft: Draft, *, at_night: bool = False) -> Answer:
    """Submits, once its author says that it does not campaign; `at_night` allows sending during
    quiet hours."""
    if not is_complete(context, draft):
        return await flow.proceed(context, draft)
    if link_check.unchecked(draft.content, draft.version):
        return await show(context, draft, context.say("links-check-first"))
    _check_times(context, draft, at_night=at_night)
    await apply_correction.check(context.tx, draft.announcement, draft.content)
    if not campaign.is_denied(draft.content):
        return await campaign.ask(context, draft, at_night=at_night)
    await announcements.submit(context.tx, draft.announcement, due_at=draft.content.valid_until)
    await drafts.record(context, draft, AuditAction.ANNOUNCEMENT_SUBMITTED)
    await context.clear_state()
    draft.announcement.at_night = at_night
    return await (_ask_others(context, draft) if context.club.approvals else _send(context, draft))


@routes.action("links-checked", role=Role.OFFICER)
async def links_checked(context: Context) -> Answer:
    """Confirms that the author checked every doubtful link of exactly this version."""
    draft = await _draft(context)
    doubtful = link_check.unchecked(draft.content, draft.version)
    shown = context.args[1:] == (str(draft.version), link_check.fingerprint(doubtful))
    if not shown:
        return await show_changed(context, draft)
    require(
        len(doubtful) <= link_check.MOST_DOUBTFUL, "links-too-many", most=link_check.MOST_DOUBTFUL
    )
    checked = link_check.checked_now(draft.content, draft.version)
    draft = await drafts.save_content(context, draft, replace(draft.content, checked=checked))
    await drafts.record(context, draft, AuditAction.LINKS_CHECKED)
    return [context.edit(*await control(context, draft))]


def _check_times(context: Context, draft: Draft, *, at_night: bool) -> None:
    # The approving officer may still allow an urgent one to be sent during quiet hours.
    is_left_to_approver = draft.content.urgent and context.club.approvals > 0
    send_time.check(context, draft.content, at_night=at_night or is_left_to_approver)
    require(
        not draft.content.send_at or draft.content.send_at > context.now, "announcing-send-at-over"
    )


async def _ask_others(context: Context, draft: Draft) -> Answer:
    def write(say: Speech) -> Message:
        key = "correcting-please-approve" if draft.is_correction else "announcing-please-approve"
        return Message(
            say(key, title=draft.content.title, number=draft.label),
            ((Button(say.plain("announcing-see"), action=f"approval-see:{draft.id}"),),),
        )

    officers = await members.officers(context.tx, but=context.member_id)
    subject = f"approval {draft.id} v{draft.version}"
    await notify_officers(
        context.tx, context.club, officers, subject, write, about=context.current_member
    )
    has_too_few = context.club.approvals > len(officers)
    key = "announcing-submitted-to-nobody" if has_too_few else "announcing-submitted"
    see = release.see_own_button(context.say, draft.id)
    return [context.final(context.say(key, count=context.club.approvals), ((see,),))]


async def _send(context: Context, draft: Draft) -> Answer:
    await drafts.release_draft(context, draft)
    see = release.see_own_button(context.say, draft.id)
    return [context.final(outcome(context, draft), ((see,),))]


@routes.action("draft-discard", role=Role.OFFICER)
async def discard(context: Context) -> Answer:
    """Asks for confirmation before discarding."""
    draft = await _draft(context)
    sure = context.button(
        "announcing-discard-sure",
        "draft-discard-sure",
        draft.id,
        draft.version,
        style=ButtonStyle.DANGER,
    )
    back = context.button("back", "compose-card", draft.id)
    text = context.say("announcing-discard-question", title=short_title(draft.content))
    return [context.edit(text, ((back, sure),))]


@routes.action("draft-discard-sure", role=Role.OFFICER)
async def discard_confirmed(context: Context) -> Answer:
    """Discards a draft, once its author confirmed it."""
    draft = await _draft(context)
    if draft.version != context.number(1):
        return await show_changed(context, draft)
    announcements.transition(draft.announcement, AnnouncementState.WITHDRAWN)
    await drafts.record(context, draft, AuditAction.ANNOUNCEMENT_DISCARDED)
    await context.clear_state()
    return [context.edit(context.say("announcing-now-withdrawn"))]


async def _draft(context: Context) -> Draft:
    draft = await drafts.load_own(context, context.number())
    require(draft.state is AnnouncementState.DRAFT, f"announcing-now-{draft.state.value}")
    return draft
