"""The SQL statements that a store hands to its database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from storage.database.engine import Store

_FRAMES = ("BEGIN", "COMMIT", "ROLLBACK")


@contextmanager
def logged_statements(store: Store) -> Iterator[list[str]]:
    """Collects the statements executed inside the block, without those that frame a transaction."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(_FRAMES):
            statements.append(" ".join(statement.split()))

    engine = store.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)
