"""What members said they did with an announcement, and the proofs they chose to add."""

from dataclasses import dataclass

from sqlalchemy import delete
from sqlmodel import col, select

from storage.dialect import insert
from storage.engine import Tx
from storage.models import Proof, ProofKind, Share, ShareState

_CONTENT = "proof.content"

PROOFS_PER_SHARE = 20
"""More than anybody needs; keeps one member from filling the table."""


class TooManyProofs(Exception):
    """A share has as many proofs as it may have."""


@dataclass(frozen=True)
class Handed:
    """A proof as a member hands it in."""

    kind: ProofKind
    content: str
    """The address of the post, or the messenger's id of the picture."""
    same: str
    """Equal for two proofs that are the same one."""


async def answer(tx: Tx, announcement_id: int, member_id: int, state: ShareState) -> None:
    """Keeps the member's newest answer, the only one; proofs stay only with a share."""
    newer = {"state": state, "at": tx.clock.now()}
    row = insert(tx, Share).values(announcement_id=announcement_id, member_id=member_id, **newer)
    unique = ["announcement_id", "member_id"]
    connection = await tx.session.connection()
    await connection.execute(row.on_conflict_do_update(index_elements=unique, set_=newer))
    if state is not ShareState.SHARED:
        await _drop_proofs(tx, announcement_id, member_id)


async def counted(tx: Tx, announcement_id: int, member_id: int) -> Share | None:
    """The member's share of this announcement; None unless it counts now."""
    query = select(Share).where(
        Share.announcement_id == announcement_id,
        Share.member_id == member_id,
        Share.state == ShareState.SHARED,
    )
    return (await tx.session.exec(query)).first()


async def add_proof(tx: Tx, share: Share, proof: Handed) -> bool:
    """Adds a proof, sealed; False when this share has the same one already.

    Raises:
        TooManyProofs: the share has `PROOFS_PER_SHARE` already.
    """
    same = tx.vault.lookup("proof", proof.kind, proof.same)
    proofs = select(Proof.same).where(Proof.share_id == share.id)
    known = set((await tx.session.exec(proofs)).all())
    if same in known:
        return False
    if len(known) >= PROOFS_PER_SHARE:
        raise TooManyProofs
    sealed = tx.vault.seal(_CONTENT, proof.content)
    row = {"share_id": share.id, "kind": proof.kind, "content_sealed": sealed, "same": same}
    added = insert(tx, Proof).values(**row, at=tx.clock.now()).on_conflict_do_nothing()
    connection = await tx.session.connection()
    return (await connection.execute(added)).rowcount == 1


async def proofs_of(tx: Tx, share: Share) -> list[str]:
    """What was handed in with a share, oldest first."""
    query = select(Proof).where(Proof.share_id == share.id).order_by(col(Proof.id))
    proofs = (await tx.session.exec(query)).all()
    return [tx.vault.open(_CONTENT, proof.content_sealed) for proof in proofs]


async def _drop_proofs(tx: Tx, announcement_id: int, member_id: int) -> None:
    mine = select(Share.id).where(
        Share.announcement_id == announcement_id, Share.member_id == member_id
    )
    await tx.session.exec(delete(Proof).where(col(Proof.share_id).in_(mine)))
