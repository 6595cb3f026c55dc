"""An announcement that a member has."""

import pytest

from storage.models import DeliveryState
from tests.support import ClubInATest, Phone, publish_copies


@pytest.fixture
async def number(club: ClubInATest, lan: Phone) -> int:
    """The number of an announcement that reached Lan."""
    return await publish_copies(club, [(lan, DeliveryState.SENT)])
