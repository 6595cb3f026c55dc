"""Presses of buttons, which come back as texts: payloads that only the club can have made.

A payload is the action of its button with a keyed hash over it and the chat, so nobody presses by
typing a button that this chat was not offered. Buttons cannot be removed from a message; those made
under a club key that is gone are answered as unknown ones. See
docs/decisions/0038-presses-carry-a-keyed-payload.md.
"""

import hmac
import re
from base64 import urlsafe_b64encode
from typing import Final

from storage.database.vault import Vault

UNKNOWN: Final = "?"
"""The action of a payload whose hash is wrong; no button has it."""
_KIND: Final = "zalo_oa press"
_MAC_BYTES: Final = 12
_PAYLOAD: Final = re.compile(r"#(.{1,80})~([A-Za-z0-9_-]{16})")
"""The platform's console has a filter that drops texts without `#` at their beginning."""


class Payloads:
    """Makes and reads the payloads of buttons."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def of(self, chat: str, action: str) -> str:
        """The payload of a button with this action, offered to this chat."""
        return f"#{action}~{_text(self._vault.lookup(_KIND, chat, action))}"

    def action(self, chat: str, text: str) -> str:
        """The action that a text from this chat presses; empty for an ordinary text."""
        payload = _PAYLOAD.fullmatch(text)
        if payload is None:
            return ""
        action, given = payload.groups()
        expected = (_text(one) for one in self._vault.lookups(_KIND, chat, action))
        is_ours = [hmac.compare_digest(given, one) for one in expected]
        return action if any(is_ours) else UNKNOWN


def _text(keyed_hash: bytes) -> str:
    return urlsafe_b64encode(keyed_hash[:_MAC_BYTES]).decode()
