"""Fault injection: errors, delays and dropped connections for calls of the messengers' APIs."""

import asyncio
from dataclasses import dataclass

from bot.sandbox.transport import ApiError, JsonObject, OaError

ANY_METHOD = "*"

_TEXTS = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Request Entity Too Large",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


@dataclass
class Fault:
    """A fault for the next `times` calls of `method` (“*”: any), in `chat_id` if given.

    `status` is an HTTP status; `error` is a number of the Official Account API, inside HTTP 200.
    """

    method: str
    chat_id: int | str | None = None
    status: int | None = None
    error: int | None = None
    description: str | None = None
    retry_after: int | None = None
    migrate_to_chat_id: int | None = None
    delay_s: float = 0.0
    accept_then_drop: bool = False
    times: int = 1

    def fits(self, method: str, chat_id: int | str | None) -> bool:
        """True when the fault applies to this call."""
        return self.method in (ANY_METHOD, method.lower()) and self.chat_id in (None, chat_id)

    async def apply(self) -> None:
        """Waits `delay_s` seconds, then raises ApiError when the fault has a `status` or `error`."""
        if self.delay_s:
            await asyncio.sleep(self.delay_s)
        if self.error:
            raise OaError(self.error, self.description or "")
        if self.status:
            raise ApiError(
                self.status, self.description or self._default_text(), self._parameters()
            )

    def _default_text(self) -> str:
        return (
            f"Too Many Requests: retry after {self.retry_after or 1}"
            if self.status == 429
            else _TEXTS.get(self.status or 0, "Error")
        )

    def _parameters(self) -> JsonObject | None:
        retry_after = self.retry_after
        if self.status == 429 and retry_after is None:
            retry_after = 1
        given = {"retry_after": retry_after, "migrate_to_chat_id": self.migrate_to_chat_id}
        return {name: value for name, value in given.items() if value is not None} or None


class Faults:
    """Faults not used up yet; the oldest that fits a call is applied."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Applies the fault to calls from now on, after older ones that fit."""
        self._faults.append(fault)

    def clear(self) -> None:
        """Removes all faults."""
        self._faults.clear()

    def take(self, method: str, chat_id: int | str | None) -> Fault | None:
        """The fault for this call, of which one use is consumed; None when none fits."""
        for fault in self._faults:
            if fault.fits(method, chat_id):
                fault.times -= 1
                if fault.times <= 0:
                    self._faults.remove(fault)
                return fault
        return None
