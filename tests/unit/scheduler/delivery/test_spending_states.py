"""No sequence of steps, crashes and messages of members spends too much, sends twice or forgets anybody."""

import asyncio
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from handlers.messages import Charge
from scheduler.delivery.charge_reports import ChargeReports, MeteredAccount, settlement
from scheduler.delivery.result_writer import record_outcomes
from scheduler.delivery.sender import DeliveryOutcome
from storage.database import leases
from storage.database.engine import Store
from storage.database.ids import RandomIds
from storage.database.leases import LeaseLost, LeaseTerm
from storage.database.vault import Vault
from storage.members import interactions, members
from storage.models import DeliveryState
from storage.outbox import admission, charges, deliveries, mailings, missed, recipients
from storage.outbox.deliveries import TRANSITIONS, Claimed, Result
from storage.outbox.messaging_window import WindowPhase
from storage.outbox.metering import MonthSpent, SpendingLimits, Spent
from tests.conftest import KEY
from tests.support import LEASE, ClubInATest, ManualClock, publish
from tests.support.databases import SqliteTestDatabase
from tests.support.metered_account import OA, PRICE, WINDOW, MeteredHarness, with_account

S = DeliveryState
WORKERS = ("a", "b")
OF_ANNOUNCEMENT, OF_MONTH, QUOTA = 2, 3, 1
LIMITS = SpendingLimits(OF_ANNOUNCEMENT, OF_ANNOUNCEMENT * PRICE, OF_MONTH, OF_MONTH * PRICE, PRICE)
IN_FLIGHT_S = 60
"""How long a call takes at most; the bot takes each period to end so much earlier."""


@dataclass(frozen=True)
class Flying:
    """A call that the platform has not answered."""

    holder: str
    row: Claimed


class Spending(RuleBasedStateMachine):
    """Two workers, five members and the platform, which charges what arrives by its own rules."""

    place: ClassVar[SqliteTestDatabase]

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.runner.run(self.place.empty())
        self.clock = ManualClock()
        self.store = Store(self.place.engine, Vault(KEY), self.clock, RandomIds())
        self.club = ClubInATest(self.store, self.clock, with_account(limits=LIMITS))
        self.oa = MeteredHarness(self.club)
        self.account = MeteredAccount(self.oa.metering, ChargeReports())
        self.terms: dict[str, LeaseTerm] = {}
        self.flying: list[Flying] = []
        self.flying_for_s = 0
        self.last: dict[str, datetime] = {}
        """Chat to the last interaction, as the platform knows it."""
        self.quota = QUOTA
        self.arrived: Counter[int] = Counter()
        self.charged: Counter[tuple[int | None, Charge]] = Counter()
        self.before: dict[int | None, DeliveryState] = {}

    @initialize(silent_days=st.lists(st.sampled_from([3, 4, 5, 6, 0, 9]), min_size=5, max_size=5))
    def found_a_club(self, silent_days: list[int]) -> None:
        self.runner.run(self._found(silent_days))

    async def _found(self, silent_days: list[int]) -> None:
        self.people = [
            await self.oa.person(f"P{number}", timedelta(days=days, hours=1))
            for number, days in enumerate(silent_days)
        ]
        self.last = dict(self.oa.messenger.last)
        await self.oa.has_quota(QUOTA)
        self.numbers = [await publish(self.club) for _ in range(2)]
        self.mailings = [
            await self.oa.announce(number, paid_most=OF_ANNOUNCEMENT) for number in self.numbers
        ]
        async with self.store.write() as tx:
            while await recipients.fill_next_range(tx, members=10):
                pass

    @rule(
        worker=st.sampled_from(WORKERS),
        limit=st.sampled_from([9, 3]),
        count=st.sampled_from([9, 1]),
    )
    def a_worker_claims_some_and_begins_to_send_some(
        self, worker: str, limit: int, count: int
    ) -> None:
        claimed = self.runner.run(self._claim(worker, limit))
        self._check()
        for row in self.runner.run(self._begin(worker, claimed, count)):
            self.flying.append(Flying(worker, row))

    async def _claim(self, worker: str, limit: int) -> list[Claimed]:
        async with self.store.write() as tx:
            if term := await leases.take(tx, "delivery", worker, timedelta(seconds=15)):
                self.terms[worker] = term
        with suppress(LeaseLost, KeyError):
            async with self.store.write() as tx:
                claimed = await deliveries.claim(
                    tx,
                    self.terms[worker],
                    messenger=OA,
                    limit=limit,
                    lease=LEASE,
                    pick=_as_they_are,
                )
                return await admission.screen(tx, self.oa.metering, claimed)
        return []

    async def _begin(self, worker: str, rows: list[Claimed], count: int) -> list[Claimed]:
        with suppress(LeaseLost, KeyError):
            async with self.store.write() as tx:
                marked = await deliveries.mark_sending(
                    tx,
                    self.terms[worker],
                    rows[:count],
                    messenger=OA,
                    lease=LEASE,
                    has_window=True,
                )
                ones = {row.id: 1 for row in rows}
                admitted = await admission.admit(tx, self.oa.metering, marked, ones)
                await deliveries.give_back(tx, worker, [row.id for row in rows[count:]])
                return admitted
        return []

    @precondition(lambda self: self.flying)
    @rule()
    def the_platform_takes_everything(self) -> None:
        while self.flying:
            self.the_platform_answers(0, refused=False)

    @precondition(lambda self: self.flying)
    @rule(which=st.integers(0, 9), refused=st.booleans())
    def the_platform_answers_one(self, which: int, *, refused: bool) -> None:
        self.the_platform_answers(which, refused=refused)

    def the_platform_answers(self, which: int, *, refused: bool) -> None:
        one = self.flying.pop(which % len(self.flying))
        charge = self._send(one.row) if not refused else None
        if charge is not None:
            self._record(one, S.SENT, [charge])
        elif refused:
            self._record(one, S.FAILED, [])
        else:
            self._record(one, S.NOT_NOW, [], contradicted=one.row.interaction)

    @precondition(lambda self: self.flying)
    @rule(which=st.integers(0, 9), arrived=st.booleans())
    def no_answer_comes(self, which: int, *, arrived: bool) -> None:
        one = self.flying.pop(which % len(self.flying))
        if arrived:
            self._send(one.row)
        self._record(one, S.UNCERTAIN, [])

    @precondition(lambda self: self.flying)
    @rule(arrived=st.booleans())
    def a_process_is_killed(self, *, arrived: bool) -> None:
        for one in self.flying:
            if arrived:
                self._send(one.row)
        self.flying.clear()
        self.terms.clear()

    def _send(self, row: Claimed) -> Charge | None:
        """What the platform does with a message; None if it refuses it, as the window is closed."""
        phase = WINDOW.phase(self.last[row.chat] - timedelta(minutes=-1), self.clock.now())
        if phase is WindowPhase.CLOSED:
            return None
        charge = Charge.FREE
        if phase is WindowPhase.CHARGED:
            charge = Charge.QUOTA if self.quota else Charge.PAID
            self.quota -= charge is Charge.QUOTA
        self.arrived[row.id] += 1
        self.charged[row.announcement_id, charge] += 1
        return charge

    def _record(
        self,
        one: Flying,
        state: DeliveryState,
        reported: list[Charge | None],
        contradicted: tuple[int, bytes | None] | None = None,
    ) -> None:
        outcome = DeliveryOutcome(
            one.row.mailing_id,
            Result(one.row.id, state),
            settlement=settlement(one.row, state, reported),
            contradicted=contradicted,
        )
        self.runner.run(self._write(one.holder, outcome))

    async def _write(self, holder: str, outcome: DeliveryOutcome) -> None:
        async with self.store.write() as tx:
            await record_outcomes(tx, self.club.settings, [(holder, outcome)], self.account)

    @rule(which=st.integers(0, 4))
    def somebody_writes(self, which: int) -> None:
        chat = self.people[which].address.chat
        self.last[chat] = self.clock.now()
        self.runner.run(self._note(chat))

    async def _note(self, chat: str) -> None:
        async with self.store.write() as tx:
            found = await members.find_by_chat(tx, OA, chat)
            assert found
            await interactions.note(tx, found[1], self.clock.now())
            await missed.send_to(tx, found[1], chat)

    @rule(hours=st.sampled_from([1, 24, 60, 200]))
    def time_passes_while_nothing_is_under_way(self, hours: int) -> None:
        if not self.flying:
            self.clock.advance(hours=hours)
            self.flying_for_s = 0
            self.runner.run(self._recover())

    @rule(seconds=st.sampled_from([0, 20, 60]))
    def leases_run_out(self, seconds: int) -> None:
        if self.flying and self.flying_for_s + seconds > IN_FLIGHT_S:
            return
        self.flying_for_s = self.flying_for_s + seconds if self.flying else 0
        self.clock.advance(seconds=seconds)
        self.runner.run(self._recover())

    async def _recover(self) -> None:
        async with self.store.write() as tx:
            await deliveries.recover(tx, lease=LEASE)
            await mailings.finish(tx)

    @precondition(lambda self: sum(self.arrived.values()) > 2)
    @rule()
    def an_officer_cancels_the_rest_of_the_first(self) -> None:
        self.runner.run(self._cancel(self.numbers[0]))

    async def _cancel(self, number: int) -> None:
        async with self.store.write() as tx:
            await mailings.cancel_all(tx, number)

    @invariant()
    def nothing_is_wrong(self) -> None:
        if hasattr(self, "numbers"):
            self._check()
            self._check_costs(*self.runner.run(self._costs()))

    def _check(self) -> None:
        now = {row.id: row.state for row in self.runner.run(self.oa.box.rows())}
        for number, state in now.items():
            old = self.before.get(number, S.QUEUED)
            # A claim may be screened in the same transaction.
            way = {old, *TRANSITIONS[old]}
            way |= TRANSITIONS[S.CLAIMED] if S.CLAIMED in way else set()
            assert state in way, f"{old} → {state}"
        self.before = now
        assert all(times <= 1 for times in self.arrived.values())
        for number in self.arrived:
            assert now[number] in (S.SENDING, S.SENT, S.UNCERTAIN)

    async def _costs(self) -> tuple[dict[int, Spent], MonthSpent]:
        async with self.store.read() as tx:
            costs = await charges.of_announcements(tx, self.numbers)
            return costs, await charges.month(tx, self.oa.metering)

    def _check_costs(self, costs: dict[int, Spent], month: MonthSpent) -> None:
        for number in self.numbers:
            counted = costs.get(number, Spent()).paid
            assert self.charged[number, Charge.PAID] <= counted <= OF_ANNOUNCEMENT
        assert month.spent.dong == month.spent.paid * PRICE
        assert month.spent.paid <= OF_MONTH

    def teardown(self) -> None:
        self.runner.run(self.place.leave())
        self.runner.close()


async def _as_they_are(_tx: object, ids: list[int]) -> list[int]:
    return ids


@pytest.mark.parametrize("sequences", [10, pytest.param(300, marks=pytest.mark.torture)])
def test_no_sequence_of_steps_spends_too_much_or_sends_twice(
    sqlite_test_database: SqliteTestDatabase, sequences: int
) -> None:
    class OnThisDatabase(Spending):
        place = sqlite_test_database

    run_state_machine_as_test(
        OnThisDatabase,
        settings=settings(
            max_examples=sequences,
            stateful_step_count=40,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        ),
    )
