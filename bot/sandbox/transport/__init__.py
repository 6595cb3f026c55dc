"""HTTP requests and answers: parameters, uploads, JSON, API errors and the origin check."""

from bot.sandbox.transport.api_error import ApiError, bad_request, conflict, forbidden, require
from bot.sandbox.transport.json_response import JsonObject, dump, is_clean, respond
from bot.sandbox.transport.oa_error import OaError, check_limit, check_shape, of_type
from bot.sandbox.transport.parameters import Parameters, from_body, read
from bot.sandbox.transport.uploads import Upload, read_parts

__all__ = [
    "ApiError",
    "JsonObject",
    "OaError",
    "Parameters",
    "Upload",
    "bad_request",
    "check_limit",
    "check_shape",
    "conflict",
    "dump",
    "forbidden",
    "from_body",
    "is_clean",
    "of_type",
    "read",
    "read_parts",
    "require",
    "respond",
]
