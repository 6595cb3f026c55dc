"""What is urgent stays in view until it is over, and not longer."""

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.messages import RateLimited, Refused, ServerError
from scheduler.delivery.unpinning import Unpinner
from storage.models import DeliveryState
from storage.outbox import mailings
from tests.support import VOTING_DAY, ClubInATest, Phone, publish_copies
from tests.support.scripted_messenger import DeliveryHarness

S = DeliveryState


@pytest.fixture
async def hoa(club: ClubInATest) -> Phone:
    return await club.member("Hoa")


def unpinning(harness: DeliveryHarness) -> Unpinner:
    parts = (harness.club.store, harness.messenger, harness.pace, harness.leadership)
    return Unpinner(*parts)


async def pin(harness: DeliveryHarness, *phones: Phone) -> None:
    """An urgent announcement that is over in an hour is pinned in these chats."""
    club = harness.club
    until = club.clock.now() + timedelta(hours=1)
    number = await publish_copies(
        club, [(phone, S.SENT) for phone in phones], replace(VOTING_DAY, valid_until=until)
    )
    async with club.store.write() as tx:
        mailing = await mailings.of_announcement(tx, number)
        assert mailing is not None
        mailing.unpinned_to = 0
    harness.messenger.pinned = [(p.address.chat, str(p.member_id)) for p in phones]


async def test_it_stays_pinned_until_it_is_over(
    club: ClubInATest, harness: DeliveryHarness, lan: Phone, hoa: Phone
) -> None:
    await pin(harness, lan, hoa)
    club.clock.advance(minutes=59, seconds=59)
    assert not await unpinning(harness).unpin_expired()
    assert len(harness.messenger.pinned) == 2
    club.clock.advance(seconds=1)
    assert await unpinning(harness).unpin_expired()
    assert harness.messenger.pinned == []
    assert await unpinning(harness).unpin_expired()
    assert not await unpinning(harness).unpin_expired()


@pytest.mark.parametrize("trouble", [RateLimited(1), ServerError("502")])
async def test_what_could_not_be_unpinned_now_is_tried_again(
    club: ClubInATest, harness: DeliveryHarness, lan: Phone, hoa: Phone, trouble: Exception
) -> None:
    await pin(harness, lan, hoa)
    club.clock.advance(hours=1)
    harness.messenger.fails(hoa.address.chat, trouble)
    assert await unpinning(harness).unpin_expired()
    assert harness.messenger.pinned == [(hoa.address.chat, str(hoa.member_id))]
    assert await unpinning(harness).unpin_expired()
    assert harness.messenger.pinned == []


async def test_one_that_cannot_be_unpinned_keeps_nobody_waiting(
    club: ClubInATest, harness: DeliveryHarness, lan: Phone, hoa: Phone
) -> None:
    await pin(harness, lan, hoa)
    club.clock.advance(hours=1)
    harness.messenger.fails(lan.address.chat, Refused("not enough rights"))
    assert await unpinning(harness).unpin_expired()
    assert harness.messenger.pinned == [(lan.address.chat, str(lan.member_id))]
