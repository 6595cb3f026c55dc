"""Trouble on demand strikes the call it is meant for, as often as it is told."""

import aiohttp
import pytest

from tests.support.sandbox_stage import Answer, Stage


async def _fault(stage: Stage, **fields: object) -> Answer:
    return await stage.post("/sandbox/faults", {"method": "sendMessage", **fields})


async def _send(stage: Stage, chat: int) -> Answer:
    return await stage.api("sendMessage", chat_id=chat, text="Chào")


async def test_a_fault_strikes_as_many_times_as_told(stage: Stage) -> None:
    chat = await stage.friend()
    await _fault(stage, status=500, times=2)
    assert [(await _send(stage, chat)).status for _ in range(3)] == [500, 500, 200]


async def test_a_flood_is_answered_as_telegram_does(stage: Stage) -> None:
    chat = await stage.friend()
    await _fault(stage, status=429, retry_after=35)
    assert (await _send(stage, chat)).body == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 35",
        "parameters": {"retry_after": 35},
    }


async def test_a_fault_may_be_meant_for_one_chat_or_one_method(stage: Stage) -> None:
    lan, minh = await stage.friend("Lan"), await stage.friend("Minh")
    await _fault(stage, status=500, chat_id=minh)
    assert (await _send(stage, lan)).status == 200
    assert (await stage.api("getMe")).status == 200
    assert (await _send(stage, minh)).status == 500


async def test_any_method_can_be_struck(stage: Stage) -> None:
    await stage.post(
        "/sandbox/faults", {"method": "*", "status": 502, "description": "Bad Gateway"}
    )
    assert (await stage.api("getMe")).refusal == "Bad Gateway"


async def test_a_refused_call_has_no_effect_and_a_dropped_one_has(stage: Stage) -> None:
    chat = await stage.friend()
    await _fault(stage, status=500)
    await _send(stage, chat)
    assert len(await stage.messages(chat)) == 1
    await _fault(stage, accept_then_drop=True)
    with pytest.raises(aiohttp.ClientConnectionError):
        await _send(stage, chat)
    assert len(await stage.messages(chat)) == 2


async def test_a_delay_alone_only_delays(stage: Stage) -> None:
    chat = await stage.friend()
    await _fault(stage, delay_s=0.01)
    assert (await _send(stage, chat)).status == 200


async def test_faults_can_be_forgotten(stage: Stage) -> None:
    chat = await stage.friend()
    await _fault(stage, status=500, times=9)
    async with stage.http.delete(f"{stage.address.url}/sandbox/faults") as answer:
        assert answer.status == 200
    assert (await _send(stage, chat)).status == 200


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
    stage: Stage, fields: dict[str, object]
) -> None:
    answer = await _fault(stage, **fields)
    assert answer.status == 400
    assert answer.body["error"]
