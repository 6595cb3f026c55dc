"""The rate limiter of one messenger account: when the next message may be sent, and whose it is.

Limits that hold at once:
- In no window more messages than the account bears (`AdaptiveRate`), or than this process's share of
  it. The window is one second and holds at most `per_second`, or one minute and at most `per_minute`.
- The limits of the chat (`ChatLimits`).
- A 429 halts the chat that was written to; a 429 of a second chat meanwhile halts the account.

Order: lower lanes first, replies (`INTERACTIVE`) before everything else. Messages that nobody asked
for are spread evenly over the window, so that a reply finds room within the time of one message;
while people talk to the bot, one place of the window is kept free for the next reply.

An account that counts by the minute bears so little that a few people who write without a pause
would use all of it. There one chat gets a quarter of the window, the replies to all chats leave a
quarter to whatever else waits, and of the replies that wait the one goes first whose chat got least.
"""

import asyncio
from bisect import insort
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import count
from math import inf

from scheduler.pacing.adaptive_rate import AdaptiveRate
from scheduler.pacing.chat_limits import ChatLimits
from scheduler.settings import PaceSettings

INTERACTIVE = 0
"""The lane of replies; it goes before every `storage.models.Lane`."""
_SECOND_S, _MINUTE_S = 1.0, 60.0
_TALK_S = 0.5
"""How long after a reply the next one is likely."""
_PARTS = 4
"""Of an account that counts by the minute one chat gets one part of so many, and replies all but one."""
_SLEEP_MAX_S = 0.02
"""The longest sleep until the queue is looked at again, as a more urgent message may have come."""


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
    """Everybody who sends through the account acquires here first."""

    def __init__(
        self,
        settings: PaceSettings,
        monotonic: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        *,
        per_minute: int = 0,
    ) -> None:
        """`per_minute`: the limit of an account that counts by the minute, instead of `per_second`."""
        self.window_s = _MINUTE_S if per_minute else _SECOND_S
        self.ceiling = per_minute or settings.per_second
        """The configured messages in a window, without any 429."""
        self._adaptive_rate = AdaptiveRate(self.ceiling)
        self._share, self._share_until = self.ceiling, inf
        self._monotonic = monotonic
        self._sleep = sleep
        self._numbers = count()
        self._waiting: list[_Ticket] = []
        self._is_served = False
        """Whether one of the waiting tasks serves the queue."""
        self._sent: deque[float] = deque(maxlen=self.ceiling)
        self._chats = ChatLimits(settings.per_chat_s, per_minute=per_minute // _PARTS)
        self._replies: deque[float] = deque(maxlen=self.ceiling)
        """When the replies among `_sent` were sent."""
        self._spread_from = -inf
        self._talk_until = -inf
        self._halted_until = -inf
        self.used = asyncio.Event()
        """Set by everybody who sends; cleared by who waits for it."""

    @property
    def rate(self) -> int:
        """Messages in a window that this process may send now."""
        return self._rate(self._monotonic())

    @property
    def adaptive_rate(self) -> int:
        """Messages in a window that the account bears now, by the 429s that this process got."""
        return self._adaptive_rate.current(self._monotonic())

    @property
    def demand(self) -> int:
        """Messages in a window that would be sent without a limit."""
        return len(self._waiting) + self._sent_in_window(self._monotonic())

    @property
    def _counts_by_minute(self) -> bool:
        return self.window_s == _MINUTE_S

    def _sent_in_window(self, now: float) -> int:
        return sum(1 for at in self._sent if at > now - self.window_s)

    def set_share(self, share: int, until: float = inf) -> None:
        """This process's share of the account's rate, until a moment on the monotonic clock."""
        self._share, self._share_until = share, until

    def lower(self, share: int) -> None:
        """As `set_share`, but it never raises the share."""
        self._share = min(self._share, share)

    def record_remaining(self, remaining: int) -> None:
        """The messenger says how many more messages it takes now; in this window no more are sent.

        Others use the account as well: further processes, or another program of the same account.
        """
        now = self._monotonic()
        used_elsewhere = self._rate(now) - self._sent_in_window(now) - remaining
        self._sent.extend([now] * max(0, used_elsewhere))

    def _rate(self, now: float) -> int:
        return min(self._adaptive_rate.current(now), self._share) if now < self._share_until else 0

    @property
    def halted_for_s(self) -> float:
        """Seconds until the account may send again after a 429; 0 when it may."""
        return max(0.0, self._halted_until - self._monotonic())

    def halt(self, seconds: float) -> None:
        """Halts the account for this long after a 429; a longer halt stays as it is.

        The adaptive rate is lowered once for each halt: calls in flight when the first 429 came get
        429s as well, and tell nothing new.
        """
        now = self._monotonic()
        begins = now >= self._halted_until
        self._halted_until = max(self._halted_until, now + seconds)
        if begins:
            self._adaptive_rate.decrease(now, self._halted_until)

    def record_refusal(self, chat: str, seconds: float) -> None:
        """The messenger answered 429 with this `retry_after` to a message for `chat`.

        A messenger limits single chats as well as the account, and does not tell which limit was
        reached: the chat is halted at first, the account once a second chat is refused meanwhile.
        """
        now = self._monotonic()
        is_second = self._chats.record_refusal(chat, now, now + seconds)
        if is_second or now < self._halted_until:
            self.halt(seconds)

    def chat_halted_for_s(self, chat: str) -> float:
        """Seconds until this chat may be written to again after its own 429; 0 when it may."""
        return max(0.0, self._chats.refused_until(chat) - self._monotonic())

    def allowance(self, seconds: float) -> int:
        """How many messages may be sent in this time; at least one."""
        return max(1, int(self._rate(self._monotonic()) * seconds / self.window_s))

    async def acquire(self, lane: int, chat: str, *, patience_s: float = inf) -> bool:
        """Waits until one message may be sent to `chat`; send it at once.

        False when `patience_s` ran out first: then it must not be sent.
        """
        self.used.set()
        now = self._monotonic()
        first = next((t for t in self._waiting if self._chats.refused_until(t.chat) <= now), None)
        if (first is None or lane < first.lane) and self._wait_s(lane, chat, now) <= 0:
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
        # One of the waiting tasks serves the queue for all, so that no task of its own is needed
        # while nobody waits. When it has its own slot, it hands over to the next.
        while ticket.granted is None and self._is_served:
            ticket.woken.clear()
            await ticket.woken.wait()
        if ticket.granted is None:
            self._is_served = True
            try:
                await self._serve_until(ticket)
            finally:
                self._is_served = False

    async def _serve_until(self, own: _Ticket) -> None:
        while own.granted is None:
            wait_s = self._serve()
            if own.granted is None:
                await self._sleep(min(wait_s, _SLEEP_MAX_S))

    def _hand_over(self) -> None:
        if self._waiting and not self._is_served:
            self._waiting[0].woken.set()

    def _serve(self) -> float:
        """Grants every slot that is free now; returns how long the next ticket has to wait."""
        now = self._monotonic()
        self._expire(now)
        while self._waiting:
            ready = self._next_ready(now)
            if ready is None:
                return min(self._wait_s(t.lane, t.chat, now) for t in self._waiting)
            self._record_send(ready.lane, ready.chat, now)
            self._resolve(ready, granted=True)
        return _SLEEP_MAX_S

    def _next_ready(self, now: float) -> _Ticket | None:
        """The most urgent ticket that may be sent now; of a lane, on such an account, the fairest."""
        ready = (t for t in self._waiting if self._wait_s(t.lane, t.chat, now) <= 0)
        if not self._counts_by_minute:
            return next(ready, None)
        # `min` returns the first of equals: in a lane of announcements everybody got as little.
        return min(
            ready, key=lambda t: (t.lane, self._chats.sent_lately(t.chat, now)), default=None
        )

    def _expire(self, now: float) -> None:
        for ticket in [t for t in self._waiting if t.deadline <= now]:
            self._resolve(ticket, granted=False)

    def _resolve(self, ticket: _Ticket, *, granted: bool) -> None:
        self._waiting.remove(ticket)
        ticket.granted = granted
        ticket.woken.set()

    def _wait_s(self, lane: int, chat: str, now: float) -> float:
        """Seconds until a message of this lane may be sent to this chat; not positive when it may."""
        is_reply = lane == INTERACTIVE
        rate = self._rate(now)
        if not rate and is_reply:
            # A reply or an alarm gets one message in a window even without a share.
            rate = 1
        if not rate:
            return self.window_s
        earliest = max(self._halted_until, self._chats.free_at(chat, is_reply=is_reply))
        # One place of the window stays free for the next reply while people talk to the bot.
        window = rate if is_reply or now >= self._talk_until else max(1, rate - 1)
        if len(self._sent) >= window:
            earliest = max(earliest, self._sent[-window] + self.window_s)
        if not is_reply:
            return max(earliest, self._spread_from) - now
        replies_max = max(1, rate - rate // _PARTS)
        if len(self._replies) >= replies_max and self._must_leave_room:
            earliest = max(earliest, self._replies[-replies_max] + self.window_s)
        return earliest - now

    @property
    def _must_leave_room(self) -> bool:
        """Whether something else than a reply waits that replies could keep waiting for ever."""
        # Replies are at the beginning of the queue.
        return (
            self._counts_by_minute and bool(self._waiting) and self._waiting[-1].lane != INTERACTIVE
        )

    def _record_send(self, lane: int, chat: str, now: float) -> None:
        self._sent.append(now)
        if lane == INTERACTIVE:
            self._replies.append(now)
            self._talk_until = now + _TALK_S
        else:
            step = self.window_s / self._rate(now)
            # A timer that woke late is made up for by at most one step; the window keeps the limit.
            self._spread_from = max(self._spread_from, now - step) + step
        self._chats.record_send(chat, now)
