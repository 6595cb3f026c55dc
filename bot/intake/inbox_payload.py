"""How an incoming update is stored in the inbox: as JSON, without default values."""

from typing import Final

from pydantic import TypeAdapter

from handlers.messages import Incoming

_INCOMING: Final = TypeAdapter(Incoming)


def pack(incoming: Incoming) -> str:
    """The update as JSON."""
    return _INCOMING.dump_json(incoming, exclude_defaults=True).decode()


def unpack(payload: str) -> Incoming:
    """The update that `pack` stored.

    Raises:
        ValidationError: another release stored it in a way that this one cannot parse.
    """
    return _INCOMING.validate_json(payload)
