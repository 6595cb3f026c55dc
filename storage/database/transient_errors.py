"""Which troubles with the database pass by themselves, so that waiting is the answer."""

import sqlite3

from sqlalchemy.exc import DBAPIError

_SQLITE_PASSES = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
    }
)
# https://www.postgresql.org/docs/current/errcodes-appendix.html
_POSTGRESQL_PASSES = ("08", "40", "53", "55", "57", "58")
"""Connection, rolled back, out of resources, object in use, operator stepped in, system error."""


def is_transient(error: BaseException) -> bool:
    """Whether the same work can succeed later: locked, full, restarting or out of reach."""
    if isinstance(error, DBAPIError):
        return error.connection_invalidated or _is_transient_code(error.orig)
    # asyncpg lets a refused connection through as it comes.
    return isinstance(error, ConnectionError | TimeoutError)


def _is_transient_code(cause: BaseException | None) -> bool:
    if isinstance(cause, sqlite3.Error):
        # The lower byte is the kind, the rest says more about it.
        return getattr(cause, "sqlite_errorcode", 0) & 0xFF in _SQLITE_PASSES
    code = getattr(cause, "sqlstate", None) or ""
    return code.startswith(_POSTGRESQL_PASSES) if code else isinstance(cause, ConnectionError)
