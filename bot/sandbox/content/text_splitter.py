"""Splits a text that is too long for one message, as a client does before it sends.

Telegram Desktop splits at the best place in the last half of what fits, and drops the white space
there. Zalo's clients are assumed to do the same.
"""

import re

from bot.sandbox.content.entities import utf16_length

_BREAKS = (
    re.compile(r"\n\s*\n"),
    re.compile(r"\n"),
    re.compile(r"(?<=[.!?…])\s"),
    re.compile(r"\s"),
)
"""Where a text is split, the best first: between paragraphs, lines, sentences, words."""


def split(text: str, limit: int) -> list[str]:
    """Texts of at most `limit` UTF-16 units, in order."""
    found, rest = [], text.strip()
    while utf16_length(rest) > limit:
        end = _end(rest, limit)
        found.append(rest[:end].strip())
        rest = rest[end:].strip()
    return [*found, rest]


def _end(text: str, limit: int) -> int:
    half, most = _fitting(text, limit // 2), _fitting(text, limit)
    for pattern in _BREAKS:
        # One character more, because white space right after what fits is dropped.
        if ends := [match.start() for match in pattern.finditer(text, half + 1, most + 1)]:
            return ends[-1]
    return most


def _fitting(text: str, units: int) -> int:
    """The number of characters that fit; a surrogate pair is never split."""
    encoded = text[:units].encode("utf-16-le", "surrogatepass")[: 2 * units]
    return len(encoded.decode("utf-16-le", "ignore"))
