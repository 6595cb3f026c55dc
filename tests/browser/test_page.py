"""What the sandbox's page shows, in a real Chromium."""

from contextlib import AsyncExitStack

import aiohttp
import pytest
from playwright.async_api import Browser, expect

from bot.sandbox.serve import serve
from bot.sandbox.state import SandboxSettings
from tests.browser.page_sandbox import PHONE, PageSandbox, in_view, open_page, phone_of, textbox_of

pytestmark = pytest.mark.browser


async def test_a_message_shows_while_the_page_is_open_with_its_edit_and_its_deletion(
    sandbox: PageSandbox, browser: Browser, mai: int
) -> None:
    async with open_page(browser, sandbox.url) as page:
        message_id = await sandbox.say(mai, "Phòng bỏ phiếu mở lúc <b>7 giờ</b>")
        message = phone_of(page, "Mai").locator(f'[data-message-id="{message_id}"]')
        await expect(message.locator("strong")).to_have_text("7 giờ")
        await sandbox.bot(
            "editMessageText", chat_id=mai, message_id=message_id, text="Mở lúc 6 giờ"
        )
        await expect(message).to_contain_text("Mở lúc 6 giờ")
        await expect(message).to_contain_text("đã sửa")
        await sandbox.bot("deleteMessage", chat_id=mai, message_id=message_id)
        await expect(message).to_have_count(0)


async def test_a_pressed_button_waits_until_the_bot_answers(
    sandbox: PageSandbox, browser: Browser, mai: int
) -> None:
    await sandbox.say(
        mai, "Bạn đã chia sẻ chưa?", [{"text": "Tôi đã chia sẻ", "callback_data": "s"}]
    )
    async with open_page(browser, sandbox.url) as page:
        button = phone_of(page, "Mai").get_by_role("button", name="Tôi đã chia sẻ", exact=True)
        await button.click()
        await expect(button).to_have_attribute("aria-busy", "true")
        query = (await sandbox.receive_update())["callback_query"]
        assert query["data"] == "s"
        await sandbox.bot("answerCallbackQuery", callback_query_id=query["id"], text="Cảm ơn bạn")
        await expect(phone_of(page, "Mai").get_by_role("status")).to_have_text("Cảm ơn bạn")
        await expect(button).not_to_have_attribute("aria-busy", "true")


async def test_an_alert_of_the_bot_stays_until_it_is_read(
    sandbox: PageSandbox, browser: Browser, mai: int
) -> None:
    await sandbox.say(mai, "Duyệt?", [{"text": "Duyệt", "callback_data": "d"}])
    async with open_page(browser, sandbox.url) as page:
        button = phone_of(page, "Mai").get_by_role("button", name="Duyệt", exact=True)
        await button.click()
        query = (await sandbox.receive_update())["callback_query"]
        await sandbox.bot(
            "answerCallbackQuery", callback_query_id=query["id"], text="Đã khác", show_alert=True
        )
        alert = page.get_by_role("alertdialog")
        await expect(alert).to_contain_text("Đã khác")
        await page.keyboard.press("Enter")
        await expect(alert).to_have_count(0)
        await expect(button).to_be_focused()


async def test_a_link_button_is_a_link_that_opens_elsewhere(
    sandbox: PageSandbox, browser: Browser, mai: int
) -> None:
    await sandbox.say(mai, "Nguồn", [{"text": "Xem nguồn", "url": "https://example.vn/a"}])
    async with open_page(browser, sandbox.url) as page:
        link = phone_of(page, "Mai").get_by_role("link", name="Xem nguồn", exact=True)
        await expect(link).to_have_attribute("href", "https://example.vn/a")
        await expect(link).to_have_attribute("target", "_blank")
        await expect(link).to_have_attribute("rel", "noopener noreferrer")


async def test_colours_of_buttons_and_times_in_texts_show(
    sandbox: PageSandbox, browser: Browser, mai: int
) -> None:
    row = [
        {"text": label, "callback_data": label, "style": label}
        for label in ("danger", "success", "primary")
    ]
    await sandbox.bot(
        "sendMessage",
        chat_id=mai,
        text='Đến <tg-time unix="1773532800">7:00, Chủ Nhật</tg-time>',
        parse_mode="HTML",
        reply_markup={"inline_keyboard": [[*row, {"text": "plain", "callback_data": "plain"}]]},
    )
    async with open_page(browser, sandbox.url) as page:
        phone = phone_of(page, "Mai")
        colours = {
            await phone.get_by_role("button", name=label, exact=True).evaluate(
                "node => getComputedStyle(node).backgroundColor"
            )
            for label in ("danger", "success", "primary", "plain")
        }
        assert len(colours) == 4
        time = phone.locator("time.moment")
        await expect(time).to_have_text("7:00, Chủ Nhật")
        await expect(time).to_have_attribute("datetime", "2026-03-15T00:00:00.000Z")


async def test_blocking_the_bot_is_a_switch(
    sandbox: PageSandbox, browser: Browser, mai: int
) -> None:
    async with open_page(browser, sandbox.url) as page:
        phone = phone_of(page, "Mai")
        switch = phone.get_by_role("switch", name="Chặn bot")
        await switch.click()
        await expect(switch).to_be_checked()
        assert (await sandbox.receive_update())["my_chat_member"]["new_chat_member"][
            "status"
        ] == "kicked"
        await expect(textbox_of(phone)).to_be_hidden()
        await phone.get_by_role("button", name="Bỏ chặn").click()
        await expect(textbox_of(phone)).to_be_visible()


async def test_a_button_moves_the_clock_of_the_club(sandbox: PageSandbox, browser: Browser) -> None:
    async with open_page(browser, sandbox.url) as page:
        async with page.expect_response("**/sandbox/clock"):
            await page.get_by_role("button", name="+1 giờ").click()
        async with sandbox.http.get(f"{sandbox.url}/sandbox/clock") as answer:
            assert (await answer.json())["offset_s"] == 3600
        await page.get_by_role("button", name="Tới 7:00 sáng mai").click()
        face = page.get_by_role("region", name="Đồng hồ của câu lạc bộ").locator("time")
        await expect(face).to_contain_text("07:00:0")


async def test_a_phone_added_on_the_page_can_be_hidden_and_shown(
    sandbox: PageSandbox, browser: Browser
) -> None:
    async with open_page(browser, sandbox.url) as page:
        await page.get_by_role("main").get_by_role("button", name="Thêm điện thoại").click()
        await page.get_by_label("Tên", exact=True).fill("Cô Bảy")
        await page.get_by_label("Vai trò").fill("hội viên")
        await page.keyboard.press("Enter")
        phone = phone_of(page, "Cô Bảy")
        await expect(phone).to_contain_text("hội viên")
        await page.get_by_role("button", name="Điện thoại", exact=True).click()
        await page.get_by_role("checkbox", name="Cô Bảy").uncheck()
        await expect(phone).to_be_hidden()
        await page.get_by_role("checkbox", name="Cô Bảy").check()
        await expect(phone).to_be_visible()


async def test_a_narrow_window_shows_one_phone_at_a_time(
    sandbox: PageSandbox, browser: Browser
) -> None:
    for name in ("Mai", "Huy", "Hạnh"):
        await sandbox.add_user(name)
    async with open_page(browser, sandbox.url, PHONE) as page:
        assert await in_view(page) == ["Mai"]
        await page.get_by_role("navigation").get_by_role("button", name="Hạnh").click()
        await expect(textbox_of(phone_of(page, "Hạnh"))).to_be_in_viewport(ratio=1)
        assert await in_view(page) == ["Hạnh"]
        width = await page.evaluate("document.documentElement.scrollWidth")
        assert width == PHONE[0]


async def test_a_laptop_shows_four_phones_side_by_side(
    sandbox: PageSandbox, browser: Browser
) -> None:
    names = ["Mai", "Huy", "Hạnh", "Đức"]
    for name in names:
        await sandbox.add_user(name)
    async with open_page(browser, sandbox.url) as page:
        assert await in_view(page) == names


async def test_markup_in_names_and_messages_is_only_text(
    sandbox: PageSandbox, browser: Browser
) -> None:
    evil = '<img src=x onerror="document.title = 1">'
    person = await sandbox.add_user(evil)
    async with open_page(browser, sandbox.url) as page:
        await sandbox.control(f"chats/{person}/send", text=evil)
        await sandbox.bot("sendMessage", chat_id=person, text=evil)
        phone = phone_of(page, evil)
        await expect(phone.locator(".text").get_by_text(evil, exact=True)).to_have_count(2)
        await expect(phone.locator("h2")).to_have_text(evil)
        await expect(page.locator("img[src='x']")).to_have_count(0)
        await expect(page).to_have_title("niềm tin · sân thử")


async def test_nothing_disturbs_who_reads_older_messages_neither_news_nor_the_day_above(
    sandbox: PageSandbox, browser: Browser, mai: int
) -> None:
    for number in range(40):
        await sandbox.say(mai, f"Tin số {number}")
    async with open_page(browser, sandbox.url) as page:
        phone = phone_of(page, "Mai")
        await expect(phone.get_by_text("Tin số 39")).to_be_in_viewport()
        day = phone.get_by_role("heading", name="Hôm nay")
        await expect(day).to_have_css("opacity", "0")
        await phone.get_by_role("log").hover()
        await page.mouse.wheel(0, -5000)
        await expect(phone.get_by_text("Tin số 0", exact=True)).to_be_in_viewport()
        await expect(phone.locator(".log.resting")).to_be_attached()
        await expect(day).to_have_css("opacity", "1")
        await sandbox.say(mai, "Tin mới nhất")
        jump = phone.get_by_role("button", name="Tới tin mới nhất (1 tin chưa đọc)")
        await expect(jump).to_be_visible()
        await expect(phone.get_by_text("Tin số 0", exact=True)).to_be_in_viewport()
        await jump.click()
        await expect(phone.get_by_text("Tin mới nhất")).to_be_in_viewport()
        await expect(jump).to_be_hidden()


async def test_typing_is_shown_until_the_message_comes(
    sandbox: PageSandbox, browser: Browser, mai: int
) -> None:
    async with open_page(browser, sandbox.url) as page:
        await sandbox.bot("sendChatAction", chat_id=mai, action="typing")
        status = phone_of(page, "Mai").locator(".status")
        await expect(status).to_have_text("đang nhập…")
        await sandbox.say(mai, "Chào bạn")
        await expect(status).to_have_text("bot")


async def test_after_a_restart_the_page_shows_who_is_there_now(browser: Browser) -> None:
    settings = SandboxSettings()
    async with AsyncExitStack() as earlier, aiohttp.ClientSession() as http:
        address = await earlier.enter_async_context(serve(settings, port=0))
        await PageSandbox(address.url, settings.token, http).add_user("Mai")
        async with open_page(browser, address.url, errors_expected=True) as page:
            await expect(phone_of(page, "Mai")).to_be_visible()
            await earlier.aclose()
            await expect(page.get_by_text("Mất kết nối")).to_be_visible()
            async with serve(settings, port=address.port):
                await PageSandbox(address.url, settings.token, http).add_user("Huy")
                await expect(phone_of(page, "Huy")).to_be_visible()
                await expect(phone_of(page, "Mai")).to_have_count(0)


async def test_a_link_to_the_bot_itself_opens_in_the_same_phone(
    sandbox: PageSandbox, browser: Browser, mai: int
) -> None:
    await sandbox.say(mai, "Mời bạn", [{"text": "Mở", "url": "https://t.me/niemtin_bot?start=HV"}])
    async with open_page(browser, sandbox.url) as page:
        await phone_of(page, "Mai").get_by_role("link", name="Mở", exact=True).click()
        assert (await sandbox.receive_update())["message"]["text"] == "/start HV"
        assert len(page.context.pages) == 1


async def test_the_page_keeps_its_language_and_its_look(
    sandbox: PageSandbox, browser: Browser
) -> None:
    async with open_page(browser, sandbox.url) as page:
        await page.get_by_role("button", name="Đổi nền sáng/tối").click()
        await page.get_by_role("button", name="English").click()
        await expect(page.get_by_role("heading", name="No phones yet.")).to_be_visible()
        await page.reload()
        await expect(page.locator("html")).to_have_attribute("lang", "en")
        await expect(page.locator("html")).to_have_attribute("data-theme", "dark")
