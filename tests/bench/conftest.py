"""Figures, printed as a table and kept as `build/bench.json`."""

import asyncio
import json
import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.integration.conftest import make_home, sandbox
from tests.support.databases import execute
from tests.support.paths import PROJECT

_DURABILITY = ("fsync", "full_page_writes", "synchronous_commit", "autovacuum")
"""The settings that are off in the tests' PostgreSQL and on in a club's."""

__all__ = ["make_home", "sandbox"]

_BUILD = PROJECT / "build"
DATABASES = ("sqlite", "postgresql")
Note = Callable[[str, float], None]


@pytest.fixture
def note(capsys: pytest.CaptureFixture[str]) -> Iterator[Note]:
    """Takes down one figure; the name says its unit."""
    figures: dict[str, float] = {}
    yield figures.__setitem__
    file = _BUILD / "bench.json"
    known = json.loads(file.read_text("utf-8")) if file.exists() else {}
    _BUILD.mkdir(exist_ok=True)
    file.write_text(json.dumps(known | figures, indent=2), "utf-8")
    with capsys.disabled():
        print()
        for name, figure in figures.items():
            print(f"  {name:<44} {figure:>10.2f}")


@pytest.fixture
def sqlite_database(tmp_path: Path, sqlite_template: Path) -> str:
    """The URL of an empty SQLite database with the schema."""
    path = tmp_path / "club.sqlite3"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def durable_postgresql(postgresql_template: str) -> Iterator[str]:
    """The URL of an empty PostgreSQL database with the schema, as durable as in a club."""
    template = make_url(postgresql_template)
    server = template.set(database="postgres").render_as_string(hide_password=False)
    for setting in _DURABILITY:
        asyncio.run(execute(server, f"ALTER SYSTEM RESET {setting}"))
    asyncio.run(execute(server, "SELECT pg_reload_conf()"))
    name = f"bench_{uuid.uuid4().hex}"
    asyncio.run(execute(server, f"CREATE DATABASE {name} TEMPLATE {template.database}"))
    yield template.set(database=name).render_as_string(hide_password=False)
    asyncio.run(execute(server, f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(params=DATABASES)
def durable_database(request: pytest.FixtureRequest) -> str:
    """An empty database on either, as durable as in a club."""
    name = "sqlite_database" if request.param == "sqlite" else "durable_postgresql"
    found: str = request.getfixturevalue(name)
    return found
