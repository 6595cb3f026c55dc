"""The club's whole day: a real Chromium, the real page, a real bot process, real HTTP between them."""

import re

import pytest
from playwright.async_api import Browser, Page, expect

from bot.demo.data import ON_OA, ON_ZALO
from tests.browser.club_steps import make_invite
from tests.browser.demo_process import running_demo
from tests.browser.page_sandbox import open_page
from tests.browser.phone_page import PhonePage, add_phone

pytestmark = pytest.mark.browser

POST = "KHẨN: nộp 200.000 đồng để được cấp thẻ cử tri mới tại https://the-cu-tri.example/nop"


async def test_the_clubs_whole_day(browser: Browser) -> None:
    async with running_demo() as url, open_page(browser, url) as page:
        owner, officer = PhonePage(page, "Nguyễn Thị Hạnh"), PhonePage(page, "Trần Văn Minh")
        lan = await add_phone(page, "Vũ Thị Lan")
        ngoc, thao = PhonePage(page, ON_ZALO.name), PhonePage(page, ON_OA.name)
        await _she_joins(lan, await make_invite(owner))
        await _an_announcement_goes_out(officer, owner)
        await _she_shares_it(lan)
        await _so_does_who_is_on_zalo(ngoc)
        await _who_is_on_the_official_account_presses_a_button(thao)
        case = await _she_flags_a_post(lan)
        await _who_is_on_zalo_flags_it_too(ngoc)
        await _an_officer_decides(officer)
        await _another_approves(owner, case)
        await lan.read("Tin bạn báo")
        for member in (lan, ngoc):
            assert "Lừa đảo" in await member.read("đã có kết luận")
        await _the_digest_comes_by_itself(page, lan, ngoc)
        await expect(ngoc.buttons).to_have_count(0)


async def _she_joins(lan: PhonePage, code: str) -> None:
    await lan.open_invite(code)
    await lan.read("Bạn chưa đồng ý thì câu lạc bộ chưa lưu gì")
    await lan.choose("Tôi đồng ý", then="muốn nhận gì")
    for purpose in ("Thông báo", "Bản tin tổng hợp"):
        await expect(lan.phone.get_by_role("button", name=f"☐ {purpose}")).to_be_visible()
    await lan.choose("Tất cả", then="địa bàn nào")
    await lan.choose("Tiếp tục", then="Xong rồi")


async def _an_announcement_goes_out(author: PhonePage, approver: PhonePage) -> None:
    await author.ask("/soan", then="nguyên văn thông báo")
    await author.choose("Từng bước", then="Tiêu đề")
    await author.ask("Cấm xe quanh điểm bỏ phiếu số 3", then="nội dung")
    await author.ask("Đường **Nguyễn Du** cấm xe từ 6 giờ sáng 15/3.", then="ý chính")
    await author.ask("Cấm xe từ 6:00 đến 19:00", then="Đã ghi")
    await author.choose("Xong", then="một ảnh")
    await author.choose("Bỏ qua", then="phát hành")
    await author.choose("Công an tỉnh", then="Kiểm chứng")
    await author.ask("https://congan.hoaan.example/cam-duong", then="có hiệu lực")
    await author.ask("19h 15/3", then="thông báo khẩn không")
    await author.choose("Không", then="bản tiếng Anh")
    await author.choose("Bỏ qua", then="Gửi cho ai")
    await author.choose("Xong", then="Gửi khi nào")
    await author.choose("Gửi ngay khi duyệt", then="Thông báo số")
    await author.choose("Gửi duyệt", then="phản đối")
    await author.choose("Không", then="Đã gửi duyệt")
    await approver.read("Cấm xe quanh điểm bỏ phiếu số 3")
    await approver.choose("Xem và duyệt", then="Đang chờ duyệt")
    await approver.choose("Duyệt", then="được duyệt và đang gửi")
    await author.read("đã gửi xong")


async def _she_shares_it(lan: PhonePage) -> None:
    copy = await lan.read("Cấm xe quanh điểm bỏ phiếu số 3")
    assert "Nơi phát hành: Công an tỉnh Hòa An" in copy
    assert "https://congan.hoaan.example/cam-duong" in copy
    await lan.choose("Chia sẻ", then="Do hội viên")
    await lan.choose("Tôi đã chia sẻ", then="Cảm ơn bạn đã chia sẻ")
    await lan.choose("Thêm liên kết", then="liên kết bài đăng")
    await lan.ask("https://www.facebook.com/groups/hoaan/posts/1035862816472149", then="Đã thêm")


async def _so_does_who_is_on_zalo(ngoc: PhonePage) -> None:
    copy = await ngoc.read("Cấm xe quanh điểm bỏ phiếu số 3")
    assert "1. Chia sẻ\n2. Tôi đã chia sẻ" in copy
    await ngoc.ask("2", then="Cảm ơn bạn đã chia sẻ thông báo số 4")


async def _who_is_on_the_official_account_presses_a_button(thao: PhonePage) -> None:
    await thao.read("Cấm xe quanh điểm bỏ phiếu số 3")
    await thao.choose("Tôi đã chia sẻ", then="Cảm ơn bạn đã chia sẻ thông báo số 4")
    await expect(thao.phone.locator(".window")).to_contain_text("vừa xong")


async def _who_is_on_zalo_flags_it_too(ngoc: PhonePage) -> None:
    await ngoc.ask(POST, then="đã có người báo")
    await ngoc.ask("tôi cũng báo tin này", then="Mã theo dõi")


async def _she_flags_a_post(lan: PhonePage) -> str:
    """The code of the case."""
    await lan.forward_from_outside("Người lạ", POST)
    await lan.read("Gửi câu lạc bộ kiểm tra")
    told = await lan.choose("Gửi kiểm tra", then="Mã theo dõi")
    await lan.choose("Lừa đảo", then="Loại tin")
    assert "đang chờ" in await lan.ask("/tindabao", then="Tin bạn đã báo")
    found = re.search(r"Mã theo dõi: (\S+)", told)
    assert found
    return found[1]


async def _an_officer_decides(officer: PhonePage) -> None:
    await officer.ask("/choxuly", then="2 vụ việc chờ xử lý")
    await officer.choose("Lừa đảo", then="Số người báo: 2")
    card = await officer.phone.inner_text()
    assert "Lan" not in card
    assert "Ngọc" not in card
    assert "Người lạ" not in card
    await officer.choose("Nhận xử lý", then="Anh/chị đang xử lý")
    await officer.choose("Kết luận", then="kết luận thế nào")
    await officer.choose("Lừa đảo", then="Bài nói điều gì")
    await officer.ask("Phải nộp tiền mới được cấp thẻ cử tri.", then="Vì sao")
    await officer.ask("Thẻ cử tri được phát miễn phí; không ai thu tiền.", then="kiểm chứng ở đâu")
    await officer.ask("https://baucu.hoaan.example/the-cu-tri", then="đúng như trên")
    await officer.choose("Gửi duyệt", then="Đã gửi duyệt")


async def _another_approves(owner: PhonePage, case: str) -> None:
    await owner.read(f"duyệt (vụ việc {case})")
    await owner.choose("Xem kết luận chờ duyệt", then="có duyệt không")
    await owner.choose("Duyệt và gửi", then="Đã lưu")


async def _the_digest_comes_by_itself(page: Page, *members: PhonePage) -> None:
    await page.get_by_role("button", name="Giờ khác…").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Đồng hồ của câu lạc bộ").fill("2026-03-11T19:30")
    await dialog.get_by_role("button", name="Đổi giờ").click()
    for member in members:
        digest = await member.read("Bản tin tổng hợp, Thứ Tư 11/3/2026")
        assert "Cấm xe quanh điểm bỏ phiếu số 3" in digest
