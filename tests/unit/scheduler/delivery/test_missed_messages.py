"""Whoever was left out gets it after their next message: once, and only while it is current."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import update

from handlers.conversation import Html
from handlers.conversation.settings import ClubSettings
from handlers.messages import Address, DeliveryUncertain, Message, RecipientGone, Refused
from handlers.notifications import notify_chats
from storage.announcements import announcements
from storage.database.batch_settings import HALF_HOURS
from storage.database.engine import Store
from storage.members import account_linking, members
from storage.models import (
    Announcement,
    AnnouncementState,
    Delivery,
    DeliveryState,
    Lane,
    Mailing,
    MailingKind,
    MailingState,
    Purpose,
)
from storage.outbox import corrections, enqueue, mailings, missed, resend, uncertain
from storage.privacy import leaving
from tests.support import ClubInATest, ManualClock, Phone, publish
from tests.support.metered_account import (
    CHARGED,
    CLOSED,
    OA,
    MeteredHarness,
    with_account,
)
from tests.support.scripted_messenger import DeliveryHarness

S = DeliveryState


@pytest.fixture
def settings() -> ClubSettings:
    return with_account()


@pytest.fixture
def club(store: Store, clock: ManualClock, settings: ClubSettings) -> ClubInATest:
    """A club with an account that has a messaging window."""
    return ClubInATest(store, clock, settings)


@pytest.fixture
def oa(club: ClubInATest) -> MeteredHarness:
    return MeteredHarness(club)


@pytest.fixture
async def an(oa: MeteredHarness) -> Phone:
    """A member who last wrote eight days ago."""
    return await oa.person("An", CLOSED)


async def left_out(oa: MeteredHarness, **more: object) -> int:
    """An announcement that An does not get; returns the id of its mailing."""
    mailing_id = await oa.announce(await publish(oa.club), **more)  # type: ignore[arg-type]
    earlier = len(await oa.box.states())
    async with oa.running():
        await oa.until(lambda found: found[earlier:] == [S.NOT_NOW])
    await oa.club.in_write(mailings.finish)
    return mailing_id


async def assert_corrected_text_comes(oa: MeteredHarness, an: Phone, mailing_id: int) -> None:
    """The text is corrected while An waits for it, and An writes then."""
    async with oa.club.store.write() as tx:
        mailing = await tx.session.get_one(Mailing, mailing_id)
        await corrections.set_wording(tx, mailing, {"vi": {"text": "bản đúng"}}, None)
    await oa.writes(an)
    await oa.deliver(S.SENT)
    assert oa.messenger.texts(an.address.chat) == ["bản đúng"]


async def test_it_comes_after_the_next_message_and_costs_nothing(
    oa: MeteredHarness, an: Phone
) -> None:
    mailing_id = await left_out(oa)
    await oa.writes(an)
    assert "1 tin" in an.last
    await oa.deliver(S.SENT)
    await oa.writes(an)
    await oa.deliver(S.SENT)
    assert oa.messenger.texts(an.address.chat) == ["tin 1"]
    assert (await oa.box.mailing(mailing_id)).state is MailingState.DONE
    assert (await oa.month()).spent.paid == 0


async def test_a_press_counts_as_a_message_and_being_blocked_does_not(
    oa: MeteredHarness, an: Phone
) -> None:
    await left_out(oa)
    await an.blocks()
    assert await oa.box.states() == [S.NOT_NOW]
    await an.presses_action("read:1")
    assert await oa.box.states() == [S.QUEUED]


async def test_somebody_left_out_for_the_price_gets_it_too(
    oa: MeteredHarness, club: ClubInATest
) -> None:
    bich = await oa.person("Bích", CHARGED)
    await left_out(oa)
    await oa.writes(bich)
    await oa.deliver(S.SENT)


async def test_three_come_at_once_the_newest_first_the_others_later(
    oa: MeteredHarness, an: Phone
) -> None:
    for _ in range(4):
        await left_out(oa)
    await oa.writes(an)
    assert "3 tin mới nhất" in an.last
    assert "1 tin còn lại" in an.last
    assert await oa.box.states() == [S.NOT_NOW, S.QUEUED, S.QUEUED, S.QUEUED]
    await oa.writes(an)
    await oa.deliver(*[S.SENT] * 4)


async def test_what_has_expired_is_not_sent(oa: MeteredHarness, an: Phone) -> None:
    mailing_id = await left_out(oa)
    await set_columns(oa, mailing_id, valid_until=oa.club.clock.now() + timedelta(hours=1))
    oa.club.clock.advance(hours=1)
    await oa.writes(an)
    assert await oa.box.states() == [S.NOT_NOW]
    assert "bên dưới" not in an.last


@pytest.mark.parametrize("state", [MailingState.PAUSED, MailingState.CANCELLED])
async def test_what_an_officer_stopped_is_not_sent(
    oa: MeteredHarness, an: Phone, state: MailingState
) -> None:
    mailing_id = await left_out(oa)
    await set_columns(oa, mailing_id, state=state)
    await oa.writes(an)
    assert await oa.box.states() == [S.NOT_NOW]


async def test_what_was_recalled_is_not_sent(oa: MeteredHarness, an: Phone) -> None:
    await left_out(oa)
    async with oa.club.store.write() as tx:
        found = await announcements.lock(tx, 1)
        assert found
        found.state = AnnouncementState.RECALLED
    await oa.writes(an)
    assert await oa.box.states() == [S.NOT_NOW]


async def test_a_recall_reaches_what_comes_after_a_message(oa: MeteredHarness, an: Phone) -> None:
    await left_out(oa)
    await left_out(oa)
    await oa.writes(an)
    await oa.club.in_write(mailings.cancel_all, 1)
    async with oa.running():
        await oa.until(lambda found: found == [S.CANCELLED, S.SENT])
    assert oa.messenger.texts(an.address.chat) == ["tin 2"]


async def test_it_comes_in_its_current_wording(oa: MeteredHarness, an: Phone) -> None:
    mailing_id = await left_out(oa)
    await assert_corrected_text_comes(oa, an, mailing_id)


async def test_a_reminder_with_an_older_wording_is_not_sent(oa: MeteredHarness, an: Phone) -> None:
    number = await publish(oa.club)
    await oa.box.mail(an.member_id, announcement_id=number)
    await oa.deliver(S.NOT_NOW)
    async with oa.club.store.write() as tx:
        correction = Announcement(
            corrects_id=number,
            state=AnnouncementState.SENT,
            created_at=tx.clock.now(),
            sent_at=tx.clock.now() + timedelta(seconds=1),
        )
        tx.session.add(correction)
    await oa.writes(an)
    assert await oa.box.states() == [S.NOT_NOW]


async def test_a_digest_is_not_sent_later(oa: MeteredHarness, an: Phone) -> None:
    await oa.box.mail(an.member_id, kind=MailingKind.DIGEST, purpose=Purpose.DIGEST)
    await oa.deliver(S.NOT_NOW)
    await oa.writes(an)
    assert await oa.box.states() == [S.NOT_NOW]


async def test_whoever_withdrew_their_consent_does_not_get_it(
    oa: MeteredHarness, an: Phone
) -> None:
    await left_out(oa)
    await oa.club.in_write(members.withdraw, an.member_id, [Purpose.ANNOUNCEMENTS])
    await oa.writes(an)
    assert await oa.box.states() == [S.NOT_NOW]


async def test_whoever_stops_cancels_it(oa: MeteredHarness, an: Phone) -> None:
    await left_out(oa)
    async with oa.club.store.write() as tx:
        await leaving.stop(tx, await members.get(tx, an.member_id))
    assert await oa.box.states() == [S.CANCELLED]


async def test_it_goes_to_the_chat_they_wrote_in_although_another_is_preferred_now(
    oa: MeteredHarness, an: Phone
) -> None:
    await left_out(oa)
    await oa.also_on_telegram(an, "an", prefers="telegram")
    await oa.writes(an)
    await oa.deliver(S.SENT)
    assert oa.messenger.texts(an.address.chat) == ["tin 1"]


async def test_one_that_the_platform_refuses_again_waits_for_the_next_message(
    oa: MeteredHarness, an: Phone
) -> None:
    await left_out(oa)
    await an.says("xin chào")  # the platform does not know of it
    await oa.deliver(S.NOT_NOW)
    (row,) = await oa.box.rows()
    assert (row.messenger, row.chat_sealed, row.lane) == (None, None, Lane.MISSED)
    oa.club.clock.advance(seconds=5)
    await oa.writes(an)
    await oa.deliver(S.SENT)


@pytest.mark.parametrize("unlinks", [False, True])
async def test_it_comes_on_another_messenger_that_they_write_on(
    oa: MeteredHarness, an: Phone, *, unlinks: bool
) -> None:
    await left_out(oa)
    await oa.also_on_telegram(an, "an", prefers=OA)
    if unlinks:
        async with oa.club.store.write() as tx:
            found = await members.find_by_chat(tx, OA, an.address.chat)
            assert found
            await account_linking.remove_chat(tx, found[1])
    phone = replace(an, address=Address("telegram", "an"))
    await phone.says("xin chào")
    assert "1 tin" in phone.last
    telegram = DeliveryHarness(oa.club)
    await telegram.deliver(S.SENT)
    assert telegram.messenger.texts("an") == ["tin 1"]


async def test_of_two_corrections_the_newer_one_comes(oa: MeteredHarness, an: Phone) -> None:
    number = await publish(oa.club)
    for version in (2, 3):
        await oa.box.mail(
            an.member_id,
            kind=MailingKind.CORRECTION,
            announcement_id=number,
            lane=Lane.CORRECTION,
        )
        await set_states(oa, S.NOT_NOW)
        assert len(await oa.box.rows()) == version - 1
    await oa.writes(an)
    assert await oa.box.states() == [S.NOT_NOW, S.QUEUED]


async def test_a_correction_that_was_followed_by_one_that_was_cancelled_comes(
    oa: MeteredHarness, an: Phone
) -> None:
    number = await publish(oa.club)
    for _ in range(2):
        mailing_id = await oa.box.mail(
            an.member_id, kind=MailingKind.CORRECTION, announcement_id=number
        )
    await set_states(oa, S.NOT_NOW)
    await set_columns(oa, mailing_id, state=MailingState.CANCELLED)
    await oa.writes(an)
    assert await oa.box.states() == [S.QUEUED, S.NOT_NOW]


async def set_states(oa: MeteredHarness, state: DeliveryState) -> None:
    async with oa.club.store.write() as tx:
        await tx.session.exec(update(Delivery).values(state=state))


async def test_what_was_for_one_chat_waits_for_a_message_of_that_chat(
    oa: MeteredHarness, an: Phone
) -> None:
    stranger = oa.club.stranger("X", messenger=OA)
    oa.club.is_delivering = False
    await add_chat_notice(oa, an, stranger.address)
    await oa.deliver(S.NOT_NOW)
    await oa.club.in_write(mailings.finish)
    await oa.writes(an)
    await oa.also_on_telegram(an, "an", prefers=OA)
    await replace(an, address=Address("telegram", "an")).says("xin chào")
    assert await oa.box.states() == [S.NOT_NOW]
    await oa.writes(stranger)
    await oa.deliver(S.SENT)
    assert oa.messenger.texts(stranger.address.chat) == ["tin riêng"]
    assert oa.messenger.texts(an.address.chat) == []


async def test_what_is_for_a_strangers_chat_is_tried_without_a_quota(
    oa: MeteredHarness, an: Phone
) -> None:
    stranger = oa.club.stranger("X", messenger=OA)
    oa.messenger.last[stranger.address.chat] = oa.club.clock.now()
    await add_chat_notice(oa, an, stranger.address)
    await oa.deliver(S.SENT)


async def add_chat_notice(oa: MeteredHarness, of: Phone, chat: Address) -> None:
    async with oa.club.store.write() as tx:
        await notify_chats(
            tx,
            oa.club.settings,
            await members.get(tx, of.member_id),
            [chat],
            lambda _: Message(Html("tin riêng")),
        )


async def test_one_that_failed_can_be_sent_again_as_if_nobody_had_missed_it(
    oa: MeteredHarness, an: Phone
) -> None:
    mailing_id = await left_out(oa)
    oa.messenger.fails(an.address.chat, Refused("no"))
    await oa.writes(an)
    await oa.deliver(S.FAILED)
    (row,) = await oa.box.rows()
    assert (row.messenger, row.chat_sealed) == (None, None)
    async with oa.club.store.write() as tx:
        await resend.send_to_missed(tx, await tx.session.get_one(Mailing, mailing_id))
    assert [one.lane for one in await oa.box.rows()] == [Lane.ANNOUNCEMENT]
    await oa.deliver(S.SENT)


async def test_an_uncertain_copy_sent_again_comes_later_in_its_current_wording(
    oa: MeteredHarness, an: Phone
) -> None:
    await oa.wrote(an, oa.club.clock.now())
    oa.messenger.fails(an.address.chat, DeliveryUncertain("silence"))
    mailing_id = await oa.announce(await publish(oa.club))
    await oa.deliver(S.UNCERTAIN)
    oa.club.clock.advance(days=8)
    async with oa.club.store.write() as tx:
        mailing = await tx.session.get_one(Mailing, mailing_id)
        await uncertain.send_again(tx, mailing, {"vi": '{"text": "bản cũ"}'})
    await oa.deliver(S.NOT_NOW)
    await assert_corrected_text_comes(oa, an, mailing_id)


async def test_a_notice_of_ones_own_is_kept_for_thirty_days(oa: MeteredHarness, an: Phone) -> None:
    await add_notice(oa, an)
    await oa.deliver(S.NOT_NOW)
    oa.club.clock.advance(days=30)
    await oa.club.in_write(missed.cancel_old)
    assert await oa.box.states() == [S.NOT_NOW]
    oa.club.clock.advance(seconds=1)
    await oa.club.in_write(missed.cancel_old)
    (row,) = await oa.box.rows()
    assert (row.state, row.body_sealed) == (S.CANCELLED, None)


async def test_a_notice_of_ones_own_comes_after_the_next_message(
    oa: MeteredHarness, an: Phone
) -> None:
    await add_notice(oa, an)
    await oa.deliver(S.NOT_NOW)
    oa.club.is_delivering = False
    await oa.writes(an)
    await oa.deliver(S.SENT)
    assert oa.messenger.texts(an.address.chat) == ["tin riêng"]


async def add_notice(oa: MeteredHarness, an: Phone) -> None:
    async with oa.club.store.write() as tx:
        mailing = await enqueue.open_mailing(
            tx, kind=MailingKind.NOTICE, subject="notice", lane=Lane.NOTICE
        )
        assert mailing
        body = '{"text": "tin riêng"}'
        await enqueue.add_recipients(tx, mailing, [an.member_id], bodies={an.member_id: body})


async def test_officers_see_it_from_the_next_batch_on(store: Store, clock: ManualClock) -> None:
    batched = Store(store.engine, store.vault, clock, store.ids, batches=HALF_HOURS)
    oa = MeteredHarness(ClubInATest(batched, clock, with_account()))
    people = [await oa.person(f"P{number}", CLOSED) for number in range(6)]
    number = await publish(oa.club)
    mailing_id = await oa.announce(number)
    await oa.deliver(*[S.NOT_NOW] * 6)
    await oa.club.in_write(mailings.finish)
    clock.advance(minutes=5)
    await oa.writes(people[0])
    assert await oa.club.in_read(mailings.counts, mailing_id) == {S.NOT_NOW: 6}
    await oa.deliver(S.SENT, *[S.NOT_NOW] * 5)
    assert await oa.club.in_read(mailings.counts, mailing_id) == {S.NOT_NOW: 6}
    (row, *_) = await oa.box.rows()
    assert row.changed_at == HALF_HOURS.begin(clock.now())
    clock.advance(minutes=25)
    assert await oa.club.in_read(mailings.counts, mailing_id) == {S.NOT_NOW: 5, S.SENT: 1}


async def test_who_is_gone_from_one_app_and_silent_on_the_other_gets_it_there_later(
    store: Store, clock: ManualClock
) -> None:
    club = ClubInATest(store, clock, with_account())
    oa, telegram = MeteredHarness(club), DeliveryHarness(club)
    an = await oa.person("An", CLOSED)
    await oa.also_on_telegram(an, "an", prefers=OA)
    telegram.messenger.fails("an", RecipientGone("blocked"))
    await oa.announce(await publish(club))
    async with oa.running():
        await oa.until(lambda found: found == [S.QUEUED])
        async with telegram.running():
            await telegram.until(lambda found: found == [S.NOT_NOW])
    assert telegram.messenger.calls == ["an"]
    await oa.writes(an)
    await oa.deliver(S.SENT)


async def set_columns(oa: MeteredHarness, mailing_id: int, **columns: object) -> None:
    async with oa.club.store.write() as tx:
        mailing = await tx.session.get_one(Mailing, mailing_id)
        for column, value in columns.items():
            setattr(mailing, column, value)
