"""The outbox of a club."""

import pytest

from tests.support.club import ClubInATest
from tests.support.outbox_rows import Outbox


@pytest.fixture
def box(club: ClubInATest) -> Outbox:
    return Outbox(club.store)
