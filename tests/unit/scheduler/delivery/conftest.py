"""The delivery worker with a scripted messenger, and an announcement that a member has."""

import pytest

from storage.models import DeliveryState
from tests.support import ClubInATest, Phone, publish_copies
from tests.support.scripted_messenger import DeliveryHarness


@pytest.fixture
def harness(club: ClubInATest) -> DeliveryHarness:
    return DeliveryHarness(club)


@pytest.fixture
async def number(club: ClubInATest, lan: Phone) -> int:
    """The number of an announcement that reached Lan."""
    return await publish_copies(club, [(lan, DeliveryState.SENT)])
