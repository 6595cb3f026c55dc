"""HTTP requests and answers: parameters, uploads, JSON, API errors and the origin check."""

from bot.sandbox.transport.api_error import ApiError, bad_request, conflict, forbidden, require
from bot.sandbox.transport.json_response import JsonObject, dump, is_clean, respond
from bot.sandbox.transport.parameters import Parameters, read
from bot.sandbox.transport.uploads import Upload, read_parts

__all__ = [
    "ApiError",
    "JsonObject",
    "Parameters",
    "Upload",
    "bad_request",
    "conflict",
    "dump",
    "forbidden",
    "is_clean",
    "read",
    "read_parts",
    "require",
    "respond",
]
