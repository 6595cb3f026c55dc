"""Nightly retention purge (refusal: no-unlimited-retention)."""

from zoneinfo import ZoneInfo

import structlog

from handlers.sharing import closing
from storage import schedules
from storage.database import Store
from storage.models import ScheduleKind, SlotOutcome
from storage.privacy import erasure, retention_purge
from storage.privacy.retention_policy import RetentionSettings

MINUTE = 3 * 60 + 30
"""When it runs, in minutes after midnight."""

log = structlog.stdlib.get_logger()


class Housekeeping:
    """Purges when its schedule is due; a missed purge is done at the next start."""

    def __init__(self, store: Store, timezone: ZoneInfo, settings: RetentionSettings) -> None:
        self._store = store
        self._timezone = timezone
        self._settings = settings

    async def run_due(self) -> int:
        """Purges if it is due; returns how many schedules were due."""
        async with self._store.read() as tx:
            due = await schedules.due(tx, ScheduleKind.HOUSEKEEPING)
        for schedule_id in due:
            purged = await self._purge_all()
            # Taken after the purge, so that an interrupted purge is still due.
            async with self._store.write() as tx:
                if slot := await schedules.take(tx, schedule_id, self._timezone):
                    slot[1].outcome, slot[1].purged = SlotOutcome.DONE, purged
            # Deleted rows and index entries stay in the database file until it is rewritten.
            await erasure.wipe(self._store)
        return len(due)

    async def _purge_all(self) -> dict[str, int]:
        """How many rows of each kind were deleted; kinds without any are left out."""
        async with self._store.write() as tx:
            await retention_purge.purge_expired(tx)
            await closing.delete_refusals(tx)
        purged = {}
        for kind, purge in retention_purge.PURGES.items():
            async with self._store.write() as tx:
                if rows := await purge(tx, tx.clock.now() - getattr(self._settings, kind)):
                    log.info("retention purge", kind=kind, rows=rows)
                    purged[kind] = rows
        return purged
