"""The bot's side of an answer: data that a stranger may have written becomes what the task results in.

A worker chooses no class and no function. The type of the result is what the task is declared to return,
and an error is one of the kinds that tasks are declared to raise (`handlers.worker_tasks.TaskError`).
"""

import json
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NoReturn, get_type_hints

from pydantic import TypeAdapter

from bot.workers.framing import BLOB, LENGTH, MOST_CHARACTERS, MOST_JSON_BYTES, Said
from handlers.worker_tasks import TaskError

_HALF_A_LETTER = re.compile(rb"(?<!\\)(?:\\\\)*+\\u[dD][89a-fA-F]")
"""An escaped surrogate, of which no worker has need: as text it could not be written anywhere."""
READY = TypeAdapter[None](None)
"""How a worker says that it is ready."""


class NotAnAnswer(Exception):
    """A worker sent something that no worker of ours sends."""


def result_of(task: Callable[..., Any]) -> TypeAdapter[Any]:
    """What makes the results of this task; a partial has those of its function."""
    return _adapter(getattr(task, "func", task))


@lru_cache(maxsize=64)
def _adapter(function: Callable[..., Any]) -> TypeAdapter[Any]:
    return TypeAdapter(get_type_hints(function)["return"])


def answer_in(body: bytes, result: TypeAdapter[Any]) -> tuple[Said, Any]:
    """What a worker answered; of `Said.RAISED` the error.

    Raises:
        NotAnAnswer: it is no such result.
    """
    try:
        word, value = _read(body)
        said = Said(word)
        if said is Said.RAISED:
            return said, _error(*value)
        return said, result.validate_python(value) if said is Said.DONE else None
    except Exception as error:
        raise NotAnAnswer from error


def _read(body: bytes) -> Any:
    """The JSON, in which all of the bytes behind it stand in their places."""
    (length,) = LENGTH.unpack_from(body)
    end = LENGTH.size + length
    if length > MOST_JSON_BYTES or end > len(body):
        raise NotAnAnswer

    def blob(found: dict[str, Any]) -> Any:
        nonlocal end
        if BLOB not in found:
            return found
        begin, end = end, end + found[BLOB]
        if len(found) > 1 or not begin <= end <= len(body):
            raise NotAnAnswer
        return body[begin:end]

    text = body[LENGTH.size : end]
    if _HALF_A_LETTER.search(text):
        raise NotAnAnswer
    value = json.loads(text, object_hook=blob, parse_constant=_refuse)
    if end != len(body):
        raise NotAnAnswer
    return value


def _refuse(_: str) -> NoReturn:
    """NaN and the infinities are no JSON."""
    raise NotAnAnswer


def _error(name: str, reason: str) -> Exception:
    if not name.isidentifier() or max(len(name), len(reason)) > MOST_CHARACTERS:
        raise NotAnAnswer
    kinds = {kind.__name__: kind for kind in TaskError.__subclasses__()}
    return kinds[name](reason) if name in kinds else RuntimeError(name)
