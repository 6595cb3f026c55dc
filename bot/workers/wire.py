"""What bot and worker say to each other: frames of a length in 4 bytes and a pickle.

The bot is trusted by the worker. A worker decodes strangers' files and may be taken over by one, so the
bot reads its answers with an unpickler that makes nothing but plain values and the result types of
`handlers`.
"""

import pickle
import struct
from dataclasses import is_dataclass
from enum import Enum, StrEnum
from io import BytesIO
from typing import Any, Final

LENGTH: Final = struct.Struct("!I")
MOST_BYTES = 48 * 1024 * 1024
"""Of one frame; the largest file that is fetched has less than half of that."""
_RESULTS = "handlers."


class Said(StrEnum):
    """The first part of an answer."""

    READY = "ready"
    DONE = "done"
    RAISED = "raised"
    OUT_OF_MEMORY = "out of memory"


class NotAnAnswer(Exception):
    """A worker sent something that no worker of ours sends."""


def answer(said: Said, value: object = None) -> bytes:
    """What a worker answers, as it goes through the pipe."""
    return frame((said.value, value))


def frame(value: object) -> bytes:
    """The value as it goes through the pipe."""
    written = BytesIO()
    written.write(LENGTH.pack(0))
    pickle.dump(value, written, protocol=pickle.HIGHEST_PROTOCOL)
    length = written.tell() - LENGTH.size
    written.seek(0)
    written.write(LENGTH.pack(length))
    return written.getvalue()


def answer_in(packed: bytes) -> tuple[Said, Any]:
    """What a worker answered.

    Raises:
        NotAnAnswer: it holds anything but results.
    """
    try:
        said, value = _Results(BytesIO(packed)).load()
        found = Said(said)
        if found is Said.RAISED and not isinstance(value, Exception):
            raise NotAnAnswer
    except Exception as error:
        raise NotAnAnswer from error
    return found, value


def is_result(kind: type) -> bool:
    """Whether values of this class may come out of a worker."""
    if kind.__module__ == "builtins":
        return issubclass(kind, Exception)
    plain = is_dataclass(kind) or issubclass(kind, Exception | Enum | tuple)
    return kind.__module__.startswith(_RESULTS) and plain


class _Results(pickle.Unpickler):
    """Finds no function, and no class that does more than hold values."""

    def find_class(self, module: str, name: str) -> Any:
        if module.startswith(_RESULTS) or module == "builtins":
            found = super().find_class(module, name) if "." not in name else None
            if isinstance(found, type) and found.__module__ == module and is_result(found):
                return found
        raise pickle.UnpicklingError("no result")
