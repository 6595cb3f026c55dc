"""The audit log: append-only entries of officers' actions, each chained to the one before.

The link of an entry is a keyed hash (MAC) over the link before it and the entry's values. Without the
key nobody can change, move or delete an entry so that the following links still match; a log that is
cut off at its end shows only against a `Head` that is kept elsewhere.

Refusal: no-unlogged-officer-action.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import col, select, text

from storage.database import Tx, id_of
from storage.models import AuditAction, AuditEntry, Member

COMMAND_LINE = 0
"""The actor of actions on the command line and of the program itself."""
_LOCK = 0x6E69656D74696E  # key of PostgreSQL's advisory lock for appending


@dataclass(frozen=True)
class Head:
    """The newest entry. Kept elsewhere, it proves later whether the log was cut off."""

    entry: int
    link: bytes

    @property
    def short(self) -> str:
        """The first 8 hexadecimal digits, to be read out over the telephone."""
        return self.link.hex()[:8]


class Damage(StrEnum):
    """Why an entry fails the check of the chain."""

    CHANGED = "changed"
    """The link of this entry does not follow: it or the one before was edited, moved or deleted."""
    CUT = "cut"
    """The log ends before this entry, which the given head proves."""
    REPLACED = "replaced"
    """This entry differs from the one that the given head proves."""


@dataclass(frozen=True)
class ChainFault:
    """The first place where the chain is broken, and how."""

    damage: Damage
    entry: int
    """The number of the entry; 0 when it is unknown."""


async def record(tx: Tx, actor: Member | None, action: AuditAction, **details: object) -> None:
    """Appends one entry in the caller's transaction.

    `details` are numbers, states and texts that officers made public; never anything of a member
    but the random number that erasure unlinks. The sentence for an action is `journal-action-<action>`.
    """
    await _one_at_a_time(tx)
    number = actor.actor if actor else COMMAND_LINE
    await _append(tx, number, action, details, await _age_in_use(tx))


async def record_nameless(tx: Tx, action: AuditAction, **details: object) -> None:
    """As `record`, for an action of somebody of whom nothing is stored: by a random number."""
    await _one_at_a_time(tx)
    await _append(tx, tx.ids.number(), action, details, await _age_in_use(tx))


async def record_key_change(tx: Tx) -> bool:
    """Records a key change, once; whether entries under an older key came before.

    Later entries are linked with the new key, so the older key alone cannot change or add entries
    before this one unnoticed.
    """
    await _one_at_a_time(tx)
    if await _last_two(tx) and not await _age_in_use(tx):
        return False
    await _append(tx, COMMAND_LINE, AuditAction.KEY_CHANGED, {}, 0)
    return True


async def key_changed_at(tx: Tx) -> datetime | None:
    """When the log began to be written with the newest key; None if it is not, or is unknown."""
    if await _age_in_use(tx):
        return None
    query = select(AuditEntry.at).where(AuditEntry.action == AuditAction.KEY_CHANGED)
    return await tx.first(query.order_by(col(AuditEntry.id).desc()))


async def _append(
    tx: Tx, actor: int, action: AuditAction, details: dict[str, object], age: int
) -> None:
    last = await _last_two(tx)
    entry = AuditEntry(at=tx.clock.now(), actor=actor, action=action, details=details, link=b"")
    entry.link = _links(tx, last[0].link if last else b"", entry)[age]
    tx.session.add(entry)
    await tx.session.flush()


async def _age_in_use(tx: Tx) -> int:
    """Index of the key that the log is written with; 0 is the newest.

    A process that has a new key goes on with the older one until the key change is recorded: another
    process that has not loaded it yet may be writing too.
    """
    if not tx.vault.is_rotating or not (last := await _last_two(tx)):
        return 0
    links = _links(tx, last[1].link if len(last) > 1 else b"", last[0])
    return links.index(last[0].link) if last[0].link in links else 0


async def _last_two(tx: Tx) -> Sequence[AuditEntry]:
    return await tx.all(select(AuditEntry).order_by(col(AuditEntry.id).desc()).limit(2))


async def head(tx: Tx) -> Head | None:
    """The newest entry; None while there is none."""
    newest_entry = await tx.first(
        select(AuditEntry.id, AuditEntry.link).order_by(col(AuditEntry.id).desc()).limit(1)
    )
    return Head(newest_entry[0] or 0, newest_entry[1]) if newest_entry else None


async def verify(tx: Tx, known: Head | None = None) -> ChainFault | None:
    """The first fault of the chain; None when the log is whole.

    A cut end shows only against a `known` head from before. Its `entry` is 0 when its number is
    unknown.
    """
    before, is_there, age = b"", known is None, None
    stream = await tx.session.stream_scalars(select(AuditEntry).order_by(col(AuditEntry.id)))
    async for entry in stream:
        age = _age_of(tx, before, entry, age)
        if age is None:
            return ChainFault(Damage.CHANGED, id_of(entry))
        before = entry.link
        if known and entry.id == known.entry and entry.link != known.link:
            return ChainFault(Damage.REPLACED, known.entry)
        is_there = is_there or entry.link == (known and known.link)
    return None if known is None or is_there else ChainFault(Damage.CUT, known.entry)


async def newest(tx: Tx, *, limit: int, offset: int) -> Sequence[AuditEntry]:
    """A page of entries, the newest first."""
    return await tx.all(
        select(AuditEntry).order_by(col(AuditEntry.id).desc()).limit(limit).offset(offset)
    )


async def newest_of(
    tx: Tx, actions: Collection[AuditAction], *, limit: int
) -> Sequence[AuditEntry]:
    """Entries of these actions alone, the newest first."""
    query = select(AuditEntry).where(col(AuditEntry.action).in_(actions))
    return await tx.all(query.order_by(col(AuditEntry.id).desc()).limit(limit))


def _age_of(tx: Tx, before: bytes, entry: AuditEntry, youngest: int | None) -> int | None:
    """Index of the key by which an entry follows from `before`; None if none fits.

    Keys older than that of an earlier entry (`youngest`) are not accepted: the log never goes back to
    an older key.
    """
    links = _links(tx, before, entry)[: None if youngest is None else youngest + 1]
    return links.index(entry.link) if entry.link in links else None


def _links(tx: Tx, before: bytes, entry: AuditEntry) -> tuple[bytes, ...]:
    content = json.dumps(entry.details, sort_keys=True, ensure_ascii=False)
    return tx.vault.chain(before, entry.at.isoformat(), str(entry.actor), entry.action, content)


async def _one_at_a_time(tx: Tx) -> None:
    # On PostgreSQL two writers could read the same newest entry; SQLite has one writer.
    if tx.on_postgresql:
        await tx.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
