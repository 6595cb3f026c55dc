"""The names of messengers as people know them; they need no translation."""

from collections.abc import Mapping
from types import MappingProxyType

_NAMES: Mapping[str, str] = MappingProxyType({"zalo_oa": "Zalo OA"})


def messenger_name(messenger: str) -> str:
    """The name of a messenger that people read: `Telegram` for `telegram`."""
    return _NAMES.get(messenger) or messenger.capitalize()
