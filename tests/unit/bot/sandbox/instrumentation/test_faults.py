"""Trouble on demand strikes the call it is meant for, as often as it is told."""

import aiohttp
import pytest

from tests.support.sandbox_server import Answer, SandboxServer


async def _fault(sandbox: SandboxServer, **fields: object) -> Answer:
    return await sandbox.post("/sandbox/faults", {"method": "sendMessage", **fields})


async def _send(sandbox: SandboxServer, chat: int) -> Answer:
    return await sandbox.api("sendMessage", chat_id=chat, text="Chào")


async def test_a_fault_strikes_as_many_times_as_told(sandbox: SandboxServer, chat: int) -> None:
    await _fault(sandbox, status=500, times=2)
    assert [(await _send(sandbox, chat)).status for _ in range(3)] == [500, 500, 200]


async def test_a_flood_is_answered_as_telegram_does(sandbox: SandboxServer, chat: int) -> None:
    await _fault(sandbox, status=429, retry_after=35)
    assert (await _send(sandbox, chat)).body == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 35",
        "parameters": {"retry_after": 35},
    }


async def test_a_fault_may_be_meant_for_one_chat_or_one_method(sandbox: SandboxServer) -> None:
    lan, minh = await sandbox.add_started_user("Lan"), await sandbox.add_started_user("Minh")
    await _fault(sandbox, status=500, chat_id=minh)
    assert (await _send(sandbox, lan)).status == 200
    assert (await sandbox.api("getMe")).status == 200
    assert (await _send(sandbox, minh)).status == 500


async def test_any_method_can_be_struck(sandbox: SandboxServer) -> None:
    await sandbox.post(
        "/sandbox/faults", {"method": "*", "status": 502, "description": "Bad Gateway"}
    )
    assert (await sandbox.api("getMe")).refusal == "Bad Gateway"


async def test_a_refused_call_has_no_effect_and_a_dropped_one_has(
    sandbox: SandboxServer, chat: int
) -> None:
    await _fault(sandbox, status=500)
    await _send(sandbox, chat)
    assert len(await sandbox.messages(chat)) == 1
    await _fault(sandbox, accept_then_drop=True)
    with pytest.raises(aiohttp.ClientConnectionError):
        await _send(sandbox, chat)
    assert len(await sandbox.messages(chat)) == 2


async def test_a_delay_alone_only_delays(sandbox: SandboxServer, chat: int) -> None:
    await _fault(sandbox, delay_s=0.01)
    assert (await _send(sandbox, chat)).status == 200


async def test_faults_can_be_forgotten(sandbox: SandboxServer, chat: int) -> None:
    await _fault(sandbox, status=500, times=9)
    async with sandbox.http.delete(f"{sandbox.address.url}/sandbox/faults") as answer:
        assert answer.status == 200
    assert (await _send(sandbox, chat)).status == 200


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"retry_after": 3},
        {"status": 200},
        {"status": 500, "times": 0},
        {"status": 500, "delay_s": -1},
        {"status": 500, "moon": "full"},
        {"status": 500, "method": "sendMoon"},
        {"status": "bad"},
    ],
    ids=str,
)
async def test_a_fault_that_makes_no_sense_is_refused_with_a_reason(
    sandbox: SandboxServer, fields: dict[str, object]
) -> None:
    answer = await _fault(sandbox, **fields)
    assert answer.status == 400
    assert answer.body["error"]
