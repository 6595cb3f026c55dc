"""Reads one settings dataclass out of one table of `config.toml`.

A field `x_minute` (minutes after midnight) is written `x_at = "7:00"`; a span of time is written
`"90 days"`, `"48 hours"`, `"15 minutes"` or `"30 seconds"`; a number is never negative.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import timedelta
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import SecretStr

T = TypeVar("T")

_MINUTE = "_minute"
_SPAN = re.compile(r"(\d+) (second|minute|hour|day)s?")
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


class WrongValue(Exception):
    """A key of the configuration holds something it cannot; the text names key, value and fix."""

    def __init__(self, key: str, fix: str, value: object = MISSING) -> None:
        self.key = key
        shown = "" if value is MISSING else f" = {value!r}"
        super().__init__(f"{key}{shown}: {fix}")


def read(kind: type[T], table: object, path: str, *, without: tuple[str, ...] = ()) -> T:
    """An object of `kind` out of the table at `path`; `without` are fields no file may set.

    Raises:
        WrongValue: a key is unknown or missing, or its value is of no use.
    """
    if not isinstance(table, Mapping):
        raise WrongValue(path, f"must be a table: start it with [{path}]", table)
    hints = get_type_hints(kind)
    known = {key_of(one): one for one in _fields(kind) if one.name not in without}
    for key in table:
        if key not in known:
            raise WrongValue(_join(path, key), _advice(key, list(known)))
    given = {
        one.name: _value(hints[one.name], one, table[key], _join(path, key))
        for key, one in known.items()
        if key in table or _must_be_given(one, _join(path, key))
    }
    return kind(**given)


def key_of(one: Field[Any]) -> str:
    """What a field is called in the file."""
    return one.name.removesuffix(_MINUTE) + "_at" if one.name.endswith(_MINUTE) else one.name


def _fields(kind: Any) -> tuple[Field[Any], ...]:
    return fields(kind)


def _must_be_given(one: Field[Any], key: str) -> bool:
    if one.default is MISSING and one.default_factory is MISSING:
        raise WrongValue(key, "is missing: config.example.toml explains what belongs there")
    return False


def _advice(key: str, known: list[str]) -> str:
    near = get_close_matches(key, known, 1)
    meant = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(known)}"
    return f"no such key; {meant}"


def _value(kind: Any, one: Field[Any], value: object, key: str) -> Any:
    if one.name.endswith(_MINUTE):
        return _minute(value, key)
    return value_of(kind, value, key)


def value_of(kind: Any, value: object, key: str) -> Any:
    """`value` as the type `kind`.

    Raises:
        WrongValue: it cannot be.
    """
    if get_origin(kind) is tuple:
        return _several(get_args(kind)[0], value, key)
    if is_dataclass(kind):
        return read(kind, value, key)  # type: ignore[arg-type]
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _one_of(kind, value, key)
    return _READERS[kind](value, key)


def _several(kind: Any, value: object, key: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise WrongValue(key, 'must be a list, e.g. ["…", "…"]', value)
    return tuple(value_of(kind, item, f"{key}[{n}]") for n, item in enumerate(value))


def _one_of(kind: type[StrEnum], value: object, key: str) -> StrEnum:
    choices = [str(member) for member in kind]
    if value not in choices:
        raise WrongValue(key, f"must be one of: {', '.join(choices)}", value)
    return kind(value)


def _text(value: object, key: str) -> str:
    if not isinstance(value, str):
        raise WrongValue(key, 'must be text in quotes: "…"', value)
    return value


def _secret(value: object, key: str) -> SecretStr:
    if not isinstance(value, str):
        raise WrongValue(key, 'must be text in quotes: "…"')
    return SecretStr(value)


def _whole(value: object, key: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise WrongValue(key, "must be a whole number, 0 or more", value)
    return value


def _number(value: object, key: str) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value < 1e9:
        raise WrongValue(key, "must be a number, 0 or more", value)
    return float(value)


def _flag(value: object, key: str) -> bool:
    if not isinstance(value, bool):
        raise WrongValue(key, "must be true or false, without quotes", value)
    return value


def _zone(value: object, key: str) -> ZoneInfo:
    try:
        return ZoneInfo(_text(value, key))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        fix = 'must be a time zone such as "Asia/Ho_Chi_Minh"'
        raise WrongValue(key, fix, value) from None


def _span(value: object, key: str) -> timedelta:
    match = _SPAN.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise WrongValue(key, 'must be a span of time such as "90 days" or "48 hours"', value)
    try:
        return timedelta(**{f"{match[2]}s": int(match[1])})
    except OverflowError:
        raise WrongValue(key, "is too long a span of time", value) from None


def _minute(value: object, key: str) -> int:
    match = _TIME.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise WrongValue(key, 'must be a time of day such as "7:00" or "19:30"', value)
    return int(match[1]) * 60 + int(match[2])


def _path(value: object, key: str) -> Path:
    return Path(_text(value, key))


_READERS: Mapping[Any, Callable[[object, str], Any]] = MappingProxyType(
    {
        str: _text,
        SecretStr: _secret,
        int: _whole,
        float: _number,
        bool: _flag,
        ZoneInfo: _zone,
        timedelta: _span,
        Path: _path,
    }
)


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
