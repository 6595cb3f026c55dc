"""Scheduled digests: never twice for one slot, never empty.

See docs/decisions/0019-schedules-are-rows.md.
"""

from collections.abc import Awaitable, Callable

from handlers.conversation import ClubSettings
from handlers.worker_tasks import Workers
from scheduler.digests import member_digest, officer_digest
from scheduler.settings import DigestSettings
from storage import schedules
from storage.database import Store
from storage.database.due import Due
from storage.models import ScheduleKind

_RANGES_AT_ONCE = 5
"""Ranges of one slot that are made before other jobs run again."""


class DigestDispatcher:
    """Makes the digests that are due and queues them in the outbox."""

    def __init__(
        self, store: Store, club: ClubSettings, settings: DigestSettings, workers: Workers
    ) -> None:
        self._store = store
        self._workers = workers
        self._club = club
        self._settings = settings

    def first_due(self) -> Due:
        """When a slot is to be taken, or continued."""
        return [
            *schedules.first_due(ScheduleKind.OFFICER_DIGEST),
            *schedules.first_due(ScheduleKind.MEMBER_DIGEST),
            *schedules.first_under_way(ScheduleKind.MEMBER_DIGEST),
        ]

    async def send_due(self) -> int:
        """Makes the digests of every due slot; returns how much was done. Many readers take several calls."""
        officers = await self._each_due(ScheduleKind.OFFICER_DIGEST, self._send_officer_digest)
        members = await self._each_due(ScheduleKind.MEMBER_DIGEST, self._take_member_slot)
        return officers + members + await self._fill_member_slots()

    async def _each_due(self, kind: ScheduleKind, work: Callable[[int], Awaitable[None]]) -> int:
        async with self._store.read() as tx:
            due = await schedules.due(tx, kind)
        for schedule_id in due:
            await work(schedule_id)
        return len(due)

    async def _send_officer_digest(self, schedule_id: int) -> None:
        await officer_digest.send(
            self._store, self._club, self._settings, self._workers, schedule_id
        )

    async def _take_member_slot(self, schedule_id: int) -> None:
        async with self._store.write() as tx:
            await schedules.take(tx, schedule_id, self._club.timezone)

    async def _fill_member_slots(self) -> int:
        """Makes the next digests of every slot taken, including those of an earlier process."""
        async with self._store.read() as tx:
            slots = await schedules.under_way(tx, ScheduleKind.MEMBER_DIGEST)
        done = 0
        for slot_id in slots:
            for _ in range(_RANGES_AT_ONCE):
                if not await self._next_range(slot_id):
                    break
                done += 1
        return done

    async def _next_range(self, slot_id: int) -> bool:
        async with self._store.write() as tx:
            return await member_digest.fill_next_range(tx, self._club, self._settings, slot_id)
