"""No sequence of answers, offers and departures gives a seat twice or loses somebody who waits."""

import asyncio
from datetime import datetime, timedelta
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlmodel import select

from storage.database.engine import DatabaseSettings, Store, open_engine
from storage.database.ids import RandomIds
from storage.database.vault import Vault
from storage.meetings import rsvps
from storage.models import Meeting, Role, Rsvp, RsvpAnswer, RsvpPlace
from tests.conftest import DATABASES, KEY
from tests.support import ClubInATest, ManualClock, rows_of
from tests.support.databases import PostgresqlTestDatabase, SqliteTestDatabase, finish
from tests.support.meeting_rows import add_meeting
from tests.support.member_rows import add_member

A, P = RsvpAnswer, RsvpPlace
NAMES = ("Lan", "Hoa", "Mai", "Tư", "Vy")
SEATS = 2
WHO = st.integers(0, 4)
OFFERED_FOR = timedelta(hours=1)


class Seats(RuleBasedStateMachine):
    """Five members and two seats; `places` and `line` are what everybody ought to have."""

    runner: ClassVar[asyncio.Runner]
    club: ClassVar[ClubInATest]
    members: ClassVar[list[int]]

    def __init__(self) -> None:
        super().__init__()
        self.line: list[int] = []
        self.places: dict[int, RsvpPlace] = {}
        self.until: dict[int, datetime] = {}

    @initialize()
    def officers_invite(self) -> None:
        self.meeting: Meeting = self.runner.run(add_meeting(self.club, seats=SEATS))

    @property
    def now(self) -> datetime:
        return self.club.clock.now()

    @property
    def free(self) -> int:
        """Seats that nobody has and that are kept for nobody."""
        return SEATS - sum(place in (P.SEATED, P.OFFERED) for place in self.places.values())

    @rule(who=WHO, given=st.sampled_from([A.YES, A.YES, A.NO, A.MAYBE]))
    def somebody_answers(self, who: int, given: RsvpAnswer) -> None:
        self.runner.run(self.club.in_write(rsvps.answer, self.meeting, self.members[who], given))
        if given is not A.YES:
            self._has(who, P.NONE)
        elif self._is_offered(who):
            self._has(who, P.SEATED)
        elif self.places.get(who) not in (P.SEATED, P.WAITING):
            self._has(who, P.NONE)
            seated = self.free > 0 and not self.line
            self._has(who, P.SEATED if seated else P.WAITING)

    @rule()
    def a_free_seat_is_offered(self) -> None:
        until = self.now + OFFERED_FOR
        offered = self.runner.run(self.club.in_write(rsvps.offer_next, self.meeting, until))
        expected = self.line[0] if self.line and self.free > 0 else None
        assert (offered.member_id if offered else None) == (
            None if expected is None else self.members[expected]
        )
        if expected is not None:
            self._has(expected, P.OFFERED)
            self.until[expected] = until

    @rule(who=WHO)
    def an_offer_is_accepted(self, who: int) -> None:
        rsvp = next((one for one in self._rows() if one.member_id == self.members[who]), None)
        if rsvp is None:
            return
        accepted = self.runner.run(self.club.in_write(rsvps.accept_offer, self.meeting, rsvp))
        assert accepted is self._is_offered(who)
        if accepted:
            self._has(who, P.SEATED)

    @rule(minutes=st.sampled_from([10, 59, 61]))
    def time_passes(self, minutes: int) -> None:
        self.club.clock.advance(minutes=minutes)

    @rule()
    def offers_end(self) -> None:
        ended = self.runner.run(self.club.in_write(rsvps.end_offers, self.meeting))
        over = {who for who, place in self.places.items() if place is P.OFFERED}
        over = {who for who in over if self.until[who] <= self.now}
        assert {one.member_id for one in ended} == {self.members[who] for who in over}
        for who in over:
            self._has(who, P.NONE)

    @rule(who=WHO)
    def somebody_leaves_the_club(self, who: int) -> None:
        self.runner.run(self.club.in_write(rsvps.erase_of, self.members[who]))
        self._has(who, P.NONE)
        del self.places[who]

    @invariant()
    def everybody_has_the_place_they_ought_to_have(self) -> None:
        rows = {row.member_id: row for row in self._rows()}
        assert {who: rows[self.members[who]].place for who in self.places} == self.places
        assert set(rows) == {self.members[who] for who in self.places}
        waiting = [row for row in rows.values() if row.place is P.WAITING]
        waiting.sort(key=lambda row: row.waiting_order or 0)
        assert [row.member_id for row in waiting] == [self.members[who] for who in self.line]

    @invariant()
    def no_seat_is_given_twice(self) -> None:
        rows = self._rows()
        assert sum(row.place in (P.SEATED, P.OFFERED) for row in rows) <= SEATS
        assert all(row.answer is A.YES for row in rows if row.place is P.SEATED)

    def _rows(self) -> list[Rsvp]:
        if not hasattr(self, "meeting"):
            return []
        query = select(Rsvp).where(Rsvp.meeting_id == self.meeting.id)
        return self.runner.run(rows_of(self.club.store, query))

    def _has(self, who: int, place: RsvpPlace) -> None:
        if who in self.line:
            self.line.remove(who)
        if place is P.WAITING:
            self.line.append(who)
        self.places[who] = place

    def _is_offered(self, who: int) -> bool:
        return self.places.get(who) is P.OFFERED and self.until[who] > self.now


@pytest.mark.parametrize("sequences", [20, pytest.param(500, marks=pytest.mark.torture)])
@pytest.mark.parametrize("database", DATABASES)
def test_no_sequence_of_answers_gives_a_seat_twice(
    request: pytest.FixtureRequest, database: str, sequences: int
) -> None:
    place: SqliteTestDatabase | PostgresqlTestDatabase = request.getfixturevalue(
        f"{database}_test_database"
    )
    if isinstance(place, SqliteTestDatabase):
        finish(place.empty())
    with asyncio.Runner() as runner:
        engine = open_engine(DatabaseSettings(url=place.url))
        clock = ManualClock()
        club = ClubInATest(Store(engine, Vault(KEY), clock, RandomIds()), clock)

        async def join(name: str) -> int:
            return await club.in_write(
                add_member,
                messenger="telegram",
                chat=str(RandomIds().number()),  # another test may have left the usual ones
                name=name,
                role=Role.MEMBER,
                language="vi",
                area=None,
                purposes=[],
            )

        class OnThisDatabase(Seats):
            pass

        OnThisDatabase.runner, OnThisDatabase.club = runner, club
        OnThisDatabase.members = [runner.run(join(name)) for name in NAMES]
        run_state_machine_as_test(
            OnThisDatabase,
            settings=settings(
                max_examples=sequences,
                stateful_step_count=50,
                phases=(Phase.generate, Phase.shrink),
                suppress_health_check=list(HealthCheck),
            ),
        )
        runner.run(engine.dispose())
