"""Copies that may or may not have arrived: proven by a press, sent again, or left; never guessed."""

from dataclasses import replace

import pytest
from sqlmodel import select

from handlers.announcing import release
from handlers.announcing.delivered_copy import again, delivered
from handlers.conversation.i18n import Html, Speech
from handlers.messages import Media, MediaKind, Message
from handlers.notifications import pack, unpack, unpack_text
from handlers.views.announcement import CAPTION_LIMIT, TEXT_LIMIT, member_copy
from storage.announcements import announcements
from storage.models import (
    AnnouncementState,
    Delivery,
    DeliveryState,
    Lane,
    Mailing,
    MailingKind,
    MailingState,
    Role,
)
from storage.outbox import enqueue, mailings, uncertain
from storage.outbox.deliveries import Result
from storage.privacy import retention_purge
from tests.support import SETTINGS, VOTING_DAY, ClubInATest, Outbox, Phone, audit_actions, publish
from tests.support.announcements.records import numbered

S = DeliveryState
VI = Speech("vi", SETTINGS.timezone)
TO_OFFICER = Speech("vi", SETTINGS.timezone, you=SETTINGS.address("vi", Role.OFFICER))
COPY = delivered(member_copy(VOTING_DAY, numbered(1), VI))


async def publish_uncertain(club: ClubInATest, *phones: Phone) -> None:
    """The announcement went out, and nobody knows whether these have it."""
    await publish(club, copies={phone.member_id: S.UNCERTAIN for phone in phones})
    async with club.store.write() as tx:
        mailing = (await tx.session.exec(select(Mailing))).one()
        mailing.bodies = {"vi": pack(COPY)}
        mailing.finished_at = tx.clock.now()


async def row_of(phone: Phone) -> Delivery:
    async with phone.club.reading() as tx:
        query = select(Delivery).where(Delivery.member_id == phone.member_id)
        return (await tx.session.exec(query)).one()


async def in_words(phone: Phone) -> Message:
    """What waits for this person alone."""
    row = await row_of(phone)
    assert row.body_sealed is not None
    async with phone.club.reading() as tx:
        return unpack_text(enqueue.own_body(tx, row.body_sealed, row))


@pytest.mark.parametrize("label", [b.label for row in COPY.rows for b in row])
async def test_a_press_on_any_button_of_the_copy_proves_it_came(
    club: ClubInATest, label: str, lan: Phone
) -> None:
    await publish_uncertain(club, lan)
    message_id = lan.gets(COPY)
    await lan.presses(label)
    row = await row_of(lan)
    assert (row.state, row.message_ids) == (S.SENT, [message_id])


async def test_a_press_on_the_announcement_read_again_proves_nothing(
    club: ClubInATest, lan: Phone
) -> None:
    await publish_uncertain(club, lan)
    await lan.opens("/thongbao 1", "Tôi đã chia sẻ")
    assert (await row_of(lan)).state is S.UNCERTAIN


async def test_a_press_proves_only_ones_own_copy(club: ClubInATest, lan: Phone, hoa: Phone) -> None:
    await publish_uncertain(club, lan, hoa)
    lan.gets(COPY)
    await lan.presses("Chia sẻ")
    assert (await row_of(hoa)).state is S.UNCERTAIN


async def test_a_press_proves_only_the_announcement_that_was_pressed(
    club: ClubInATest, lan: Phone
) -> None:
    await publish_uncertain(club, lan)
    await publish(club, copies={lan.member_id: S.UNCERTAIN})
    lan.gets(COPY)
    await lan.presses("Chia sẻ")
    assert await Outbox(club.store).states() == [S.SENT, S.UNCERTAIN]


async def test_a_press_on_the_copy_proves_no_word_about_its_correction(
    club: ClubInATest, lan: Phone
) -> None:
    await publish_uncertain(club, lan)
    box = Outbox(club.store)
    await box.mail(lan.member_id, kind=MailingKind.CORRECTION, announcement_id=1)
    (notice,) = await box.claim()
    await box.begin(notice)
    await box.record(Result(notice.id, S.UNCERTAIN))
    lan.gets(COPY)
    await lan.presses("Chia sẻ")
    assert await box.states() == [S.SENT, S.UNCERTAIN]


async def test_a_copy_known_to_have_come_keeps_its_id(club: ClubInATest, lan: Phone) -> None:
    await publish(club, copies={lan.member_id: S.SENT})
    before = (await row_of(lan)).message_ids
    lan.gets(COPY)
    await lan.presses("Chia sẻ")
    assert (await row_of(lan)).message_ids == before


async def test_the_copies_that_go_out_can_be_told_from_those_read_again(
    club: ClubInATest,
) -> None:
    number = await publish(club, state=AnnouncementState.AWAITING_APPROVAL)
    async with club.store.write() as tx:
        announcement = await announcements.lock(tx, number)
        assert announcement is not None
        await tx.session.delete((await tx.session.exec(select(Mailing))).one())
        await tx.session.flush()
        await release.begin(tx, club.settings, announcement)
    (bodies,) = await club.rows(select(Mailing.bodies))
    assert unpack(bodies["vi"]) == COPY


async def test_officers_are_asked_about_them_where_they_look(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    await publish_uncertain(club, lan)
    for command in ("/tiendo", "/thongke 1"):
        await minh.says(command)
        assert [b.label for b in minh.buttons][:2] == [VI.plain("progress-again"), "Để nguyên"]


async def test_sent_again_it_says_so(club: ClubInATest, minh: Phone, lan: Phone) -> None:
    await publish_uncertain(club, lan)
    await minh.opens("/tiendo", "Gửi lại")
    message = await in_words(lan)
    assert message.text.startswith("<b>(gửi lại)</b>")
    assert message.rows == COPY.rows
    (claimed,) = await Outbox(club.store).claim()
    assert claimed.member_id == lan.member_id
    assert await audit_actions(club) == ["doubtful copies sent again"]


async def test_its_author_goes_on_watching_in_the_same_message(
    club: ClubInATest, minh: Phone, thu: Phone
) -> None:
    await publish_uncertain(club, await club.member("Lan"), await club.member("Hoa"))
    async with club.store.write() as tx:
        (await tx.session.exec(select(Mailing))).one().watcher_id = minh.member_id
    await thu.presses_action("doubts-again:1", "70")
    assert await shown_in(club) == ""
    await becomes_uncertain(club)
    await minh.presses_action("doubts-again:1", "71")
    assert await shown_in(club) == "71"


async def shown_in(club: ClubInATest) -> str:
    async with club.reading() as tx:
        return mailings.progress_message(tx, (await tx.session.exec(select(Mailing))).one())


async def becomes_uncertain(club: ClubInATest) -> None:
    async with club.store.write() as tx:
        (await tx.session.exec(select(Mailing))).one().state = MailingState.DONE
        for row in (await tx.session.exec(select(Delivery))).all():
            row.state = S.UNCERTAIN


async def test_each_is_sent_again_once_however_often_it_is_pressed(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    await publish_uncertain(club, lan)
    for _ in range(2):
        await minh.presses_action("doubts-again:1")
    assert await audit_actions(club) == ["doubtful copies sent again"]
    assert len(await Outbox(club.store).claim()) == 1


async def test_who_has_it_gets_it_no_second_time(
    club: ClubInATest, minh: Phone, lan: Phone, hoa: Phone
) -> None:
    await publish_uncertain(club, lan, hoa)
    lan.gets(COPY)
    await lan.presses("Chia sẻ")
    await minh.presses_action("doubts-again:1")
    assert (await row_of(lan)).state is S.SENT
    assert (await row_of(hoa)).state is S.QUEUED


async def test_what_failed_is_not_sent_again_with_what_is_uncertain(
    club: ClubInATest, minh: Phone, lan: Phone, hoa: Phone
) -> None:
    await publish(club, copies={lan.member_id: S.UNCERTAIN, hoa.member_id: S.FAILED})
    async with club.store.write() as tx:
        (await tx.session.exec(select(Mailing))).one().bodies = {"vi": pack(COPY)}
    await minh.presses_action("doubts-again:1")
    assert await Outbox(club.store).states() == [S.QUEUED, S.FAILED]


@pytest.mark.parametrize("media", [None, Media(MediaKind.PHOTO, file="ảnh")])
def test_the_mark_stands_above_the_text_while_there_is_room(media: Media | None) -> None:
    room = (CAPTION_LIMIT if media else TEXT_LIMIT) - len("(gửi lại)\n\n")
    fits, one_more = (Message(Html("a" * length), media=media) for length in (room, room + 1))
    assert again(fits, VI).text.startswith("<b>(gửi lại)</b>")
    assert again(fits, VI).rows == ()
    assert again(one_more, VI).text == one_more.text
    assert again(one_more, VI).rows


async def test_what_is_over_is_not_sent_again(club: ClubInATest, minh: Phone, lan: Phone) -> None:
    await publish_uncertain(club, lan)
    async with club.store.write() as tx:
        (await tx.session.exec(select(Mailing))).one().valid_until = tx.clock.now()
    await minh.presses_action("doubts-again:1")
    assert minh.toasts == [TO_OFFICER.plain("progress-again-over")]
    assert (await row_of(lan)).state is S.UNCERTAIN


async def test_left_as_they_are_nobody_is_asked_again_and_a_press_still_counts(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    await publish_uncertain(club, lan)
    await minh.opens("/tiendo", "Để nguyên")
    assert [b.action for b in minh.buttons] == ["aftercare:1", "/menu"]
    await minh.says("/tiendo")
    assert minh.last == TO_OFFICER("progress-none")
    assert await audit_actions(club) == ["doubtful copies left"]
    lan.gets(COPY)
    await lan.presses("Chia sẻ")
    assert (await row_of(lan)).state is S.SENT


async def test_nobody_is_asked_while_it_is_going_out(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    await publish_uncertain(club, lan)
    async with club.store.write() as tx:
        (await tx.session.exec(select(Mailing))).one().state = MailingState.SENDING
    await minh.presses_action("doubts-again:1")
    assert (await row_of(lan)).state is S.UNCERTAIN
    assert [b.label for b in minh.buttons][:2] == ["Tạm dừng", "Ngừng hẳn"]


async def test_a_text_without_room_carries_the_mark_on_a_button(lan: Phone) -> None:
    long = replace(COPY, text="a" * 4096)
    marked = again(long, VI)
    assert marked.text == long.text
    lan.gets(marked)
    await lan.presses("(gửi lại)")
    assert lan.toasts == [VI.plain("copy-again-why")]


@pytest.mark.parametrize(("hours", "left"), [(23.99, False), (24, True)])
async def test_a_digest_of_unknown_fate_is_left_after_a_day_and_its_words_forgotten(
    club: ClubInATest, hours: float, left: bool, lan: Phone
) -> None:
    async with club.store.write() as tx:
        mailing = await enqueue.open_mailing(
            tx,
            kind=MailingKind.DIGEST,
            subject="slot 1",
            lane=Lane.DIGEST,
            bodies={},
            state=MailingState.DONE,
        )
        assert mailing is not None
        await enqueue.add_recipients(tx, mailing, [lan.member_id], bodies={lan.member_id: "{}"})
        mailing.finished_at = tx.clock.now()
        (await tx.session.exec(select(Delivery))).one().state = S.UNCERTAIN
    club.clock.advance(hours=hours)
    await club.in_write(retention_purge.purge_expired)
    row = await row_of(lan)
    assert row.state is S.UNCERTAIN
    assert (row.body_sealed is None) is left


async def test_announcements_are_never_left_without_an_officers_word(
    club: ClubInATest, lan: Phone
) -> None:
    await publish_uncertain(club, lan)
    club.clock.advance(days=30)
    async with club.store.write() as tx:
        await uncertain.dismiss_old_uncertain(tx)
        assert len(await uncertain.undecided_mailings(tx, limit=5)) == 1
