"""Alarms: messages to officers, sent directly, since the outbox may be what is broken."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

import structlog

from handlers import alarm_messages
from handlers.alarm_messages import AlarmKind, AlarmRecipient
from handlers.conversation import ClubSettings
from handlers.messages import Message, Messenger, MessengerError
from scheduler.pacing.limiter import INTERACTIVE, RateLimiter
from storage.database import Store
from storage.database.event_wait import wait_for

_TICK_S = 1.0
_CHECK_TIMEOUT_S = 10.0
_REFRESH_RECIPIENTS_S = 60.0
"""How often recipients are read while no alarm is raised; later they may not be readable."""
_SEND_TIMEOUT_S = 30.0
_QUIET_S = 600.0
"""An alarm that was raised less than this ago is not raised again, so that it does not flap."""

Details = Mapping[str, str]
"""The variables of an alarm's sentence."""
Check = Callable[[], Awaitable[Details | None]]
"""One alarm check: `OK`, or the details of what is wrong. An error or a timeout changes nothing."""
OK: Details | None = None

log = structlog.stdlib.get_logger()


@dataclass(frozen=True)
class AlarmChannel:
    """One messenger account that alarms are sent through."""

    messenger: Messenger
    rate_limiter: RateLimiter


@dataclass
class Alarm:
    """One alarm: its check, how often that runs, and whether the alarm is raised."""

    kind: AlarmKind
    check: Check
    every_s: float = _TICK_S
    is_raised: bool = False
    stage: str = ""
    """The `stage` of the details that were told, if they have one; another one is told, too."""
    raised_at: float = float("-inf")
    checked_at: float = field(default=float("-inf"), repr=False)


class AlarmMonitor:
    """Runs the checks; tells officers once when an alarm is raised and once when it is resolved."""

    def __init__(
        self,
        store: Store,
        club: ClubSettings,
        channels: Mapping[str, AlarmChannel],
        alarms: Sequence[Alarm],
        *,
        is_leader: Callable[[], bool] = lambda: True,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Of several processes only the leader tells; but each tells of its own timetable."""
        self._store = store
        self._club = club
        self._channels = channels
        self._alarms = alarms
        self._is_leader = is_leader
        self._monotonic = monotonic
        self._recipients: Sequence[AlarmRecipient] = ()
        self._recipients_read_at = float("-inf")

    async def run(self, stop: asyncio.Event) -> None:
        """Checks once a second until `stop`."""
        while not stop.is_set():
            await self.check()
            await wait_for(stop, _TICK_S)

    async def check(self) -> None:
        """Runs the checks that are due, and tells officers what has changed."""
        if not any(alarm.is_raised for alarm in self._alarms):
            await self._refresh_recipients()
        await asyncio.gather(*(self._run_check(alarm) for alarm in self._due()))

    def _due(self) -> list[Alarm]:
        now = self._monotonic()
        return [
            alarm
            for alarm in self._alarms
            if now - alarm.checked_at >= alarm.every_s
            and (alarm.kind is AlarmKind.CLOCK or self._is_leader())
        ]

    async def _run_check(self, alarm: Alarm) -> None:
        alarm.checked_at = self._monotonic()
        try:
            async with asyncio.timeout(_CHECK_TIMEOUT_S):
                details = await alarm.check()
        except Exception as error:  # noqa: BLE001 - the alarm stays as it is
            log.warning("alarm check failed", alarm=alarm.kind.value, kind=type(error).__name__)
            return
        await self._update(alarm, details)

    async def _update(self, alarm: Alarm, details: Details | None) -> None:
        now, name = self._monotonic(), alarm.kind.value
        stage = "" if details is None else details.get("stage", "")
        is_news = not alarm.is_raised or stage != alarm.stage
        if details is not None and is_news and now - alarm.raised_at > _QUIET_S:
            log.error("alarm raised, telling officers", alarm=name, **details)
            alarm.is_raised, alarm.raised_at, alarm.stage = True, now, stage
            await self._tell_all(alarm_messages.raised_message, alarm, details)
        elif details is None and alarm.is_raised:
            log.warning("alarm resolved, telling officers", alarm=name)
            alarm.is_raised = False
            await self._tell_all(alarm_messages.resolved_message, alarm, {})

    async def _refresh_recipients(self) -> None:
        if self._monotonic() - self._recipients_read_at < _REFRESH_RECIPIENTS_S:
            return
        try:
            async with self._store.read() as tx:
                self._recipients = await alarm_messages.recipients(tx, self._club)
        except Exception as error:  # noqa: BLE001 - the recipients read last are told
            log.warning("alarm recipients could not be read", kind=type(error).__name__)
        else:
            self._recipients_read_at = self._monotonic()

    async def _tell_all(
        self,
        write: Callable[[ClubSettings, str, AlarmKind, Details], Message],
        alarm: Alarm,
        details: Details,
    ) -> None:
        for recipient in self._recipients:
            await self._tell(recipient, write(self._club, recipient.language, alarm.kind, details))

    async def _tell(self, recipient: AlarmRecipient, message: Message) -> None:
        """In the first of the recipient's chats that accepts the message."""
        for address in recipient.addresses:
            channel = self._channels.get(address.messenger)
            if channel is None:
                continue
            if not await channel.rate_limiter.acquire(
                INTERACTIVE, address.chat, patience_s=_SEND_TIMEOUT_S
            ):
                continue
            try:
                await channel.messenger.send(address, message)
            except MessengerError as error:
                log.warning("alarm not delivered to an officer", kind=type(error).__name__)
            else:
                return
