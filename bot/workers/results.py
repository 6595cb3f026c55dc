"""Validates the answers of workers, which may be compromised, and converts them to results.

A worker chooses no class and no function. The type of the result is the declared return type of the
task, and an error is a subclass of `handlers.worker_tasks.TaskError`.
"""

import json
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NoReturn, get_type_hints

from pydantic import TypeAdapter

from bot.workers.framing import BLOB, LENGTH, MOST_CHARACTERS, MOST_JSON_BYTES, AnswerStatus
from handlers.worker_tasks import TaskError

_SURROGATE = re.compile(rb"(?<!\\)(?:\\\\)*+\\u[dD][89a-fA-F]")
"""An escaped surrogate: no worker needs it, and as text it could not be encoded."""
READY = TypeAdapter[None](None)
"""The result of the first answer, which means that the worker is ready."""


class NotAnAnswer(Exception):
    """A worker sent something that violates the protocol."""


def result_of(task: Callable[..., Any]) -> TypeAdapter[Any]:
    """The validator of the results of this task; of a partial that of its function."""
    return _adapter(getattr(task, "func", task))


@lru_cache(maxsize=64)
def _adapter(function: Callable[..., Any]) -> TypeAdapter[Any]:
    return TypeAdapter(get_type_hints(function)["return"])


def answer_in(body: bytes, result: TypeAdapter[Any]) -> tuple[AnswerStatus, Any]:
    """The parsed answer of a worker; the error for `AnswerStatus.RAISED`.

    Raises:
        NotAnAnswer: it is not valid.
    """
    try:
        word, value = _read(body)
        said = AnswerStatus(word)
        if said is AnswerStatus.RAISED:
            return said, _error(*value)
        return said, result.validate_python(value) if said is AnswerStatus.DONE else None
    except Exception as error:
        raise NotAnAnswer from error


def _read(body: bytes) -> Any:
    """The JSON with the byte strings that follow it put in their places."""
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
    if _SURROGATE.search(text):
        raise NotAnAnswer
    value = json.loads(text, object_hook=blob, parse_constant=_refuse)
    if end != len(body):
        raise NotAnAnswer
    return value


def _refuse(_: str) -> NoReturn:
    """NaN and infinity are not JSON."""
    raise NotAnAnswer


def _error(name: str, reason: str) -> Exception:
    if not name.isidentifier() or max(len(name), len(reason)) > MOST_CHARACTERS:
        raise NotAnAnswer
    kinds = {kind.__name__: kind for kind in TaskError.__subclasses__()}
    return kinds[name](reason) if name in kinds else RuntimeError(name)
