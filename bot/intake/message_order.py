"""The order in which the messages of one chat were sent, whatever order they arrive in."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from handlers.messages import Incoming

GAP_MAX: Final = timedelta(seconds=3)
"""The longest time between two pieces that a client sends right after each other: Telegram's times
are whole seconds, connections are slow."""


def in_order(messages: Iterable[Incoming]) -> list[Incoming]:
    """The messages in the order of sending; connections may deliver them in another."""
    return sorted(messages, key=_place)


def _place(message: Incoming) -> tuple[object, ...]:
    """Telegram's message ids are ascending numbers; its times are whole seconds."""
    number = message.message_id
    return message.at, int(number) if number.isdecimal() and number.isascii() else 0
