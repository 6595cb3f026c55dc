"""An announcement that a member has."""

import pytest

from storage.models import DeliveryState
from tests.support.announcements.records import publish_copies
from tests.support.club import ClubInATest, Phone


@pytest.fixture
async def number(club: ClubInATest, lan: Phone) -> int:
    """The number of an announcement that reached Lan."""
    return await publish_copies(club, [(lan, DeliveryState.SENT)])
