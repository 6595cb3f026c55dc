"""What is queued goes out once, and only while it still may."""

from datetime import timedelta

import pytest
from sqlmodel import col, select, update

from storage.database.leases import LeaseLost
from storage.members import contacts, members
from storage.models import (
    Announcement,
    AnnouncementState,
    Contact,
    Delivery,
    DeliveryState,
    Lane,
    Mailing,
    MailingKind,
    MailingState,
    Member,
    MemberState,
    Purpose,
)
from storage.outbox import corrections, deliveries, enqueue, mailings, recipients
from storage.outbox.deliveries import TRANSITIONS, Result
from storage.privacy import leaving
from tests.support import LEASE, ClubInATest, ManualClock, Outbox, Phone

S = DeliveryState


async def test_a_queued_message_is_claimed_marked_and_recorded(box: Outbox, lan: Phone) -> None:
    await box.mail(lan.member_id)
    (row,) = await box.claim()
    assert (row.chat, row.language, row.attempts) == (lan.address.chat, "vi", 0)
    assert await box.begin(row) == {row.id}
    assert await box.record(Result(row.id, S.SENT, message_ids=("7", "8"))) == 1
    (kept,) = await box.rows()
    assert (kept.state, kept.message_ids, kept.attempts) == (S.SENT, ["7", "8"], 1)


async def test_no_name_or_chat_shows_in_what_is_claimed(box: Outbox, lan: Phone) -> None:
    await box.mail(lan.member_id)
    (row,) = await box.claim()
    assert lan.address.chat not in repr(row)


async def test_what_is_urgent_passes_what_was_queued_before_it(box: Outbox, lan: Phone) -> None:
    lanes = [Lane.DIGEST, Lane.ANNOUNCEMENT, Lane.URGENT, Lane.NOTICE, Lane.VERDICT]
    for lane in lanes:
        await box.mail(lan.member_id, lane=lane)
    assert [row.lane for row in await box.claim()] == sorted(lanes)


async def test_two_workers_never_get_the_same_row(club: ClubInATest, box: Outbox) -> None:
    await box.mail(*[(await club.member(f"M{n}")).member_id for n in range(5)])
    first, second = await box.claim(limit=3), await box.claim(limit=3)
    assert len(first) == 3
    assert len(second) == 2
    assert not {row.id for row in first} & {row.id for row in second}


async def test_a_member_who_left_gets_nothing_that_was_already_queued(
    club: ClubInATest, box: Outbox, lan: Phone
) -> None:
    await box.mail(lan.member_id)
    await box.mail(lan.member_id, purpose=None)
    async with club.store.write() as tx:
        await leaving.leave(tx, await members.get(tx, lan.member_id))
    assert await box.claim() == []
    assert await box.states() == [S.CANCELLED, S.CANCELLED]


async def test_a_member_who_only_has_the_state_of_having_left_gets_nothing(
    club: ClubInATest, box: Outbox, lan: Phone
) -> None:
    await box.mail(lan.member_id, purpose=None)
    await set_state(club, lan.member_id, MemberState.LEFT)
    assert await box.claim() == []
    assert await box.states() == [S.CANCELLED]


async def test_a_suspended_member_gets_answers_but_no_announcements(
    club: ClubInATest, box: Outbox, lan: Phone
) -> None:
    await box.mail(lan.member_id)
    await box.mail(lan.member_id, purpose=None)
    await set_state(club, lan.member_id, MemberState.SUSPENDED)
    assert len(await box.claim()) == 1
    assert await box.states() == [S.CANCELLED, S.CLAIMED]


async def test_consent_withdrawn_between_queueing_and_claiming_counts(
    club: ClubInATest, box: Outbox, lan: Phone, hoa: Phone
) -> None:
    await box.mail(lan.member_id, hoa.member_id)
    await withdraw(club, lan.member_id, Purpose.ANNOUNCEMENTS)
    await withdraw(club, hoa.member_id, Purpose.DIGEST)
    assert [row.member_id for row in await box.claim()] == [hoa.member_id]
    assert await box.states() == [S.CANCELLED, S.CLAIMED]


async def test_an_answer_somebody_asked_for_needs_no_consent(
    club: ClubInATest, box: Outbox
) -> None:
    lan = await club.member("Lan", purposes=())
    await box.mail(lan.member_id, purpose=None)
    await box.mail(lan.member_id)
    assert len(await box.claim()) == 1


async def test_consent_withdrawn_between_claiming_and_sending_counts_too(
    club: ClubInATest, box: Outbox, lan: Phone
) -> None:
    await box.mail(lan.member_id)
    (row,) = await box.claim()
    await withdraw(club, lan.member_id, Purpose.ANNOUNCEMENTS)
    assert await box.begin(row) == set()
    assert await box.claim() == []
    assert await box.states() == [S.CANCELLED]


async def test_nothing_goes_out_after_valid_until(
    box: Outbox, clock: ManualClock, lan: Phone, hoa: Phone
) -> None:
    await box.mail(lan.member_id, hoa.member_id, valid_until=clock.now() + timedelta(minutes=1))
    clock.advance(seconds=59.999)
    (row,) = await box.claim(limit=1)
    clock.advance(seconds=0.001)
    assert await box.begin(row) == set()
    assert await box.claim() == []
    assert await box.states() == [S.CANCELLED, S.CANCELLED]


async def test_what_a_worker_holds_twice_goes_once_in_the_words_that_count_now(
    club: ClubInATest, box: Outbox, lan: Phone
) -> None:
    number = await box.mail(lan.member_id)
    (old,) = await box.claim()
    club.clock.advance(hours=1)
    async with club.store.write() as tx:
        await corrections.set_wording(
            tx, await tx.session.get_one(Mailing, number), {"vi": {}}, None
        )
        await deliveries.recover(tx, lease=LEASE)
    (new,) = await box.claim()
    term = await box.term()
    async with club.store.write() as tx:
        claimed_rows = [old, new, new]
        going = await deliveries.mark_sending(
            tx, term, claimed_rows, messenger="telegram", lease=LEASE
        )
    assert going == [new]


async def test_a_paused_mailing_waits_even_if_it_was_claimed(
    club: ClubInATest, box: Outbox, lan: Phone
) -> None:
    number = await box.mail(lan.member_id)
    (row,) = await box.claim()
    await set_mailing(club, number, MailingState.PAUSED)
    assert await box.begin(row) == set()
    assert await box.claim() == []
    assert await box.states() == [S.QUEUED]
    await set_mailing(club, number, MailingState.SENDING)
    assert len(await box.claim()) == 1


async def test_somebody_who_blocked_the_bot_is_not_written_to_until_they_write_again(
    box: Outbox, lan: Phone
) -> None:
    await box.mail(lan.member_id)
    await lan.blocks()
    assert await box.claim() == []
    await lan.says("/trogiup")
    await box.mail(lan.member_id)
    assert len(await box.claim()) == 1
    assert await box.states() == [S.CANCELLED, S.CLAIMED]


async def test_a_chat_of_another_messenger_is_left_to_that_messengers_worker(
    club: ClubInATest, box: Outbox, lan: Phone
) -> None:
    await box.mail(lan.member_id)
    async with club.store.write() as tx:
        contact = await members.contact_of(tx, lan.member_id)
        assert contact is not None
        contact.messenger = "zalo"
    assert await box.claim() == []
    assert await box.states() == [S.QUEUED]


async def test_what_is_not_due_yet_waits_until_the_moment(
    box: Outbox, clock: ManualClock, lan: Phone
) -> None:
    await box.mail(lan.member_id)
    (row,) = await box.claim()
    await box.begin(row)
    await box.record(Result(row.id, S.QUEUED, not_before=clock.now() + timedelta(minutes=1)))
    clock.advance(seconds=59)
    assert await box.claim() == []
    clock.advance(seconds=1)
    assert len(await box.claim()) == 1


async def test_a_clock_set_back_holds_nothing_up(
    club: ClubInATest, box: Outbox, clock: ManualClock, lan: Phone
) -> None:
    await box.mail(lan.member_id)
    clock.advance(hours=-1)
    (row,) = await box.claim()
    clock.advance(hours=-1)
    assert (await club.in_write(deliveries.recover, lease=LEASE)).requeued == 1
    assert [again.id for again in await box.claim()] == [row.id]


async def test_an_attempt_that_did_not_count_is_given_back(
    box: Outbox, clock: ManualClock, lan: Phone
) -> None:
    await box.mail(lan.member_id)
    for counted, attempts in ((True, 1), (False, 1), (True, 2)):
        (row,) = await box.claim()
        await box.begin(row)
        await box.record(Result(row.id, S.QUEUED, counted=counted))
        assert (await box.rows())[0].attempts == attempts


async def test_a_claim_whose_worker_died_goes_back_into_the_queue(
    club: ClubInATest, box: Outbox, clock: ManualClock, lan: Phone
) -> None:
    await box.mail(lan.member_id)
    await box.claim()
    clock.advance(seconds=59)
    assert await recover(club) == (0, 0)
    clock.advance(seconds=1)
    assert await recover(club) == (1, 0)
    assert await box.states() == [S.QUEUED]


async def test_a_crash_while_sending_is_uncertain_and_never_resent(
    club: ClubInATest, box: Outbox, clock: ManualClock, lan: Phone
) -> None:
    await box.mail(lan.member_id)
    await box.begin(*await box.claim())
    clock.advance(seconds=60)
    assert await recover(club) == (0, 1)
    clock.advance(days=30)
    assert await recover(club) == (0, 0)
    assert await Outbox(club.store, "another").claim() == []
    assert await box.states() == [S.UNCERTAIN]


async def test_a_call_that_is_still_in_hand_is_not_given_up(
    club: ClubInATest, box: Outbox, clock: ManualClock, lan: Phone
) -> None:
    await box.mail(lan.member_id)
    (row,) = await box.claim()
    await box.begin(row)
    clock.advance(hours=10)
    await club.in_write(deliveries.recover, lease=LEASE, in_hand={row.id})
    assert await box.states() == [S.SENDING]


async def test_a_late_worker_can_only_prove_that_it_arrived(
    club: ClubInATest, box: Outbox, clock: ManualClock, lan: Phone, hoa: Phone
) -> None:
    await box.mail(lan.member_id, hoa.member_id)
    first, second = await box.claim()
    await box.begin(first, second)
    clock.advance(seconds=60)
    await recover(club)
    assert await box.record(Result(first.id, S.SENT), Result(second.id, S.QUEUED)) == 1
    assert await box.states() == [S.SENT, S.UNCERTAIN]


async def test_a_late_worker_cannot_send_what_another_has_taken(
    club: ClubInATest, box: Outbox, clock: ManualClock, lan: Phone
) -> None:
    await box.mail(lan.member_id)
    (row,) = await box.claim()
    old = await box.term()
    clock.advance(seconds=60)
    await recover(club)
    another = Outbox(club.store, "another")
    (same,) = await another.claim()
    assert same.id == row.id
    async with club.store.write() as tx:
        with pytest.raises(LeaseLost):
            await deliveries.mark_sending(tx, old, [row], messenger="telegram", lease=LEASE)
    assert await box.record(Result(row.id, S.SENT)) == 0
    assert await another.begin(same) == {row.id}


async def test_a_worker_that_no_longer_leads_claims_nothing(
    club: ClubInATest, box: Outbox, clock: ManualClock, lan: Phone
) -> None:
    await box.mail(lan.member_id)
    old = await box.term()
    clock.advance(seconds=15)
    await Outbox(club.store, "another").term()
    async with club.store.write() as tx:
        with pytest.raises(LeaseLost):
            await deliveries.claim(tx, old, messenger="telegram", limit=1, lease=LEASE)


async def test_a_message_of_ones_own_is_emptied_when_it_has_been_sent(
    club: ClubInATest, box: Outbox, lan: Phone
) -> None:
    number = await box.mail()
    async with club.store.write() as tx:
        mailing = await tx.session.get_one(Mailing, number)
        bodies = {lan.member_id: '{"text": "riêng"}'}
        await enqueue.add_recipients(tx, mailing, [lan.member_id], bodies=bodies)
    (row,) = await box.claim()
    assert row.own_body == '{"text": "riêng"}'
    await box.begin(row)
    await box.record(Result(row.id, S.SENT))
    assert (await box.rows())[0].body_sealed is None


async def test_a_row_that_cannot_be_opened_fails_and_holds_nobody_up(
    club: ClubInATest, box: Outbox, lan: Phone, hoa: Phone
) -> None:
    await box.mail(lan.member_id, hoa.member_id)
    async with club.store.write() as tx:
        broken = update(Contact).where(col(Contact.member_id) == lan.member_id)
        await tx.session.exec(broken.values(chat_sealed=b"damaged"))
    assert [row.member_id for row in await box.claim()] == [hoa.member_id]
    assert await box.states() == [S.FAILED, S.CLAIMED]


async def test_a_row_without_the_chat_it_was_addressed_to_fails_and_holds_nobody_up(
    club: ClubInATest, box: Outbox, lan: Phone, hoa: Phone
) -> None:
    await box.mail(lan.member_id, hoa.member_id)
    async with club.store.write() as tx:
        broken = update(Delivery).where(col(Delivery.member_id) == lan.member_id)
        await tx.session.exec(broken.values(messenger="telegram"))
    assert [row.member_id for row in await box.claim()] == [hoa.member_id]
    assert await box.states() == [S.FAILED, S.CLAIMED]


async def test_a_long_reason_is_cut_to_what_the_table_holds(box: Outbox, lan: Phone) -> None:
    await box.mail(lan.member_id)
    (row,) = await box.claim()
    await box.begin(row)
    await box.record(Result(row.id, S.FAILED, reason="x" * 201))
    assert (await box.rows())[0].reason == "x" * 200


async def test_an_announcement_is_sent_when_nothing_of_it_is_open(
    club: ClubInATest, box: Outbox
) -> None:
    lan = await club.officer("Lan")
    number = await going_out(club, lan.member_id)
    mailing = await box.mail(lan.member_id, kind=MailingKind.ANNOUNCEMENT, announcement_id=number)
    assert await finish(club) == []
    (row,) = await box.claim()
    await box.begin(row)
    assert await finish(club) == []
    await box.record(Result(row.id, S.GONE))
    assert await finish(club) == [mailing]
    assert await finish(club) == []
    async with club.store.read() as tx:
        announcement = await tx.session.get_one(Announcement, number)
        assert announcement.state is AnnouncementState.SENT
        assert await mailings.counts(tx, mailing) == {S.GONE: 1}


async def test_everybody_who_agreed_is_added_range_by_range(club: ClubInATest, box: Outbox) -> None:
    for number in range(5):
        await club.member(f"M{number}")
    await club.member("Không đồng ý", purposes=())
    mailing = await box.mail(state=MailingState.FILLING)
    assert [await fill(club, 2) for _ in range(4)] == [False, False, False, True]
    assert len(await box.rows()) == 5
    assert (await box.mailing(mailing)).state is MailingState.SENDING
    assert await fill(club, 2) is None


async def test_what_has_been_added_goes_out_while_others_are_still_being_added(
    club: ClubInATest, box: Outbox
) -> None:
    for number in range(3):
        await club.member(f"M{number}")
    await box.mail(state=MailingState.FILLING)
    await fill(club, 2)
    (first, _) = await box.claim()
    assert await box.begin(first) == {first.id}


async def test_a_range_that_was_added_before_a_crash_is_not_added_twice(
    club: ClubInATest, box: Outbox
) -> None:
    for number in range(4):
        await club.member(f"M{number}")
    mailing = await box.mail(state=MailingState.FILLING)
    await fill(club, 2)
    async with club.store.write() as tx:
        (await tx.session.get_one(Mailing, mailing)).filled_to = 0
    while not await fill(club, 2):
        pass
    assert len(await box.rows()) == 4


async def test_only_active_reachable_members_of_the_areas_are_added(
    club: ClubInATest, box: Outbox
) -> None:
    lan = await club.member("Lan", area="thi-xa")
    await club.member("Hoa", area="song-ngoc")
    await club.member("Cả tỉnh")
    suspended = await club.member("Tạm ngưng", area="thi-xa")
    await set_state(club, suspended.member_id, MemberState.SUSPENDED)
    await (await club.member("Đã chặn", area="thi-xa")).blocks()
    await box.mail(state=MailingState.FILLING, areas=["thi-xa"])
    await fill(club, 100)
    assert [row.member_id for row in await box.rows()] == [lan.member_id]


async def test_a_chat_that_moved_is_followed(club: ClubInATest, box: Outbox, lan: Phone) -> None:
    await box.mail(lan.member_id)
    (row,) = await box.claim()
    assert row.contact_id
    async with club.store.write() as tx:
        await contacts.move(tx, row.contact_id, "-100777")
        await deliveries.give_back(tx, box.worker, [row.id])
        assert await members.find_by_chat(tx, "telegram", "-100777") is not None
    assert [again.chat for again in await box.claim()] == ["-100777"]


async def test_a_chat_is_not_moved_onto_somebody_elses(
    club: ClubInATest, box: Outbox, lan: Phone, hoa: Phone
) -> None:
    await box.mail(lan.member_id)
    (row,) = await box.claim()
    assert row.contact_id
    async with club.store.write() as tx:
        await contacts.move(tx, row.contact_id, hoa.address.chat)
        found = await members.find_by_chat(tx, "telegram", hoa.address.chat)
    assert found is not None
    assert found[0].id == hoa.member_id


def test_what_has_arrived_is_never_sent_again() -> None:
    assert {state for state, ways in TRANSITIONS.items() if not ways} == {S.SENT}
    assert set(TRANSITIONS) == set(DeliveryState)


@pytest.mark.parametrize("found_out", [S.QUEUED, S.FAILED, S.GONE])
async def test_no_worker_puts_what_may_have_arrived_back_into_the_queue(
    found_out: DeliveryState, lan: Phone, box: Outbox
) -> None:
    await box.mail(lan.member_id)
    (row,) = await box.claim()
    await box.begin(row)
    await box.record(Result(row.id, S.UNCERTAIN))
    assert await box.record(Result(row.id, found_out)) == 0
    assert await box.states() == [S.UNCERTAIN]


async def recover(club: ClubInATest) -> tuple[int, int]:
    found = await club.in_write(deliveries.recover, lease=LEASE)
    return found.requeued, found.uncertain


async def finish(club: ClubInATest) -> list[int]:
    return await club.in_write(mailings.finish)


async def fill(club: ClubInATest, members: int) -> bool | None:
    """Fills one range; whether it was the last, or None when there was nothing to fill."""
    filled = await club.in_write(recipients.fill_next_range, members=members)
    return filled.complete if filled else None


async def withdraw(club: ClubInATest, member_id: int, purpose: Purpose) -> None:
    await club.in_write(members.withdraw, member_id, [purpose])


async def set_state(club: ClubInATest, member_id: int, state: MemberState) -> None:
    async with club.store.write() as tx:
        (await tx.session.get_one(Member, member_id)).state = state


async def set_mailing(club: ClubInATest, number: int, state: MailingState) -> None:
    async with club.store.write() as tx:
        (await tx.session.get_one(Mailing, number)).state = state


async def going_out(club: ClubInATest, author_id: int) -> int:
    """An announcement that is being sent; returns its number."""
    async with club.store.write() as tx:
        tx.session.add(
            Announcement(
                author_id=author_id, state=AnnouncementState.SENDING, created_at=tx.clock.now()
            )
        )
        await tx.session.flush()
        return (await tx.session.exec(select(Announcement.id))).one() or 0
