"""A server that went away while nobody asked it anything is not noticed by whoever asks next."""

import socket
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.database import pool_ping
from storage.database.engine import DatabaseSettings, open_engine
from tests.support.databases import PostgresqlTestDatabase, execute


@pytest.fixture
async def engine(postgresql_test_database: PostgresqlTestDatabase) -> AsyncIterator[AsyncEngine]:
    engine = open_engine(DatabaseSettings(url=postgresql_test_database.url))
    yield engine
    await engine.dispose()


async def number_of(engine: AsyncEngine) -> int:
    """Which of the server's processes answers."""
    async with engine.connect() as connection:
        number = await connection.scalar(text("SELECT pg_backend_pid()"))
    assert isinstance(number, int)
    return number


async def line_of(engine: AsyncEngine) -> Any:
    """The driver's connection, resting again."""
    async with engine.connect() as connection:
        return (await connection.get_raw_connection()).driver_connection


async def test_a_connection_that_rested_a_moment_is_used_again(engine: AsyncEngine) -> None:
    assert await number_of(engine) == await number_of(engine)


async def test_a_connection_that_the_server_closed_is_replaced(
    engine: AsyncEngine, postgresql_test_database: PostgresqlTestDatabase
) -> None:
    line, before = await line_of(engine), await number_of(engine)
    await execute(postgresql_test_database.url, f"SELECT pg_terminate_backend({before})")
    while not line.is_closed():
        await execute(postgresql_test_database.url, "SELECT 1")
    assert await number_of(engine) != before


async def test_a_connection_that_rested_longer_is_asked_first_and_replaced_when_it_is_dead(
    engine: AsyncEngine,
) -> None:
    pool_ping.enable_lazy_ping(engine, moment_s=-1.0)
    line, before = await line_of(engine), await number_of(engine)
    assert await number_of(engine) == before
    line._transport.get_extra_info("socket").shutdown(socket.SHUT_RDWR)
    assert not line.is_closed()
    assert await number_of(engine) != before
