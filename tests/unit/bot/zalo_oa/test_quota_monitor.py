"""The monitor of an account's quota, and of what its answers cost."""

from collections.abc import Awaitable, Callable

import pytest

from bot.zalo_oa.spending import QuotaMonitor
from handlers.messages import Address, Charge, Unreachable
from storage.database.engine import Store
from storage.outbox.metering import Spent
from tests.support import ClubInATest, ManualClock, waiting_for
from tests.support.metered_account import OA, PRICE, MeteredHarness, with_account


@pytest.fixture
def club(store: Store, clock: ManualClock) -> ClubInATest:
    """A club with an account whose messages can cost something."""
    return ClubInATest(store, clock, with_account())


@pytest.fixture
def oa(club: ClubInATest) -> MeteredHarness:
    return MeteredHarness(club)


def monitor_of(oa: MeteredHarness, ask: Callable[[], Awaitable[int | None]]) -> QuotaMonitor:
    return QuotaMonitor(oa.club.store, oa.club.settings, oa.metering, oa.reports, ask)


async def stated() -> int | None:
    return 500


async def unreachable() -> int | None:
    raise Unreachable("no connection")


async def broken() -> int | None:
    raise RuntimeError


async def test_officers_are_told_of_answers_that_money_was_taken_for(
    club: ClubInATest, oa: MeteredHarness
) -> None:
    minh = await club.officer("Minh")
    to = Address(OA, "1")
    monitor = monitor_of(oa, stated)
    for charge, told in ((Charge.FREE, 0), (Charge.QUOTA, 0), (Charge.PAID, 1), (Charge.PAID, 1)):
        oa.reports.report(to, charge, None)
        await monitor.write()
        notices = [one for one in await waiting_for(minh) if "đã trừ tiền" in one.text]
        assert len(notices) == told
    assert (await oa.month()).spent == Spent(1, 2, 2 * PRICE)


@pytest.mark.parametrize("ask", [unreachable, broken])
async def test_without_an_answer_an_unknown_quota_counts_as_none_and_a_known_one_stays(
    oa: MeteredHarness, ask: Callable[[], Awaitable[int | None]]
) -> None:
    await monitor_of(oa, ask).ask()
    assert (await oa.month()).quota_left == 0
    await monitor_of(oa, stated).ask()
    await monitor_of(oa, ask).ask()
    assert (await oa.month()).quota_left == 500
