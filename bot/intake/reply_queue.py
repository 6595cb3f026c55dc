"""Replies of one chat that wait to be sent: in order, without delaying the next update's effect."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import structlog

from bot.replies.router import ReplyRouter
from handlers.messages import Answer, Incoming, MenuChange

log = structlog.stdlib.get_logger()

PENDING_MAX = 20
"""Replies of one chat that may wait. Beyond this the oldest is dropped, since the newest shows the
current state; its menu changes are sent all the same, since they may be of other chats."""

CLOSING_S = 4.0
"""Seconds in which pending replies may still be sent at stop; the whole stop takes at most 9."""


@dataclass(frozen=True)
class _Pending:
    incoming: Incoming
    answer: Answer
    on_done: Callable[[], None]

    @property
    def menus(self) -> Answer:
        """The menu changes of the answer, which are never dropped."""
        return [piece for piece in self.answer if isinstance(piece, MenuChange)]

    @property
    def is_droppable(self) -> bool:
        """False only when the answer consists of menu changes alone."""
        return not self.menus or len(self.menus) < len(self.answer)


class ReplyQueue:
    """Sends the replies of one chat, one after the other, in a task of its own.

    A messenger may rate-limit one chat (429) for a minute. What the person asks for meanwhile, such
    as to unsubscribe, has its effect at once; only the replies wait.
    """

    def __init__(self, router: ReplyRouter, *, closing_s: float = CLOSING_S) -> None:
        self._router = router
        self._closing_s = closing_s
        self._pending: deque[_Pending] = deque()
        self._sending = False
        self._changed = asyncio.Event()
        self.on_idle: Callable[[], None] = lambda: None
        """Called each time the last pending reply was sent."""

    @property
    def is_idle(self) -> bool:
        """Whether every reply was sent, given up or dropped."""
        return not (self._pending or self._sending)

    def put(self, incoming: Incoming, answer: Answer, on_done: Callable[[], None]) -> None:
        """Queues a reply; `on_done` is called once it was sent, given up or dropped."""
        droppable = [index for index, pending in enumerate(self._pending) if pending.is_droppable]
        if len(droppable) >= PENDING_MAX:
            log.warning("reply dropped: too many are pending in the same chat")
            self._drop(droppable[0])
        self._pending.append(_Pending(incoming, answer, on_done))
        self._changed.set()

    def _drop(self, index: int) -> None:
        dropped = self._pending[index]
        if dropped.menus:
            self._pending[index] = replace(dropped, answer=dropped.menus)
        else:
            del self._pending[index]
            dropped.on_done()

    @asynccontextmanager
    async def sending(self) -> AsyncIterator[None]:
        """Sends what is put inside the block, and what is still pending when it is left.

        What cannot be sent within `closing_s` after that is dropped.
        """
        closed = asyncio.Event()
        async with asyncio.TaskGroup() as tasks:
            sender = tasks.create_task(self._send_until(closed))
            try:
                yield
            finally:
                closed.set()
                self._changed.set()
            _, late = await asyncio.wait([sender], timeout=self._closing_s)
            if late:
                sender.cancel()
        self._drop_all()

    def _drop_all(self) -> None:
        if self._pending:
            log.warning("pending replies dropped at stop", count=len(self._pending))
        while self._pending:
            self._pending.popleft().on_done()

    async def _send_until(self, closed: asyncio.Event) -> None:
        while self._pending or not closed.is_set():
            if not self._pending:
                self._changed.clear()
                await self._changed.wait()
                continue
            await self._send(self._pending.popleft())
            if not self._pending:
                self.on_idle()

    async def _send(self, pending: _Pending) -> None:
        self._sending = True
        try:
            await self._router.route(pending.incoming, pending.answer)
        except Exception:  # its effect is committed, and one reply must not end the intake
            log.exception("reply lost")
        finally:
            self._sending = False
            pending.on_done()
