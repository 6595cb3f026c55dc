"""A small OAuth server for Official Accounts: refresh tokens work once, old access tokens die."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from enum import StrEnum
from itertools import count
from typing import Any

from aiohttp import web
from pydantic import SecretStr

from bot.zalo_oa.oauth import code_challenge
from bot.zalo_oa.settings import ZaloOaSettings

APP_ID = "1618033988749894848"
SECRET = "secret-of-the-app"
INVALID_TOKEN = -14014
INVALID_CODE = -14019
"""Invented: no source names the code."""
WRONG_APP, WRONG_SECRET = -14002, -14004


class Moment(StrEnum):
    """Where a call to the token address stands."""

    ARRIVED = "arrived"
    """Nothing has been changed yet."""
    CARRIED_OUT = "carried out"
    """The old tokens are dead; the answer has not left."""


Fault = Callable[[Moment], Awaitable[web.StreamResponse | None]]
"""Runs at each moment of one call; what it returns is the answer at once."""


class OAuthServer:
    """The tokens of one account, and how often and how many at once were asked for."""

    def __init__(self) -> None:
        self.url = ""
        self.access_token = self.refresh_token = ""
        self.expires_in = "90000"
        self.account_id = ""
        """The account that granted access, as `getoa` says it; empty: it fails."""
        self.renewals = 0
        """How many times a refresh token was used up."""
        self.calls = 0
        self.most_at_once = 0
        self._at_once = 0
        self._codes: dict[str, str] = {}
        self._faults: list[Fault] = []
        self._numbers = count(1)

    @property
    def settings(self) -> ZaloOaSettings:
        """The settings of a bot that uses this server."""
        return ZaloOaSettings(
            app_id=APP_ID, app_secret=SecretStr(SECRET), oauth_url=self.url, api_url=self.url
        )

    def issue(self) -> None:
        """A new pair of tokens; the one before is dead."""
        number = next(self._numbers)
        self.access_token, self.refresh_token = f"access-{number:04}", f"refresh-{number:04}"

    def issue_code(self, verifier: str = "") -> str:
        """A code of the page; with a verifier only that one exchanges it."""
        code = f"code-of-the-page-{next(self._numbers):04}"
        self._codes[code] = code_challenge(verifier) if verifier else ""
        return code

    def code_for(self, challenge: str) -> str:
        """A code for somebody who opened the page with this challenge and agreed."""
        code = self.issue_code()
        self._codes[code] = challenge
        return code

    def next_call(self, *faults: Fault) -> None:
        """The next calls meet these faults, one each."""
        self._faults += faults

    async def _who(self, request: web.Request) -> web.Response:
        is_known = request.headers.get("access_token") == self.access_token and self.account_id
        answer = {"error": 0, "data": {"oaid": self.account_id}} if is_known else {"error": -216}
        return web.json_response(answer)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.calls += 1
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        fault = self._faults.pop(0) if self._faults else _no_fault
        try:
            if early := await fault(Moment.ARRIVED):
                return early
            answer = web.json_response(self._carry_out(request, await request.post()))
            return await fault(Moment.CARRIED_OUT) or answer
        finally:
            self._at_once -= 1

    def _carry_out(self, request: web.Request, form: Any) -> dict[str, object]:
        if form.get("app_id") != APP_ID:
            return _error(WRONG_APP, "Invalid app id")
        if request.headers.get("secret_key") != SECRET:
            return _error(WRONG_SECRET, "Invalid secret key")
        if form.get("grant_type") == "refresh_token":
            if form.get("refresh_token") != self.refresh_token:
                return _error(INVALID_TOKEN, "Invalid refresh token")
            self.renewals += 1
        else:
            challenge = self._codes.pop(str(form.get("code")), None)
            if challenge is None or challenge not in ("", code_challenge(form["code_verifier"])):
                return _error(INVALID_CODE, f"Invalid code {form.get('code')}")
        self.issue()
        return {
            "access_token": self.access_token,
            "refresh_token": self.refresh_token,
            "expires_in": self.expires_in,
        }


async def _no_fault(_: Moment) -> None:
    return None


async def drop_before(_: Moment) -> web.StreamResponse | None:
    """The connection ends before the call is carried out."""
    return _Dropped()


async def drop_after(moment: Moment) -> web.StreamResponse | None:
    """The connection ends after the call was carried out: the answer is lost."""
    return _Dropped() if moment is Moment.CARRIED_OUT else None


async def bad_gateway_before(_: Moment) -> web.StreamResponse | None:
    """A proxy answers in HTML, and the call was not carried out."""
    return web.Response(status=502, text="<html>Bad Gateway</html>", content_type="text/html")


async def bad_gateway_after(moment: Moment) -> web.StreamResponse | None:
    """A proxy answers in HTML, although the call was carried out."""
    return await bad_gateway_before(moment) if moment is Moment.CARRIED_OUT else None


def declines(code: int) -> Fault:
    """The call is not carried out; the answer is this error code."""

    async def fault(_: Moment) -> web.StreamResponse:
        return web.json_response(_error(code, "an error"))

    return fault


class Held:
    """A call that waits at a moment until the test lets it go on."""

    def __init__(self, moment: Moment) -> None:
        self._moment = moment
        self.is_there, self.go_on = asyncio.Event(), asyncio.Event()

    async def __call__(self, moment: Moment) -> web.StreamResponse | None:
        if moment is self._moment:
            self.is_there.set()
            await self.go_on.wait()
        return None


class _Dropped(web.Response):
    """No answer: the connection is closed."""

    async def prepare(self, request: web.BaseRequest) -> Any:
        assert request.transport is not None
        request.transport.close()
        raise ConnectionResetError


def _error(code: int, name: str) -> dict[str, object]:
    return {"error": code, "error_name": name, "error_reason": "", "error_description": name}


@asynccontextmanager
async def oauth_server() -> AsyncIterator[OAuthServer]:
    """A server on this machine that has issued one pair of tokens."""
    server = OAuthServer()
    server.issue()
    app = web.Application()
    app.router.add_post("/v4/oa/access_token", server._answer)
    app.router.add_get("/v2.0/oa/getoa", server._who)
    runner = web.AppRunner(app, shutdown_timeout=0.0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield server
    finally:
        await runner.cleanup()
