"""Rate limits of single chats: how often one chat may be written to, and which were rate-limited."""

from collections import deque
from math import inf

_GROUP_MAX, _WINDOW_S = 20, 60.0
"""https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this"""
_GROUP_SIGN = "-"
"""How the id of a group begins; a private chat's is the person's own."""


class ChatLimits:
    """Remembers the last messages of each chat, only for as long as they limit the next one."""

    def __init__(self, per_chat_s: float, *, per_minute: int = 0) -> None:
        """`per_chat_s`: seconds between two messages that nobody asked for in one chat.

        `per_minute`: the most messages for one chat in a minute, replies included; 0: no limit.
        """
        self._per_chat_s = per_chat_s
        self._per_minute = per_minute
        self._sent_at: dict[str, float] = {}
        """The last message of each chat, the oldest first."""
        self._counted_sends: dict[str, deque[float]] = {}
        """The messages of the last minute to each chat for which they are counted."""
        self._refused_until: dict[str, float] = {}
        """Until when each chat that was refused (429) may not be written to."""

    def refused_until(self, chat: str) -> float:
        """Until when the messenger refused messages to this chat."""
        return self._refused_until.get(chat, -inf)

    def free_at(self, chat: str, *, is_reply: bool) -> float:
        """When the next message may be sent to this chat; a reply only respects the messenger."""
        earliest = self.refused_until(chat)
        if not is_reply:
            earliest = max(earliest, self._sent_at.get(chat, -inf) + self._per_chat_s)
        sends = self._counted_sends.get(chat)
        if sends and len(sends) == sends.maxlen:
            earliest = max(earliest, sends[0] + _WINDOW_S)
        return earliest

    def sent_lately(self, chat: str, now: float) -> int:
        """How many messages went to this chat in the last minute, where they are counted."""
        return sum(1 for at in self._counted_sends.get(chat, ()) if at > now - _WINDOW_S)

    def record_refusal(self, chat: str, now: float, until: float) -> bool:
        """The chat is refused until then; whether another one is refused at the same time."""
        self._refused_until = {c: end for c, end in self._refused_until.items() if end > now}
        is_second = bool(self._refused_until.keys() - {chat})
        self._refused_until[chat] = max(self._refused_until.get(chat, now), until)
        return is_second

    def record_send(self, chat: str, now: float) -> None:
        """Counts a message that is sent to this chat now."""
        self._sent_at.pop(chat, None)
        self._sent_at[chat] = now
        _drop_oldest(self._sent_at, now - self._per_chat_s)
        if most := self._most_in_a_minute(chat):
            sends = self._counted_sends.pop(chat, None) or deque(maxlen=most)
            sends.append(now)
            self._counted_sends[chat] = sends
            self._forget_quiet_chats(now)

    def _most_in_a_minute(self, chat: str) -> int:
        limits = [self._per_minute, _GROUP_MAX if chat.startswith(_GROUP_SIGN) else 0]
        return min(filter(None, limits), default=0)

    def _forget_quiet_chats(self, now: float) -> None:
        oldest = next(iter(self._counted_sends))
        while now - self._counted_sends[oldest][-1] > _WINDOW_S:
            del self._counted_sends[oldest]
            oldest = next(iter(self._counted_sends))


def _drop_oldest(sent_at: dict[str, float], before: float) -> None:
    oldest = next(iter(sent_at))
    while sent_at[oldest] < before:
        del sent_at[oldest]
        oldest = next(iter(sent_at))
