"""Killed at any moment of a broadcast and started again: nobody is forgotten, nobody told twice."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import aiohttp
import pytest
from sqlmodel import select

from bot.app import open_clock, open_store
from bot.sandbox.world import SandboxSettings
from storage import outbox, people
from storage.engine import Store
from storage.models import Delivery, DeliveryState, Lane, MailingKind, MailingState, Purpose, Role
from storage.schema import upgrade
from tests.integration.conftest import Home, MakeHome
from tests.integration.process import BotProcess
from tests.integration.town import Resident, TownUnderTest, until

SEED = 15_03_2026
WORDS = "Ngày bầu cử là Chủ nhật 15/3/2026."
_PACE = "per_second = {per_second}\nper_chat_s = 0.01"
_DELIVERY = 'lease = "1 second"\nleadership = "1 second"\nahead_s = 0.02'
"""A worker that was killed keeps its place only for a moment, and marks one row at a time."""
_MORE_S = (0.0, 0.8)
_PATIENCE_S = 120.0
_ENDED = {DeliveryState.SENT, DeliveryState.UNCERTAIN}

S = DeliveryState


async def test_a_broadcast_survives_being_killed_again_and_again(
    town: TownUnderTest, make_home: MakeHome
) -> None:
    home = make_home(delivery=_DELIVERY, pace=_PACE.format(per_second=40))
    await _broadcast_under_fire(town, home, recipients=300, kills=8)


@pytest.mark.torture
@pytest.mark.timeout(3600)
async def test_a_long_broadcast_survives_two_hundred_kills(
    town: TownUnderTest, make_home: MakeHome, database_url: str
) -> None:
    home = make_home(database=database_url, delivery=_DELIVERY, pace=_PACE.format(per_second=30))
    await _broadcast_under_fire(town, home, recipients=5000, kills=200)


async def _broadcast_under_fire(
    town: TownUnderTest, home: Home, *, recipients: int, kills: int
) -> None:
    phones = [await town.person(f"Hội viên {n}") for n in range(recipients)]
    for phone in phones:
        await phone.starts()
    await _forget_the_starts(town)
    async with _memory(home) as memory:
        numbers = await _begin(memory, phones)
        await _kill_again_and_again(home, memory, kills)
        with BotProcess(home.config) as bot:
            await until(lambda: _has_ended(memory), "the end of the broadcast", _PATIENCE_S)
            assert await bot.stop(patience_s=10) == 0
        await _everybody_was_told_once(memory, dict(zip(numbers, phones, strict=True)))


async def _forget_the_starts(town: TownUnderTest) -> None:
    """Nobody is to be answered: only the broadcast is looked at."""
    call = f"{town.url}/bot{SandboxSettings().token}/deleteWebhook"
    async with (
        aiohttp.ClientSession() as http,
        http.post(call, json={"drop_pending_updates": True}) as answer,
    ):
        assert answer.status == 200


@asynccontextmanager
async def _memory(home: Home) -> AsyncIterator[Store]:
    """The club's database, by the clock the bot follows."""
    store = open_store(home.settings, await open_clock(home.settings))
    await upgrade(store.engine)
    try:
        yield store
    finally:
        await store.close()


async def _begin(memory: Store, phones: list[Resident]) -> list[int]:
    """Everybody is a member, and one announcement is to go to all; returns the members' numbers."""
    async with memory.write() as tx:
        members = [
            await people.add(
                tx,
                messenger="telegram",
                chat=str(phone.id),
                name="Hội viên",
                role=Role.MEMBER,
                language="vi",
                area=None,
            )
            for phone in phones
        ]
        purpose = Purpose.ANNOUNCEMENTS
        for member in members:
            await people.agree(tx, member, purpose, text_version="1", language="vi")
        await outbox.open_mailing(
            tx,
            kind=MailingKind.ANNOUNCEMENT,
            subject="under fire",
            lane=Lane.ANNOUNCEMENT,
            bodies={"vi": {"text": WORDS}},
            state=MailingState.FILLING,
            purpose=purpose,
        )
        return [people.number_of(member) for member in members]


async def _kill_again_and_again(home: Home, memory: Store, kills: int) -> None:
    """Every second kill comes while something is being sent for certain, the others at any time."""
    chance = random.Random(SEED)
    for kill in range(kills):
        begun = (await _states(memory))[S.SENT]
        with BotProcess(home.config) as bot:
            if kill % 2:
                await until(partial(_has_sent_more, memory, begun), "a message", _PATIENCE_S)
            await asyncio.sleep(chance.uniform(*_MORE_S))
            bot.kill()
    assert not await _has_ended(memory)


async def _has_sent_more(memory: Store, begun: int) -> bool:
    return (await _states(memory))[S.SENT] > begun


async def _states(memory: Store) -> Counter[DeliveryState]:
    async with memory.read() as tx:
        found = (await tx.session.exec(select(Delivery.state))).all()
    return Counter(DeliveryState(state) for state in found)


async def _has_ended(memory: Store) -> bool:
    states = await _states(memory)
    return bool(states) and not states.keys() - _ENDED


async def _everybody_was_told_once(memory: Store, phones: dict[int, Resident]) -> None:
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
    states = Counter(row.state for row in rows)
    print(f"\n{dict(states)}")
    assert states[S.SENT] >= 0.95 * len(rows)
