"""A broadcast to all users of the sandbox, and a check that each received it once."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from sqlmodel import col, func, select

from bot.sandbox.state import SandboxSettings
from bot.store.open_store import open_clock, open_store
from storage.database.engine import Store, Tx
from storage.database.schema import upgrade
from storage.models import (
    Delivery,
    DeliveryState,
    Lane,
    Mailing,
    MailingKind,
    MailingState,
    Purpose,
)
from storage.outbox import enqueue
from tests.integration.conftest import Home
from tests.support.bulk_members import add_members
from tests.support.sandbox_client import SandboxTestClient, SandboxUser, until

WORDS = "Ngày bầu cử là Chủ nhật 15/3/2026."
_ENDED = {DeliveryState.SENT, DeliveryState.UNCERTAIN}

S = DeliveryState


async def add_reachable_users(sandbox: SandboxTestClient, count: int) -> list[SandboxUser]:
    """Users to whom the bot may write, without pending updates."""
    phones = [await sandbox.add_user(f"Hội viên {n}") for n in range(count)]
    for phone in phones:
        await phone.starts()
    await _drop_pending_updates(sandbox)
    return phones


async def _drop_pending_updates(sandbox: SandboxTestClient) -> None:
    """Drops pending updates, so that only the broadcast is sent."""
    call = f"{sandbox.url}/bot{SandboxSettings().token}/deleteWebhook"
    async with (
        aiohttp.ClientSession() as http,
        http.post(call, json={"drop_pending_updates": True}) as answer,
    ):
        assert answer.status == 200


@asynccontextmanager
async def open_store_of(home: Home) -> AsyncIterator[Store]:
    """The club's database with the clock of the bot."""
    store = open_store(home.settings, await open_clock(home.settings))
    await upgrade(store.engine)
    try:
        yield store
    finally:
        await store.close()


async def begin_broadcast(store: Store, phones: list[SandboxUser]) -> list[int]:
    """Makes the users members and opens a mailing to all; returns the members' numbers."""
    chats = {number: str(phone.id) for number, phone in enumerate(phones, start=1)}
    async with store.write() as tx:
        await add_members(tx, chats)
        await _announce(tx, "1")
    return list(chats)


async def is_under_way_else_begin(store: Store) -> bool:
    """Whether something is still to be sent; if not, opens another mailing to all."""
    if not await broadcast_has_ended(store):
        return True
    async with store.write() as tx:
        many = await tx.one(select(func.count()).select_from(Mailing))
        await _announce(tx, str(many + 1))
    return False


async def wait_for_next_message(store: Store) -> None:
    """Waits until another message is sent."""
    sent = (await delivery_states(store))[S.SENT]

    async def more() -> bool:
        return (await delivery_states(store))[S.SENT] > sent or not await is_under_way_else_begin(
            store
        )

    await until(more, "a message")


async def _announce(tx: Tx, subject: str) -> None:
    await enqueue.open_mailing(
        tx,
        kind=MailingKind.ANNOUNCEMENT,
        subject=subject,
        lane=Lane.ANNOUNCEMENT,
        bodies={"vi": {"text": WORDS}},
        state=MailingState.FILLING,
        purpose=Purpose.ANNOUNCEMENTS,
    )


async def delivery_states(store: Store) -> Counter[DeliveryState]:
    """How many deliveries are in each state."""
    async with store.read() as tx:
        each = select(Delivery.state, func.count()).group_by(col(Delivery.state))
        return Counter({DeliveryState(s): count for s, count in await tx.all(each)})


async def broadcast_has_ended(store: Store) -> bool:
    """Whether every delivery is sent or uncertain, and none is to come."""
    async with store.read() as tx:
        filling = select(Mailing.id).where(Mailing.state == MailingState.FILLING)
        if await tx.first(filling) is not None:
            return False
    states = await delivery_states(store)
    return bool(states) and not states.keys() - _ENDED


async def check_each_received_once(
    store: Store, phones: dict[int, SandboxUser]
) -> Counter[DeliveryState]:
    """Asserts that each member has one delivery of each mailing, and in the chat what it says.

    Returns the states of the deliveries."""
    async with store.read() as tx:
        rows = await tx.all(select(Delivery).order_by(col(Delivery.id)))
        many = await tx.one(select(func.count()).select_from(Mailing))
    assert Counter(row.member_id or 0 for row in rows) == dict.fromkeys(phones, many)
    for member, phone in phones.items():
        theirs = [row for row in rows if row.member_id == member]
        told = [number for row in theirs if row.state is S.SENT for number in row.message_ids]
        unclear = sum(row.state is not S.SENT for row in theirs)
        copies = [str(m["message_id"]) for m in await phone.messages() if m["from"]["is_bot"]]
        assert len(set(told)) == len(told) == len(theirs) - unclear
        assert set(told) <= set(copies)
        assert len(copies) <= len(told) + unclear
    return Counter(row.state for row in rows)
