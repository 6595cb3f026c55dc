"""`migrate --to`: copies a stopped club from SQLite to PostgreSQL, and compares all rows."""

import hashlib
import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Column, Row, Table, and_, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel

from bot.backup.backup import prove
from bot.backup.open_existing import ArchiveError, existing
from bot.config.settings import Settings
from bot.store.open_store import open_store
from handlers.flagging import reindex
from storage.database import Store, SystemClock, sqlite_file, with_driver
from storage.database.schema import upgrade

_BATCH = 1000
_MADE_THERE = frozenset({"foldingrules"})
"""Holds the version of the search index, which is rebuilt on PostgreSQL."""
_MODULUS = 2**64

Sums = dict[str, tuple[int, int]]
"""Row count and checksum of the contents, by table."""


@dataclass(frozen=True)
class Moved:
    """What was copied and compared."""

    tables: int
    rows: int
    posts: int
    """Posts in the rebuilt search index."""
    log_entries: int


async def move(settings: Settings, address: str) -> Moved:
    """Copies the club to an empty PostgreSQL database; the SQLite file is not changed.

    Raises:
        ArchiveError: nothing was moved; the sentence says why.
        KeyWrong: the key cannot be used.
    """
    there = replace(settings, database=replace(settings.database, url=_postgresql(address)))
    if sqlite_file(settings.database) is None:
        raise ArchiveError("The club is on PostgreSQL already; `pg_dump` moves it from there.")
    async with existing(settings) as old, _prepared(there) as new:
        sums = await _copy(old, new)
        posts = await reindex.reindex(new)
        async with new.read() as tx:
            entries = await prove(tx)
    return Moved(len(sums), sum(count for count, _ in sums.values()), posts, entries)


def tell(settings: Settings, moved: Moved, show: Callable[[str], None]) -> None:
    """Prints what was done, and how to switch to the new database."""
    file = sqlite_file(settings.database)
    show(f"Copied: {moved.rows} rows of {moved.tables} tables; the same counts and sums there.")
    show(f"The key opens it, and the log is whole up to entry {moved.log_entries}.")
    show(f"Found again by the index that was made there: {moved.posts} flagged posts.\n")
    show("Nothing has been switched yet. To switch, while the bot stays stopped:")
    show("1. Set database.url in config.toml (or NIEMTIN_DATABASE_URL) to the address after --to.")
    show("2. `niemtin doctor`, then `niemtin run`.")
    show(f"3. Once it runs, delete {file} and what stands beside it: it holds people's data.")


def _postgresql(address: str) -> str:
    try:
        is_other = with_driver(address).get_backend_name() != "postgresql"
    except (ValueError, SQLAlchemyError):
        is_other = True
    if is_other:
        raise ArchiveError("--to: must be postgresql://user:password@host/name")
    return address


@asynccontextmanager
async def _prepared(settings: Settings) -> AsyncIterator[Store]:
    """The target database with the schema of this release."""
    store = open_store(settings, SystemClock())
    try:
        try:
            await upgrade(store.engine)
        except (OSError, DBAPIError) as error:
            raise ArchiveError(
                f"The database of --to cannot be used ({type(error).__name__})."
            ) from None
        yield store
    finally:
        await store.close()


async def _copy(old: Store, new: Store) -> Sums:
    """Copies all rows in one transaction, while no process writes to the source."""
    async with old.engine.begin() as source, new.engine.begin() as target:
        await _must_be_unused(source, old)
        await _must_be_empty(target)
        for table in _tables():
            try:
                await _copy_table(source, target, table)
            except DBAPIError as error:
                fault = f"A row of {table.name} cannot be kept there ({type(error.orig).__name__})"
                raise ArchiveError(f"{fault}: nothing was moved.") from None
        sums = await _sums(source)
        if different := [n for n, found in (await _sums(target)).items() if found != sums[n]]:
            raise ArchiveError(f"Not the same there: {', '.join(different)}. Nothing was moved.")
        return sums


async def _must_be_unused(source: AsyncConnection, old: Store) -> None:
    lease = SQLModel.metadata.tables["lease"]
    active_leases = select(lease.c.name).where(
        lease.c.holder != "", lease.c.until > old.clock.now()
    )
    if (await source.execute(active_leases)).first():
        raise ArchiveError(
            "The bot is running: stop it first. After a crash, wait for a quarter of a minute."
        )


async def _must_be_empty(target: AsyncConnection) -> None:
    for table in _tables():
        if (await target.execute(select(table).limit(1))).first():
            raise ArchiveError(
                f"There is something in {table.name} of that database: it must be an empty one."
            )


def _tables() -> list[Table]:
    """All tables, sorted so that referenced rows are copied first."""
    return [one for one in SQLModel.metadata.sorted_tables if one.name not in _MADE_THERE]


async def _copy_table(source: AsyncConnection, target: AsyncConnection, table: Table) -> None:
    inward = [key.parent.name for key in table.foreign_keys if key.column.table is table]
    nothing = dict.fromkeys(inward)
    async for rows in _batches(source, table):
        values = [dict(row._mapping) for row in rows]
        await target.execute(insert(table), [value | nothing for value in values])
    if inward:
        await _point_inward(source, target, table, inward)
    await _continue_numbers(target, table)


async def _point_inward(
    source: AsyncConnection, target: AsyncConnection, table: Table, inward: Sequence[str]
) -> None:
    """Sets references within a table after all of its rows were copied."""
    async for rows in _batches(source, table):
        for row in rows:
            links = {name: row._mapping[name] for name in inward if row._mapping[name] is not None}
            if links:
                await target.execute(update(table).where(_is(table, row)).values(links))


def _is(table: Table, row: Row[Any]) -> Any:
    return and_(*(column == row._mapping[column.name] for column in table.primary_key))


async def _continue_numbers(target: AsyncConnection, table: Table) -> None:
    """Sets the sequences, so that the next row gets the next id."""
    number = table.autoincrement_column
    if number is None:
        return
    sequence = (
        await target.execute(
            text("SELECT pg_get_serial_sequence(:table, :column)"),
            {"table": f'"{table.name}"', "column": number.name},
        )
    ).scalar_one()
    highest = (await target.execute(select(func.max(number)))).scalar_one()
    if sequence and highest:
        await target.execute(select(func.setval(sequence, highest)))


async def _batches(connection: AsyncConnection, table: Table) -> AsyncIterator[Sequence[Row[Any]]]:
    query = select(table).order_by(*table.primary_key)
    async with connection.stream(query) as rows:
        async for batch in rows.partitions(_BATCH):
            yield batch


async def _sums(connection: AsyncConnection) -> Sums:
    return {table.name: await _sum(connection, table) for table in _tables()}


async def _sum(connection: AsyncConnection, table: Table) -> tuple[int, int]:
    count = total = 0
    async for rows in _batches(connection, table):
        count += len(rows)
        total += sum(_digest(table, row._mapping) for row in rows)
    return count, total % _MODULUS


def _digest(table: Table, row: Mapping[Any, Any]) -> int:
    shown = repr([_plain(column, row[column.name]) for column in table.columns])
    return int.from_bytes(hashlib.sha256(shown.encode()).digest()[:8])


def _plain(column: Column[Any], value: Any) -> Any:
    """Normalizes values that the two drivers return differently."""
    if column.type.python_type in (dict, list):
        return json.dumps(value, sort_keys=True)
    return bytes(value) if isinstance(value, memoryview | bytearray) else value
