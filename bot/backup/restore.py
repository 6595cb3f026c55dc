"""`restore`: restores a backup, and holds back everything that could be sent a second time."""

import asyncio
import os
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

from bot.backup import backup
from bot.backup.open_existing import ArchiveError, sqlite_file
from bot.config.settings import Settings
from bot.store.open_store import open_store
from storage.database import SystemClock, with_driver
from storage.database.schema import upgrade
from storage.maintenance import after_restore
from storage.maintenance.after_restore import HeldBack

_LEFTOVERS = ("-wal", "-shm", "-journal")


@dataclass(frozen=True)
class Restored:
    """The place of the database, and what was held back for an officer to decide."""

    place: str
    held_back: HeldBack


async def restore(settings: Settings, source: Path | None) -> Restored:
    """Restores a backup where no database exists, and holds back what it would send.

    On PostgreSQL `pg_restore` comes first, and there is no `source`.

    Raises:
        ArchiveError: nothing was restored; the sentence says why.
        KeyWrong, SealBroken, SchemaTooNew: this bot cannot open it.
    """
    file = sqlite_file(settings)
    if file is None:
        if source is not None:
            raise ArchiveError(_pg_restore(settings, source))
        return Restored("the database", await _held_back(settings))
    if source is None:
        raise ArchiveError("restore: name the file that `niemtin backup` wrote.")
    _must_be_free(file)
    place = file.with_name(f".{file.name}.restored")
    try:
        await asyncio.to_thread(_copy, source, place)
        held_back = await _held_back(
            replace(settings, database=replace(settings.database, url=f"sqlite:///{place}"))
        )
        await asyncio.to_thread(_put, place, file)
    finally:
        _tidy(place)
    return Restored(str(file), held_back)


async def _held_back(settings: Settings) -> HeldBack:
    store = open_store(settings, SystemClock())
    try:
        await upgrade(store.engine)
        async with store.write() as tx:
            await backup.prove(tx)
            return await after_restore.hold_back(tx)
    except SQLAlchemyError as error:
        kind = type(error).__name__
        raise ArchiveError(f"The backup cannot be read ({kind}): nothing was restored.") from None
    finally:
        await store.close()


def _pg_restore(settings: Settings, source: Path) -> str:
    given = with_driver(settings.database.url)
    url = URL.create("postgresql", given.username, None, given.host, given.port, given.database)
    return (
        "PostgreSQL has a tool of its own for this: into an empty database, with the bot stopped, "
        f"pg_restore --no-owner --dbname={url.render_as_string()} {source} – "
        "and then `niemtin restore` without a file."
    )


def _must_be_free(file: Path) -> None:
    for ending in ("", *_LEFTOVERS):
        if (there := Path(f"{file}{ending}")).exists():
            raise ArchiveError(
                f"{there} is there: stop the bot and move it away first; `restore` replaces nothing."
            )


def _tidy(place: Path) -> None:
    for ending in ("", *_LEFTOVERS):
        Path(f"{place}{ending}").unlink(missing_ok=True)


def _copy(source: Path, place: Path) -> None:
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, backup.OWNER_ONLY))
        shutil.copyfile(source, place)
    except OSError as error:
        raise ArchiveError(f"{source} cannot be copied ({error.strerror}).") from None


def _put(place: Path, file: Path) -> None:
    backup.fold(place)
    with place.open("rb") as copied:
        os.fsync(copied.fileno())
    place.replace(file)
