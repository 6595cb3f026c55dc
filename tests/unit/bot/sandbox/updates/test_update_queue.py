"""Long polling: what is confirmed is gone, what is not comes again."""

import asyncio

from tests.support.sandbox_server import SandboxServer, eventually
from tests.support.waiting import time_limit


async def _say(sandbox: SandboxServer, chat: int, *texts: str) -> None:
    for text in texts:
        await sandbox.say(chat, text)


def _texts(updates: list[dict[str, dict[str, str]]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_an_update_that_was_not_confirmed_comes_again(sandbox: SandboxServer) -> None:
    await _say(sandbox, await sandbox.add_started_user(), "một", "hai")
    assert _texts(await sandbox.updates()) == ["một", "hai"]
    assert _texts(await sandbox.updates()) == ["một", "hai"]


async def test_an_offset_confirms_everything_below_it_and_nothing_else(
    sandbox: SandboxServer,
) -> None:
    await _say(sandbox, await sandbox.add_started_user(), "một", "hai", "ba")
    first, second, third = await sandbox.updates()
    assert _texts(await sandbox.updates(offset=first["update_id"])) == ["một", "hai", "ba"]
    assert _texts(await sandbox.updates(offset=second["update_id"])) == ["hai", "ba"]
    assert _texts(await sandbox.updates(offset=0)) == ["hai", "ba"]
    assert await sandbox.updates(offset=third["update_id"] + 1) == []
    assert await sandbox.updates() == []


async def test_a_negative_offset_keeps_the_newest_and_forgets_the_rest(
    sandbox: SandboxServer,
) -> None:
    await _say(sandbox, await sandbox.add_started_user(), "một", "hai", "ba")
    assert _texts(await sandbox.updates(offset=-2)) == ["hai", "ba"]
    assert _texts(await sandbox.updates()) == ["hai", "ba"]


async def test_a_limit_out_of_range_is_bent(sandbox: SandboxServer) -> None:
    await _say(sandbox, await sandbox.add_started_user(), "một", "hai")
    assert _texts(await sandbox.updates(limit=1)) == ["một"]
    assert _texts(await sandbox.updates(limit=0)) == ["một"]
    assert len(await sandbox.updates(limit=1000)) == 2


async def test_update_ids_grow_by_one(sandbox: SandboxServer) -> None:
    await _say(sandbox, await sandbox.add_started_user(), "một", "hai")
    first, second = await sandbox.updates()
    assert second["update_id"] == first["update_id"] + 1


async def test_kinds_the_bot_did_not_ask_for_are_not_kept(
    sandbox: SandboxServer, chat: int
) -> None:
    await sandbox.updates(allowed_updates=["my_chat_member"])
    await sandbox.say(chat, "không ai nghe")
    await sandbox.do(chat, "block")
    (update,) = await sandbox.updates()
    assert "my_chat_member" in update
    await sandbox.do(chat, "unblock")
    await sandbox.updates(allowed_updates=[])
    await sandbox.say(chat, "giờ thì nghe")
    assert _texts((await sandbox.updates())[-1:]) == ["giờ thì nghe"]


async def test_a_waiting_poll_wakes_as_soon_as_somebody_writes(
    sandbox: SandboxServer, chat: int
) -> None:
    async with time_limit(), asyncio.TaskGroup() as group:
        poll = group.create_task(sandbox.updates(timeout=50))
        await _poll_has_arrived(sandbox, 3)
        await sandbox.say(chat, "có ai không?")
    assert _texts(poll.result()) == ["có ai không?"]


async def test_a_second_poll_ends_the_first(sandbox: SandboxServer, chat: int) -> None:
    async with time_limit(), asyncio.TaskGroup() as group:
        first = group.create_task(sandbox.api("getUpdates", timeout=50))
        await _poll_has_arrived(sandbox, 3)
        second = group.create_task(sandbox.api("getUpdates", timeout=50))
        assert (await first).status == 409
        await sandbox.say(chat, "cho máy thứ hai")
    assert first.result().refusal == (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )
    assert _texts(second.result().result) == ["cho máy thứ hai"]


async def test_a_webhook_ends_a_waiting_poll(sandbox: SandboxServer) -> None:
    async with time_limit(), asyncio.TaskGroup() as group:
        poll = group.create_task(sandbox.api("getUpdates", timeout=50))
        await _poll_has_arrived(sandbox, 1)
        await sandbox.api("setWebhook", url="http://127.0.0.1:1/")
    assert poll.result().refusal == "Conflict: terminated by setWebhook request"


async def test_an_update_nobody_fetched_is_lost_after_a_day(sandbox: SandboxServer) -> None:
    await sandbox.say(await sandbox.add_started_user(), "hôm qua")
    await sandbox.advance(24 * 3600 - 60)
    assert _texts(await sandbox.updates()) == ["hôm qua"]
    await sandbox.advance(61)
    assert await sandbox.updates() == []


async def _poll_has_arrived(sandbox: SandboxServer, count: int) -> None:
    """`add_started_user` polls twice to confirm, which a sandbox without users never did."""

    async def arrived() -> bool:
        return len((await sandbox.get("/sandbox/calls?method=getUpdates")).body) >= count

    await eventually(arrived)
