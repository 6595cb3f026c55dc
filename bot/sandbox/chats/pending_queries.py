"""Callback and inline queries that a person has sent, with the answers of the bot."""

from dataclasses import dataclass, field
from itertools import count
from typing import Generic, TypeVar

from bot.sandbox.chats.people import Id
from bot.sandbox.instrumentation.clock import Clock
from bot.sandbox.instrumentation.notifier import Notifier
from bot.sandbox.transport import bad_request

CALLBACK_LIFETIME_S = 15 * 60
INLINE_LIFETIME_S = 60
"""Telegram documents no limit; in practice answers after about these times are refused."""
FIRST_CALLBACK_ID = 4_382_000_000_000_000_001
FIRST_INLINE_ID = 5_382_000_000_000_000_001

Answer = TypeVar("Answer")


@dataclass
class PendingQuery(Generic[Answer]):
    """A query of one person; `answered` wakes who waits for `answer`."""

    id: str
    chat_id: Id
    asked_at_s: float
    answer: Answer | None = None
    answered: Notifier = field(default_factory=Notifier)


class PendingQueries(Generic[Answer]):
    """Queries by id, each answerable for `lifetime_s` seconds of the shared clock."""

    def __init__(self, clock: Clock, *, lifetime_s: float, first_id: int) -> None:
        self._clock = clock
        self._lifetime_s = lifetime_s
        self._queries: dict[str, PendingQuery[Answer]] = {}
        self._ids = count(first_id)

    def add(self, chat_id: Id) -> PendingQuery[Answer]:
        """Creates an unanswered query from this chat."""
        query = PendingQuery[Answer](str(next(self._ids)), chat_id, self._clock.now_s())
        self._queries[query.id] = query
        return query

    def answer(self, query_id: str, answer: Answer) -> PendingQuery[Answer]:
        """Stores the answer and wakes who waits; ApiError (400) when unknown or too old."""
        query = self._queries.get(query_id)
        if query is None or self._clock.now_s() - query.asked_at_s > self._lifetime_s:
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        query.answer = answer
        query.answered.notify_all()
        return query

    def close(self) -> None:
        """Wakes everyone who waits for an answer; no answer will come."""
        for query in self._queries.values():
            query.answered.mute()
