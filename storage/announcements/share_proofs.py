"""Share proofs that members add to a share, and officers' questions about them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Mapped
from sqlmodel import col, delete, select

from storage.announcements.references import Reference
from storage.database import Tx, batch_clock, id_of, insert, sealing
from storage.models import Announcement, Proof, ProofKind, Share, ShareState

PROOFS_PER_SHARE = 20
"""Limit for one share, so that one member cannot fill the table."""
_CONTENT, _PICTURE = "proof.content", "proof.picture"
_QUESTION, _ANSWER = "proof.question", "proof.answer"


class TooManyProofs(Exception):
    """The share has `PROOFS_PER_SHARE` proofs already."""


class ProofResult(StrEnum):
    """Result of adding a proof."""

    ADDED = "added"
    KNOWN = "known"
    """The share has the same proof already."""
    ELSEWHERE = "elsewhere"
    """Another share has it: the same post for this announcement, or the same picture for any."""


@dataclass(frozen=True)
class NewProof:
    """A new proof of a member."""

    kind: ProofKind
    content: str = field(repr=False)
    """The URL of the post, or the text; empty for a picture."""
    same: str = field(repr=False)
    """Value for deduplication: equal for equal proofs."""
    platform: str | None = None
    """Of a link: the platform of the post; None when unknown."""
    picture: str | None = field(default=None, repr=False)
    """The screenshot, in base64."""
    picture_hash: str | None = None
    """Of a picture: its perceptual hash."""


@dataclass(frozen=True)
class StoredProof:
    """A stored proof, decrypted, without its member."""

    id: int
    announcement: Reference
    kind: ProofKind
    platform: str | None
    content: str = field(repr=False)
    at: datetime
    question: str = field(default="", repr=False)
    """An officer's question about it; empty without one."""
    answer: str = field(default="", repr=False)


async def add(tx: Tx, share: Share, handed: NewProof) -> ProofResult:
    """Adds a proof, sealed, unless it is stored already.

    Raises:
        TooManyProofs: the share has `PROOFS_PER_SHARE` already.
    """
    proof_hash, *old_hashes = tx.vault.lookups("proof", handed.kind, handed.same)
    of_share = set(await tx.all(select(Proof.same).where(Proof.share_id == share.id)))
    if of_share.intersection([proof_hash, *old_hashes]):
        return ProofResult.KNOWN
    if len(of_share) >= PROOFS_PER_SHARE:
        raise TooManyProofs
    if await _is_elsewhere(tx, share, handed.kind, [proof_hash, *old_hashes]):
        return ProofResult.ELSEWHERE
    added = insert(tx, Proof).values(_row(tx, share, handed, proof_hash)).on_conflict_do_nothing()
    return ProofResult.ADDED if (await tx.execute(added)).rowcount == 1 else ProofResult.KNOWN


def _row(tx: Tx, share: Share, handed: NewProof, same: bytes) -> dict[str, object]:
    key = {"share_id": share.id, "same": same}
    return {
        **key,
        "kind": handed.kind,
        "platform": handed.platform,
        "content_sealed": sealing.seal(tx, _CONTENT, handed.content, key),
        "picture_sealed": sealing.seal(tx, _PICTURE, handed.picture, key)
        if handed.picture
        else None,
        "picture_hash": handed.picture_hash,
        "at": tx.clock.now(),
    }


async def _is_elsewhere(tx: Tx, share: Share, kind: ProofKind, same: list[bytes]) -> bool:
    """Whether another share has this proof.

    Texts never count; a link counts only for the same announcement, as a post may share two.
    """
    if kind is ProofKind.WORDS:
        return False
    query = (
        select(Proof.id).join(Share).where(col(Proof.same).in_(same), Proof.share_id != share.id)
    )
    if kind is ProofKind.LINK:
        query = query.where(Share.announcement_id == share.announcement_id)
    return await tx.first(query.limit(1)) is not None


def content_of(tx: Tx, proof: Proof) -> str:
    """The URL of the post, or the text."""
    return sealing.opened(tx, _CONTENT, proof.content_sealed, proof)


async def picture_hashes_of(tx: Tx, member_id: int) -> list[str]:
    """The perceptual hashes of all pictures of this member's proofs."""
    query = select(Proof.picture_hash).join(Share).where(Share.member_id == member_id)
    rows = await tx.session.exec(query.where(col(Proof.picture_hash).is_not(None)))
    return [picture_hash for picture_hash in rows if picture_hash]


async def of_share(tx: Tx, share: Share) -> list[StoredProof]:
    """The proofs of a share, oldest first."""
    return await _all(tx, Proof.share_id == share.id, order=col(Proof.id))


async def of_announcement(
    tx: Tx, announcement_id: int, *, offset: int, limit: int
) -> list[StoredProof]:
    """One page of proofs of valid shares that officers see now, without those of this batch.

    The order does not reveal when they were added.
    """
    counting_shares = Share.announcement_id == announcement_id, Share.state == ShareState.SHARED
    return await _all(
        tx,
        *counting_shares,
        batch_clock.is_seen(tx, col(Proof.at)),
        order=col(Proof.same),
        offset=offset,
        limit=limit,
    )


async def find(tx: Tx, proof_id: int) -> StoredProof | None:
    """One proof, if officers see it now."""
    seen = batch_clock.is_seen(tx, col(Proof.at))
    proofs = await _all(tx, Proof.id == proof_id, Share.state == ShareState.SHARED, seen)
    return proofs[0] if proofs else None


async def of_member(tx: Tx, proof_id: int, member_id: int) -> StoredProof | None:
    """One proof, if it is this member's."""
    proofs = await _all(tx, Proof.id == proof_id, Share.member_id == member_id)
    return proofs[0] if proofs else None


async def _all(
    tx: Tx,
    *conditions: ColumnElement[bool] | bool,
    order: Mapped[Any] | None = None,
    offset: int = 0,
    limit: int | None = None,
) -> list[StoredProof]:
    query = (
        select(Proof, Share.announcement_id, col(Announcement.number))
        .join(Share, col(Share.id) == Proof.share_id)
        .join(Announcement, col(Announcement.id) == Share.announcement_id)
        .where(*conditions)
    )
    query = query.order_by(col(Proof.id) if order is None else order).offset(offset).limit(limit)
    rows = await tx.all(query)
    return [_opened(tx, proof, Reference(about, number)) for proof, about, number in rows]


def _opened(tx: Tx, proof: Proof, announcement: Reference) -> StoredProof:
    def text(name: str, sealed: bytes | None) -> str:
        return sealing.opened(tx, name, sealed, proof) if sealed else ""

    return StoredProof(
        id=id_of(proof),
        announcement=announcement,
        kind=proof.kind,
        platform=proof.platform,
        content=text(_CONTENT, proof.content_sealed),
        at=proof.at,
        question=text(_QUESTION, proof.question_sealed),
        answer=text(_ANSWER, proof.answer_sealed),
    )


async def picture(tx: Tx, proof_id: int) -> str | None:
    """The screenshot, in base64."""
    proof = await tx.first(select(Proof).where(Proof.id == proof_id))
    if proof is None or proof.picture_sealed is None:
        return None
    return sealing.opened(tx, _PICTURE, proof.picture_sealed, proof)


async def sharer_of(tx: Tx, proof_id: int) -> int | None:
    """The member of the proof; None once the share is unlinked."""
    return await tx.first(select(Share.member_id).join(Proof).where(Proof.id == proof_id))


async def asker_of(tx: Tx, proof_id: int) -> int | None:
    """The officer who asked about a proof; None without a question, or once their data is erased."""
    return await tx.first(select(Proof.asked_by).where(Proof.id == proof_id))


async def ask(tx: Tx, proof_id: int, officer_id: int, question: str) -> None:
    """Stores an officer's question; replaces an earlier one and its answer."""
    proof = await tx.session.get_one(Proof, proof_id, with_for_update=True)
    proof.asked_by, proof.asked_at = officer_id, tx.clock.now()
    proof.question_sealed = sealing.seal(tx, _QUESTION, question, proof)
    proof.answer_sealed = None
    await tx.session.flush()


async def answer(tx: Tx, proof_id: int, words: str) -> None:
    """Stores the member's answer to the officer's question about a proof."""
    proof = await tx.session.get_one(Proof, proof_id, with_for_update=True)
    proof.answer_sealed = sealing.seal(tx, _ANSWER, words, proof)
    await tx.session.flush()


async def remove(tx: Tx, proof_ids: Sequence[int]) -> None:
    """Deletes proofs, with the questions about them."""
    await tx.session.exec(delete(Proof).where(col(Proof.id).in_(proof_ids)))
