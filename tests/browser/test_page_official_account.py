"""Phones with the Official Account: follow, five buttons, and how long it may write."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.page_sandbox import PageSandbox, open_page, phone_of, picture, textbox_of
from tests.support.official_account import CS, buttons

pytestmark = pytest.mark.browser

DAY_S = 86_400


@dataclass
class Account:
    """The account's side, and one person's chat with it."""

    sandbox: PageSandbox
    chat: str
    token: str = ""

    async def send(self, text: str, **message: object) -> str:
        if not self.token:
            self.token = (await self.sandbox.control("oa/tokens"))["access_token"]
        body = {"recipient": {"user_id": self.chat}, "message": {"text": text, **message}}
        url, headers = f"{self.sandbox.url}/oa/{CS}", {"access_token": self.token}
        async with self.sandbox.http.post(url, json=body, headers=headers) as answer:
            sent = await answer.json()
        assert sent["error"] == 0, sent
        return str(sent["data"]["message_id"])

    async def events(self) -> list[Any]:
        async with self.sandbox.http.get(f"{self.sandbox.url}/sandbox/oa/events") as answer:
            return [one["event"] for one in await answer.json()]

    async def texts(self) -> list[str]:
        """What the account has got as words, presses included."""
        return [
            one["message"]["text"]
            for one in await self.events()
            if one["event_name"] == "user_send_text"
        ]


@pytest.fixture
async def account(sandbox: PageSandbox) -> Account:
    person = await sandbox.control("users", first_name="Thảo", messenger="zalo_oa")
    return Account(sandbox, person["id"])


@pytest.fixture
async def page(sandbox: PageSandbox, browser: Browser, account: Account) -> AsyncIterator[Page]:
    async with open_page(browser, sandbox.url) as opened:
        yield opened


@pytest.fixture
def phone(page: Page) -> Locator:
    return phone_of(page, "Thảo")


async def test_the_line_under_the_name_moves_with_the_clock(
    sandbox: PageSandbox, phone: Locator
) -> None:
    line = phone.locator(".window")
    await expect(line).to_contain_text("Chưa tương tác lần nào")
    follow = phone.get_by_role("switch", name="Theo dõi")
    await follow.click()
    await expect(follow).to_have_attribute("aria-checked", "true")
    await expect(line).to_contain_text("Tương tác lần cuối vừa xong")
    await expect(line).to_contain_text("miễn phí")
    await sandbox.control("clock", advance_s=3 * DAY_S + 60)
    await expect(line).to_contain_text("Tương tác lần cuối 3 ngày trước")
    await expect(line).to_contain_text("tính hạn mức")
    await sandbox.control("clock", advance_s=5 * DAY_S)
    await expect(line).to_contain_text("Tương tác lần cuối 8 ngày trước")
    await expect(line).to_contain_text("chưa nhắn được")
    await follow.click()
    await expect(follow).to_have_attribute("aria-checked", "false")
    await expect(line).to_contain_text("8 ngày trước")


async def test_a_pressed_button_reaches_the_account_and_waits_for_nothing(
    account: Account, phone: Locator
) -> None:
    await account.sandbox.control(f"chats/{account.chat}/follow")
    both = buttons("Ẩn", payload="#h")
    shown = buttons("Hiện", kind="oa.query.show", payload="#s")
    both["payload"]["buttons"] += shown["payload"]["buttons"]
    await account.send("Chọn một nút", attachment=both)
    await phone.get_by_role("button", name="Ẩn", exact=True).click()
    await phone.get_by_role("button", name="Hiện", exact=True).click()
    await expect(phone.locator(".out")).to_have_count(1)
    await expect(phone.locator(".out")).to_contain_text("#s")
    await expect(phone.locator("[aria-busy=true]")).to_have_count(0)
    assert await account.texts() == ["#h", "#s"]


async def test_a_message_on_the_screen_was_seen(
    page: Page, account: Account, phone: Locator
) -> None:
    await account.sandbox.control(f"chats/{account.chat}/follow")
    async with page.expect_response(re.compile("/seen$")):
        sent = await account.send("Chào")
    seen = [one for one in await account.events() if one["event_name"] == "user_seen_message"]
    assert [one["message"] for one in seen] == [{"msg_ids": [sent]}]


async def test_words_pictures_and_places_are_sent_as_on_any_phone(
    page: Page, account: Account, phone: Locator
) -> None:
    await textbox_of(phone).fill("Chào câu lạc bộ")
    await phone.get_by_role("button", name="Gửi", exact=True).click()
    await phone.locator("input[type=file]").set_input_files([picture("mot.png")])
    await phone.get_by_role("button", name="Gửi", exact=True).click()
    await phone.get_by_role("button", name="Thao tác với máy này").click()
    await page.get_by_role("menuitem", name="Gửi loại tin khác…").click()
    await page.get_by_role("dialog").get_by_role("button", name="Vị trí").click()
    await expect(phone.locator(".out")).to_have_count(3)
    names = [one["event_name"] for one in await account.events()]
    assert names == ["user_send_text", "user_send_image", "user_send_location"]


async def test_consent_is_withdrawn_in_the_menu_of_the_phone(
    page: Page, account: Account, phone: Locator
) -> None:
    await phone.get_by_role("button", name="Thao tác với máy này").click()
    await page.get_by_role("menuitem", name="Rút lại đồng ý…").click()
    async with page.expect_response(re.compile("/withdraw$")):
        await page.get_by_role("dialog").get_by_role("button", name="Rút lại", exact=True).click()
    assert [one["event_name"] for one in await account.events()] == ["user_withdraw"]


async def test_a_new_phone_is_on_one_of_three_apps(page: Page) -> None:
    await page.get_by_role("button", name=re.compile("^Điện thoại")).first.click()
    await page.get_by_role("button", name="Thêm điện thoại").click()
    dialog = page.get_by_role("dialog")
    app = dialog.get_by_label("Ứng dụng")
    offered = await app.get_by_role("option").all_inner_texts()
    assert offered == ["Telegram", "Zalo, trò chuyện với bot", "Zalo OA, tài khoản chính thức"]
    await dialog.get_by_label("Tên", exact=True).fill("Sơn")
    await app.select_option(label="Zalo OA, tài khoản chính thức")
    await dialog.get_by_role("button", name="Thêm", exact=True).click()
    son = phone_of(page, "Sơn")
    await expect(son.get_by_role("switch", name="Theo dõi")).to_be_visible()
    await expect(son).to_contain_text("niềm tin OA")


async def test_the_accounts_quota_is_read_and_changed_on_the_page(
    page: Page, account: Account, phone: Locator
) -> None:
    await account.sandbox.control(f"chats/{account.chat}/follow")
    await account.send("Chào")
    await phone.get_by_role("button", name="Thao tác với máy này").click()
    await page.get_by_role("menuitem", name="Hạn mức của OA…").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.locator(".figures")).to_contain_text("2.000 / 2.000")
    await dialog.get_by_label("Hạn mức của gói").fill("500")
    await dialog.get_by_label("Số dư Zalo Cloud Account").fill("")
    async with page.expect_response(re.compile("/sandbox/oa$")) as changed:
        await dialog.get_by_role("button", name="Lưu").click()
    after = await (await changed.value).json()
    assert (after["package_quota"], after["balance_dong"], after["sent"]["reply"]) == (500, None, 1)
