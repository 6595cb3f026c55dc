"""`make demo`: a club with a few days behind it, made by people who used the bot."""

import asyncio

import aiohttp

from bot.demo import data, runner
from tests.integration.conftest import free_port
from tests.support.sandbox_client import SandboxTestClient, SandboxUser, bot_texts
from tests.support.waiting import in_time


async def test_the_demo_opens_on_a_club_that_has_lived_for_some_days() -> None:
    port, stop, said = free_port(), asyncio.Event(), asyncio.Queue[str]()
    demo = asyncio.create_task(runner.run(port, stop, said.put_nowait))
    assert f"http://127.0.0.1:{port}" in await in_time(said.get())
    await in_time(said.get())
    assert "The club is there" in await in_time(said.get())

    async with aiohttp.ClientSession() as http:
        await _has_lived(SandboxTestClient(http, f"http://127.0.0.1:{port}"))
    stop.set()
    await in_time(demo)


async def _has_lived(sandbox: SandboxTestClient) -> None:
    people = {
        one["first_name"]: SandboxUser(sandbox, one["id"]) for one in await sandbox.get("users")
    }
    owner, officer = people[data.OWNER.name], people[data.OFFICER.name]
    ha, bao, anh = (people[member.name] for member in data.MEMBERS)
    lan, thao = people[data.ON_ZALO.name], people[data.ON_OA.name]
    for written in (data.VOTING_DAY, data.WHAT_TO_BRING, data.SCAM_WARNING):
        for person in (owner, officer, ha, bao, anh, lan, thao):
            await person.reads(written.title, written.issuer)
    await _was_free_and_accepted(sandbox, thao)
    assert [one for one in await bot_texts(ha) if "đã có kết luận" in one]
    await anh.reads("Bản tin tổng hợp")
    await officer.says("/choxuly", then="1 vụ việc chờ xử lý")
    assert (await sandbox.get("clock"))["now"].startswith("2026-03-11T02:0")


async def _was_free_and_accepted(sandbox: SandboxTestClient, thao: SandboxUser) -> None:
    """The Official Account's messages were within 48 hours, and the bot took every event."""
    sent = await sandbox.get("oa/sent")
    assert {one["user_id"] for one in sent} == {thao.id}
    assert {one["quota_type"] for one in sent} == {"reply"}
    assert len(sent) == len(await bot_texts(thao))
    assert all(one["accepted"] for one in await sandbox.get("oa/events"))


async def test_a_demo_without_history_stands_on_the_same_day() -> None:
    port, stop, said = free_port(), asyncio.Event(), asyncio.Queue[str]()
    demo = asyncio.create_task(runner.run(port, stop, said.put_nowait, seed=False))
    await in_time(said.get())
    async with aiohttp.ClientSession() as http:
        sandbox = SandboxTestClient(http, f"http://127.0.0.1:{port}")
        assert (await sandbox.get("clock"))["now"].startswith("2026-03-11T02:0")
        assert await sandbox.get("users") == []
    stop.set()
    await in_time(demo)
