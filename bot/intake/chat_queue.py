"""One chat's updates that wait for their effect, and its answers that wait to be sent."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.intake.flood_control import FloodVerdict
from bot.intake.reply_queue import ReplyQueue
from bot.intake.split_texts import SplitTexts
from bot.replies.router import ReplyRouter
from handlers.messages import Incoming
from scheduler.pacing.event_wait import wait_for
from storage.inbox.poison_updates import TO_BE_TRIED
from storage.models import Suspicion

_LOOK_EVERY_S = 0.3
"""How often the inbox is looked into for the next piece: another process may have received it."""


@dataclass(frozen=True)
class QueuedUpdate:
    """What one person said, read out of the inbox and ruled on: one update, or a split text's."""

    ids: tuple[int, ...]
    chat: bytes | int
    incoming: Incoming
    ruling: FloodVerdict
    slot: int
    suspicion: Suspicion | None = None


@dataclass(frozen=True)
class QueueTiming:
    """How a chat's next update is waited for while its last may be the piece of a text."""

    split_texts: SplitTexts
    wait_s: float
    """The most time between two pieces' arrivals."""
    look: Callable[[], None]
    """Has the inbox looked into."""
    is_stopping: Callable[[], bool]


class ChatQueue:
    """What a client split into several messages leaves it as one."""

    def __init__(self, post: ReplyRouter, patience: QueueTiming) -> None:
        self.letters: deque[QueuedUpdate] = deque()
        self.replies = ReplyQueue(post)
        self.changed = asyncio.Event()
        self.replies.on_idle = self.changed.set
        self._patience = patience

    @property
    def is_done(self) -> bool:
        """Whether nothing waits for its effect and no answer to be sent."""
        return not self.letters and self.replies.is_idle

    def append(self, letter: QueuedUpdate) -> None:
        """Queues an update behind those of the same chat."""
        self.letters.append(letter)
        self.changed.set()

    async def next(self) -> QueuedUpdate | None:
        """The next to be handled; None when there is none, or the process is asked to end.

        Until it is given out, everything stays in the queue.
        """
        pieces = await self._whole()
        if not pieces or self._patience.is_stopping():
            return None
        for _ in pieces:
            self.letters.popleft()
        return self._joined(pieces)

    async def _whole(self) -> list[QueuedUpdate]:
        """Waits until the first text in the queue is whole, or nothing more of it comes."""
        loop, pieces = asyncio.get_running_loop(), self._pieces()
        until = loop.time() + self._patience.wait_s
        while self._may_go_on(pieces) and not self._patience.is_stopping():
            if (rest_s := until - loop.time()) <= 0:
                break
            self.changed.clear()
            self._patience.look()
            await wait_for(self.changed, min(rest_s, _LOOK_EVERY_S))
            if len(found := self._pieces()) > len(pieces):
                until = loop.time() + self._patience.wait_s
            pieces = found
        return pieces

    def _may_go_on(self, pieces: Sequence[QueuedUpdate]) -> bool:
        """Not when something else was said next, or the person is not answered anyway."""
        if not pieces or len(self.letters) > len(pieces) or not _is_joined(pieces[-1]):
            return False
        return self._patience.split_texts.may_go_on([one.incoming for one in pieces])

    def _pieces(self) -> list[QueuedUpdate]:
        """The first in the queue, with all that follows and belongs to it."""
        pieces: list[QueuedUpdate] = []
        for letter in self.letters:
            if pieces and not self._are_one([*pieces, letter]):
                break
            pieces.append(letter)
        return pieces

    def _are_one(self, letters: Sequence[QueuedUpdate]) -> bool:
        return all(_is_joined(one) for one in letters) and self._patience.split_texts.are_one(
            [one.incoming for one in letters]
        )

    def _joined(self, pieces: Sequence[QueuedUpdate]) -> QueuedUpdate:
        if len(pieces) == 1:
            return pieces[0]
        return replace(
            pieces[0],
            ids=tuple(one for piece in pieces for one in piece.ids),
            incoming=self._patience.split_texts.joined([one.incoming for one in pieces]),
            suspicion=_suspicion([one.suspicion for one in pieces]),
        )


def _is_joined(letter: QueuedUpdate) -> bool:
    """What is set aside or left unanswered is so message by message."""
    return letter.ruling is FloodVerdict.ALLOW and letter.suspicion is not Suspicion.TO_SET_ASIDE


def _suspicion(pieces: Sequence[Suspicion | None]) -> Suspicion | None:
    """Handled alone if any piece has to be."""
    return next((one for one in pieces if one in TO_BE_TRIED), pieces[0])
