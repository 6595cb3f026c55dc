"""Shares: what members say they did with an announcement."""

from datetime import datetime

from sqlmodel import col, delete, select

from storage.database import Tx, insert
from storage.models import Proof, Share, ShareState

_CONTENT = "proof.content"


async def answer(tx: Tx, announcement_id: int, member_id: int, state: ShareState) -> None:
    """Stores the member's answer, replacing an earlier one; deletes the proofs unless it is a share."""
    newer = {"state": state, "at": tx.clock.now()}
    await tx.execute(
        insert(tx, Share)
        .values(announcement_id=announcement_id, member_id=member_id, **newer)
        .on_conflict_do_update(index_elements=["announcement_id", "member_id"], set_=newer)
    )
    if state is not ShareState.SHARED:
        await _drop_proofs(tx, announcement_id, member_id)


async def confirm(tx: Tx, announcement_id: int, member_id: int) -> bool:
    """Counts the member's share, whatever they answered before; False if it is counted already."""
    newer = {"state": ShareState.SHARED, "at": tx.clock.now()}
    counted_now = (
        insert(tx, Share)
        .values(announcement_id=announcement_id, member_id=member_id, **newer)
        .on_conflict_do_update(
            index_elements=["announcement_id", "member_id"],
            set_=newer,
            where=col(Share.state) != ShareState.SHARED,
        )
        .returning(col(Share.id))
    )
    return (await tx.execute(counted_now)).first() is not None


async def counted(tx: Tx, announcement_id: int, member_id: int) -> Share | None:
    """The member's valid share of this announcement, if any."""
    return await tx.first(
        select(Share).where(
            Share.announcement_id == announcement_id,
            Share.member_id == member_id,
            Share.state == ShareState.SHARED,
        )
    )


async def newest(tx: Tx, member_id: int, *, since: datetime) -> int | None:
    """The announcement that the member shared last, at `since` or later."""
    return await tx.first(
        select(Share.announcement_id)
        .where(
            Share.member_id == member_id, Share.state == ShareState.SHARED, col(Share.at) >= since
        )
        .order_by(col(Share.at).desc(), col(Share.announcement_id).desc())
        .limit(1)
    )


async def refused(tx: Tx) -> list[int]:
    """The announcements that any member marked "not for me"."""
    query = select(Share.announcement_id).where(Share.state == ShareState.NOT_FOR_ME).distinct()
    return list(await tx.all(query))


async def delete_refusals(tx: Tx, announcement_id: int) -> int:
    """Deletes the "not for me" answers of this announcement; returns their number."""
    refusals = (
        col(Share.announcement_id) == announcement_id,
        col(Share.state) == ShareState.NOT_FOR_ME,
    )
    return await tx.count_changed(delete(Share).where(*refusals))


async def _drop_proofs(tx: Tx, announcement_id: int, member_id: int) -> None:
    shares_of_member = select(Share.id).where(
        Share.announcement_id == announcement_id, Share.member_id == member_id
    )
    await tx.session.exec(delete(Proof).where(col(Proof.share_id).in_(shares_of_member)))
