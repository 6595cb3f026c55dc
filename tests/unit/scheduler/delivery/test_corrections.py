"""Copies that members already have are put right or taken away, one by one."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from handlers.announcing.correction.recall import instead_of_copy
from handlers.announcing.correction_notice import notice
from handlers.conversation.i18n import Speech
from handlers.messages import DeliveryUncertain, Media, MediaKind, RecipientGone, Refused
from handlers.notifications import in_every_language
from handlers.views.announcement import member_copy
from storage.members import members
from storage.models import (
    CorrectionOutcome,
    Delivery,
    DeliveryState,
    Lane,
    MailingKind,
    MailingState,
    MemberState,
    Purpose,
)
from storage.outbox import corrections, enqueue
from tests.support import (
    SETTINGS,
    VOTING_DAY,
    ClubInATest,
    Phone,
    deliveries_of,
    mailings_of,
    original_mailing,
    publish_copies,
)
from tests.support.announcements.records import numbered
from tests.support.scripted_messenger import DeliveryHarness
from tests.support.waiting import poll

HOURS_48 = timedelta(hours=48)
S = DeliveryState
VI = Speech("vi", SETTINGS.timezone)
CANNOT = Refused("message can't be edited")
NEW = replace(VOTING_DAY, html="Bản đúng.", corrected=1)
RECALLED = partial(instead_of_copy, VOTING_DAY)
REASON = "Nhầm ngày"

pytestmark = pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)


async def correct(club: ClubInATest, number: int) -> None:
    """The corrected words are the ones that count, and a correction is under way."""
    mailing = await original_mailing(club, number)
    async with club.store.write() as tx:
        merged = await tx.session.merge(mailing)
        bodies = in_every_language(
            club.settings, lambda say: member_copy(NEW, numbered(number), say)
        )
        await corrections.set_wording(tx, merged, bodies, None)
        await enqueue.open_mailing(
            tx,
            kind=MailingKind.CORRECTION,
            subject=f"{number} v2",
            announcement_id=number,
            lane=Lane.CORRECTION,
            bodies=in_every_language(
                club.settings, lambda say: notice(VOTING_DAY, NEW, numbered(number), say)
            ),
            state=MailingState.FILLING,
        )


async def recall_sent(club: ClubInATest, number: int) -> None:
    await club.in_write(
        enqueue.open_mailing,
        kind=MailingKind.RECALL,
        subject=str(number),
        announcement_id=number,
        lane=Lane.CORRECTION,
        bodies=in_every_language(
            club.settings, lambda say: RECALLED(numbered(number), REASON, say)
        ),
        state=MailingState.FILLING,
    )


async def deliver(club: ClubInATest, harness: DeliveryHarness, kind: MailingKind) -> Delivery:
    """The worker runs until the one row of this mailing has come to its end."""
    (mailing,) = await mailings_of(club, kind)
    async with harness.running():
        await harness.until(lambda states: len(states) == 2 and not _open(states))
    (row,) = (await deliveries_of(club, mailing)).values()
    return row


async def put_off(club: ClubInATest, harness: DeliveryHarness) -> None:
    """Until the worker has tried the last row and put it back for later."""

    async def is_put_off() -> bool:
        harness.worker.nudge()
        return (await harness.box.rows())[-1].not_before > club.clock.now()

    await poll(is_put_off)


def _open(states: list[DeliveryState]) -> bool:
    return any(state in (S.QUEUED, S.CLAIMED, S.SENDING) for state in states)


async def test_a_copy_is_edited_in_place_and_its_owner_told(
    club: ClubInATest, harness: DeliveryHarness, lan: Phone, number: int
) -> None:
    await correct(club, number)
    row = await deliver(club, harness, MailingKind.CORRECTION)
    assert (row.state, row.correction_outcome) == (S.SENT, CorrectionOutcome.EDITED)
    ((chat, message_id, message),) = harness.messenger.edits
    assert (chat, message_id) == (lan.address.chat, str(lan.member_id))
    assert message == member_copy(NEW, numbered(number), VI)
    (told,) = harness.messenger.texts(lan.address.chat)
    assert "đính chính" in told


async def test_a_copy_that_cannot_be_edited_gets_the_notice_alone(
    club: ClubInATest, harness: DeliveryHarness, lan: Phone
) -> None:
    await correct(club, await publish_copies(club, [(lan, S.SENT)]))
    harness.messenger.fails(lan.address.chat, CANNOT)
    row = await deliver(club, harness, MailingKind.CORRECTION)
    assert (row.state, row.correction_outcome) == (S.SENT, CorrectionOutcome.NOTICE_ONLY)
    assert len(harness.messenger.texts(lan.address.chat)) == 1


async def test_a_copy_of_unknown_fate_gets_the_notice_alone(
    club: ClubInATest, harness: DeliveryHarness, lan: Phone
) -> None:
    await correct(club, await publish_copies(club, [(lan, S.UNCERTAIN)]))
    row = await deliver(club, harness, MailingKind.CORRECTION)
    assert (row.state, row.correction_outcome) == (S.SENT, CorrectionOutcome.NOTICE_ONLY)
    assert harness.messenger.edits == []
    assert len(harness.messenger.texts(lan.address.chat)) == 1


async def test_who_withdrew_since_has_the_copy_put_right_without_a_word(
    club: ClubInATest, harness: DeliveryHarness, lan: Phone
) -> None:
    await correct(club, await publish_copies(club, [(lan, S.SENT)]))
    await club.in_write(members.withdraw, lan.member_id, [Purpose.ANNOUNCEMENTS])
    row = await deliver(club, harness, MailingKind.CORRECTION)
    assert (row.state, row.correction_outcome) == (S.SENT, CorrectionOutcome.EDITED)
    assert harness.messenger.texts(lan.address.chat) == []


async def test_who_is_suspended_has_the_copy_put_right_without_a_word(
    club: ClubInATest, harness: DeliveryHarness, lan: Phone
) -> None:
    await correct(club, await publish_copies(club, [(lan, S.SENT)]))
    await lan.becomes(state=MemberState.SUSPENDED)
    row = await deliver(club, harness, MailingKind.CORRECTION)
    assert (row.state, row.correction_outcome) == (S.SENT, CorrectionOutcome.EDITED)
    assert harness.messenger.texts(lan.address.chat) == []


async def test_who_withdrew_and_has_no_known_copy_is_left_alone(
    club: ClubInATest, harness: DeliveryHarness, lan: Phone
) -> None:
    await correct(club, await publish_copies(club, [(lan, S.UNCERTAIN)]))
    await club.in_write(members.withdraw, lan.member_id, [Purpose.ANNOUNCEMENTS])
    row = await deliver(club, harness, MailingKind.CORRECTION)
    assert (row.state, row.correction_outcome) == (S.CANCELLED, None)
    assert harness.messenger.sent == []


async def test_an_edit_of_unknown_fate_is_made_again_and_the_notice_sent_once(
    club: ClubInATest, harness: DeliveryHarness, lan: Phone
) -> None:
    await correct(club, await publish_copies(club, [(lan, S.SENT)]))
    harness.messenger.fails(lan.address.chat, DeliveryUncertain("read time-out"))
    (mailing,) = await mailings_of(club, MailingKind.CORRECTION)
    async with harness.running():
        await put_off(club, harness)
        club.clock.advance(seconds=10)
        await harness.until(lambda states: states == [S.SENT, S.SENT])
    (row,) = (await deliveries_of(club, mailing)).values()
    assert row.correction_outcome is CorrectionOutcome.EDITED
    assert len(harness.messenger.edits) == 1
    assert len(harness.messenger.texts(lan.address.chat)) == 1


async def test_a_notice_of_unknown_fate_is_uncertain_and_not_sent_again(
    club: ClubInATest, harness: DeliveryHarness, lan: Phone
) -> None:
    await correct(club, await publish_copies(club, [(lan, S.UNCERTAIN)]))
    harness.messenger.fails(lan.address.chat, DeliveryUncertain("read time-out"))
    row = await deliver(club, harness, MailingKind.CORRECTION)
    assert row.state is S.UNCERTAIN


async def test_a_correction_waits_for_the_copy_that_is_on_its_way(
    club: ClubInATest, harness: DeliveryHarness, lan: Phone
) -> None:
    number = await publish_copies(club, [(lan, S.SENDING)])
    await correct(club, number)
    async with harness.running():
        await put_off(club, harness)
        async with club.store.write() as tx:
            row = (await deliveries_of(club, await original_mailing(club, number)))[lan.member_id]
            landed = await tx.session.merge(row)
            landed.state, landed.message_ids = S.SENT, ["77"]
        club.clock.advance(seconds=2)
        await harness.until(lambda states: states == [S.SENT, S.SENT])
    assert [message_id for _, message_id, _ in harness.messenger.edits] == ["77"]


async def test_a_copy_that_never_arrived_after_all_needs_no_correction(
    club: ClubInATest, harness: DeliveryHarness, lan: Phone
) -> None:
    number = await publish_copies(club, [(lan, S.SENDING)])
    await correct(club, number)
    async with harness.running():
        await put_off(club, harness)
        async with club.store.write() as tx:
            row = (await deliveries_of(club, await original_mailing(club, number)))[lan.member_id]
            (await tx.session.merge(row)).state = S.GONE
        club.clock.advance(seconds=2)
        await harness.until(lambda states: states == [S.GONE, S.CANCELLED])
    assert harness.messenger.sent == []


@pytest.mark.parametrize("ago", [timedelta(0), HOURS_48 - timedelta(seconds=1), HOURS_48])
async def test_whoever_had_a_copy_reads_that_it_was_recalled_and_why(
    club: ClubInATest, harness: DeliveryHarness, lan: Phone, ago: timedelta
) -> None:
    number = await publish_copies(club, [(lan, S.SENT)], ago=ago)
    await recall_sent(club, number)
    row = await deliver(club, harness, MailingKind.RECALL)
    assert (row.state, row.correction_outcome) == (
        S.SENT,
        CorrectionOutcome.EDITED if ago == HOURS_48 else CorrectionOutcome.DELETED,
    )
    assert len(harness.messenger.deleted) == (ago < HOURS_48)
    assert harness.messenger.texts(lan.address.chat) == [
        RECALLED(numbered(number), REASON, VI).text
    ]
    assert row.message_ids


async def test_who_agrees_to_nothing_any_more_loses_the_copy_without_a_word(
    club: ClubInATest, harness: DeliveryHarness, lan: Phone, number: int
) -> None:
    await club.in_write(members.withdraw, lan.member_id)
    await recall_sent(club, number)
    row = await deliver(club, harness, MailingKind.RECALL)
    assert (row.correction_outcome, harness.messenger.sent) == (CorrectionOutcome.DELETED, [])


async def test_a_copy_of_48_hours_reads_recalled_instead(
    club: ClubInATest, harness: DeliveryHarness, lan: Phone
) -> None:
    number = await publish_copies(club, [(lan, S.SENT)], ago=HOURS_48)
    await recall_sent(club, number)
    row = await deliver(club, harness, MailingKind.RECALL)
    assert (row.state, row.correction_outcome) == (S.SENT, CorrectionOutcome.EDITED)
    ((_, _, message),) = harness.messenger.edits
    assert message == RECALLED(numbered(number), REASON, VI)
    assert harness.messenger.deleted == []


async def test_an_old_copy_with_a_picture_has_its_caption_replaced(
    club: ClubInATest, harness: DeliveryHarness, lan: Phone
) -> None:
    content = replace(VOTING_DAY, media=Media(MediaKind.PHOTO, "file"))
    await recall_sent(club, await publish_copies(club, [(lan, S.SENT)], content, ago=HOURS_48))
    await deliver(club, harness, MailingKind.RECALL)
    ((_, _, message),) = harness.messenger.edits
    assert message.media == content.media


async def test_what_may_not_be_deleted_is_edited(
    club: ClubInATest, harness: DeliveryHarness, lan: Phone
) -> None:
    await recall_sent(club, await publish_copies(club, [(lan, S.SENT)]))
    harness.messenger.fails(lan.address.chat, Refused("message can't be deleted"))
    row = await deliver(club, harness, MailingKind.RECALL)
    assert (row.state, row.correction_outcome) == (S.SENT, CorrectionOutcome.EDITED)


async def test_of_what_can_be_neither_deleted_nor_edited_the_notice_is_sent_alone(
    club: ClubInATest, harness: DeliveryHarness, lan: Phone
) -> None:
    await recall_sent(club, await publish_copies(club, [(lan, S.SENT)]))
    harness.messenger.fails(lan.address.chat, CANNOT, CANNOT)
    row = await deliver(club, harness, MailingKind.RECALL)
    assert (row.state, row.correction_outcome) == (S.SENT, CorrectionOutcome.NOTICE_ONLY)


async def test_what_may_be_neither_changed_nor_told_of_is_out_of_reach(
    club: ClubInATest, harness: DeliveryHarness, lan: Phone, number: int
) -> None:
    await club.in_write(members.withdraw, lan.member_id)
    await recall_sent(club, number)
    harness.messenger.fails(lan.address.chat, CANNOT, CANNOT)
    row = await deliver(club, harness, MailingKind.RECALL)
    assert (row.state, row.correction_outcome) == (S.FAILED, CorrectionOutcome.OUT_OF_REACH)


async def test_whoever_may_have_a_copy_is_told_of_the_recall(
    club: ClubInATest, harness: DeliveryHarness, lan: Phone
) -> None:
    await recall_sent(club, await publish_copies(club, [(lan, S.UNCERTAIN)]))
    row = await deliver(club, harness, MailingKind.RECALL)
    assert (row.state, row.correction_outcome) == (S.SENT, CorrectionOutcome.NOTICE_ONLY)
    assert harness.messenger.deleted == []


@pytest.mark.parametrize("kind", [MailingKind.RECALL, MailingKind.CORRECTION])
async def test_ids_of_another_messenger_are_not_taken_for_ones_of_this(
    club: ClubInATest, harness: DeliveryHarness, lan: Phone, kind: MailingKind, number: int
) -> None:
    async with club.store.write() as tx:
        row = (await deliveries_of(club, await original_mailing(club, number)))[lan.member_id]
        (await tx.session.merge(row)).via = "zalo"
    await (recall_sent if kind is MailingKind.RECALL else correct)(club, number)
    row = await deliver(club, harness, kind)
    assert (row.state, row.correction_outcome) == (S.SENT, CorrectionOutcome.NOTICE_ONLY)
    assert (harness.messenger.edits, harness.messenger.deleted) == ([], [])


async def test_a_deletion_of_unknown_fate_is_made_again(
    club: ClubInATest, harness: DeliveryHarness, lan: Phone
) -> None:
    await recall_sent(club, await publish_copies(club, [(lan, S.SENT)]))
    harness.messenger.fails(lan.address.chat, DeliveryUncertain("read time-out"))
    async with harness.running():
        await put_off(club, harness)
        club.clock.advance(seconds=10)
        await harness.until(lambda states: states == [S.SENT, S.SENT])
    assert len(harness.messenger.deleted) == 1


async def test_who_blocked_the_bot_is_out_of_reach_for_good(
    club: ClubInATest, harness: DeliveryHarness, lan: Phone
) -> None:
    await recall_sent(club, await publish_copies(club, [(lan, S.SENT)]))
    harness.messenger.fails(lan.address.chat, RecipientGone("bot was blocked by the user"))
    row = await deliver(club, harness, MailingKind.RECALL)
    assert row.state is S.GONE


async def test_every_message_of_an_album_is_deleted_and_its_last_one_edited(
    club: ClubInATest, harness: DeliveryHarness, lan: Phone, number: int
) -> None:
    async with club.store.write() as tx:
        row = (await deliveries_of(club, await original_mailing(club, number)))[lan.member_id]
        (await tx.session.merge(row)).message_ids = ["7", "8", "9"]
    await correct(club, number)
    await deliver(club, harness, MailingKind.CORRECTION)
    assert [message_id for _, message_id, _ in harness.messenger.edits] == ["9"]
    await recall_sent(club, number)
    async with harness.running():
        await harness.until(lambda states: states == [S.SENT] * 3)
    assert [message_id for _, message_id in harness.messenger.deleted[-3:]] == ["7", "8", "9"]


async def test_a_recall_takes_the_words_about_corrections_away_too(
    club: ClubInATest, harness: DeliveryHarness, lan: Phone, number: int
) -> None:
    async with club.store.write() as tx:
        row = (await deliveries_of(club, await original_mailing(club, number)))[lan.member_id]
        (await tx.session.merge(row)).via = "telegram"
    await correct(club, number)
    (notice,) = (await deliver(club, harness, MailingKind.CORRECTION)).message_ids
    await recall_sent(club, number)
    async with harness.running():
        await harness.until(lambda states: states == [S.SENT] * 3)
    deleted = [message_id for _, message_id in harness.messenger.deleted]
    assert deleted == [notice, str(lan.member_id)]
