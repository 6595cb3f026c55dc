"""The club's own words on the page: genuine for a stranger, forged and answered by an officer."""

import os
import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page

from tests.browser.club_steps import submit_and_approve
from tests.browser.page_sandbox import open_page
from tests.browser.phone_page import PhonePage, add_phone

pytestmark = pytest.mark.browser

PICTURES = os.environ.get("FORGED_PICTURES", "")
"""A folder for screenshots, for whoever wants to look at them."""
OFFICERS_TAPS = 3
TEXT = """Cấp lại thẻ cử tri
Cử tri mất thẻ đến Ủy ban xã để được cấp lại từ 7h30 ngày 12/3. Không ai phải nộp phí.
Nguồn: https://baucu.hoaan.example/cap-lai-the"""
COPY = """Cấp lại thẻ cử tri
Cử tri mất thẻ đến Ủy ban xã để được cấp lại từ 7h30 ngày 12/3. Không ai phải nộp phí."""
FORGED = COPY.replace(
    "Không ai phải nộp phí", "Mọi người nộp phí 200.000đ vào tài khoản 9704123456789"
)
INTERNAL = """Họp rút kinh nghiệm tổ bầu cử
Cán bộ các tổ họp tại trụ sở lúc 19 giờ ngày 13/3 để rút kinh nghiệm công tác kiểm phiếu.
Nguồn: https://baucu.hoaan.example/hop"""
INTERNAL_COPY = INTERNAL.rpartition("\n")[0]


async def shoot(page: Page, name: str) -> None:
    if PICTURES:
        await page.screenshot(path=Path(PICTURES) / f"{name}.png")


async def add_stranger(page: Page, name: str) -> PhonePage:
    """One more phone, of somebody who has only begun to talk to the bot."""
    stranger = await add_phone(page, name)
    await stranger.phone.get_by_role("button", name="Bắt đầu").click()
    await stranger.read("Đây là bot của")
    return stranger


async def announce(
    officer: PhonePage, approver: PhonePage, text: str, *, officers_only: bool = False
) -> None:
    await officer.ask("/soan", then="nguyên văn thông báo")
    await officer.ask(text, then="phát hành")
    card = await officer.choose("Ủy ban bầu cử", then="Gửi cho")
    provisional = re.search(r"Thông báo số (N\d+)", card)
    assert provisional, card
    if officers_only:
        await officer.choose("Chỉ cho cán bộ", then="Chỉ gửi cho cán bộ?")
        await officer.choose("Có", then="Chỉ cán bộ")
    await submit_and_approve(officer, approver)
    progress = await officer.ask(f"/tiendo {provisional[1]}", then="Thông báo số")
    number = re.search(r"Thông báo số \d+", progress)
    assert number, progress
    await officer.read(f"{number[0]}: đã gửi xong")


async def test_a_forged_announcement_is_answered_in_three_taps(
    browser: Browser, shared_demo: str
) -> None:
    async with open_page(browser, shared_demo) as page:
        officer, approver = PhonePage(page, "Trần Văn Minh"), PhonePage(page, "Nguyễn Thị Hạnh")
        member = PhonePage(page, "Lê Thu Hà")
        await announce(officer, approver, TEXT)
        await member.read("Cấp lại thẻ cử tri")
        stranger = await add_stranger(page, "Người Lạ")
        await stranger.ask(COPY, then="Thật.")
        await shoot(page, "1-stranger-genuine")
        await member.forward_from_outside("Ai Đó", COPY)
        await member.read("Thật.")
        await member.forward_from_outside("Ai Đó", FORGED)
        said = await member.read("Bị sửa")
        assert "200.000đ vào tài khoản 9704123456789" in said
        assert "cán bộ sẽ thấy cả hai bản lúc" in said
        await shoot(page, "2-member-changed")
        await member.choose("🚩 Báo là giả mạo", then="Đã gửi kiểm tra")
        await officer.read("vụ việc mới")
        taps = (
            ("🚩 Mở bản giả của thông báo", "Bản bị sửa của thông báo"),
            ("📢 Trả lời cả câu lạc bộ", "gửi cả câu lạc bộ"),
            ("Gửi duyệt câu trả lời này", "Đã gửi duyệt"),
        )
        for at, (label, then) in enumerate(taps):
            await officer.choose(label, then=then)
            await shoot(page, f"3-officer-{at}")
        assert len(taps) == OFFICERS_TAPS
        await approver.choose("Xem và duyệt", then="Người soạn: Trần Văn Minh")
        await approver.choose("Duyệt", then="được duyệt và đang gửi")
        warning = await member.read("Cảnh báo: có bản giả của thông báo số")
        assert "bản thật" in warning
        assert "9704123456789" not in warning
        await shoot(page, "4-member-warned")


async def test_a_stranger_reads_nothing_about_what_is_for_officers(
    browser: Browser, shared_demo: str
) -> None:
    async with open_page(browser, shared_demo) as page:
        officer, approver = PhonePage(page, "Trần Văn Minh"), PhonePage(page, "Nguyễn Thị Hạnh")
        await announce(officer, approver, INTERNAL, officers_only=True)
        await officer.read("Họp rút kinh nghiệm tổ bầu cử")
        await approver.ask(INTERNAL_COPY, then="Thật.")
        stranger = await add_stranger(page, "Khách Vãng Lai")
        await stranger.ask(
            f"/tracuu {INTERNAL_COPY}", then="không có trong những tin câu lạc bộ đã gửi"
        )
        assert "Thật." not in await stranger.phone.inner_text()
        await shoot(page, "5-stranger-nothing")
