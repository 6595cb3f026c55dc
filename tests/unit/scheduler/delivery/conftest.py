"""A member, and the delivery worker with a scripted messenger."""

import pytest

from tests.support.club import ClubInATest, Phone
from tests.support.scripted_messenger import DeliveryHarness


@pytest.fixture
def harness(club: ClubInATest) -> DeliveryHarness:
    return DeliveryHarness(club)


@pytest.fixture
async def lan(club: ClubInATest) -> Phone:
    return await club.member("Lan")
