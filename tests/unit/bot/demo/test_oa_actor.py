"""A user of the Official Account presses real buttons, and types numbers where there are none."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.demo.oa_actor import OaSandboxUser, add_oa_user
from tests.support.official_account import OaClient, buttons, oa_client
from tests.support.sandbox_client import SandboxTestClient
from tests.support.sandbox_server import SandboxServer, running_sandbox


@pytest.fixture
async def server() -> AsyncIterator[SandboxServer]:
    async with running_sandbox() as opened:
        yield opened


@pytest.fixture
async def oa(server: SandboxServer) -> OaClient:
    return await oa_client(server)


@pytest.fixture
async def thao(server: SandboxServer) -> AsyncIterator[OaSandboxUser]:
    async with aiohttp.ClientSession() as http:
        person = await add_oa_user(SandboxTestClient(http, server.address.url), "Thảo")
        await person.follows()
        yield person


async def _said(server: SandboxServer) -> list[Any]:
    events = (await server.get("/sandbox/oa/events")).body
    return [
        one["event"]["message"]["text"]
        for one in events
        if one["event"]["event_name"] == "user_send_text"
    ]


async def test_a_button_is_pressed_by_its_label_or_a_part_of_it(
    server: SandboxServer, oa: OaClient, thao: OaSandboxUser
) -> None:
    await oa.send(str(thao.id), "Chia sẻ chưa?", attachment=buttons("Tôi đã chia sẻ"))
    await thao.presses("Tôi đã chia sẻ")
    await thao.presses("chia sẻ")
    assert await _said(server) == ["#a7:1", "#a7:1"]


async def test_the_newest_offer_counts_be_it_a_button_or_a_number(
    server: SandboxServer, oa: OaClient, thao: OaSandboxUser
) -> None:
    await oa.send(str(thao.id), "Địa bàn nào?", attachment=buttons("Tre Xanh"))
    await oa.send(str(thao.id), "Địa bàn nào?\n\n1. Hòa An\n2. Tre Xanh")
    await thao.presses("Tre Xanh")
    assert await _said(server) == ["2"]
