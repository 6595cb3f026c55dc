"""Killed at any moment of a token renewal: no grant is lost that could have been kept."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support import ManualClock
from tests.support.oauth_server import oauth_server
from tests.support.renewing_processes import FileClock, KilledRenewals, opened


@pytest.fixture
async def renewals(
    database_url: str, clock: ManualClock, tmp_path: Path
) -> AsyncIterator[KilledRenewals]:
    """Two processes on one database, and the OAuth server of this test."""
    shared_clock = FileClock(tmp_path / "clock")
    shared_clock.set(clock.now())
    store = opened(database_url, shared_clock)
    async with oauth_server() as server:
        yield KilledRenewals(store, shared_clock, server, tmp_path)
    await store.close()


async def test_a_grant_survives_kills_during_its_renewal(renewals: KilledRenewals) -> None:
    await renewals.run(kills=5)


@pytest.mark.torture
@pytest.mark.timeout(3600)
async def test_a_grant_survives_two_hundred_kills_during_its_renewal(
    renewals: KilledRenewals,
) -> None:
    await renewals.run(kills=200)
    print(renewals.tally)
