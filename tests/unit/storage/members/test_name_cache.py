"""Searches by name: what is opened, when it is forgotten, and that every change is followed."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import pairwise

import pytest

from storage.database.engine import DatabaseSettings, Store, open_engine
from storage.database.ids import RandomIds
from storage.database.vault import Part, Vault, new_key
from storage.maintenance import key_rotation
from storage.members import directory, members
from storage.members.name_cache import IDLE, NameCache, Wanted
from storage.privacy import erasure, leaving
from tests.conftest import KEY
from tests.support import ManualClock
from tests.support.bulk_members import add_members
from tests.support.waiting import begun, in_time, until_true

MANY = 1_000


class CountingVault(Vault):
    """Counts the names it opens, and how many connections were in use meanwhile."""

    def __init__(self, key: bytes) -> None:
        super().__init__(key)
        self.opened = 0
        self.most_connections = 0
        self.store: Store | None = None

    def open(self, field: str, sealed: bytes, row: Part, *more: Part) -> str:
        if field == "member.name" and self.store is not None:
            self.opened += 1
            in_use = self.store.engine.pool.checkedout()  # type: ignore[attr-defined]
            self.most_connections = max(self.most_connections, in_use)
        return super().open(field, sealed, row, *more)

    def count_opened(self) -> int:
        """How many it has opened since the last call."""
        opened, self.opened = self.opened, 0
        return opened


@pytest.fixture
def vault() -> CountingVault:
    return CountingVault(KEY)


@pytest.fixture
async def club(store: Store, vault: CountingVault, database_url: str) -> AsyncIterator[Store]:
    """A club of ten whose searches are counted."""
    vault.store = made = Store(
        open_engine(DatabaseSettings(url=database_url)), vault, store.clock, RandomIds()
    )
    await add(made, range(1, 11))
    vault.count_opened()
    yield made
    await made.close()


@pytest.fixture
async def other(club: Store, vault: CountingVault, database_url: str) -> AsyncIterator[Store]:
    """The same database as another process has it open."""
    made = Store(open_engine(DatabaseSettings(url=database_url)), vault, club.clock, club.ids)
    yield made
    await made.close()


async def add(store: Store, numbers: range) -> None:
    async with store.write() as tx:
        await add_members(tx, {number: str(number) for number in numbers})


async def rename(store: Store, number: int, name: str) -> None:
    async with store.write() as tx:
        members.rename(tx, await members.get(tx, number), name)


def fold(name: str) -> str:
    return "".join(f" {word}" for word in name.lower().split())


async def found(cache: NameCache, *words: str, whole: bool = False) -> list[int]:
    return await in_time(cache.find(Wanted(words, whole), fold))


async def test_names_are_opened_once_and_outside_of_transactions(
    club: Store, vault: CountingVault
) -> None:
    cache = club.kept(NameCache)
    assert await found(cache, "kim") == []
    assert vault.count_opened() == 10
    assert await found(cache, "nguyễn", "thị", "gia") == [4]
    assert vault.count_opened() == 0
    assert vault.most_connections == 0
    assert club.kept(NameCache) is cache
    assert club.under(_accept).kept(NameCache) is cache


async def _accept(_tx: object) -> None:
    """A condition that everything meets."""


async def test_the_found_are_ordered_by_name(club: Store) -> None:
    await rename(club, 3, "Z Kim")
    await rename(club, 7, "A Kim")
    await rename(club, 2, "A Kim")
    assert await found(club.kept(NameCache), "ki") == [2, 7, 3]


async def test_the_whole_name_in_any_order(club: Store) -> None:
    await rename(club, 3, "Kim Thị Nguyễn")
    await rename(club, 4, "Kim Nguyễn")
    await rename(club, 5, "Kim Thị Nguyễn Vy")
    assert await found(club.kept(NameCache), "nguyễn", "thị", "kim", whole=True) == [3]
    assert await found(club.kept(NameCache), "nguyễn", "thị", "ki", whole=True) == []


async def test_another_process_changes_names(
    club: Store, other: Store, vault: CountingVault
) -> None:
    cache = club.kept(NameCache)
    await found(cache, "kim")
    vault.count_opened()
    await rename(other, 3, "Kim")
    vault.count_opened()
    assert await found(cache, "kim") == [3]
    assert vault.count_opened() == 1
    await add(other, range(11, 13))
    assert len(await found(cache, "nguyễn")) == 11
    assert vault.count_opened() == 2
    async with other.write() as tx:
        await leaving.leave(tx, await members.get(tx, 3))
    vault.count_opened()
    assert await found(cache, "kim") == []
    assert (vault.count_opened(), cache.size) == (0, 11)


async def test_an_erased_name_is_forgotten_without_a_search(club: Store, other: Store) -> None:
    """Also where the row is gone before anybody looks."""
    cache, stop = club.kept(NameCache), asyncio.Event()
    await rename(club, 3, "Kim")
    assert await found(cache, "kim") == [3]
    async with other.write() as tx:
        await erasure.erase(tx, await members.get(tx, 3))
    await erasure.finish(other)
    running = await begun(cache.run(stop))
    await rename(club, 4, "Mai")  # A change that this process is told of.
    await until_true(lambda: cache.size == 8, "the names that changed are forgotten")
    stop.set()
    await in_time(running)
    assert await found(cache, "kim") == []
    assert await found(cache, "mai") == [4]


async def test_what_is_erased_while_names_are_read_is_forgotten(club: Store, other: Store) -> None:
    cache, stop = club.kept(NameCache), asyncio.Event()
    await found(cache, "nguyễn")
    async with other.write() as tx:
        await erasure.erase(tx, await members.get(tx, 3))
    running = await begun(cache.run(stop))  # Nobody has told of a change but the search itself.
    await until_true(lambda: cache.size == 9, "the erased name is forgotten")
    stop.set()
    await in_time(running)


async def test_names_are_forgotten_when_nobody_searches(club: Store, clock: ManualClock) -> None:
    cache = club.kept(NameCache)
    await found(cache, "kim")
    clock.advance(seconds=(IDLE - timedelta(seconds=1)).total_seconds())
    await cache.tidy()
    assert cache.size == 10
    clock.advance(seconds=1)
    await cache.tidy()
    assert cache.size == 0


@pytest.mark.parametrize(("most", "kept"), [(10, 10), (9, 0)])
async def test_no_more_names_are_kept_than_there_is_room_for(
    club: Store, vault: CountingVault, most: int, kept: int
) -> None:
    cache = NameCache(club, most)
    for _ in range(2):
        assert await found(cache, "gia") == [4]
        assert cache.size == kept
    assert vault.count_opened() == (10 if kept else 20)


async def test_a_rotation_of_the_key_is_followed(club: Store, vault: CountingVault) -> None:
    cache, new = club.kept(NameCache), new_key()
    assert await found(cache, "gia") == [4]
    vault.hold(new, KEY)
    assert await key_rotation.rekey(club) == 0
    vault.hold(new)
    vault.count_opened()
    assert await found(cache, "gia") == [4]
    assert vault.count_opened() == 10


async def test_others_run_while_names_are_opened(club: Store, vault: CountingVault) -> None:
    await add(club, range(11, MANY + 1))
    vault.count_opened()
    opened_by_then: list[int] = []
    done = asyncio.Event()

    async def look() -> None:
        while not done.is_set():
            opened_by_then.append(vault.opened)
            await asyncio.sleep(0)

    looking = asyncio.create_task(look())
    await found(club.kept(NameCache), "nguyễn")
    done.set()
    await in_time(looking)
    assert vault.opened == MANY
    assert max(after - before for before, after in pairwise(opened_by_then)) <= 100


async def test_an_empty_club(store: Store) -> None:
    assert await found(store.kept(NameCache), "kim") == []


async def test_who_left_after_the_search_is_not_listed(club: Store) -> None:
    found_before = await found(club.kept(NameCache), "nguyễn")
    async with club.write() as tx:
        await leaving.leave(tx, await members.get(tx, 3))
    async with club.read() as tx:
        listed = await directory.listed(tx, found_before)
    assert [one.member_id for one in listed] == [one for one in found_before if one != 3]
