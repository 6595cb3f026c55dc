"""OAuth v4 of Zalo Official Accounts: the page that asks an admin for access, and the token calls.

The platform publishes no table of its error codes. Those here were seen by others who run Official
Accounts; a code that is not here is taken for a temporary failure, so that no grant is given up for it.
"""

import base64
import hashlib
import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import aiohttp
import structlog

from bot.http_failures import NEVER_SENT, RESPONSE_LOST
from bot.zalo_oa.client import ACCOUNT_PATH
from bot.zalo_oa.settings import ZaloOaSettings
from storage.accounts.account_grants import TokenPair

CALL_TIMEOUT_S = 20.0
"""Of one call, connecting included; shorter than the lease under which a renewal runs."""
VERIFIER_LETTERS = 43
"""Length of the PKCE verifier that the platform asks for."""
TOKEN_IS_DEAD = frozenset({-14014, -118})
"""The refresh token was used, has expired, or was withdrawn: `Invalid refresh token`, `invalid_grant`."""
APP_IS_REFUSED = frozenset({-14002, -14004})
"""No such app or not active; wrong secret key. The refresh token stays unused."""
log = structlog.stdlib.get_logger()

_PATH = "/v4/oa"
_CONNECT_S = 10.0
ID_MAX = 64
"""Characters of an account's id that are kept."""
_SHORTEST_LIFE, _LONGEST_LIFE = timedelta(hours=1), timedelta(days=30)
"""Lives of an access token that are plausible; the shortest of one whose answer names no other. 25
hours is usual."""


class OAuthError(Exception):
    """A token call failed. The text names no token, code or secret."""


class NotReached(OAuthError):
    """No connection was made, so the platform has not seen the call."""


class AnswerLost(OAuthError):
    """The call was sent and no tokens came back; the platform may have carried it out."""


class Declined(OAuthError):
    """The platform answered with an error code."""

    def __init__(self, code: int, words: str) -> None:
        super().__init__(str(code))
        self.code = code
        self.words = words
        """The platform's own words, for whoever runs the bot; they may quote what was sent."""


class OAuth:
    """The calls of one app. Each opens a connection of its own, since a renewal is once a day."""

    def __init__(self, settings: ZaloOaSettings) -> None:
        self._settings = settings
        self._base = settings.oauth_url.rstrip("/") + _PATH
        self._timeout = aiohttp.ClientTimeout(total=CALL_TIMEOUT_S, connect=_CONNECT_S)

    def page(self, callback: str, nonce: str, verifier: str) -> str:
        """The address of the page on which an admin of the account grants access.

        Args:
            callback: where the platform leads the admin's browser afterwards, with the code.
            nonce: comes back as `state`.
            verifier: the PKCE verifier; its hash goes with the address.
        """
        query = {
            "app_id": self._settings.app_id,
            "redirect_uri": callback,
            "code_challenge": code_challenge(verifier),
            "state": nonce,
        }
        return f"{self._base}/permission?{urlencode(query)}"

    async def exchange(self, code: str, verifier: str) -> TokenPair:
        """The tokens for the code of the page. A code works once, for ten minutes.

        Raises:
            NotReached, AnswerLost, Declined: there are none.
        """
        form = {"grant_type": "authorization_code", "code": code, "code_verifier": verifier}
        return await self._call(form)

    async def refresh(self, refresh_token: str) -> TokenPair:
        """New tokens; the refresh token and the access token so far work no longer.

        Raises:
            NotReached, AnswerLost, Declined: there are none.
        """
        return await self._call({"grant_type": "refresh_token", "refresh_token": refresh_token})

    async def account_of(self, access_token: str) -> str:
        """The id of the account that the token is for (`getoa`); empty if the platform does not say."""
        url = f"{self._settings.api_url.rstrip('/')}{ACCOUNT_PATH}"
        try:
            async with (
                aiohttp.ClientSession(timeout=self._timeout) as http,
                http.get(
                    url, headers={"access_token": access_token}, allow_redirects=False
                ) as response,
            ):
                answer = json.loads(await response.read())
            return str(answer["data"]["oaid"] or "")[:ID_MAX]
        except (*NEVER_SENT, *RESPONSE_LOST, OSError, ValueError, LookupError, TypeError) as error:
            log.warning("the account of new tokens is not known", kind=type(error).__name__)
            return ""

    async def _call(self, form: dict[str, str]) -> TokenPair:
        answer = await self._post(form | {"app_id": self._settings.app_id})
        try:
            return _tokens(json.loads(answer))
        except (ValueError, RecursionError):
            raise AnswerLost("no JSON") from None

    async def _post(self, form: dict[str, str]) -> bytes:
        secret = {"secret_key": self._settings.app_secret.get_secret_value()}
        try:
            async with (
                aiohttp.ClientSession(timeout=self._timeout) as http,
                http.post(
                    f"{self._base}/access_token", data=form, headers=secret, allow_redirects=False
                ) as response,
            ):
                if response.status >= 500:
                    raise AnswerLost(f"HTTP {response.status}")
                return await response.read()
        except NEVER_SENT as error:
            raise NotReached(type(error).__name__) from None
        except (*RESPONSE_LOST, OSError) as error:
            raise AnswerLost(type(error).__name__) from None


def code_challenge(verifier: str) -> str:
    """The PKCE challenge: base64url of the SHA-256 of the verifier, without padding."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _tokens(answer: Any) -> TokenPair:
    if not isinstance(answer, dict):
        raise AnswerLost("no JSON object")
    access_token, refresh_token = answer.get("access_token"), answer.get("refresh_token")
    if access_token and refresh_token:
        return TokenPair(str(access_token), str(refresh_token), _life(answer.get("expires_in")))
    code = _number(answer.get("error"))
    if not code:
        raise AnswerLost("no tokens")
    said = (answer.get(name) for name in ("error_name", "error_reason", "error_description"))
    raise Declined(code, " · ".join(str(words) for words in said if words))


def _life(expires_in: object) -> timedelta:
    """The life of an access token; the platform sends its seconds as a text."""
    seconds = _number(expires_in)
    is_plausible = _SHORTEST_LIFE.total_seconds() <= seconds <= _LONGEST_LIFE.total_seconds()
    return timedelta(seconds=seconds) if is_plausible else _SHORTEST_LIFE


def _number(value: object) -> int:
    try:
        return int(str(value))
    except ValueError:
        return 0
