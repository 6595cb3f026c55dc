"""What people type after the bot's name in another chat, and what the bot offers them."""

from dataclasses import dataclass, field
from itertools import count

from bot.sandbox.api_error import bad_request
from bot.sandbox.clock import Clock
from bot.sandbox.json_response import JsonObject
from bot.sandbox.long_poll import Notifier

LIFETIME_S = 60
"""Telegram names no figure; in practice an answer after half a minute or so is refused."""


@dataclass
class InlineQuery:
    """One question, and the results the bot gave."""

    id: str
    asked_at_s: float
    results: list[JsonObject] | None = None
    answered: Notifier = field(default_factory=Notifier)


class InlineQueries:
    """Questions by id."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._queries: dict[str, InlineQuery] = {}
        self._ids = count(5_382_000_000_000_000_001)

    def add(self) -> InlineQuery:
        query = InlineQuery(str(next(self._ids)), self._clock.now_s())
        self._queries[query.id] = query
        return query

    def find(self, query_id: str) -> InlineQuery | None:
        return self._queries.get(query_id)

    def answer(self, query_id: str, results: list[JsonObject]) -> None:
        """Records the bot's results; raises ApiError for an unknown or too old query."""
        query = self._queries.get(query_id)
        if query is None or self._clock.now_s() - query.asked_at_s > LIFETIME_S:
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        query.results = results
        query.answered.notify_all()

    def close(self) -> None:
        for query in self._queries.values():
            query.answered.mute()
