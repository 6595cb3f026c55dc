"""Transient database errors: those after which a retry can succeed."""

import sqlite3

from sqlalchemy.exc import DBAPIError

_SQLITE_TRANSIENT = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
    }
)
# https://www.postgresql.org/docs/current/errcodes-appendix.html
_POSTGRESQL_TRANSIENT = ("08", "40", "53", "55", "57", "58")
"""Classes: connection, rollback, out of resources, object in use, operator, system error."""


def is_transient(error: BaseException) -> bool:
    """Whether a retry can succeed: the database is locked, full, restarting or unreachable."""
    if isinstance(error, DBAPIError):
        return error.connection_invalidated or _is_transient_code(error.orig)
    # asyncpg does not wrap a refused connection.
    return isinstance(error, ConnectionError | TimeoutError)


def _is_transient_code(cause: BaseException | None) -> bool:
    if isinstance(cause, sqlite3.Error):
        # The lower byte of an extended result code is the primary result code.
        return getattr(cause, "sqlite_errorcode", 0) & 0xFF in _SQLITE_TRANSIENT
    code = getattr(cause, "sqlstate", None) or ""
    return code.startswith(_POSTGRESQL_TRANSIENT) if code else isinstance(cause, ConnectionError)
