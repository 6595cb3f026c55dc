"""A message that the messenger refuses again and again stops, and officers learn of it."""

from dataclasses import replace

import pytest

from handlers.messages import RecipientGone, Refused
from scheduler.delivery.refusal_breaker import RefusalBreaker
from storage.models import DeliveryState, MailingKind, MailingState
from tests.support.club import ClubInATest, Phone
from tests.support.scripted_messenger import SETTINGS, Sendings

S = DeliveryState
ENOUGH = 20


@pytest.fixture
def sendings(club: ClubInATest) -> Sendings:
    """One call at a time, so that what happens in a row is in order."""
    return Sendings(club, replace(SETTINGS, in_flight=1))


async def crowd(club: ClubInATest, sendings: Sendings, *refused: bool) -> list[int]:
    """Members, and whether each one's copy is going to be refused."""
    numbers: list[int] = []
    for refuses in refused:
        member = await club.member(f"Hội viên {len(numbers)}")
        if refuses:
            sendings.messenger.fails(member.address.chat, Refused("can't parse entities"))
        numbers.append(member.member_id)
    return numbers


async def announce(sendings: Sendings, members: list[int]) -> int:
    return await sendings.box.mail(*members, kind=MailingKind.ANNOUNCEMENT)


def told(sendings: Sendings, officer: Phone) -> list[str]:
    return [text for text in sendings.messenger.texts(officer.address.chat) if "/tiendo" in text]


async def test_an_announcement_refused_again_and_again_is_paused_and_the_officers_are_told(
    club: ClubInATest, sendings: Sendings
) -> None:
    officer = await club.officer("Hải")
    number = await announce(sendings, await crowd(club, sendings, *[True] * ENOUGH))
    async with sendings.running():
        await sendings.until(lambda states: states.count(S.SENT) == 1)
    assert (await sendings.box.mailing(number)).state is MailingState.PAUSED
    assert len(told(sendings, officer)) == 1


async def test_one_copy_that_arrives_in_between_lets_it_go_on(
    club: ClubInATest, sendings: Sendings
) -> None:
    officer = await club.officer("Hải")
    nearly = [True] * (ENOUGH - 1)
    number = await announce(sendings, await crowd(club, sendings, *nearly, False, *nearly))
    await sendings.deliver(*[S.FAILED] * (ENOUGH - 1), S.SENT, *[S.FAILED] * (ENOUGH - 1))
    assert (await sendings.box.mailing(number)).state is MailingState.DONE
    assert told(sendings, officer) == []


async def test_members_who_are_gone_stop_nothing(club: ClubInATest, sendings: Sendings) -> None:
    phones = [await club.member(f"Hội viên {n}") for n in range(ENOUGH)]
    for phone in phones:
        sendings.messenger.fails(phone.address.chat, RecipientGone("blocked"))
    number = await announce(sendings, [phone.member_id for phone in phones])
    await sendings.deliver(*[S.GONE] * ENOUGH)
    assert (await sendings.box.mailing(number)).state is MailingState.DONE


async def test_what_cannot_be_let_go_on_is_not_paused(
    club: ClubInATest, sendings: Sendings
) -> None:
    members = await crowd(club, sendings, *[True] * ENOUGH)
    number = await sendings.box.mail(*members, kind=MailingKind.DIGEST)
    await sendings.deliver(*[S.FAILED] * ENOUGH)
    assert (await sendings.box.mailing(number)).state is MailingState.DONE


def test_refusals_for_different_reasons_or_of_different_mailings_are_no_row() -> None:
    streaks = RefusalBreaker()
    for _ in range(ENOUGH - 1):
        assert not streaks.record_refusal(1, "too long")
        assert not streaks.record_refusal(2, "too long")
    assert not streaks.record_refusal(1, "no rights")
    assert streaks.record_refusal(2, "too long")
    assert not streaks.record_refusal(2, "too long")
