"""The club's day on Zalo over real HTTP: the same conversation, without a single button."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace

import aiohttp
import pytest

from bot.cli.owner_invite import invite_owner
from bot.demo import actions, data
from bot.demo.actors import SandboxUser
from bot.demo.zalo_actor import ZaloSandboxUser, add_zalo_user, choices_of
from bot.web.webhook import ZALO_HEADER, ZALO_PATH
from tests.integration.conftest import Home, JoinedClub, MakeHome, joined_club, running
from tests.support.announcements.sandbox_actions import correct_title, recall
from tests.support.sandbox_client import SandboxTestClient, until
from tests.support.sandbox_server import picture

NEW_TITLE = "Chủ Nhật 15/3: bỏ phiếu đến 19 giờ"


Club = JoinedClub[ZaloSandboxUser]


@pytest.fixture
async def home(make_home: MakeHome) -> AsyncIterator[Home]:
    """A bot on both messengers, by polling."""
    home = make_home(zalo="")
    async with running(home.settings):
        yield home


@pytest.fixture
async def club(sandbox: SandboxTestClient, home: Home) -> Club:
    return await joined_club(sandbox, home, add_zalo_user)


async def test_an_officer_and_a_member_on_zalo_live_the_whole_day_by_typing_numbers(
    sandbox: SandboxTestClient, club: Club
) -> None:
    await actions.announce(club.officer, club.owner, data.VOTING_DAY)
    copy = await club.lan.reads(data.VOTING_DAY.title, data.VOTING_DAY.issuer)
    assert "Tôi đã chia sẻ" in choices_of(copy).values()

    await club.lan.presses("Tôi đã chia sẻ", then="Cảm ơn bạn đã chia sẻ")
    await club.officer.says("/tiendo 1", then="đã gửi xong")
    await club.officer.says("/thongke 1", then="không tách ai có thao tác")

    await actions.flag(club.lan, data.SCAM)
    await actions.decide(club.officer, club.owner, data.SCAM, data.SCAM_VERDICT)
    await club.lan.reads("đã có kết luận", data.SCAM_VERDICT.source)

    await sandbox.advance_by(hours=11)
    await club.lan.reads("Bản tin tổng hợp, ", data.VOTING_DAY.title)
    for phone in (club.lan, club.officer):
        assert not [m for m in await phone.messages() if "reply_markup" in m]


async def test_what_zalo_can_neither_change_nor_take_back_is_said_in_a_message_of_its_own(
    club: Club,
) -> None:
    owner, officer, lan = club.owner, club.officer, club.lan
    await actions.announce(officer, owner, data.VOTING_DAY)
    old = await lan.reads(data.VOTING_DAY.title, data.VOTING_DAY.issuer)

    await correct_title(officer, owner, 1, NEW_TITLE)
    await officer.reads("Riêng trên Zalo không sửa được tin đã gửi: một số người")
    await officer.reads("Đính chính thông báo số 1: đã xong", "không tách")
    notice, copy = (await lan.messages())[-2:]
    assert "vừa được đính chính" in notice["text"]
    assert copy["text"].startswith("✏️ Đã đính chính")
    assert NEW_TITLE in copy["text"]
    assert old in await lan.messages()

    await recall(officer, 1)
    await officer.reads("Riêng trên Zalo không xoá được tin đã gửi: một số người")
    await officer.reads("Thu hồi thông báo số 1: đã xong", "không tách")
    assert "đã được thu hồi" in (await lan.messages())[-1]["text"]
    await lan.presses("Tôi đã chia sẻ", then="đã được thu hồi")


async def test_updates_come_by_the_webhook_to_whoever_knows_the_secret(
    sandbox: SandboxTestClient, make_home: MakeHome
) -> None:
    home = make_home(zalo="", webhook=True)
    async with running(home.settings), aiohttp.ClientSession() as http:
        lan = await add_zalo_user(sandbox, "Lan")
        await lan.starts((await invite_owner(home.settings)).code)
        await lan.reads("1. ")
        url = f"{home.settings.web.public_url}{ZALO_PATH}"
        for secret in ("", "wrong", "nobody-else-knowsx"):
            async with http.post(url, json={}, headers={ZALO_HEADER: secret}) as answer:
                assert answer.status == 403


async def test_pictures_go_from_either_app_to_the_other(
    sandbox: SandboxTestClient, club: Club
) -> None:
    officer = club.owner
    await actions.begin_stepwise(officer)
    await officer.says("Đường Trần Phú cấm xe", then="nội dung")
    await officer.says("Từ 7:00 đến 19:00 ngày 15/3.", then="ý chính")
    await officer.presses("Bỏ qua", then="một ảnh")
    await send_picture(sandbox, officer, "")
    await officer.reads("phát hành")
    await actions.compose_from_issuer(officer, data.WHAT_TO_BRING)
    await actions.submit_and_approve(
        officer, club.officer, replace(data.WHAT_TO_BRING, title="Trần Phú")
    )
    await club.lan.reads("Đường Trần Phú cấm xe")
    assert [m for m in await club.lan.messages() if "photo" in m]

    await send_picture(sandbox, club.lan, "Cái này có thật không, ai gửi mọi người cũng thấy lạ?")
    await club.lan.reads("Gửi câu lạc bộ kiểm tra")
    await club.lan.presses("Gửi kiểm tra", then="Mã theo dõi")
    await club.lan.presses("Lừa đảo", then="Loại tin")
    before = len([m for m in await officer.messages() if "photo" in m])
    await officer.says("/choxuly", then="chờ xử lý")
    await officer.presses("Lừa đảo", then="Số người báo")

    async def sees_it() -> bool:
        return len([m for m in await officer.messages() if "photo" in m]) > before

    await until(sees_it, "the flagged picture")


async def send_picture(sandbox: SandboxTestClient, who: SandboxUser, caption: str) -> None:
    form = aiohttp.FormData()
    form.add_field("photo", picture(), filename="a.png", content_type="image/png")
    form.add_field("caption", caption)
    url = f"{sandbox.url}/sandbox/chats/{who.id}/send"
    async with aiohttp.ClientSession() as http, http.post(url, data=form) as answer:
        assert answer.status == 200


async def test_one_member_in_two_apps_is_reached_where_they_like_it(
    sandbox: SandboxTestClient, club: Club
) -> None:
    ha = await sandbox.add_user("Hà")
    await actions.join(ha, club.code, data.MEMBERS[0])
    code = re.search(
        r"chunghoso (\S+)", (await ha.says("/chunghoso", then="dùng chung một hồ sơ"))["text"]
    )
    assert code
    zalo = await add_zalo_user(sandbox, "Hà Zalo")
    await zalo.says(f"chunghoso {code[1]}", then="dùng chung một hồ sơ")
    await zalo.presses("Zalo", then="tới Zalo")
    await actions.announce(club.officer, club.owner, data.VOTING_DAY)
    await zalo.reads(data.VOTING_DAY.title, data.VOTING_DAY.issuer)
    assert not [m for m in await ha.messages() if data.VOTING_DAY.issuer in str(m.get("text"))]
    await sandbox.post(f"chats/{zalo.id}/block")
    await actions.announce(club.officer, club.owner, data.WHAT_TO_BRING)
    await ha.reads(data.WHAT_TO_BRING.title)
