"""Whose update is next: every chat's oldest before anybody's second."""

from storage.database.engine import Store
from storage.inbox import updates
from storage.inbox.updates import NewUpdate, WaitingUpdate
from tests.support import in_read, in_write


async def arrive(store: Store, *chats: str | None) -> None:
    async with store.write() as tx:
        known = len(await updates.waiting(tx, limit=1000, per_chat=1000))
        await updates.put(
            tx,
            [
                NewUpdate("telegram", str(known + n), chat, f"{chat} {known + n}")
                for n, chat in enumerate(chats)
            ],
        )


async def waiting(store: Store, *, limit: int = 100, per_chat: int = 100) -> list[WaitingUpdate]:
    return await in_read(store, updates.waiting, limit=limit, per_chat=per_chat)


async def test_somebody_who_sends_a_lot_stands_behind_everybodys_first_word(store: Store) -> None:
    await arrive(store, *["flooder"] * 50, "lan", "flooder", "bao")
    first = [one.payload for one in await waiting(store, limit=4)]
    assert first == ["flooder 0", "lan 50", "bao 52", "flooder 1"]


async def test_no_more_of_one_chat_is_in_hand_than_its_share(store: Store) -> None:
    await arrive(store, *["flooder"] * 5, "lan")
    found = await waiting(store, per_chat=3)
    assert [one.payload for one in found] == ["flooder 0", "lan 5", "flooder 1", "flooder 2"]


async def test_what_is_in_hand_counts_for_the_share(store: Store) -> None:
    await arrive(store, *["flooder"] * 5, "lan")
    in_hand = {one.id for one in await waiting(store, per_chat=2) if "flooder" in one.payload}
    found = await in_read(store, updates.waiting, limit=100, per_chat=3, skip=in_hand)
    assert [one.payload for one in found] == ["lan 5", "flooder 2"]


async def test_what_had_its_effect_makes_room_for_the_next(store: Store) -> None:
    await arrive(store, *["flooder"] * 5)
    (first,) = await waiting(store, per_chat=1)
    assert await in_write(store, updates.take, [first.id])
    assert [one.payload for one in await waiting(store, per_chat=1)] == ["flooder 1"]


async def test_what_comes_from_no_chat_waits_for_nobody(store: Store) -> None:
    await arrive(store, None, None, "lan")
    assert len(await waiting(store, per_chat=1)) == 3
