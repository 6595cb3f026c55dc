"""Answers of one chat on their way out: in order, and never holding up the effect of a later update."""

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
"""Answers of one chat that may wait; the oldest gives way, since the newest shows how things stand. The
menus that it changes are changed all the same: they may be those of other chats."""

CLOSING_S = 4.0
"""How long pending answers may still be sent when the process is asked to end, which takes 9 s at most."""


@dataclass(frozen=True)
class _Pending:
    incoming: Incoming
    answer: Answer
    on_done: Callable[[], None]

    @property
    def menus(self) -> Answer:
        """What of it is never dropped."""
        return [piece for piece in self.answer if isinstance(piece, MenuChange)]

    @property
    def can_give_way(self) -> bool:
        """Whether something of it may be dropped: more than menus, or an answer without anything."""
        return not self.menus or len(self.menus) < len(self.answer)


class ReplyQueue:
    """Sends the answers of one chat, one after the other, in a task of its own.

    A messenger may ask for a minute of rest in one chat (429). What the person asks for meanwhile,
    such as to get nothing any more, has its effect at once; only the answers wait.
    """

    def __init__(self, office: ReplyRouter, *, closing_s: float = CLOSING_S) -> None:
        self._office = office
        self._closing_s = closing_s
        self._pending: deque[_Pending] = deque()
        self._sending = False
        self._changed = asyncio.Event()
        self.on_idle: Callable[[], None] = lambda: None
        """Called each time when the last pending answer has been sent."""

    @property
    def is_idle(self) -> bool:
        """Whether every answer has been sent or given up."""
        return not (self._pending or self._sending)

    def put(self, incoming: Incoming, answer: Answer, on_done: Callable[[], None]) -> None:
        """Queues the answer; `on_done` is called once it was sent, given up or dropped."""
        giving_way = [place for place, one in enumerate(self._pending) if one.can_give_way]
        if len(giving_way) >= PENDING_MAX:
            log.warning("an answer was dropped: too many wait for the same chat")
            self._drop(giving_way[0])
        self._pending.append(_Pending(incoming, answer, on_done))
        self._changed.set()

    def _drop(self, place: int) -> None:
        dropped = self._pending[place]
        if dropped.menus:
            self._pending[place] = replace(dropped, answer=dropped.menus)
        else:
            del self._pending[place]
            dropped.on_done()

    @asynccontextmanager
    async def sending(self) -> AsyncIterator[None]:
        """Sends what is put inside the block, and what is still pending when it is left.

        What a chat that rests keeps for more than `closing_s` after that is dropped.
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
            log.warning("answers dropped at stop", count=len(self._pending))
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
            await self._office.deliver(pending.incoming, pending.answer)
        finally:
            self._sending = False
            pending.on_done()
