"""Every update has its effect once, in its chat's order, whatever goes wrong in between."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import select
from structlog.testing import capture_logs

from bot.demo.actors import until
from bot.intake.flood_control import FloodControl, FloodSettings
from bot.intake.processor import UpdateProcessor
from bot.intake.reply_queue import PENDING_MAX
from bot.intake.split_texts import IntakeSettings
from bot.replies.router import ReplyRouter
from bot.replies.sender import ReplySender
from bot.workers.media_tasks import MediaTasks
from handlers.conversation.context import Context
from handlers.conversation.dispatcher import Conversation
from handlers.conversation.routes import Routes
from handlers.messages import Address, Answer, Incoming, MenuChange, UpdateKind
from handlers.worker_tasks import Workers
from scheduler.pacing.limiter import RateLimiter
from scheduler.settings import PaceSettings
from storage.database.engine import Store
from storage.inbox import updates
from storage.inbox.updates import NewUpdate
from storage.models import InboxUpdate, Role, Step
from storage.outbox import wake
from tests.support import SETTINGS, InlineWorkers, ManualClock, in_read, in_write, rows_of
from tests.support.recording_messenger import RecordingMessenger

LAN, BAO = "7", "8"
NOTICE = "nhắn"
"""What makes the hall note a delivery."""
MENU = "thực đơn"
"""What the hall answers by changing the menu of another chat, too."""


@dataclass
class Hall:
    """An intake with a capability of its own: it repeats what it hears, or breaks."""

    store: Store
    clock: ManualClock
    messenger: RecordingMessenger = field(default_factory=RecordingMessenger)
    workers: Workers = field(default_factory=InlineWorkers)
    breaks: list[Exception] = field(default_factory=list)
    split_wait_s: float = IntakeSettings().split_wait_s
    meanwhile: Callable[[], Awaitable[None]] | None = None
    """Done while an update has its effect."""
    heard: list[str] = field(default_factory=list)
    messages: list[Incoming] = field(default_factory=list)
    """What was said, whole."""
    names: list[str] = field(default_factory=list)
    """The names of those who said it."""
    answered_before: list[int] = field(default_factory=list)
    """How many answers had arrived each time that the delivery workers were woken."""

    club: Conversation | None = None
    """Answers instead of the capability of its own."""

    def __post_init__(self) -> None:
        routes = Routes()
        for role in (None, Role.MEMBER):
            routes.fallback(role=role)(self._repeat)
        talk = self.club or Conversation(SETTINGS, (routes,))
        pace = RateLimiter(PaceSettings(per_second=500, per_chat_s=0.01), time.monotonic)
        pictures = MediaTasks(self.workers, [self.messenger])
        flood = FloodControl(FloodSettings(burst=1000))
        self.make: Callable[[], UpdateProcessor] = lambda: UpdateProcessor(
            self.store,
            talk,
            ReplyRouter({self.messenger.name: ReplySender(self.messenger, pace, talk, pictures)}),
            flood,
            self.workers,
            on_queued=lambda: self.answered_before.append(len(self.messenger.done)),
            settings=IntakeSettings(self.split_wait_s),
        )

    async def _repeat(self, context: Context) -> Answer:
        self.heard.append(context.incoming.text)
        self.messages.append(context.incoming)
        self.names.append(context.incoming.name)
        await context.set_state("heard", text=context.incoming.text)
        if self.meanwhile:
            await self.meanwhile()
        if self.breaks and context.incoming.text.startswith("vỡ"):
            raise self.breaks.pop(0)
        if context.incoming.text.startswith(NOTICE):
            wake.note_queued(context.tx)
        menu = MenuChange(None, "vi", to=Address("telegram", BAO))
        more = [menu] if context.incoming.text == MENU else []
        return [context.reply(context.say("cancelled")), *more]

    def message(self, chat: str, number: int, text: str) -> Incoming:
        sender = Address("telegram", chat)
        return Incoming(str(number), sender, UpdateKind.MESSAGE, self.clock.now(), text=text)

    async def is_done(self) -> bool:
        return await in_read(self.store, updates.oldest) is None

    @asynccontextmanager
    async def open(self) -> AsyncIterator[UpdateProcessor]:
        """The intake at work; left only when the inbox is empty."""
        stop, intake = asyncio.Event(), self.make()
        running = asyncio.create_task(intake.run(stop))
        try:
            yield intake
            await until(self.is_done, "the end of the inbox")
        finally:
            stop.set()
            await running


@pytest.fixture
def hall(store: Store, clock: ManualClock) -> Hall:
    return Hall(store, clock)


async def test_one_chats_messages_have_their_effect_in_order(hall: Hall) -> None:
    async with hall.open() as intake:
        await intake.receive([hall.message(LAN, n, str(n)) for n in range(20)])
    assert hall.heard == [str(n) for n in range(20)]


async def test_the_same_update_twice_has_one_effect(hall: Hall) -> None:
    async with hall.open() as intake:
        for _ in range(3):
            await intake.receive([hall.message(LAN, 1, "một")])
    assert hall.heard == ["một"]
    assert len(hall.messenger.texts_to(LAN)) == 1


async def test_what_waited_when_the_process_ended_is_done_by_the_next(hall: Hall) -> None:
    await hall.make().receive([hall.message(LAN, 1, "một")])
    async with hall.open():
        pass
    assert hall.heard == ["một"]


async def test_a_broken_handler_costs_one_message_and_an_apology_with_a_reference(
    hall: Hall,
) -> None:
    hall.breaks = [KeyError("anything")]
    async with hall.open() as intake:
        await intake.receive(
            [hall.message(LAN, 1, "vỡ"), hall.message(LAN, 2, "hai"), hall.message(BAO, 3, "ba")]
        )
    apology, answer = hall.messenger.texts_to(LAN)
    assert "trục trặc" in apology
    assert "(Mã: " in apology
    assert answer == hall.messenger.texts_to(BAO)[0]


async def test_nothing_a_broken_handler_wrote_is_kept(hall: Hall) -> None:
    hall.breaks = [KeyError("anything")]
    async with hall.open() as intake:
        await intake.receive([hall.message(LAN, 1, "vỡ")])
    assert (await rows_of(hall.store, select(Step))) == []


async def test_a_database_that_is_locked_for_a_while_loses_nothing(hall: Hall) -> None:
    locked = sqlite3.OperationalError("database is locked")
    locked.sqlite_errorcode = sqlite3.SQLITE_BUSY
    hall.breaks = [OperationalError("", {}, locked), OperationalError("", {}, locked)]
    async with hall.open() as intake:
        await intake.receive([hall.message(LAN, 1, "vỡ")])
    assert hall.heard == ["vỡ"] * 3
    assert len(hall.messenger.texts_to(LAN)) == 1


async def test_what_cannot_be_read_is_left_out_and_holds_up_nobody(hall: Hall) -> None:
    await in_write(
        hall.store, updates.put, [NewUpdate("telegram", "1", LAN, '{"of": "another release"}')]
    )
    async with hall.open() as intake:
        await intake.receive([hall.message(LAN, 2, "hai")])
    assert hall.heard == ["hai"]


async def test_nothing_of_a_message_is_left_in_the_inbox_once_it_had_its_effect(hall: Hall) -> None:
    async with hall.open() as intake:
        await intake.receive([replace(hall.message(LAN, 1, "một"), name="Lan")])
    (row,) = await rows_of(hall.store, select(InboxUpdate))
    assert (row.payload_sealed, row.chat_lookup, row.update_key) == (None, None, "1")


async def test_who_asked_reads_the_answer_before_notices_to_others_are_looked_for(
    hall: Hall,
) -> None:
    async with hall.open() as intake:
        await intake.receive([hall.message(LAN, 1, f"{NOTICE} một")])
        await intake.receive([hall.message(LAN, 2, f"{NOTICE} hai")])
    assert hall.answered_before == [1, 2]


async def test_who_delivers_is_woken_only_by_updates_that_queued_something(hall: Hall) -> None:
    async with hall.open() as intake:
        await intake.receive([hall.message(LAN, 1, "một")])
        await intake.receive([hall.message(LAN, 2, f"{NOTICE} hai")])
        await intake.receive([hall.message(LAN, 3, "ba")])
    assert hall.answered_before == [2]


async def test_an_answer_that_breaks_the_messenger_is_lost_alone(hall: Hall) -> None:
    hall.messenger.trouble["send"] = [OverflowError()]
    with capture_logs() as logs:
        async with hall.open() as intake:
            await intake.receive([hall.message(LAN, 1, "một"), hall.message(BAO, 2, "hai")])
            await until(hall.is_done, "the effects")
            await intake.receive([hall.message(LAN, 3, "ba"), hall.message(BAO, 4, "bốn")])
    assert sorted(hall.heard) == ["ba", "bốn", "hai", "một"]
    assert len(hall.messenger.texts_to(LAN)) + len(hall.messenger.texts_to(BAO)) == 3
    assert [one["event"] for one in logs if one["log_level"] == "error"] == ["reply lost"]


async def test_what_somebody_asks_for_has_its_effect_while_an_earlier_answer_waits(
    hall: Hall,
) -> None:
    """A chat that rests for a minute (429) still stops, leaves and erases at once."""
    hall.messenger.hold = asyncio.Event()
    async with hall.open() as intake:
        await intake.receive([hall.message(LAN, n, str(n)) for n in range(3)])
        await until(hall.is_done, "the effects")
        assert hall.heard == ["0", "1", "2"]
        assert hall.messenger.texts_to(LAN) == []
        hall.messenger.hold.set()
    assert len(hall.messenger.texts_to(LAN)) == 3


async def test_of_too_many_answers_to_a_chat_that_rests_the_newest_are_sent(hall: Hall) -> None:
    hall.messenger.hold = asyncio.Event()
    texts = [str(n) for n in range(PENDING_MAX + 3)]
    with capture_logs() as logs:
        async with hall.open() as intake:
            await intake.receive([hall.message(LAN, 0, texts[0])])
            await until(lambda: _soon(hall.heard == ["0"]), "the first effect")
            await intake.receive([hall.message(LAN, n, texts[n]) for n in range(1, len(texts))])
            await until(hall.is_done, "the effects")
            assert hall.heard == texts
            hall.messenger.hold.set()
    # The first was on its way already when the others came; of those the two oldest gave way.
    assert len(hall.messenger.texts_to(LAN)) == PENDING_MAX + 1
    assert len([one for one in logs if "dropped" in one["event"]]) == 2


async def test_a_menu_of_another_chat_is_changed_however_many_newer_answers_wait(
    hall: Hall,
) -> None:
    hall.messenger.hold = asyncio.Event()
    texts = ["0", MENU, *(str(n) for n in range(PENDING_MAX + 3))]
    async with hall.open() as intake:
        await intake.receive([hall.message(LAN, 0, texts[0])])
        await until(lambda: _soon(hall.heard == ["0"]), "the first effect")
        await intake.receive([hall.message(LAN, n, texts[n]) for n in range(1, len(texts))])
        await until(hall.is_done, "the effects")
        hall.messenger.hold.set()
    assert len(hall.messenger.texts_to(LAN)) == PENDING_MAX + 1
    assert ("menu", BAO) in [what[:2] for what in hall.messenger.done]


async def _soon(reached: bool) -> bool:
    return reached
