"""The log of what officers do: whoever changes it is found out."""

import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select

from storage import audit_log
from storage.audit_log import ChainFault, Damage, Head
from storage.database.engine import Store
from storage.members import members
from storage.models import AuditAction, AuditEntry, Role
from tests.support import in_read

_UNGUARD = {
    "sqlite": ["DROP TRIGGER auditentry_no_update", "DROP TRIGGER auditentry_no_delete"],
    "postgresql": ["DROP TRIGGER auditentry_append_only ON auditentry"],
}


async def four_entries(store: Store) -> None:
    for number in range(1, 5):
        async with store.write() as tx:
            await audit_log.record(
                tx, None, AuditAction.INVITE_MADE, uses=number, area="Huyện Sông Ngọc"
            )


async def tamper(store: Store, *statements: str) -> None:
    """As somebody would who owns the database but not the key."""
    async with store.engine.begin() as connection:
        for statement in (*_UNGUARD[store.engine.dialect.name], *statements):
            await connection.execute(text(statement))


async def test_an_untouched_log_is_whole(store: Store) -> None:
    await four_entries(store)
    assert await in_read(store, audit_log.verify) is None


@pytest.mark.parametrize(
    ("statements", "found_at"),
    [
        (["UPDATE auditentry SET action = 'nothing' WHERE id = 2"], 2),
        (["UPDATE auditentry SET actor = 7 WHERE id = 3"], 3),
        (["UPDATE auditentry SET details = '{}' WHERE id = 4"], 4),
        (["DELETE FROM auditentry WHERE id = 2"], 3),
        (
            [
                "UPDATE auditentry SET id = 9 WHERE id = 2",
                "UPDATE auditentry SET id = 2 WHERE id = 3",
                "UPDATE auditentry SET id = 3 WHERE id = 9",
            ],
            2,
        ),
    ],
)
async def test_a_changed_deleted_or_moved_entry_is_found(
    store: Store, statements: list[str], found_at: int
) -> None:
    await four_entries(store)
    await tamper(store, *statements)
    assert await in_read(store, audit_log.verify) == ChainFault(Damage.CHANGED, found_at)


async def exported_head(store: Store) -> Head:
    head = await in_read(store, audit_log.head)
    assert head is not None
    return head


async def test_a_log_that_only_grew_still_agrees_with_a_head_from_before(store: Store) -> None:
    await four_entries(store)
    known = await exported_head(store)
    await four_entries(store)
    async with store.read() as tx:
        assert await audit_log.verify(tx, known) is None
        assert await audit_log.verify(tx, Head(0, known.link)) is None


async def test_an_end_that_was_cut_off_shows_against_a_head_from_before(store: Store) -> None:
    await four_entries(store)
    known = await exported_head(store)
    await tamper(store, "DELETE FROM auditentry WHERE id = 4")
    async with store.read() as tx:
        assert await audit_log.verify(tx) is None, "what is left is a chain"
        assert await audit_log.verify(tx, known) == ChainFault(Damage.CUT, 4)
        assert await audit_log.verify(tx, Head(0, known.link)) == ChainFault(Damage.CUT, 0)


async def test_a_log_emptied_altogether_shows_too(store: Store) -> None:
    await four_entries(store)
    known = await exported_head(store)
    await tamper(store, "DELETE FROM auditentry")
    async with store.read() as tx:
        assert await audit_log.head(tx) is None
        assert await audit_log.verify(tx, known) == ChainFault(Damage.CUT, 4)


async def test_an_end_cut_off_and_written_anew_is_another_one(store: Store) -> None:
    """As by somebody who has the key too: only what was kept elsewhere can tell."""
    await four_entries(store)
    known = await exported_head(store)
    await tamper(store, "DELETE FROM auditentry WHERE id = 4")
    async with store.write() as tx:
        await audit_log.record(tx, None, AuditAction.INVITE_MADE, uses=99)
    async with store.engine.begin() as connection:
        await connection.execute(text("UPDATE auditentry SET id = 4 WHERE id > 3"))
    async with store.read() as tx:
        assert await audit_log.verify(tx) is None
        assert await audit_log.verify(tx, known) == ChainFault(Damage.REPLACED, 4)


@pytest.mark.parametrize(
    "statement", ["UPDATE auditentry SET action = 'x'", "DELETE FROM auditentry"]
)
async def test_the_database_itself_refuses_to_change_the_log(store: Store, statement: str) -> None:
    await four_entries(store)
    with pytest.raises(DBAPIError, match="append-only"):
        async with store.engine.begin() as connection:
            await connection.execute(text(statement))


async def test_two_officers_at_the_same_moment_make_one_chain(store: Store) -> None:
    async def action(number: int) -> None:
        async with store.write() as tx:
            await audit_log.record(tx, None, AuditAction.INVITE_MADE, uses=number)

    await asyncio.gather(*(action(number) for number in range(8)))
    async with store.read() as tx:
        assert await audit_log.verify(tx) is None
        assert len((await tx.session.exec(select(AuditEntry))).all()) == 8


async def test_an_entry_names_its_officer_by_number_alone(store: Store) -> None:
    async with store.write() as tx:
        minh = await members.add(
            tx,
            messenger="telegram",
            chat="7",
            name="Minh",
            role=Role.OFFICER,
            language="vi",
            area=None,
        )
        await audit_log.record(tx, minh, AuditAction.INVITE_MADE, uses=1)
        await audit_log.record(tx, None, AuditAction.ROLE_TAKEN)
        entries = (await tx.session.exec(select(AuditEntry).order_by(col(AuditEntry.id)))).all()
    assert [entry.actor for entry in entries] == [minh.actor, audit_log.COMMAND_LINE]
    assert "Minh" not in repr(entries)
