"""Tickets: digits of one meeting, wrong ones slowed down, and nobody's coming readable without them."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from storage.database.ids import RandomIds, id_of
from storage.database.vault import link_key
from storage.maintenance import key_rotation
from storage.meetings import rsvps, tickets
from storage.meetings.tickets import (
    FIRST_WAIT,
    LONGEST_WAIT,
    WRONG_TICKETS,
    Admitted,
    TooManyWrong,
)
from storage.models import Meeting, RsvpAnswer, Ticket, TicketAttempts
from storage.privacy import leaving, retention_purge
from tests.conftest import KEY
from tests.support import ClubInATest, Phone
from tests.support.meeting_rows import add_meeting, answer, ticket_of

NEW_KEY = bytes(range(1, 33))


async def admit(
    club: ClubInATest, meeting: Meeting, digits: str, officer: Phone
) -> Admitted | TooManyWrong | None:
    return await club.in_write(tickets.admit, id_of(meeting), digits, officer.member_id)


def another(digits: str) -> str:
    """Six digits that differ from these."""
    return f"{(int(digits) + 1) % 10**6:06}"


@pytest.fixture
async def meeting(club: ClubInATest) -> Meeting:
    return await add_meeting(club)


async def test_a_ticket_is_the_same_whenever_it_is_shown(
    club: ClubInATest, meeting: Meeting, lan: Phone
) -> None:
    await answer(club, meeting, lan)
    digits = await ticket_of(club, meeting, lan)
    assert len(digits) == 6
    assert digits.isdecimal()
    assert await ticket_of(club, meeting, lan) == digits
    (row,) = await club.rows(select(Ticket))
    assert digits.encode() not in row.code_lookup + row.holder_sealed


async def test_no_two_tickets_of_a_meeting_have_the_same_digits(
    club: ClubInATest, lan: Phone, hoa: Phone
) -> None:
    """Random numbers that repeat are drawn again; another meeting may have the same."""
    first, second = await add_meeting(club), await add_meeting(club)
    numbers = iter([7, 1, 7, 8, 2, 7, 3])

    class Ids(RandomIds):
        def number(self) -> int:
            return next(numbers)

    club.store.ids = Ids()
    for meeting, who in ((first, lan), (first, hoa), (second, lan)):
        await answer(club, meeting, who)
    assert await ticket_of(club, first, lan) == "000007"
    assert await ticket_of(club, first, hoa) == "000008"
    assert await ticket_of(club, second, lan) == "000007"


async def test_a_ticket_opens_the_door_of_its_own_meeting_and_says_when_it_did_before(
    club: ClubInATest, meeting: Meeting, lan: Phone, minh: Phone
) -> None:
    other = await add_meeting(club)
    await answer(club, meeting, lan)
    digits = await ticket_of(club, meeting, lan)
    assert await admit(club, other, digits, minh) is None
    assert await admit(club, meeting, digits, minh) == Admitted(lan.member_id, is_again=False)
    assert await admit(club, meeting, digits, minh) == Admitted(lan.member_id, is_again=True)
    assert await club.in_read(tickets.came, id_of(meeting)) == 1


async def test_after_five_wrong_ones_an_officer_waits_twice_as_long_each_time(
    club: ClubInATest, meeting: Meeting, lan: Phone, minh: Phone, thu: Phone
) -> None:
    await answer(club, meeting, lan)
    digits = await ticket_of(club, meeting, lan)
    wrong, wait = another(digits), FIRST_WAIT
    for _ in range(3):
        for _ in range(WRONG_TICKETS - 1):
            assert await admit(club, meeting, wrong, minh) is None
        until = club.clock.now() + wait
        assert await admit(club, meeting, wrong, minh) == TooManyWrong(until)
        assert await admit(club, meeting, digits, minh) == TooManyWrong(until)
        club.clock.advance(seconds=wait.total_seconds())
        wait *= 2
    assert await admit(club, meeting, digits, thu) == Admitted(lan.member_id, is_again=False)


async def test_no_wait_is_longer_than_an_hour(
    club: ClubInATest, meeting: Meeting, minh: Phone
) -> None:
    for _ in range(12 * WRONG_TICKETS):
        last = await admit(club, meeting, "000000", minh)
        if isinstance(last, TooManyWrong):
            assert last.until - club.clock.now() <= LONGEST_WAIT
            club.clock.advance(hours=1)


async def test_a_guest_who_comes_in_ends_the_count_of_wrong_ones(
    club: ClubInATest, meeting: Meeting, lan: Phone, minh: Phone
) -> None:
    await answer(club, meeting, lan)
    digits = await ticket_of(club, meeting, lan)
    for _ in range(WRONG_TICKETS - 1):
        assert await admit(club, meeting, another(digits), minh) is None
    await admit(club, meeting, digits, minh)
    assert await club.rows(select(TicketAttempts)) == []
    # The same ticket again does not: else one ticket would allow any number of guesses.
    assert await admit(club, meeting, another(digits), minh) is None
    await admit(club, meeting, digits, minh)
    assert len(await club.rows(select(TicketAttempts))) == 1


@pytest.mark.parametrize("given", [RsvpAnswer.NO, RsvpAnswer.MAYBE])
async def test_who_cannot_come_has_no_ticket_any_more(
    club: ClubInATest, meeting: Meeting, lan: Phone, minh: Phone, given: RsvpAnswer
) -> None:
    await answer(club, meeting, lan)
    digits = await ticket_of(club, meeting, lan)
    await answer(club, meeting, lan, given)
    assert await admit(club, meeting, digits, minh) is None
    assert await club.rows(select(Ticket)) == []


async def test_who_leaves_takes_the_ticket_along_and_the_count_stays(
    club: ClubInATest, meeting: Meeting, lan: Phone, minh: Phone
) -> None:
    await answer(club, meeting, lan)
    await admit(club, meeting, await ticket_of(club, meeting, lan), minh)
    await club.in_write(leaving.leave, await lan.member())
    assert await club.rows(select(Ticket)) == []
    assert await club.in_read(tickets.came, id_of(meeting)) == 1


async def test_one_member_learns_of_themselves_alone_whether_they_came(
    club: ClubInATest, meeting: Meeting, lan: Phone, hoa: Phone, minh: Phone
) -> None:
    for who in (lan, hoa):
        await answer(club, meeting, who)
        await ticket_of(club, meeting, who)
    await admit(club, meeting, await ticket_of(club, meeting, lan), minh)
    came = []
    for who in (lan, hoa):
        rsvp = await club.in_read(rsvps.find, id_of(meeting), who.member_id)
        assert rsvp is not None
        came.append(await club.in_read(tickets.holder_came, rsvp))
    assert came == [True, False]


async def test_no_column_joins_a_ticket_to_a_member(
    club: ClubInATest, meeting: Meeting, lan: Phone, hoa: Phone, minh: Phone
) -> None:
    """Nothing of a ticket's row stands in a row of an answer, and no time says when it was used."""
    for who in (lan, hoa):
        await answer(club, meeting, who)
        await admit(club, meeting, await ticket_of(club, meeting, who), minh)
    assert set(Ticket.model_fields) == {"id", "meeting_id", "code_lookup", "holder_sealed", "came"}
    assert {key.target_fullname for key in Ticket.__table__.foreign_keys} == {"meeting.id"}  # type: ignore[attr-defined]
    sealed = {row.holder_sealed for row in await club.rows(select(Ticket))}
    assert len(sealed) == 2


async def test_the_order_of_tickets_is_not_the_order_of_answers(
    club: ClubInATest, meeting: Meeting
) -> None:
    """Ids are drawn like the digits; what is drawn here falls, so that rows come in reverse."""
    numbers = iter([1, 90, 2, 80, 3, 70])

    class Ids(RandomIds):
        def number(self) -> int:
            return next(numbers, 5)

    guests = [await club.member(name) for name in ("Lan", "Hoa", "Mai")]
    club.store.ids = Ids()
    for who in guests:
        await answer(club, meeting, who)
        await ticket_of(club, meeting, who)
    assert [row.id for row in await club.rows(select(Ticket).order_by(col(Ticket.id)))] == [
        70,
        80,
        90,
    ]


async def test_tickets_and_answers_are_forgotten_after_their_time_and_totals_stay(
    club: ClubInATest, meeting: Meeting, lan: Phone, minh: Phone
) -> None:
    await answer(club, meeting, lan)
    await admit(club, meeting, await ticket_of(club, meeting, lan), minh)
    end = meeting.span[1]
    assert await club.in_write(retention_purge.forget_attendance, end) == 0
    assert await club.in_write(retention_purge.forget_attendance, end + timedelta(seconds=1)) == 1
    assert await club.rows(select(Ticket)) == []
    assert await club.in_read(tickets.came, id_of(meeting)) == 1


async def test_a_ticket_opens_the_door_after_the_old_key_is_gone(
    club: ClubInATest, meeting: Meeting, lan: Phone, minh: Phone
) -> None:
    await answer(club, meeting, lan)
    digits = await ticket_of(club, meeting, lan)
    club.store.vault.hold(NEW_KEY, KEY)
    assert await key_rotation.rekey(club.store) == 0
    club.store.vault.hold(NEW_KEY, links=[link_key(KEY)])
    assert await ticket_of(club, meeting, lan) == digits
    admitted = await admit(club, meeting, digits, minh)
    assert isinstance(admitted, Admitted)
    assert admitted.member_id == lan.member_id
