"""What happened that the bot has not confirmed yet."""

import asyncio
from collections import OrderedDict
from collections.abc import Collection
from itertools import count, islice
from typing import NamedTuple

from bot.sandbox.chats.people import Id
from bot.sandbox.instrumentation.clock import Clock
from bot.sandbox.instrumentation.notifier import Notifier
from bot.sandbox.transport.api_error import ApiError, bad_request, conflict
from bot.sandbox.transport.json_response import JsonObject

KEPT_S = 24 * 3600
"""Seconds Telegram keeps an update that nobody fetched."""

FIRST_UPDATE_ID = 730_000_001
_KINDS = ("message", "edited_message", "callback_query", "my_chat_member", "inline_query")


class Update(NamedTuple):
    """`chat_id` orders delivery: updates of one chat never overtake each other."""

    id: int
    chat_id: Id
    happened_at_s: float
    body: JsonObject


class UpdateQueue:
    """Updates in order, with the offset semantics of `getUpdates`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._pending: OrderedDict[int, Update] = OrderedDict()
        self._ids = count(FIRST_UPDATE_ID)
        self._allowed: frozenset[str] = frozenset(_KINDS)
        self._poll: object | None = None
        self.changed = Notifier()

    def push(self, kind: str, chat_id: Id, content: JsonObject) -> None:
        """Adds an update, unless the bot said it does not want its kind."""
        if kind not in self._allowed:
            return
        update_id = next(self._ids)
        body = {"update_id": update_id, kind: content}
        self._pending[update_id] = Update(update_id, chat_id, self._clock.now_s(), body)
        self.changed.notify_all()

    def push_as_given(self, content: JsonObject) -> int:
        """Adds an update with this content, whatever that is and whatever the bot wants; its number."""
        update_id = next(self._ids)
        body = {"update_id": update_id, **content}
        self._pending[update_id] = Update(update_id, update_id, self._clock.now_s(), body)
        self.changed.notify_all()
        return update_id

    def allow(self, kinds: object) -> None:
        """Which kinds to keep from now on; an empty list means all. None changes nothing."""
        if kinds is None:
            return
        if not isinstance(kinds, list):
            raise bad_request("can't parse allowed updates: expected an Array of String")
        self._allowed = frozenset(map(str, kinds)) or frozenset(_KINDS)

    def allowed_kinds(self) -> list[str] | None:
        """None while the bot did not narrow them down."""
        return None if self._allowed == frozenset(_KINDS) else sorted(self._allowed)

    def pending(self) -> Collection[Update]:
        """Everything not confirmed, without what became too old."""
        oldest_s = self._clock.now_s() - KEPT_S
        while self._pending and self._first().happened_at_s < oldest_s:
            self._pending.popitem(last=False)
        return self._pending.values()

    def confirm(self, update_id: int) -> None:
        self._pending.pop(update_id, None)

    def clear(self) -> None:
        self._pending.clear()

    async def fetch(self, *, offset: int, limit: int, timeout_s: float) -> list[JsonObject]:
        """Confirms everything below `offset`, then gives what follows, waiting if need be.

        Raises Refusal (409) when a newer poll takes over, as Telegram ends the older one.
        """
        self._forget_below(offset)
        mine = self._poll = object()
        self.changed.notify_all()
        if not self.pending() and timeout_s > 0:
            await self._wait(mine, timeout_s)
        return [update.body for update in islice(self.pending(), limit)]

    def end_poll(self) -> None:
        """Ends the waiting poll, because a webhook takes its place."""
        self._poll = None
        self.changed.notify_all()

    def close(self) -> None:
        self.changed.mute()

    async def _wait(self, mine: object, timeout_s: float) -> None:
        deadline_s = _loop_time() + timeout_s
        while not self._pending and (left_s := deadline_s - _loop_time()) > 0:
            rang = await self.changed.wait(left_s)
            if self._poll is not mine:
                raise _taken_over(by_webhook=self._poll is None)
            if not rang:
                return

    def _forget_below(self, offset: int) -> None:
        if offset < 0:
            while len(self._pending) > -offset:
                self._pending.popitem(last=False)
        while self._pending and self._first().id < offset:
            self._pending.popitem(last=False)

    def _first(self) -> Update:
        return next(iter(self._pending.values()))


def _loop_time() -> float:
    return asyncio.get_running_loop().time()


def _taken_over(*, by_webhook: bool) -> ApiError:
    if by_webhook:
        return conflict("terminated by setWebhook request")
    return conflict(
        "terminated by other getUpdates request; make sure that only one bot instance is running"
    )
