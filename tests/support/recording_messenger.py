"""A messenger that records its calls and fails as a test tells it to."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from handlers.messages import (
    Address,
    Album,
    Limits,
    MapPoint,
    Media,
    MenuEntry,
    Message,
    Part,
    Prepared,
    Suggestion,
)


@dataclass
class RecordingMessenger:
    """Implements `Messenger`; `done` holds what arrived, in order."""

    name: str = "telegram"
    limits: Limits = field(default_factory=lambda: Limits(4096, 1024, most_buttons=100))
    done: list[tuple[str, ...]] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)
    media: list[Media] = field(default_factory=list)
    """The files of sent messages."""
    files: dict[str, bytes] = field(default_factory=dict)
    trouble: dict[str, list[Exception]] = field(default_factory=dict)
    """Errors that the next calls of a method raise."""
    names: dict[str, str] = field(default_factory=dict)
    """Names of people that updates do not carry, by chat."""
    hold: asyncio.Event | None = None
    """Sends wait for this event before they succeed."""

    async def send(self, to: Address, message: Message) -> list[str]:
        """Records the message, after `hold`."""
        if self.hold is not None:
            await self.hold.wait()
        self._do("send", to.chat, message.text)
        if message.media:
            self.media.append(message.media)
        return [str(len(self.done))]

    def prepare(self, part: Part) -> Prepared:
        """A send of this part."""
        message = part if isinstance(part, Message) else _whole(part)
        return partial(self.send, message=message)

    async def pin(self, to: Address, message_id: str) -> None:
        """Records the pin."""
        self._do("pin", to.chat, message_id)

    async def unpin(self, to: Address, message_id: str) -> None:
        """Records the unpin."""
        self._do("unpin", to.chat, message_id)

    async def edit(self, to: Address, message_id: str, message: Message) -> None:
        """Records the edit."""
        self._do("edit", to.chat, message_id, message.text)

    async def delete(self, to: Address, message_id: str) -> None:
        """Records the deletion."""
        self._do("delete", to.chat, message_id)

    def keeps(self, file: str) -> bool:
        """Every file id is its own."""
        return True

    async def fetch(self, file: str, limit: int) -> bytes:
        """The bytes in `files`, up to `limit`."""
        self._do("fetch", file)
        return self.files[file][:limit]

    async def display_name(self, to: Address) -> str:
        """The name in `names`; empty where there is none."""
        if to.chat in self.names:
            self._do("display_name", to.chat)
        return self.names.get(to.chat, "")

    async def acknowledge(self, press_id: str, toast: str, *, alert: bool) -> None:
        """Records the answer to a press."""
        self._do("acknowledge", press_id, toast, *(["alert"] if alert else []))

    async def suggest(self, lookup_id: str, found: Sequence[Suggestion]) -> None:
        """Records the titles of the suggestions."""
        self._do("suggest", lookup_id, *(one.title for one in found))

    async def set_menu(
        self, to: Address | None, entries: Sequence[MenuEntry], language: str
    ) -> None:
        """Records the commands of the menu."""
        self._do("menu", to.chat if to else "", language, *(entry.command for entry in entries))

    async def typing(self, to: Address) -> None:
        """Records the chat."""
        self._do("typing", to.chat)

    def texts_to(self, chat: str) -> list[str]:
        """The texts that arrived in one chat."""
        return [what[2] for what in self.done if what[:2] == ("send", chat)]

    def shown_in(self, chat: str) -> list[str]:
        """The messages of one chat as they are now, with edits applied."""
        shown: dict[str, str] = {}
        for number, (method, *values) in enumerate(self.done, start=1):
            if method == "send" and values[0] == chat:
                shown[str(number)] = values[1]
            elif method == "edit" and values[0] == chat:
                shown[values[1]] = values[2]
        return list(shown.values())

    def _do(self, method: str, *values: str) -> None:
        self.tried.append(method)
        if waiting := self.trouble.get(method):
            raise waiting.pop(0)
        self.done.append((method, *values))


def _whole(part: Album | MapPoint) -> Message:
    """A message that has this part and no words."""
    return Message("", album=part) if isinstance(part, Album) else Message("", point=part)
