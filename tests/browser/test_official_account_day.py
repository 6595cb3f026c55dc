"""An announcement on all three messengers, as the messaging windows of the account's people end."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
from playwright.async_api import Browser, Page

from bot.demo import actions, data
from bot.demo.oa_actor import OaSandboxUser, add_oa_user
from tests.browser.club_steps import make_invite, submit_and_approve
from tests.browser.demo_process import running_demo
from tests.browser.page_sandbox import open_page
from tests.browser.phone_page import OA_APP, PhonePage, add_phone
from tests.support.sandbox_client import SandboxTestClient

pytestmark = pytest.mark.browser

TITLE = "Danh sách cử tri niêm yết lại"
POST = f"""{TITLE}
Danh sách niêm yết tại trụ sở các xã, phường đến hết ngày 25/3.
Nguồn: https://baucu.hoaan.example/danh-sach-cu-tri"""
PRICE_DONG = 55
CHARGED, CLOSED = 10, 5
"""People on the account beside the officer and the demo's own; five is the least that is shown."""
QUOTA_LEFT = 5
ON_OTHER_MESSENGERS = 6


@dataclass(frozen=True)
class Company:
    """Who is on the Official Account beside the phones on the page, by their last interaction."""

    charged: Sequence[OaSandboxUser]
    closed: Sequence[OaSandboxUser]


async def test_what_was_sent_and_spent_agrees_with_the_platform_when_windows_have_ended(
    browser: Browser,
) -> None:
    async with running_demo() as url, _client(url) as sandbox, open_page(browser, url) as page:
        author = await add_phone(page, "Cao Văn Sơn", app=OA_APP)
        owner, approver = PhonePage(page, data.OWNER.name), PhonePage(page, data.OFFICER.name)
        await _joins_as_officer(author, await make_invite(owner, "Cán bộ"))
        company = await _others_join(sandbox, await make_invite(owner))
        await _windows_end(page, sandbox, company, author)
        charged_before = (await sandbox.get("oa"))["sent"]
        record_before = len(await sandbox.get("oa/sent"))
        done = await _announcement_goes_out(author, approver)
        charged = Counter((await sandbox.get("oa"))["sent"])
        charged.subtract(charged_before)
        assert charged["sub_quota"] == QUOTA_LEFT
        assert charged["purchase_quota"] == CHARGED - QUOTA_LEFT
        assert _figures(done) == {
            "reached": 2 + CHARGED + ON_OTHER_MESSENGERS,
            "not now": CLOSED,
            "quota": charged["sub_quota"],
            "paid": charged["purchase_quota"],
            "dong": charged["purchase_quota"] * PRICE_DONG,
        }
        record = (await sandbox.get("oa/sent"))[record_before:]
        copies = Counter(one["user_id"] for one in record if one["quota_type"] != "reply")
        assert set(copies.values()) == {1}
        for name in (data.ON_ZALO.name, data.MEMBERS[0].name, data.ON_OA.name):
            await PhonePage(page, name).read(TITLE)
        await _whoever_was_left_out_gets_it_free_once(page, sandbox, company)


@asynccontextmanager
async def _client(url: str) -> AsyncIterator[SandboxTestClient]:
    async with aiohttp.ClientSession() as http:
        yield SandboxTestClient(http, url)


async def _joins_as_officer(phone: PhonePage, code: str) -> None:
    await phone.ask(code, then="Bạn chưa đồng ý thì câu lạc bộ chưa lưu gì")
    await phone.choose("Tôi đồng ý", then="muốn nhận gì")
    await phone.choose("Tất cả", then="địa bàn nào")
    await phone.choose("Tiếp tục", then="Xong rồi")


async def _others_join(sandbox: SandboxTestClient, code: str) -> Company:
    people = [await add_oa_user(sandbox, f"Hội viên {n}") for n in range(CHARGED + CLOSED)]
    await asyncio.gather(*(actions.join(one, code, data.ON_OA) for one in people))
    return Company(people[:CHARGED], people[CHARGED:])


async def _windows_end(
    page: Page, sandbox: SandboxTestClient, company: Company, author: PhonePage
) -> None:
    """Two wrote just now, some three days ago, the others more than a week ago."""
    await sandbox.advance_by(days=5)
    await asyncio.gather(*(one.says("/trogiup", then="/") for one in company.charged))
    await sandbox.advance_by(days=3)
    await PhonePage(page, data.ON_OA.name).ask("/trogiup", then="/")
    await author.ask("/trogiup", then="/")
    account = await sandbox.get("oa")
    used = account["package_quota"] - account["quota_left"]
    await sandbox.post("oa", package_quota=used + QUOTA_LEFT, balance_dong=10**6)


async def _announcement_goes_out(author: PhonePage, approver: PhonePage) -> str:
    """The officer's progress message when all is sent."""
    await author.ask("/soan", then="nguyên văn thông báo")
    await author.ask(POST, then="phát hành")
    await author.choose("Ủy ban bầu cử tỉnh", then="Thông báo số")
    await author.choose("Chi phí…", then="được chi bao nhiêu")
    await author.choose("cả hạn mức gói, trả phí tối đa 20 tin", then="trả phí tối đa 20 tin")
    card = await author.choose("Xem", then="Thông báo số")
    assert re.search(rf"\b{CLOSED} chưa gửi được lúc này", card), card
    await submit_and_approve(author, approver)
    return await author.read("đã gửi xong")


def _figures(progress: str) -> dict[str, int]:
    """What the officer reads, as numbers."""
    patterns = {
        "reached": r"Đã tới ([\d.]+)/",
        "not now": r"nhắn cho bot: ([\d.]+)",
        "quota": r"Đã dùng ([\d.]+) tin",
        "paid": r"([\d.]+) tin trả phí",
        "dong": r"\(([\d.]+) đ\)",
    }
    found: dict[str, Any] = {name: re.search(one, progress) for name, one in patterns.items()}
    assert all(found.values()), progress
    return {name: int(one[1].replace(".", "")) for name, one in found.items()}


async def _whoever_was_left_out_gets_it_free_once(
    page: Page, sandbox: SandboxTestClient, company: Company
) -> None:
    before = (await sandbox.get("oa"))["sent"]
    for one in company.closed:
        await one.says("Chào bot", then=TITLE)
        await one.says("/trogiup", then="/")
        texts = [str(message.get("text")) for message in await one.messages()]
        assert sum(TITLE in text and "tin trước đây" not in text for text in texts) == 1
    after = (await sandbox.get("oa"))["sent"]
    assert {name for name in after if after[name] != before[name]} == {"reply"}
