"""A member on several messengers gets each message once: where they prefer it, or the cheapest way."""

import pytest

from storage.database.engine import Store
from storage.models import DeliveryState
from tests.support import ClubInATest, ManualClock, publish
from tests.support.metered_account import CHARGED, CLOSED, FREE, OA, MeteredHarness, with_account
from tests.support.scripted_messenger import DeliveryHarness

S = DeliveryState


class Both:
    """A worker on Telegram, and one on an account with a messaging window, over one outbox."""

    def __init__(self, club: ClubInATest) -> None:
        self.oa, self.telegram = MeteredHarness(club), DeliveryHarness(club)

    async def deliver(self, *states: DeliveryState) -> None:
        def are_reached(found: list[DeliveryState]) -> bool:
            self.telegram.worker.nudge()
            return found == list(states)

        async with self.oa.running(), self.telegram.running():
            await self.oa.until(are_reached)

    @property
    def calls(self) -> list[str]:
        return [*self.oa.messenger.calls, *self.telegram.messenger.calls]


@pytest.fixture
def both(store: Store, clock: ManualClock) -> Both:
    return Both(ClubInATest(store, clock, with_account()))


@pytest.fixture
async def number(both: Both) -> int:
    return await publish(both.oa.club)


@pytest.mark.parametrize("silent_for", [FREE, CHARGED, CLOSED], ids=["free", "charged", "closed"])
async def test_whoever_prefers_none_gets_it_the_cheapest_way(
    both: Both, number: int, silent_for: object
) -> None:
    an = await both.oa.person("An", silent_for)  # type: ignore[arg-type]
    await both.oa.also_on_telegram(an, "an", prefers=None)
    await both.oa.announce(number, paid_most=10)
    await both.deliver(S.SENT)
    assert both.calls == ["an"]
    assert both.telegram.messenger.calls == ["an"]


async def test_whoever_prefers_none_gets_it_on_the_other_if_the_cheapest_is_gone(
    both: Both, number: int
) -> None:
    an = await both.oa.person("An", FREE)
    await both.oa.also_on_telegram(an, "an", prefers=None)
    await both.oa.unreachable("an")
    await both.oa.announce(number)
    await both.deliver(S.SENT)
    assert both.calls == [an.address.chat]


async def test_whoever_prefers_the_account_gets_it_there_for_money(both: Both, number: int) -> None:
    an = await both.oa.person("An", CHARGED)
    await both.oa.also_on_telegram(an, "an", prefers=OA)
    await both.oa.announce(number, paid_most=1)
    await both.deliver(S.SENT)
    assert both.calls == [an.address.chat]


@pytest.mark.parametrize("silent_for", [CHARGED, CLOSED], ids=["not allowed", "closed"])
async def test_whoever_cannot_have_it_where_they_prefer_it_gets_it_on_the_other_now(
    both: Both, number: int, silent_for: object
) -> None:
    an = await both.oa.person("An", silent_for)  # type: ignore[arg-type]
    await both.oa.also_on_telegram(an, "an", prefers=OA)
    await both.oa.announce(number)
    await both.deliver(S.SENT)
    assert both.calls == ["an"]
    await both.oa.writes(an)
    await both.deliver(S.SENT)
    assert both.calls == ["an"]
