"""Zalo as a `Messenger`, with substitutes for what it cannot do."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import Any, Final

from telegram.ext import ExtBot

from bot.zalo.errors import translate
from bot.zalo.message_counter import MessageCounter
from bot.zalo.plain_messenger import PlainMessenger, is_url
from bot.zalo.plain_text import LIMIT, Text, as_text, file_line, read, split, written
from bot.zalo.ptb_request import JsonRequest
from bot.zalo.updates import MESSENGER
from handlers.messages import (
    Address,
    Album,
    DeliveryUncertain,
    Limits,
    Media,
    MediaKind,
    Message,
    MessengerError,
    Part,
    Prepared,
    QuotaSpent,
)
from scheduler.pacing.limiter import INTERACTIVE
from storage.models import Lane

LIMITS: Final = Limits(text=LIMIT, caption=LIMIT, most_buttons=0, edits=False)

Link = Callable[[Media, Address], Awaitable[str]]
"""A URL that expires, from which Zalo can download a file for a chat; empty when there is none."""
Call = tuple[str, dict[str, Any]]
"""A method and its parameters, without the chat."""


class ZaloMessenger(PlainMessenger):
    """One bot account on Zalo; implements `handlers.messages.Messenger`."""

    name: str = MESSENGER
    limits: Limits = LIMITS

    def __init__(
        self, bot: ExtBot[int], files: JsonRequest, link: Link, counter: MessageCounter
    ) -> None:
        self._counter = counter
        self._bot = bot
        self._files = files
        self._link = link

    async def send(self, to: Address, message: Message) -> list[str]:
        """Sends each part as one or more messages; returns their ids."""
        return [
            one
            for part in message.parts(maps=self.limits.maps)
            for one in await self._send(to, part, INTERACTIVE)
        ]

    def prepare(self, part: Part) -> Prepared:
        """A function that sends this part to a chat, on the lane of announcements."""
        return partial(self._send, part=part, lane=Lane.ANNOUNCEMENT)

    async def fetch(self, file: str, limit: int) -> bytes:
        """Downloads a picture from Zalo. Raises Refused past `limit` bytes."""
        return await self._files.download(file, limit)

    async def display_name(self, to: Address) -> str:  # noqa: ARG002
        """Empty: every update carries the name."""
        return ""

    async def typing(self, to: Address) -> None:
        """Shows “typing” (`sendChatAction`)."""
        with translate():
            await self._call("sendChatAction", {"chat_id": to.chat, "action": "typing"})

    async def _send(self, to: Address, part: Part, lane: int) -> list[str]:
        """Sends the calls of a part; each after the first acquires a slot of its own.

        Raises:
            QuotaSpent: the part is no reply, and the monthly quota is used up.
            DeliveryUncertain: some calls succeeded, so the whole must not be retried.
        """
        if lane != INTERACTIVE and self._counter.is_spent:
            raise QuotaSpent(self._counter.next_month)
        sent: list[str] = []
        for method, fields in await self._calls(to, part):
            call = {"chat_id": to.chat, **fields}
            try:
                with translate(new_quota_at=self._counter.next_day):
                    answer = await self._call(method, call, lane if sent else None)
            except MessengerError as error:
                if sent:
                    raise DeliveryUncertain(f"a part of it arrived; then {error}") from None
                raise
            sent.append(_id_of(answer))
            self._counter.add(1)
        return sent

    async def _calls(self, to: Address, part: Part) -> list[Call]:
        """The calls for a part: pictures first, files as links below the text, texts to copy last."""
        part = written(part)
        text = as_text(part) if isinstance(part, Message) else read(part.text)
        attached = part.media if isinstance(part, Album) else filter(None, [part.media])
        found = [(one, url) for one in attached if (url := await self._address(one, to))]
        pictures = [address for one, address in found if one.kind is MediaKind.PHOTO]
        files = [file_line(one, a) for one, a in found if one.kind is not MediaKind.PHOTO]
        text = replace(text, words="\n\n".join(filter(None, (text.words, *files))))
        copied = [_message(piece) for words in text.to_copy for piece in split(Text(words))]
        if len(pictures) == 1 and _fits_as_caption(text):
            return [("sendPhoto", {"photo": pictures[0], "caption": text.words}), *copied]
        texts = split(text) if text.words else []
        shown = [("sendPhoto", {"photo": address}) for address in pictures]
        return [*shown, *map(_message, texts), *copied]

    async def _address(self, media: Media, to: Address) -> str:
        return media.file if is_url(media.file) else await self._link(media, to)

    async def _call(self, method: str, fields: dict[str, Any], lane: int | None = None) -> Any:
        return await self._bot.do_api_request(method, fields, rate_limit_args=lane)


def _fits_as_caption(text: Text) -> bool:
    """A caption is limited in length, and takes no `parse_mode`."""
    return 0 < len(text.words) <= LIMIT and not text.spans


def _message(text: Text) -> Call:
    fields = {"text": text.html, "parse_mode": "html"} if text.spans else {"text": text.words}
    return "sendMessage", fields


def _id_of(answer: object) -> str:
    if isinstance(answer, dict) and isinstance(answer.get("message_id"), str):
        return str(answer["message_id"])
    raise DeliveryUncertain("an answer without a message_id")
