"""An Official Account whose platform is scripted by the test, and its OAuth server."""

from collections.abc import AsyncIterator

import pytest

from bot.zalo_oa.tokens import ACCOUNT
from storage.accounts import account_grants
from storage.database import Store
from tests.support import in_write
from tests.support.account_rows import granted_pair
from tests.support.oa_setup import OaSetup
from tests.support.oauth_server import OAuthServer, oauth_server
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


@pytest.fixture
async def platform() -> AsyncIterator[OAuthServer]:
    """The platform's OAuth server."""
    async with oauth_server() as running:
        yield running


@pytest.fixture
async def granted(store: Store, platform: OAuthServer) -> OAuthServer:
    """The OAuth server; the club has its present tokens, which were issued just now."""
    await in_write(
        store, account_grants.grant, ACCOUNT, "2718281828459045235", granted_pair(platform)
    )
    return platform
