"""The protocol between bot and worker: frames of a length in 4 bytes and a body.

A request is a pickle: the worker trusts the bot. The bot does not trust a worker, which decodes
untrusted files and may be compromised by one. An answer is therefore JSON; byte strings follow the
JSON, one after the other. `bot.workers.results` validates it.
"""

import json
import pickle
import struct
from dataclasses import fields, is_dataclass
from enum import Enum, StrEnum
from io import BytesIO
from typing import Any, Final

LENGTH: Final = struct.Struct("!I")
MOST_BYTES = 48 * 1024 * 1024
"""The limit of a frame; the largest file that is fetched is less than half of it."""
MOST_JSON_BYTES = 4 * 1024 * 1024
"""The limit of the JSON in an answer; parsed it takes up to 30 times as much memory."""
MOST_CHARACTERS = 200
"""The limit of an error's reason, which may be logged."""
BLOB = ""
"""The only key of an object that stands for bytes; its value is their length. No field has this name."""


class AnswerStatus(StrEnum):
    """The first part of an answer."""

    DONE = "done"
    """The task returned. The first answer has no result and means that the worker is ready."""
    RAISED = "raised"
    OUT_OF_MEMORY = "out of memory"


class _RequestPickler(pickle.Pickler):
    """Encodes a sentence of `handlers.conversation` as a plain `str`.

    To decode its own class, the worker would import that package and the database with it.
    """

    def reducer_override(self, one: Any) -> Any:
        if isinstance(one, str) and not isinstance(one, Enum):
            return str, (str(one),)
        return NotImplemented


def frame(value: object) -> bytes:
    """A request, encoded for the pipe."""
    written = BytesIO()
    written.write(LENGTH.pack(0))
    _RequestPickler(written, protocol=pickle.HIGHEST_PROTOCOL).dump(value)
    length = written.tell() - LENGTH.size
    written.seek(0)
    written.write(LENGTH.pack(length))
    return written.getvalue()


def answer(said: AnswerStatus, value: object = None) -> bytes:
    """An answer, encoded for the pipe.

    Raises:
        TypeError: the value is not plain data.
        ValueError: it is too large.
    """
    blobs: list[bytes] = []

    def default(one: object) -> object:
        if isinstance(one, bytes):
            blobs.append(one)
            return {BLOB: len(one)}
        return _plain(one)

    text = json.dumps((said, value), default=default, ensure_ascii=False, allow_nan=False).encode()
    length = LENGTH.size + len(text) + sum(map(len, blobs))
    if len(text) > MOST_JSON_BYTES or length > MOST_BYTES:
        raise ValueError("the result is too large")
    return b"".join((LENGTH.pack(length), LENGTH.pack(len(text)), text, *blobs))


def _plain(one: Any) -> object:
    """Converts what `json` cannot encode."""
    if isinstance(one, Enum):
        return one.value
    if is_dataclass(one) and not isinstance(one, type):
        return {field.name: getattr(one, field.name) for field in fields(one)}
    raise TypeError(type(one).__qualname__)
