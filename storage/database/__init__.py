"""Connection and transactions: engine, encryption of columns, schema, leases, clock and ids."""

from storage.database.clock import Clock, SystemClock
from storage.database.dialect import among, insert, lists_by_number
from storage.database.engine import (
    DatabaseSettings,
    Store,
    Tx,
    alone,
    open_engine,
    sqlite_file,
    with_driver,
)
from storage.database.ids import ALPHABET, RandomIds, as_code, id_of
from storage.database.vault import KEY_BYTES, SealBroken, Vault, link_key, new_key

__all__ = [
    "ALPHABET",
    "KEY_BYTES",
    "Clock",
    "DatabaseSettings",
    "RandomIds",
    "SealBroken",
    "Store",
    "SystemClock",
    "Tx",
    "Vault",
    "alone",
    "among",
    "as_code",
    "id_of",
    "insert",
    "link_key",
    "lists_by_number",
    "new_key",
    "open_engine",
    "sqlite_file",
    "with_driver",
]
