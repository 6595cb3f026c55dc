"""Telling officers directly that something needs a person: the outbox may be what is broken."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

import structlog

from handlers import alarm_messages
from handlers.alarm_messages import AlarmKind, AlarmRecipient
from handlers.conversation.settings import ClubSettings
from handlers.messages import Message, Messenger, MessengerError
from scheduler.pacing.event_wait import wait_for
from scheduler.pacing.limiter import INTERACTIVE, RateLimiter
from storage.database.engine import Store

_LOOK_S = 1.0
_LOOK_PATIENCE_S = 10.0
_KNOW_ANEW_S = 60.0
"""How often it is read again whom to tell, while all is well: later it may not be readable."""
_PATIENCE_S = 30.0
_CALM_S = 600.0
"""How long there has to be quiet before a new trouble is told anew."""

Values = Mapping[str, str]
"""What stands in the sentences about a trouble."""
Check = Callable[[], Awaitable[Values | None]]
"""None when all is well. What raises or hangs knows nothing new."""

log = structlog.stdlib.get_logger()


@dataclass(frozen=True)
class AlarmChannel:
    """One account to speak through."""

    messenger: Messenger
    rate_limiter: RateLimiter


@dataclass
class AlarmState:
    """One thing that is looked at, and what officers have been told of it."""

    kind: AlarmKind
    check: Check
    every_s: float = _LOOK_S
    is_announced: bool = False
    announced_at: float = float("-inf")
    checked_at: float = field(default=float("-inf"), repr=False)


class AlarmMonitor:
    """Watches, and tells officers once when something begins and once when it is over."""

    def __init__(
        self,
        store: Store,
        club: ClubSettings,
        lines: Mapping[str, AlarmChannel],
        watches: Sequence[AlarmState],
        *,
        leads: Callable[[], bool] = lambda: True,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Of several processes the one that `leads` tells; of its own clock each tells itself."""
        self._store = store
        self._club = club
        self._lines = lines
        self._watches = watches
        self._leads = leads
        self._monotonic = monotonic
        self._listeners: Sequence[AlarmRecipient] = ()
        self._known_at = float("-inf")

    async def run(self, stop: asyncio.Event) -> None:
        """Watches until `stop`."""
        while not stop.is_set():
            await self.check()
            await wait_for(stop, _LOOK_S)

    async def check(self) -> None:
        """Looks at what is to be looked at now, and tells what has changed since the last look."""
        if not any(watch.is_announced for watch in self._watches):
            await self._refresh_recipients()
        await asyncio.gather(*(self._check_one(watch) for watch in self._due()))

    def _due(self) -> list[AlarmState]:
        now = self._monotonic()
        return [
            watch
            for watch in self._watches
            if now - watch.checked_at >= watch.every_s
            and (watch.kind is AlarmKind.CLOCK or self._leads())
        ]

    async def _check_one(self, watch: AlarmState) -> None:
        watch.checked_at = self._monotonic()
        try:
            async with asyncio.timeout(_LOOK_PATIENCE_S):
                wrong = await watch.check()
        except Exception as error:  # noqa: BLE001  (what cannot be looked at is as it was)
            log.warning("not to be seen", what=watch.kind.value, kind=type(error).__name__)
            return
        await self._tell_change(watch, wrong)

    async def _tell_change(self, watch: AlarmState, wrong: Values | None) -> None:
        now, name = self._monotonic(), watch.kind.value
        if wrong is not None and not watch.is_announced and now - watch.announced_at > _CALM_S:
            log.error("something needs a person; officers are told", what=name, **wrong)
            watch.is_announced, watch.announced_at = True, now
            await self._tell(alarm_messages.raised_message, watch, wrong)
        elif wrong is None and watch.is_announced:
            log.warning("it is well again; officers are told", what=name)
            watch.is_announced = False
            await self._tell(alarm_messages.resolved_message, watch, {})

    async def _refresh_recipients(self) -> None:
        if self._monotonic() - self._known_at < _KNOW_ANEW_S:
            return
        try:
            async with self._store.read() as tx:
                self._listeners = await alarm_messages.recipients(tx)
        except Exception as error:  # noqa: BLE001  (those who are known are told)
            log.warning("whom to tell of trouble cannot be read", kind=type(error).__name__)
        else:
            self._known_at = self._monotonic()

    async def _tell(
        self,
        write: Callable[[ClubSettings, str, AlarmKind, Values], Message],
        watch: AlarmState,
        values: Values,
    ) -> None:
        for listener in self._listeners:
            await self._send(listener, write(self._club, listener.language, watch.kind, values))

    async def _send(self, listener: AlarmRecipient, message: Message) -> None:
        """In the first chat that takes it."""
        for address in listener.addresses:
            line = self._lines.get(address.messenger)
            if line is None:
                continue
            if not await line.rate_limiter.acquire(
                INTERACTIVE, address.chat, patience_s=_PATIENCE_S
            ):
                continue
            try:
                await line.messenger.send(address, message)
            except MessengerError as error:
                log.warning("an officer could not be told of trouble", kind=type(error).__name__)
            else:
                return
