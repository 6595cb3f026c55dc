"""An announcement from one post: its taps and messages, counted on the page."""

from dataclasses import dataclass

import pytest
from playwright.async_api import Browser

from bot.demo.data import ON_ZALO
from tests.browser.page_sandbox import open_page, picture
from tests.browser.phone_page import PhonePage

pytestmark = pytest.mark.browser

TAPS_MAX = 6
POST = """Cấm xe quanh điểm bỏ phiếu số 3
Đường Nguyễn Du cấm xe từ 6 giờ đến hết ngày 15/3.
Nguồn: https://congan.hoaan.example/cam-duong"""


@dataclass
class CountingOfficer:
    """An officer whose taps and messages are counted."""

    phone: PhonePage
    count: int = 0

    async def ask(self, text: str, then: str) -> str:
        self.count += 1
        return await self.phone.ask(text, then)

    async def choose(self, label: str, then: str) -> str:
        self.count += 1
        return await self.phone.choose(label, then)

    async def send_picture(self, caption: str, then: str) -> str:
        self.count += 1
        files = self.phone.phone.locator("input[type=file]")
        await files.set_input_files([picture("so-do.png")])
        return await self.phone.ask(caption, then)


async def test_a_text_with_source_and_picture_takes_six_taps_and_messages(
    browser: Browser, shared_demo: str
) -> None:
    async with open_page(browser, shared_demo) as page:
        officer = CountingOfficer(PhonePage(page, "Trần Văn Minh"))
        approver = PhonePage(page, "Nguyễn Thị Hạnh")
        await officer.ask("/soan", then="nguyên văn thông báo")
        await officer.send_picture(POST, then="phát hành")
        await officer.choose("Công an tỉnh", then="Thông báo số")
        await officer.choose("Gửi duyệt", then="phản đối")
        await officer.choose("Không", then="Đã gửi duyệt")
        print(f"\nannouncement: {officer.count} taps and messages")
        assert officer.count <= TAPS_MAX
        await approver.choose("Xem và duyệt", then="Người soạn: Trần Văn Minh")
        await approver.choose("Duyệt", then="được duyệt và đang gửi")
        copy = await PhonePage(page, ON_ZALO.name).read("Cấm xe quanh điểm bỏ phiếu số 3")
        assert "Nơi phát hành: Công an tỉnh Hòa An" in copy
        assert "Có hiệu lực đến: 23:59" in copy or "23:59, Chủ Nhật 15/3/2026" in copy
