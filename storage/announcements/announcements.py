"""Announcements: versions, approvals, and the state machine.

While an announcement is a draft its version has not been submitted and may be rewritten; in any other
state the version is fixed, and what changes it is a new version that nobody has approved.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlmodel import bindparam, col, func, select, text

from storage.database import Tx, id_of, state_machine
from storage.database.due import Due, earliest
from storage.models import (
    Announcement,
    AnnouncementState,
    AnnouncementVersion,
    Approval,
    Member,
    MemberState,
    Role,
)

_S = AnnouncementState
TRANSITIONS: Mapping[AnnouncementState, Collection[AnnouncementState]] = {
    _S.DRAFT: {_S.AWAITING_APPROVAL, _S.WITHDRAWN},
    _S.AWAITING_APPROVAL: {_S.DRAFT, _S.SCHEDULED, _S.SENDING, _S.EXPIRED},
    _S.SCHEDULED: {_S.DRAFT, _S.SENDING, _S.EXPIRED},
    _S.SENDING: {_S.SENT, _S.RECALLED},
    _S.SENT: {_S.RECALLED},
    _S.WITHDRAWN: set(),
    _S.EXPIRED: set(),
    _S.RECALLED: set(),
}
CHANGEABLE = frozenset({_S.DRAFT, _S.AWAITING_APPROVAL, _S.SCHEDULED})
"""States before anything was sent."""
WAITING = (_S.AWAITING_APPROVAL, _S.SCHEDULED)
PUBLISHED = frozenset({_S.SENDING, _S.SENT})
"""States of a sent announcement, or one being sent."""
_NUMBERS_LOCK = 0x6E69656D7362  # key of PostgreSQL's advisory lock for giving numbers

# Built once: it runs several times in a transaction, and building costs a third of it.
_VERSION = select(AnnouncementVersion).where(
    AnnouncementVersion.announcement_id == bindparam("announcement"),
    AnnouncementVersion.number == bindparam("version"),
)


async def start(tx: Tx, author_id: int, *, corrects_id: int | None = None) -> Announcement:
    """Opens an empty draft of an announcement, or of a correction to one."""
    announcement = Announcement(
        author_id=author_id,
        state=_S.DRAFT,
        created_at=tx.clock.now(),
        corrects_id=corrects_id,
    )
    tx.session.add(announcement)
    await tx.session.flush()
    await _add_version(tx, announcement, {})
    return announcement


async def repeat(
    tx: Tx, before: Announcement, content: dict[str, Any], moment: datetime
) -> Announcement:
    """Opens an announcement that repeats approved content; it is due at `moment`."""
    now = tx.clock.now()
    again = Announcement(
        author_id=before.author_id,
        state=_S.SCHEDULED,
        created_at=now,
        due_at=moment,
        at_night=before.at_night,
        repeats=before.id,
    )
    tx.session.add(again)
    await tx.session.flush()
    await _add_version(tx, again, content)
    (await version_of(tx, again)).submitted_at = now
    await tx.session.flush()
    return again


async def find(tx: Tx, announcement_id: int) -> Announcement | None:
    """The announcement with this id; not locked."""
    return await tx.session.get(Announcement, announcement_id)


async def lock(tx: Tx, announcement_id: int) -> Announcement | None:
    """The same announcement, refreshed and locked until the end of the transaction."""
    return await tx.session.get(
        Announcement, announcement_id, with_for_update=True, populate_existing=True
    )


async def version_of(tx: Tx, announcement: Announcement) -> AnnouncementVersion:
    """The current version of an announcement."""
    parameters = {"announcement": announcement.id, "version": announcement.version}
    return (await tx.session.exec(_VERSION, params=parameters)).one()


async def first_submitted(tx: Tx, announcement_id: int) -> AnnouncementVersion | None:
    """The earliest version of an announcement that was submitted; None if none was."""
    query = select(AnnouncementVersion).where(
        AnnouncementVersion.announcement_id == announcement_id,
        col(AnnouncementVersion.submitted_at).is_not(None),
    )
    return await tx.first(query.order_by(col(AnnouncementVersion.number)))


async def drafts_of(tx: Tx, author_id: int) -> list[tuple[Announcement, AnnouncementVersion]]:
    """The author's unfinished announcements, newest first."""
    rows = await tx.session.exec(
        _with_version()
        .where(Announcement.author_id == author_id, Announcement.state == _S.DRAFT)
        .order_by(col(Announcement.id).desc())
    )
    return [(row[0], row[1]) for row in rows.all()]


async def waiting(
    tx: Tx, *, offset: int, limit: int
) -> list[tuple[Announcement, AnnouncementVersion]]:
    """Announcements that wait for approval or for their time, oldest first."""
    query = _with_version().where(col(Announcement.state).in_(WAITING))
    rows = await tx.session.exec(query.order_by(col(Announcement.id)).offset(offset).limit(limit))
    return [(row[0], row[1]) for row in rows.all()]


async def scheduled(
    tx: Tx, *, offset: int, limit: int
) -> list[tuple[Announcement, AnnouncementVersion]]:
    """Approved announcements that wait for their time, next first."""
    query = _with_version().where(Announcement.state == _S.SCHEDULED)
    rows = await tx.session.exec(
        query.order_by(col(Announcement.due_at), col(Announcement.id)).offset(offset).limit(limit)
    )
    return [(row[0], row[1]) for row in rows.all()]


def first_due() -> Due:
    """When the first waiting announcement is due."""
    return [earliest(Announcement.due_at, col(Announcement.state).in_(WAITING))]


async def due(tx: Tx) -> list[Announcement]:
    """Waiting announcements that are due, locked; those another process has locked are skipped."""
    rows = await tx.session.exec(
        select(Announcement)
        .where(col(Announcement.state).in_(WAITING), col(Announcement.due_at) <= tx.clock.now())
        .order_by(col(Announcement.id))
        .with_for_update(skip_locked=True)
    )
    return list(rows.all())


async def rewrite(tx: Tx, announcement: Announcement, content: dict[str, Any]) -> None:
    """Replaces the content of a draft; a waiting announcement becomes a draft with a new version."""
    if announcement.state is not _S.DRAFT:
        await reopen(tx, announcement)
    (await version_of(tx, announcement)).content = content
    await tx.session.flush()


async def reopen(tx: Tx, announcement: Announcement) -> None:
    """Makes a waiting announcement a draft again: a new, unapproved version of the same content."""
    before = await version_of(tx, announcement)
    transition(announcement, _S.DRAFT)
    announcement.due_at = None
    announcement.version += 1
    await _add_version(tx, announcement, dict(before.content))


async def correct(tx: Tx, announcement: Announcement, content: dict[str, Any]) -> None:
    """Replaces the content of a sent announcement with that of its approved correction."""
    announcement.version += 1
    await _add_version(tx, announcement, content)
    (await version_of(tx, announcement)).submitted_at = tx.clock.now()
    await tx.session.flush()


async def corrections_of(tx: Tx, announcement_id: int) -> list[Announcement]:
    """Unfinished and waiting corrections of this announcement, newest first."""
    query = select(Announcement).where(
        Announcement.corrects_id == announcement_id, col(Announcement.state).in_(CHANGEABLE)
    )
    return list(await tx.all(query.order_by(col(Announcement.id).desc())))


async def discard(tx: Tx, announcement: Announcement) -> None:
    """Withdraws a draft or a waiting announcement."""
    if announcement.state is not _S.DRAFT:
        await reopen(tx, announcement)
    transition(announcement, _S.WITHDRAWN)
    await tx.session.flush()


async def recall(tx: Tx, announcement: Announcement) -> None:
    """Recalls a published announcement and withdraws its unfinished corrections."""
    for correction in await corrections_of(tx, id_of(announcement)):
        await discard(tx, correction)
    await tx.session.refresh(announcement)
    transition(announcement, _S.RECALLED)


async def submit(tx: Tx, announcement: Announcement, *, due_at: datetime | None) -> None:
    """Fixes the draft's version and lets it wait for approval, until `due_at` at most."""
    (await version_of(tx, announcement)).submitted_at = tx.clock.now()
    transition(announcement, _S.AWAITING_APPROVAL)
    announcement.due_at = due_at
    await tx.session.flush()


async def go_out(tx: Tx, announcement: Announcement) -> None:
    """Begins the sending; an announcement is given the next number, a correction none.

    Numbers have no gaps: the number and whatever else the transaction does take effect together.

    Raises:
        WrongState: it cannot be sent from its present state.
    """
    transition(announcement, _S.SENDING)
    announcement.due_at = None
    announcement.sent_at = tx.clock.now()
    if announcement.corrects_id is None:
        announcement.number = await _next_number(tx)
    await tx.session.flush()


async def _next_number(tx: Tx) -> int:
    """The number after the highest; others who ask wait until this transaction has ended.

    On SQLite there is only one writer. Whoever writes to the audit log too does so before, since
    that log is locked in the same way, and locks taken in two orders would block each other.
    """
    if tx.on_postgresql:
        await tx.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _NUMBERS_LOCK})
    return (await tx.one(select(func.max(Announcement.number))) or 0) + 1


def transition(announcement: Announcement, state: AnnouncementState) -> None:
    """Changes the state.

    Raises:
        WrongState: no transition leads from the present state to this one.
    """
    state_machine.transition(TRANSITIONS, announcement, state)


async def decide(
    tx: Tx, version: AnnouncementVersion, officer_id: int, *, reason: str | None = None
) -> bool:
    """Records an officer's approval or, with a `reason`, refusal; False if they decided already."""
    if await _decision(tx, version, officer_id):
        return False
    tx.session.add(
        Approval(
            version_id=id_of(version),
            officer_id=officer_id,
            approved=reason is None,
            reason=reason,
            decided_at=tx.clock.now(),
        )
    )
    await tx.session.flush()
    return True


async def count_approvals(tx: Tx, version: AnnouncementVersion) -> int:
    """Number of present officers, other than the author, who approved exactly this version."""
    author = select(Announcement.author_id).where(Announcement.id == version.announcement_id)
    return await tx.one(
        select(func.count())
        .select_from(Approval)
        .join(Member, col(Member.id) == Approval.officer_id)
        .where(
            Approval.version_id == version.id,
            col(Approval.approved).is_(True),
            Member.role != Role.MEMBER,
            Member.state == MemberState.ACTIVE,
            col(Member.id).is_distinct_from(author.scalar_subquery()),
        )
    )


async def _decision(tx: Tx, version: AnnouncementVersion, officer_id: int) -> Approval | None:
    return await tx.first(
        select(Approval).where(Approval.version_id == version.id, Approval.officer_id == officer_id)
    )


def _with_version() -> Any:
    return select(Announcement, AnnouncementVersion).where(
        AnnouncementVersion.announcement_id == Announcement.id,
        AnnouncementVersion.number == Announcement.version,
    )


async def _add_version(tx: Tx, announcement: Announcement, content: dict[str, Any]) -> None:
    tx.session.add(
        AnnouncementVersion(
            announcement_id=id_of(announcement), number=announcement.version, content=content
        )
    )
    await tx.session.flush()
