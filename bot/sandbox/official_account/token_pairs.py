"""Access and refresh tokens of the app, by the rules of OAuth v4 for Official Accounts."""

import base64
import hashlib
import secrets
from dataclasses import dataclass

from bot.sandbox.instrumentation.clock import Clock
from bot.sandbox.transport import JsonObject, OaError

CODE_LIFE_S = 10 * 60
ACCESS_LIFE_S = 25 * 3600
REFRESH_LIFE_S = 90 * 24 * 3600
_TOKEN_BYTES = 48


@dataclass(frozen=True)
class TokenPair:
    """An access token with the refresh token that renews it once."""

    access_token: str
    refresh_token: str
    issued_at_s: float

    def as_json(self) -> JsonObject:
        """The answer of `access_token`; `expires_in` in seconds, as text."""
        return {
            "access_token": self.access_token,
            "refresh_token": self.refresh_token,
            "expires_in": str(ACCESS_LIFE_S),
        }


class Tokens:
    """The valid pair, of which there is at most one, and codes that are not redeemed yet."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._pair: TokenPair | None = None
        self._removed: set[str] = set()
        self._codes: dict[str, tuple[str, float]] = {}

    def grant(self, challenge: str) -> str:
        """A code that `redeem` takes once; `challenge` is empty without PKCE."""
        code = secrets.token_urlsafe(_TOKEN_BYTES)
        self._codes[code] = (challenge, self._clock.now_s())
        return code

    def redeem(self, code: str, verifier: str) -> TokenPair:
        """A new pair for a code, which is used up also when the verifier is wrong.

        Raises:
            OaError: -118, the code is unknown, used or too old, or the verifier does not fit.
        """
        challenge, granted_at_s = self._codes.pop(code, ("", float("-inf")))
        if self._clock.now_s() - granted_at_s > CODE_LIFE_S:
            raise OaError(-118, "invalid_grant: the authorization code is invalid or expired")
        if challenge and challenge != challenge_of(verifier):
            raise OaError(-118, "invalid_grant: the code verifier is invalid")
        return self.issue()

    def renew(self, refresh_token: str) -> TokenPair:
        """A new pair; both tokens of the old one become invalid. Raises OaError (-14014)."""
        pair = self._pair
        if (
            pair is None
            or pair.refresh_token != refresh_token
            or self._clock.now_s() - pair.issued_at_s > REFRESH_LIFE_S
        ):
            raise OaError(-14014)
        return self.issue()

    def issue(self) -> TokenPair:
        """A new pair in place of the old one, as the console's API Explorer gives it."""
        self._pair = TokenPair(
            secrets.token_urlsafe(_TOKEN_BYTES),
            secrets.token_urlsafe(_TOKEN_BYTES),
            self._clock.now_s(),
        )
        return self._pair

    def check(self, access_token: str) -> None:
        """Raises OaError: -216 for a token that is not the valid one, -220 for one too old or revoked."""
        pair = self._pair
        if access_token in self._removed:
            raise OaError(-220)
        if pair is None or pair.access_token != access_token:
            raise OaError(-216)
        if self._clock.now_s() - pair.issued_at_s > ACCESS_LIFE_S:
            raise OaError(-220)

    def revoke(self) -> None:
        """Withdraws the account's permission: both tokens and all codes become invalid."""
        if self._pair is not None:
            self._removed.add(self._pair.access_token)
        self._pair = None
        self._codes.clear()


def challenge_of(verifier: str) -> str:
    """The code challenge: base64url of the verifier's SHA-256, without padding."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
