"""Tells when the database was changed, by this process or by another one.

On PostgreSQL another process says so (NOTIFY). SQLite counts the commits of others for each
connection (`PRAGMA data_version`), and reading that number touches no table.

A change may be told late or not at all: a process can be killed between its commit and the
notification. Whoever waits for one looks by itself after a while.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.database.event_wait import wait_for

_CHANNEL = "niemtin_changed"
_NOTIFY, _PING = f"NOTIFY {_CHANNEL}", "SELECT 1"
_VERSION = "PRAGMA data_version"
_READ_EVERY_S = 0.5
"""How often SQLite is asked for changes by other processes."""
_TELL_EVERY_S = 0.25
"""PostgreSQL is told of all changes within this time at once."""
_PING_EVERY_S = 30.0
"""After this long without a change the listening connection is checked."""
_RETRY_DELAY_S = 1.0

log = structlog.stdlib.get_logger()


class Changes:
    """Calls the listeners after a commit that may have made something due, in whatever process."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._listeners: list[Callable[[], None]] = []
        self._has_own = False
        self._woken = asyncio.Event()

    def listen(self, on_change: Callable[[], None]) -> None:
        """`on_change` is called after every change; it must be cheap."""
        self._listeners.append(on_change)

    def note(self) -> None:
        """This process has committed a change."""
        self._has_own = True
        self._woken.set()
        self._call_listeners()

    def _call_listeners(self) -> None:
        for on_change in self._listeners:
            on_change()

    async def run(self, stop: asyncio.Event) -> None:
        """Notices the changes of other processes, and tells them of own ones, until `stop`."""
        is_sqlite = self._engine.dialect.name == "sqlite"
        watch = self._watch_sqlite if is_sqlite else self._watch_postgresql
        async with asyncio.TaskGroup() as group:
            group.create_task(self._wake_when_stopped(stop))
            while not stop.is_set():
                try:
                    await watch(stop)
                except Exception as error:  # noqa: BLE001 - it is retried
                    log.warning("changes of other processes not noticed", kind=type(error).__name__)
                    await wait_for(stop, _RETRY_DELAY_S)

    async def _wake_when_stopped(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._woken.set()

    async def _watch_sqlite(self, stop: asyncio.Event) -> None:
        async with self._connection() as connection:
            before = None
            while not stop.is_set():
                [(version,)] = await connection.execute_fetchall(_VERSION)
                if version != before:
                    before = version
                    self._call_listeners()
                await wait_for(stop, _READ_EVERY_S)

    async def _watch_postgresql(self, stop: asyncio.Event) -> None:
        async with self._connection() as connection:
            own_pid = connection.get_server_pid()

            def heard(_connection: Any, pid: int, *_: object) -> None:
                if pid != own_pid:
                    self._call_listeners()

            def ended(_connection: Any) -> None:
                self._woken.set()

            connection.add_termination_listener(ended)
            await connection.add_listener(_CHANNEL, heard)
            try:
                self._call_listeners()  # Changes may have been missed before.
                await self._tell_others(connection, stop)
            finally:
                connection.remove_termination_listener(ended)
                if not connection.is_closed():
                    await connection.remove_listener(_CHANNEL, heard)

    async def _tell_others(self, connection: Any, stop: asyncio.Event) -> None:
        while not stop.is_set():
            await wait_for(self._woken, _PING_EVERY_S)
            self._woken.clear()
            has_own, self._has_own = self._has_own, False
            await connection.execute(_NOTIFY if has_own else _PING)
            await wait_for(stop, _TELL_EVERY_S)

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[Any]:
        """The driver's own connection, outside of transactions."""
        async with self._engine.connect() as connection:
            yield (await connection.get_raw_connection()).driver_connection
