"""A pytest plugin that divides the tests of `handlers` between the two databases.

SQL is only in `storage`, whose tests always run on both databases. `make test` runs a test of
`handlers` on one of them: about half of every file on SQLite, the other half on PostgreSQL.
`make torture` runs it on the other one. `pytest` with a path and no `-m` runs it on both.
"""

import zlib
from collections import defaultdict

import pytest

_HANDLER_TESTS = "tests/unit/handlers/"
_DATABASE_FIXTURE = "empty_database"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    """Marks all but one run of each of these tests with `torture`, before `-m` selects by markers."""
    runs: dict[str, dict[str, pytest.Function]] = defaultdict(dict)
    for item in items:
        database = _database(item)
        if database and item.nodeid.startswith(_HANDLER_TESTS):
            runs[item.nodeid.replace(database, "", 1)][database] = item
    for test_id, on_databases in runs.items():
        for database in set(on_databases) - {database_of(test_id, sorted(on_databases))}:
            on_databases[database].add_marker("torture")


def database_of(test_id: str, databases: list[str]) -> str:
    """The one of `databases` on which `make test` runs this test: the same in every run."""
    return databases[zlib.crc32(test_id.encode()) % len(databases)]


def _database(item: pytest.Function) -> str:
    """The name of the database that this test runs on; empty if it uses none."""
    callspec = getattr(item, "callspec", None)
    return str(callspec.params.get(_DATABASE_FIXTURE, "")) if callspec else ""
