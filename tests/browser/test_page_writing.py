"""What people do on the page: write, attach, forward, by mouse and by keyboard."""

import pytest
from playwright.async_api import Browser, expect

from tests.browser.page_sandbox import PageSandbox, open_page, phone_of, picture, textbox_of

pytestmark = pytest.mark.browser


async def test_a_slash_opens_the_command_menu_and_typing_narrows_it(
    sandbox: PageSandbox, browser: Browser, mai: int
) -> None:
    async with open_page(browser, sandbox.url) as page:
        commands = [("nghivan", "Gửi tin nghi vấn"), ("thongbao", "Thông báo"), ("trogiup", "Giúp")]
        menu = [{"command": command, "description": words} for command, words in commands]
        await sandbox.bot("setMyCommands", commands=menu)
        phone = phone_of(page, "Mai")
        await expect(phone.get_by_role("button", name="Menu")).to_be_visible()
        await textbox_of(phone).fill("/")
        options = phone.get_by_role("option")
        await expect(options).to_have_count(3)
        await textbox_of(phone).fill("/t")
        await expect(options).to_have_count(2)
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("Enter")
        assert (await sandbox.receive_update())["message"]["text"] == "/trogiup"
        await expect(options).to_have_count(0)


async def test_enter_sends_what_was_typed_when_nothing_in_the_menu_was_chosen(
    sandbox: PageSandbox, browser: Browser, mai: int
) -> None:
    await sandbox.bot("setMyCommands", commands=[{"command": "trogiup", "description": "Giúp"}])
    async with open_page(browser, sandbox.url) as page:
        await textbox_of(phone_of(page, "Mai")).fill("/t")
        await page.keyboard.press("Enter")
        assert (await sandbox.receive_update())["message"]["text"] == "/t"


async def test_an_input_method_at_work_keeps_its_enter(
    sandbox: PageSandbox, browser: Browser, mai: int
) -> None:
    async with open_page(browser, sandbox.url) as page:
        textbox = textbox_of(phone_of(page, "Mai"))
        await textbox.fill("Chào")
        await textbox.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
        await expect(textbox).to_have_value("Chào")


async def test_bold_words_reach_the_bot_as_bold(
    sandbox: PageSandbox, browser: Browser, mai: int
) -> None:
    async with open_page(browser, sandbox.url) as page:
        await textbox_of(phone_of(page, "Mai")).fill("Mang **thẻ cử tri** & 1 < 2")
        await phone_of(page, "Mai").get_by_role("button", name="Gửi", exact=True).click()
        message = (await sandbox.receive_update())["message"]
        assert message["text"] == "Mang thẻ cử tri & 1 < 2"
        assert message["entities"] == [{"type": "bold", "offset": 5, "length": 10}]


async def test_a_picture_is_sent_with_its_words_and_can_be_enlarged(
    sandbox: PageSandbox, browser: Browser, mai: int
) -> None:
    async with open_page(browser, sandbox.url) as page:
        phone = phone_of(page, "Mai")
        await phone.locator("input[type=file]").set_input_files(picture("anh.png"))
        await textbox_of(phone).fill("Tin này có thật không?")
        await phone.get_by_role("button", name="Gửi", exact=True).click()
        message = (await sandbox.receive_update())["message"]
        assert message["photo"][-1]["width"] == 320
        assert message["caption"] == "Tin này có thật không?"
        shown = phone.get_by_role("button", name="Xem ảnh lớn")
        await expect(shown.locator("img")).to_have_js_property("complete", value=True)
        assert await shown.locator("img").evaluate("(image) => image.naturalWidth") > 0
        await shown.click()
        await expect(page.get_by_role("dialog")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(shown).to_be_focused()


async def test_several_pictures_travel_as_one_album(
    sandbox: PageSandbox, browser: Browser, mai: int
) -> None:
    async with open_page(browser, sandbox.url) as page:
        phone = phone_of(page, "Mai")
        files = [picture("mot.png"), picture("hai.png")]
        await phone.locator("input[type=file]").set_input_files(files)
        await phone.get_by_role("button", name="Gửi", exact=True).click()
        first, second = [(await sandbox.receive_update())["message"] for _ in files]
        assert first["media_group_id"] == second["media_group_id"]
        await expect(phone.locator(".album [data-message-id]")).to_have_count(2)


async def test_a_message_is_forwarded_to_the_bot_by_another_person(
    sandbox: PageSandbox, browser: Browser
) -> None:
    mai, duc = await sandbox.add_user("Mai"), await sandbox.add_user("Đức")
    await sandbox.say(mai, "Thông báo cho mọi người")
    async with open_page(browser, sandbox.url) as page:
        await phone_of(page, "Mai").get_by_text("Thông báo cho mọi người").hover()
        await phone_of(page, "Mai").locator(".in .more").click()
        await page.get_by_role("menuitem", name="Chuyển tiếp").click()
        await page.get_by_role("dialog").get_by_role("button", name="Đức").click()
        message = (await sandbox.receive_update())["message"]
        assert (message["chat"]["id"], message["text"]) == (duc, "Thông báo cho mọi người")
        assert "forward_origin" in message
        await expect(phone_of(page, "Đức")).to_contain_text("Chuyển tiếp từ niềm tin")


async def test_a_post_from_outside_reaches_the_bot_as_forwarded(
    sandbox: PageSandbox, browser: Browser, mai: int
) -> None:
    async with open_page(browser, sandbox.url) as page:
        phone = phone_of(page, "Mai")
        await phone.get_by_role("button", name="Thao tác với máy này").click()
        await page.get_by_role("menuitem", name="Tin từ bên ngoài…").click()
        await page.get_by_label("Tên kênh").fill("Tin nóng 24h")
        await page.get_by_label("Nội dung").fill("Nộp tiền để giữ thẻ cử tri")
        await page.get_by_role("dialog").get_by_role("button", name="Chuyển tiếp").click()
        message = (await sandbox.receive_update())["message"]
        assert message["forward_origin"]["chat"]["title"] == "Tin nóng 24h"
        await expect(phone).to_contain_text("Chuyển tiếp từ Tin nóng 24h")


async def test_a_reply_says_what_it_answers(sandbox: PageSandbox, browser: Browser) -> None:
    question = await sandbox.say(await sandbox.add_user("Mai"), "Bạn ở xã nào?")
    async with open_page(browser, sandbox.url) as page:
        phone = phone_of(page, "Mai")
        await phone.get_by_text("Bạn ở xã nào?").click(button="right")
        await page.get_by_role("menuitem", name="Trả lời").click()
        await textbox_of(phone).fill("Xã Cẩm Bình")
        await page.keyboard.press("Enter")
        assert (await sandbox.receive_update())["message"]["reply_to_message"][
            "message_id"
        ] == question
        await expect(phone.locator(".quoted")).to_contain_text("Bạn ở xã nào?")


async def test_the_whole_way_in_needs_no_mouse(sandbox: PageSandbox, browser: Browser) -> None:
    await sandbox.add_user("Mai", started=False)
    await sandbox.bot("setMyCommands", commands=[{"command": "trogiup", "description": "Giúp"}])
    async with open_page(browser, sandbox.url) as page:
        start = phone_of(page, "Mai").get_by_role("button", name="Bắt đầu")
        for _ in range(20):
            await page.keyboard.press("Tab")
            if await start.evaluate("(node) => node === document.activeElement"):
                break
        await page.keyboard.press("Enter")
        assert (await sandbox.receive_update())["message"]["text"] == "/start"
        await expect(textbox_of(phone_of(page, "Mai"))).to_be_focused()
        await page.keyboard.type("/tro")
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("Enter")
        assert (await sandbox.receive_update())["message"]["text"] == "/trogiup"
        await phone_of(page, "Mai").get_by_role("log").focus()
        await page.keyboard.press("ArrowUp")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("menuitem", name="Trả lời")).to_be_focused()
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("menu")).to_have_count(0)


async def test_an_invite_opens_the_chat_with_its_code(
    sandbox: PageSandbox, browser: Browser
) -> None:
    await sandbox.add_user("Mai", started=False)
    async with open_page(browser, sandbox.url) as page:
        await phone_of(page, "Mai").get_by_role("button", name="Mở bằng mã mời…").click()
        await page.get_by_role("textbox", name="Mã mời").fill(
            "https://t.me/niemtin_bot?start=HV-7K2M"
        )
        await page.keyboard.press("Enter")
        assert (await sandbox.receive_update())["message"]["text"] == "/start HV-7K2M"
