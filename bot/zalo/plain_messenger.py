"""What Zalo's Bot Platform and its Official Accounts both lack, and what stands in for it."""

from collections.abc import Sequence

from handlers.messages import Address, MenuEntry, Message, Refused, Suggestion

_HTTP = ("https://", "http://")


def is_url(file: str) -> bool:
    """Whether a file is a URL: Zalo has no file ids."""
    return file.startswith(_HTTP)


class PlainMessenger:
    """A messenger without pins, edits, toasts, inline queries and command menus."""

    async def pin(self, to: Address, message_id: str) -> None:
        """Does nothing: there are no pins."""

    async def unpin(self, to: Address, message_id: str) -> None:
        """Does nothing: there are no pins."""

    def keeps(self, file: str) -> bool:
        """Whether the file is a URL."""
        return is_url(file)

    async def edit(self, to: Address, message_id: str, message: Message) -> None:  # noqa: ARG002
        """There are no edits: the caller sends the new text as a message."""
        raise Refused("this messenger cannot edit")

    async def delete(self, to: Address, message_id: str) -> None:  # noqa: ARG002
        """Messages cannot be deleted: the caller sends a notice."""
        raise Refused("this messenger cannot delete")

    async def acknowledge(self, press_id: str, toast: str, *, alert: bool) -> None:
        """Nothing to acknowledge: a choice is a text, and so is what a toast would say."""

    async def suggest(self, lookup_id: str, found: Sequence[Suggestion]) -> None:
        """There are no inline queries."""

    async def set_menu(
        self, to: Address | None, entries: Sequence[MenuEntry], language: str
    ) -> None:
        """There is no command menu that a bot can set; `/trogiup` names the commands."""
