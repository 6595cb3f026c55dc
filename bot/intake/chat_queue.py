"""One chat's queue: updates that wait to be handled, and replies that wait to be sent."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.intake import albums
from bot.intake.flood_control import FloodVerdict
from bot.intake.reply_queue import ReplyQueue
from bot.intake.split_texts import SplitTexts
from bot.replies.router import ReplyRouter
from handlers.messages import Incoming
from storage.database.event_wait import wait_for
from storage.inbox.poison_updates import TO_BE_TRIED
from storage.models import Suspicion

_POLL_EVERY_S = 0.3
"""Seconds between two polls of the inbox for the next piece, which another process may receive."""


@dataclass(frozen=True)
class QueuedUpdate:
    """A parsed update with the verdict of the flood check; several ids for a split text or album."""

    ids: tuple[int, ...]
    chat: bytes | int
    incoming: Incoming
    verdict: FloodVerdict
    slot: int
    suspicion: Suspicion | None = None


@dataclass(frozen=True)
class QueueTiming:
    """How long to wait for the next piece of a split text, or the next part of an album."""

    split_texts: SplitTexts
    wait_s: float
    """The longest time between the arrivals of two pieces."""
    poll_inbox: Callable[[], None]
    is_stopping: Callable[[], bool]


class ChatQueue:
    """Returns updates in order; a text that a client split, or an album, as one update."""

    def __init__(self, router: ReplyRouter, timing: QueueTiming) -> None:
        self.updates: deque[QueuedUpdate] = deque()
        self.replies = ReplyQueue(router)
        self.changed = asyncio.Event()
        self.replies.on_idle = self.changed.set
        self._timing = timing
        self._before: Sequence[Incoming] = ()
        """The pieces that were returned last, and the album that they were."""
        self._album = ""

    @property
    def is_done(self) -> bool:
        """Whether no update waits to be handled and no reply to be sent."""
        return not self.updates and self.replies.is_idle

    def append(self, update: QueuedUpdate) -> None:
        """Queues an update behind those of the same chat."""
        self.updates.append(update)
        self.changed.set()

    async def next(self) -> QueuedUpdate | None:
        """Waits for the next update; None when the queue is empty or the process is stopping.

        The pieces of a split text or an album stay in the queue until all have arrived.
        """
        pieces = await self._wait_for_pieces()
        if not pieces or self._timing.is_stopping():
            return None
        for piece in pieces:
            self.updates.remove(piece)
        return self._joined(pieces)

    async def _wait_for_pieces(self) -> list[QueuedUpdate]:
        """Waits until the first text or album is complete, or no further piece comes in time."""
        loop, pieces = asyncio.get_running_loop(), self._pieces()
        deadline = loop.time() + self._timing.wait_s
        while self._may_continue(pieces) and not self._timing.is_stopping():
            if (remaining_s := deadline - loop.time()) <= 0:
                break
            self.changed.clear()
            self._timing.poll_inbox()
            await wait_for(self.changed, min(remaining_s, _POLL_EVERY_S))
            before, pieces = len(pieces), self._pieces()
            if len(pieces) > before:
                deadline = loop.time() + self._timing.wait_s
        return pieces

    def _may_continue(self, pieces: Sequence[QueuedUpdate]) -> bool:
        """False when another update follows, or the last piece may not be joined.

        Behind a part of a marked album another update may have arrived before the next part.
        """
        if not pieces or not _is_joined(pieces[-1]):
            return False
        messages = [piece.incoming for piece in pieces]
        if albums.is_marked(messages[0]):
            return albums.may_go_on(messages)
        return len(self.updates) == len(pieces) and (
            albums.may_go_on(messages) or self._timing.split_texts.may_go_on(messages)
        )

    def _pieces(self) -> list[QueuedUpdate]:
        """The first update of the queue with those behind it that continue its text or album.

        The parts of a marked album are found behind other updates, too.
        """
        pieces: list[QueuedUpdate] = []
        for update in self.updates:
            if not pieces or self._are_one([*pieces, update]):
                pieces.append(update)
            elif not albums.is_marked(pieces[0].incoming):
                break
        return pieces

    def _are_one(self, updates: Sequence[QueuedUpdate]) -> bool:
        messages = [update.incoming for update in updates]
        return all(_is_joined(update) for update in updates) and (
            albums.are_one(messages) or self._timing.split_texts.are_one(messages)
        )

    def _joined(self, pieces: Sequence[QueuedUpdate]) -> QueuedUpdate:
        return replace(
            pieces[0],
            ids=tuple(update_id for piece in pieces for update_id in piece.ids),
            incoming=self._one_message([piece.incoming for piece in pieces]),
            suspicion=_suspicion([piece.suspicion for piece in pieces]),
        )

    def _one_message(self, pieces: Sequence[Incoming]) -> Incoming:
        whole = pieces[0]
        if len(pieces) > 1:
            is_album = albums.are_one(pieces)
            whole = (albums if is_album else self._timing.split_texts).joined(pieces)
        if albums.goes_on(self._before, pieces[0]):
            whole = replace(whole, album=self._album, is_late_part=True)
        self._before, self._album = pieces, whole.album
        return whole


def _is_joined(update: QueuedUpdate) -> bool:
    """Whether an update may be joined: not one over the rate limit or to be set aside."""
    return update.verdict is FloodVerdict.ALLOW and update.suspicion is not Suspicion.TO_SET_ASIDE


def _suspicion(pieces: Sequence[Suspicion | None]) -> Suspicion | None:
    """That of the first piece to be handled alone, else that of the first piece."""
    return next((one for one in pieces if one in TO_BE_TRIED), pieces[0])
