"""Telling officers directly that what is due is not done: the outbox may be what is broken."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import structlog

from handlers.alarming import Listener, done_again, listeners, not_done
from handlers.messages import Message, Messenger, MessengerError
from handlers.settings import ClubSettings
from scheduler.pacing import INTERACTIVE, Pace
from scheduler.waiting import wait_for
from storage.engine import Store

_LOOK_S = 1.0
_KNOW_ANEW_S = 60.0
"""How often it is read again whom to tell, while all is well: later it may not be readable."""
_PATIENCE_S = 30.0
_CALM_S = 600.0
"""How long there has to be quiet before a new trouble is told anew."""

log = structlog.stdlib.get_logger()


@dataclass(frozen=True)
class Line:
    """One account to speak through."""

    messenger: Messenger
    pace: Pace


class Alarm:
    """Watches over `trouble`, which says in a few words what is wrong, or nothing."""

    def __init__(
        self,
        store: Store,
        club: ClubSettings,
        lines: Mapping[str, Line],
        trouble: Callable[[], str],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._club = club
        self._lines = lines
        self._trouble = trouble
        self._monotonic = monotonic
        self._listeners: Sequence[Listener] = ()
        self._known_at = float("-inf")
        self._told = False
        self._told_at = float("-inf")

    async def run(self, stop: asyncio.Event) -> None:
        """Watches until `stop`."""
        while not stop.is_set():
            await self.look()
            await wait_for(stop, _LOOK_S)

    async def look(self) -> None:
        """Tells what has changed since the last look."""
        wrong = self._trouble()
        if not wrong:
            await self._know_whom_to_tell()
        if wrong and not self._told and self._monotonic() - self._told_at > _CALM_S:
            log.error("what is due is not done; officers are told", trouble=wrong)
            self._told, self._told_at = True, self._monotonic()
            await self._tell(not_done)
        elif not wrong and self._told:
            log.warning("what is due is done again; officers are told")
            self._told = False
            await self._tell(done_again)

    async def _know_whom_to_tell(self) -> None:
        if self._monotonic() - self._known_at < _KNOW_ANEW_S:
            return
        try:
            async with self._store.read() as tx:
                self._listeners = await listeners(tx)
        except Exception as error:  # noqa: BLE001  (those who are known are told)
            log.warning("whom to tell of trouble cannot be read", kind=type(error).__name__)
        else:
            self._known_at = self._monotonic()

    async def _tell(self, write: Callable[[ClubSettings, str], Message]) -> None:
        for listener in self._listeners:
            line = self._lines.get(listener.address.messenger)
            if line is not None:
                await self._send(line, listener, write(self._club, listener.language))

    async def _send(self, line: Line, listener: Listener, message: Message) -> None:
        chat = listener.address.chat
        if not await line.pace.slot(INTERACTIVE, chat, patience_s=_PATIENCE_S):
            return
        try:
            await line.messenger.send(listener.address, message)
        except MessengerError as error:
            log.warning("an officer could not be told of trouble", kind=type(error).__name__)
