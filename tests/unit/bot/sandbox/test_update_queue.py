"""Long polling: what is confirmed is gone, what is not comes again."""

import asyncio

from tests.support.sandbox_stage import Stage, eventually
from tests.support.waiting import patience


async def _say(stage: Stage, chat: int, *texts: str) -> None:
    for text in texts:
        await stage.say(chat, text)


def _texts(updates: list[dict[str, dict[str, str]]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_an_update_that_was_not_confirmed_comes_again(stage: Stage) -> None:
    await _say(stage, await stage.friend(), "một", "hai")
    assert _texts(await stage.updates()) == ["một", "hai"]
    assert _texts(await stage.updates()) == ["một", "hai"]


async def test_an_offset_confirms_everything_below_it_and_nothing_else(stage: Stage) -> None:
    await _say(stage, await stage.friend(), "một", "hai", "ba")
    first, second, third = await stage.updates()
    assert _texts(await stage.updates(offset=first["update_id"])) == ["một", "hai", "ba"]
    assert _texts(await stage.updates(offset=second["update_id"])) == ["hai", "ba"]
    assert _texts(await stage.updates(offset=0)) == ["hai", "ba"]
    assert await stage.updates(offset=third["update_id"] + 1) == []
    assert await stage.updates() == []


async def test_a_negative_offset_keeps_the_newest_and_forgets_the_rest(stage: Stage) -> None:
    await _say(stage, await stage.friend(), "một", "hai", "ba")
    assert _texts(await stage.updates(offset=-2)) == ["hai", "ba"]
    assert _texts(await stage.updates()) == ["hai", "ba"]


async def test_a_limit_out_of_range_is_bent(stage: Stage) -> None:
    await _say(stage, await stage.friend(), "một", "hai")
    assert _texts(await stage.updates(limit=1)) == ["một"]
    assert _texts(await stage.updates(limit=0)) == ["một"]
    assert len(await stage.updates(limit=1000)) == 2


async def test_update_ids_grow_by_one(stage: Stage) -> None:
    await _say(stage, await stage.friend(), "một", "hai")
    first, second = await stage.updates()
    assert second["update_id"] == first["update_id"] + 1


async def test_kinds_the_bot_did_not_ask_for_are_not_kept(stage: Stage) -> None:
    chat = await stage.friend()
    await stage.updates(allowed_updates=["my_chat_member"])
    await stage.say(chat, "không ai nghe")
    await stage.do(chat, "block")
    (update,) = await stage.updates()
    assert "my_chat_member" in update
    await stage.do(chat, "unblock")
    await stage.updates(allowed_updates=[])
    await stage.say(chat, "giờ thì nghe")
    assert _texts((await stage.updates())[-1:]) == ["giờ thì nghe"]


async def test_a_waiting_poll_wakes_as_soon_as_somebody_writes(stage: Stage) -> None:
    chat = await stage.friend()
    async with patience(), asyncio.TaskGroup() as group:
        poll = group.create_task(stage.updates(timeout=50))
        await _poll_has_arrived(stage, 3)
        await stage.say(chat, "có ai không?")
    assert _texts(poll.result()) == ["có ai không?"]


async def test_a_second_poll_ends_the_first(stage: Stage) -> None:
    chat = await stage.friend()
    async with patience(), asyncio.TaskGroup() as group:
        first = group.create_task(stage.api("getUpdates", timeout=50))
        await _poll_has_arrived(stage, 3)
        second = group.create_task(stage.api("getUpdates", timeout=50))
        assert (await first).status == 409
        await stage.say(chat, "cho máy thứ hai")
    assert first.result().refusal == (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )
    assert _texts(second.result().result) == ["cho máy thứ hai"]


async def test_a_webhook_ends_a_waiting_poll(stage: Stage) -> None:
    async with patience(), asyncio.TaskGroup() as group:
        poll = group.create_task(stage.api("getUpdates", timeout=50))
        await _poll_has_arrived(stage, 1)
        await stage.api("setWebhook", url="http://127.0.0.1:1/")
    assert poll.result().refusal == "Conflict: terminated by setWebhook request"


async def test_an_update_nobody_fetched_is_lost_after_a_day(stage: Stage) -> None:
    chat = await stage.friend()
    await stage.say(chat, "hôm qua")
    await stage.advance(24 * 3600 - 60)
    assert _texts(await stage.updates()) == ["hôm qua"]
    await stage.advance(61)
    assert await stage.updates() == []


async def _poll_has_arrived(stage: Stage, count: int) -> None:
    """`friend` polls twice to forget, a stage without a friend never did."""

    async def arrived() -> bool:
        return len((await stage.get("/sandbox/calls?method=getUpdates")).body) >= count

    await eventually(arrived)
