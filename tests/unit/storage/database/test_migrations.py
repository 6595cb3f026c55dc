"""Every release's schema, from the first on, comes to this one's with all that is in it."""

import shutil
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Connection, MetaData, Table, make_url, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.database import schema
from storage.database.engine import DatabaseSettings, open_engine
from tests.support.databases import execute
from tests.unit.storage.database.test_schema import differences

RELEASED = Path(schema.__file__).parents[1] / "migrations"
NOT_TABLES_OF_OURS = ("alembic_version", "sqlite_", "postterms", "termcounts", "indextotals")
"""Alembic's own, and the inverted index, which a command makes anew."""
VALUES: dict[type, object] = {
    bool: True,
    int: 1,
    float: 1.0,
    str: "x",
    bytes: bytes(32),
    object: {"x": 1},  # JSON
    list: [1],
    date: date(2026, 3, 11),
    datetime: datetime(2026, 3, 11, 2, tzinfo=UTC),
}
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture(params=["sqlite", "postgresql"])
async def empty(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    """A database without any schema."""
    url = f"sqlite:///{tmp_path}/club.sqlite3"
    if request.param == "postgresql":
        place = make_url(request.getfixturevalue("postgresql_template"))
        url = place.set(database=f"{place.database}_walked").render_as_string(hide_password=False)
        await execute(str(place), f"DROP DATABASE IF EXISTS {make_url(url).database} WITH (FORCE)")
        await execute(str(place), f"CREATE DATABASE {make_url(url).database}")
    engine = open_engine(DatabaseSettings(url=url))
    yield engine
    await engine.dispose()


async def walk(engine: AsyncEngine, scripts: Path = RELEASED) -> list[str]:
    """From release to release, each with a row in every table; which ones there were."""
    releases = [one.revision for one in ScriptDirectory(str(scripts)).walk_revisions()][::-1]
    for release in releases:
        async with engine.begin() as connection:
            before = await connection.run_sync(rows)
            await connection.run_sync(migrate, scripts, release)
            after = await connection.run_sync(rows)
        assert kept(before, after) == before, f"{release} lost or changed something"
        async with engine.begin() as connection:
            await connection.run_sync(fill)
    return releases


def migrate(connection: Connection, scripts: Path, release: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(scripts))
    config.attributes["connection"] = connection
    command.upgrade(config, release)


def kept(before: Rows, after: Rows) -> Rows:
    """What was there before, as it stands now; a column that is gone counts as meant."""
    return {
        name: [
            {column: now.get(column, value) for column, value in row.items()}
            for row, now in zip(found, after.get(name, []), strict=False)
        ]
        for name, found in before.items()
    }


def tables(connection: Connection) -> list[Table]:
    found = MetaData()
    ours = lambda name, _: not name.startswith(NOT_TABLES_OF_OURS)  # noqa: E731
    found.reflect(connection, only=ours)
    return found.sorted_tables


def rows(connection: Connection) -> Rows:
    """Everything there is, table by table."""
    return {
        one.name: [dict(row._mapping) for row in connection.execute(select(one))]
        for one in tables(connection)
    }


def fill(connection: Connection) -> None:
    """One row in every table that has none, with something in every column."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
    for table in tables(connection):
        if connection.execute(select(table).limit(1)).first() is None:
            row = {column.name: value(column) for column in table.columns}
            connection.execute(table.insert().values(row))


def value(column: Column[Any]) -> object:
    """Rows refer to each other: whatever is a number is 1."""
    return VALUES[column.type.python_type]


async def test_every_schema_there_was_comes_to_this_one_with_all_that_is_in_it(
    empty: AsyncEngine,
) -> None:
    assert await walk(empty)
    assert await schema.is_current(empty)
    async with empty.connect() as connection:
        assert all((await connection.run_sync(rows)).values())
        assert await connection.run_sync(differences) == []


# ---- what a release to come may and may not do --------------------------------------------------

RELEASE = '''"""Another release."""

import sqlalchemy as sa
from alembic import op

revision = "0to_come"
down_revision = "{down}"


def upgrade() -> None:
    {upgrade}
'''
NEW_COLUMN = 'op.add_column("share", sa.Column("n", sa.Integer(), nullable=False{default}))'


def another_release(folder: Path, upgrade: str) -> Path:
    """All releases there were, and one more that does this."""
    scripts = shutil.copytree(RELEASED, folder / "migrations")
    newest = ScriptDirectory(str(scripts)).get_current_head()
    release = RELEASE.format(down=newest, upgrade=upgrade)
    (scripts / "versions" / "to_come.py").write_text(release, "utf-8")
    return scripts


async def test_a_release_that_adds_what_has_a_default_keeps_what_is_there(
    empty: AsyncEngine, tmp_path: Path
) -> None:
    scripts = another_release(tmp_path, NEW_COLUMN.format(default=', server_default="7"'))
    assert (await walk(empty, scripts))[-1] == "0to_come"
    async with empty.connect() as connection:
        (share,) = (await connection.run_sync(rows))["share"]
    assert (share["n"], share["announcement_id"]) == (7, 1)
    # This program is older than that, and touches nothing.
    assert not await schema.is_current(empty)
    with pytest.raises(schema.SchemaTooNew):
        await schema.upgrade(empty)


@pytest.mark.parametrize(
    "upgrade",
    [
        'op.execute("DELETE FROM proof")',
        'op.drop_table("proof")',
        'op.execute("UPDATE share SET reach = 2")',
    ],
)
async def test_a_release_that_loses_or_changes_something_is_found_out(
    empty: AsyncEngine, tmp_path: Path, upgrade: str
) -> None:
    with pytest.raises(AssertionError, match="0to_come lost or changed something"):
        await walk(empty, another_release(tmp_path, upgrade))


async def test_a_release_that_only_an_empty_club_survives_is_found_out(
    empty: AsyncEngine, tmp_path: Path
) -> None:
    with pytest.raises(DBAPIError):
        await walk(empty, another_release(tmp_path, NEW_COLUMN.format(default="")))
