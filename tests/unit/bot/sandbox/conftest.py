"""A running sandbox for every test."""

from collections.abc import AsyncIterator

import pytest

from tests.support.official_account import OaClient, oa_client
from tests.support.sandbox_server import SandboxServer, running_sandbox


@pytest.fixture
async def sandbox() -> AsyncIterator[SandboxServer]:
    async with running_sandbox() as opened:
        yield opened


@pytest.fixture
async def chat(sandbox: SandboxServer) -> int:
    """The chat of a user who has started the bot."""
    return await sandbox.add_started_user()


@pytest.fixture
async def oa(sandbox: SandboxServer) -> OaClient:
    """The Official Account's app, with a valid access token."""
    return await oa_client(sandbox)
