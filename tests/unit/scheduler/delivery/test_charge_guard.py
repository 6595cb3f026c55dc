"""Where the platform charges otherwise than known, one message costs money, not a whole batch."""

from dataclasses import replace

import pytest

from handlers.messages import Address, Charge, Message
from storage.database.engine import Store
from storage.models import DeliveryState, MailingKind, MailingState
from storage.outbox.metering import SpendingLimits, Spent
from tests.support import ClubInATest, ManualClock, Phone, publish, waiting_for
from tests.support.metered_account import (
    CHARGED,
    FREE,
    LIMITS,
    PRICE,
    MeteredHarness,
    with_account,
)
from tests.support.waiting import run_other_tasks

S = DeliveryState
NOTHING = SpendingLimits(price_dong=PRICE)
MEMBERS = 30


@pytest.fixture(params=[NOTHING])
def limits(request: pytest.FixtureRequest) -> SpendingLimits:
    """What the club may pay."""
    found: SpendingLimits = request.param
    return found


@pytest.fixture
def club(store: Store, clock: ManualClock, limits: SpendingLimits) -> ClubInATest:
    return ClubInATest(store, clock, with_account(limits=limits))


@pytest.fixture
def oa(club: ClubInATest) -> MeteredHarness:
    """An account to which many calls are made at a time, and which answers none before the others."""
    made = MeteredHarness(club)
    made.settings = replace(made.settings, in_flight=10, batch=100)
    made.worker = made.new_worker()
    take = made.messenger.send

    async def take_later(to: Address, message: Message) -> list[str]:
        await run_other_tasks()
        return await take(to, message)

    made.messenger.send = take_later  # type: ignore[method-assign]
    return made


def is_calm(found: list[DeliveryState]) -> bool:
    """Whether nothing is being sent."""
    return not {S.SENDING, S.CLAIMED} & set(found)


def is_done(found: list[DeliveryState]) -> bool:
    """Whether everybody got it or was left out."""
    return found.count(S.NOT_NOW) + found.count(S.SENT) >= MEMBERS


async def crowd(oa: MeteredHarness, silent_for: object = CHARGED) -> list[Phone]:
    return [await oa.person(f"Hội viên {n}", silent_for) for n in range(MEMBERS)]  # type: ignore[arg-type]


async def test_a_quota_that_is_none_costs_one_message(oa: MeteredHarness) -> None:
    await crowd(oa)
    await oa.has_quota(500)
    oa.messenger.quota = 0
    number = await publish(oa.club)
    mailing = await oa.announce(number)
    async with oa.running():
        await oa.until(lambda _: oa.messenger.charged[Charge.PAID] > 0)
        await oa.until(is_calm)
    assert oa.messenger.charged == {Charge.PAID: 1}
    assert (await oa.month()).spent == Spent(paid=1, dong=PRICE)
    assert (await oa.box.mailing(mailing)).state is MailingState.PAUSED


@pytest.mark.parametrize("quota", [0, 500])
async def test_a_free_period_that_is_none_costs_one_message(oa: MeteredHarness, quota: int) -> None:
    people = await crowd(oa, FREE)
    for phone in people:
        oa.messenger.last[phone.address.chat] = oa.club.clock.now() - CHARGED
    oa.messenger.quota = quota
    mailing = await oa.announce(await publish(oa.club), from_quota=False)
    async with oa.running():
        await oa.until(lambda _: bool(oa.messenger.charged))
        await oa.until(is_calm)
    assert sum(oa.messenger.charged.values()) == 1
    assert (await oa.box.mailing(mailing)).state is MailingState.PAUSED


@pytest.mark.parametrize("limits", [LIMITS], indirect=True)
async def test_what_may_be_paid_goes_on_within_what_was_chosen(oa: MeteredHarness) -> None:
    await crowd(oa)
    await oa.has_quota(500)
    oa.messenger.quota = 0
    number = await publish(oa.club)
    await oa.announce(number, paid_most=MEMBERS - 10)
    async with oa.running():
        await oa.until(
            lambda found: is_done(found) or oa.messenger.charged[Charge.PAID] > MEMBERS - 10
        )
    assert oa.messenger.charged == {Charge.PAID: MEMBERS - 10}
    assert await oa.cost(number) == Spent(paid=MEMBERS - 10, dong=(MEMBERS - 10) * PRICE)


@pytest.mark.parametrize("limits", [LIMITS], indirect=True)
async def test_a_quota_that_somebody_else_uses_up_costs_no_more_than_the_calls_under_way(
    oa: MeteredHarness,
) -> None:
    await crowd(oa)
    await oa.has_quota(500)
    oa.messenger.quota = 15
    await oa.announce(await publish(oa.club))
    async with oa.running():
        await oa.until(lambda found: found.count(S.SENT) >= 16)
        await oa.until(is_calm)
    assert oa.messenger.charged[Charge.QUOTA] == 15
    assert 0 < oa.messenger.charged[Charge.PAID] <= oa.settings.in_flight


async def test_officers_are_told_once_a_day_that_money_was_taken_for_other_messages(
    club: ClubInATest, oa: MeteredHarness
) -> None:
    people = await crowd(oa)
    minh = await club.officer("Minh")
    await oa.has_quota(500)
    oa.messenger.quota = 0
    await oa.box.mail(*(one.member_id for one in people), kind=MailingKind.VERDICT)
    async with oa.running():
        await oa.until(is_done)
    assert oa.messenger.charged == {Charge.PAID: 1}
    assert len([one for one in await waiting_for(minh) if "đã trừ tiền" in one.text]) == 1
