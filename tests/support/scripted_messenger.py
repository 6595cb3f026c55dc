"""A messenger with scripted failures, and a delivery worker that sends through it."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from handlers.messages import (
    Address,
    Album,
    Limits,
    MapPoint,
    MenuEntry,
    Message,
    Part,
    Prepared,
    Suggestion,
)
from scheduler.delivery.charge_reports import MeteredAccount
from scheduler.delivery.progress import ProgressUpdater
from scheduler.delivery.retry_policy import RetryPolicy
from scheduler.delivery.sender import Sender
from scheduler.delivery.worker import DeliveryParts, DeliveryWorker
from scheduler.lease import Leadership
from scheduler.pacing.limiter import RateLimiter
from scheduler.settings import DeliverySettings, PaceSettings
from tests.support.club import ClubInATest
from tests.support.manual_clock import SimulatedTime
from tests.support.outbox_rows import Outbox
from tests.support.waiting import poll

LIMITS = Limits(text=4096, caption=1024, most_buttons=100, pins=True, maps=True)
FAST = PaceSettings(per_second=1000, per_chat_s=0.0)
SETTINGS = DeliverySettings()


@dataclass
class ScriptedMessenger:
    """Records calls and fails by `script`."""

    name: str = "telegram"
    limits: Limits = LIMITS
    sent: list[tuple[str, Message]] = field(default_factory=list)
    albums: list[tuple[str, Album]] = field(default_factory=list)
    points: list[tuple[str, MapPoint]] = field(default_factory=list)
    pinned: list[tuple[str, str]] = field(default_factory=list)
    edits: list[tuple[str, str, Message]] = field(default_factory=list)
    deleted: list[tuple[str, str]] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    """The chat of every attempt to send, failed ones too."""
    script: dict[str, list[Exception | None]] = field(default_factory=lambda: defaultdict(list))
    """The errors in a chat, one for each attempt; None: the attempt succeeds."""
    hold: asyncio.Event | None = None
    """Sends wait for this event before they end."""

    def fails(self, chat: str, *errors: Exception | None) -> None:
        """The next attempts in this chat end like this."""
        self.script[chat] += errors

    async def send(self, to: Address, message: Message) -> list[str]:
        """Records the attempt, waits for `hold`, then fails by `script` or records the message."""
        self.calls.append(to.chat)
        if self.hold is not None:
            await self.hold.wait()
        self._raise_scripted(to.chat)
        self.sent.append((to.chat, message))
        return [str(len(self.calls))]

    def prepare(self, part: Part) -> Prepared:
        """A send of this part, by the same script."""
        if isinstance(part, Album):
            return partial(self._send_album, album=part)
        if isinstance(part, MapPoint):
            return partial(self._send_point, point=part)
        return partial(self.send, message=part)

    async def _send_album(self, to: Address, album: Album) -> list[str]:
        self._raise_scripted(to.chat)
        self.albums.append((to.chat, album))
        return [f"album {number}" for number, _ in enumerate(album.media, 1)]

    async def _send_point(self, to: Address, point: MapPoint) -> list[str]:
        self._raise_scripted(to.chat)
        self.points.append((to.chat, point))
        return ["point"]

    async def pin(self, to: Address, message_id: str) -> None:
        """Pins a message, by the same script."""
        self._raise_scripted(to.chat)
        self.pinned.append((to.chat, message_id))

    async def unpin(self, to: Address, message_id: str) -> None:
        """Unpins a message, by the same script."""
        self._raise_scripted(to.chat)
        self.pinned.remove((to.chat, message_id))

    def keeps(self, file: str) -> bool:
        """Every file id is its own."""
        return True

    async def fetch(self, file: str, limit: int) -> bytes:
        """Every file is empty."""
        return b""

    async def edit(self, to: Address, message_id: str, message: Message) -> None:
        """Records the edit, by the same script."""
        self._raise_scripted(to.chat)
        self.edits.append((to.chat, message_id, message))

    async def delete(self, to: Address, message_id: str) -> None:
        """Records the deletion, by the same script."""
        self._raise_scripted(to.chat)
        self.deleted.append((to.chat, message_id))

    async def display_name(self, to: Address) -> str:
        """Empty: updates carry names."""
        return ""

    async def acknowledge(self, press_id: str, toast: str, *, alert: bool) -> None:
        """Has no effect."""

    async def set_menu(
        self, to: Address | None, entries: Sequence[MenuEntry], language: str
    ) -> None:
        """Has no effect."""

    async def suggest(self, lookup_id: str, found: Sequence[Suggestion]) -> None:
        """Has no effect."""

    async def typing(self, to: Address) -> None:
        """Has no effect."""

    def texts(self, chat: str) -> list[str]:
        """The texts that arrived in one chat."""
        return [message.text for to, message in self.sent if to == chat]

    def _raise_scripted(self, chat: str) -> None:
        if self.script[chat] and (trouble := self.script[chat].pop(0)):
            raise trouble


class DeliveryHarness:
    """The outbox of one club, emptied by a worker while `running`."""

    def __init__(
        self,
        club: ClubInATest,
        settings: DeliverySettings = SETTINGS,
        messenger: ScriptedMessenger | None = None,
        *,
        metered: MeteredAccount | None = None,
    ) -> None:
        self.club = club
        self.metered = metered
        self.box = Outbox(club.store)
        self.messenger = messenger or ScriptedMessenger()
        self.time = SimulatedTime()
        self.pace = RateLimiter(FAST, self.time, self.time.sleep)
        self.settings = settings
        self.progress = ProgressUpdater(
            club.store, club.settings, self.messenger, self.pace, self.time
        )
        self.leadership = Leadership(club.store, self.messenger.name, settings.leadership)
        self.worker = self.new_worker()

    def new_worker(self) -> DeliveryWorker:
        """A delivery worker on the database of the club."""
        judge = RetryPolicy(self.settings, random=lambda: 1.0)
        sender = Sender(
            self.club.store, self.messenger, self.pace, judge, self.time, metered=self.metered
        )
        parts = DeliveryParts(
            self.club.store,
            self.club.settings,
            sender,
            self.pace,
            self.leadership,
            self.progress,
        )
        return DeliveryWorker(parts, self.settings)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """The worker runs inside the block and is stopped in an orderly way after it."""
        stop = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            group.create_task(self.worker.run(stop))
            try:
                yield
            finally:
                stop.set()

    async def until(self, reached: Callable[[list[Any]], bool]) -> None:
        """Nudges the worker until the states of all rows are as asked, twice running.

        Once is not enough: the rows may have been read before what else is asked for happened.
        """

        async def is_reached() -> bool:
            if reached(await self.box.states()) and reached(await self.box.states()):
                return True
            self.worker.nudge()
            return False

        await poll(is_reached)

    async def deliver(self, *states: Any) -> None:
        """Runs until the rows are in exactly these states."""
        async with self.running():
            await self.until(lambda found: found == list(states))
