"""Approval of announcements: another officer lists, reads, approves or refuses them."""

from collections.abc import Mapping

from handlers.announcing import drafts, release, send_time
from handlers.announcing.compose.preview import show, show_changed
from handlers.announcing.drafts import Draft, is_author
from handlers.announcing.release import notify_author, see_own_button
from handlers.conversation import (
    Context,
    Html,
    Page,
    Routes,
    Speech,
    UserError,
    paged,
    require,
    within,
)
from handlers.messages import Answer, Button, Message, Rows
from handlers.views.announcement import short_title, unpack
from storage.announcements import announcements, references
from storage.announcements.references import Reference
from storage.database import id_of
from storage.models import Announcement, AnnouncementState, AnnouncementVersion, AuditAction, Role

routes = Routes()

_STEP = "approval.reason"
_REASON_LIMIT = 500


@routes.command("choduyet", "approvals", role=Role.OFFICER, also=["duyet"])
@paged(routes, "approval-page", role=Role.OFFICER)
async def waiting(context: Context, page: Page) -> tuple[Html, Rows]:
    """Announcements that wait for an approval or for their time."""
    fetched = await announcements.waiting(context.tx, offset=page.offset, limit=page.limit)
    if not fetched:
        return context.say("announcing-nothing-waits"), ()
    shown, others = page.split(fetched)
    ids = {announcement.corrects_id or id_of(announcement) for announcement, _ in shown}
    named = await references.of_all(context.tx, ids)
    rows = tuple((_open_button(context, named, *line),) for line in shown)
    return context.say("announcing-what-waits"), (*rows, *others)


def _open_button(
    context: Context,
    named: Mapping[int, Reference],
    announcement: Announcement,
    version: AnnouncementVersion,
) -> Button:
    own_id = id_of(announcement)
    title = short_title(unpack(version.content))
    label = named[announcement.corrects_id or own_id].label
    return context.button(
        _label_key(announcement), "approval-see", own_id, number=label, title=title
    )


def _label_key(announcement: Announcement) -> str:
    if announcement.corrects_id:
        return "correcting-line"
    scheduled = announcement.state is AnnouncementState.SCHEDULED
    return "announcing-line-scheduled" if scheduled else "announcing-line"


@routes.action("approval-see", role=Role.OFFICER)
async def see(context: Context) -> Answer:
    """The current state of an announcement; a draft is shown to its author only."""
    draft = await drafts.load_locked(context, context.number())
    require(
        draft.state is not AnnouncementState.DRAFT or is_author(context, draft),
        "announcing-now-draft",
    )
    return await show(context, draft)


@routes.action("approval-give", role=Role.OFFICER)
async def approve(context: Context) -> Answer:
    """Approves exactly this version; the last approval needed releases it."""
    return await approve_draft(context, await load_undecided(context))


async def approve_draft(context: Context, draft: Draft, *, at_night: bool = False) -> Answer:
    """Approves; `at_night` allows sending during quiet hours."""
    if draft.version != context.number(1):
        return await show_changed(context, draft)
    # A correction waits for no morning: nobody should read what is wrong until then.
    send_time.check(context, draft.content, at_night=at_night or draft.is_correction)
    draft.announcement.at_night = at_night
    version = await announcements.version_of(context.tx, draft.announcement)
    is_new = await announcements.decide(context.tx, version, context.member_id)
    approvals = await announcements.count_approvals(context.tx, version)
    require(is_new or approvals >= context.club.approvals, "announcing-approved-already")
    await drafts.record(context, draft, AuditAction.ANNOUNCEMENT_APPROVED)
    if approvals < context.club.approvals:
        thanks = context.say(
            "announcing-approved-so-far", count=approvals, needed=context.club.approvals
        )
        return [context.edit(thanks)]
    return await _release(context, draft)


async def _release(context: Context, draft: Draft) -> Answer:
    await drafts.release_draft(context, draft)

    def write(say: Speech) -> Message:
        key = f"announcing-your-own-{draft.state.value}"
        if draft.is_correction:
            key = "correcting-your-own-approved"
        send_at = draft.announcement.due_at or context.now
        return Message(
            say(key, number=draft.label, when=say.when(send_at)),
            (_author_buttons(say, draft),),
        )

    await notify_author(context.tx, context.club, draft.announcement, "approved", write)
    return [context.edit(outcome(context, draft))]


def outcome(context: Context, draft: Draft) -> Html:
    """The state after the release; for a scheduled one, with its time."""
    if draft.state is AnnouncementState.SCHEDULED and draft.announcement.due_at:
        return context.say(
            "announcing-now-scheduled-for", when=context.say.when(draft.announcement.due_at)
        )
    return release.status_text(context.say, draft.announcement)


def _author_buttons(say: Speech, draft: Draft) -> tuple[Button, ...]:
    see = see_own_button(say, draft.id)
    if draft.state is not AnnouncementState.SCHEDULED:
        return (see,)
    return (
        see,
        Button(
            say.plain("announcing-unschedule"),
            action=f"approval-reopen:{draft.id}:{draft.version}",
        ),
    )


@routes.action("approval-refuse", role=Role.OFFICER)
async def refuse(context: Context) -> Answer:
    """Asks for the reason of a refusal, which the author reads."""
    draft = await load_undecided(context)
    if draft.version != context.number(1):
        return await show_changed(context, draft)
    await context.set_state(_STEP, number=draft.id, version=draft.version)
    return [context.reply(context.say("announcing-why-not"), context.cancel_row())]


@routes.step(_STEP, role=Role.OFFICER)
async def refused(context: Context) -> Answer:
    """Returns the draft to its author, with the reason."""
    reason = " ".join(context.incoming.text.split())
    require(reason, "announcing-reason-wanted", limit=_REASON_LIMIT)
    within(reason, _REASON_LIMIT)
    await context.clear_state()
    try:
        draft = await load_undecided(context, context.data["number"])
    except UserError as refusal:  # decided by somebody else meanwhile: this step is over
        return [context.error_reply(refusal)]
    if draft.version != context.data["version"]:
        return await show_changed(context, draft)
    return await _return_to_author(context, draft, reason)


async def _return_to_author(context: Context, draft: Draft, reason: str) -> Answer:
    def write(say: Speech) -> Message:
        text = say(
            "correcting-your-own-refused" if draft.is_correction else "announcing-your-own-refused",
            number=draft.label,
            reason=reason,
        )
        return Message(text, ((see_own_button(say, draft.id),),))

    await notify_author(
        context.tx, context.club, draft.announcement, "refused", write, about=context.current_member
    )
    version = await announcements.version_of(context.tx, draft.announcement)
    await announcements.decide(context.tx, version, context.member_id, reason=reason)
    await drafts.record(context, draft, AuditAction.ANNOUNCEMENT_REFUSED)
    await announcements.reopen(context.tx, draft.announcement)
    return [context.reply(context.say("announcing-refused"))]


@routes.action("approval-reopen", role=Role.OFFICER)
async def reopen(context: Context) -> Answer:
    """Makes it a draft again: the author before approval, any officer while it is scheduled."""
    draft = await drafts.load_locked(context, context.number())
    require(draft.state in announcements.WAITING, f"announcing-now-{draft.state.value}")
    if draft.version != context.number(1):
        return await show_changed(context, draft)
    if draft.state is AnnouncementState.SCHEDULED:
        return await _unschedule(context, draft)
    require(is_author(context, draft), "announcing-not-the-author")
    await drafts.record(context, draft, AuditAction.ANNOUNCEMENT_WITHDRAWN)
    await announcements.reopen(context.tx, draft.announcement)
    return await show(context, draft, context.say("announcing-reopened"))


async def _unschedule(context: Context, draft: Draft) -> Answer:
    await drafts.record(context, draft, AuditAction.ANNOUNCEMENT_UNSCHEDULED)
    if is_author(context, draft):
        await announcements.reopen(context.tx, draft.announcement)
        return await show(context, draft, context.say("announcing-reopened"))

    def write(say: Speech) -> Message:
        return Message(
            say("announcing-your-own-unscheduled", number=draft.label),
            ((see_own_button(say, draft.id),),),
        )

    await notify_author(context.tx, context.club, draft.announcement, "unscheduled", write)
    await announcements.reopen(context.tx, draft.announcement)
    return [context.edit(context.say("announcing-unscheduled"))]


async def load_undecided(context: Context, announcement_id: int | None = None) -> Draft:
    """The announcement that waits for approval, locked, for an officer who did not write it.

    Raises:
        UserError: this officer wrote it, or it does not wait for approval.
    """
    draft = await drafts.load_locked(
        context, context.number() if announcement_id is None else announcement_id
    )
    require(not is_author(context, draft), "announcing-own-approval")
    require(
        draft.state is AnnouncementState.AWAITING_APPROVAL, f"announcing-now-{draft.state.value}"
    )
    return draft
