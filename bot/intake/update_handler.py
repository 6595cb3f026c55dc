"""Handles one update: flood check, conversation and effect in one transaction, and reply.

See docs/decisions/0020-durable-inbox.md.
"""

import asyncio
import time
from collections.abc import Callable, Collection
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

import structlog
from pydantic import ValidationError

from bot.intake.chat_queue import QueuedUpdate
from bot.intake.crash_recovery import CrashRecovery
from bot.intake.database_retry import DatabaseRetry, Stopping
from bot.intake.flood_control import FloodControl, FloodVerdict
from bot.intake.inbox_payload import unpack
from bot.intake.progress_notice import ProgressNotice
from bot.intake.reply_queue import ReplyQueue
from bot.replies.router import ReplyRouter
from handlers import alarm_messages
from handlers.conversation.context import Refused
from handlers.conversation.dispatcher import Conversation
from handlers.conversation.refusal import in_transaction
from handlers.messages import Address, Answer, Incoming
from handlers.worker_tasks import Offload, Workers, offloading
from storage.database import Store, Tx
from storage.inbox import updates
from storage.inbox.updates import WaitingUpdate
from storage.models import Suspicion
from storage.outbox import wake

log = structlog.stdlib.get_logger()

_CONCURRENCY_MAX = 8
"""Updates that are handled at the same time, each in its own transaction."""
_REFERENCE_LETTERS = 8


class UpdateMeter(Protocol):
    """Counts updates and how long their answers take, for the metrics."""

    def received(self, messenger: str, count: int = 1) -> None:
        """Counts stored updates."""

    def answered(self, seconds: float, *, broken: bool = False) -> None:
        """Counts an answer and its duration, without what was asked."""


@dataclass(frozen=True)
class _Handled:
    """An update after its commit."""

    answer: Answer
    has_queued: bool = False
    """It put something into the outbox."""
    has_failed: bool = False
    """Its handler raised, and the answer is an apology."""


class UpdateHandler:
    """Runs the conversation on updates: the effect is exactly once, the reply best effort."""

    def __init__(
        self,
        store: Store,
        conversation: Conversation,
        router: ReplyRouter,
        flood_control: FloodControl,
        workers: Workers,
        *,
        retry: DatabaseRetry,
        on_queued: Callable[[], None],
        meter: UpdateMeter | None,
    ) -> None:
        """`on_queued` is called once the reply of an update that queued a delivery was sent."""
        self._store = store
        self._conversation = conversation
        self._router = router
        self._flood_control = flood_control
        self._workers = workers
        self._retry = retry
        self._on_queued = on_queued
        self._meter = meter
        self._concurrency = asyncio.Semaphore(_CONCURRENCY_MAX)
        self._crash_recovery = CrashRecovery(store, retry.run, retry.raise_if_stopping)

    def parse(self, update: WaitingUpdate) -> QueuedUpdate | None:
        """The update with the verdict of the flood check; None if it cannot be parsed."""
        try:
            incoming = unpack(update.payload)
        except ValidationError:
            log.error("stored update cannot be parsed, skipping it")  # noqa: TRY400
            return None
        verdict, chat = self._check_flood(update, incoming), update.chat_lookup or update.id
        return QueuedUpdate((update.id,), chat, incoming, verdict, update.slot, update.suspicion)

    def _check_flood(self, update: WaitingUpdate, incoming: Incoming) -> FloodVerdict:
        if update.chat_lookup is None or self._conversation.always_obeys(incoming):
            return FloodVerdict.ALLOW
        verdict = self._flood_control.check(update.chat_lookup, incoming.at)
        if verdict is FloodVerdict.WARN:
            log.warning("flood limit reached, dropping further updates of the chat")
        return verdict

    async def skip(self, update_ids: Collection[int]) -> None:
        """Marks updates as handled without an effect; one transaction for all of them."""

        async def skip_all() -> None:
            async with self._store.write() as tx:
                await updates.skip(tx, update_ids)

        if update_ids:
            await self._retry.run(skip_all)

    async def withdraw(self) -> None:
        """Withdraws the attempt of a suspect when the process stops normally."""
        await self._crash_recovery.withdraw()

    async def handle(
        self, update: QueuedUpdate, replies: ReplyQueue, on_done: Callable[[], None]
    ) -> None:
        """Commits the effect of an update and queues its reply; `on_done` is called after that.

        Raises:
            Stopping: the process stops; the update stays in the inbox.
        """
        reference = self._store.ids.code(_REFERENCE_LETTERS)
        log_context = {"request_id": reference, "update_id": update.incoming.update_key}
        with structlog.contextvars.bound_contextvars(**log_context):
            await self._answer(update, reference, replies, on_done)

    async def _answer(
        self,
        update: QueuedUpdate,
        reference: str,
        replies: ReplyQueue,
        on_done: Callable[[], None],
    ) -> None:
        started = time.monotonic()
        sender = self._router.sender_for(update.incoming.sender.messenger)
        with ProgressNotice(sender, update.incoming, replies) as notice:
            async with (
                self._typing(update.incoming.sender),
                self._crash_recovery.admit(update.ids, update.suspicion),
            ):
                try:
                    complete = await self._complete(update)
                    handled = await offloading(
                        self._workers,
                        self._store,
                        partial(self._run, complete),
                        notice.announce,
                    )
                except Stopping:
                    raise
                except Exception:
                    log.exception("handler failed, sending an apology")
                    await self.skip(update.ids)
                    handled = _Handled(
                        self._conversation.apology(update.incoming, reference), has_failed=True
                    )
                self._crash_recovery.begin_answer()
            answer = await notice.merged(handled.answer)

        def on_sent() -> None:
            self._crash_recovery.end_answer()
            on_done()
            # After the reply: it must not wait behind notices to others.
            if handled.has_queued:
                self._on_queued()
            if self._meter is not None:
                self._meter.answered(time.monotonic() - started, broken=handled.has_failed)

        replies.put(update.incoming, answer, on_sent)

    def _typing(self, to: Address) -> AbstractAsyncContextManager[None]:
        sender = self._router.sender_for(to.messenger)
        return sender.show_typing_if_slow(to) if sender else nullcontext()

    async def _complete(self, update: QueuedUpdate) -> QueuedUpdate:
        """Asks the messenger for a missing name and the pictures, so that no transaction waits for it."""
        incoming = update.incoming
        sender = self._router.sender_for(incoming.sender.messenger)
        is_refused = (
            update.verdict is FloodVerdict.WARN or update.suspicion is Suspicion.TO_SET_ASIDE
        )
        if is_refused or sender is None:
            return update
        if not incoming.name and await self._lacks_name(incoming):
            incoming = await sender.ask_name(incoming)
        if any(file.may_be_seen for file in incoming.files) and await self._is_known(incoming):
            incoming = await sender.fetch_pictures(incoming)
        return replace(update, incoming=incoming)

    async def _lacks_name(self, incoming: Incoming) -> bool:
        async with self._store.read() as tx:
            return await self._conversation.lacks_name(tx, incoming)

    async def _is_known(self, incoming: Incoming) -> bool:
        """Whether the sender is a member: pictures of strangers are not fetched."""
        async with self._store.read() as tx:
            return await self._conversation.knows(tx, incoming)

    async def _run(self, update: QueuedUpdate, offload: Offload) -> _Handled:
        return await self._retry.run(lambda: self._transact(update, offload))

    async def _transact(self, update: QueuedUpdate, offload: Offload) -> _Handled:
        """Idempotent: the effect and the mark as handled are in one transaction."""
        async with self._concurrency:
            return await in_transaction(self._store, partial(self._handle, update, offload))

    async def _handle(
        self, update: QueuedUpdate, offload: Offload, tx: Tx, refused: Refused | None
    ) -> _Handled:
        answer = await self._answer_in(tx, update, offload, refused)
        return _Handled(answer, wake.has_queued(tx))

    async def _answer_in(
        self, tx: Tx, update: QueuedUpdate, offload: Offload, refused: Refused | None
    ) -> Answer:
        if not await updates.take(tx, update.ids):
            return []
        if update.suspicion is Suspicion.TO_SET_ASIDE:
            return await self._set_aside(tx, update.incoming)
        if update.verdict is FloodVerdict.WARN:
            return await self._conversation.ask_to_wait(tx, update.incoming)
        incoming = await self._marked_if_late(tx, update)
        return await self._conversation.answer(tx, incoming, offload, refused)

    async def _marked_if_late(self, tx: Tx, update: QueuedUpdate) -> Incoming:
        incoming = update.incoming
        if not incoming.album or incoming.is_late_part:
            return incoming
        messenger, album = incoming.sender.messenger, incoming.album
        is_late = await updates.has_handled_part(tx, messenger, album, besides=update.ids)
        return replace(incoming, is_late_part=is_late)

    async def _set_aside(self, tx: Tx, incoming: Incoming) -> Answer:
        """Sets aside a poison update (dead letter), which crashed the process twice when alone."""
        reference = self._store.ids.code(_REFERENCE_LETTERS)
        log.error(
            "poison update set aside: it crashed the process twice",
            update_kind=incoming.kind.value,
            media=incoming.media.kind.value if incoming.media else "",
            reference=reference,
        )
        await alarm_messages.notify_set_aside(tx, self._conversation.club, reference)
        return self._conversation.apology(incoming, reference, again=False)
