"""JSON as it travels: the one type for its objects, and the one way to write them."""

import json
from typing import Any, TypeAlias

from aiohttp import web

JsonObject: TypeAlias = dict[str, Any]

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def dump(value: object) -> bytes:
    """Compact UTF-8 JSON."""
    return _encode(value).encode()


def respond(value: object, status: int = 200) -> web.Response:
    return web.Response(body=dump(value), status=status, content_type="application/json")


def is_clean(values: object) -> bool:
    """False when a string holds half of a surrogate pair, which no UTF-8 can carry."""
    try:
        dump(values)
    except UnicodeEncodeError:
        return False
    return True
