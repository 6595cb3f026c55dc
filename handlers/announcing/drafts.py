"""An announcement that is written or waits for approval: loading, saving, releasing, recording."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from handlers.announcing import release
from handlers.conversation import Context, UserError, found, require
from handlers.views.announcement import Content, pack, reworded, unpack
from storage import audit_log
from storage.announcements import announcements
from storage.announcements.announcements import CHANGEABLE
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


@dataclass(frozen=True)
class Draft:
    """One announcement and the content of its current version."""

    announcement: Announcement
    content: Content

    @property
    def number(self) -> int:
        """The number of the announcement or correction."""
        return id_of(self.announcement)

    @property
    def public_number(self) -> int:
        """The number that members see: for a correction that of the corrected announcement."""
        return self.announcement.corrects_id or self.number

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


async def load_locked(context: Context, number: int) -> Draft:
    """The announcement of this number, its row locked until the transaction ends.

    Raises:
        UserError: it does not exist, as in a forged button.
    """
    announcement = found(await announcements.lock(context.tx, number), "button-unknown")
    return Draft(
        announcement, unpack((await announcements.version_of(context.tx, announcement)).content)
    )


async def load_own(context: Context, number: int) -> Draft:
    """The announcement of this number, locked, if this officer wrote it and may still change it.

    Raises:
        UserError: it is somebody else's, or it is too late to change it.
    """
    draft = await load_locked(context, number)
    require(is_author(context, draft), "announcing-not-the-author")
    require(draft.state in CHANGEABLE, f"announcing-now-{draft.state.value}")
    return draft


async def find_own(context: Context, number: int) -> Draft | None:
    """As `load_own`, but None instead of an error."""
    try:
        return await load_own(context, number)
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
    changed = Draft(draft.announcement, content)
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
        announcement=draft.public_number,
        version=draft.version,
    )
