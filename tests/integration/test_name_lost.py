"""The messenger's name does not resolve for a while: nothing has left, so nothing is doubtful."""

import asyncio
import socket
import time
from typing import Any

import pytest
from sqlmodel import select

from scheduler.pacing.limiter import RateLimiter
from storage.models import Delivery, DeliveryState
from tests.bench.durable_queue import UNLIMITED, account_at, run_worker, worker_of
from tests.integration.conftest import MakeHome
from tests.support import rows_of
from tests.support.announcements.broadcast import (
    add_reachable_users,
    begin_broadcast,
    broadcast_has_ended,
    check_each_received_once,
    open_store_of,
)
from tests.support.sandbox_client import SandboxTestClient, until

SOME = 10
_NAME = "localhost"
_TIMES = 3


class Names:
    """`socket.getaddrinfo`, which fails a few times for one name.

    It takes the place of the system's function: no server of a test could make a name not resolve.
    """

    def __init__(self) -> None:
        self._find = socket.getaddrinfo
        self.failed = 0

    def __call__(self, host: Any, *rest: Any, **options: Any) -> Any:
        if host == _NAME and self.failed < _TIMES:
            self.failed += 1
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        return self._find(host, *rest, **options)


async def test_a_name_that_does_not_resolve_for_a_while_costs_nobody_a_try(
    sandbox: SandboxTestClient, make_home: MakeHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    phones, names, stop = await add_reachable_users(sandbox, SOME), Names(), asyncio.Event()
    monkeypatch.setattr(socket, "getaddrinfo", names)
    async with (
        open_store_of(make_home()) as store,
        account_at(sandbox.url.replace("127.0.0.1", _NAME)) as messenger,
        asyncio.TaskGroup() as group,
    ):
        numbers = await begin_broadcast(store, phones)
        worker = worker_of(store, messenger, RateLimiter(UNLIMITED, time.monotonic))
        group.create_task(run_worker(store, worker, stop))
        await until(lambda: broadcast_has_ended(store), "the end of the broadcast")
        stop.set()
        states = await check_each_received_once(store, dict(zip(numbers, phones, strict=True)))
        assert states == {DeliveryState.SENT: SOME}
        assert names.failed == _TIMES
        assert set(await rows_of(store, select(Delivery.attempts))) == {1}
