"""A running sandbox for every test."""

from collections.abc import AsyncIterator

import pytest

from tests.support.sandbox_server import SandboxServer, running_sandbox


@pytest.fixture
async def sandbox() -> AsyncIterator[SandboxServer]:
    async with running_sandbox() as opened:
        yield opened
