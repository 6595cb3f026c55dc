"""An Official Account whose platform is scripted by the test."""

from collections.abc import AsyncIterator

import pytest

from tests.support.oa_setup import OaSetup
from tests.support.scripted_oa_server import OaServer, scripted_oa_server


@pytest.fixture
async def server() -> AsyncIterator[OaServer]:
    """The platform."""
    async with scripted_oa_server() as running:
        yield running


@pytest.fixture
async def oa(server: OaServer) -> AsyncIterator[OaSetup]:
    """An account on it."""
    opened = OaSetup(server, server.url)
    yield opened
    await opened.client.close()
