"""Converts a message to those that the API of Official Accounts takes.

The API has texts with at most five buttons, pictures with a text, and documents without one. A press
of a button is `oa.query.hide`: a text from the person that the chat does not show.
"""

import unicodedata
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from bot.zalo.plain_messenger import is_url
from bot.zalo.plain_text import LIMIT, Text, as_text, file_line, read, split
from bot.zalo.plain_text import written as in_words
from bot.zalo_oa.buttons import place, written
from bot.zalo_oa.client import Json
from bot.zalo_oa.presses import Payloads
from bot.zalo_oa.uploaded_files import Uploads, is_document
from handlers.messages import Address, Album, Button, Media, MediaKind, Part, QuotaSpent, Refused

Link = Callable[[Media, Address], Awaitable[str]]
"""A URL that expires, from which a file can be downloaded; empty when there is none."""
_FILE_REFUSED = (Refused, QuotaSpent)
"""Errors of an upload after which a link is sent instead."""


@dataclass(frozen=True)
class Outgoing:
    """One message of the API; `write` needs the id of the uploaded `media`, if there is one."""

    write: Callable[[str], Json]
    media: Media | None = None


@dataclass(frozen=True)
class _Content:
    """The text of a part, its files, and the buttons that are real ones."""

    text: Text
    media: Sequence[Media]
    buttons: Sequence[Button]


@dataclass(frozen=True)
class _Attached:
    """The files of a message: pictures and documents, and lines for those that become links."""

    pictures: Sequence[Media | str]
    """Uploaded ones, and URLs of those that cannot be."""
    documents: Sequence[Media]
    lines: Sequence[str]


class Composer:
    """Writes messages; uploads the files that they need."""

    def __init__(self, uploads: Uploads, payloads: Payloads, link: Link) -> None:
        self._uploads = uploads
        self._payloads = payloads
        self._link = link

    async def messages(self, to: Address, part: Part, lane: int) -> list[Outgoing]:
        """The messages for a part: documents and pictures, then the text, texts to copy last."""
        found = _content(part)
        text = found.text
        buttons = [written(one, to.chat, self._payloads) for one in found.buttons]
        attached = await self._attached(found.media, to, lane)
        words = _composed("\n\n".join(filter(None, (text.words, *attached.lines))))
        copied = [_text(piece) for one in text.to_copy for piece in _pieces(_composed(one))]
        documents = [Outgoing(_document, one) for one in attached.documents]
        if len(attached.pictures) == 1 and not buttons and len(words) <= LIMIT:
            return [*documents, _picture(attached.pictures[0], words), *copied]
        pictures = [_picture(one) for one in attached.pictures]
        return [*documents, *pictures, *_texts(words, buttons), *copied]

    async def _attached(self, media: Sequence[Media], to: Address, lane: int) -> _Attached:
        pictures: list[Media | str] = []
        documents, lines = [], []
        for one in media:
            if one.kind is MediaKind.PHOTO:
                pictures.append(await self._uploaded_or_url(one, to, lane))
            elif is_document(one) and await self._is_uploaded(one, lane):
                documents.append(one)
            elif address := await self._address(one, to):
                lines.append(file_line(one, address))
        return _Attached(pictures, documents, lines)

    async def _uploaded_or_url(self, picture: Media, to: Address, lane: int) -> Media | str:
        try:
            await self._uploads.id_of(picture, lane)
        except _FILE_REFUSED:
            if address := await self._address(picture, to):
                return address
            raise
        return picture

    async def _address(self, media: Media, to: Address) -> str:
        return media.file if is_url(media.file) else await self._link(media, to)

    async def _is_uploaded(self, document: Media, lane: int) -> bool:
        try:
            await self._uploads.id_of(document, lane)
        except _FILE_REFUSED:
            return False
        return True


_FILE_LINE_CHARACTERS = 400
"""More than the line of a file that is not uploaded has, with its name and address."""


def most_messages(part: Part) -> int:
    """How many messages a part becomes at most; each of them may be charged."""
    found = _content(part)
    text, media, buttons = found.text, found.media, found.buttons
    files = [one for one in media if one.kind is not MediaKind.PHOTO]
    words = _composed(text.words)
    room = words + " " * _FILE_LINE_CHARACTERS * len(files)
    copied = sum(len(_pieces(_composed(one))) for one in text.to_copy)
    if len(media) == 1 and not files and not buttons and len(words) <= LIMIT:
        return 1 + copied
    has_text = bool(words or buttons or files)
    return len(media) + (len(_pieces(room)) or 1) * has_text + copied


def _content(part: Part) -> _Content:
    part = in_words(part)
    if isinstance(part, Album):
        return _Content(read(part.text), part.media, ())
    placed = place(part.rows)
    media = (part.media,) if part.media else ()
    return _Content(as_text(replace(part, rows=placed.in_text)), media, placed.buttons)


def _composed(text: str) -> str:
    """The text in Unicode's composed form: decomposed Vietnamese counts twice for the limit."""
    return unicodedata.normalize("NFC", text)


def _pieces(words: str) -> Sequence[str]:
    return [piece.words for piece in split(Text(words))] if words else []


def _texts(words: str, buttons: Sequence[Json]) -> list[Outgoing]:
    """The text in pieces; the buttons are under the last one, and need a text above them."""
    *first, last = _pieces(words or " · ".join(one["title"] for one in buttons)) or [""]
    return [*map(_text, first), _text(last, buttons)] if last else []


def _text(words: str, buttons: Sequence[Json] = ()) -> Outgoing:
    message: Json = {"text": words}
    if buttons:
        message["attachment"] = {"type": "template", "payload": {"buttons": list(buttons)}}
    return Outgoing(lambda _: message)


def _picture(picture: Media | str, words: str = "") -> Outgoing:
    def write(attachment: str) -> Json:
        file = {"attachment_id": attachment} if attachment else {"url": picture}
        payload = {"template_type": "media", "elements": [{"media_type": "image", **file}]}
        caption = {"text": words} if words else {}
        return {**caption, "attachment": {"type": "template", "payload": payload}}

    return Outgoing(write, picture if isinstance(picture, Media) else None)


def _document(token: str) -> Json:
    return {"attachment": {"type": "file", "payload": {"token": token}}}
