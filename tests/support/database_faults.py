"""Faults of the database, injected where SQLAlchemy hands a statement to the driver."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from storage.database.engine import Store

MARKING_AS_SENDING = " via="
READING_BODIES = "SELECT mailing.bodies"
RECORDING_FAILURES = "reason=CASE"
RENEWING_LEASES = "UPDATE lease"
"""Parts of the SQL by which the statement that is to fail is told from all others."""


@contextmanager
def failing_statements(
    store: Store, part: str, error: Exception, *, times: int | None = None
) -> Iterator[None]:
    """Raises `error` instead of executing statements that contain `part`.

    Only the first `times`, or all until the end of the block. At its end one must have failed.
    """
    failed = 0

    def fail(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        nonlocal failed
        if part in statement and (times is None or failed < times):
            failed += 1
            raise error

    engine = store.engine.sync_engine
    event.listen(engine, "before_cursor_execute", fail)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", fail)
    assert failed
