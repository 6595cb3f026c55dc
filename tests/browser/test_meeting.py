"""A meeting in the page: from one pasted text to answers on three messengers, and another time."""

import re

import pytest
from playwright.async_api import Browser

from bot.demo.data import ON_OA, ON_ZALO
from tests.browser.demo_process import running_demo
from tests.browser.page_sandbox import open_page
from tests.browser.phone_page import PhonePage

pytestmark = pytest.mark.browser

INVITATION = """Họp giao ban trước ngày bầu cử
Thời gian: 8h đến 10h, thứ Bảy 14/3
Địa điểm: Hội trường UBND, 12 Lê Lợi
Bản đồ: 20.94213, 106.33295
Số chỗ: 2
Trả lời trước 17h 13/3"""


async def test_a_meeting_is_answered_on_three_messengers_and_moved(browser: Browser) -> None:
    async with running_demo() as url, open_page(browser, url) as page:
        minh, hanh = PhonePage(page, "Trần Văn Minh"), PhonePage(page, "Nguyễn Thị Hạnh")
        on_zalo, on_oa = PhonePage(page, ON_ZALO.name), PhonePage(page, ON_OA.name)
        await _goes_out(minh, hanh)
        listed = re.search(r"(\d+)\. ✅ Tôi sẽ đến", await on_zalo.read("Tôi sẽ đến"))
        assert listed, "numbers run on from what the demo listed before"
        await on_zalo.ask(listed[1], then="hẹn gặp bạn")
        await on_zalo.read("Số vé")
        await on_oa.choose("✅ Tôi sẽ đến", then="hẹn gặp bạn")
        await on_oa.read("cuoc-hop.ics")
        await minh.read("cán bộ tổ chức sẽ thấy tên")
        await minh.choose("✅ Tôi sẽ đến", then="đứng thứ 1 trong danh sách chờ")
        await _is_moved(minh, hanh)
        for member in (on_zalo, on_oa):
            notice = await member.read("có thay đổi")
            assert "8:00–10:00, Thứ Bảy 14/3/2026 → 14:00–16:00, Thứ Bảy 14/3/2026" in notice
        await on_oa.choose("Không đến được", then="bạn không đến được")
        await minh.read("Có một chỗ trống")
        await minh.choose("✅ Nhận chỗ", then="hẹn gặp")


async def _goes_out(author: PhonePage, approver: PhonePage) -> None:
    await author.ask("/hop", then="nguyên văn thư mời")
    await author.ask(INVITATION, then="Mời: Mọi người")
    await author.choose("Gửi duyệt", then="Đã gửi duyệt")
    await approver.read("thư mời họp chờ")
    await approver.choose("Xem và duyệt", then="xem kỹ ngày giờ")
    await approver.choose("Duyệt", then="Thư mời đang được gửi đi")


async def _is_moved(author: PhonePage, approver: PhonePage) -> None:
    await author.ask("/hop", then="nguyên văn thư mời")
    await author.choose("Các cuộc họp", then="Các cuộc họp:")
    await author.choose("Họp giao ban", then="Đang mời")
    await author.choose("Đổi giờ", then="chọn mục cần sửa")
    await author.choose("Thời gian", then="Họp lúc nào")
    await author.ask("14h đến 16h thứ Bảy 14/3", then="Thay đổi:")
    await author.choose("Gửi duyệt", then="Đã gửi duyệt")
    await approver.read("thay đổi của một cuộc họp")
    await approver.choose("Xem và duyệt", then="xem kỹ ngày giờ")
    await approver.choose("Duyệt", then="đang được báo thay đổi")
