"""Alarm checks, one function for each alarm: `OK`, or the details that its sentence needs."""

import shutil
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from bot.telegram.account import Account
from bot.zalo_oa.tokens import ACCOUNT
from handlers.messages import MessengerError, TokenRefused, messenger_name
from scheduler.agenda import Agenda
from scheduler.alarm import OK, Check, Details
from scheduler.timetable import Timetable
from storage.accounts import account_grants
from storage.accounts.account_grants import GrantStatus
from storage.database import Store
from storage.inbox import updates
from storage.members import contacts
from storage.outbox import dispatch_order
from storage.outbox.quiet_hours import QuietHours

FREE_DISK_MIN_MB = 500
"""Megabytes; below this an operator has to free space before writes of the database fail."""
UPDATE_AGE_MAX = timedelta(minutes=2)
STALLED_AFTER_S = 300.0
"""How long the same delivery may be first in the outbox; each rate limit pause is shorter."""
GRANT_SOON, GRANT_URGENT = timedelta(days=14), timedelta(days=3)
_WEBHOOK_ERROR_AGE_MAX = timedelta(minutes=10)
_PENDING_UPDATES_MAX = 100
_NEARLY_FULL = 0.8


def clock(agenda: Agenda, timetable: Timetable) -> Check:
    """Whether scheduled jobs run."""

    async def check() -> Details | None:
        return {} if agenda.problem or timetable.problem else OK

    return check


def update_age(store: Store) -> Check:
    """Whether updates are handled in time."""

    async def check() -> Details | None:
        async with store.read() as tx:
            oldest = await updates.oldest(tx)
            is_late = oldest is not None and tx.clock.now() - oldest > UPDATE_AGE_MAX
        return {} if is_late else OK

    return check


class OutboxCheck:
    """Whether the outbox makes progress: its first delivery changes within five minutes."""

    def __init__(
        self,
        store: Store,
        messenger: str,
        quiet_hours: QuietHours,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._messenger = messenger
        self._quiet_hours = quiet_hours
        self._monotonic = monotonic
        self._first: list[int] = []
        self._first_since = monotonic()

    async def __call__(self) -> Details | None:
        """Counts only deliveries that are due and may be sent now."""
        async with self._store.read() as tx:
            first = await dispatch_order.next_deliveries(
                tx, self._messenger, 1, self._quiet_hours.open_lanes(tx.clock.now())
            )
        if first != self._first or not first:
            self._first, self._first_since = first, self._monotonic()
        is_stalled = self._monotonic() - self._first_since >= STALLED_AFTER_S
        return {"where": messenger_name(self._messenger)} if is_stalled else OK


def _free_bytes(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def disk(folder: Path, free_bytes: Callable[[Path], int] = _free_bytes) -> Check:
    """Whether the disk of the database has free space."""

    async def check() -> Details | None:
        free_mb = free_bytes(folder) // 2**20
        return {"free": str(free_mb)} if free_mb < FREE_DISK_MIN_MB else OK

    return check


def token(messenger: str, who_am_i: Callable[[], Awaitable[object]]) -> Check:
    """Whether the messenger accepts the token; an unreachable messenger does not refuse it."""

    async def check() -> Details | None:
        try:
            await who_am_i()
        except TokenRefused:
            return {"where": messenger_name(messenger)}
        except MessengerError:
            return OK
        return OK

    return check


def zalo_users(store: Store, most: int) -> Check:
    """Whether the Zalo account serves fewer than four fifths of the people it may serve."""

    async def check() -> Details | None:
        async with store.read() as tx:
            now = await contacts.reachable_on(tx, "zalo")
        return {"most": str(most)} if now >= most * _NEARLY_FULL else OK

    return check


class GrantStage(StrEnum):
    """How urgent a person has to grant access to the Official Account."""

    NONE = "none"
    """It was never granted."""
    LOST = "lost"
    """It has to be granted anew."""
    URGENT = "urgent"
    """It ends within three days, because it could not be renewed for months."""
    SOON = "soon"
    """It ends within fourteen days, for the same reason."""


def grant_stage(status: GrantStatus | None, now: datetime) -> GrantStage | None:
    """The stage of a grant; None while it lasts for long enough."""
    if status is None:
        return GrantStage.NONE
    if status.lost is not None:
        return GrantStage.LOST
    left = status.ends_at - now
    if left <= GRANT_URGENT:
        return GrantStage.URGENT
    return GrantStage.SOON if left <= GRANT_SOON else None


def grant(store: Store) -> Check:
    """Whether the Official Account grants access, and for long enough."""

    async def check() -> Details | None:
        async with store.read() as tx:
            status, now = await account_grants.status(tx, ACCOUNT), tx.clock.now()
        stage = grant_stage(status, now)
        if stage is None:
            return OK
        return {"stage": stage.value, "days": str(status.days_left(now)) if status else "0"}

    return check


def telegram_webhook(store: Store, account: Account, url: str) -> Check:
    """Whether Telegram delivers updates, and to this address."""

    async def check() -> Details | None:
        info = await account.webhook()
        failed_at, pending = info.last_error_date, info.pending_update_count
        is_failing = (
            failed_at is not None and store.clock.now() - failed_at < _WEBHOOK_ERROR_AGE_MAX
        )
        is_wrong = info.url != url or pending > _PENDING_UPDATES_MAX or (is_failing and pending > 0)
        return {"where": "Telegram"} if is_wrong else OK

    return check


def zalo_webhook(current_url: Callable[[], Awaitable[str]], url: str) -> Check:
    """Whether Zalo delivers updates to this address; it does not say whether they arrive."""

    async def check() -> Details | None:
        return {"where": "Zalo"} if await current_url() != url else OK

    return check
