"""Several processes answer one club: a member's messages in order, different members' side by side."""

import asyncio
from dataclasses import dataclass, field

import pytest

from bot.demo.actors import until
from handlers.messages import Address, Message
from storage.database.engine import Store
from tests.support import ManualClock
from tests.support.recording_messenger import RecordingMessenger
from tests.unit.bot.intake.test_processor import BAO, LAN, Hall

ANH = "9"


@dataclass
class Slow(RecordingMessenger):
    """A messenger that keeps Lan's first answer on the way until it is let go."""

    let_go: asyncio.Event = field(default_factory=asyncio.Event)
    on_the_way: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, to: Address, message: Message) -> list[str]:
        if to.chat == LAN:
            self.on_the_way.set()
            await self.let_go.wait()
        return await super().send(to, message)


@pytest.fixture
def hall(store: Store, clock: ManualClock) -> Hall:
    return Hall(store, clock, Slow())


async def test_while_an_answer_is_on_the_way_no_other_process_handles_what_its_member_says_next(
    hall: Hall,
) -> None:
    if not hall.store.serves_several:
        pytest.skip("one process has a file to itself")
    messenger, beside = hall.messenger, Hall(hall.store, hall.clock, hall.messenger)
    assert isinstance(messenger, Slow)
    async with hall.open() as one, beside.open() as another:
        await one.receive([hall.message(LAN, 1, "một")])
        await messenger.on_the_way.wait()
        (busy, free), freely = ((one, beside), another) if hall.heard else ((another, hall), one)
        # A turn that is not kept would be given back with the next look into the inbox.
        await busy.receive([hall.message(ANH, 4, "bốn")])
        await until(lambda: _answered(messenger, ANH, 1), "a look into the inbox")
        await freely.receive([hall.message(LAN, 2, "hai"), hall.message(BAO, 3, "ba")])
        await until(lambda: _answered(messenger, BAO, 1), "an answer for another member")
        assert "hai" not in free.heard
        assert messenger.texts_to(LAN) == []
        messenger.let_go.set()
        await until(lambda: _answered(messenger, LAN, 2), "both answers")
    assert sorted(hall.heard + beside.heard) == ["ba", "bốn", "hai", "một"]


async def test_many_messages_to_any_process_have_their_effect_once_and_in_order(
    hall: Hall,
) -> None:
    messenger = hall.messenger
    assert isinstance(messenger, Slow)
    messenger.let_go.set()
    async with hall.open() as one, hall.open() as another:
        for n in range(30):
            intake = (one, another)[n % 2]
            await intake.receive([hall.message(LAN, n, str(n)), hall.message(BAO, 100 + n, "")])
    assert [text for text in hall.heard if text] == [str(n) for n in range(30)]
    assert len(hall.heard) == 60


async def _answered(messenger: RecordingMessenger, chat: str, count: int) -> bool:
    return len(messenger.texts_to(chat)) == count
