"""A club that outgrew its file goes to PostgreSQL, and nothing of it is lost on the way."""

import base64
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from bot.backup import to_postgresql
from bot.backup.open_existing import ArchiveError
from bot.cli import init_config
from bot.config.settings import Settings, load
from storage.cases.search import similar_posts
from storage.database import leases
from storage.database.clock import SystemClock
from storage.database.engine import Store
from storage.database.ids import RandomIds
from storage.database.vault import Vault
from storage.members import members
from storage.models import Role
from tests.conftest import KEY
from tests.support import ClubInATest, ManualClock, add_one_row_per_table
from tests.support.databases import PostgresqlTestDatabase, SqliteTestDatabase

TABLES = SQLModel.metadata.tables
EMPTY_POSTS = TABLES["casepost"].update().values(content_sealed=None)
MEMBERS = select(TABLES["member"].c.id)


@pytest.fixture
def settings(tmp_path: Path, sqlite_test_database: SqliteTestDatabase) -> Settings:
    (tmp_path / "config.toml").write_text(init_config.example().read_text("utf-8"), "utf-8")
    key = base64.b64encode(KEY).decode()
    given = {"NIEMTIN_KEY": key, "NIEMTIN_DATABASE_URL": sqlite_test_database.url}
    return load(tmp_path / "config.toml", given)


@pytest.fixture
async def club(
    settings: Settings,
    sqlite_test_database: SqliteTestDatabase,
    postgresql_test_database: PostgresqlTestDatabase,
) -> AsyncIterator[ClubInATest]:
    """A club on SQLite with something in every table, and an empty PostgreSQL beside it."""
    await sqlite_test_database.empty()
    await postgresql_test_database.empty()
    clock = ManualClock()
    club = ClubInATest(Store(sqlite_test_database.engine, Vault(KEY), clock, RandomIds()), clock)
    await add_one_row_per_table(club)
    async with club.store.write() as tx:  # what the test wrote there is no post that can be read
        await tx.execute(EMPTY_POSTS)
        await similar_posts.clear(tx)
    yield club
    await club.store.close()


async def test_every_row_of_a_club_arrives_and_the_bot_goes_on_with_them(
    settings: Settings, club: ClubInATest, postgresql_test_database: PostgresqlTestDatabase
) -> None:
    await club.store.close()
    moved = await to_postgresql.move(settings, postgresql_test_database.url)
    there = Store(postgresql_test_database.engine, Vault(KEY), club.clock, RandomIds())
    assert moved.log_entries > 0
    async with club.store.read() as old, there.read() as new:
        for table in TABLES.values():
            rows = select(table).order_by(*table.primary_key)
            before = (await old.execute(rows)).all()
            after = (await new.execute(rows)).all()
            assert table.name == "foldingrules" or before == after, table.name
    async with there.write() as tx:
        known = (await tx.execute(MEMBERS)).scalars().all()
        newcomer = await members.add(
            tx,
            messenger="telegram",
            chat="9999",
            name="Bảo",
            role=Role.MEMBER,
            language="vi",
            area=None,
        )
        assert newcomer.id == max(known) + 1
    with pytest.raises(DBAPIError, match="append-only"):
        async with there.write() as tx:
            await tx.execute(text("DELETE FROM auditentry"))
    await there.close()
    await club.store.close()


async def test_a_row_may_point_to_a_later_one_of_its_table(
    settings: Settings, club: ClubInATest, postgresql_test_database: PostgresqlTestDatabase
) -> None:
    case = TABLES["case"]
    async with club.store.write() as tx:
        first = (await tx.execute(select(case).order_by(case.c.id))).first()
        assert first is not None
        later = dict(first._mapping) | {"id": first.id + 7, "code": "ZZZZ"}
        await tx.execute(case.insert(), later)
        joined = case.update().where(case.c.id == first.id).values(merged_into=later["id"])
        await tx.execute(joined)
    await club.store.close()
    await to_postgresql.move(settings, postgresql_test_database.url)


async def test_a_running_club_is_not_moved(
    settings: Settings, club: ClubInATest, postgresql_test_database: PostgresqlTestDatabase
) -> None:
    running = Store(club.store.engine, Vault(KEY), SystemClock(), RandomIds())
    async with running.write() as tx:
        assert await leases.take(tx, "timetable", "a", timedelta(seconds=60))
    with pytest.raises(ArchiveError, match="stop it first"):
        await to_postgresql.move(settings, postgresql_test_database.url)
    await running.close()


async def test_nothing_is_moved_onto_what_is_there(
    settings: Settings, club: ClubInATest, postgresql_test_database: PostgresqlTestDatabase
) -> None:
    await club.store.close()
    await to_postgresql.move(settings, postgresql_test_database.url)
    with pytest.raises(ArchiveError, match="must be an empty one"):
        await to_postgresql.move(settings, postgresql_test_database.url)


@pytest.mark.parametrize("address", ["", "mysql://club@host/club", "sqlite:///other.sqlite3", "x"])
async def test_only_postgresql_is_a_place_to_move_to(settings: Settings, address: str) -> None:
    with pytest.raises(ArchiveError, match="--to"):
        await to_postgresql.move(settings, address)


async def test_a_club_on_postgresql_stays_there(
    settings: Settings, postgresql_test_database: PostgresqlTestDatabase
) -> None:
    database = replace(settings.database, url=postgresql_test_database.url)
    with pytest.raises(ArchiveError, match="already"):
        await to_postgresql.move(replace(settings, database=database), postgresql_test_database.url)
