"""Joins the files of an album, which messengers deliver as one message for each file.

Telegram gives the messages of an album a common `media_group_id`
(https://core.telegram.org/bots/api#message). Zalo's platforms connect them by nothing: there, files
of the same sort that are sent right after each other are one album.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.intake.input_sanitizing import LONGEST_TEXT
from bot.intake.message_order import GAP_MAX, in_order, total_length
from handlers.messages import CAPTIONS_APART, Incoming, MediaKind, UpdateKind

PARTS_MAX: Final = 10
"""Parts that are joined, as many as an album of Telegram has; later ones are late parts."""
_SORTS: Final = {
    MediaKind.PHOTO: "pictures and videos",
    MediaKind.VIDEO: "pictures and videos",
    MediaKind.DOCUMENT: "documents",
    MediaKind.AUDIO: "sounds",
}
"""The kinds of files that an album may have, by what Telegram lets stand in one album:
https://core.telegram.org/bots/api#sendmediagroup"""


def is_marked(message: Incoming) -> bool:
    """Whether its messenger says which album it belongs to."""
    return bool(message.album) and _is_file(message)


def are_one(messages: Sequence[Incoming]) -> bool:
    """Whether these messages of one chat, in any order, are parts of one album."""
    first, *rest = in_order(messages)
    if not rest:
        return True
    if len(messages) > PARTS_MAX or total_length(messages) > LONGEST_TEXT:
        return False
    if is_marked(first):
        return all(is_marked(part) and part.album == first.album for part in rest)
    return all(_may_follow(one, other) for one, other in zip([first, *rest], rest, strict=False))


def may_go_on(parts: Sequence[Incoming]) -> bool:
    """Whether one more part may follow."""
    last = in_order(parts)[-1]
    return len(parts) < PARTS_MAX and (is_marked(last) or _is_unmarked(last))


def goes_on(before: Sequence[Incoming], message: Incoming) -> bool:
    """Whether a message belongs to an unmarked album that had too many parts to be joined as one."""
    return len(before) == PARTS_MAX and _may_follow(in_order(before)[-1], message)


def joined(messages: Sequence[Incoming]) -> Incoming:
    """The first message with the files, captions and links of all.

    A caption that is a command comes first, whichever file it stands under.
    """
    parts = in_order(messages)
    first, *rest = parts
    captioned = sorted(filter(_caption, parts), key=lambda part: not _caption(part).startswith("/"))
    return replace(
        first,
        text=CAPTIONS_APART.join(part.text for part in captioned),
        html=CAPTIONS_APART.join(part.html for part in captioned),
        links=tuple(dict.fromkeys(link for part in parts for link in part.links)),
        more_media=first.more_media + tuple(file for part in rest for file in part.files),
        album=first.album or first.update_key,
        channel_post=next((part.channel_post for part in parts if part.channel_post), ""),
    )


def _caption(part: Incoming) -> str:
    return part.text.strip()


def _is_file(message: Incoming) -> bool:
    return message.kind is UpdateKind.MESSAGE and message.media is not None


def _is_unmarked(message: Incoming) -> bool:
    return message.has_unmarked_album and _is_file(message) and _sort(message) is not None


def _may_follow(part: Incoming, other: Incoming) -> bool:
    is_one_album = _is_unmarked(part) and _is_unmarked(other) and _sort(part) == _sort(other)
    is_command = other.text.startswith("/")
    is_answer = other.reply_to not in ("", part.reply_to)
    return is_one_album and not is_command and not is_answer and other.at - part.at <= GAP_MAX


def _sort(message: Incoming) -> str | None:
    return _SORTS.get(message.media.kind) if message.media else None
