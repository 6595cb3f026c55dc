"""One announcement to everybody in the town, and whether each of them was told once."""

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
from tests.support.bulk_members import settle
from tests.support.sandbox_client import Resident, TownUnderTest, until

WORDS = "Ngày bầu cử là Chủ nhật 15/3/2026."
_ENDED = {DeliveryState.SENT, DeliveryState.UNCERTAIN}

S = DeliveryState


async def some_people(town: TownUnderTest, count: int) -> list[Resident]:
    """People whom the bot may write to, and who wait for no answer."""
    phones = [await town.person(f"Hội viên {n}") for n in range(count)]
    for phone in phones:
        await phone.starts()
    await _forget_the_starts(town)
    return phones


async def _forget_the_starts(town: TownUnderTest) -> None:
    """Nobody is to be answered: only the broadcast is looked at."""
    call = f"{town.url}/bot{SandboxSettings().token}/deleteWebhook"
    async with (
        aiohttp.ClientSession() as http,
        http.post(call, json={"drop_pending_updates": True}) as answer,
    ):
        assert answer.status == 200


@asynccontextmanager
async def memory_of(home: Home) -> AsyncIterator[Store]:
    """The club's database, by the clock the bot follows."""
    store = open_store(home.settings, await open_clock(home.settings))
    await upgrade(store.engine)
    try:
        yield store
    finally:
        await store.close()


async def begin(memory: Store, phones: list[Resident]) -> list[int]:
    """Everybody is a member, and one announcement is to go to all; returns the members' numbers."""
    chats = {number: str(phone.id) for number, phone in enumerate(phones, start=1)}
    async with memory.write() as tx:
        await settle(tx, chats)
        await _announce(tx, "1")
    return list(chats)


async def is_under_way(memory: Store) -> bool:
    """Whether something is still to be sent. When not, another announcement to everybody begins."""
    if not await has_ended(memory):
        return True
    async with memory.write() as tx:
        many = (await tx.session.exec(select(func.count()).select_from(Mailing))).one()
        await _announce(tx, str(many + 1))
    return False


async def one_more_is_sent(memory: Store) -> None:
    """Waits for a message that goes out from now on."""
    sent = (await states_in(memory))[S.SENT]

    async def more() -> bool:
        return (await states_in(memory))[S.SENT] > sent or not await is_under_way(memory)

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


async def states_in(memory: Store) -> Counter[DeliveryState]:
    """How many rows are in each state."""
    async with memory.read() as tx:
        each = select(Delivery.state, func.count()).group_by(col(Delivery.state))
        return Counter(
            {DeliveryState(s): count for s, count in (await tx.session.exec(each)).all()}
        )


async def has_ended(memory: Store) -> bool:
    """Nothing will be sent any more, and nothing has failed."""
    async with memory.read() as tx:
        filling = select(Mailing.id).where(Mailing.state == MailingState.FILLING)
        if (await tx.session.exec(filling)).first() is not None:
            return False
    states = await states_in(memory)
    return bool(states) and not states.keys() - _ENDED


async def everybody_was_told_once(
    memory: Store, phones: dict[int, Resident]
) -> Counter[DeliveryState]:
    """Each has one row of each announcement, and they say what is in their chat; returns how the
    rows ended."""
    async with memory.read() as tx:
        rows = (await tx.session.exec(select(Delivery).order_by(col(Delivery.id)))).all()
        many = (await tx.session.exec(select(func.count()).select_from(Mailing))).one()
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
