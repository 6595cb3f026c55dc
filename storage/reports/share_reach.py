"""Reach of public shares as officers record it; shares have ids, not names."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import col, exists, func, select, update

from storage.announcements import share_proofs
from storage.database import Tx, batch_clock
from storage.models import Proof, ProofKind, Share, ShareState
from storage.reports import batch_totals


@dataclass(frozen=True)
class ShareWithLinks:
    """One share with its public links."""

    share_id: int
    links: tuple[tuple[str | None, str], ...]
    """Platform and URL."""
    reach: int | None


async def linked(tx: Tx, announcement_id: int, *, limit: int, offset: int) -> list[ShareWithLinks]:
    """The valid shares of an announcement that have links.

    Ordered by the hashes of the links, which does not reveal who was first.
    """
    rows = await tx.all(
        select(Share.id, Share.reach)
        .join(Proof, col(Proof.share_id) == Share.id)
        .where(*_counting(announcement_id), *_seen_links(tx))
        .group_by(col(Share.id), col(Share.reach))
        .order_by(func.min(col(Proof.same)))
        .limit(limit)
        .offset(offset)
    )
    links = await _links(tx, [share or 0 for share, _ in rows])
    return [
        ShareWithLinks(share or 0, tuple(links.get(share or 0, ())), reach) for share, reach in rows
    ]


async def counts(tx: Tx, announcement_id: int, share_id: int) -> bool:
    """Whether this is a valid share of the announcement."""
    return bool(
        await tx.one(select(exists().where(*_counting(announcement_id), col(Share.id) == share_id)))
    )


async def note(tx: Tx, announcement_id: int, share_id: int, reach: int | None) -> None:
    """Stores the number of views of a share; None clears it."""
    before = await tx.first(select(Share.reach).where(Share.id == share_id))
    await batch_totals.note_reach(tx, announcement_id, (reach or 0) - (before or 0))
    await tx.session.exec(update(Share).where(col(Share.id) == share_id).values(reach=reach))


def _counting(announcement_id: int) -> list[ColumnElement[bool]]:
    return [col(Share.announcement_id) == announcement_id, col(Share.state) == ShareState.SHARED]


def _seen_links(tx: Tx) -> list[ColumnElement[bool]]:
    return [col(Proof.kind) == ProofKind.LINK, batch_clock.is_seen(tx, col(Proof.at))]


async def _links(tx: Tx, share_ids: Sequence[int]) -> dict[int, list[tuple[str | None, str]]]:
    query = (
        select(Proof)
        .where(col(Proof.share_id).in_(share_ids), *_seen_links(tx))
        .order_by(col(Proof.same))
    )
    by_share: dict[int, list[tuple[str | None, str]]] = {}
    for proof in await tx.all(query):
        by_share.setdefault(proof.share_id, []).append(
            (proof.platform, share_proofs.content_of(tx, proof))
        )
    return by_share
