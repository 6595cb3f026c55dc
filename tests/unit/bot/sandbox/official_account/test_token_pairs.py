"""Tokens of OAuth v4: one valid pair, refresh tokens and codes that work once."""

import pytest

from bot.sandbox.instrumentation.clock import Clock
from bot.sandbox.official_account.token_pairs import (
    ACCESS_LIFE_S,
    CODE_LIFE_S,
    REFRESH_LIFE_S,
    Tokens,
    challenge_of,
)
from bot.sandbox.transport import OaError

VERIFIER = "v" * 43


@pytest.fixture
def clock() -> Clock:
    return Clock(real_now=lambda: 1_796_000_400.0)


@pytest.fixture
def tokens(clock: Clock) -> Tokens:
    return Tokens(clock)


def _code(refused: pytest.ExceptionInfo[OaError]) -> int:
    return refused.value.code


def _check(tokens: Tokens, access_token: str) -> int:
    with pytest.raises(OaError) as refused:
        tokens.check(access_token)
    return _code(refused)


def _renew(tokens: Tokens, refresh_token: str) -> int:
    with pytest.raises(OaError) as refused:
        tokens.renew(refresh_token)
    return _code(refused)


def _redeem(tokens: Tokens, code: str, verifier: str = "") -> int:
    with pytest.raises(OaError) as refused:
        tokens.redeem(code, verifier)
    return _code(refused)


def test_a_refresh_token_works_once_and_ends_the_old_access_token(tokens: Tokens) -> None:
    old = tokens.issue()
    new = tokens.renew(old.refresh_token)
    tokens.check(new.access_token)
    assert _check(tokens, old.access_token) == -216
    assert _renew(tokens, old.refresh_token) == -14014
    tokens.check(new.access_token)


def test_an_access_token_is_valid_for_25_hours(tokens: Tokens, clock: Clock) -> None:
    pair = tokens.issue()
    clock.advance(ACCESS_LIFE_S)
    tokens.check(pair.access_token)
    clock.advance(1)
    assert _check(tokens, pair.access_token) == -220


def test_a_refresh_token_is_valid_for_90_days(tokens: Tokens, clock: Clock) -> None:
    pair = tokens.issue()
    clock.advance(REFRESH_LIFE_S)
    pair = tokens.renew(pair.refresh_token)
    clock.advance(REFRESH_LIFE_S + 1)
    assert _renew(tokens, pair.refresh_token) == -14014


def test_a_code_is_valid_for_ten_minutes_and_once(tokens: Tokens, clock: Clock) -> None:
    in_time, late = tokens.grant(""), tokens.grant("")
    clock.advance(CODE_LIFE_S)
    pair = tokens.redeem(in_time, "")
    tokens.check(pair.access_token)
    assert _redeem(tokens, in_time) == -118
    clock.advance(1)
    assert _redeem(tokens, late) == -118
    assert _redeem(tokens, "never granted") == -118


def test_a_challenge_asks_for_its_verifier(tokens: Tokens) -> None:
    tokens.redeem(tokens.grant(challenge_of(VERIFIER)), VERIFIER)
    assert _redeem(tokens, tokens.grant(challenge_of(VERIFIER)), "w" * 43) == -118
    assert _redeem(tokens, tokens.grant(challenge_of(VERIFIER))) == -118


def test_a_wrong_verifier_uses_up_the_code(tokens: Tokens) -> None:
    code = tokens.grant(challenge_of(VERIFIER))
    assert _redeem(tokens, code, "wrong") == -118
    assert _redeem(tokens, code, VERIFIER) == -118


def test_a_revoked_permission_ends_every_token(tokens: Tokens) -> None:
    pair, code = tokens.issue(), tokens.grant("")
    tokens.revoke()
    assert _check(tokens, pair.access_token) == -220
    assert _renew(tokens, pair.refresh_token) == -14014
    assert _redeem(tokens, code) == -118


def test_the_answer_has_texts_only(tokens: Tokens) -> None:
    answer = tokens.issue().as_json()
    assert answer["expires_in"] == "90000"
    assert all(isinstance(value, str) for value in answer.values())
