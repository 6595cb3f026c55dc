"""Reads requests of the control API; errors say what a developer should send instead."""

import json
import math
from dataclasses import dataclass, field

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.sandbox.chats.people import Id, id_from_text
from bot.sandbox.phones.user_actions import ActionImpossible
from bot.sandbox.transport import ApiError, JsonObject, Upload, is_clean, read_parts, respond
from bot.sandbox.transport.origin_check import Guard


class WrongRequest(Exception):
    """The request is malformed; the message says what to send instead."""


@dataclass
class Body:
    """Fields of a request, and its files in order. Getters raise WrongRequest on a wrong type."""

    fields: JsonObject
    files: list[tuple[str, Upload]] = field(default_factory=list)

    def text(self, name: str) -> str:
        """The string, empty when missing."""
        value = self.fields.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise WrongRequest(f"“{name}” must be a string")
        return value

    def required_text(self, name: str) -> str:
        """The string; raises WrongRequest when it is missing or blank."""
        value = self.text(name)
        if not value.strip():
            raise WrongRequest(f"“{name}” is missing or empty")
        return value

    def optional_text(self, name: str) -> str | None:
        """The string; None when missing."""
        return self.text(name) if name in self.fields else None

    def integer(self, name: str) -> int | None:
        """The whole number, also from digits in a string; None when missing."""
        value = self.fields.get(name)
        if value is None:
            return None
        try:
            return int(str(value))
        except ValueError:
            raise WrongRequest(f"“{name}” must be a whole number") from None

    def required_id(self, name: str) -> Id:
        """The id of a person, chat or message: an integer, or a string on Zalo."""
        value = self.fields.get(name)
        named = id_from_text(value) if isinstance(value, str) and value else None
        return named if isinstance(named, str) else self.required_integer(name)

    def required_integer(self, name: str) -> int:
        """The whole number; raises WrongRequest when it is missing."""
        value = self.integer(name)
        if value is None:
            raise WrongRequest(f"“{name}” is missing")
        return value

    def number(self, name: str) -> float | None:
        """A number of seconds; None when missing."""
        value = self.fields.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise WrongRequest(f"“{name}” must be a number of seconds")
        return float(value)

    def flag(self, name: str) -> bool:
        """True or false; false when missing."""
        value = self.fields.get(name, False)
        if not isinstance(value, bool):
            raise WrongRequest(f"“{name}” must be true or false")
        return value

    def structure(self, name: str) -> JsonObject | None:
        """An object, in multipart from JSON text; None when missing."""
        value = self.fields.get(name)
        if isinstance(value, str):
            value = _parse(value)
        if value is not None and not isinstance(value, dict):
            raise WrongRequest(f"“{name}” must be an object")
        return value


async def read_body(request: web.Request) -> Body:
    """Reads JSON or multipart; an empty body is an empty object."""
    if request.content_type == "multipart/form-data":
        return await _read_multipart(request)
    content = await request.read()
    fields = _parse(content) if content.strip() else {}
    if not isinstance(fields, dict):
        raise WrongRequest("The body must be a JSON object")
    if not is_clean(fields):
        raise WrongRequest("A string holds half of a surrogate pair")
    return Body(fields)


def query_number(request: web.Request, name: str, default: float) -> float:
    """A finite number of the query string; raises WrongRequest for anything else."""
    try:
        number = float(request.query.get(name, default))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise WrongRequest(f"“{name}” must be a number")
    return number


def errors_as_sentences(guard: Guard) -> Middleware:
    """Middleware: applies `Guard.objection`, and answers errors as `{"error": sentence}`."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            if objection := guard.objection(request):
                raise objection
            return await handler(request)
        except (WrongRequest, ActionImpossible) as error:
            return respond({"error": str(error)}, 400)
        except ApiError as refusal:
            return respond({"error": refusal.description}, 400)
        except web.HTTPException as error:
            return respond({"error": error.reason}, error.status)

    return middleware


def _parse(content: str | bytes) -> object:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        raise WrongRequest("The body is not JSON") from None


async def _read_multipart(request: web.Request) -> Body:
    try:
        parts = await read_parts(request)
    except ValueError:
        raise WrongRequest("The body is no multipart/form-data") from None
    return Body(
        {name: part for name, part in parts if isinstance(part, str)},
        [(name, part) for name, part in parts if isinstance(part, Upload)],
    )
