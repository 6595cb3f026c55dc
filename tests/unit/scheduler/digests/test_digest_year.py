"""A year of digests: each due time is made exactly once, or clearly skipped, whatever happens."""

import asyncio
import random
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import col, select

from handlers.conversation.settings import ClubSettings
from scheduler.digests.dispatcher import DigestDispatcher
from scheduler.settings import DigestSettings
from storage import schedules
from storage.database.engine import Store
from storage.models import Schedule, ScheduleKind, Slot, SlotOutcome
from storage.schedules import EVERY_DAY, next_due
from tests.support import SETTINGS, InlineWorkers, ManualClock

BERLIN = replace(SETTINGS, timezone=ZoneInfo("Europe/Berlin"))
"""A zone whose clocks go forward and back; this hour is the one that they skip and repeat."""
MINUTE = 2 * 60 + 30
GRACE = DigestSettings().grace
HARDSHIPS = (
    timedelta(hours=1),
    timedelta(hours=23),
    timedelta(hours=24),
    timedelta(hours=25),
    timedelta(hours=-1),
    GRACE,
    GRACE + timedelta(seconds=1),
    timedelta(days=3),
)
"""How the clock goes on between two looks: a quiet day, downtime, and once in a while backwards."""


class Year:
    """Two processes on one database, and a list of when each slot was taken."""

    def __init__(self, store: Store, clock: ManualClock, club: ClubSettings, seed: int) -> None:
        self.store, self.clock, self.club = store, clock, club
        self.chance = random.Random(seed)
        self.begin = self.latest = clock.now()

    async def live(self, days: int) -> None:
        async with self.store.write() as tx:
            for kind in (ScheduleKind.MEMBER_DIGEST, ScheduleKind.OFFICER_DIGEST):
                await schedules.ensure(
                    tx, kind, minute=MINUTE, days=EVERY_DAY, timezone=self.club.timezone
                )
        processes = [self.process(), self.process()]
        while self.clock.now() < self.begin + timedelta(days=days):
            self.clock.advance(seconds=self.chance.choice(HARDSHIPS).total_seconds())
            self.latest = max(self.latest, self.clock.now())
            if self.chance.random() < 0.2:
                processes[self.chance.randrange(2)] = self.process()
            for process in processes:
                await process.send_due()

    def process(self) -> DigestDispatcher:
        return DigestDispatcher(self.store, self.club, DigestSettings(), InlineWorkers())

    def due_times(self) -> list[datetime]:
        """Every time that should have come by now."""
        found, moment = [], self.begin
        while (moment := next_due(moment, MINUTE, EVERY_DAY, self.club.timezone)) <= self.latest:
            found.append(moment)
        return found

    async def slots(self, kind: ScheduleKind) -> list[Slot]:
        async with self.store.read() as tx:
            query = (
                select(Slot)
                .join(Schedule, col(Schedule.id) == Slot.schedule_id)
                .where(Schedule.kind == kind)
            )
            return list((await tx.session.exec(query.order_by(col(Slot.due_at)))).all())


async def check(year: Year) -> None:
    for kind in (ScheduleKind.MEMBER_DIGEST, ScheduleKind.OFFICER_DIGEST):
        slots = await year.slots(kind)
        assert [slot.due_at for slot in slots] == year.due_times(), "each once, none left out"
        for slot in slots:
            late = slot.taken_at - slot.due_at > GRACE
            assert (slot.outcome is SlotOutcome.SKIPPED) is late, slot
            assert slot.outcome is not SlotOutcome.UNDER_WAY


async def test_the_weeks_in_which_the_clocks_change(store: Store, clock: ManualClock) -> None:
    """From the 10th to the 31st of March; the clocks go forward on the 29th."""
    year = Year(store, clock, BERLIN, seed=1)
    await year.live(21)
    await check(year)


@pytest.mark.torture
@pytest.mark.parametrize("club", [SETTINGS, BERLIN], ids=["Vietnam", "Berlin"])
@pytest.mark.parametrize("seed", range(3))
async def test_a_whole_year(
    store: Store, clock: ManualClock, club: ClubSettings, seed: int
) -> None:
    year = Year(store, clock, club, seed)
    await year.live(365)
    await check(year)


async def test_of_two_processes_at_the_same_moment_one_makes_the_digest(
    store: Store, clock: ManualClock
) -> None:
    year = Year(store, clock, SETTINGS, seed=0)
    await year.live(0)
    clock.advance(hours=24)
    year.latest = clock.now()
    await asyncio.gather(*(year.process().send_due() for _ in range(4)))
    await check(year)
