"""`backup`: copies a running club's SQLite file, and proves by a restore that the copy is complete."""

import asyncio
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy.engine import URL
from sqlmodel import col, select

from bot.backup.open_existing import ArchiveError, existing, sqlite_file
from bot.config.settings import Settings
from storage import audit_log
from storage.database import SealBroken, Tx, with_driver
from storage.members import members
from storage.models import Member

OWNER_ONLY = 0o600
_BUSY_TIMEOUT_S = 10
_ONE_FILE = "PRAGMA journal_mode=DELETE"
"""The copy has no write-ahead log beside it."""
Counts = dict[str, int]
"""The number of rows by table."""


@dataclass(frozen=True)
class Kept:
    """A backup that was restored once and compared with the database."""

    file: Path
    rows: int
    log_entries: int


async def back_up(settings: Settings, target: Path) -> Kept:
    """Copies the database while the bot runs, then restores the copy and checks it.

    A copy that fails the check is deleted.

    Raises:
        ArchiveError: there is no backup; the sentence says why.
        KeyWrong: the key cannot be used.
    """
    source = sqlite_file(settings)
    if source is None:
        raise ArchiveError(_pg_dump(settings, target))
    async with existing(settings):
        pass  # Raises unless there is a database of this release, and a valid key.
    with _claimed(target):
        return await _proven(settings, target, await asyncio.to_thread(_copy, source, target))


def _pg_dump(settings: Settings, target: Path) -> str:
    given = with_driver(settings.database.url)
    url = URL.create("postgresql", given.username, None, given.host, given.port, given.database)
    return (
        "PostgreSQL has a tool of its own for this: "
        f"pg_dump --format=custom --file={target} {url.render_as_string()}"
    )


@contextmanager
def _claimed(target: Path) -> Iterator[None]:
    """Creates a file that only its owner may read; deletes it when the block fails."""
    try:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY))
    except FileExistsError:
        raise ArchiveError(f"{target} is there already; `backup` replaces nothing.") from None
    except OSError as error:
        raise ArchiveError(f"{target} cannot be written ({error.strerror}).") from None
    try:
        yield
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _copy(source: Path, target: Path) -> Counts:
    """Copies with SQLite's online backup: one consistent state, also during writes."""
    try:
        with (
            closing(sqlite3.connect(source, timeout=_BUSY_TIMEOUT_S, isolation_level=None)) as club,
            closing(sqlite3.connect(target, isolation_level=None)) as copy,
        ):
            club.execute("BEGIN")  # Rows are counted in the state that is copied.
            counts = _count(club)
            club.backup(copy)
            copy.execute(_ONE_FILE)
            return counts
    except sqlite3.Error as error:
        raise ArchiveError(f"The database cannot be copied ({error}).") from None


def fold(file: Path) -> None:
    """Merges the write-ahead log into the file of a database that no process has open.

    Raises:
        ArchiveError: it cannot be done, or the file is damaged.
    """
    try:
        with closing(sqlite3.connect(file, isolation_level=None)) as database:
            verdict = database.execute("PRAGMA integrity_check").fetchone()[0]
            database.execute(_ONE_FILE)
    except sqlite3.Error as error:
        raise ArchiveError(f"The database cannot be read ({error}).") from None
    if verdict != "ok":
        raise ArchiveError(f"The database is damaged ({verdict}).")


def _count(database: sqlite3.Connection) -> Counts:
    # The rows of a virtual table are in shadow tables; some virtual tables cannot be counted.
    names = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
        "AND sql NOT LIKE 'CREATE VIRTUAL%'"
    ).fetchall()
    # The names come from the database itself.
    return {n: database.execute(f'SELECT count(*) FROM "{n}"').fetchone()[0] for (n,) in names}  # noqa: S608


async def _proven(settings: Settings, target: Path, counts: Counts) -> Kept:
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".niemtin-") as folder:
        restored = Path(shutil.copy(target, Path(folder) / "club.sqlite3"))
        await asyncio.to_thread(_look_at, restored, counts)
        database = replace(settings.database, url=f"sqlite:///{restored}")
        async with existing(replace(settings, database=database)) as store, store.read() as tx:
            return Kept(target, sum(counts.values()), await prove(tx))


def _look_at(restored: Path, counts: Counts) -> None:
    with closing(sqlite3.connect(restored)) as database:
        verdict = database.execute("PRAGMA integrity_check").fetchone()[0]
        is_same = verdict == "ok" and _count(database) == counts
    if not is_same:
        raise ArchiveError(f"The copy is not the same as the database ({verdict}): try again.")


async def prove(tx: Tx) -> int:
    """Verifies the audit log and decrypts one name; returns the number of log entries."""
    member = await tx.first(select(Member).where(col(Member.name_sealed).is_not(None)).limit(1))
    try:
        if member:
            members.name_of(tx, member)
    except SealBroken:
        raise ArchiveError("This key does not open this database: nothing was kept.") from None
    if fault := await audit_log.verify(tx):
        raise ArchiveError(
            f"The log is not whole at entry {fault.entry}, or this is another club's key: "
            "nothing was kept. `niemtin audit verify` says more."
        )
    head = await audit_log.head(tx)
    return head.entry if head else 0
