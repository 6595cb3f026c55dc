"""Answers to invitations: seats in order, totals, and what the rows say of whom."""

import asyncio
from datetime import timedelta

from storage.database.ids import id_of
from storage.meetings import meetings, rsvps
from storage.meetings.rsvps import Totals
from storage.models import Meeting, RsvpAnswer, RsvpPlace
from storage.privacy import erasure
from tests.support import ClubInATest, Phone
from tests.support.databases import others_wait
from tests.support.meeting_rows import add_meeting, answer

A, P = RsvpAnswer, RsvpPlace


async def test_two_who_say_yes_at_once_do_not_get_the_same_seat(
    club: ClubInATest, lan: Phone, hoa: Phone
) -> None:
    meeting = await add_meeting(club, seats=1)
    async with club.store.write() as tx:
        first = await rsvps.answer(tx, meeting, lan.member_id, A.YES)
        other = asyncio.create_task(answer(club, meeting, hoa))
        await others_wait(tx)
    assert (first.place, (await other).place) == (P.SEATED, P.WAITING)


async def test_without_a_limit_everybody_has_a_seat(
    club: ClubInATest, lan: Phone, hoa: Phone
) -> None:
    meeting = await add_meeting(club)
    for who in (lan, hoa):
        assert rsvps.has_seat(await answer(club, meeting, who))
    assert await club.in_read(rsvps.free, meeting) is None


async def test_who_waits_knows_their_place_and_nobody_new_overtakes_them(
    club: ClubInATest, lan: Phone, hoa: Phone, mai: Phone, minh: Phone
) -> None:
    meeting = await add_meeting(club, seats=1)
    for who in (lan, hoa, mai):
        await answer(club, meeting, who)
    waiting = await club.in_read(rsvps.find, id_of(meeting), mai.member_id)
    assert waiting is not None
    assert await club.in_read(rsvps.waiting_position, waiting) == 2
    await answer(club, meeting, lan, A.NO)
    assert (await answer(club, meeting, minh)).place is P.WAITING
    offered = await club.in_write(rsvps.offer_next, meeting, club.clock.now() + timedelta(hours=1))
    assert offered is not None
    assert offered.member_id == hoa.member_id
    assert await club.in_read(rsvps.waiting_position, waiting) == 1
    assert await club.in_read(rsvps.next_offer_end, meeting) == club.clock.now() + timedelta(
        hours=1
    )


async def test_an_offer_is_good_until_its_end_and_not_after(
    club: ClubInATest, lan: Phone, hoa: Phone
) -> None:
    for minutes, accepted in ((59, True), (60, False)):
        meeting = await add_meeting(club, seats=1)
        await answer(club, meeting, lan)
        await answer(club, meeting, hoa)
        await answer(club, meeting, lan, A.MAYBE)
        until = club.clock.now() + timedelta(hours=1)
        offered = await club.in_write(rsvps.offer_next, meeting, until)
        assert offered is not None
        club.clock.advance(minutes=minutes)
        assert await club.in_write(rsvps.accept_offer, meeting, offered) is accepted


async def test_totals_are_of_the_answers_as_they_stand(
    club: ClubInATest, lan: Phone, hoa: Phone, mai: Phone, minh: Phone
) -> None:
    meeting = await add_meeting(club, seats=1)
    given = ((lan, A.YES), (hoa, A.YES), (mai, A.MAYBE), (minh, A.NO))
    for who, what in given:
        await answer(club, meeting, who, what)
    assert await club.in_read(rsvps.totals, meeting) == Totals(2, 1, 1, 1, 1)
    assert await club.in_read(rsvps.seated, id_of(meeting)) == [lan.member_id]
    assert await club.in_read(rsvps.ids, id_of(meeting), rsvps.COMING) == [
        lan.member_id,
        hoa.member_id,
        mai.member_id,
    ]


async def test_after_a_change_those_who_meant_to_come_are_asked_again_and_keep_their_seats(
    club: ClubInATest, lan: Phone, hoa: Phone, mai: Phone
) -> None:
    meeting = await add_meeting(club, seats=2)
    for who, given in ((lan, A.YES), (hoa, A.MAYBE), (mai, A.NO)):
        await answer(club, meeting, who, given)
    meeting.asked_version += 1
    assert await club.in_read(rsvps.asked_again, meeting) == [lan.member_id, hoa.member_id]
    assert await club.in_read(rsvps.seated, id_of(meeting)) == [lan.member_id]
    again = await answer(club, meeting, lan)
    assert rsvps.is_current(meeting, again)
    assert await club.in_read(rsvps.asked_again, meeting) == [hoa.member_id]


async def test_the_seat_of_somebody_who_has_their_data_erased_is_offered_at_once(
    club: ClubInATest, lan: Phone, hoa: Phone
) -> None:
    meeting = await add_meeting(club, seats=1)
    await answer(club, meeting, lan)
    await answer(club, meeting, hoa)
    await club.in_write(erasure.erase, await lan.member())
    (due,) = await club.in_write(meetings.due)
    assert due.id == meeting.id
    offered = await club.in_write(rsvps.offer_next, due, club.clock.now() + timedelta(hours=1))
    assert offered is not None
    assert offered.member_id == hoa.member_id


async def test_who_has_no_seat_frees_none(club: ClubInATest, lan: Phone, hoa: Phone) -> None:
    meeting: Meeting = await add_meeting(club, seats=1)
    await answer(club, meeting, lan)
    await answer(club, meeting, hoa)
    await answer(club, meeting, hoa, A.NO)
    assert await club.in_read(rsvps.free, meeting) == 0
