"""Signed events of the Official Account, and their delivery to the app's webhook.

An event that is not answered with 200 is posted again after 30 s, 5 min, 15 min, 30 min and 1 h with
the header `num_retry`; then the app gets no more events. Later events do not wait for it, so order is
not guaranteed: https://developers.zalo.me/docs/official-account/webhook/tong-quan
"""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

import aiohttp

from bot.sandbox.chats.people import Id
from bot.sandbox.instrumentation.clock import Clock
from bot.sandbox.instrumentation.faults import Fault, Faults
from bot.sandbox.transport import ApiError, JsonObject, dump
from bot.sandbox.updates.webhook_post import TIMEOUT

SIGNATURE_HEADER, RETRY_HEADER = "X-ZEvent-Signature", "num_retry"
RETRY_PAUSES_S = (30.0, 300.0, 900.0, 1800.0, 3600.0)
"""Seconds of the sandbox's clock before each repetition."""
FAULT_METHOD = "oa/webhook"
"""The method under which faults of deliveries are injected."""
RECORD_LIMIT = 10_000
_OK = 200


@dataclass
class OaEvent:
    """One event. `statuses` has the outcome of each attempt: an HTTP status, None without an answer."""

    seq: int
    key: Id
    body: JsonObject
    is_signed: bool = True
    statuses: list[int | None] = field(default_factory=list)
    tried: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the next event of the same person need not wait any longer."""

    def as_json(self) -> JsonObject:
        """The event as the control API shows it."""
        return {
            "seq": self.seq,
            "event": self.body,
            "statuses": self.statuses,
            "accepted": bool(self.statuses) and self.statuses[-1] == _OK,
        }


class OaWebhook:
    """Events in order of creation; a person's events are first posted one after the other."""

    def __init__(self, clock: Clock, faults: Faults, sign: Callable[[bytes, str], str]) -> None:
        self.url = ""
        """The address that the console has; empty means none."""
        self.is_subscribed = True
        """False after an event that was not accepted in any attempt."""
        self.events_off: frozenset[str] = frozenset()
        """Names of events that are switched off in the console."""
        self.repeats_refused = True
        """Whether an answer other than 200 leads to repetitions, as a failed connection does."""
        self.record: deque[OaEvent] = deque(maxlen=RECORD_LIMIT)
        self._clock = clock
        self._faults = faults
        self._sign = sign
        self._seq = count(1)
        self._incoming: asyncio.Queue[OaEvent | None] = asyncio.Queue()
        self._newest: dict[Id, OaEvent] = {}
        self._is_open = True

    def push(self, key: Id, body: JsonObject, *, is_signed: bool = True) -> OaEvent:
        """Records an event and delivers it, unless nobody has asked for it."""
        event = OaEvent(next(self._seq), key, body, is_signed)
        self.record.append(event)
        if self.url and self.is_subscribed and body.get("event_name") not in self.events_off:
            self._incoming.put_nowait(event)
        return event

    def repeat(self, event: OaEvent) -> OaEvent:
        """Delivers the same event once more."""
        return self.push(event.key, event.body, is_signed=event.is_signed)

    def close(self) -> None:
        """Ends the delivery."""
        self._is_open = False
        self._incoming.put_nowait(None)

    async def run(self) -> None:
        """Delivers until cancelled or closed."""
        async with aiohttp.ClientSession(trust_env=False) as http, asyncio.TaskGroup() as tasks:
            while (event := await self._incoming.get()) is not None:
                previous = self._newest.get(event.key)
                self._newest[event.key] = event
                tasks.create_task(self._deliver(http, event, previous))

    async def _deliver(
        self, http: aiohttp.ClientSession, event: OaEvent, previous: OaEvent | None
    ) -> None:
        if previous is not None:
            await previous.tried.wait()
        accepted = await self._attempt(http, event)
        event.tried.set()
        if self._newest.get(event.key) is event:
            del self._newest[event.key]
        if not accepted and self._is_repeated(event):
            await self._repeat_until_accepted(http, event)

    async def _repeat_until_accepted(self, http: aiohttp.ClientSession, event: OaEvent) -> None:
        for pause_s in RETRY_PAUSES_S:
            await self._pause(pause_s)
            if not self._is_open or await self._attempt(http, event):
                return
        self.is_subscribed = False

    def _is_repeated(self, event: OaEvent) -> bool:
        return self.repeats_refused or event.statuses[-1] is None

    async def _pause(self, seconds: float) -> None:
        due_s = self._clock.now_s() + seconds
        while self._is_open and (left_s := due_s - self._clock.now_s()) > 0:
            await self._clock.moved_after(self._clock.version, left_s)

    async def _attempt(self, http: aiohttp.ClientSession, event: OaEvent) -> bool:
        """Posts the event once, with the fault that is meant for it; True when it was accepted."""
        status = await self._post_with_fault(
            http, event, self._faults.take(FAULT_METHOD, event.key)
        )
        event.statuses.append(status)
        return status == _OK

    async def _post_with_fault(
        self, http: aiohttp.ClientSession, event: OaEvent, fault: Fault | None
    ) -> int | None:
        if fault is None:
            return await self._post(http, event)
        if fault.delay_s:
            event.tried.set()
        try:
            await fault.apply()
        except ApiError:
            return None
        status = await self._post(http, event)
        return None if fault.accept_then_drop else status

    async def _post(self, http: aiohttp.ClientSession, event: OaEvent) -> int | None:
        body = dump(event.body)
        headers = {"Content-Type": "application/json"}
        if event.is_signed:
            headers[SIGNATURE_HEADER] = self._sign(body, str(event.body.get("timestamp", "")))
        if event.statuses:
            headers[RETRY_HEADER] = str(len(event.statuses))
        try:
            async with http.post(self.url, data=body, headers=headers, timeout=TIMEOUT) as answer:
                return answer.status
        except (TimeoutError, aiohttp.ClientError, ValueError):
            return None
