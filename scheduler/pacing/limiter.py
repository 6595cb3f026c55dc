"""How fast one messenger account may be spoken to, and who speaks first.

Three limits hold at once: in no window of one second more messages than the messenger bears (`AdaptiveRate`;
`per_second` at most), to one chat no two messages nobody asked for within `per_chat_s`, and to one
group no more than twenty in a minute. A messenger that answers 429 holds the chat it was asked for,
and the whole account when a second chat is refused. What nobody asked for is spread evenly, so that an answer to
somebody waiting finds room within one message's time; while people talk to the bot, it leaves room
for one answer, so that the next need not wait at all.
"""

import asyncio
from bisect import insort
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import count
from math import inf

from scheduler.pacing.adaptive_rate import AdaptiveRate
from scheduler.settings import PaceSettings

INTERACTIVE = 0
"""The lane of answers; it goes before every `storage.models.Lane`."""
_WINDOW_S = 1.0
_GROUP_MOST, _GROUP_WINDOW_S = 20, 60.0
"""https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this"""
_GROUP_SIGN = "-"
"""How the id of a group begins; a private chat's is the person's own."""
_TALK_S = 0.5
"""How long after an answer the next one is likely."""
_GLANCE_S = 0.02
"""How long the pace sleeps at most before it looks whether somebody more urgent has come."""


@dataclass(order=True)
class _Ticket:
    lane: int
    number: int
    chat: str = field(compare=False)
    deadline: float = field(compare=False)
    woken: asyncio.Event = field(compare=False, default_factory=asyncio.Event)
    granted: bool | None = field(compare=False, default=None)
    """None while it waits."""


class RateLimiter:
    """The pace of one account. Everybody who sends waits here first; lower lanes go first."""

    def __init__(
        self,
        settings: PaceSettings,
        monotonic: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._settings = settings
        self._tempo = AdaptiveRate(settings.per_second)
        self._granted, self._granted_until = settings.per_second, inf
        self._monotonic = monotonic
        self._sleep = sleep
        self._numbers = count()
        self._waiting: list[_Ticket] = []
        self._attended = False
        self._sent: deque[float] = deque(maxlen=settings.per_second)
        self._chats: dict[str, float] = {}
        self._groups: dict[str, deque[float]] = {}
        self._refused: dict[str, float] = {}
        """Until when each chat rests that alone was refused."""
        self._spread_from = -inf
        self._talk_until = -inf
        self._halted_until = -inf

    @property
    def rate(self) -> int:
        """Messages a second that this process may send at most, as things are."""
        return self._rate(self._monotonic())

    @property
    def adaptive_rate(self) -> int:
        """Messages a second that the account bears, by all that this process knows."""
        return self._tempo.current(self._monotonic())

    @property
    def ceiling(self) -> int:
        """The same while the messenger has not asked for rest."""
        return self._settings.per_second

    @property
    def demand(self) -> int:
        """How many messages a second would leave if all could."""
        since = self._monotonic() - _WINDOW_S
        return len(self._waiting) + sum(1 for at in self._sent if at > since)

    def set_share(self, per_second: int, until: float = inf) -> None:
        """How much of the account's rate is this process's, up to a moment on the monotonic clock."""
        self._granted, self._granted_until = per_second, until

    def lower(self, per_second: int) -> None:
        """As `grant`, but nothing that raises it."""
        self._granted = min(self._granted, per_second)

    def _rate(self, now: float) -> int:
        return min(self._tempo.current(now), self._granted) if now < self._granted_until else 0

    @property
    def halted_for_s(self) -> float:
        """How long nobody may send yet; 0 when the messenger asked for no rest."""
        return max(0.0, self._halted_until - self._monotonic())

    def halt(self, seconds: float) -> None:
        """Nobody sends for this long, as the messenger asked; a longer rest stays as it is.

        Afterwards it goes on more slowly. Calls under way when the first refusal came are refused
        as well: they slow nothing down further.
        """
        now = self._monotonic()
        begins = now >= self._halted_until
        self._halted_until = max(self._halted_until, now + seconds)
        if begins:
            self._tempo.decrease(now, self._halted_until)

    def record_refusal(self, chat: str, seconds: float) -> None:
        """The messenger asked for this long a rest (429) when `chat` was written to.

        A messenger limits single chats as well as the account and does not say which limit was
        reached. So this chat rests first; everybody, once a second chat is refused meanwhile.
        """
        now = self._monotonic()
        self._refused = {one: until for one, until in self._refused.items() if until > now}
        is_of_account = now < self._halted_until or bool(self._refused.keys() - {chat})
        self._refused[chat] = max(self._refused.get(chat, now), now + seconds)
        if is_of_account:
            self.halt(seconds)

    def chat_halted_for_s(self, chat: str) -> float:
        """How long this chat alone may not be written to yet, in seconds; 0 when it may."""
        return max(0.0, self._refused.get(chat, -inf) - self._monotonic())

    def allowance(self, seconds: float) -> int:
        """How many messages fit into this time; at least one."""
        return max(1, int(self._rate(self._monotonic()) * seconds))

    async def acquire(self, lane: int, chat: str, *, patience_s: float = inf) -> bool:
        """Waits until one message may be sent to `chat`; send it right away.

        False when `patience_s` ran out first: then it must not be sent.
        """
        now = self._monotonic()
        first = next((t for t in self._waiting if not self._rests(t.chat, now)), None)
        if (first is None or lane < first.lane) and self._wait_of(lane, chat, now) <= 0:
            self._record_send(lane, chat, now)
            return True
        ticket = _Ticket(lane, next(self._numbers), chat, now + patience_s)
        insort(self._waiting, ticket)
        try:
            await self._wait(ticket)
        finally:
            if ticket.granted is None:
                self._waiting.remove(ticket)
            self._hand_over()
        return bool(ticket.granted)

    async def _wait(self, ticket: _Ticket) -> None:
        # One of those who wait attends to all of them, so that no task has to live in between.
        while ticket.granted is None and self._attended:
            ticket.woken.clear()
            await ticket.woken.wait()
        if ticket.granted is None:
            self._attended = True
            try:
                await self._serve_until(ticket)
            finally:
                self._attended = False

    async def _serve_until(self, own: _Ticket) -> None:
        while own.granted is None:
            rest = self._serve()
            if own.granted is None:
                await self._sleep(min(rest, _GLANCE_S))

    def _hand_over(self) -> None:
        if self._waiting and not self._attended:
            self._waiting[0].woken.set()

    def _serve(self) -> float:
        """Grants everything that may go now; returns how long the next one has to wait."""
        now = self._monotonic()
        self._give_up_on_late(now)
        while self._waiting:
            ready = next(
                (t for t in self._waiting if self._wait_of(t.lane, t.chat, now) <= 0), None
            )
            if ready is None:
                return min(self._wait_of(t.lane, t.chat, now) for t in self._waiting)
            self._record_send(ready.lane, ready.chat, now)
            self._resolve(ready, granted=True)
        return _GLANCE_S

    def _give_up_on_late(self, now: float) -> None:
        for ticket in [t for t in self._waiting if t.deadline <= now]:
            self._resolve(ticket, granted=False)

    def _resolve(self, ticket: _Ticket, *, granted: bool) -> None:
        self._waiting.remove(ticket)
        ticket.granted = granted
        ticket.woken.set()

    def _rests(self, chat: str, now: float) -> bool:
        return now < self._refused.get(chat, -inf)

    def _wait_of(self, lane: int, chat: str, now: float) -> float:
        earliest = max(self._halted_until, self._refused.get(chat, -inf))
        rate = self._rate(now)
        if not rate and lane == INTERACTIVE:
            # Whoever waits for an answer, or has to hear of trouble, gets one message a second.
            rate = 1
        if not rate:
            return _WINDOW_S
        room = max(1, rate - 1) if lane != INTERACTIVE and now < self._talk_until else rate
        if len(self._sent) >= room:
            earliest = max(earliest, self._sent[-room] + _WINDOW_S)
        if lane != INTERACTIVE:
            unasked = self._chats.get(chat, -inf) + self._settings.per_chat_s
            earliest = max(earliest, unasked, self._spread_from)
        if chat.startswith(_GROUP_SIGN):
            earliest = max(earliest, self._group_free_at(chat))
        return earliest - now

    def _group_free_at(self, chat: str) -> float:
        sent = self._groups.get(chat)
        return sent[0] + _GROUP_WINDOW_S if sent and len(sent) == _GROUP_MOST else -inf

    def _record_send(self, lane: int, chat: str, now: float) -> None:
        self._sent.append(now)
        if lane == INTERACTIVE:
            self._talk_until = now + _TALK_S
        else:
            step = _WINDOW_S / self._rate(now)
            # A timer that woke late is made up for; the window above keeps the limit all the same.
            self._spread_from = max(self._spread_from, now - step) + step
        self._chats.pop(chat, None)
        self._chats[chat] = now
        self._forget_quiet_chats(now)
        if chat.startswith(_GROUP_SIGN):
            sent = self._groups.pop(chat, None) or deque(maxlen=_GROUP_MOST)
            sent.append(now)
            self._groups[chat] = sent
            self._forget_quiet_groups(now)

    def _forget_quiet_groups(self, now: float) -> None:
        oldest = next(iter(self._groups))
        while now - self._groups[oldest][-1] > _GROUP_WINDOW_S:
            del self._groups[oldest]
            oldest = next(iter(self._groups))

    def _forget_quiet_chats(self, now: float) -> None:
        oldest = next(iter(self._chats))
        while now - self._chats[oldest] > self._settings.per_chat_s:
            del self._chats[oldest]
            oldest = next(iter(self._chats))
