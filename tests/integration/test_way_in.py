"""Updates on their way in and answers on their way out, over real HTTP."""

import asyncio
import re

import aiohttp
import pytest

from bot.cli.owner_invite import invite_owner
from bot.demo import actions, data
from tests.integration.conftest import Home, MakeHome, running
from tests.support.sandbox_client import (
    SandboxTestClient,
    SandboxUser,
    bot_texts,
    menu_commands,
    until,
)


async def test_a_stranger_writes_and_is_answered(bot: Home, lan: SandboxUser) -> None:
    await lan.says("/trogiup")
    await lan.reads(bot.settings.club.name)


async def test_the_strangers_menu_is_in_the_language_of_their_app(
    sandbox: SandboxTestClient, bot: Home
) -> None:
    lan, amy = await sandbox.add_user("Lan"), await sandbox.add_user("Amy", language="en")

    async def both_are_set() -> bool:
        return "trogiup" in await menu_commands(lan) and "help" in await menu_commands(amy)

    await until(both_are_set, "the menus")


async def test_in_a_group_the_bot_only_points_to_the_private_chat(
    sandbox: SandboxTestClient, bot: Home, lan: SandboxUser
) -> None:
    group = await sandbox.post("groups", title="Tổ dân phố 5", members=[lan.id])
    await sandbox.post(f"chats/{group['id']}/send", text="/trogiup", **{"as": lan.id})
    await SandboxUser(sandbox, group["id"]).reads("https://t.me/niemtin_bot")


async def test_updates_come_through_the_webhook_too(
    sandbox: SandboxTestClient, make_home: MakeHome
) -> None:
    home = make_home(webhook=True)
    async with running(home.settings):
        lan = await sandbox.add_user("Lan")
        await lan.says("/trogiup")
        await lan.reads(home.settings.club.name)
    assert not await sandbox.calls("getUpdates")


async def test_somebody_can_join_on_either_database(
    sandbox: SandboxTestClient, make_home: MakeHome, database_url: str
) -> None:
    home = make_home(database=database_url)
    async with running(home.settings):
        hanh = await sandbox.add_user(data.OWNER.name)
        await actions.join(hanh, (await invite_owner(home.settings)).code, data.OWNER)
        await hanh.says("/trogiup", then="/loimoi")


async def test_a_messages_answers_come_in_the_order_they_were_asked_for(
    bot: Home, lan: SandboxUser
) -> None:
    for _ in range(5):
        await lan.says("/trogiup")
        await lan.says("/huy")

    async def all_are_answered() -> bool:
        return len(await bot_texts(lan)) == 10

    await until(all_are_answered, "ten answers")
    first, second, *rest = await bot_texts(lan)
    assert first != second
    assert rest == [first, second] * 4


async def test_an_answer_that_did_not_arrive_is_sent_again(
    sandbox: SandboxTestClient, bot: Home, lan: SandboxUser
) -> None:
    await sandbox.inject_fault(method="sendMessage", status=502, times=2)
    await lan.says("/trogiup")
    await lan.reads(bot.settings.club.name)


async def test_an_answer_of_unknown_fate_is_not_repeated(
    sandbox: SandboxTestClient, bot: Home, lan: SandboxUser
) -> None:
    await sandbox.inject_fault(method="sendMessage", accept_then_drop=True)
    await lan.says("/trogiup")
    await lan.reads(bot.settings.club.name)
    await lan.says("/huy")
    await lan.reads("gõ /trogiup để xem các lệnh")
    assert len(await sandbox.calls("sendMessage")) == 2


async def test_a_pressed_button_is_acknowledged_and_its_message_changes(
    bot: Home, lan: SandboxUser
) -> None:
    await lan.starts()
    await lan.presses("English")
    await lan.reads("Hello!")


async def test_health_tells_the_parts_apart(sandbox: SandboxTestClient, bot: Home) -> None:
    url = f"http://127.0.0.1:{bot.settings.web.port}/healthz"
    async with aiohttp.ClientSession() as http:
        async with http.get(url) as answer:
            well = await answer.json()
            assert answer.status == 200, well
        assert {"database", "queue", "messenger"} <= well.keys()


async def test_what_the_bot_did_can_be_measured(bot: Home, lan: SandboxUser) -> None:
    await lan.starts()
    await lan.presses("English")
    await lan.reads("Hello!")
    url = f"http://127.0.0.1:{bot.settings.web.port}/metrics"
    async with aiohttp.ClientSession() as http, http.get(url) as answer:
        told = await answer.text()
    assert (answer.status, answer.content_type) == (200, "text/plain")
    assert re.search(r"^niemtin_answer_seconds_count [1-9]", told, re.MULTILINE)
    assert 'niemtin_pace_ceiling_per_second{messenger="telegram"}' in told
    assert "niemtin_up 1.0" in told
    assert "Lan" not in told


async def test_health_says_when_the_messenger_does_not_know_the_bot(
    sandbox: SandboxTestClient, bot: Home
) -> None:
    await sandbox.inject_fault(method="getMe", status=401, times=100)
    url = f"http://127.0.0.1:{bot.settings.web.port}/healthz"
    async with aiohttp.ClientSession() as http, http.get(url) as answer:
        sick = await answer.json()
    assert answer.status == 503
    assert not sick["messenger"]["ok"]
    assert sick["database"]["ok"]


@pytest.mark.parametrize("secret", [None, "", "wrong", "sécret-é", "\udcff"])
async def test_the_webhook_stores_nothing_from_somebody_without_the_secret(
    sandbox: SandboxTestClient, make_home: MakeHome, secret: str | None
) -> None:
    home = make_home(webhook=True)
    async with running(home.settings):
        status = await _bring(home, b'{"update_id": 5}', secret)
    assert status == 403


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[]", 400),
        (b'{"a": 1}', 400),
        (b"\xff", 400),
        (b"[" * 100_000, 400),
        (b" " * 2_000_000, 413),
    ],
)
async def test_the_webhook_refuses_what_is_no_update(
    sandbox: SandboxTestClient, make_home: MakeHome, body: bytes, status: int
) -> None:
    home = make_home(webhook=True)
    async with running(home.settings):
        assert await _bring(home, body, "nobody-else-knows") == status


async def _bring(home: Home, body: bytes, secret: str | None) -> int:
    """As raw bytes: a client library would refuse to send some of these headers."""
    head = f"X-Telegram-Bot-Api-Secret-Token: {secret}\r\n" if secret is not None else ""
    request = (
        f"POST /telegram/webhook HTTP/1.1\r\nHost: bot\r\n{head}Content-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    ).encode("utf-8", "surrogateescape")
    reader, writer = await asyncio.open_connection("127.0.0.1", home.settings.web.port)
    writer.write(request + body)
    status = int((await reader.readline()).split()[1])
    writer.close()
    return status
