"""Parameters of a call, from the query string, JSON, a form or multipart, as on Telegram."""

import json
from collections.abc import Mapping
from urllib.parse import parse_qsl

from aiohttp import web

from bot.sandbox.transport.api_error import bad_request, require
from bot.sandbox.transport.json_response import JsonObject, is_clean
from bot.sandbox.transport.uploads import Upload, parts_of

_TRUE = ("true", "yes", "1")


class Parameters:
    """Typed reading of named values. JSON gives real types, forms give strings."""

    __slots__ = ("_uploads", "_values")

    def __init__(self, values: JsonObject, uploads: Mapping[str, Upload] | None = None) -> None:
        self._values = values
        self._uploads = uploads or {}

    def given(self, name: str) -> bool:
        """True when the caller sent this parameter, also with an empty value."""
        return name in self._values

    def text(self, name: str) -> str:
        """The value as text: empty when missing, JSON text for other types than strings."""
        value = self._values.get(name, "")
        if isinstance(value, str):
            return value
        return "" if value is None else json.dumps(value)

    def integer(self, name: str, default: int = 0) -> int:
        """The value as an integer; `default` when missing or not a number, as on Telegram."""
        try:
            return int(self._values.get(name, default))
        except (TypeError, ValueError, OverflowError):
            return default

    def flag(self, name: str) -> bool:
        """True for JSON's `true` and the texts “true”, “yes” and “1”; False otherwise."""
        value = self._values.get(name)
        return value is True or (value is not None and str(value).lower() in _TRUE)

    def structure(self, name: str) -> object:
        """A JSON value; None when missing. Raises ValueError on broken JSON."""
        value = self._values.get(name)
        if isinstance(value, str):
            return json.loads(value) if value else None
        return value

    def structure_text(self, name: str) -> str:
        """A JSON value as text, as it would stand in a form; empty when missing."""
        value = self._values.get(name, "")
        return value if isinstance(value, str) else json.dumps(value)

    def upload(self, name: str) -> Upload | None:
        """The file sent under this name, or the one that `attach://<name>` refers to."""
        if name in self._uploads:
            return self._uploads[name]
        attached = self.text(name)
        return self._uploads.get(attached.removeprefix("attach://")) if attached else None

    def as_json(self) -> JsonObject:
        """All values for the record of calls; a file is reduced to its name and size in bytes."""
        return self._values | {
            name: {"file_name": file.file_name, "size": len(file.content)}
            for name, file in self._uploads.items()
        }


async def read(request: web.Request) -> Parameters:
    """Reads parameters from the query, then from the body: JSON, form or multipart.

    Raises ApiError (400) when the body cannot be read.
    """
    query: JsonObject = dict(request.query) if request.query_string else {}
    return from_body(await request.read(), request.headers.get("Content-Type", ""), query)


def from_body(body: bytes, content_type: str, others: JsonObject) -> Parameters:
    """The parameters of a body with this `Content-Type` header, and others that it may replace.

    Raises ApiError (400) when the body cannot be read.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if kind.startswith("multipart/"):
        return _parse_multipart(body, content_type, others)
    return Parameters(others | _parse_body(body, kind) if body else others)


def _parse_body(body: bytes, content_type: str) -> JsonObject:
    if content_type == "application/json":
        return _parse_json(body)
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True))
    except UnicodeDecodeError:
        raise bad_request("strings must be encoded in UTF-8") from None


def _parse_json(body: bytes) -> JsonObject:
    try:
        values = json.loads(body)
    except (ValueError, RecursionError):
        raise bad_request("can't parse JSON object") from None
    if not isinstance(values, dict):
        raise bad_request("object expected as request body")
    require(b"\\u" not in body or is_clean(values), "strings must be encoded in UTF-8")
    return {name: value for name, value in values.items() if value is not None}


def _parse_multipart(body: bytes, content_type: str, others: JsonObject) -> Parameters:
    values, uploads = dict(others), dict[str, Upload]()
    try:
        parts = parts_of(body, content_type)
    except ValueError:
        raise bad_request("can't parse multipart body") from None
    for name, part in parts:
        if isinstance(part, Upload):
            uploads[name] = part
        else:
            values[name] = part
    return Parameters(values, uploads)
