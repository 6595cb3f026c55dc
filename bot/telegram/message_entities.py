"""Formatting and links of a message, read from its entities; positions count UTF-16 units.

https://core.telegram.org/bots/api#messageentity. Telegram's own entities split no character and do
not overlap. Those of another server may, and aiogram would raise an error or repeat text.
"""

from collections.abc import Iterator, Sequence
from html import escape

from aiogram.enums import MessageEntityType
from aiogram.types import Message, MessageEntity
from aiogram.utils.text_decorations import html_decoration

_KEPT_FORMATTING = frozenset(
    {
        MessageEntityType.BLOCKQUOTE,
        MessageEntityType.BOLD,
        MessageEntityType.CODE,
        MessageEntityType.EXPANDABLE_BLOCKQUOTE,
        MessageEntityType.ITALIC,
        MessageEntityType.PRE,
        MessageEntityType.SPOILER,
        MessageEntityType.STRIKETHROUGH,
        MessageEntityType.TEXT_LINK,
        MessageEntityType.UNDERLINE,
    }
)
"""Mentions are excluded: they identify an account."""
_MOST = 100
"""Telegram ignores entities past this number."""


def html_of(message: Message) -> str:
    """Text or caption in Telegram's HTML, without mentions."""
    text = message.text or message.caption or ""
    kept = [one for one in _entities(message) if one.type in _KEPT_FORMATTING]
    nested = list(_nested(_whole(text, kept)))[:_MOST]
    return html_decoration.unparse(text, [_escaped(one) for one in nested])


def links_in(message: Message) -> tuple[str, ...]:
    """The URLs of text or caption in order, also those of text links."""
    text, entities = message.text or message.caption or "", _entities(message)
    # The URL of a text link is not in the text, so its position need not be valid.
    hidden = [one for one in entities if one.type == MessageEntityType.TEXT_LINK]
    shown = [one for one in entities if one.type == MessageEntityType.URL]
    placed = [(one.offset, one.url or "") for one in hidden]
    placed += [(one.offset, one.extract_from(text)) for one in _whole(text, shown)]
    found = [link for _, link in sorted(placed, key=lambda one: one[0])]
    return tuple(dict.fromkeys(filter(None, found)))


def _entities(message: Message) -> list[MessageEntity]:
    return list((message.entities if message.text else message.caption_entities) or ())


def _whole(text: str, entities: Sequence[MessageEntity]) -> list[MessageEntity]:
    """Entities that split no surrogate pair; one that is too long is cut at the end of the text."""
    units = text.encode("utf-16-le")
    ends = [min(one.offset + one.length, len(units) // 2) for one in entities]
    return [
        one.model_copy(update={"length": end - one.offset})
        for one, end in zip(entities, ends, strict=True)
        if 0 <= one.offset < end and not _is_cut(units, one.offset) and not _is_cut(units, end)
    ]


def _is_cut(units: bytes, position: int) -> bool:
    """Whether the unit at this position is the second half of a surrogate pair."""
    return 0xDC <= int.from_bytes(units[2 * position + 1 : 2 * position + 2]) <= 0xDF


def _nested(entities: Sequence[MessageEntity]) -> Iterator[MessageEntity]:
    """Entities that overlap no earlier one, outer before inner."""
    around: list[int] = []
    for one in sorted(entities, key=lambda one: (one.offset, -one.length)):
        while around and around[-1] <= one.offset:
            around.pop()
        end = one.offset + one.length
        if not around or end <= around[-1]:
            around.append(end)
            yield one


def _escaped(entity: MessageEntity) -> MessageEntity:
    """Escapes URL and language, which aiogram writes into attributes unescaped."""
    more = {name: escape(value) for name in ("url", "language") if (value := getattr(entity, name))}
    return entity.model_copy(update=more) if more else entity
