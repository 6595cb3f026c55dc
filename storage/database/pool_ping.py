"""Lazy ping: checks whether an idle connection to PostgreSQL is still open, before it is used.

SQLAlchemy's `pool_pre_ping` asks the server before each transaction: three round trips, beside the
five or so that a short transaction has. With the server on the same machine it makes such a
transaction about a tenth slower (`make bench ONLY=pool_ping`: 1.11 times when it reads, 1.09 times when
it writes and waits for the disk; the medians of six runs); over a network the round trips cost more.
A connection that the server has closed is known to be closed; only one whose server may have gone
without a word has to be asked, and then it has been idle for a while.
"""

import time
from typing import Any

from sqlalchemy import event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import ConnectionPoolEntry

_MOMENT_S = 1.0
"""A connection used within this time (seconds) is open, or known to be closed."""
_USED_AT = "used_at"


def enable_lazy_ping(engine: AsyncEngine, moment_s: float = _MOMENT_S) -> None:
    """Checks idle connections when the pool hands them out, and replaces those that are closed."""
    dialect = engine.sync_engine.dialect

    def came_back(_connection: Any, entry: ConnectionPoolEntry) -> None:
        entry.info[_USED_AT] = time.monotonic()

    def taken(connection: Any, entry: ConnectionPoolEntry, _lent: Any) -> None:
        used_at = entry.info.get(_USED_AT)
        if used_at is None:
            return
        if connection.driver_connection.is_closed():
            raise DisconnectionError
        if time.monotonic() - used_at > moment_s:
            _ask(connection)

    def _ask(connection: Any) -> None:
        try:
            dialect.do_ping(connection)
        except Exception as error:
            raise DisconnectionError from error

    event.listen(engine.sync_engine, "checkin", came_back)
    event.listen(engine.sync_engine, "checkout", taken)
