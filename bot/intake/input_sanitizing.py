"""Sanitizing of input from outside, before any other code reads it.

The adapter of every messenger passes each update through `cleaned`, and parses it with
`set_aside_if_broken`: one update that cannot be parsed never blocks another.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import structlog

from handlers.recognition.plain_text import legible

log = structlog.stdlib.get_logger()

LONGEST_TEXT = 4 * 4096
"""Characters; four times what a person can send. Longer texts can only be forged, and
would block the event loop."""
_LONGEST_NAME = 129
"""Characters; a first name, a space and a last name."""
_LARGEST_NUMBER = 2**63
"""No messenger uses larger numbers, and no database column holds them."""

T = TypeVar("T")


class NotAnUpdate(ValueError):
    """The input is no update; no messenger sends this."""


class OutOfRange(ValueError):
    """A number of more than 64 bits."""


def cleaned(raw: object) -> Any:
    """The same JSON with every text sanitized: captions, names, options and payloads too.

    Positions in a text stay right, since `legible` keeps its length in UTF-16 units.

    Raises:
        OutOfRange: it holds a number of more than 64 bits.
    """
    if isinstance(raw, str):
        return legible(raw[:LONGEST_TEXT])
    if isinstance(raw, list):
        return [cleaned(item) for item in raw]
    if isinstance(raw, Mapping):
        return {key: cleaned(value) for key, value in raw.items()}
    if isinstance(raw, int | float) and not -_LARGEST_NUMBER <= raw < _LARGEST_NUMBER:
        raise OutOfRange("a number beyond 64 bits")
    return raw


def name_of(given: str) -> str:
    """A display name, in one line and no longer than any messenger allows."""
    return " ".join(legible(given).split())[:_LONGEST_NAME]


def set_aside_if_broken(read: Callable[[], T | None], **known: object) -> T | None:
    """What `read` returns; None when it raises, which is logged without quoting the input.

    Raises:
        NotAnUpdate: the input is no update.
    """
    try:
        return read()
    except NotAnUpdate:
        raise
    except Exception as error:  # noqa: BLE001 - one update must not block the others
        # Without the text of the error, which may quote the update.
        log.warning("an update could not be read; set aside", kind=type(error).__name__, **known)
        return None
