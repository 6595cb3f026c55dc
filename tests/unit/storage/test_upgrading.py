"""A club that began with the first release keeps everything, however many releases later."""

import uuid
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Connection, MetaData, func, insert, make_url, select
from sqlalchemy.ext.asyncio import AsyncEngine

import storage
from storage import schema
from storage.engine import DatabaseSettings, open_engine
from tests.databases import execute
from tests.unit.storage.test_schema import differences

_NOT_OURS = ("postterms", "termcount", "alembic", "sqlite")
"""The index of posts is made anew after an upgrade, and each database has it in its own way."""
_VALUES: dict[type, Any] = {
    int: 1,
    str: "x",
    bytes: b"x",
    bool: True,
    float: 1.0,
    object: {},  # JSON
    dict: {},
    datetime: datetime(2026, 3, 10, tzinfo=UTC),
    date: date(2026, 3, 10),
}


@pytest.fixture(params=["sqlite", "postgresql"])
async def nothing_yet(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    """A database without any table."""
    if request.param == "sqlite":
        engine = open_engine(DatabaseSettings(f"sqlite:///{tmp_path}/club.sqlite3"))
        yield engine
        await engine.dispose()
        return
    template = make_url(request.getfixturevalue("postgresql_template"))
    server = template.set(database="postgres").render_as_string(hide_password=False)
    name = f"old_{uuid.uuid4().hex}"
    await execute(server, f"CREATE DATABASE {name}")
    url = template.set(database=name).render_as_string(hide_password=False)
    engine = open_engine(DatabaseSettings(url))
    yield engine
    await engine.dispose()
    await execute(server, f"DROP DATABASE {name} WITH (FORCE)")


def _first_release(connection: Connection) -> None:
    """The schema a club began with."""
    config = Config()
    config.set_main_option("script_location", str(Path(storage.__file__).parent / "migrations"))
    first = ScriptDirectory.from_config(config).get_base()
    assert first is not None
    config.attributes["connection"] = connection
    command.upgrade(config, first)


def _tables(connection: Connection) -> MetaData:
    """What there is now, whatever the models say."""
    found = MetaData()
    found.reflect(connection, only=lambda name, _: not name.startswith(_NOT_OURS))
    return found


def _fill(connection: Connection) -> None:
    """A row in each table; all of them refer to each other's number 1."""
    for table in _tables(connection).sorted_tables:
        connection.execute(insert(table), [{one.name: _value(one) for one in table.columns}])


def _value(column: Column[Any]) -> Any:
    kind = column.type.python_type
    if kind is datetime and not getattr(column.type, "timezone", False):
        return _VALUES[kind].replace(tzinfo=None)
    return _VALUES[kind]


def _counts(connection: Connection) -> dict[str, int]:
    return {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in _tables(connection).sorted_tables
    }


async def test_nothing_of_the_first_release_is_lost_by_upgrading(nothing_yet: AsyncEngine) -> None:
    async with nothing_yet.begin() as connection:
        await connection.run_sync(_first_release)
        await connection.run_sync(_fill)
        before = await connection.run_sync(_counts)
    await schema.upgrade(nothing_yet)
    assert await schema.is_current(nothing_yet)
    async with nothing_yet.connect() as connection:
        after = await connection.run_sync(_counts)
        assert await connection.run_sync(differences) == []
    assert set(before.values()) == {1}
    assert before.items() <= after.items()
