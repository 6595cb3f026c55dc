"""SQLite's driver answers as any other would, in one visit to its thread."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from storage.database import aiosqlite_cursor

_FIRST_ROWS = 1000
Connection = Any


@pytest.fixture
async def connection(tmp_path: Path) -> AsyncIterator[Connection]:
    opened = await aiosqlite_cursor.connect(str(tmp_path / "numbers.sqlite3"))
    opened.isolation_level = None
    await opened.execute("PRAGMA synchronous=OFF")
    await opened.execute("CREATE TABLE number (n INTEGER)")
    yield opened
    await opened.close()


def modes(file: Path) -> dict[str, int]:
    return {one.name: one.stat().st_mode & 0o777 for one in file.parent.glob(f"{file.name}*")}


async def written_to(file: Path) -> Connection:
    opened = await aiosqlite_cursor.connect(str(file))
    opened.isolation_level = None
    await (await opened.execute("PRAGMA journal_mode=WAL")).fetchall()
    await opened.execute("CREATE TABLE IF NOT EXISTS name (n TEXT)")
    return opened


async def test_nobody_but_its_owner_may_read_a_database(tmp_path: Path) -> None:
    file = tmp_path / "club.sqlite3"
    before = os.umask(0o022)
    try:
        opened = await written_to(file)
    finally:
        os.umask(before)
    assert modes(file) == dict.fromkeys(
        ("club.sqlite3", "club.sqlite3-wal", "club.sqlite3-shm"), 0o600
    )
    await opened.close()


async def test_a_database_that_others_could_read_is_shut_when_it_is_opened(tmp_path: Path) -> None:
    file = tmp_path / "club.sqlite3"
    first = await written_to(file)
    for ending in aiosqlite_cursor.BESIDE[:3]:
        os.chmod(f"{file}{ending}", 0o644)
    assert aiosqlite_cursor.open_to_others(file)
    second = await written_to(file)
    assert set(modes(file).values()) == {0o600}
    assert len(modes(file)) == 3
    assert not aiosqlite_cursor.open_to_others(file)
    await second.close()
    await first.close()


async def test_looking_at_its_mode_gives_no_lock_away(tmp_path: Path) -> None:
    file = tmp_path / "club.sqlite3"
    holder = await written_to(file)
    await holder.execute("BEGIN IMMEDIATE")
    await (await aiosqlite_cursor.connect(str(file))).close()
    tried = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('BEGIN IMMEDIATE')",
        str(file),
        stderr=asyncio.subprocess.PIPE,
    )
    _, complaint = await tried.communicate()
    assert b"database is locked" in complaint
    await holder.rollback()
    await holder.close()


async def holding(connection: Connection, count: int) -> None:
    async with connection.cursor() as cursor:
        await cursor.executemany("INSERT INTO number VALUES (?)", [(n,) for n in range(count)])
        assert cursor.rowcount == count


@pytest.mark.parametrize("count", [0, 1, _FIRST_ROWS, _FIRST_ROWS + 1, 3 * _FIRST_ROWS + 7])
async def test_all_rows_come_in_order(connection: Connection, count: int) -> None:
    await holding(connection, count)
    async with connection.cursor() as cursor:
        await cursor.execute("SELECT n FROM number ORDER BY n")
        assert [name for name, *_ in cursor.description] == ["n"]
        assert [n for (n,) in await cursor.fetchall()] == list(range(count))
        assert await cursor.fetchall() == []


async def test_rows_are_read_in_parts_across_the_first_visit(connection: Connection) -> None:
    await holding(connection, 2 * _FIRST_ROWS)
    async with connection.cursor() as cursor:
        await cursor.execute("SELECT n FROM number ORDER BY n")
        first = await cursor.fetchone()
        parts = [await cursor.fetchmany(700) for _ in range(4)]
    assert first == (0,)
    assert [n for part in parts for (n,) in part] == list(range(1, 2 * _FIRST_ROWS))


async def test_a_statement_without_an_answer_says_what_it_did(connection: Connection) -> None:
    async with connection.cursor() as cursor:
        await cursor.execute("INSERT INTO number VALUES (?)", (7,))
        assert (cursor.description, cursor.rowcount, cursor.lastrowid) == (None, 1, 1)
        assert await cursor.fetchall() == []


async def test_what_was_begun_is_rolled_back_and_nothing_begun_is_no_error(
    connection: Connection,
) -> None:
    await connection.rollback()
    await connection.execute("BEGIN")
    await holding(connection, 1)
    await connection.rollback()
    async with connection.cursor() as cursor:
        await cursor.execute("SELECT count(*) FROM number")
        assert await cursor.fetchone() == (0,)


async def test_a_cursor_left_half_read_holds_nothing_up(connection: Connection) -> None:
    await holding(connection, 2 * _FIRST_ROWS)
    async with connection.cursor() as cursor:
        await cursor.execute("SELECT n FROM number")
        await cursor.fetchone()
        await cursor.close()
    await connection.execute("DROP TABLE number")
