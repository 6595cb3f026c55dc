"""An Official Account with a valid token, and somebody who follows it."""

import pytest

from tests.support.official_account import OaClient, act, add_oa_user, oa_client
from tests.support.sandbox_server import SandboxServer


@pytest.fixture
async def oa(sandbox: SandboxServer) -> OaClient:
    return await oa_client(sandbox)


@pytest.fixture
async def lan(sandbox: SandboxServer) -> str:
    """Somebody who has just followed the account."""
    chat = await add_oa_user(sandbox)
    await act(sandbox, chat, "follow")
    return chat
