"""Erasing a member: everything at once, and a moment later the last traces in the database's files.

The transaction of the member's own *yes* deletes or unlinks every row about them and leaves one empty
row, which nothing points to, and an `Erasure`. Deleted rows leave bytes behind that no transaction
can reach (in the write-ahead log, and where rows have moved within the file), so the timetable
finishes every erasure outside of one.
"""

from sqlalchemy import delete, update
from sqlmodel import col, select

from storage.cases import flag_rate_limit
from storage.cases.search import inverted_index
from storage.database.engine import Store, Tx
from storage.database.ids import id_of
from storage.models import Contact, Erasure, Member
from storage.privacy import leaving
from storage.privacy.data_inventory import AS_MEMBER, AS_OFFICER
from storage.privacy.data_inventory_types import DataSubject, ErasureAction, InventoryEntry


async def person_of(tx: Tx, member: Member) -> DataSubject:
    """The member, by everything that rows can be theirs by."""
    number = id_of(member)
    chats = select(Contact.lookup).where(Contact.member_id == number)
    return DataSubject(
        member_id=number,
        actor=member.actor,
        chats=tuple((await tx.session.exec(chats)).all()),
        allowance_lookup=flag_rate_limit.lookup_of(tx, number),
    )


async def erase(tx: Tx, member: Member) -> None:
    """Everything ends as when they leave, and nothing that is kept says any more whom it was about."""
    person = await person_of(tx, member)
    await leaving.leave(tx, member)
    await _erase_rows(tx, person)
    member.actor = tx.ids.number()
    tx.session.add(Erasure(member_id=person.member_id, asked_at=tx.clock.now()))
    await tx.session.flush()


async def finish(store: Store) -> int:
    """Takes the empty rows away and wipes the files; returns how many erasures are complete now.

    None is when somebody is still reading an old state of an SQLite file: then it is tried again.
    """
    async with store.read() as tx:
        pending = list((await tx.session.exec(select(Erasure))).all())
    if not pending:
        return 0
    async with store.write() as tx:
        for erasure in pending:
            if erasure.member_id is not None:
                await remove(tx, erasure.member_id)
    if not await wipe(store):
        return 0
    async with store.write() as tx:
        finished = col(Erasure.id).in_([erasure.id for erasure in pending])
        await tx.session.exec(delete(Erasure).where(finished))
    return len(pending)


async def remove(tx: Tx, member_id: int) -> None:
    """Deletes the row of a member who left; what came to point to it meanwhile is unlinked, too."""
    member = await tx.session.get(Member, member_id)
    if member is not None:
        await _erase_rows(tx, await person_of(tx, member))
        await tx.session.delete(member)
        await tx.session.flush()


async def _erase_rows(tx: Tx, person: DataSubject) -> None:
    for holding in (*AS_MEMBER, *AS_OFFICER):
        await _erase(tx, holding, person)


async def _erase(tx: Tx, holding: InventoryEntry, person: DataSubject) -> None:
    of_person = holding.row_filter(person)
    if holding.action is ErasureAction.DELETED:
        await tx.execute(delete(holding.table).where(of_person))
    elif holding.action is ErasureAction.UNLINKED:
        unlinked = dict.fromkeys(holding.link_columns)
        await tx.execute(
            update(holding.table).where(of_person).values({**unlinked, **holding.blank_on_erase})
        )


async def wipe(store: Store) -> bool:
    """Overwrites what deleted rows left behind; False when SQLite's log could not be emptied."""
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
