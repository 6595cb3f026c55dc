"""Structured logs that identify updates and requests, and contain no person, text or token."""

import logging
import re
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor

_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{20,}")
_PASSWORD = re.compile(r"(?<=://)([^/@\s:]*):([^/@\s]+)@")
_ROOT = Path(__file__).resolve().parents[2]
_LIBRARY_FRAMES = 3
_OURS = ("bot", "handlers", "scheduler", "storage", "__main__")
_OF_LIBRARIES = logging.WARNING
"""Below this level libraries log requests, recipients and contents of pictures."""
_QUIETER = {
    # It warns of every look that was skipped while one ran late; the agenda has its own check.
    "apscheduler": logging.ERROR,
}
_FIXED_WORDS = re.compile(r"[\w ,.:;!-]*")


class LogFormat(StrEnum):
    """How lines are rendered: for a terminal, or one JSON object each."""

    CONSOLE = "console"
    JSON = "json"


class LogLevel(StrEnum):
    """The lowest level that is logged."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class LogSettings:
    """Format and level of the log."""

    format: LogFormat = LogFormat.CONSOLE
    level: LogLevel = LogLevel.INFO


def set_up(settings: LogSettings, stream: TextIO = sys.stderr) -> None:
    """Sends all log records of this process to `stream`; of libraries, warnings and above."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        without_messages,
        without_tokens,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[without_values, *shared],
        use_get_message=False,
        pass_foreign_args=True,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _renderer(settings.format, stream),
        ],
    )
    _take_over(formatter, settings, stream)


def _take_over(formatter: logging.Formatter, settings: LogSettings, stream: TextIO) -> None:
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    level = logging.getLevelNamesMapping()[settings.level.upper()]
    root.setLevel(max(level, _OF_LIBRARIES))
    for name in _OURS:
        logging.getLogger(name).setLevel(level)
    for name, quieter in _QUIETER.items():
        logging.getLogger(name).setLevel(quieter)


def _renderer(form: LogFormat, stream: TextIO) -> Processor:
    if form is LogFormat.JSON:
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(colors=stream.isatty())


def without_values(_: Any, __: str, event: EventDict) -> EventDict:
    """Keeps only the constant part of a library's message.

    What a library inserts (an update, a value of a picture, the text of an exception) is removed.
    """
    has_places = bool(event.pop("positional_args", ()))
    if not has_places:
        found = _FIXED_WORDS.match(str(event["event"]))
        event["event"] = found.group().strip() if found else ""
    return event


def without_messages(_: Any, __: str, event: EventDict) -> EventDict:
    """Replaces an exception by its classes and stack frames.

    Its message is removed: it may quote a member's text or an API call.
    """
    info = event.pop("exc_info", None)
    error = sys.exc_info()[1] if info is True else info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        event["error"] = " < ".join(_kinds(error))
        event["trace"] = _places(error)
    event.pop("exc_text", None)
    event.pop("stack_info", None)
    return event


def _kinds(error: BaseException) -> list[str]:
    """The class of the exception, then those of its causes."""
    found = [type(error).__qualname__]
    while (error := error.__cause__ or error.__context__) is not None:  # type: ignore[assignment]
        found.append(type(error).__qualname__)
    return found


def _places(error: BaseException) -> list[str]:
    """All frames in our own code, and the last three of any code."""
    frames = list(traceback.extract_tb(error.__traceback__))
    kept = [f for f in frames[:-_LIBRARY_FRAMES] if _is_ours(f.filename)] + frames[
        -_LIBRARY_FRAMES:
    ]
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in kept]


def _is_ours(filename: str) -> bool:
    path = Path(filename)
    return path.is_relative_to(_ROOT) and "site-packages" not in path.parts


def _short(filename: str) -> str:
    path = Path(filename)
    return str(path.relative_to(_ROOT)) if _is_ours(filename) else "/".join(path.parts[-2:])


def without_tokens(_: Any, __: str, event: EventDict) -> EventDict:
    """Masks bot tokens, and passwords in URLs, in all values."""
    return {key: _masked(value) for key, value in event.items()}


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return _PASSWORD.sub(r"\1:…@", _TOKEN.sub("…", value))
    if isinstance(value, Mapping | MutableMapping):
        return {key: _masked(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_masked(item) for item in value]
    return value
