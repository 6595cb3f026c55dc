"""What every messenger does for the bot."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from handlers.messages.media import Address
from handlers.messages.reply import Limits, MenuEntry, Message, Part, Suggestion

Prepared = Callable[[Address], Awaitable[list[str]]]
"""Sends one message to one chat after the other, and fails as `Messenger.send` does."""


class Messenger(Protocol):
    """One account on one messenger. Every call but `prepare` may raise any `MessengerError`."""

    name: str
    limits: Limits

    async def send(self, to: Address, message: Message) -> list[str]:
        """Sends one message, its album first; returns the ids of the messages it became."""

    def prepare(self, part: Part) -> Prepared:
        """Makes ready what goes to many, so that each of them costs little."""

    async def pin(self, to: Address, message_id: str) -> None:
        """Keeps a message in view at the top of the chat, without ringing for it."""

    async def unpin(self, to: Address, message_id: str) -> None:
        """Lets it go again; one that is not pinned any more is fine."""

    async def edit(self, to: Address, message_id: str, message: Message) -> None:
        """Replaces a message; one that already reads so is fine."""

    async def delete(self, to: Address, message_id: str) -> None:
        """Takes a message away; one that is already gone is fine."""

    def keeps(self, file: str) -> bool:
        """Whether `file` is an id of this messenger's."""

    async def fetch(self, file: str, limit: int) -> bytes:
        """The bytes of a file by the messenger's id; one of more than `limit` bytes is `Refused`."""

    async def acknowledge(self, press_id: str, toast: str, *, alert: bool) -> None:
        """Answers a pressed button; one pressed too long ago is fine."""

    async def suggest(self, lookup_id: str, found: Sequence[Suggestion]) -> None:
        """Answers a lookup, for this person and a few seconds; one asked too long ago is fine."""

    async def set_menu(
        self, to: Address | None, entries: Sequence[MenuEntry], language: str
    ) -> None:
        """Sets the command menu of one chat, or with None of everybody whose app is in `language`."""

    async def typing(self, to: Address) -> None:
        """Shows that an answer is on its way."""
