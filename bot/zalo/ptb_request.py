"""HTTP transport of python-telegram-bot for Zalo: JSON requests, and errors inside a 200.

An `ok: false` is converted to the status of its `error_code`, so that the library raises its typed
error for it. Network errors, which the library does not distinguish, have classes of their own here.
"""

import json
import re
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    TCPConnector,
)
from telegram.error import BadRequest, NetworkError, RetryAfter
from telegram.request import BaseRequest, RequestData

from storage.database.backoff import Backoff

CONNECT_S = 10.0
ANSWER_S = 60.0
_CONNECTIONS = 30
_BACKOFF = Backoff(first_s=5, max_s=3600)
"""After a 429 without `retry_after`: the rate limit, or a quota whose end Zalo does not tell."""
_GET_UPDATES, _GET_WEBHOOK = "/getUpdates", "/getWebhookInfo"
_QUOTA = re.compile(r"quota|hạn mức|hết lượt", re.IGNORECASE)
FILE_HOSTS = ("zdn.vn", "zadn.vn", "zaloplatforms.com")
"""Zalo's own domains; a picture that somebody sent stands at a host of one of them.

The documentation of the Bot Platform and of Official Accounts shows `*.zdn.vn`; `*.zadn.vn` is the
older network of the same pictures.
"""


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
        return self._retry_after


class QuotaUsedUp(NetworkError):
    """The account's quota is used up; Zalo does not say until when."""


def is_zalos_own(url: str, api_url: str) -> bool:
    """Whether a file's address leads to Zalo: https to a host of its own, or the bot's own sandbox."""
    try:
        file, api = urlsplit(url), urlsplit(api_url)
        port = file.port
        if api.scheme == "http":
            return (file.scheme, file.hostname, port) == (api.scheme, api.hostname, api.port)
    except ValueError:
        return False
    host = (file.hostname or "").rstrip(".")
    is_known = any(host == one or host.endswith(f".{one}") for one in FILE_HOSTS)
    return file.scheme == "https" and port in {None, 443} and is_known


class JsonRequest(BaseRequest):
    """One pool of connections."""

    def __init__(self, api_url: str = "") -> None:
        """`api_url` says where Zalo is: a sandbox on this machine keeps its pictures there too."""
        self._session: ClientSession | None = None
        self._unnamed_refusals = 0
        """429 without `retry_after`, one after the other."""
        self._api_url = api_url

    @property
    def read_timeout(self) -> float:
        return ANSWER_S

    async def initialize(self) -> None:
        """Opens the pool; a second time changes nothing."""
        await self._pool()

    async def _pool(self) -> ClientSession:
        if self._session is None:
            self._session = ClientSession(connector=TCPConnector(limit=_CONNECTIONS))
        return self._session

    async def download(self, url: str, limit: int) -> bytes:
        """The bytes at an address that an update gave; redirects are not followed.

        Raises:
            NeverLeft: it could not be fetched now.
            BadRequest: it is not Zalo's own, is gone, or has more than `limit` bytes.
        """
        if not is_zalos_own(url, self._api_url):
            raise BadRequest("the address is not Zalo's own")
        timeout = ClientTimeout(total=CONNECT_S + ANSWER_S, connect=CONNECT_S)
        try:
            http = await self._pool()
            async with http.get(url, timeout=timeout, allow_redirects=False) as answer:
                is_there = answer.status == HTTPStatus.OK
                content = await answer.content.read(limit + 1) if is_there else b""
                while len(content) <= limit and (more := await answer.content.read(limit + 1)):
                    content += more
        except (ClientError, TimeoutError, ConnectionError) as error:
            raise NeverLeft(type(error).__name__) from None
        if not is_there or len(content) > limit:
            raise BadRequest("the file is gone or too large")
        return content

    async def shutdown(self) -> None:
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
        """Makes one call; returns the status it means and an envelope the library can open.

        Raises:
            NeverLeft, NoAnswer, ServerFailed, TooFast, QuotaUsedUp: what the status alone would not say.
        """
        given = read_timeout if isinstance(read_timeout, int | float) else ANSWER_S
        fields = request_data.parameters if request_data else {}
        status, content = await self._exchange(method, url, fields, given)
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
        except (ClientConnectorError, ConnectionTimeoutError) as error:
            # Without the cause: its text holds the address, and the address holds the token.
            raise NeverLeft(type(error).__name__) from None
        except (ClientError, TimeoutError, ConnectionError) as error:
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
        # Without a webhook Zalo says that there is nothing to be found. A refused token is a 401.
        return HTTPStatus.OK, _opened({"url": ""})
    if code == HTTPStatus.TOO_MANY_REQUESTS:
        wait_s = _wait_of(envelope)
        if not wait_s and _QUOTA.search(str(envelope.get("description", ""))):
            raise QuotaUsedUp("the account's quota is used up")
        raise TooFast(wait_s)
    if code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise ServerFailed(f"status {code}")
    if envelope.get("ok") and code == HTTPStatus.OK:
        # Some calls answer a bare `{"ok": true}`, which the library would trip over.
        return code, _opened(envelope.get("result", True))
    return code, json.dumps(envelope).encode()


def _envelope(content: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and isinstance(found.get("ok"), bool) else None


def _code(envelope: dict[str, Any], status: int) -> int:
    """The error's code; one that is no status of HTTP counts as a request that is refused."""
    code = envelope.get("error_code", status)
    known = isinstance(code, int) and HTTPStatus.BAD_REQUEST <= code < 600
    return code if known else HTTPStatus.BAD_REQUEST


def _wait_of(envelope: dict[str, Any]) -> int:
    """Seconds; 0 when Zalo names no time."""
    parameters = envelope.get("parameters")
    asked = parameters.get("retry_after") if isinstance(parameters, dict) else None
    return asked if isinstance(asked, int) and asked > 0 else 0


def _opened(result: object) -> bytes:
    return json.dumps({"ok": True, "result": result}).encode()
