"""What comes from outside, before anything of the bot reads it.

Every messenger's adapter passes each update through `cleaned`, and reads it with `set_aside_if_broken`
or catches what reading raises itself: one update that cannot be read never holds up another.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import structlog

from handlers.recognition.plain_text import legible

log = structlog.stdlib.get_logger()

LONGEST_TEXT = 4 * 4096
"""Characters; four times what anybody can send. More could only come from somebody who is not the
messenger, and reading it would keep everybody waiting."""
_LONGEST_NAME = 129
"""Characters; a first name, a space and a last name."""
_LARGEST_NUMBER = 2**63
"""No messenger counts further, and no database."""

T = TypeVar("T")


class NotAnUpdate(ValueError):
    """The messenger never sends this."""


class OutOfRange(ValueError):
    """A number that no messenger sends."""


def cleaned(raw: object) -> Any:
    """The same JSON with every text legible: captions, names, options and payloads too.

    Positions in a text stay right, since `legible` keeps its length in UTF-16 units.

    Raises:
        OutOfRange: it holds a number beyond 64 bits.
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
    """What somebody calls themselves, in one line and no longer than any messenger allows."""
    return " ".join(legible(given).split())[:_LONGEST_NAME]


def set_aside_if_broken(read: Callable[[], T | None], **known: object) -> T | None:
    """What `read` gives; None and a line in the log, which quotes nothing, when it raises.

    Raises:
        NotAnUpdate: `read` says that it is none.
    """
    try:
        return read()
    except NotAnUpdate:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, the others have to be read
        # Without the error: it may quote what somebody wrote.
        log.warning("an update could not be read; set aside", kind=type(error).__name__, **known)
        return None
