"""What grows with the club, in relation to doing it in the plainest way."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from statistics import median

import pytest
from sqlmodel import col, select

from handlers.conversation.context import Refused
from handlers.conversation.refusal import in_transaction
from handlers.messages import Address, Answer, Incoming, Reply, UpdateKind
from handlers.recognition.plain_text import plain
from handlers.registry import conversation
from handlers.worker_tasks import Offload, offloading
from storage.database.engine import Store, Tx
from storage.members import members
from storage.members.name_cache import NameCache
from storage.models import Contact, Member, Role
from tests.bench import durable_queue
from tests.bench.benchmark_members import chat_of
from tests.bench.conftest import Note
from tests.bench.large_club import OWNER
from tests.bench.pinned_process import cost_of, most_memory_mb
from tests.support import bulk_members
from tests.support.club import SETTINGS as CLUB
from tests.support.inline_workers import InlineWorkers

MEMBERS = 100_000
_AT_ONCE = 10_000
_TRIES = 7
_BATCH = 500


@pytest.mark.bench
@pytest.mark.timeout(900)
def test_growth_of_searches_by_name(durable_database: str, note: Note) -> None:
    found = cost_of(measure_searches, durable_database, MEMBERS).found
    is_sqlite = durable_database.startswith("sqlite")
    name = "SQLite" if is_sqlite else "PostgreSQL"
    for figure, value in found.items():
        note(f"growth: {name}, {figure}", value)
    note(
        f"growth.members_to_opening{'' if is_sqlite else '_postgresql'}",
        found["second search, ms"] / found["opening every name, ms"],
    )


async def measure_searches(database: str, count: int) -> dict[str, float]:
    """`/hoivien Lan` in a club of so many, and opening all their names in one transaction."""
    async with durable_queue.benchmark_store(database) as store:
        await _create(store, count)
        await _say(store, "/trogiup")  # The sentences are read in at the first answer.
        opening_ms = [await _took_ms(lambda: _open_every_name(store)) for _ in range(2)]
        before_mb = most_memory_mb()
        first_ms, longest_ms = await _with_longest_pause(lambda: _search(store))
        memory_mb = most_memory_mb() - before_mb
        again_ms = [await _took_ms(lambda: _search(store)) for _ in range(_TRIES)]
        assert store.kept(NameCache).size == count + 1
        return {
            "opening every name, ms": min(opening_ms),
            "first search, ms": first_ms,
            "first search, longest wait of another task, ms": longest_ms,
            "first search, more memory, MB": memory_mb,
            "second search, ms": median(again_ms),
        }


async def _create(store: Store, count: int) -> None:
    for first in range(1, count + 1, _AT_ONCE):
        numbers = range(first, min(first + _AT_ONCE, count + 1))
        async with store.write() as tx:
            await bulk_members.add_members(tx, {number: chat_of(number) for number in numbers})
    async with store.write() as tx:
        owner = Member(
            id=count + 1, role=Role.OWNER, language="vi", actor=count + 1, joined_at=tx.clock.now()
        )
        tx.session.add(owner)
        await tx.session.flush()
        members.rename(tx, owner, "Hạnh")
        tx.session.add(_contact(tx, count + 1))


def _contact(tx: Tx, number: int) -> Contact:
    contact = Contact(
        id=number, member_id=number, messenger="telegram", lookup=b"", chat_sealed=b""
    )
    members.put_chat(tx, contact, "telegram", OWNER)
    return contact


async def _open_every_name(store: Store) -> None:
    """One pass over all names in one transaction: opened, folded, compared."""
    found = 0
    async with store.read() as tx:
        query = select(Member.id, Member.name_sealed).order_by(col(Member.id))
        stream = await tx.session.stream(query.execution_options(yield_per=_BATCH))
        async for batch in stream.partitions(_BATCH):
            for number, sealed in batch:
                words = plain(members.open_name(tx, sealed, number)).split()
                found += any(word.startswith("lan") for word in words)
    assert found


async def _search(store: Store) -> None:
    (reply, *_) = await _say(store, "/hoivien Lan")
    assert isinstance(reply, Reply)
    assert reply.message
    assert "Lan" in reply.message.rows[0][0].label


async def _say(store: Store, text: str) -> Answer:
    incoming = Incoming(
        update_key="1",
        sender=Address("telegram", OWNER),
        kind=UpdateKind.MESSAGE,
        at=store.clock.now(),
        name="Hạnh",
        text=text,
        html=text,
        message_id="1",
    )

    async def attempt(offload: Offload) -> Answer:
        async def handle(tx: Tx, refused: Refused | None) -> Answer:
            return await _TALK.answer(tx, incoming, offload, refused)

        return await in_transaction(store, handle)

    return await offloading(InlineWorkers(), store, attempt)


_TALK = conversation(CLUB)


async def _took_ms(work: Callable[[], Awaitable[None]]) -> float:
    began_s = time.perf_counter()
    await work()
    return (time.perf_counter() - began_s) * 1000


async def _with_longest_pause(work: Callable[[], Awaitable[None]]) -> tuple[float, float]:
    """Milliseconds that the work took, and the longest that another task of the loop waited."""
    longest_s, done = 0.0, asyncio.Event()

    async def tick() -> None:
        nonlocal longest_s
        while not done.is_set():
            began_s = time.perf_counter()
            await asyncio.sleep(0)
            longest_s = max(longest_s, time.perf_counter() - began_s)

    ticking = asyncio.create_task(tick())
    took_ms = await _took_ms(work)
    done.set()
    await ticking
    return took_ms, longest_s * 1000
