"""An announcement on its way to approval: whose it is, what it says, and what has become of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from handlers.announcing import release
from handlers.conversation.context import Context, UserError
from handlers.views.announcement import Content, pack, unpack
from storage import audit_log
from storage.announcements import announcements
from storage.announcements.announcements import CHANGEABLE
from storage.database.ids import id_of
from storage.models import Announcement, AnnouncementState, AuditAction

_LET_OUT: Mapping[AnnouncementState, AuditAction] = MappingProxyType(
    {
        AnnouncementState.SENDING: AuditAction.ANNOUNCEMENT_SENT,
        AnnouncementState.SCHEDULED: AuditAction.ANNOUNCEMENT_SCHEDULED,
    }
)
_OF_CORRECTION: Mapping[AuditAction, AuditAction] = MappingProxyType(
    {
        AuditAction.ANNOUNCEMENT_APPROVED: AuditAction.CORRECTION_APPROVED,
        AuditAction.ANNOUNCEMENT_DISCARDED: AuditAction.CORRECTION_DISCARDED,
        AuditAction.ANNOUNCEMENT_EDITED: AuditAction.CORRECTION_EDITED,
        AuditAction.ANNOUNCEMENT_REFUSED: AuditAction.CORRECTION_REFUSED,
        AuditAction.ANNOUNCEMENT_SENT: AuditAction.CORRECTION_SENT,
        AuditAction.ANNOUNCEMENT_SUBMITTED: AuditAction.CORRECTION_SUBMITTED,
        AuditAction.ANNOUNCEMENT_WITHDRAWN: AuditAction.CORRECTION_WITHDRAWN,
    }
)
"""What the officer did by whose word it left; nothing when it was over by then."""


@dataclass(frozen=True)
class Draft:
    """One announcement and the content of the version that counts now."""

    announcement: Announcement
    content: Content

    @property
    def number(self) -> int:
        return id_of(self.announcement)

    @property
    def public_number(self) -> int:
        """The number members know it by: a correction has that of what it corrects."""
        return self.announcement.corrects_id or self.number

    @property
    def is_correction(self) -> bool:
        return self.announcement.corrects_id is not None

    @property
    def version(self) -> int:
        return self.announcement.version

    @property
    def state(self) -> AnnouncementState:
        return self.announcement.state


async def load_locked(context: Context, number: int) -> Draft:
    """The announcement of this number, held so that nobody else changes it meanwhile.

    Raises:
        UserError: there is none, as in a forged button.
    """
    announcement = await announcements.hold(context.tx, number)
    if announcement is None:
        raise UserError("button-unknown")
    version = await announcements.version_of(context.tx, announcement)
    return Draft(announcement, unpack(version.content))


async def load_own(context: Context, number: int) -> Draft:
    """The same, for its author to change.

    Raises:
        UserError: it is somebody else's, or it is too late to change it.
    """
    draft = await load_locked(context, number)
    if not is_author(context, draft):
        raise UserError("announcing-not-the-author")
    if draft.state not in CHANGEABLE:
        raise UserError(f"announcing-now-{draft.state.value}")
    return draft


def is_author(context: Context, draft: Draft) -> bool:
    """Whether this person wrote it."""
    return draft.announcement.author_id == context.member_id


async def save_content(context: Context, draft: Draft, content: Content) -> Draft:
    """With this content. What was waiting is a draft again and needs a new approval."""
    changed = Draft(draft.announcement, content)
    if content != draft.content:
        await announcements.rewrite(context.tx, draft.announcement, pack(content))
    if _visible_change(content, draft.content) and changed.version > 1:
        await record(context, changed, AuditAction.ANNOUNCEMENT_EDITED)
    return changed


def _visible_change(content: Content, before: Content) -> bool:
    """Whether members would see the difference; what the author has settled is their own."""

    def read(one: Content) -> Content:
        return replace(one, checked=(), answered=(), first="")

    return read(content) != read(before)


async def release_draft(context: Context, draft: Draft) -> None:
    """What nobody's approval is missing for any more goes out, or waits for its time."""
    await release.release(context.tx, context.club, draft.announcement)
    if action := _LET_OUT.get(draft.state):
        await record(context, draft, action)


async def record(context: Context, draft: Draft, action: AuditAction) -> None:
    """Writes down what this officer did with exactly this version."""
    if draft.is_correction:
        action = _OF_CORRECTION.get(action, action)
    await audit_log.record(
        context.tx,
        context.current_member,
        action,
        announcement=draft.public_number,
        version=draft.version,
    )
