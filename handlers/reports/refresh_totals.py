"""Recounts the totals that officers see, once for each batch."""

from datetime import datetime, time, timedelta

from handlers.announcing.compose.quota import MESSENGER
from handlers.conversation import ClubSettings
from handlers.reports.announcement_figures import days_since
from storage.announcements import published
from storage.database import Store, Tx
from storage.database.due import ALREADY, Due, live
from storage.reports import batch_totals

AT_A_TIME = 20
"""Maximum announcements counted in one call."""


class BatchCounts:
    """Recounts totals when a new batch has begun."""

    def __init__(self, store: Store, club: ClubSettings) -> None:
        self._store = store
        self._club = club
        self._complete: datetime | None = None
        """The batch for which everything has been counted."""

    def first_due(self) -> Due:
        """At once, or when the next batch begins if everything has been counted for this one."""
        return [] if self._store.batches.is_at_once else [live(self._next_batch)]

    def _next_batch(self) -> datetime:
        batches, now = self._store.batches, self._store.clock.now()
        return batches.end(now) if batches.begin(now) == self._complete else ALREADY

    async def count_due(self) -> int:
        """Counts the next totals that are due; returns 0, since it queues no message."""
        if self._store.batches.is_at_once:
            return 0
        begin = self._store.batches.begin(self._store.clock.now())
        if begin == self._complete:
            return 0
        async with self._store.read() as tx:
            due = await self._due(tx, begin)
        for number in due[:AT_A_TIME]:
            await self._count(begin, number)
        if len(due) <= AT_A_TIME:
            self._complete = begin
        return 0

    async def _due(self, tx: Tx, begin: datetime) -> list[int | None]:
        """Announcements whose totals are older than they should be; None stands for the audiences."""
        began = await published.sent_times(tx)
        taken = await batch_totals.taken_for(tx, began)
        midnight = datetime.combine(
            begin.astimezone(self._club.timezone).date(), time(), self._club.timezone
        )

        def wanted(number: int | None) -> datetime:
            is_young = number is None or begin - began[number] < batch_totals.ALWAYS_FOR
            return begin if is_young else min(begin, midnight)

        each: list[int | None] = [None, *sorted(began, reverse=True)]
        never = begin - timedelta(days=36500)
        return [number for number in each if taken.get(number, never) < wanted(number)]

    async def _count(self, begin: datetime, number: int | None) -> None:
        async with self._store.read() as tx:
            totals = await self._query_totals(tx, number)
        async with self._store.write() as tx:
            await batch_totals.keep(tx, begin, totals)

    async def _query_totals(self, tx: Tx, number: int | None) -> dict[str, dict[str, object]]:
        if number is None:
            cheaper = self._club.cheaper_than
            metered = {one: cheaper(one.messenger) for one in self._club.metered.values()}
            return await batch_totals.count_audiences(tx, {MESSENGER: cheaper(MESSENGER)}, metered)
        days = days_since(
            await published.sent_at(tx, number) or tx.clock.now(), tx.clock.now(), self._club
        )
        return await batch_totals.count_announcement(tx, number, days)
