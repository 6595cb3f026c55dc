"""Opens an existing database, for commands that must not create an empty one."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.config.settings import Settings
from bot.monitoring import health_checks
from bot.store.open_store import open_store
from storage.database import Store, SystemClock, engine


class ArchiveError(Exception):
    """The command failed; the text is one sentence that says why and what to do."""


@asynccontextmanager
async def existing(settings: Settings) -> AsyncIterator[Store]:
    """The club's database, if it exists and is of this release.

    Raises:
        ArchiveError: there is no database, it is of another release, or it cannot be read.
        KeyWrong: the key cannot be used.
    """
    if (file := sqlite_file(settings)) and not file.is_file():
        raise ArchiveError(f"{file}: there is no database yet; `niemtin run` makes one.")
    store = open_store(settings, SystemClock())
    try:
        if wrong := await _problem(store):
            raise ArchiveError(f"The database {wrong}.")
        yield store
    finally:
        await store.close()


def sqlite_file(settings: Settings) -> Path | None:
    """The file of the database; None for PostgreSQL."""
    return engine.sqlite_file(settings.database)


async def _problem(store: Store) -> str:
    try:
        wrong = await health_checks.database(store)
    except (SQLAlchemyError, OSError) as error:
        return f"cannot be read ({type(error).__name__}): look at database.url and the file"
    return wrong and f"is {wrong}"
