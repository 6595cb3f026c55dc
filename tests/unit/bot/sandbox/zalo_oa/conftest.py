"""Somebody who follows the Official Account."""

import pytest

from tests.support.official_account import act, add_oa_user
from tests.support.sandbox_server import SandboxServer


@pytest.fixture
async def lan(sandbox: SandboxServer) -> str:
    """Somebody who has just followed the account."""
    chat = await add_oa_user(sandbox)
    await act(sandbox, chat, "follow")
    return chat
