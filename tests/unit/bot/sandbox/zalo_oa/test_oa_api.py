"""How the Official Account API answers: calls a minute, faults by number, broken requests."""

import aiohttp
import pytest

from bot.sandbox.transport.oa_error import MEANINGS
from tests.support.official_account import CS, OaClient, set_account
from tests.support.sandbox_server import Answer, SandboxServer, eventually

GETOA = "v2.0/oa/getoa"


async def _fault(sandbox: SandboxServer, **fields: object) -> Answer:
    return await sandbox.post("/sandbox/faults", {"method": f"oa/{CS}", **fields})


async def _raw(oa: OaClient, method: str, path: str, **request: object) -> aiohttp.ClientResponse:
    url = f"{oa.sandbox.address.url}/oa/{path}"
    headers = {"access_token": oa.access_token}
    answer = await oa.sandbox.http.request(method, url, headers=headers, **request)  # type: ignore[arg-type]
    await answer.read()
    return answer


async def test_calls_past_the_limit_of_a_minute_are_refused(
    sandbox: SandboxServer, oa: OaClient
) -> None:
    await set_account(sandbox, calls_per_minute=1)

    async def refused() -> bool:
        answer = await _raw(oa, "GET", GETOA)
        assert answer.headers["X-RateLimit-Limit"] == "1"
        assert answer.headers["X-RateLimit-Remain"] == "0"
        return bool((await answer.json())["error"] == -32)

    await eventually(refused)


async def test_without_a_limit_there_are_no_headers_of_it(
    sandbox: SandboxServer, oa: OaClient
) -> None:
    await set_account(sandbox, calls_per_minute=0)
    assert "X-RateLimit-Limit" not in (await _raw(oa, "GET", GETOA)).headers


@pytest.mark.parametrize("code", sorted(MEANINGS))
async def test_every_number_can_be_had_on_demand(
    sandbox: SandboxServer, oa: OaClient, lan: str, code: int
) -> None:
    await _fault(sandbox, error=code)
    answer = await oa.send(lan)
    assert (answer["error"], answer["message"]) == (code, MEANINGS[code])
    assert "data" not in answer
    assert (await oa.send(lan))["error"] == 0


@pytest.mark.parametrize("status", [429, 502])
async def test_a_server_in_trouble_answers_with_html(
    sandbox: SandboxServer, oa: OaClient, status: int
) -> None:
    await _fault(sandbox, status=status)
    answer = await _raw(oa, "POST", CS, json={})
    assert (answer.status, answer.content_type) == (status, "text/html")


async def test_a_fault_may_be_meant_for_one_person(
    sandbox: SandboxServer, oa: OaClient, lan: str
) -> None:
    await _fault(sandbox, error=-227, chat_id="5207731846290999999")
    assert (await oa.send(lan))["error"] == 0
    await _fault(sandbox, error=-227, chat_id=lan)
    assert (await oa.send(lan))["error"] == -227


async def test_an_answer_may_be_lost_after_delivery(
    sandbox: SandboxServer, oa: OaClient, lan: str
) -> None:
    await _fault(sandbox, accept_then_drop=True)
    with pytest.raises(aiohttp.ClientConnectionError):
        await oa.send(lan)
    assert len((await sandbox.get("/sandbox/oa/sent")).body) == 1


async def test_numbers_are_for_the_official_account_alone(sandbox: SandboxServer) -> None:
    refused = await sandbox.post("/sandbox/faults", {"method": "sendMessage", "error": -32})
    assert refused.status == 400
    assert "use “status”" in refused.body["error"]


async def test_a_token_in_the_address_does_not_count(oa: OaClient) -> None:
    url = f"{oa.sandbox.address.url}/oa/{GETOA}"
    async with oa.sandbox.http.get(url, params={"access_token": oa.access_token}) as answer:
        assert (await answer.json())["error"] == -216


@pytest.mark.parametrize(
    ("method", "path"), [("GET", CS), ("POST", GETOA), ("POST", "v3.0/oa/upload/image")]
)
async def test_an_unknown_call_is_not_found(oa: OaClient, method: str, path: str) -> None:
    assert (await _raw(oa, method, path)).status == 404


async def test_a_body_that_is_no_json_is_invalid(oa: OaClient) -> None:
    headers = {"Content-Type": "application/json", "access_token": oa.access_token}
    url = f"{oa.sandbox.address.url}/oa/{CS}"
    async with oa.sandbox.http.post(url, data=b"{", headers=headers) as answer:
        assert (await answer.json())["error"] == -201


async def test_calls_are_recorded_with_their_outcome(
    sandbox: SandboxServer, oa: OaClient, lan: str
) -> None:
    await oa.send(lan)
    await oa.send("nobody")
    calls = (await sandbox.get(f"/sandbox/calls?method=oa/{CS}")).body
    assert [call["status"] for call in calls] == [200, -201]
    assert calls[0]["parameters"]["recipient"] == {"user_id": lan}
