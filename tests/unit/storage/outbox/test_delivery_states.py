"""No sequence of worker steps, crashes and late workers sends anything twice or loses a row."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
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

from storage.database import leases
from storage.database.engine import Store
from storage.database.ids import RandomIds, id_of
from storage.database.leases import LeaseLost, LeaseTerm
from storage.database.vault import Vault
from storage.members import members
from storage.models import DeliveryState, Mailing, Purpose
from storage.outbox import corrections, deliveries, mailings, recipients, resend, uncertain
from storage.outbox.deliveries import TRANSITIONS, Claimed, Result
from tests.conftest import KEY
from tests.support import LEASE, MESSENGER, ClubInATest, ManualClock, Outbox, in_write
from tests.support.databases import SqliteTestDatabase

S = DeliveryState
WORKERS = ("a", "b")
NOT_SENT = (S.QUEUED, S.FAILED, S.GONE)


def _one_with(by_worker: Mapping[str, Sequence[object]], worker: str) -> str:
    """This worker if it holds anything, else another that does."""
    return worker if by_worker[worker] else next(name for name in by_worker if by_worker[name])


class Deliveries(RuleBasedStateMachine):
    """Two workers, one queue and an officer. `arrived` is what members really got."""

    place: ClassVar[SqliteTestDatabase]

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.runner.run(self.place.empty())
        self.clock = ManualClock()
        self.store = Store(self.place.engine, Vault(KEY), self.clock, RandomIds())
        self.box = Outbox(self.store)
        self.terms: dict[str, LeaseTerm] = {}
        self.claimed: dict[str, list[Claimed]] = {worker: [] for worker in WORKERS}
        self.flying: dict[str, list[int]] = {worker: [] for worker in WORKERS}
        self.arrived: Counter[int] = Counter()
        self.before: dict[int | None, DeliveryState] = {}
        self.wordings: Counter[int] = Counter()
        """How often each mailing was corrected."""
        self.again: Counter[int] = Counter()
        """How often an officer had a copy sent again although it might be there."""

    @initialize()
    def found_a_club(self) -> None:
        self.runner.run(self._found())

    async def _found(self) -> None:
        club = ClubInATest(self.store, self.clock)
        self.members = [(await club.member(name)).member_id for name in ("Lan", "Hoa", "Minh")]
        self.mailings = [await self.box.mail(*self.members) for _ in range(2)]

    @rule(worker=st.sampled_from(WORKERS), limit=st.integers(0, 3), count=st.integers(0, 3))
    def a_worker_claims_some_and_begins_to_send_some(
        self, worker: str, limit: int, count: int
    ) -> None:
        self.runner.run(self._claim(worker, limit))
        self._check()
        self.runner.run(self._begin(worker, self.claimed[worker][:count]))

    async def _claim(self, worker: str, limit: int) -> None:
        async with self.store.write() as tx:
            if term := await leases.take(tx, "delivery", worker, timedelta(seconds=15)):
                self.terms[worker] = term
        with suppress(LeaseLost, KeyError):
            self.claimed[worker] += await in_write(
                self.store,
                deliveries.claim,
                self.terms[worker],
                messenger=MESSENGER,
                limit=limit,
                lease=LEASE,
            )

    async def _begin(self, worker: str, rows: list[Claimed]) -> None:
        with suppress(LeaseLost, KeyError):
            going = await in_write(
                self.store,
                deliveries.mark_sending,
                self.terms[worker],
                rows,
                messenger=MESSENGER,
                lease=LEASE,
            )
            self.flying[worker] += [row.id for row in going]
            assert all(row.wording == self.wordings[row.mailing_id] for row in going)
            self.claimed[worker] = [row for row in self.claimed[worker] if row not in rows]

    @precondition(lambda self: any(self.flying.values()))
    @rule(worker=st.sampled_from(WORKERS), state=st.sampled_from([S.SENT, *NOT_SENT]))
    def an_answer_comes(self, worker: str, state: DeliveryState) -> None:
        worker = _one_with(self.flying, worker)
        number = self.flying[worker].pop()
        self.arrived[number] += state is S.SENT
        self.runner.run(self._record(worker, Result(number, state)))

    @precondition(lambda self: any(self.flying.values()))
    @rule(worker=st.sampled_from(WORKERS))
    def no_answer_comes(self, worker: str) -> None:
        worker = _one_with(self.flying, worker)
        number = self.flying[worker].pop()
        self.arrived[number] += 1
        self.runner.run(self._record(worker, Result(number, S.UNCERTAIN)))

    async def _record(self, worker: str, result: Result) -> None:
        await in_write(self.store, deliveries.record_results, worker, [result])

    @precondition(lambda self: any(self.flying.values()))
    @rule(worker=st.sampled_from(WORKERS), arrived=st.booleans())
    def a_worker_is_killed(self, worker: str, arrived: bool) -> None:
        worker = _one_with(self.flying, worker)
        for number in self.flying[worker]:
            self.arrived[number] += arrived
        self.claimed[worker], self.flying[worker] = [], []
        self.terms.pop(worker, None)

    @rule(seconds=st.sampled_from([0, 60, -3600]))
    def time_passes_and_leases_that_ran_out_are_ended(self, seconds: int) -> None:
        self.clock.advance(seconds=seconds)
        self.runner.run(self._recover())

    async def _recover(self) -> None:
        await in_write(self.store, deliveries.recover, lease=LEASE)

    @rule()
    def the_leader_falls_silent(self) -> None:
        self.clock.advance(seconds=15)

    @rule()
    def a_member_withdraws_consent(self) -> None:
        self.runner.run(self._withdraw(self.members[0]))

    async def _withdraw(self, member_id: int) -> None:
        await in_write(self.store, members.withdraw, member_id, [Purpose.ANNOUNCEMENTS])

    @rule(which=st.sampled_from([0, 1]), action=st.sampled_from(["pause", "resume", "cancel"]))
    def an_officer_steers(self, which: int, action: str) -> None:
        self.runner.run(self._steer(self.mailings[which], action))

    async def _steer(self, mailing_id: int, action: str) -> None:
        async with self.store.write() as tx:
            if action == "pause":
                await mailings.pause(tx, mailing_id)
            elif action == "resume":
                await mailings.resume(tx, mailing_id)
                while await recipients.fill_next_range(tx, members=10):
                    pass
            else:
                await mailings.cancel(tx, await tx.session.get_one(Mailing, mailing_id))

    @rule(which=st.sampled_from([0, 1]))
    def an_officer_has_it_corrected(self, which: int) -> None:
        self.runner.run(self._correct(self.mailings[which]))

    async def _correct(self, mailing_id: int) -> None:
        async with self.store.write() as tx:
            mailing = await tx.session.get_one(Mailing, mailing_id)
            await corrections.set_wording(tx, mailing, {"vi": {"text": "bản đúng"}}, None)
            self.wordings[mailing_id] = mailing.wording

    @rule(which=st.sampled_from([0, 1]), anew=st.booleans())
    def an_officer_sends_it_later_to_who_lacks_it(self, which: int, *, anew: bool) -> None:
        self.runner.run(self._send_later(self.mailings[which], anew=anew))

    async def _send_later(self, mailing_id: int, *, anew: bool) -> None:
        async with self.store.write() as tx:
            await mailings.finish(tx)
            mailing = await tx.session.get_one(Mailing, mailing_id, populate_existing=True)
            if anew and await resend.send_to_newcomers(tx, mailing):
                while await recipients.fill_next_range(tx, members=10):
                    pass
            elif not anew:
                await resend.send_to_missed(tx, mailing)

    @rule(which=st.sampled_from([0, 1]))
    def an_officer_has_what_is_uncertain_sent_again(self, which: int) -> None:
        for row in self.runner.run(self.box.rows()):
            if (row.mailing_id, row.state) == (self.mailings[which], S.UNCERTAIN):
                self.again[id_of(row)] += 1
        self.runner.run(self._send_again(self.mailings[which]))

    async def _send_again(self, mailing_id: int) -> None:
        async with self.store.write() as tx:
            mailing = await tx.session.get_one(Mailing, mailing_id)
            await uncertain.send_again(tx, mailing, {"vi": "{}"})

    @invariant()
    def every_change_is_one_of_the_table(self) -> None:
        self._check()

    def _check(self) -> None:
        rows = self.runner.run(self.box.rows())
        now = {row.id: row.state for row in rows}
        for number, state in now.items():
            old = self.before.get(number, S.QUEUED)
            assert old is state or state in TRANSITIONS[old], f"{old} → {state}"
        assert set(self.before) <= set(now)
        self.before = now

    @invariant()
    def nobody_got_anything_twice_unless_an_officer_said_so(self) -> None:
        assert all(times <= 1 + self.again[number] for number, times in self.arrived.items())

    @invariant()
    def what_arrived_is_never_in_the_queue_again(self) -> None:
        for number, state in self.before.items():
            if number is None or self.again[number]:
                continue
            if self.arrived[number]:
                assert state in (S.SENDING, S.SENT, S.UNCERTAIN)
            else:
                assert state is not S.SENT

    def teardown(self) -> None:
        self.runner.run(self.place.leave())
        self.runner.close()


@pytest.mark.parametrize("sequences", [20, pytest.param(500, marks=pytest.mark.torture)])
def test_no_sequence_of_steps_sends_twice_or_loses_a_row(
    sqlite_test_database: SqliteTestDatabase, sequences: int
) -> None:
    class OnThisDatabase(Deliveries):
        place = sqlite_test_database

    run_state_machine_as_test(
        OnThisDatabase,
        settings=settings(
            max_examples=sequences,
            stateful_step_count=40,
            # To explain what fails takes longer than a test may.
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        ),
    )
