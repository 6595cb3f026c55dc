"""Applies the migrations, and checks the schema version of a database."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine


class SchemaTooNew(Exception):
    """The database was written by a newer release; this one must not use it."""


async def upgrade(engine: AsyncEngine) -> None:
    """Runs all missing migrations in one transaction.

    Raises:
        SchemaTooNew: the database is ahead of this program.
    """
    async with engine.begin() as connection:
        await connection.run_sync(_upgrade)


async def is_current(engine: AsyncEngine) -> bool:
    """Whether the database has exactly the schema of this program."""
    reading = engine.execution_options(niemtin_writes=False)  # a writer must not hold this up
    async with reading.connect() as connection:
        found = await connection.run_sync(_found)
    return found == ScriptDirectory.from_config(_config()).get_current_head()


def _upgrade(connection: Connection) -> None:
    config = _config()
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if (found := _found(connection)) is not None and found not in known:
        raise SchemaTooNew(found)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _found(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parents[1] / "migrations"))
    return config
