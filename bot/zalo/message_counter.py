"""Counts the messages of the account, of which Zalo sells a monthly quota."""

import asyncio
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from bot.zalo.updates import MESSENGER
from storage.database import Store
from storage.database.event_wait import wait_for
from storage.outbox import monthly_quota

log = structlog.stdlib.get_logger()

_WRITE_EVERY_S = 2.0


class MessageCounter:
    """Stores the count every 2 seconds; a killed process loses what it counted since."""

    def __init__(self, store: Store, monthly_quota: int, timezone: ZoneInfo) -> None:
        self._store = store
        self._quota = monthly_quota
        self._timezone = timezone
        self._unwritten = 0
        self._written = 0

    def add(self, messages: int) -> None:
        """Counts sent messages."""
        self._unwritten += messages

    @property
    def is_spent(self) -> bool:
        """Whether the quota is used up, so that only replies are sent until next month."""
        return 0 < self._quota <= self._written + self._unwritten

    @property
    def next_month(self) -> datetime:
        """When the next monthly quota begins."""
        now = self._store.clock.now().astimezone(self._timezone)
        first = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        return (first + timedelta(days=32)).replace(day=1)

    @property
    def next_day(self) -> datetime:
        """When to retry after Zalo refused a message because the quota is used up."""
        now = self._store.clock.now().astimezone(self._timezone)
        return now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)

    async def run(self, stop: asyncio.Event) -> None:
        """Stores the count every 2 seconds until `stop`, and once more then."""
        while not stop.is_set():
            await self.write()
            await wait_for(stop, _WRITE_EVERY_S)
        await self.write()

    async def write(self) -> None:
        """Stores the count; on an error it is kept for the next attempt."""
        counted, self._unwritten = self._unwritten, 0
        try:
            # Other processes count, too, so the sum is read even if there is nothing to add.
            opened = self._store.write(quiet=True) if counted else self._store.read()
            async with opened as tx:
                if counted:
                    await monthly_quota.count(tx, MESSENGER, self._timezone, counted)
                self._written = await monthly_quota.sent(tx, MESSENGER, self._timezone)
        except Exception as error:  # noqa: BLE001 - counting must not stop what is counted
            self._unwritten += counted
            log.warning("message count not stored, retrying", kind=type(error).__name__)
