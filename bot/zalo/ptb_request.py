"""HTTP transport of python-telegram-bot for Zalo: JSON requests, and errors inside a 200.

An `ok: false` is converted to the status of its `error_code`, so that the library raises its typed
error for it. Network errors, which the library does not distinguish, have classes of their own here.
"""

import json
import re
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from aiohttp import (
    ClientSession,
    ClientTimeout,
    TCPConnector,
)
from telegram.error import NetworkError, RetryAfter
from telegram.request import BaseRequest, RequestData

from bot.http_failures import NEVER_SENT, RESPONSE_LOST
from bot.zalo import file_download
from storage.database.backoff import Backoff

CONNECT_S = 10.0
ANSWER_S = 60.0
_CONNECTIONS = 30
_BACKOFF = Backoff(first_s=5, max_s=3600)
"""After a 429 without `retry_after`: the rate limit, or a quota whose end Zalo does not tell."""
_GET_UPDATES, _GET_WEBHOOK = "/getUpdates", "/getWebhookInfo"
_QUOTA = re.compile(r"quota|hạn mức|hết lượt", re.IGNORECASE)


class NeverLeft(NetworkError):
    """No connection was made, so nothing was sent."""


class NoAnswer(NetworkError):
    """The request was sent, and no valid response came back."""


class ServerFailed(NetworkError):
    """Zalo failed (5xx)."""


class TooFast(RetryAfter):
    """The library's class, without its deprecation warning for `retry_after`."""

    __slots__ = ()

    @property
    def retry_after(self) -> timedelta:
        """The pause that Zalo asked for; zero when it named none."""
        return self._retry_after


class QuotaUsedUp(NetworkError):
    """The account's quota is used up; Zalo does not say until when."""


class JsonRequest(BaseRequest):
    """One connection pool."""

    def __init__(self, api_url: str = "") -> None:
        """`api_url` is Zalo's address; files may also come from it when it is a local sandbox."""
        self._session: ClientSession | None = None
        self._unnamed_refusals = 0
        """Consecutive 429 responses without `retry_after`."""
        self._api_url = api_url

    @property
    def read_timeout(self) -> float:
        """Seconds until a response must have arrived; the library asks for it."""
        return ANSWER_S

    async def initialize(self) -> None:
        """Opens the pool; no effect when it is open."""
        await self._pool()

    async def _pool(self) -> ClientSession:
        if self._session is None:
            self._session = ClientSession(connector=TCPConnector(limit=_CONNECTIONS))
        return self._session

    async def download(self, url: str, limit: int) -> bytes:
        """The bytes of a file that an update names; raises as `file_download.download`."""
        return await file_download.download(await self._pool(), url, limit, api_url=self._api_url)

    async def shutdown(self) -> None:
        """Closes the pool; the next request opens a new one."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(  # noqa: PLR0917 - the library's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        """Makes one call; returns the status and an envelope that the library can parse.

        Raises:
            NeverLeft, NoAnswer, ServerFailed, TooFast, QuotaUsedUp: errors that no status expresses.
        """
        status, content = await self._exchange(
            method,
            url,
            request_data.parameters if request_data else {},
            read_timeout if isinstance(read_timeout, int | float) else ANSWER_S,
        )
        try:
            meant = _meant(url, status, content)
        except TooFast as refusal:
            raise self._with_backoff(refusal) from None
        if meant[0] == HTTPStatus.OK and not url.endswith(_GET_UPDATES):
            self._unnamed_refusals = 0
        return meant

    def _with_backoff(self, refusal: TooFast) -> TooFast:
        """Exponential back-off, up to an hour, where Zalo names no `retry_after`."""
        if refusal.retry_after:
            return refusal
        delay_s = _BACKOFF.delay_s(self._unnamed_refusals)
        self._unnamed_refusals += 1
        return TooFast(round(delay_s))

    async def _exchange(
        self, method: str, url: str, fields: dict[str, Any], answer_s: float
    ) -> tuple[int, bytes]:
        timeout = ClientTimeout(total=CONNECT_S + answer_s, connect=CONNECT_S)
        try:
            http = await self._pool()
            async with http.request(method, url, json=fields, timeout=timeout) as answer:
                return answer.status, await answer.read()
        except NEVER_SENT as error:
            # Without the cause: its text contains the URL, and the URL contains the token.
            raise NeverLeft(type(error).__name__) from None
        except RESPONSE_LOST as error:
            raise NoAnswer(type(error).__name__) from None


def _meant(url: str, status: int, content: bytes) -> tuple[int, bytes]:
    envelope = _envelope(content)
    if status == HTTPStatus.OK and envelope is None:
        raise NoAnswer("an answer that cannot be read")
    is_json, envelope = envelope is not None, envelope or {"ok": False}
    code = status if envelope.get("ok") else _code(envelope, status)
    if code == HTTPStatus.REQUEST_TIMEOUT and url.endswith(_GET_UPDATES):
        return HTTPStatus.OK, _opened(None)
    if code == HTTPStatus.NOT_FOUND and is_json and url.endswith(_GET_WEBHOOK):
        # Zalo answers 404 when no webhook is set; a refused token is a 401.
        return HTTPStatus.OK, _opened({"url": ""})
    if code == HTTPStatus.TOO_MANY_REQUESTS:
        wait_s = _wait_of(envelope)
        if not wait_s and _QUOTA.search(str(envelope.get("description", ""))):
            raise QuotaUsedUp("the account's quota is used up")
        raise TooFast(wait_s)
    if code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise ServerFailed(f"status {code}")
    if envelope.get("ok") and code == HTTPStatus.OK:
        # Some calls answer a bare `{"ok": true}`, on which the library fails.
        return code, _opened(envelope.get("result", True))
    return code, json.dumps(envelope).encode()


def _envelope(content: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and isinstance(found.get("ok"), bool) else None


def _code(envelope: dict[str, Any], status: int) -> int:
    """The error code; 400 for one that is no HTTP error status."""
    code = envelope.get("error_code", status)
    known = isinstance(code, int) and HTTPStatus.BAD_REQUEST <= code < 600
    return code if known else HTTPStatus.BAD_REQUEST


def _wait_of(envelope: dict[str, Any]) -> int:
    """`retry_after` in seconds; 0 when Zalo names none."""
    parameters = envelope.get("parameters")
    asked = parameters.get("retry_after") if isinstance(parameters, dict) else None
    return asked if isinstance(asked, int) and asked > 0 else 0


def _opened(result: object) -> bytes:
    return json.dumps({"ok": True, "result": result}).encode()
