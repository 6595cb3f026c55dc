"""Parses a table of `config.toml` into a settings dataclass; pydantic checks the values.

A field `x_minute` (minutes after midnight), unless it is a rate `per_minute`, is written
`x_at = "7:00"`; a duration is written `"90 days"`, `"48 hours"`, `"15 minutes"` or `"30 seconds"`; a
number is never negative.
"""

import re
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from dataclasses import Field as DataclassField
from datetime import timedelta
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import (
    Annotated,
    Any,
    Final,
    LiteralString,
    TypeVar,
    get_args,
    get_origin,
    get_type_hints,
)
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    Field,
    SecretStr,
    TypeAdapter,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    create_model,
)
from pydantic_core import ErrorDetails, PydanticCustomError

T = TypeVar("T")

_MINUTE, _RATE = "_minute", "per_minute"
_SPAN = re.compile(r"(\d+) (second|minute|hour|day)s?")
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


class WrongValue(Exception):
    """A key of the configuration has an invalid value; the text names key, value and fix."""

    def __init__(self, key: str, fix: str, value: object = MISSING) -> None:
        self.key = key
        shown = "" if value is MISSING else f" = {value!r}"
        super().__init__(f"{key}{shown}: {fix}")


def read(kind: type[T], table: object, path: str, *, without: tuple[str, ...] = ()) -> T:
    """Parses the table at `path` into an object of `kind`; no table may set fields in `without`.

    Raises:
        WrongValue: a key is unknown or missing, or its value is invalid.
    """
    try:
        found: T = TypeAdapter(_table_of(kind, without)).validate_python(table)
    except ValidationError as wrong:
        raise _in_our_words(path, wrong.errors()[0]) from None
    return found


def _fix(sentence: str, *, shown: bool = True) -> PydanticCustomError:
    """A validation error with this advice; the value is printed only if `shown`."""
    error: LiteralString = "value_shown" if shown else "value_hidden"
    return PydanticCustomError(error, "{fix}", {"fix": sentence})


def _or_say(sentence: str, *, shown: bool = True) -> WrapValidator:
    """Replaces all errors of a validator by this advice."""

    def validate(value: object, handler: ValidatorFunctionWrapHandler) -> Any:
        try:
            return handler(value)
        except ValidationError:
            raise _fix(sentence, shown=shown) from None

    return WrapValidator(validate)


def _span(value: object) -> timedelta:
    match = _SPAN.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise _fix('must be a span of time such as "90 days" or "48 hours"')
    try:
        return timedelta(**{f"{match[2]}s": int(match[1])})
    except OverflowError:
        raise _fix("is too long a span of time") from None


def _minute(value: object) -> int:
    match = _TIME.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise _fix('must be a time of day such as "7:00" or "19:30"')
    return int(match[1]) * 60 + int(match[2])


_STRICT: Final = Field(strict=True)
_TEXT: Final = 'must be text in quotes: "…"'
_TYPES: Mapping[Any, Any] = MappingProxyType(
    {
        str: Annotated[str, _STRICT, _or_say(_TEXT)],
        SecretStr: Annotated[SecretStr, _STRICT, _or_say(_TEXT, shown=False)],
        int: Annotated[int, Field(strict=True, ge=0), _or_say("must be a whole number, 0 or more")],
        float: Annotated[
            float, Field(strict=True, ge=0, lt=1e9), _or_say("must be a number, 0 or more")
        ],
        bool: Annotated[bool, _STRICT, _or_say("must be true or false, without quotes")],
        ZoneInfo: Annotated[ZoneInfo, _or_say('must be a time zone such as "Asia/Ho_Chi_Minh"')],
        timedelta: Annotated[timedelta, BeforeValidator(_span)],
        Path: Annotated[Path, _or_say(_TEXT)],
    }
)


def _table_of(kind: Any, without: tuple[str, ...] = ()) -> Any:
    """The type from which pydantic validates a table and builds a dataclass of `kind`."""
    hints = get_type_hints(kind)
    known = {_key_of(one): one for one in fields(kind) if one.name not in without}
    columns: dict[str, Any] = {
        one.name: (
            Annotated[_type_of(one.name, hints[one.name]), Field(alias=key)],
            ... if one.default is MISSING and one.default_factory is MISSING else None,
        )
        for key, one in known.items()
    }
    model = create_model(kind.__name__, **columns)

    def check_keys(table: object) -> object:
        if not isinstance(table, Mapping):
            raise PydanticCustomError("no_table", "no table")
        for key in table:
            if key not in known:
                raise PydanticCustomError(
                    "unknown_key", "{key}: {fix}", {"key": key, "fix": _advice(key, list(known))}
                )
        return table

    def make(table: BaseModel) -> Any:
        return kind(**{name: getattr(table, name) for name in table.model_fields_set})

    return Annotated[model, BeforeValidator(check_keys), AfterValidator(make)]


def _advice(key: str, known: list[str]) -> str:
    near = get_close_matches(key, known, 1)
    meant = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(known)}"
    return f"no such key; {meant}"


def _key_of(one: DataclassField[Any]) -> str:
    """The key of a field in the file."""
    return one.name.removesuffix(_MINUTE) + "_at" if _is_time_of_day(one.name) else one.name


def _is_time_of_day(name: str) -> bool:
    return name.endswith(_MINUTE) and name != _RATE


def _type_of(name: str, kind: Any) -> Any:
    if _is_time_of_day(name):
        return Annotated[int, BeforeValidator(_minute)]
    if get_origin(kind) is tuple:
        item: Any = _type_of("", get_args(kind)[0])
        return tuple[item, ...]
    if is_dataclass(kind):
        return _table_of(kind)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return Annotated[kind, _or_say(f"must be one of: {', '.join(kind)}")]
    return _TYPES[kind]


def _in_our_words(path: str, error: ErrorDetails) -> WrongValue:
    """Converts the first error of pydantic to `WrongValue`."""
    context = error.get("ctx", {})
    key = path + "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in error["loc"])
    match error["type"]:
        case "missing":
            return WrongValue(key, "is missing: config.example.toml explains what belongs there")
        case "tuple_type":
            return WrongValue(key, 'must be a list, e.g. ["…", "…"]', error["input"])
        case "no_table":
            return WrongValue(key, f"must be a table: start it with [{key}]", error["input"])
        case "unknown_key":
            return WrongValue(f"{key}.{context['key']}", context["fix"])
        case "value_hidden":
            return WrongValue(key, context["fix"])
    return WrongValue(key, context["fix"], error["input"])
