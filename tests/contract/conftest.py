"""A sandbox, and both libraries as its clients."""

from collections.abc import AsyncIterator

import pytest

from tests.contract.clients import CLIENTS, Client
from tests.contract.specification import Specification, load
from tests.support.sandbox_server import SandboxServer, running_sandbox


@pytest.fixture(scope="session")
def specification() -> Specification | None:
    """The Bot API as data; None where the shared folder is missing."""
    return load()


@pytest.fixture
async def sandbox() -> AsyncIterator[SandboxServer]:
    async with running_sandbox() as opened:
        yield opened


@pytest.fixture(params=CLIENTS)
async def client(
    request: pytest.FixtureRequest,
    sandbox: SandboxServer,
    specification: Specification | None,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Client]:
    """Each library in turn. What the sandbox said to it is checked against the specification."""
    # python-telegram-bot's way of saying durations from its next version on; else it warns.
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    async with CLIENTS[request.param](sandbox.address.url, sandbox.token) as opened:
        yield opened
        if specification is not None:
            for method, result in opened.results:
                specification.check_result(method, result)
