"""A running sandbox for every test."""

from collections.abc import AsyncIterator

import pytest

from tests.support.sandbox_stage import Stage, open_stage


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with open_stage() as opened:
        yield opened
