"""Queueing: fetches stored updates in batches and serves each chat's in order, chats concurrently."""

import asyncio
from contextlib import suppress

from bot.intake.chat_queue import ChatQueue, QueuedUpdate, QueueTiming
from bot.intake.database_retry import DatabaseRetry, Stopping
from bot.intake.flood_control import FloodVerdict
from bot.intake.partition import InboxPartition
from bot.intake.reply_queue import ReplyQueue
from bot.intake.split_texts import PIECES_MAX, SplitTexts
from bot.intake.update_handler import UpdateHandler
from bot.replies.router import ReplyRouter
from storage.database.event_wait import wait_for
from storage.inbox.chat_leases import Capacity
from storage.inbox.updates import WaitingUpdate

_PER_CHAT_MAX = 20
"""Updates of one chat in memory; a chat that sends a thousand leaves room for all others."""
RENEW_EVERY_S = 5.0
"""Seconds after which the leases of chats are renewed."""


class InboxReader:
    """Keeps at most a batch of updates in memory; the rest waits in the inbox."""

    def __init__(
        self,
        partition: InboxPartition,
        handler: UpdateHandler,
        router: ReplyRouter,
        retry: DatabaseRetry,
        *,
        arrived: asyncio.Event,
        stop: asyncio.Event,
        split_wait_s: float,
    ) -> None:
        """`arrived` is set when updates were stored."""
        self._partition = partition
        self._handler = handler
        self._router = router
        self._retry = retry
        self._arrived = arrived
        self._stop = stop
        self._timing = QueueTiming(
            SplitTexts(router.text_limit), split_wait_s, arrived.set, stop.is_set
        )
        self._in_progress: set[int] = set()
        """Updates in memory, from being fetched until their effect is committed."""
        self._has_more = False
        self._full_queues: set[bytes | int] = set()
        self._chat_queues: dict[bytes | int, ChatQueue] = {}

    async def run(self) -> None:
        """Reads until `stop`; what is being handled then is finished, the rest stays stored."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._wake_when_stopped())
            with suppress(Stopping):
                await self._retry.run(self._partition.begin)
                while not self._stop.is_set():
                    await self._fetch_batch(tasks)

    async def _wake_when_stopped(self) -> None:
        await self._stop.wait()
        self._arrived.set()
        for queue in self._chat_queues.values():
            queue.changed.set()
        await self._handler.withdraw()

    async def _fetch_batch(self, tasks: asyncio.TaskGroup) -> None:
        """Puts the next stored updates into their chats' queues; waits when there are none."""
        self._arrived.clear()
        limit = self._partition.capacity_max - len(self._in_progress)
        had_leases_to_return = self._partition.has_leases_to_return
        fetched = await self._retry.run(lambda: self._fetch(limit))
        parsed = [update for row in fetched if (update := self._handler.parse(row))]
        accepted = [update for update in parsed if update.verdict is not FloodVerdict.DROP]
        accepted_ids = {update_id for update in accepted for update_id in update.ids}
        await self._handler.skip({row.id for row in fetched} - accepted_ids)
        self._partition.release_skipped(fetched, accepted_ids)
        for update in accepted:
            self._enqueue(update, tasks)
        self._has_more = 0 < limit == len(fetched)
        # The pieces of one text that is being handled have left their queue already.
        self._full_queues = {
            chat
            for chat, queue in self._chat_queues.items()
            if len(queue.updates) + PIECES_MAX >= _PER_CHAT_MAX
        }
        # Not after leases were returned: updates of those chats may have come after the query. Not
        # after updates were skipped: more may wait behind them.
        if len(accepted) == len(fetched) and not had_leases_to_return:
            await wait_for(self._arrived, RENEW_EVERY_S if self._partition.has_leases else None)

    async def _fetch(self, limit: int) -> list[WaitingUpdate]:
        return await self._partition.fetch(Capacity(limit, _PER_CHAT_MAX, self._in_progress))

    def _enqueue(self, update: QueuedUpdate, tasks: asyncio.TaskGroup) -> None:
        self._in_progress.update(update.ids)
        queue = self._chat_queues.get(update.chat)
        if queue is None:
            queue = self._chat_queues[update.chat] = ChatQueue(self._router, self._timing)
            tasks.create_task(self._serve(update.chat, queue))
        queue.append(update)

    async def _serve(self, chat: bytes | int, queue: ChatQueue) -> None:
        """Handles one chat's queue; the lease of the chat is kept until all replies are sent."""
        async with queue.replies.sending():
            while not (self._stop.is_set() or queue.is_done):
                queue.changed.clear()
                if update := await queue.next():
                    await self._handle(update, queue.replies)
                    if chat in self._full_queues and not queue.updates:
                        self._arrived.set()
                elif not self._stop.is_set():
                    await queue.changed.wait()
            del self._chat_queues[chat]

    async def _handle(self, update: QueuedUpdate, replies: ReplyQueue) -> None:
        try:
            await self._handler.handle(update, replies, lambda: self._release(update))
        except Stopping:
            self._release(update)
        self._in_progress.difference_update(update.ids)
        if self._has_more and len(self._in_progress) <= self._partition.capacity_max // 2:
            self._arrived.set()

    def _release(self, update: QueuedUpdate) -> None:
        """Allows another process to handle the chat's next update."""
        for _ in update.ids:
            self._partition.release(update.slot)
        if self._partition.has_leases_to_return:
            self._arrived.set()
