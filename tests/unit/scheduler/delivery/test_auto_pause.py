"""A message that the messenger refuses again and again stops, and officers learn of it."""

from dataclasses import replace

import pytest

from handlers.messages import RecipientGone, Refused
from scheduler.delivery.refusal_breaker import RefusalBreaker
from storage.models import DeliveryState, MailingKind, MailingState
from tests.support import ClubInATest, Phone
from tests.support.scripted_messenger import SETTINGS, DeliveryHarness

S = DeliveryState
ENOUGH = 20


@pytest.fixture
def harness(club: ClubInATest) -> DeliveryHarness:
    """One call at a time, so that what happens in a row is in order."""
    return DeliveryHarness(club, replace(SETTINGS, in_flight=1))


async def crowd(club: ClubInATest, harness: DeliveryHarness, *refused: bool) -> list[int]:
    """Members, and whether each one's copy is going to be refused."""
    numbers: list[int] = []
    for refuses in refused:
        member = await club.member(f"Hội viên {len(numbers)}")
        if refuses:
            harness.messenger.fails(member.address.chat, Refused("can't parse entities"))
        numbers.append(member.member_id)
    return numbers


async def announce(harness: DeliveryHarness, members: list[int]) -> int:
    return await harness.box.mail(*members, kind=MailingKind.ANNOUNCEMENT)


def told(harness: DeliveryHarness, officer: Phone) -> list[str]:
    return [text for text in harness.messenger.texts(officer.address.chat) if "/tiendo" in text]


async def test_an_announcement_refused_again_and_again_is_paused_and_the_officers_are_told(
    club: ClubInATest, harness: DeliveryHarness
) -> None:
    officer = await club.officer("Hải")
    number = await announce(harness, await crowd(club, harness, *[True] * ENOUGH))
    async with harness.running():
        await harness.until(lambda states: states.count(S.SENT) == 1)
    assert (await harness.box.mailing(number)).state is MailingState.PAUSED
    assert len(told(harness, officer)) == 1


async def test_one_copy_that_arrives_in_between_lets_it_go_on(
    club: ClubInATest, harness: DeliveryHarness
) -> None:
    officer = await club.officer("Hải")
    nearly = [True] * (ENOUGH - 1)
    number = await announce(harness, await crowd(club, harness, *nearly, False, *nearly))
    await harness.deliver(*[S.FAILED] * (ENOUGH - 1), S.SENT, *[S.FAILED] * (ENOUGH - 1))
    assert (await harness.box.mailing(number)).state is MailingState.DONE
    assert told(harness, officer) == []


async def test_members_who_are_gone_stop_nothing(
    club: ClubInATest, harness: DeliveryHarness
) -> None:
    phones = [await club.member(f"Hội viên {n}") for n in range(ENOUGH)]
    for phone in phones:
        harness.messenger.fails(phone.address.chat, RecipientGone("blocked"))
    number = await announce(harness, [phone.member_id for phone in phones])
    await harness.deliver(*[S.GONE] * ENOUGH)
    assert (await harness.box.mailing(number)).state is MailingState.DONE


async def test_what_cannot_be_let_go_on_is_not_paused(
    club: ClubInATest, harness: DeliveryHarness
) -> None:
    members = await crowd(club, harness, *[True] * ENOUGH)
    number = await harness.box.mail(*members, kind=MailingKind.DIGEST)
    await harness.deliver(*[S.FAILED] * ENOUGH)
    assert (await harness.box.mailing(number)).state is MailingState.DONE


def test_refusals_for_different_reasons_or_of_different_mailings_are_no_row() -> None:
    streaks = RefusalBreaker()
    for _ in range(ENOUGH - 1):
        assert not streaks.record_refusal(1, "too long")
        assert not streaks.record_refusal(2, "too long")
    assert not streaks.record_refusal(1, "no rights")
    assert streaks.record_refusal(2, "too long")
    assert not streaks.record_refusal(2, "too long")
