"""What messages of one chat have in common that are joined: their order, their gap, their length."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from handlers.messages import Incoming
from handlers.recognition.plain_text import utf16_length

GAP_MAX: Final = timedelta(seconds=3)
"""The longest time between two pieces that a client sends right after each other: Telegram's times
are whole seconds, connections are slow."""


def in_order(messages: Iterable[Incoming]) -> list[Incoming]:
    """The messages in the order of sending; connections may deliver them in another."""
    return sorted(messages, key=_place)


def total_length(messages: Iterable[Incoming]) -> int:
    """The length of their texts together, in UTF-16 units."""
    return sum(utf16_length(message.text) for message in messages)


def _place(message: Incoming) -> tuple[object, ...]:
    """Telegram's message ids are ascending numbers; its times are whole seconds."""
    number = message.message_id
    return message.at, int(number) if number.isdecimal() and number.isascii() else 0
