"""What the alarm looks at, one look a trouble: None when it is well, else what its sentence needs."""

import shutil
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from bot.telegram.account import Account
from handlers.messages import MessengerError, TokenRefused
from scheduler.alarm import Check, Values
from scheduler.timetable import Timetable
from storage.database.engine import Store
from storage.inbox import updates
from storage.outbox import dispatch_order
from storage.outbox.quiet_hours import QuietHours

LEAST_FREE_MB = 500
"""Below this somebody has to make room before the database can write no more."""
UPDATES_PATIENCE = timedelta(minutes=2)
QUEUE_PATIENCE_S = 300.0
"""How long the same delivery may stand first in line; each of the messenger's rests is shorter."""
_BROKEN_FOR = timedelta(minutes=10)
_MOST_PENDING = 100

_OK: Values | None = None


def clock(timetable: Timetable) -> Check:
    """Is what comes round by itself done?"""

    async def look() -> Values | None:
        return {} if timetable.problem else _OK

    return look


def update_age(store: Store) -> Check:
    """Does what people write have its effect in time?"""

    async def look() -> Values | None:
        async with store.read() as tx:
            since = await updates.oldest(tx)
            late = since is not None and tx.clock.now() - since > UPDATES_PATIENCE
        return {} if late else _OK

    return look


class Queue:
    """Does the outbox move: is another delivery first in line than five minutes ago?"""

    def __init__(
        self,
        store: Store,
        messenger: str,
        night: QuietHours,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._messenger = messenger
        self._night = night
        self._monotonic = monotonic
        self._first: list[int] = []
        self._since = monotonic()

    async def look(self) -> Values | None:
        """Only what is due and may go out now stands in line."""
        async with self._store.read() as tx:
            lanes = self._night.open_lanes(tx.clock.now())
            first = await dispatch_order.next_deliveries(tx, self._messenger, 1, lanes)
        if first != self._first or not first:
            self._first, self._since = first, self._monotonic()
        stands = self._monotonic() - self._since >= QUEUE_PATIENCE_S
        return {"where": self._messenger.capitalize()} if stands else _OK


def _free_bytes(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def disk(folder: Path, free_bytes: Callable[[Path], int] = _free_bytes) -> Check:
    """Is there room left where the database is?"""

    async def look() -> Values | None:
        free_mb = free_bytes(folder) // 2**20
        return {"free": str(free_mb)} if free_mb < LEAST_FREE_MB else _OK

    return look


def token(messenger: str, ask: Callable[[], Awaitable[object]]) -> Check:
    """Does the messenger accept the bot? That it does not answer is no refusal."""

    async def look() -> Values | None:
        try:
            await ask()
        except TokenRefused:
            return {"where": messenger.capitalize()}
        except MessengerError:
            return _OK
        return _OK

    return look


def telegram_webhook(store: Store, account: Account, url: str) -> Check:
    """Can Telegram bring its updates, and does it bring them here?"""

    async def look() -> Values | None:
        found = await account.webhook()
        failed = found.last_error_date
        fails = failed is not None and store.clock.now() - failed < _BROKEN_FOR
        is_behind = found.pending_update_count > _MOST_PENDING
        is_wrong = found.url != url or is_behind or (fails and found.pending_update_count > 0)
        return {"where": "Telegram"} if is_wrong else _OK

    return look


def zalo_webhook(ask: Callable[[], Awaitable[str]], url: str) -> Check:
    """Does Zalo bring its updates here? It says nothing of how that goes."""

    async def look() -> Values | None:
        return {"where": "Zalo"} if await ask() != url else _OK

    return look
