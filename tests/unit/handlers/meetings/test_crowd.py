"""Thousands answer while invitations are still going out, and no seat is given twice."""

import asyncio
from collections import Counter

import pytest
from sqlmodel import col, func, select

from storage.models import Delivery, Meeting, Purpose, Rsvp, RsvpAnswer, RsvpPlace
from storage.outbox import recipients
from tests.support import ClubInATest, Phone
from tests.support.bulk_members import add_members
from tests.support.meeting_actions import INVITATION, newest_meeting

P = RsvpPlace
AT_ONCE = 8
"""Chats that are answered at the same time."""


async def invited(club: ClubInATest, minh: Phone, thu: Phone, many: int, seats: int) -> list[Phone]:
    """So many members, and a meeting with these seats whose invitations are still to be sent."""
    guests = [club.stranger(f"Khách {number}") for number in range(many)]
    chats = {thu.member_id + n: phone.address.chat for n, phone in enumerate(guests, start=1)}
    await club.in_write(add_members, chats, purpose=Purpose.MEETINGS)
    await minh.says("/hop", f"{INVITATION}\nSố chỗ: {seats}")
    await minh.presses("Gửi duyệt")
    meeting = await newest_meeting(club)
    await thu.presses_action(f"meeting-approve:{meeting.id}:{meeting.version}")
    return guests


async def send_range_by_range(club: ClubInATest) -> None:
    """Adds the deliveries of the invitations, a range in each transaction."""
    while await club.in_write(recipients.fill_next_range, members=500):
        pass


async def answer_all(guests: list[Phone], meeting: Meeting) -> None:
    """Every guest says yes; every tenth then says no, and gives the seat back."""
    waiting = iter(enumerate(guests))

    async def one_after_the_other() -> None:
        for number, guest in waiting:
            await guest.presses_action(f"meeting-yes:{meeting.id}")
            if number % 10 == 9:
                await guest.presses_action(f"meeting-no:{meeting.id}")

    await asyncio.gather(*(one_after_the_other() for _ in range(AT_ONCE)))


@pytest.mark.parametrize(
    ("many", "answering", "seats"),
    [(60, 40, 15), pytest.param(10_000, 3_000, 400, marks=pytest.mark.torture)],
)
async def test_no_seat_is_given_twice_while_invitations_go_out(
    club: ClubInATest, minh: Phone, thu: Phone, many: int, answering: int, seats: int
) -> None:
    guests = await invited(club, minh, thu, many, seats)
    club.is_delivering = False
    meeting = await newest_meeting(club)
    await asyncio.gather(send_range_by_range(club), answer_all(guests[:answering], meeting))
    rows = await club.rows(select(Rsvp).where(Rsvp.meeting_id == meeting.id))
    assert len(rows) == answering
    places = Counter(row.place for row in rows)
    assert places[P.SEATED] + places[P.OFFERED] == seats
    assert places[P.WAITING] == answering - answering // 10 - seats
    assert Counter(row.answer for row in rows)[RsvpAnswer.NO] == answering // 10
    orders = [row.waiting_order for row in rows if row.place is P.WAITING]
    assert len(set(orders)) == len(orders)
    invitations = select(func.count()).select_from(Delivery).where(col(Delivery.mailing_id) > 0)
    async with club.reading() as tx:
        assert await tx.one(invitations) >= many
