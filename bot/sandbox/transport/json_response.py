"""JSON of requests and answers: the type of its objects, its encoding and a check of strings."""

import json
from typing import Any, TypeAlias

from aiohttp import web

JsonObject: TypeAlias = dict[str, Any]

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def dump(value: object) -> bytes:
    """Compact UTF-8 JSON."""
    return _encode(value).encode()


def respond(value: object, status: int = 200) -> web.Response:
    """An HTTP answer with this value as its JSON body."""
    return web.Response(body=dump(value), status=status, content_type="application/json")


def is_clean(values: object) -> bool:
    """False when a string contains an unpaired surrogate, which UTF-8 cannot encode."""
    try:
        dump(values)
    except UnicodeEncodeError:
        return False
    return True
