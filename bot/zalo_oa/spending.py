"""What an Official Account's messages may cost, and what the platform says of its quota."""

import asyncio
from collections.abc import Awaitable, Callable
from zoneinfo import ZoneInfo

import structlog

from bot.zalo_oa.outgoing import most_messages
from bot.zalo_oa.settings import ZaloOaSettings
from bot.zalo_oa.updates import MESSENGER
from handlers.announcing.auto_pause import notify_paid
from handlers.conversation import ClubSettings
from handlers.messages import Charge, MessengerError
from scheduler.delivery.charge_reports import ChargeReports
from storage.database import Store
from storage.database.event_wait import wait_for
from storage.outbox import charges
from storage.outbox.metering import Metering, SpendingLimits

log = structlog.stdlib.get_logger()

_WRITE_EVERY_S = 2.0
"""How often charges of answers are stored, which are rare: answers are free."""
_ASK_EVERY = 150
"""After how many writes the quota is asked for: every five minutes."""


def metering_of(settings: ZaloOaSettings, timezone: ZoneInfo) -> dict[str, Metering]:
    """The account with its limits, by its messenger; empty without an account."""
    if not settings.is_used:
        return {}
    limits = SpendingLimits(
        announcement_messages=settings.announcement_messages,
        announcement_dong=settings.announcement_dong,
        month_messages=settings.month_messages,
        month_dong=settings.month_dong,
        price_dong=settings.price_dong,
    )
    return {MESSENGER: Metering(MESSENGER, settings.window, limits, timezone, most_messages)}


class QuotaMonitor:
    """Keeps the rest of the package's quota known, and counts answers that were charged."""

    def __init__(
        self,
        store: Store,
        club: ClubSettings,
        metering: Metering,
        reports: ChargeReports,
        ask: Callable[[], Awaitable[int | None]],
    ) -> None:
        self._store = store
        self._club = club
        self._metering = metering
        self._reports = reports
        self._ask = ask

    async def run(self, stop: asyncio.Event) -> None:
        """Works until `stop`; an error is logged and met again later."""
        rounds, asked_in = 0, None
        while not stop.is_set():
            present = self._store.clock.now().astimezone(self._metering.timezone).month
            if rounds % _ASK_EVERY == 0 or present != asked_in:
                await self.ask()
                asked_in = present
            rounds += 1
            await self.write()
            await wait_for(stop, _WRITE_EVERY_S)
        await self.write()

    async def ask(self) -> None:
        """Asks the platform for the rest of the quota.

        After an error the known one stays; an unknown one counts as none until the next time, since
        deliveries wait for the answer.
        """
        try:
            async with self._store.read() as tx:
                before = await charges.month(tx, self._metering)
            left = await self._ask()
            async with self._store.write() as tx:
                await charges.note_stated_quota(tx, self._metering, left or 0, before)
        except MessengerError as error:
            log.warning("the quota could not be read", kind=type(error).__name__)
            await self._take_for_none()
        except Exception as error:  # noqa: BLE001 - what it watches must go on
            log.warning("the quota was not stored, retrying", kind=type(error).__name__)
            await self._take_for_none()

    async def _take_for_none(self) -> None:
        try:
            async with self._store.write() as tx:
                await charges.note_unknown_quota(tx, self._metering)
        except Exception as error:  # noqa: BLE001 - what it watches must go on
            log.warning("the quota was not stored, retrying", kind=type(error).__name__)

    async def write(self) -> None:
        """Stores charges of answers; on an error they are kept for the next attempt."""
        counted = list(self._reports.of_answers)
        if not counted:
            return
        try:
            async with self._store.write() as tx:
                await charges.count_charged(tx, self._metering, counted)
                if Charge.PAID in counted:
                    await notify_paid(tx, self._club, self._metering.messenger)
        except Exception as error:  # noqa: BLE001 - what it counts must go on
            log.warning("charges not stored, retrying", kind=type(error).__name__)
        else:
            del self._reports.of_answers[: len(counted)]
