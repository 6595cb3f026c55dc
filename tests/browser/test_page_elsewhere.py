"""The bot's name typed in a chat with somebody else, on the page."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.page_sandbox import PageSandbox, open_page, phone_of

pytestmark = pytest.mark.browser

TITLE = "Đường Hùng Vương cấm xe"


@asynccontextmanager
async def a_bot_that_offers(sandbox: PageSandbox, *titles: str) -> AsyncIterator[list[str]]:
    """Answers each lookup with those announcements whose title holds the words; yields the words."""
    asked: list[str] = []

    async def answer() -> None:
        while True:
            query = (await sandbox.receive_update())["inline_query"]
            asked.append(query["query"])
            found = [title for title in titles if query["query"] in title]
            results = [
                {
                    "type": "article",
                    "id": str(number),
                    "title": title,
                    "input_message_content": {
                        "message_text": f"<b>{title}</b>",
                        "parse_mode": "HTML",
                    },
                }
                for number, title in enumerate(found)
            ]
            await sandbox.bot("answerInlineQuery", inline_query_id=query["id"], results=results)

    answering = asyncio.create_task(answer())
    try:
        yield asked
    finally:
        answering.cancel()
        with suppress(asyncio.CancelledError):
            await answering


async def other_chat(page: Page, name: str) -> Locator:
    await phone_of(page, name).get_by_role("button", name="Thao tác với máy này").click()
    await page.get_by_role("menuitem", name="Đăng vào cuộc trò chuyện khác…").click()
    return page.get_by_role("dialog", name="Cuộc trò chuyện với người khác")


async def test_what_was_picked_stands_in_the_other_chat_and_the_bot_hears_nothing_of_it(
    sandbox: PageSandbox, browser: Browser, mai: int
) -> None:
    async with (
        a_bot_that_offers(sandbox, TITLE, "Giờ bỏ phiếu") as asked,
        open_page(browser, sandbox.url) as page,
    ):
        chat = await other_chat(page, "Mai")
        await expect(chat.get_by_role("option")).to_have_count(2)
        await chat.get_by_role("textbox").press_sequentially("Hùng")
        await expect(chat.get_by_role("option")).to_have_count(1)
        heard = len(asked)
        await chat.get_by_role("option", name=TITLE).click()
        posted = chat.get_by_role("log")
        await expect(posted.get_by_text(TITLE)).to_be_visible()
        await expect(posted).to_contain_text("qua @")
        await expect(chat.get_by_role("option")).to_have_count(0)
        await chat.get_by_role("button", name="Đóng").click()
        await expect(chat).to_have_count(0)
        await expect(phone_of(page, "Mai").get_by_text(TITLE)).to_have_count(0)
        assert (asked[0], asked[heard - 1]) == ("", "Hùng")
        assert len(asked) == heard


async def test_who_finds_nothing_is_told_so(
    sandbox: PageSandbox, browser: Browser, mai: int
) -> None:
    async with a_bot_that_offers(sandbox, TITLE), open_page(browser, sandbox.url) as page:
        chat = await other_chat(page, "Mai")
        await chat.get_by_role("textbox").press_sequentially("xyz")
        await expect(chat.get_by_text("Không có thông báo nào phù hợp.")).to_be_visible()
