"""Numbered choices of delivered messages, where the messenger shows too few buttons.

See docs/decisions/0014-handlers-know-no-messenger.md.
"""

from dataclasses import replace

from handlers.conversation.numbered_choices import is_numbered, offer
from handlers.messages import Message, Messenger, as_listed
from storage.conversation import numbered_choices
from storage.database import Store, sealing
from storage.outbox.deliveries import Claimed


class ChoiceOffer:
    """Stores a list before it is sent, so that a reply at once finds it."""

    def __init__(self, store: Store, messenger: Messenger) -> None:
        self._store = store
        self._messenger = messenger

    async def list_for(self, row: Claimed, message: Message) -> int | None:
        """Stores the numbered choices of a message; returns the list's id, None without any."""
        most_buttons = self._messenger.limits.most_buttons
        if not is_numbered(message.rows, most_buttons):
            return None
        async with self._store.write() as tx:
            lookup = sealing.chat_lookup(tx, self._messenger.name, row.chat)
            listed = replace(message, rows=as_listed(message.rows))
            return await offer(tx, lookup, listed, most_buttons)

    async def withdraw(self, list_id: int | None) -> None:
        """Deletes the list of a message that was certainly not sent."""
        if list_id is not None:
            async with self._store.write() as tx:
                await numbered_choices.delete_list(tx, list_id)
