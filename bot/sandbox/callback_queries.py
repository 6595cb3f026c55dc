"""Button presses that wait for the bot's answer."""

from dataclasses import dataclass, field
from itertools import count

from bot.sandbox.api_error import ApiError, bad_request
from bot.sandbox.clock import Clock
from bot.sandbox.json_response import JsonObject
from bot.sandbox.long_poll import Notifier
from bot.sandbox.people import Id

LIFETIME_S = 15 * 60
"""Telegram names no figure; in practice an answer after minutes is refused."""


@dataclass
class CallbackQuery:
    """One press, and what the bot answered to it."""

    id: str
    chat_id: Id
    pressed_at_s: float
    answer: JsonObject | None = None
    answered: Notifier = field(default_factory=Notifier)


class CallbackQueries:
    """Presses by id."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._queries: dict[str, CallbackQuery] = {}
        self._ids = count(4_382_000_000_000_000_001)

    def add(self, chat_id: Id) -> CallbackQuery:
        query = CallbackQuery(str(next(self._ids)), chat_id, self._clock.now_s())
        self._queries[query.id] = query
        return query

    def answer(self, query_id: str, answer: JsonObject) -> CallbackQuery:
        """Raises Refusal when there is no such press, or it is too old."""
        query = self._queries.get(query_id)
        if query is None or self._clock.now_s() - query.pressed_at_s > LIFETIME_S:
            raise _too_old()
        query.answer = answer
        query.answered.notify_all()
        return query

    def close(self) -> None:
        for query in self._queries.values():
            query.answered.mute()


def _too_old() -> ApiError:
    return bad_request("query is too old and response timeout expired or query ID is invalid")
