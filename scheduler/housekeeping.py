"""Forgets every night what has been kept for long enough (refusal: no-unlimited-retention)."""

from zoneinfo import ZoneInfo

import structlog

from handlers.sharing import closing
from storage import schedules
from storage.database.engine import Store
from storage.models import ScheduleKind, SlotOutcome
from storage.privacy import erasure, retention_purge
from storage.privacy.retention_policy import RetentionSettings

MINUTE = 3 * 60 + 30
"""When the club sleeps, in minutes after midnight."""

log = structlog.stdlib.get_logger()


class Housekeeping:
    """Purges when its schedule is due; one that was missed is made up for at the next start."""

    def __init__(self, store: Store, timezone: ZoneInfo, settings: RetentionSettings) -> None:
        self._store = store
        self._timezone = timezone
        self._settings = settings

    async def run_due(self) -> int:
        """Purges if the hour has come; returns how many schedules were due."""
        async with self._store.read() as tx:
            due = await schedules.due(tx, ScheduleKind.HOUSEKEEPING)
        for schedule_id in due:
            forgotten = await self._purge_all()
            # Only now: a purge that was interrupted begins anew at the next tick.
            async with self._store.write() as tx:
                if taken := await schedules.take(tx, schedule_id, self._timezone):
                    taken[1].outcome, taken[1].forgotten = SlotOutcome.DONE, forgotten
            # A deleted row, and what was struck out of an index, is in the file until it is rewritten.
            await erasure.wipe(self._store)
        return len(due)

    async def _purge_all(self) -> dict[str, int]:
        """How many rows of each kind were forgotten; kinds without any are left out."""
        async with self._store.write() as tx:
            await retention_purge.forget_what_expired(tx)
            await closing.forget_refusals(tx)
        forgotten = {}
        for what, purge in retention_purge.PURGES.items():
            async with self._store.write() as tx:
                if rows := await purge(tx, tx.clock.now() - getattr(self._settings, what)):
                    log.info("forgotten", what=what, rows=rows)
                    forgotten[what] = rows
        return forgotten
