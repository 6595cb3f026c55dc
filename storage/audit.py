"""The append-only log of what officers do, each entry chained to the one before (refusal 9)."""

import json

from sqlmodel import col, select

from storage.engine import Tx
from storage.models import AuditEntry, Member

COMMAND_LINE = 0
"""The actor of what is done on the command line."""
_LOCK = 0x6E69656D74696E  # any number of our own; PostgreSQL's advisory locks are keyed by number


async def record(tx: Tx, actor: Member | None, deed: str, **details: object) -> None:
    """Appends one entry in the caller's transaction.

    `details` are numbers, states and texts that officers made public; never anything of a member.
    """
    await _one_at_a_time(tx)
    newest = (await tx.session.exec(select(AuditEntry).order_by(col(AuditEntry.id).desc()))).first()
    at = tx.clock.now()
    number = actor.actor if actor else COMMAND_LINE
    content = json.dumps(details, sort_keys=True, ensure_ascii=False)
    link = tx.vault.chain(
        newest.link if newest else b"", at.isoformat(), str(number), deed, content
    )
    tx.session.add(AuditEntry(at=at, actor=number, deed=deed, details=details, link=link))
    await tx.session.flush()


async def verify(tx: Tx) -> int | None:
    """The id of the first entry that does not follow from the one before; None when all do."""
    before = b""
    stream = await tx.session.stream_scalars(select(AuditEntry).order_by(col(AuditEntry.id)))
    async for entry in stream:
        content = json.dumps(entry.details, sort_keys=True, ensure_ascii=False)
        if entry.link != tx.vault.chain(
            before, entry.at.isoformat(), str(entry.actor), entry.deed, content
        ):
            return entry.id
        before = entry.link
    return None


async def _one_at_a_time(tx: Tx) -> None:
    # SQLite's writer is alone already; on PostgreSQL two writers could read the same newest entry.
    if tx.on_postgresql:
        connection = await tx.session.connection()
        await connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
