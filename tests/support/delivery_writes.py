"""Counts commits that wrote to the outbox, so that a club looks there only when there is news."""

from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, event
from sqlalchemy.ext.asyncio import AsyncEngine

_WRITES = ("INSERT INTO delivery ", "UPDATE delivery ")
_HAS_WRITTEN = "niemtin_has_written_deliveries"


class DeliveryWrites:
    """The transactions of one engine that wrote to the table `delivery`."""

    def __init__(self, engine: Engine) -> None:
        self.count = 0
        event.listen(engine, "before_cursor_execute", self._note)
        event.listen(engine, "commit", self._count)

    def _note(self, connection: Connection, _cursor: Any, statement: str, *_more: Any) -> None:
        if any(write in statement for write in _WRITES):
            connection.info[_HAS_WRITTEN] = True

    def _count(self, connection: Connection) -> None:
        self.count += connection.info.pop(_HAS_WRITTEN, False)


_COUNTED: WeakKeyDictionary[Engine, DeliveryWrites] = WeakKeyDictionary()


def writes_of(engine: AsyncEngine) -> DeliveryWrites:
    """The count of this engine, which begins with the first call."""
    counted = _COUNTED.get(engine.sync_engine)
    if counted is None:
        counted = _COUNTED[engine.sync_engine] = DeliveryWrites(engine.sync_engine)
    return counted
