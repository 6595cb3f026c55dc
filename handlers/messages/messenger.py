"""The protocol that every messenger adapter implements."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from handlers.messages.media import Address
from handlers.messages.reply import Limits, MenuEntry, Message, Part, Suggestion

Prepared = Callable[[Address], Awaitable[list[str]]]
"""Sends one prepared message to a chat; raises the same errors as `Messenger.send`."""


class Messenger(Protocol):
    """One account on one messenger. Every call but `prepare` may raise any `MessengerError`."""

    name: str
    limits: Limits

    async def send(self, to: Address, message: Message) -> list[str]:
        """Sends one message, its album first; returns the ids of the messages it became."""

    def prepare(self, part: Part) -> Prepared:
        """Prepares a part for many recipients, so that each call costs little."""

    async def pin(self, to: Address, message_id: str) -> None:
        """Pins a message in the chat, without a notification."""

    async def unpin(self, to: Address, message_id: str) -> None:
        """Unpins a message; no error if it is not pinned."""

    async def edit(self, to: Address, message_id: str, message: Message) -> None:
        """Replaces a message; no error if it is unchanged."""

    async def delete(self, to: Address, message_id: str) -> None:
        """Deletes a message; no error if it is already deleted."""

    def keeps(self, file: str) -> bool:
        """Whether `file` is an id of this messenger's."""

    async def fetch(self, file: str, limit: int) -> bytes:
        """The bytes of a file by its id; raises `Refused` for more than `limit` bytes."""

    async def display_name(self, to: Address) -> str:
        """The name of the person in a chat, where updates do not carry it; empty where they do."""

    async def acknowledge(self, press_id: str, toast: str, *, alert: bool) -> None:
        """Answers a button press; no error if it is too old."""

    async def suggest(self, lookup_id: str, found: Sequence[Suggestion]) -> None:
        """Answers an inline query, for this person and a few seconds; no error if it is too old."""

    async def set_menu(
        self, to: Address | None, entries: Sequence[MenuEntry], language: str
    ) -> None:
        """Sets the command menu of one chat, or with None that of all users of `language`."""

    async def typing(self, to: Address) -> None:
        """Shows *typing* in the chat."""
