"""Forgets every night what has been kept for long enough (refusal 8)."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from scheduler.settings import RetentionSettings
from storage import inbox, questions, retention, schedules, steps
from storage.engine import Store, Tx
from storage.models import ScheduleKind, SlotOutcome

MINUTE = 3 * 60 + 30
"""When the club sleeps, in minutes after midnight."""

Purge = Callable[[Tx, datetime], Awaitable[int]]

log = structlog.stdlib.get_logger()


class Housekeeping:
    """Purges when its schedule is due; one that was missed is made up for at the next start."""

    def __init__(self, store: Store, timezone: ZoneInfo, settings: RetentionSettings) -> None:
        self._store = store
        self._timezone = timezone
        self._purges: dict[str, tuple[Purge, timedelta]] = {
            "inbox keys": (inbox.purge, settings.inbox_keys),
            "steps": (steps.purge, settings.steps),
            "code attempts": (retention.purge_code_attempts, settings.code_attempts),
            "flag allowances": (retention.purge_flag_allowances, timedelta()),
            "case contents": (retention.empty_cases, settings.case_content),
            "questions": (questions.purge, settings.questions),
            "proofs": (retention.purge_proofs, settings.proofs),
            "deliveries": (retention.purge_mailings, settings.deliveries),
            "slots": (schedules.purge, settings.deliveries),
        }

    async def run_due(self) -> int:
        """Purges if the hour has come; returns how many schedules were due."""
        async with self._store.read() as tx:
            due = await schedules.due(tx, ScheduleKind.HOUSEKEEPING)
        for schedule_id in due:
            await self._purge_all()
            # Only now: a purge that was interrupted begins anew at the next tick.
            async with self._store.write() as tx:
                if taken := await schedules.take(tx, schedule_id, self._timezone):
                    taken[1].outcome = SlotOutcome.DONE
        return len(due)

    async def _purge_all(self) -> None:
        for what, (purge, kept_for) in self._purges.items():
            async with self._store.write() as tx:
                rows = await purge(tx, tx.clock.now() - kept_for)
            if rows:
                log.info("forgotten", what=what, rows=rows)
