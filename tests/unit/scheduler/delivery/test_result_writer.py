"""What became of the tries is written down many at a time."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import pytest
from sqlalchemy import event

from scheduler.delivery.result_writer import ResultWriter
from scheduler.delivery.sender import DeliveryOutcome
from storage.database.engine import Store
from storage.models import DeliveryState
from storage.outbox.deliveries import Result
from tests.support import ClubInATest, Outbox, bulk_members

S = DeliveryState
MANY = 450


@pytest.fixture
async def entries(club: ClubInATest) -> list[tuple[str, DeliveryOutcome]]:
    """Everybody's copy has just arrived."""
    box = Outbox(club.store)
    await club.in_write(
        bulk_members.add_members, {number: str(7000 + number) for number in range(1, MANY + 1)}
    )
    mailing = await box.mail(*range(1, MANY + 1))
    claimed = await box.claim(MANY)
    await box.begin(*claimed)
    arrived = [Result(row.id, S.SENT, message_ids=("7",)) for row in claimed]
    return [(box.worker, DeliveryOutcome(mailing, result)) for result in arrived]


@contextmanager
def counted(store: Store) -> Iterator[list[object]]:
    """The transactions that were committed meanwhile."""
    commits: list[object] = []
    note = partial(commits.append)
    event.listen(store.engine.sync_engine, "commit", note)
    yield commits
    event.remove(store.engine.sync_engine, "commit", note)


async def test_what_comes_at_once_is_written_at_once(
    club: ClubInATest, entries: list[tuple[str, DeliveryOutcome]]
) -> None:
    ledger = ResultWriter(club.store, club.settings, lambda _: None)
    with counted(club.store) as commits:
        async with asyncio.TaskGroup() as group:
            group.create_task(ledger.run())
            for holder, entry in entries:
                ledger.add(holder, entry)
            ledger.close()
    assert len(commits) == 1
    assert set(await Outbox(club.store).states()) == {S.SENT}
