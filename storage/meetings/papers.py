"""Documents and minutes of a meeting: submitted by one officer, published by another."""

from typing import Any

from sqlmodel import col, func, select

from storage.database import Tx
from storage.models import MeetingPapers, PapersState


async def submit(
    tx: Tx, meeting_id: int, content: dict[str, Any], author_id: int, *, for_all: bool
) -> MeetingPapers:
    """Stores a version that waits for approval; an earlier one that waits can be approved no more."""
    newest = select(func.max(MeetingPapers.version)).where(MeetingPapers.meeting_id == meeting_id)
    papers = MeetingPapers(
        meeting_id=meeting_id,
        version=(await tx.one(newest) or 0) + 1,
        content=content,
        for_all=for_all,
        state=PapersState.PENDING,
        author_id=author_id,
    )
    tx.session.add(papers)
    await tx.session.flush()
    return papers


async def find(tx: Tx, papers_id: int) -> MeetingPapers | None:
    """The version with this id, locked until the transaction ends."""
    query = select(MeetingPapers).where(MeetingPapers.id == papers_id).with_for_update()
    return await tx.first(query.execution_options(populate_existing=True))


async def is_newest(tx: Tx, papers: MeetingPapers) -> bool:
    """Whether no later version was submitted."""
    later = select(MeetingPapers.id).where(
        MeetingPapers.meeting_id == papers.meeting_id, MeetingPapers.version > papers.version
    )
    return await tx.first(later) is None


async def publish(tx: Tx, papers: MeetingPapers, approver_id: int | None) -> None:
    """Makes a version readable for those it is for."""
    papers.state, papers.approver_id = PapersState.PUBLISHED, approver_id
    papers.published_at = tx.clock.now()
    await tx.session.flush()


async def newest_published(tx: Tx, meeting_id: int) -> MeetingPapers | None:
    """The published version that counts; None before the first."""
    query = select(MeetingPapers).where(
        MeetingPapers.meeting_id == meeting_id, MeetingPapers.state == PapersState.PUBLISHED
    )
    return await tx.first(query.order_by(col(MeetingPapers.version).desc()).limit(1))
