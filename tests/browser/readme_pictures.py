"""Takes the README's pictures: the real page, in front of a real bot. `make pictures` runs it."""

import asyncio
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from tests.browser.conftest import CHROMIUM
from tests.browser.demo_process import running_demo
from tests.browser.page_sandbox import LAPTOP, PHONE, open_page
from tests.browser.phone_page import PhonePage
from tests.support.paths import PROJECT

FOLDER = PROJECT / "docs" / "pictures"
ANNOUNCEMENT = """Cấm xe quanh điểm bỏ phiếu số 3
Đường Nguyễn Du cấm xe từ 6 giờ đến hết ngày 15/3.
Nguồn: https://congan.hoaan.example/cam-duong"""
POST = "Nộp 200.000 đồng để được cấp thẻ cử tri mới tại https://the-cu-tri.example/nop"


async def main() -> None:
    """The club's day on a laptop; a member's and an officer's chat at a phone's width."""
    FOLDER.mkdir(exist_ok=True)
    async with running_demo() as url, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        await _the_day(browser, url)
        await _a_members_phone(browser, url)
        await _an_officers_phone(browser, url)
        await browser.close()


async def _the_day(browser: Browser, url: str) -> None:
    async with open_page(browser, url, LAPTOP) as page:
        officer, member = PhonePage(page, "Trần Văn Minh"), PhonePage(page, "Lê Thu Hà")
        await officer.ask("/choxuly", then="1 vụ việc chờ xử lý")
        await officer.choose("Sai ngày", then="Số người báo: 1")
        await member.ask("/thongbao 3", then="lừa đảo")
        await member.choose("Tôi đã chia sẻ", then="Cảm ơn bạn đã chia sẻ")
        newest = member.phone.get_by_role("button", name="Tới tin mới nhất")
        if await newest.is_visible():
            await newest.click()
        bao = PhonePage(page, "Phạm Quốc Bảo")
        await bao.forward_from_outside("Người lạ", POST)
        await bao.read("Gửi câu lạc bộ kiểm tra")
        await PhonePage(page, "Nguyễn Thị Hạnh").ask("/thongke", then="Các thông báo gần đây")
        await _take(page, FOLDER / "the-day.png")


async def _a_members_phone(browser: Browser, url: str) -> None:
    async with open_page(browser, url, PHONE) as page:
        tabs = page.get_by_role("navigation", name="Chọn điện thoại")
        await tabs.get_by_role("button", name="Lê Thu Hà").click()
        await PhonePage(page, "Lê Thu Hà").ask("/tindabao", then="Tin bạn đã báo")
        await _take(page, FOLDER / "a-member.png")


async def _an_officers_phone(browser: Browser, url: str) -> None:
    async with open_page(browser, url, PHONE) as page:
        tabs = page.get_by_role("navigation", name="Chọn điện thoại")
        await tabs.get_by_role("button", name="Trần Văn Minh").click()
        officer = PhonePage(page, "Trần Văn Minh")
        await officer.ask("/soan", then="nguyên văn thông báo")
        await officer.ask(ANNOUNCEMENT, then="phát hành")
        await officer.choose("Công an tỉnh", then="Thông báo số")
        await _take(page, FOLDER / "an-officer.png")


async def _take(page: Page, path: Path) -> None:
    await page.wait_for_timeout(6000)  # toasts go, the last message has come
    await page.screenshot(path=path, animations="disabled")


if __name__ == "__main__":
    asyncio.run(main())
