"""Two officers and a member, for the tests of announcements."""

import pytest

from tests.support.club import ClubInATest, Phone


@pytest.fixture
async def minh(club: ClubInATest) -> Phone:
    return await club.officer("Minh")


@pytest.fixture
async def hanh(club: ClubInATest) -> Phone:
    return await club.officer("Hạnh")


@pytest.fixture
async def lan(club: ClubInATest) -> Phone:
    return await club.member("Lan")
