"""The intake: stores updates in the inbox, and handles what is stored.

See docs/decisions/0020-durable-inbox.md. Queueing is in `inbox_reader`, handling in `update_handler`.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from bot.intake.database_retry import DatabaseRetry
from bot.intake.flood_control import FloodControl
from bot.intake.inbox_payload import pack
from bot.intake.inbox_reader import RENEW_EVERY_S, InboxReader
from bot.intake.input_sanitizing import set_aside_if_broken
from bot.intake.partition import InboxPartition
from bot.intake.split_texts import IntakeSettings
from bot.intake.update_handler import UpdateHandler, UpdateMeter
from bot.replies.router import ReplyRouter
from handlers.conversation.dispatcher import Conversation
from handlers.messages import Incoming
from handlers.worker_tasks import Workers
from scheduler.agenda import Entry
from storage.database import Store, Tx
from storage.inbox import updates
from storage.inbox.updates import NewUpdate

_DEFAULTS: Final = IntakeSettings()


class UpdateProcessor:
    """Updates of one chat have their effect in order, those of different chats concurrently."""

    def __init__(
        self,
        store: Store,
        conversation: Conversation,
        router: ReplyRouter,
        flood_control: FloodControl,
        workers: Workers,
        *,
        on_queued: Callable[[], None] = lambda: None,
        meter: UpdateMeter | None = None,
        settings: IntakeSettings = _DEFAULTS,
    ) -> None:
        """`on_queued` is called once the reply of an update that queued a delivery was sent."""
        self._store = store
        self._conversation = conversation
        self._router = router
        self._meter = meter
        self._settings = settings
        self._arrived = asyncio.Event()
        self._build_handler = partial(
            UpdateHandler,
            store,
            conversation,
            router,
            flood_control,
            workers,
            on_queued=on_queued,
            meter=meter,
        )

    @property
    def entry(self) -> Entry:
        """Due while an update waits that this process, or one that died, has not handled yet."""
        return Entry("inbox", updates.first_waiting(), self._arrived.set, pause_s=RENEW_EVERY_S)

    async def receive(self, arrivals: Sequence[Incoming]) -> None:
        """Stores updates; once this returns they may be acknowledged to the messenger.

        Idempotent: an update that is stored already is left as it is.

        Raises:
            Exception: any error of the database; then nothing was stored.
        """
        if not arrivals:
            return
        async with self._store.write(quiet=True) as tx:
            wanted = [await self._without_unread_origin(tx, incoming) for incoming in arrivals]
            packed = [set_aside_if_broken(partial(self._pack, incoming)) for incoming in wanted]
            rows = [row for row in packed if row is not None]
            await updates.put(tx, rows)
        if self._meter is not None:
            for messenger, count in Counter(row.messenger for row in rows).items():
                self._meter.received(messenger, count)
        self._arrived.set()

    async def _without_unread_origin(self, tx: Tx, incoming: Incoming) -> Incoming:
        """Drops the address of a forwarded post, unless the sender's step asked for it.

        Refusal: no-record-of-authors.
        """
        if not incoming.channel_post or await self._conversation.reads_channel_post(tx, incoming):
            return incoming
        return replace(incoming, channel_post="")

    def _pack(self, incoming: Incoming) -> NewUpdate:
        # A time in the future would stop the refill of the chat's token bucket until then.
        incoming = replace(incoming, at=min(incoming.at, self._store.clock.now()))
        sender = incoming.sender
        key, album = incoming.update_key, incoming.album or None
        return NewUpdate(sender.messenger, key, sender.chat, pack(incoming), album)

    async def run(self, stop: asyncio.Event) -> None:
        """Handles every stored update, those of an earlier process first; ends after `stop`.

        What is being handled when `stop` is set is finished, the rest waits in the inbox. What was
        being handled when a process crashed is handled alone (`crash_recovery`).
        """
        retry = DatabaseRetry(stop)
        partition = InboxPartition(self._store)
        reader = InboxReader(
            partition,
            self._build_handler(retry=retry),
            self._router,
            retry,
            arrived=self._arrived,
            stop=stop,
            split_wait_s=self._settings.split_wait_s,
        )
        try:
            await reader.run()
        except asyncio.CancelledError:
            # A late stop, or another part of the process failed: no update is to blame.
            await asyncio.shield(partition.leave())
            raise
        await partition.leave()
