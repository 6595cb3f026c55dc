"""An officer sees the announcement go out, and what cannot be shown holds nothing up."""

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from handlers.messages import DeliveryUncertain, RateLimited, Refused, Unreachable
from storage.members import members
from storage.models import (
    AnnouncementState,
    Delivery,
    DeliveryState,
    Mailing,
    MailingKind,
    MailingState,
    MemberState,
    Role,
)
from storage.outbox import enqueue, mailings
from storage.privacy import leaving
from tests.support import ClubInATest, Phone, add_announcement
from tests.support.scripted_messenger import DeliveryHarness, ScriptedMessenger

S = DeliveryState


async def going_out(
    harness: DeliveryHarness, officer: Phone, *, state: MailingState = MailingState.FILLING
) -> int:
    """An announcement that has just been approved; the officer watches it."""
    number = await add_announcement(
        harness.club.store,
        officer.member_id,
        "Ngày bầu cử",
        state=AnnouncementState.SENDING,
    )
    return await harness.box.mail(
        kind=MailingKind.ANNOUNCEMENT,
        announcement_id=number,
        watcher_id=officer.member_id,
        state=state,
    )


async def shown_to_the_end(harness: DeliveryHarness, mailing: int, officer: Phone) -> None:
    """Runs until the last word has been shown."""

    async def over() -> bool:
        let_go = (await harness.box.mailing(mailing)).progress_sealed is None
        return let_go and "đã gửi xong" in (seen(harness, officer) or [""])[-1]

    async with harness.running():
        while not await over():
            await harness.until(lambda _: True)


def seen(harness: DeliveryHarness, officer: Phone) -> list[str]:
    """What the progress message said, in order."""
    posted = [t for t in harness.messenger.texts(officer.address.chat) if "số" in t]
    edited = [m.text for to, _, m in harness.messenger.edits if to == officer.address.chat]
    return posted + edited


async def test_the_officer_sees_it_begin_and_end_in_one_message(
    club: ClubInATest, harness: DeliveryHarness, minh: Phone
) -> None:
    for number in range(4):
        await club.member(f"M{number}")
    await shown_to_the_end(harness, await going_out(harness, minh), minh)
    texts = seen(harness, minh)
    assert "đã gửi xong" in texts[-1]
    assert "5/5" in texts[-1]
    assert "▓▓▓▓▓▓▓▓▓▓ 100 %" in texts[-1]
    assert len({message_id for _, message_id, _ in harness.messenger.edits}) <= 1


async def test_what_ended_on_another_of_three_messengers_is_shown_once(
    club: ClubInATest, harness: DeliveryHarness, minh: Phone
) -> None:
    others = [
        DeliveryHarness(club, messenger=ScriptedMessenger(name)) for name in ("zalo", "zalo_oa")
    ]
    updaters = {one.messenger.name: one.progress for one in (harness, *others)}
    for updater in updaters.values():
        updater.peers = updaters
    mailing = await going_out(harness, minh, state=MailingState.DONE)
    updaters["zalo_oa"].ended([mailing])
    for _ in range(3):
        for updater in reversed(updaters.values()):
            await updater.refresh()
    assert len(seen(harness, minh)) == 1


async def test_what_did_not_arrive_is_said_in_words(
    club: ClubInATest, harness: DeliveryHarness, minh: Phone
) -> None:
    for number in range(5):
        refused = await club.member(f"Lan {number}")
        unknown = await club.member(f"Hoa {number}")
        await club.member(f"An {number}")
        harness.messenger.fails(refused.address.chat, Refused("no"))
        harness.messenger.fails(unknown.address.chat, DeliveryUncertain())
    await shown_to_the_end(harness, await going_out(harness, minh), minh)
    last = seen(harness, minh)[-1]
    assert "Gửi không thành công: 5" in last
    assert "Chưa rõ đã tới hay chưa: 5" in last


async def test_an_audience_of_nobody_is_said_too(
    club: ClubInATest, harness: DeliveryHarness
) -> None:
    minh = await club.member("Minh", role=Role.OFFICER, purposes=())
    await shown_to_the_end(harness, await going_out(harness, minh), minh)
    assert "Hiện chưa có hội viên nào" in seen(harness, minh)[-1]


@pytest.mark.parametrize(
    "error",
    [Refused("no"), DeliveryUncertain(), Unreachable(), RateLimited(0.01), RuntimeError("oops")],
)
async def test_what_cannot_be_shown_never_stops_the_delivery(
    club: ClubInATest, harness: DeliveryHarness, error: Exception
) -> None:
    minh = await club.member("Minh", role=Role.OFFICER, purposes=())
    lan = await club.member("Lan")
    harness.messenger.fails(minh.address.chat, error)
    await going_out(harness, minh)
    await harness.deliver(S.SENT)
    assert harness.messenger.texts(lan.address.chat)


async def test_a_progress_message_that_may_have_arrived_is_not_posted_again_and_again(
    club: ClubInATest, harness: DeliveryHarness
) -> None:
    minh = await club.member("Minh", role=Role.OFFICER, purposes=())
    harness.messenger.fails(minh.address.chat, DeliveryUncertain())
    mailing = await going_out(harness, minh, state=MailingState.PAUSED)
    for state in (MailingState.PAUSED, MailingState.SENDING, MailingState.PAUSED):
        await becomes(club, mailing, state)
        await harness.progress.refresh()
        harness.time.seconds += 3
    assert harness.messenger.calls == [minh.address.chat]
    assert (await harness.box.mailing(mailing)).progress_sealed is None


async def test_the_last_word_that_a_crash_kept_back_comes_after_the_restart(
    club: ClubInATest, harness: DeliveryHarness, minh: Phone
) -> None:
    mailing = await going_out(harness, minh, state=MailingState.DONE)
    await club.in_write(mailings.keep_progress_message, mailing, "77")
    async with harness.running():
        harness.progress.wake()
        await harness.until(lambda _: bool(harness.messenger.edits))
    ((chat, message_id, message),) = harness.messenger.edits
    assert (chat, message_id) == (minh.address.chat, "77")
    assert "đã gửi xong" in message.text
    assert (await harness.box.mailing(mailing)).progress_sealed is None


async def test_the_message_changes_every_three_seconds_at_most(
    club: ClubInATest, harness: DeliveryHarness, minh: Phone
) -> None:
    mailing = await going_out(harness, minh, state=MailingState.PAUSED)
    await harness.progress.refresh()
    await becomes(club, mailing, MailingState.SENDING)
    harness.time.seconds += 2.9
    await harness.progress.refresh()
    assert harness.messenger.edits == []
    harness.time.seconds += 0.1
    await harness.progress.refresh()
    assert len(harness.messenger.edits) == 1


async def test_the_officer_sees_how_fast_it_goes_and_how_much_longer(
    club: ClubInATest, harness: DeliveryHarness, minh: Phone
) -> None:
    people = [(await club.member(f"M{number}")).member_id for number in range(8)]
    mailing = await going_out(harness, minh, state=MailingState.SENDING)
    async with club.store.write() as tx:
        await enqueue.add_recipients(tx, await tx.session.get_one(Mailing, mailing), people)
    await harness.progress.refresh()
    async with club.store.write() as tx:
        first = select(Delivery).order_by(col(Delivery.id)).limit(6)
        for row in (await tx.session.exec(first)).all():
            row.state = S.SENT
    club.clock.advance(seconds=3)
    harness.time.seconds += 3
    await harness.progress.refresh()
    said = "Tốc độ: 2 lượt/giây · còn chưa đầy một phút"
    assert said in harness.messenger.edits[-1][2].text
    await minh.says("/tiendo")
    assert said in minh.last


async def test_nothing_is_edited_when_nothing_changed(
    harness: DeliveryHarness, minh: Phone
) -> None:
    await going_out(harness, minh, state=MailingState.PAUSED)
    for _ in range(3):
        await harness.progress.refresh()
        harness.time.seconds += 3
    assert (len(harness.messenger.calls), harness.messenger.edits) == (1, [])


async def test_the_end_is_shown_at_once(
    club: ClubInATest, harness: DeliveryHarness, minh: Phone
) -> None:
    mailing = await going_out(harness, minh, state=MailingState.PAUSED)
    await harness.progress.refresh()
    await becomes(club, mailing, MailingState.DONE)
    await harness.progress.refresh()
    assert len(harness.messenger.edits) == 1
    await harness.progress.refresh()
    assert len(harness.messenger.edits) == 1


async def test_what_was_under_way_when_it_was_cancelled_is_still_counted(
    club: ClubInATest, harness: DeliveryHarness, minh: Phone
) -> None:
    members = [(await club.member(f"Lan {number}")).member_id for number in range(10)]
    mailing = await going_out(harness, minh, state=MailingState.PAUSED)
    async with club.store.write() as tx:
        await enqueue.add_recipients(tx, await tx.session.get_one(Mailing, mailing), members)
        await tx.session.exec(update(Delivery).values(state=S.SENDING))
    await harness.progress.refresh()
    await becomes(club, mailing, MailingState.CANCELLED)
    harness.time.seconds += 3
    await harness.progress.refresh()
    async with club.store.write() as tx:
        await tx.session.exec(update(Delivery).values(state=S.SENT))
    await harness.progress.refresh()
    assert [" 0 %" in m.text for _, _, m in harness.messenger.edits] == [True, False]
    assert "100 %" in harness.messenger.edits[-1][2].text
    assert (await harness.box.mailing(mailing)).progress_sealed is None


async def becomes(club: ClubInATest, mailing: int, state: MailingState) -> None:
    async with club.store.write() as tx:
        (await tx.session.get_one(Mailing, mailing)).state = state


async def test_an_officer_who_left_is_shown_nothing(
    club: ClubInATest, harness: DeliveryHarness, minh: Phone, lan: Phone
) -> None:
    await going_out(harness, minh)
    async with club.store.write() as tx:
        await leaving.leave(tx, await members.get(tx, minh.member_id))
    await harness.deliver(S.SENT)
    assert harness.messenger.calls == [lan.address.chat]


@pytest.mark.parametrize(
    ("role", "state"), [(Role.OFFICER, MemberState.SUSPENDED), (Role.MEMBER, MemberState.ACTIVE)]
)
async def test_who_is_no_officer_at_the_moment_is_shown_nothing(
    club: ClubInATest, harness: DeliveryHarness, role: Role, state: MemberState, minh: Phone
) -> None:
    mailing = await going_out(harness, minh, state=MailingState.PAUSED)
    await harness.progress.refresh()
    async with club.store.write() as tx:
        officer = await members.get(tx, minh.member_id)
        officer.role, officer.state = role, state
    await becomes(club, mailing, MailingState.DONE)
    await harness.progress.refresh()
    assert harness.messenger.edits == []


async def test_the_progress_counts_against_the_pace(harness: DeliveryHarness, minh: Phone) -> None:
    await going_out(harness, minh, state=MailingState.PAUSED)
    await harness.progress.refresh()
    assert harness.pace.demand == 1
