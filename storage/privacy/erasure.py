"""Erasure of a member's data (GDPR right to erasure), in two steps.

`erase` deletes or unlinks all rows about the member in one transaction; an empty member row, which
no row references, and an `Erasure` remain. Deleted rows leave bytes in the database files (in the
write-ahead log, and where rows have moved), which a transaction cannot overwrite, so the timetable
completes each erasure with `finish`.
"""

from sqlmodel import col, delete, exists, select, update

from storage.cases import flag_rate_limit
from storage.cases.search import inverted_index
from storage.database import Store, Tx, id_of
from storage.database.due import Due, if_any
from storage.models import Contact, Erasure, Member
from storage.privacy import leaving
from storage.privacy.data_inventory import AS_MEMBER, AS_OFFICER
from storage.privacy.data_inventory_types import DataSubject, ErasureAction, InventoryEntry

_NOBODY = -1
"""No member's id or random number."""


async def person_of(tx: Tx, member: Member) -> DataSubject:
    """The member with all values that link rows to them."""
    number = id_of(member)
    return DataSubject(
        member_id=number,
        actor=member.actor,
        chats=tuple(await tx.all(select(Contact.lookup).where(Contact.member_id == number))),
        allowance_lookup=flag_rate_limit.lookup_of(tx, number),
    )


async def erase(tx: Tx, member: Member) -> None:
    """Ends the membership as `leaving.leave` does; deletes or unlinks all rows about the member."""
    person = await person_of(tx, member)
    await leaving.leave(tx, member)
    await _erase_rows(tx, person)
    member.actor = tx.ids.number()
    tx.session.add(Erasure(member_id=person.member_id, asked_at=tx.clock.now()))
    await tx.session.flush()


async def erase_chat(tx: Tx, lookup: bytes) -> None:
    """Deletes all rows about a chat (its keyed hash) whose person is no member."""
    await _erase_rows(tx, DataSubject(_NOBODY, _NOBODY, (lookup,), b""))
    tx.session.add(Erasure(asked_at=tx.clock.now()))
    await tx.session.flush()


def first_unfinished() -> Due:
    """At once, if an erasure is to be completed."""
    return [if_any(exists(select(Erasure.id)))]


async def finish(store: Store) -> int:
    """Deletes the empty member rows and wipes the files; returns the number of completed erasures.

    Returns 0 while a transaction still reads an older state of an SQLite file; the next call retries.
    """
    async with store.read() as tx:
        pending = list(await tx.all(select(Erasure)))
    if not pending:
        return 0
    async with store.write() as tx:
        for erasure in pending:
            if erasure.member_id is not None:
                await remove(tx, erasure.member_id)
    if not await wipe(store):
        return 0
    async with store.write() as tx:
        await tx.session.exec(
            delete(Erasure).where(col(Erasure.id).in_([erasure.id for erasure in pending]))
        )
    return len(pending)


async def remove(tx: Tx, member_id: int) -> None:
    """Deletes the row of a member who left, after rows that reference it by now."""
    member = await tx.session.get(Member, member_id)
    if member is not None:
        await _erase_rows(tx, await person_of(tx, member))
        await tx.session.delete(member)
        await tx.session.flush()


async def _erase_rows(tx: Tx, person: DataSubject) -> None:
    for entry in (*AS_MEMBER, *AS_OFFICER):
        await _erase(tx, entry, person)


async def _erase(tx: Tx, entry: InventoryEntry, person: DataSubject) -> None:
    of_person = entry.row_filter(person)
    if entry.action is ErasureAction.DELETED:
        await tx.execute(delete(entry.table).where(of_person))
    elif entry.action is ErasureAction.UNLINKED:
        await tx.execute(
            update(entry.table)
            .where(of_person)
            .values({**dict.fromkeys(entry.link_columns), **entry.blank_on_erase})
        )


async def wipe(store: Store) -> bool:
    """Overwrites the remains of deleted rows; False when SQLite's write-ahead log is still in use."""
    async with store.write() as tx:
        await inverted_index.optimize(tx)
    async with store.bare() as connection:
        if store.engine.dialect.name == "postgresql":
            await connection.execute("VACUUM")
            return True
        await connection.execute("VACUUM")
        cursor = await connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        is_busy, *_ = await cursor.fetchone()
        return not is_busy
