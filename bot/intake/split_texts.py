"""Joins a long text that a client has split into several messages.

The joined text is no longer than one update may be (`bot.intake.input_sanitizing`). No client marks
the pieces. Telegram Desktop cuts at the best white space of a message's second half,
Telegram for Android at one of the last 300 characters, others at the limit itself. All send the
pieces right after each other and drop the white space around a cut.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.intake.input_sanitizing import LONGEST_TEXT
from bot.intake.message_order import GAP_MAX, in_order, total_length
from handlers.messages import Incoming, UpdateKind
from handlers.recognition.plain_text import utf16_length


@dataclass(frozen=True)
class IntakeSettings:
    """Settings of the intake."""

    split_wait_s: float = 1.2
    """Seconds that a possible first piece of a text, or part of an album, waits for the next one."""


PIECES_MAX: Final = 10

_SENTENCE_END: Final = re.compile(r"[.!?…:][\"'”’»)\]]*\Z")


class SplitTexts:
    """Recognises and joins pieces by the text limit of each messenger."""

    def __init__(self, text_limit: Callable[[str], int | None]) -> None:
        """`text_limit`: a messenger's limit in UTF-16 units; None for one that is not configured."""
        self._text_limit = text_limit

    def are_one(self, messages: Sequence[Incoming]) -> bool:
        """Whether these messages of one chat, in any order, are the pieces of one text."""
        pieces = in_order(messages)
        first, *rest = pieces
        if not rest:
            return True
        return (
            len(pieces) <= PIECES_MAX
            and total_length(pieces) <= LONGEST_TEXT
            and _is_text(first)
            and all(_continues(first, piece) for piece in rest)
            and all(self._is_long(piece) for piece in pieces[:-1])
            and all(b.at - a.at <= GAP_MAX for a, b in zip(pieces, rest, strict=False))
        )

    def may_go_on(self, pieces: Sequence[Incoming]) -> bool:
        """Whether one more piece may follow."""
        last = in_order(pieces)[-1]
        has_room = len(pieces) < PIECES_MAX and total_length(pieces) < LONGEST_TEXT
        return has_room and _is_text(last) and self._is_long(last)

    def joined(self, messages: Sequence[Incoming]) -> Incoming:
        """The first message with the texts and links of all."""
        first, *rest = in_order(messages)
        text, html, links = first.text, first.html, list(first.links)
        before = first
        for piece in rest:
            separator = self._separator(before)
            text, html = f"{text}{separator}{piece.text}", f"{html}{separator}{piece.html}"
            links += piece.links
            before = piece
        return replace(first, text=text, html=html, links=tuple(dict.fromkeys(links)))

    def _is_long(self, piece: Incoming) -> bool:
        """Whether a client may have split after this message: it fills at least half the limit."""
        limit = self._text_limit(piece.sender.messenger)
        return limit is not None and utf16_length(piece.text) >= limit // 2

    def _separator(self, piece: Incoming) -> str:
        """Replaces the white space that the client dropped after a piece."""
        limit = self._text_limit(piece.sender.messenger)
        if (limit is not None and utf16_length(piece.text) >= limit) or piece.text[-1:].isspace():
            return ""
        return "\n" if _SENTENCE_END.search(piece.text) else " "


def _is_text(message: Incoming) -> bool:
    """Typed or pasted text, without media or a forward."""
    return (
        message.kind is UpdateKind.MESSAGE
        and bool(message.text)
        and message.media is None
        and not message.forwarded
        and not message.unsupported
    )


def _continues(first: Incoming, piece: Incoming) -> bool:
    """A client may make every piece a reply to the same message."""
    is_command = piece.text.startswith("/")
    return _is_text(piece) and not is_command and piece.reply_to in ("", first.reply_to)
