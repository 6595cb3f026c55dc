"""One announcement to everybody in the town, and whether each of them was told once."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from sqlmodel import col, func, select

from bot.memory import open_clock, open_store
from bot.sandbox.world import SandboxSettings
from storage import outbox
from storage.engine import Store
from storage.models import Delivery, DeliveryState, Lane, MailingKind, MailingState, Purpose
from storage.schema import upgrade
from tests.crowd import settle
from tests.integration.conftest import Home
from tests.integration.town import Resident, TownUnderTest

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
        await outbox.open_mailing(
            tx,
            kind=MailingKind.ANNOUNCEMENT,
            subject="under fire",
            lane=Lane.ANNOUNCEMENT,
            bodies={"vi": {"text": WORDS}},
            state=MailingState.FILLING,
            purpose=Purpose.ANNOUNCEMENTS,
        )
    return list(chats)


async def states_in(memory: Store) -> Counter[DeliveryState]:
    """How many rows are in each state."""
    async with memory.read() as tx:
        each = select(Delivery.state, func.count()).group_by(col(Delivery.state))
        return Counter(
            {DeliveryState(s): count for s, count in (await tx.session.exec(each)).all()}
        )


async def has_ended(memory: Store) -> bool:
    """Nothing will be sent any more, and nothing has failed."""
    states = await states_in(memory)
    return bool(states) and not states.keys() - _ENDED


async def everybody_was_told_once(
    memory: Store, phones: dict[int, Resident]
) -> Counter[DeliveryState]:
    """Each has one row, and it says what is in their chat; returns how the rows ended."""
    async with memory.read() as tx:
        rows = (await tx.session.exec(select(Delivery))).all()
    assert sorted(row.member_id or 0 for row in rows) == sorted(phones)
    for row in rows:
        assert row.member_id
        copies = [m for m in await phones[row.member_id].messages() if m["from"]["is_bot"]]
        numbers = [str(message["message_id"]) for message in copies]
        if row.state is S.SENT:
            assert numbers == row.message_ids
        else:
            assert len(numbers) <= 1
    return Counter(row.state for row in rows)
