"""The grant of an Official Account's admin, and the exchange of tokens, over HTTP."""

from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest

from bot.sandbox.official_account.token_pairs import challenge_of
from tests.support.official_account import IDENTITY, TOKEN_CALL, OaClient, exchange, oa_client
from tests.support.sandbox_server import SandboxServer

CALLBACK = "http://127.0.0.1:1/zalo-oa/callback"


async def _permission(sandbox: SandboxServer, **query: str) -> tuple[int, str]:
    """HTTP's status, and the address to which the browser is sent."""
    url = f"{sandbox.address.url}/oa/oauth/v4/oa/permission"
    asked = {"app_id": IDENTITY.app_id, "redirect_uri": CALLBACK, **query}
    async with sandbox.http.get(url, params=asked, allow_redirects=False) as answer:
        return answer.status, answer.headers.get("Location", "")


async def _code(sandbox: SandboxServer, **query: str) -> str:
    _, address = await _permission(sandbox, **query)
    return parse_qs(urlsplit(address).query)["code"][0]


async def test_an_admin_grants_at_once_and_returns_with_a_code(sandbox: SandboxServer) -> None:
    status, address = await _permission(sandbox, state="s1", code_challenge="c1")
    query = parse_qs(urlsplit(address).query)
    assert (status, address.split("?")[0]) == (302, CALLBACK)
    assert (query["oa_id"], query["state"]) == ([IDENTITY.oa_id], ["s1"])
    assert query["code"]


async def test_a_grant_is_for_this_app_and_this_machine(sandbox: SandboxServer) -> None:
    for query in ({"app_id": "1"}, {"redirect_uri": "https://elsewhere.example/"}):
        status, address = await _permission(sandbox, **query)
        assert (status, address) == (200, "")


async def test_a_code_becomes_a_pair_that_opens_the_api(sandbox: SandboxServer) -> None:
    verifier = "v" * 43
    code = await _code(sandbox, code_challenge=challenge_of(verifier))
    fields = {"code": code, "grant_type": "authorization_code", "code_verifier": verifier}
    pair = (await exchange(sandbox, **fields)).body
    oa = OaClient(sandbox, pair["access_token"])
    assert (await oa.get("v2.0/oa/getoa"))["error"] == 0
    assert (await exchange(sandbox, **fields)).body["error"] == -118


async def test_a_renewal_ends_the_old_pair(sandbox: SandboxServer) -> None:
    old = (await sandbox.post("/sandbox/oa/tokens", {})).body
    fields = {"grant_type": "refresh_token", "refresh_token": old["refresh_token"]}
    new = (await exchange(sandbox, **fields)).body
    assert (await OaClient(sandbox, old["access_token"]).get("v2.0/oa/getoa"))["error"] == -216
    assert (await OaClient(sandbox, new["access_token"]).get("v2.0/oa/getoa"))["error"] == 0
    refused = await exchange(sandbox, **fields)
    assert (refused.status, refused.body["error"]) == (200, -14014)
    assert "access_token" not in refused.body
    assert refused.body["error_name"]


@pytest.mark.parametrize(
    ("fields", "secret", "code"),
    [
        ({"app_id": "1"}, "", -14002),
        ({}, "wrong", -14004),
        ({"grant_type": "password"}, "", -14012),
    ],
)
async def test_who_asks_for_tokens_is_checked(
    sandbox: SandboxServer, fields: dict[str, str], secret: str, code: int
) -> None:
    assert (await exchange(sandbox, secret=secret, **fields)).body["error"] == code


async def test_tokens_are_given_for_a_form_alone(sandbox: SandboxServer) -> None:
    answer = await sandbox.post(f"/{TOKEN_CALL}", {"app_id": IDENTITY.app_id})
    assert answer.body["error"] == -14012


async def test_an_answer_may_be_lost_after_the_tokens_were_renewed(
    sandbox: SandboxServer,
) -> None:
    old = (await sandbox.post("/sandbox/oa/tokens", {})).body
    await sandbox.post("/sandbox/faults", {"method": TOKEN_CALL, "accept_then_drop": True})
    fields = {"grant_type": "refresh_token", "refresh_token": old["refresh_token"]}
    with pytest.raises(aiohttp.ClientConnectionError):
        await exchange(sandbox, **fields)
    assert (await OaClient(sandbox, old["access_token"]).get("v2.0/oa/getoa"))["error"] == -216
    assert (await exchange(sandbox, **fields)).body["error"] == -14014


async def test_a_fault_of_the_exchange_leaves_the_tokens(sandbox: SandboxServer) -> None:
    old = (await sandbox.post("/sandbox/oa/tokens", {})).body
    await sandbox.post("/sandbox/faults", {"method": TOKEN_CALL, "error": -14002})
    fields = {"grant_type": "refresh_token", "refresh_token": old["refresh_token"]}
    assert (await exchange(sandbox, **fields)).body["error"] == -14002
    assert "access_token" in (await exchange(sandbox, **fields)).body


async def test_a_revoked_permission_ends_the_tokens(sandbox: SandboxServer) -> None:
    oa = await oa_client(sandbox)
    await sandbox.post("/sandbox/oa/revoke", {})
    assert (await oa.get("v2.0/oa/getoa"))["error"] == -220
