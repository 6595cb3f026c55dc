"""HTTP client of the Open API of Zalo Official Accounts.

The platform answers HTTP 200 with a code in `error`, takes the access token in a header, JSON in
requests that post, and one JSON value in the parameter `data` of requests that get.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from http import HTTPStatus
from io import BytesIO
from typing import Any, Final, Protocol
from zoneinfo import ZoneInfo

import structlog
from aiohttp import (
    ClientResponse,
    ClientSession,
    ClientTimeout,
    FormData,
    TCPConnector,
)

from bot.http_failures import NEVER_SENT, RESPONSE_LOST
from bot.zalo import file_download
from bot.zalo_oa.errors import DONE, TOKEN_INVALID, WrongCall, meaning, meaning_of_status
from handlers.messages import (
    DeliveryUncertain,
    MessengerError,
    RateLimited,
    ServerError,
    TokenRefused,
    Unreachable,
)
from scheduler.pacing.limiter import RateLimiter
from storage.database import Clock

SEND_PATH: Final = "/v3.0/oa/message/cs"
OLD_SEND_PATH: Final = "/v2.0/oa/message"
"""The older call, which accounts of state bodies need: they answer -235 to the newer one."""
QUOTA_PATH: Final = "/v3.0/oa/quota/message"
ACCOUNT_PATH: Final = "/v2.0/oa/getoa"
PERSON_PATH: Final = "/v3.0/oa/user/detail"
UPLOAD_PATH: Final = "/v2.0/oa/upload"
_TIMEOUT: Final = ClientTimeout(total=40.0, connect=10.0)
"""Shorter than the lease of a delivery (`DeliverySettings.lease`)."""
_CONNECTIONS: Final = 30
_REMAINING_HEADER: Final = "X-RateLimit-Remain"
"""Calls that the account may still make in this minute."""

log = structlog.stdlib.get_logger()

Json = dict[str, Any]


class TokenSource(Protocol):
    """Who has the access token."""

    async def current(self) -> str:
        """A valid access token. Raises TokenRefused when access must be granted anew."""

    async def renewed(self, refused: str) -> str:
        """Another token after `refused` was not accepted; raises as `current`."""


@dataclass(frozen=True)
class _Response:
    """A response: its code, or None where no code can be read, and its `data`."""

    status: int
    code: int | None
    data: Any


class OaClient:
    """One account. Every call may raise any `MessengerError`."""

    def __init__(
        self,
        api_url: str,
        tokens: TokenSource,
        rate_limiter: RateLimiter,
        clock: Clock,
        timezone: ZoneInfo,
    ) -> None:
        self._api_url = api_url.rstrip("/")
        self._tokens = tokens
        self._rate_limiter = rate_limiter
        self._clock = clock
        self._timezone = timezone
        self._send_path = SEND_PATH
        self._session: ClientSession | None = None

    async def close(self) -> None:
        """Closes the connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def send(self, chat: str, message: Json) -> Json:
        """Sends one message; returns the `data` of the answer.

        Raises:
            DeliveryUncertain: it may have arrived.
        """
        body = {"recipient": {"user_id": chat}, "message": message}
        refusal = ""
        for path in dict.fromkeys((self._send_path, OLD_SEND_PATH)):
            try:
                answer = _object(await self._post(path, body, has_effect=True))
            except WrongCall as error:
                refusal = str(error)
                continue
            self._remember(path)
            return answer
        raise TokenRefused(refusal)

    async def ask(self, path: str, question: Json) -> Any:
        """Posts a question that changes nothing; returns the `data` of the answer."""
        return await self._post(path, question, has_effect=False)

    async def get(self, path: str, question: Json | None = None) -> Json:
        """Gets `data`; the question is the parameter of the same name."""
        parameters = {"data": json.dumps(question)} if question else {}

        async def request(http: ClientSession, headers: Mapping[str, str]) -> ClientResponse:
            return await http.get(
                self._api_url + path, params=parameters, headers=headers, allow_redirects=False
            )

        return _object(await self._authorised(request, has_effect=False))

    async def upload(self, kind: str, name: str, content_type: str, *, content: bytes) -> str:
        """Uploads a file (`image` or `file`); returns the id to send it by, valid for 7 days.

        Args:
            kind: the last part of the path.
            name: with a proper extension, or the platform stores nothing.
            content_type: its MIME type.
            content: at most 1 MB of a picture and 5 MB of a file.
        """

        async def request(http: ClientSession, headers: Mapping[str, str]) -> ClientResponse:
            # Names are shown to people, so they are not percent-encoded.
            form = FormData(quote_fields=False)
            form.add_field("file", BytesIO(content), filename=name, content_type=content_type)
            url = f"{self._api_url}{UPLOAD_PATH}/{kind}"
            return await http.post(url, data=form, headers=headers, allow_redirects=False)

        data = _object(await self._authorised(request, has_effect=False))
        if not (number := data.get("attachment_id") or data.get("token")):
            raise ServerError("an upload was stored without an id")
        return str(number)

    def _remember(self, path: str) -> None:
        if path != self._send_path:
            log.info("the account takes the older call to send; using it from now on")
            self._send_path = path

    async def download(self, url: str, limit: int) -> bytes:
        """The bytes of a file that somebody sent; needs no token.

        Raises:
            Unreachable, Refused: as `file_download.download`.
        """
        if self._api_url.startswith("https:") and url.startswith("http:"):
            url = f"https:{url.removeprefix('http:')}"
        return await file_download.download(await self._pool(), url, limit, api_url=self._api_url)

    async def _post(self, path: str, body: Json, *, has_effect: bool) -> Any:
        async def request(http: ClientSession, headers: Mapping[str, str]) -> ClientResponse:
            return await http.post(
                self._api_url + path, json=body, headers=headers, allow_redirects=False
            )

        return await self._authorised(request, has_effect=has_effect)

    async def _authorised(
        self,
        request: Callable[[ClientSession, Mapping[str, str]], Awaitable[ClientResponse]],
        *,
        has_effect: bool,
    ) -> Any:
        """The `data` of the answer, after one renewal of a token that is not accepted.

        `has_effect`: whether a call whose answer is lost may have done something.
        """
        token = await self._tokens.current()
        try:
            response = await self._exchange(request, token)
            if response.code in TOKEN_INVALID or response.status == HTTPStatus.UNAUTHORIZED:
                token = await self._tokens.renewed(token)
                response = await self._exchange(request, token)
            if (error := self._error_of(response)) is not None:
                raise error
        except DeliveryUncertain as error:
            if has_effect:
                raise
            raise ServerError(str(error)) from None
        except RateLimited as error:
            self._rate_limiter.halt(error.retry_after_s)
            raise
        return response.data

    def _error_of(self, response: _Response) -> MessengerError | None:
        if response.code is None:
            return meaning_of_status(response.status)
        return None if response.code == DONE else meaning(response.code, self._new_quota_at())

    async def _exchange(
        self,
        request: Callable[[ClientSession, Mapping[str, str]], Awaitable[ClientResponse]],
        token: str,
    ) -> _Response:
        try:
            response = await request(await self._pool(), {"access_token": token})
            content = await response.read()
        except NEVER_SENT as error:
            # Without the cause: its text may quote the request.
            raise Unreachable(type(error).__name__) from None
        except RESPONSE_LOST as error:
            raise DeliveryUncertain(type(error).__name__) from None
        remaining = response.headers.get(_REMAINING_HEADER, "")
        if remaining.isascii() and remaining.isdigit():
            self._rate_limiter.record_remaining(int(remaining))
        return _read(response.status, content)

    async def _pool(self) -> ClientSession:
        if self._session is None:
            self._session = ClientSession(
                connector=TCPConnector(limit=_CONNECTIONS), timeout=_TIMEOUT
            )
        return self._session

    @property
    def today(self) -> date:
        """The present day where the club is."""
        return self._clock.now().astimezone(self._timezone).date()

    def _new_quota_at(self) -> datetime:
        """The next midnight: the platform does not say when a quota is renewed."""
        today = self._clock.now().astimezone(self._timezone)
        return today.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def _read(status: int, content: bytes) -> _Response:
    try:
        found = json.loads(content)
        code = int(found["error"])
    except (ValueError, OverflowError, RecursionError, TypeError, KeyError):
        return _Response(status, None, None)
    return _Response(status, code, found.get("data"))


def _object(data: Any) -> Json:
    return data if isinstance(data, dict) else {}
