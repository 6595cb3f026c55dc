"""Updates that the bot has not confirmed, with the rules of `getUpdates`."""

import asyncio
from collections import OrderedDict
from collections.abc import Collection
from itertools import count, islice
from typing import NamedTuple

from bot.sandbox.chats.people import Id
from bot.sandbox.instrumentation.clock import Clock
from bot.sandbox.instrumentation.notifier import Notifier
from bot.sandbox.transport import ApiError, JsonObject, bad_request, conflict

KEPT_S = 24 * 3600
"""Seconds Telegram keeps an update that nobody fetched."""

FIRST_UPDATE_ID = 730_000_001
_KINDS = ("message", "edited_message", "callback_query", "my_chat_member", "inline_query")


class Update(NamedTuple):
    """An update; those with the same `chat_id` are delivered to a webhook one after the other."""

    id: int
    chat_id: Id
    happened_at_s: float
    body: JsonObject


class UpdateQueue:
    """Pending updates in order, with the offset semantics of `getUpdates`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._pending: OrderedDict[int, Update] = OrderedDict()
        self._ids = count(FIRST_UPDATE_ID)
        self._allowed: frozenset[str] = frozenset(_KINDS)
        self._poll: object | None = None
        self.changed = Notifier()

    def push(self, kind: str, chat_id: Id, content: JsonObject) -> None:
        """Adds an update, unless its kind is not among `allowed_updates`."""
        if kind not in self._allowed:
            return
        update_id = next(self._ids)
        self._pending[update_id] = Update(
            update_id, chat_id, self._clock.now_s(), {"update_id": update_id, kind: content}
        )
        self.changed.notify_all()

    def push_raw(self, content: JsonObject) -> int:
        """Adds an update with unchecked content, of whatever kind; returns its `update_id`."""
        update_id = next(self._ids)
        self._pending[update_id] = Update(
            update_id, update_id, self._clock.now_s(), {"update_id": update_id, **content}
        )
        self.changed.notify_all()
        return update_id

    def allow(self, kinds: object) -> None:
        """Sets `allowed_updates`: an empty list means all, None keeps the setting."""
        if kinds is None:
            return
        if not isinstance(kinds, list):
            raise bad_request("can't parse allowed updates: expected an Array of String")
        self._allowed = frozenset(map(str, kinds)) or frozenset(_KINDS)

    def allowed_kinds(self) -> list[str] | None:
        """The allowed kinds, sorted; None while all are allowed."""
        return None if self._allowed == frozenset(_KINDS) else sorted(self._allowed)

    def pending(self) -> Collection[Update]:
        """Unconfirmed updates; those older than `KEPT_S` are dropped first."""
        oldest_s = self._clock.now_s() - KEPT_S
        while self._pending and self._first().happened_at_s < oldest_s:
            self._pending.popitem(last=False)
        return self._pending.values()

    def confirm(self, update_id: int) -> None:
        """Removes an update that a webhook accepted."""
        self._pending.pop(update_id, None)

    def clear(self) -> None:
        """Drops all pending updates (`drop_pending_updates`)."""
        self._pending.clear()

    async def fetch(self, *, offset: int, limit: int, timeout_s: float) -> list[JsonObject]:
        """Confirms all updates below `offset`, then returns the following, at most `limit`.

        Waits up to `timeout_s` seconds when there are none. Raises ApiError (409) when a newer poll
        or a webhook replaces this poll, as on Telegram.
        """
        self._forget_below(offset)
        mine = self._poll = object()
        self.changed.notify_all()
        if not self.pending() and timeout_s > 0:
            await self._wait(mine, timeout_s)
        return [update.body for update in islice(self.pending(), limit)]

    def end_poll(self) -> None:
        """Ends the waiting poll with 409, because a webhook replaces it."""
        self._poll = None
        self.changed.notify_all()

    def close(self) -> None:
        """Wakes the waiting poll and the webhook delivery; both end."""
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
