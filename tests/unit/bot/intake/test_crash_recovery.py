"""A suspect is alone while it is handled, and nobody else waits for more than one of them."""

import asyncio
import time
from functools import partial
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import select

from bot.intake.crash_recovery import ReadersWriterLock
from bot.intake.reply_queue import ReplyQueue
from bot.replies.router import ReplyRouter
from bot.replies.sender import ReplySender
from bot.workers.media_tasks import MediaTasks
from handlers.conversation.dispatcher import Conversation
from handlers.messages import Address, Message, Reply
from scheduler.pacing.limiter import RateLimiter
from scheduler.settings import PaceSettings
from storage.database.engine import Store
from storage.inbox import chat_leases, poison_updates
from storage.inbox.chat_leases import Capacity
from storage.inbox.poison_updates import Event
from storage.models import Delivery, InboxUpdate
from storage.outbox import enqueue
from tests.support import SETTINGS, ClubInATest, ManualClock, in_write
from tests.support.recording_messenger import RecordingMessenger
from tests.support.waiting import TIMEOUT_S, run_other_tasks
from tests.unit.bot.intake.test_processor import BAO, LAN, Hall


class Queue:
    """People who come to an admission, and who of them is in."""

    def __init__(self) -> None:
        self.admission = ReadersWriterLock()
        self.inside: list[str] = []
        self.tasks: dict[str, asyncio.Task[None]] = {}
        self._leave: dict[str, asyncio.Event] = {}

    async def comes(self, name: str, *, alone: bool = False) -> None:
        self.begins(name, alone=alone)
        await run_other_tasks()

    def begins(self, name: str, *, alone: bool) -> None:
        self._leave[name] = asyncio.Event()
        self.tasks[name] = asyncio.create_task(self._visit(name, alone=alone))

    async def _visit(self, name: str, *, alone: bool) -> None:
        door = self.admission.alone() if alone else self.admission.side_by_side()
        async with door:
            self.inside.append(name)
            try:
                await self._leave[name].wait()
            finally:
                self.inside.remove(name)

    async def goes(self, name: str) -> None:
        self.may_go(name)
        await run_other_tasks()

    def may_go(self, name: str) -> None:
        self._leave[name].set()


async def test_who_has_to_be_alone_waits_for_the_others_and_the_next_wait_for_one_of_them() -> None:
    queue = Queue()
    await queue.comes("a")
    await queue.comes("S1", alone=True)
    await queue.comes("S2", alone=True)
    await queue.comes("b")
    assert queue.inside == ["a"]
    await queue.goes("a")
    assert queue.inside == ["S1"]
    await queue.comes("c")
    await queue.goes("S1")
    assert queue.inside == ["b", "c"]
    await queue.goes("b")
    await queue.goes("c")
    assert queue.inside == ["S2"]
    await queue.goes("S2")
    await queue.comes("d")
    assert queue.inside == ["d"]


STEPS = st.lists(
    st.tuples(st.sampled_from(["comes", "alone", "goes", "cancels"]), st.integers(0, 5)),
    max_size=30,
)


@settings(deadline=None)
@given(STEPS)
def test_nobody_is_beside_who_is_alone_and_nobody_waits_for_ever(
    steps: list[tuple[str, int]],
) -> None:
    async def visit() -> None:
        queue, known = Queue(), list[str]()
        for number, (action, whose) in enumerate(steps):
            name = known[whose % len(known)] if known else ""
            if action in ("comes", "alone"):
                known.append(f"{'S' if action == 'alone' else ''}{number}")
                await queue.comes(known[-1], alone=action == "alone")
            elif name and action == "goes":
                await queue.goes(name)
            elif name and name not in queue.inside:
                queue.tasks[name].cancel()
                await run_other_tasks()
            assert len(queue.inside) <= 1 or not any(who[0] == "S" for who in queue.inside)
        for name in known:
            await queue.goes(name)
        await run_other_tasks()
        assert all(task.done() for task in queue.tasks.values())
        await asyncio.gather(*queue.tasks.values(), return_exceptions=True)

    with asyncio.Runner() as runner:
        runner.run(visit())


ACTIONS = st.lists(
    st.tuples(st.sampled_from(["comes", "alone", "goes", "cancels", "settle"]), st.integers(0, 5)),
    max_size=40,
)


@settings(deadline=None, max_examples=300)
@given(ACTIONS)
def test_whoever_gives_up_in_the_same_moment_as_others_go_leaves_the_door_as_it_was(
    actions: list[tuple[str, int]],
) -> None:
    """As the test above, but several actions come before anybody can go on."""

    async def visit() -> None:
        queue, known, cancelled = Queue(), list[str](), set[str]()
        for number, (action, whose) in enumerate(actions):
            if action == "settle":
                await run_other_tasks()
            elif action in ("comes", "alone"):
                known.append(f"{'S' if action == 'alone' else ''}{number}")
                queue.begins(known[-1], alone=action == "alone")
            elif known and action == "goes":
                queue.may_go(known[whose % len(known)])
            elif known:
                name = known[whose % len(known)]
                cancelled.add(name)
                queue.tasks[name].cancel()
            assert len(queue.inside) <= 1 or not any(who[0] == "S" for who in queue.inside)
        for name in known:
            await queue.goes(name)
        await run_other_tasks()
        assert all(task.done() for task in queue.tasks.values())
        ends = await asyncio.gather(*queue.tasks.values(), return_exceptions=True)
        odd = [end for end in ends if end is not None]
        assert all(isinstance(end, asyncio.CancelledError) for end in odd)
        assert len(odd) <= len(cancelled)
        for name, alone in (("Slast", True), ("last", False)):
            await queue.comes(name, alone=alone)
            assert queue.inside == [name]
            await queue.goes(name)

    with asyncio.Runner() as runner:
        runner.run(visit())


async def test_who_is_in_and_who_waits_may_give_up_in_the_same_moment() -> None:
    for first_alone, next_alone in product((False, True), repeat=2):
        queue = Queue()
        await queue.comes("a", alone=first_alone)
        await queue.comes("S", alone=True)
        await queue.comes("b", alone=next_alone)
        for name in ("a", "S", "b"):
            queue.tasks[name].cancel()
        await run_other_tasks()
        await queue.comes("c", alone=True)
        assert queue.inside == ["c"]
        ends = await asyncio.gather(*list(queue.tasks.values())[:3], return_exceptions=True)
        assert all(isinstance(end, asyncio.CancelledError) for end in ends)
        await queue.goes("c")


# ---- in the intake ----------------------------------------------------------------------------


@pytest.fixture
def hall(store: Store, clock: ManualClock) -> Hall:
    return Hall(store, clock)


async def ended_uncleanly(store: Store, clock: ManualClock, *alone: int) -> None:
    """A process died that had everything in hand, and these updates alone one after the other."""
    async with store.write() as tx:
        await poison_updates.suspect(tx)
        for number in alone:
            await poison_updates.note(tx, Event.BEGUN_ALONE, [number])
            await poison_updates.suspect(tx)


async def test_suspects_are_handled_one_at_a_time_in_their_chats_order(
    hall: Hall, store: Store, clock: ManualClock
) -> None:
    said = [hall.message(chat, n, f"{chat} {n}") for n, chat in enumerate([LAN, BAO] * 5)]
    await hall.make().receive(said)
    await ended_uncleanly(store, clock, 1)
    async with hall.open() as intake:
        await intake.receive([hall.message("9", 99, "9 99")])
    for chat in (LAN, BAO):
        heard = [text for text in hall.heard if text.startswith(chat)]
        assert heard == [one.text for one in said if one.sender.chat == chat]
    assert "9 99" in hall.heard
    assert len(hall.messenger.texts_to(LAN)) == 5


async def test_what_ended_the_process_twice_while_alone_has_no_effect_and_an_apology(
    hall: Hall, store: Store, clock: ManualClock
) -> None:
    officer = await ClubInATest(store, clock).officer("Hạnh")
    assert officer.member_id
    await hall.make().receive([hall.message(LAN, 1, "một"), hall.message(BAO, 2, "hai")])
    await ended_uncleanly(store, clock, 1, 1)
    async with hall.open():
        pass
    assert hall.heard == ["hai"]
    (apology,) = hall.messenger.texts_to(LAN)
    assert "đừng gửi lại" in apology
    async with store.read() as tx:
        (notice,) = (await tx.session.exec(select(Delivery))).all()
        assert notice.body_sealed
        told = enqueue.own_body(tx, notice.body_sealed, notice)
        rows = (await tx.session.exec(select(InboxUpdate.payload_sealed))).all()
    assert "ngừng đột ngột hai lần" in told
    assert rows == [None, None]


async def test_what_ended_the_process_once_while_alone_has_its_effect_the_next_time(
    hall: Hall, store: Store, clock: ManualClock
) -> None:
    await hall.make().receive([hall.message(LAN, 1, "một")])
    await ended_uncleanly(store, clock, 1)
    async with hall.open():
        pass
    assert hall.heard == ["một"]


async def test_a_clean_end_leaves_nothing_to_be_suspected(
    hall: Hall, store: Store, clock: ManualClock
) -> None:
    async with hall.open() as intake:
        await intake.receive([hall.message(LAN, 1, "một")])
    await hall.make().receive([hall.message(LAN, 2, "hai")])
    await in_write(store, chat_leases.take_exclusive, "the next")
    async with store.read() as tx:
        assert (await tx.session.exec(select(InboxUpdate.suspicion))).all() == [None, None]


class Stuck(RecordingMessenger):
    """A messenger that never sends an answer to Lan."""

    def __init__(self) -> None:
        super().__init__()
        self.on_the_way = asyncio.Event()

    async def send(self, to: Address, message: Message) -> list[str]:
        if to.chat == LAN:
            self.on_the_way.set()
            await asyncio.Event().wait()
        return await super().send(to, message)


@pytest.mark.parametrize("is_asked", [True, False], ids=["asked to end", "another part broke"])
async def test_an_end_that_is_ordered_leaves_no_suspects_however_late_it_is(
    store: Store, clock: ManualClock, *, is_asked: bool
) -> None:
    messenger = Stuck()
    hall, stop = Hall(store, clock, messenger), asyncio.Event()
    intake = hall.make()
    await intake.receive([hall.message(LAN, 1, "một")])
    running = asyncio.create_task(intake.run(stop))
    await messenger.on_the_way.wait()
    if is_asked:
        stop.set()
        await run_other_tasks()
    await intake.receive([hall.message(LAN, 2, "hai"), hall.message(BAO, 3, "ba")])
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    async with store.write() as tx:
        if store.serves_several:
            await chat_leases.take(tx, "the next", Capacity(100, 100))
        else:
            await chat_leases.take_exclusive(tx, "the next")
    async with store.read() as tx:
        assert set((await tx.session.exec(select(InboxUpdate.suspicion))).all()) == {None}


async def test_answers_that_a_resting_chat_keeps_back_are_dropped_when_the_process_ends(
    hall: Hall,
) -> None:
    messenger, dropped = Stuck(), list[int]()
    pace = RateLimiter(PaceSettings(per_second=500, per_chat_s=0.01), time.monotonic)
    talk = Conversation(SETTINGS, ())
    post = ReplySender(messenger, pace, talk, MediaTasks(hall.workers, [messenger]))
    queue = ReplyQueue(ReplyRouter({"telegram": post}), closing_s=0)
    asked = hall.message(LAN, 1, "một")
    async with asyncio.timeout(TIMEOUT_S), queue.sending():
        for number in range(3):
            queue.put(asked, [Reply(Message(f"{number}"))], partial(dropped.append, number))
        await messenger.on_the_way.wait()
    assert dropped == [0, 1, 2]
    assert queue.is_idle
    assert messenger.done == []
