"""Somebody sends far more than a person does; everybody else does not notice."""

from datetime import timedelta

import pytest

from bot.cli.owner_invite import invite_owner
from tests.integration.conftest import Home, MakeHome, running
from tests.support.sandbox_client import SandboxTestClient, SandboxUser, bot_texts, until

BURST = 30
_GROUP_BURST = 10
_FLOOD = "burst = {burst}\nper_second = 0.001"
"""However long it takes to write so much, nobody has rested meanwhile."""
_REST_HOURS = 9
MANY = 200


@pytest.fixture
def home(make_home: MakeHome) -> Home:
    return make_home(flood=_FLOOD.format(burst=BURST))


async def test_a_flood_gets_one_kind_notice_and_is_over_after_a_rest(
    sandbox: SandboxTestClient, home: Home
) -> None:
    flooder, lan = await sandbox.add_user("Lũ"), await sandbox.add_user("Lan")
    for _ in range(MANY):
        await _send(flooder, "/trogiup")
    async with running(home.settings):
        await lan.says("/trogiup", then=home.settings.club.name)
        await flooder.reads("chờ một phút")
        assert len(await bot_texts(flooder)) <= BURST + 1
        await sandbox.advance_by(hours=_REST_HOURS)
        await flooder.says("/huy", then="Đã huỷ")
        notices = [one for one in await bot_texts(flooder) if "chờ một phút" in one]
    assert len(notices) == 1


async def test_leaving_is_obeyed_in_the_middle_of_a_flood(home: Home, lan: SandboxUser) -> None:
    async with running(home.settings):
        code = (await invite_owner(home.settings)).code
        await lan.starts(code)
        await lan.presses("Tôi đồng ý", then="muốn nhận gì")
        for _ in range(MANY):
            await _send(lan, "/huy")
        await _send(lan, "/ngungnhan")
        await lan.reads("Đã ngừng")
        assert any("chờ một phút" in one for one in await bot_texts(lan))


async def test_a_flooded_group_is_not_told_to_wait(
    sandbox: SandboxTestClient, make_home: MakeHome
) -> None:
    """With fewer answers than the 20 a minute that Telegram lets a bot send to a group."""
    home, lan = make_home(flood=_FLOOD.format(burst=_GROUP_BURST)), await sandbox.add_user("Lan")
    group = await sandbox.post("groups", title="Tổ dân phố 5", members=[lan.id])
    async with running(home.settings):
        for _ in range(_GROUP_BURST + 5):
            await sandbox.post(f"chats/{group['id']}/send", text="/trogiup", **{"as": lan.id})
        await lan.says("/huy", then="Đã huỷ")
        there = SandboxUser(sandbox, group["id"])

        async def all_answered() -> bool:
            return len(await bot_texts(there)) >= _GROUP_BURST

        await until(all_answered, "the answers in the group")
        assert not any("chờ một phút" in one for one in await bot_texts(there))


async def test_what_came_while_the_bot_was_down_is_no_flood(
    sandbox: SandboxTestClient, make_home: MakeHome
) -> None:
    home, lan = make_home(flood=f"burst = {BURST}"), await sandbox.add_user("Lan")
    for _ in range(2 * BURST):
        await _send(lan, "/huy")
        await sandbox.advance_by(seconds=timedelta(minutes=1).total_seconds())
    async with running(home.settings):

        async def all_answered() -> bool:
            return len(await bot_texts(lan)) == 2 * BURST

        await until(all_answered, "sixty answers")


async def _send(who: SandboxUser, text: str) -> None:
    await who.sandbox.post(f"chats/{who.id}/send", text=text)
