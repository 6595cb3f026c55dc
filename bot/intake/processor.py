"""An update's way in: inbox, conversation, answer (docs/decisions/0020-durable-inbox.md)."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import count
from typing import Final, Protocol, TypeVar

import structlog
from pydantic import TypeAdapter, ValidationError

from bot.intake.chat_queue import ChatQueue, QueuedUpdate, QueueTiming
from bot.intake.crash_recovery import CrashRecovery
from bot.intake.flood_control import FloodControl, FloodVerdict
from bot.intake.input_sanitizing import set_aside_if_broken
from bot.intake.partition import InboxPartition
from bot.intake.reply_queue import ReplyQueue
from bot.intake.split_texts import PIECES_MAX, IntakeSettings, SplitTexts
from bot.replies.router import ReplyRouter
from handlers import alarm_messages
from handlers.conversation.dispatcher import Conversation
from handlers.messages import Answer, Incoming
from handlers.worker_tasks import Offload, Workers, offloading
from scheduler.pacing.event_wait import wait_for
from storage.database.engine import Store, Tx
from storage.database.transient_errors import is_transient
from storage.inbox import updates
from storage.inbox.chat_leases import Capacity
from storage.inbox.updates import NewUpdate, WaitingUpdate
from storage.models import Suspicion

T = TypeVar("T")

log = structlog.stdlib.get_logger()

_OF_ONE_CHAT = 20
"""Of them at most; one who sends a thousand leaves room for everybody else."""
_AT_ONCE = 8
"""Updates that have their effect at the same time, each in its own transaction."""
_LOOK_EVERY_S = 5.0
"""How often the inbox is looked into without having heard of news."""
_LONGEST_PAUSE_S = 30.0
_REFERENCE_LETTERS = 8

_INCOMING: Final = TypeAdapter(Incoming)
_DEFAULTS: Final = IntakeSettings()


class UpdateMeter(Protocol):
    """Counts what comes in and how long it takes."""

    def received(self, messenger: str, count: int = 1) -> None:
        """So many updates were written down."""

    def answered(self, seconds: float, *, broken: bool = False) -> None:
        """An update was answered; nothing says what was asked for."""


class Stopping(Exception):
    """The process is asked to end; what is not done yet stays in the inbox."""


class UpdateProcessor:
    """One chat's updates have their effect in order, different chats' side by side."""

    def __init__(
        self,
        store: Store,
        conversation: Conversation,
        post: ReplyRouter,
        flood: FloodControl,
        workers: Workers,
        *,
        had_effect: Callable[[], None] = lambda: None,
        meter: UpdateMeter | None = None,
        settings: IntakeSettings = _DEFAULTS,
    ) -> None:
        """`had_effect` is called after each update that did something, which others may wait for."""
        self._meter = meter
        self._store = store
        self._conversation = conversation
        self._post = post
        self._flood = flood
        self._workers = workers
        self._had_effect = had_effect
        self._news = asyncio.Event()
        self._stop = asyncio.Event()
        self._room = asyncio.Semaphore(_AT_ONCE)
        self._share = InboxPartition(store)
        self._suspects = CrashRecovery(store, self._retry_while_unavailable, self._go_on)
        self._in_hand: set[int] = set()
        self._more = False
        self._long: set[bytes | int] = set()
        self._lines: dict[bytes | int, ChatQueue] = {}
        self._patience = QueueTiming(
            SplitTexts(post.text_limit), settings.split_wait_s, self._news.set, self._stop_is_set
        )

    async def receive(self, arrivals: Sequence[Incoming]) -> None:
        """Writes updates down; once this returns they may be acknowledged.

        Raises:
            Exception: whatever the database raises; then nothing was written.
        """
        packed = [set_aside_if_broken(partial(self._packed, one)) for one in arrivals]
        rows = [row for row in packed if row is not None]
        async with self._store.write() as tx:
            await updates.put(tx, rows)
        if self._meter is not None:
            for messenger, count in Counter(row.messenger for row in rows).items():
                self._meter.received(messenger, count)
        self._news.set()

    def _packed(self, one: Incoming) -> NewUpdate:
        # Nothing is said in time to come; the flood limit would wait for it.
        one = replace(one, at=min(one.at, self._store.clock.now()))
        payload = _INCOMING.dump_json(one, exclude_defaults=True).decode()
        return NewUpdate(one.sender.messenger, one.update_key, one.sender.chat, payload)

    async def run(self, stop: asyncio.Event) -> None:
        """Gives every update its effect, those of an earlier process first; ends after `stop`.

        What is under way when `stop` is set is finished, what is not begun waits in the inbox. What
        was in hand when a process ended uncleanly is handled alone.
        """
        self._stop = stop
        try:
            await self._work_through()
        except asyncio.CancelledError:
            # Asked to end and late, or another part of the process broke: no update is to blame.
            await asyncio.shield(self._share.leave())
            raise
        await self._share.leave()

    async def _work_through(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._wake_when_stopped())
            with suppress(Stopping):
                await self._retry_while_unavailable(self._share.begin)
                while not self._stop.is_set():
                    await self._fetch_batch(tasks)

    async def _wake_when_stopped(self) -> None:
        await self._stop.wait()
        self._news.set()
        for line in self._lines.values():
            line.changed.set()
        await self._suspects.withdraw()

    async def _fetch_batch(self, tasks: asyncio.TaskGroup) -> None:
        """Puts what waits in the inbox into its chat's line; rests when there is nothing."""
        self._news.clear()
        room, owed = self._share.most - len(self._in_hand), self._share.is_responsible
        found = await self._retry_while_unavailable(lambda: self._waiting(room))
        letters = [letter for one in found if (letter := self._read(one))]
        kept = [letter for letter in letters if letter.ruling is not FloodVerdict.DROP]
        kept_ids = {one for letter in kept for one in letter.ids}
        await self._leave_out({one.id for one in found} - kept_ids)
        self._share.pass_over(found, kept_ids)
        for letter in kept:
            self._queue(letter, tasks)
        self._more = 0 < room == len(found)
        # Those that are being handled as one have left their line already.
        self._long = {
            chat
            for chat, line in self._lines.items()
            if len(line.letters) + PIECES_MAX >= _OF_ONE_CHAT
        }
        # Something may have come for those whose turns were given back, after it was looked for;
        # and more of what was left out may wait. Whoever is served looks when there is room again.
        if len(kept) == len(found) and not owed:
            await wait_for(self._news, _LOOK_EVERY_S)

    def _queue(self, letter: QueuedUpdate, tasks: asyncio.TaskGroup) -> None:
        self._in_hand.update(letter.ids)
        line = self._lines.get(letter.chat)
        if line is None:
            line = self._lines[letter.chat] = ChatQueue(self._post, self._patience)
            tasks.create_task(self._serve(letter.chat, line))
        line.append(letter)

    async def _waiting(self, limit: int) -> list[WaitingUpdate]:
        return await self._share.look(Capacity(limit, _OF_ONE_CHAT, self._in_hand))

    async def _serve(self, chat: bytes | int, line: ChatQueue) -> None:
        """One chat's queue, to its end. The chat stays this process's until its answers have left."""
        async with line.replies.sending():
            while not (self._stop.is_set() or line.is_done):
                line.changed.clear()
                if letter := await line.next():
                    await self._take(letter, line.replies)
                elif not self._stop.is_set():
                    await line.changed.wait()
            del self._lines[chat]
        if chat in self._long:
            self._news.set()

    async def _take(self, letter: QueuedUpdate, replies: ReplyQueue) -> None:
        try:
            await self._handle(letter, replies)
        except Stopping:
            self._release(letter)
        self._in_hand.difference_update(letter.ids)
        if self._more and len(self._in_hand) <= self._share.most // 2:
            self._news.set()

    def _release(self, letter: QueuedUpdate) -> None:
        """The chat's next update may be handled by another process."""
        for _ in letter.ids:
            self._share.end(letter.slot)
        if self._share.is_responsible:
            self._news.set()

    def _read(self, update: WaitingUpdate) -> QueuedUpdate | None:
        """The update; None for one that cannot be read."""
        try:
            incoming = _INCOMING.validate_json(update.payload)
        except ValidationError:
            log.error("an update in the inbox cannot be read; it is left out")  # noqa: TRY400
            return None
        ruling, chat = self._check_flood(update, incoming), update.chat_lookup or update.id
        return QueuedUpdate((update.id,), chat, incoming, ruling, update.slot, update.suspicion)

    def _check_flood(self, update: WaitingUpdate, incoming: Incoming) -> FloodVerdict:
        if update.chat_lookup is None or self._conversation.always_obeys(incoming):
            return FloodVerdict.ALLOW
        ruling = self._flood.check(update.chat_lookup, incoming.at)
        if ruling is FloodVerdict.WARN:
            log.warning("flood limit reached")
        return ruling

    async def _leave_out(self, ids: Collection[int]) -> None:
        """All of them in one transaction, so that a flood takes nobody's turn."""

        async def empty() -> None:
            async with self._store.write() as tx:
                await updates.skip(tx, ids)

        if ids:
            await self._retry_while_unavailable(empty)

    async def _handle(self, letter: QueuedUpdate, replies: ReplyQueue) -> None:
        reference = self._store.ids.code(_REFERENCE_LETTERS)
        known = {"request_id": reference, "update_id": letter.incoming.update_key}
        with structlog.contextvars.bound_contextvars(**known):
            await self._answer(letter, reference, replies)

    async def _answer(self, letter: QueuedUpdate, reference: str, replies: ReplyQueue) -> None:
        began, broken = time.monotonic(), False
        async with (
            self._post.show_typing_if_slow(letter.incoming.sender),
            self._suspects.admit(letter.ids, letter.suspicion),
        ):
            try:
                heard = await self._with_picture(letter)
                answer = await offloading(self._workers, partial(self._try, heard))
            except Stopping:
                raise
            except Exception:
                log.exception("an update could not be handled")
                await self._leave_out(letter.ids)
                answer = self._conversation.apology(letter.incoming, reference)
                broken = True
            self._suspects.begin_answer()

        def on_done() -> None:
            self._suspects.end_answer()
            self._release(letter)
            # Only now: who asked reads the answer before anybody looks for notices to others.
            self._had_effect()
            if self._meter is not None:
                self._meter.answered(time.monotonic() - began, broken=broken)

        replies.put(letter.incoming, answer, on_done)

    async def _with_picture(self, letter: QueuedUpdate) -> QueuedUpdate:
        """Before the transaction, so that none waits for a download; nothing of a stranger's."""
        media = letter.incoming.media
        is_left = letter.ruling is FloodVerdict.WARN or letter.suspicion is Suspicion.TO_SET_ASIDE
        if is_left or media is None or not media.is_picture:
            return letter
        async with self._store.read() as tx:
            if not await self._conversation.knows(tx, letter.incoming):
                return letter
        return replace(letter, incoming=await self._post.with_picture(letter.incoming))

    async def _try(self, letter: QueuedUpdate, offload: Offload) -> Answer:
        return await self._retry_while_unavailable(lambda: self._effect(letter, offload))

    async def _effect(self, letter: QueuedUpdate, offload: Offload) -> Answer:
        """The effect and the emptied payload are one transaction: both are there or neither."""
        async with self._room, self._store.write() as tx:
            if not await updates.take(tx, letter.ids):
                return []
            if letter.suspicion is Suspicion.TO_SET_ASIDE:
                return await self._set_aside(tx, letter.incoming)
            if letter.ruling is FloodVerdict.WARN:
                return await self._conversation.ask_to_wait(tx, letter.incoming)
            return await self._conversation.answer(tx, letter.incoming, offload)

    async def _set_aside(self, tx: Tx, incoming: Incoming) -> Answer:
        """It ended the process twice while nothing else was in hand."""
        reference = self._store.ids.code(_REFERENCE_LETTERS)
        kind = incoming.media.kind.value if incoming.media else ""
        what = {"happening": incoming.kind.value, "media": kind, "reference": reference}
        log.error("an update ended the process twice while it was alone; set aside", **what)
        await alarm_messages.tell_set_aside(tx, self._conversation.club, reference)
        return self._conversation.apology(incoming, reference, again=False)

    async def _retry_while_unavailable(self, work: Callable[[], Awaitable[T]]) -> T:
        """Does `work`, again and again while the database cannot be used."""
        for pause_s in _pauses():
            try:
                return await work()
            except Exception as error:
                if not is_transient(error):
                    raise
                log.warning("the database cannot be used now", kind=type(error).__name__)
            await self._sleep(pause_s)
        raise AssertionError("the pauses never end")

    async def _sleep(self, seconds: float) -> None:
        await wait_for(self._stop, seconds)
        self._go_on()

    def _stop_is_set(self) -> bool:
        return self._stop.is_set()

    def _go_on(self) -> None:
        if self._stop.is_set():
            raise Stopping


def _pauses() -> Iterator[float]:
    return (min(0.1 * 2 ** min(tried, 10), _LONGEST_PAUSE_S) for tried in count())
