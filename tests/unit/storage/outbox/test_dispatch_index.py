"""The queue is looked through by its own index: a million messages sent before cost nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from storage.outbox import deliveries
from tests.support import LEASE, ClubInATest, Outbox
from tests.support.databases import SqliteTestDatabase

OF_THE_QUEUE = "USING INDEX ix_delivery_open"


@pytest.fixture
async def empty_database(sqlite_test_database: SqliteTestDatabase) -> SqliteTestDatabase:
    """SQLite says which index it takes, however few the rows; PostgreSQL counts them first."""
    await sqlite_test_database.empty()
    return sqlite_test_database


@contextmanager
def statements_of(club: ClubInATest) -> Iterator[list[tuple[str, Any]]]:
    said: list[tuple[str, Any]] = []

    def note(_c: object, _u: object, statement: str, values: Any, *_: object) -> None:
        said.append((statement, values))

    engine = club.store.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    yield said
    event.remove(engine, "before_cursor_execute", note)


async def plan_of(club: ClubInATest, statement: str, values: Any) -> str:
    async with club.store.engine.connect() as connection:
        rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        return " ".join(str(row.detail) for row in rows)


async def test_whose_turn_it_is(club: ClubInATest, box: Outbox) -> None:
    await box.mail((await club.member("Lan")).member_id)
    with statements_of(club) as said:
        await box.claim()
    looks = [one for one in said if one[0].startswith("SELECT delivery.id, delivery.lane")]
    assert looks
    for look in looks:
        assert OF_THE_QUEUE in await plan_of(club, *look)


async def test_leases_that_ran_out(club: ClubInATest) -> None:
    with statements_of(club) as said:
        await club.in_write(deliveries.recover, lease=LEASE, in_hand={1})
    looks = [one for one in said if one[0].startswith("UPDATE delivery")]
    assert len(looks) == 2
    for look in looks:
        assert OF_THE_QUEUE in await plan_of(club, *look)
