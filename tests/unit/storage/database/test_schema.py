"""The migrations make exactly what the models say, on both databases."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Index, UniqueConstraint, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from storage import audit_log
from storage.database import schema
from storage.database.engine import Store
from storage.database.schema import SchemaTooNew
from storage.models import AuditAction
from tests.support import in_read


def differences(connection: Connection) -> list[object]:
    options = {"compare_type": True, "include_name": _is_in_the_models}
    context = MigrationContext.configure(connection, opts=options)
    return list(compare_metadata(context, SQLModel.metadata))


def _is_in_the_models(name: str | None, _kind: str, _parents: object) -> bool:
    """All but the inverted index, which each database has in a way of its own."""
    return not (name or "").startswith(("postterms", "termcount", "indextotals"))


async def test_models_and_migrations_agree(store: Store) -> None:
    async with store.engine.connect() as connection:
        assert await connection.run_sync(differences) == []


def test_no_index_is_covered_by_another_one() -> None:
    """A partial index is smaller than the whole one it begins like, so it covers none."""
    covered = []
    for table in SQLModel.metadata.tables.values():
        whole = [index for index in table.indexes if _condition(index) is None]
        uniques = [one for one in table.constraints if isinstance(one, UniqueConstraint)]
        constraints = [list(one.columns) for one in (table.primary_key, *uniques)]
        keys = constraints + [list(one.columns) for one in whole]
        for index in whole:
            columns = list(index.columns)
            covering = [key for key in keys if key[: len(columns)] == columns]
            if len(covering) > 1:
                covered.append(index.name)
    assert covered == []


def _condition(index: Index) -> object:
    return index.dialect_options["postgresql"]["where"]


async def test_a_migrated_database_is_current_and_migrating_again_changes_nothing(
    store: Store,
) -> None:
    assert await schema.is_current(store.engine)
    await schema.upgrade(store.engine)
    assert await schema.is_current(store.engine)


async def test_a_database_of_a_newer_release_is_left_alone(store: Store) -> None:
    async with store.engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert not await schema.is_current(store.engine)
    with pytest.raises(SchemaTooNew):
        await schema.upgrade(store.engine)


@pytest.mark.parametrize(
    "statement", ["UPDATE auditentry SET action = 'nothing'", "DELETE FROM auditentry"]
)
async def test_the_database_refuses_to_change_the_log(store: Store, statement: str) -> None:
    async with store.write() as tx:
        await audit_log.record(tx, None, AuditAction.ROLE_TAKEN)
    with pytest.raises(DBAPIError, match="append-only"):
        async with store.engine.begin() as connection:
            await connection.execute(text(statement))
    assert await in_read(store, audit_log.verify) is None


async def test_postgresql_cannot_empty_the_log_either(store: Store) -> None:
    if store.engine.dialect.name != "postgresql":
        return
    with pytest.raises(DBAPIError, match="append-only"):
        async with store.engine.begin() as connection:
            await connection.execute(text("TRUNCATE auditentry"))
