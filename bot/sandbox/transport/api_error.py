"""The error that a messenger's API answers instead of a result."""

from bot.sandbox.transport.json_response import JsonObject


class ApiError(Exception):
    """An error of the Bot API: HTTP status, `description` and, rarely, `parameters`."""

    def __init__(self, code: int, description: str, parameters: JsonObject | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def as_json(self) -> JsonObject:
        """The body of the answer: `ok`, `error_code`, `description` and any `parameters`."""
        answer = {"ok": False, "error_code": self.code, "description": self.description}
        return answer if self.parameters is None else answer | {"parameters": self.parameters}


def bad_request(reason: str) -> ApiError:
    """Status 400 with Telegram's prefix, “Bad Request: ”."""
    return ApiError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> ApiError:
    """Status 403 with Telegram's prefix, “Forbidden: ”."""
    return ApiError(403, f"Forbidden: {reason}")


def conflict(reason: str) -> ApiError:
    """Status 409 with Telegram's prefix, “Conflict: ”."""
    return ApiError(409, f"Conflict: {reason}")


def require(condition: object, description: str) -> None:
    """Refuses the request as bad, unless the condition is true.

    Raises:
        ApiError: the condition is false; 400 with this description.
    """
    if not condition:
        raise bad_request(description)
