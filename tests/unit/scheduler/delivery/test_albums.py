"""An album and its words are one delivery: what arrived of it is not sent again."""

from dataclasses import replace
from datetime import timedelta

from sqlmodel import col, update

from handlers.messages import (
    Album,
    DeliveryUncertain,
    MapPoint,
    Media,
    MediaKind,
    Message,
    Refused,
    ServerError,
)
from handlers.notifications import pack
from scheduler.delivery.corrections import DELETABLE_FOR
from scheduler.pacing.limiter import RateLimiter
from scheduler.settings import PaceSettings
from storage.models import Delivery, DeliveryState, Mailing, MailingKind
from storage.outbox import uncertain
from tests.support import VOTING_DAY, ClubInATest, Outbox, Phone, publish, publish_copies
from tests.support.scripted_messenger import DeliveryHarness
from tests.unit.scheduler.delivery.test_corrections import deliver, recall_sent

S = DeliveryState
ALBUM = Album((Media(MediaKind.PHOTO, file="a"), Media(MediaKind.VIDEO, file="b")), "kèm")
WORDS = Message("lời", album=ALBUM)
POINT = MapPoint(10.2525, 105.9722, "Nhà văn hóa", "12 Lê Lợi")
PINNED = Message("khẩn", pinned=True)


async def mail(harness: DeliveryHarness, message: Message, *members: int) -> None:
    mailing = await harness.box.mail(*members)
    async with harness.club.store.write() as tx:
        bodies = {"vi": pack(message)}
        await tx.session.exec(
            update(Mailing).where(col(Mailing.id) == mailing).values(bodies=bodies)
        )


async def due_again(harness: DeliveryHarness) -> None:
    async with harness.club.store.write() as tx:
        past = tx.clock.now() - timedelta(seconds=1)
        await tx.session.exec(update(Delivery).values(not_before=past))


async def test_an_album_goes_before_its_words_and_all_its_messages_are_known(
    harness: DeliveryHarness, lan: Phone
) -> None:
    await mail(harness, WORDS, lan.member_id)
    await harness.deliver(S.SENT)
    assert harness.messenger.albums == [(lan.address.chat, ALBUM)]
    assert harness.messenger.sent == [(lan.address.chat, replace(WORDS, album=None))]
    (row,) = await harness.box.rows()
    assert row.message_ids == ["album 1", "album 2", "1"]


async def test_an_album_that_arrived_is_not_sent_again_when_its_words_were_not_taken(
    harness: DeliveryHarness, lan: Phone
) -> None:
    await mail(harness, WORDS, lan.member_id)
    harness.messenger.fails(lan.address.chat, None, ServerError("502"))
    async with harness.running():
        await harness.until(lambda states: states == [S.QUEUED] and harness.messenger.calls != [])
    (row,) = await harness.box.rows()
    assert row.message_ids == ["album 1", "album 2"]
    await due_again(harness)
    harness.worker = harness.new_worker()
    await harness.deliver(S.SENT)
    assert len(harness.messenger.albums) == 1
    (row,) = await harness.box.rows()
    assert row.message_ids == ["album 1", "album 2", "2"]


async def test_an_album_of_unknown_fate_is_followed_by_nothing(
    harness: DeliveryHarness, lan: Phone
) -> None:
    await mail(harness, WORDS, lan.member_id)
    harness.messenger.fails(lan.address.chat, DeliveryUncertain("reset"))
    await harness.deliver(S.UNCERTAIN)
    assert harness.messenger.sent == []


async def test_what_is_urgent_is_pinned_once_it_is_there(
    harness: DeliveryHarness, lan: Phone
) -> None:
    await mail(harness, PINNED, lan.member_id)
    async with harness.running():
        await harness.until(lambda _: harness.messenger.pinned != [])
    assert harness.messenger.pinned == [(lan.address.chat, "1")]


async def test_words_whose_turn_does_not_come_in_time_follow_their_album_later(
    club: ClubInATest, harness: DeliveryHarness
) -> None:
    """And what is urgent is pinned by its words, not by an album without them."""
    with_a_wait(harness, 8)
    began = harness.time()
    lan = await club.member("Lan")
    await mail(harness, replace(WORDS, pinned=True), lan.member_id)
    await harness.deliver(S.SENT)
    assert harness.time() - began >= 8
    assert len(harness.messenger.albums) == 1
    assert (await harness.box.rows())[0].message_ids == ["album 1", "album 2", "1"]
    assert {number for _, number in harness.messenger.pinned} <= {"1"}


async def test_the_pin_waits_for_its_turn_in_the_chat(
    club: ClubInATest, harness: DeliveryHarness
) -> None:
    with_a_wait(harness, 2)
    began = harness.time()
    lan = await club.member("Lan")
    await mail(harness, PINNED, lan.member_id)
    async with harness.running():
        await harness.until(lambda _: harness.messenger.pinned != [])
    assert harness.time() - began >= 2


def with_a_wait(harness: DeliveryHarness, seconds: float) -> None:
    """So long has to lie between two messages in one chat."""
    settings = PaceSettings(per_second=25, per_chat_s=seconds)
    harness.pace = RateLimiter(settings, harness.time, harness.time.sleep)
    harness.worker = harness.new_worker()


async def test_what_is_not_urgent_is_not_pinned(harness: DeliveryHarness, lan: Phone) -> None:
    await mail(harness, Message("thường"), lan.member_id)
    await harness.deliver(S.SENT)
    assert harness.messenger.pinned == []


async def test_a_copy_that_cannot_be_pinned_is_sent_all_the_same(
    harness: DeliveryHarness, lan: Phone
) -> None:
    await mail(harness, PINNED, lan.member_id)
    harness.messenger.fails(lan.address.chat, None, Refused("not enough rights"))
    async with harness.running():
        await harness.until(
            lambda states: states == [S.SENT] and not harness.messenger.script[lan.address.chat]
        )
    assert harness.messenger.pinned == []


async def test_a_press_on_the_words_leaves_the_album_known_too(
    club: ClubInATest, lan: Phone
) -> None:
    number = await publish(club, copies={lan.member_id: S.UNCERTAIN})
    async with club.store.write() as tx:
        await tx.session.exec(update(Delivery).values(message_ids=["album 1", "album 2"]))
        await uncertain.mark_delivered(tx, number, lan.member_id, "7")
    (row,) = await Outbox(club.store).rows()
    assert (row.state, row.message_ids) == (S.SENT, ["album 1", "album 2", "7"])


async def test_a_recalled_copy_that_cannot_be_deleted_is_not_pinned_any_longer(
    club: ClubInATest, harness: DeliveryHarness, lan: Phone
) -> None:
    urgent = replace(VOTING_DAY, urgent=True)
    number = await publish_copies(club, [(lan, S.SENT)], urgent, ago=DELETABLE_FOR)
    harness.messenger.pinned = [(lan.address.chat, str(lan.member_id))]
    await recall_sent(club, number)
    await deliver(club, harness, MailingKind.RECALL)
    assert harness.messenger.pinned == []


async def test_a_map_that_arrived_is_not_sent_again_when_its_words_were_not_taken(
    harness: DeliveryHarness, lan: Phone
) -> None:
    await mail(harness, Message("lời", point=POINT), lan.member_id)
    harness.messenger.fails(lan.address.chat, None, ServerError("502"))
    async with harness.running():
        await harness.until(lambda states: states == [S.QUEUED] and harness.messenger.calls != [])
    (row,) = await harness.box.rows()
    assert row.message_ids == ["point"]
    await due_again(harness)
    harness.worker = harness.new_worker()
    await harness.deliver(S.SENT)
    assert harness.messenger.points == [(lan.address.chat, POINT)]
    assert harness.messenger.sent == [(lan.address.chat, Message("lời"))]


async def test_a_messenger_without_maps_gets_the_place_with_the_words(
    harness: DeliveryHarness, lan: Phone
) -> None:
    harness.messenger.limits = replace(harness.messenger.limits, maps=False)
    message = Message("lời", point=POINT)
    await mail(harness, message, lan.member_id)
    await harness.deliver(S.SENT)
    assert harness.messenger.sent == [(lan.address.chat, message)]
