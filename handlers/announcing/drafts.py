"""An announcement that is written or waits for approval: loading, saving, releasing, recording."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from handlers.announcing import release
from handlers.conversation import Context, UserError, found, require
from handlers.views.announcement import Content, pack, reworded, unpack
from storage import audit_log
from storage.announcements import announcements, references
from storage.announcements.announcements import CHANGEABLE
from storage.announcements.references import Reference
from storage.database import id_of
from storage.models import Announcement, AnnouncementState, AuditAction

_RELEASE_ACTIONS: Mapping[AnnouncementState, AuditAction] = MappingProxyType(
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
"""The action to log for the state after the release; none for an announcement that expired."""

_LONG_ID = 99_999
"""Its provisional label is as long as any number that a club comes to."""


@dataclass(frozen=True)
class Draft:
    """One announcement and the content of its current version."""

    announcement: Announcement
    content: Content
    corrected: Reference | None = None
    """For a correction, what it corrects."""

    @property
    def id(self) -> int:
        """The id of the announcement or correction."""
        return id_of(self.announcement)

    @property
    def reference(self) -> Reference:
        """What members know it by: for a correction the corrected announcement."""
        return self.corrected or references.reference(self.announcement)

    @property
    def label(self) -> str:
        """What people call it; provisional until it goes out."""
        return self.reference.label

    @property
    def measured(self) -> Reference:
        """The reference to measure a copy with: its number may have more digits than its id."""
        return Reference(max(self.id, _LONG_ID)) if self.is_unnumbered else self.reference

    @property
    def is_unnumbered(self) -> bool:
        """Whether its label is provisional."""
        return self.reference.number is None

    @property
    def is_correction(self) -> bool:
        """Whether it corrects another announcement."""
        return self.announcement.corrects_id is not None

    @property
    def version(self) -> int:
        """The number of the current version."""
        return self.announcement.version

    @property
    def state(self) -> AnnouncementState:
        """The state of the announcement."""
        return self.announcement.state


async def load_locked(context: Context, announcement_id: int) -> Draft:
    """The announcement with this id, its row locked until the transaction ends.

    Raises:
        UserError: it does not exist, as in a forged button.
    """
    announcement = found(await announcements.lock(context.tx, announcement_id), "button-unknown")
    return Draft(
        announcement,
        unpack((await announcements.version_of(context.tx, announcement)).content),
        await _corrected_by(context, announcement),
    )


async def _corrected_by(context: Context, announcement: Announcement) -> Reference | None:
    """What a correction corrects; None for anything else."""
    corrects_id = announcement.corrects_id
    return await references.of(context.tx, corrects_id) if corrects_id else None


async def load_own(context: Context, announcement_id: int) -> Draft:
    """The announcement with this id, locked, if this officer wrote it and may still change it.

    Raises:
        UserError: it is somebody else's, or it is too late to change it.
    """
    draft = await load_locked(context, announcement_id)
    require(is_author(context, draft), "announcing-not-the-author")
    require(draft.state in CHANGEABLE, f"announcing-now-{draft.state.value}")
    return draft


async def find_own(context: Context, announcement_id: int) -> Draft | None:
    """As `load_own`, but None instead of an error."""
    try:
        return await load_own(context, announcement_id)
    except UserError:
        return None


def is_author(context: Context, draft: Draft) -> bool:
    """Whether this officer wrote it."""
    return draft.announcement.author_id == context.member_id


async def save_content(context: Context, draft: Draft, content: Content) -> Draft:
    """Saves the content as a new version; a waiting announcement becomes a draft again.

    Another wording is asked about campaigning again.
    """
    content = reworded(draft.content, content)
    changed = replace(draft, content=content)
    if content != draft.content:
        await announcements.rewrite(context.tx, draft.announcement, pack(content))
    if _visible_change(content, draft.content) and changed.version > 1:
        await record(context, changed, AuditAction.ANNOUNCEMENT_EDITED)
    return changed


def _visible_change(content: Content, before: Content) -> bool:
    """Whether members would see the difference; marks of the author do not count."""

    def visible(version: Content) -> Content:
        return replace(version.without_marks(), first="", from_quota=True, paid_most=0)

    return visible(content) != visible(before)


async def release_draft(context: Context, draft: Draft) -> None:
    """Sends, schedules or expires a draft that has all approvals, and logs it."""
    await release.release(context.tx, context.club, draft.announcement)
    if action := _RELEASE_ACTIONS.get(draft.state):
        await record(context, draft, action)


async def record(context: Context, draft: Draft, action: AuditAction) -> None:
    """Writes what this officer did with this version to the audit log."""
    if draft.is_correction:
        action = _OF_CORRECTION.get(action, action)
    await audit_log.record(
        context.tx,
        context.current_member,
        action,
        announcement=draft.reference.id,
        version=draft.version,
    )
