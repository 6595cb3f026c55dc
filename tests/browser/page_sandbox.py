"""A sandbox with its page, and the Bot API by which a test acts as the bot."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from PIL import Image
from playwright.async_api import Browser, FilePayload, Locator, Page, expect

from tests.support.waiting import TIMEOUT_MS, until

LAPTOP = (1366, 768)
PHONE = (390, 844)
_POLL_S = 50
PRESSES = "window.presses"
"""How many times the page has told the sandbox of a pressed button, as JavaScript."""
_COUNT_PRESSES = """
    window.presses = 0;
    const ask = window.fetch;
    window.fetch = (path, ...rest) => {
        if (String(path).endsWith("/press")) window.presses += 1;
        return ask(path, ...rest);
    };
"""


@dataclass
class PageSandbox:
    """A sandbox over HTTP: `bot` calls the Bot API, `control` the control API."""

    url: str
    token: str
    http: aiohttp.ClientSession
    next_update: int = field(default=0, init=False)

    async def bot(self, method: str, **parameters: object) -> Any:
        async with self.http.post(
            f"{self.url}/bot{self.token}/{method}", json=parameters
        ) as answer:
            body = await answer.json()
        assert body["ok"], body
        return body["result"]

    async def add_user(self, name: str, *, started: bool = True) -> int:
        user = await self.control("users", first_name=name)
        if started:
            await self.control(f"chats/{user['id']}/start")
            await self.receive_update()
        return int(user["id"])

    async def control(self, action: str, **body: object) -> Any:
        async with self.http.post(f"{self.url}/sandbox/{action}", json=body) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def receive_update(self) -> Any:
        """The next update that the bot gets."""
        heard: list[Any] = []

        async def comes() -> bool:
            heard.extend(
                await self.bot("getUpdates", offset=self.next_update, limit=1, timeout=_POLL_S)
            )
            return bool(heard)

        await until(comes, "an update")
        self.next_update = heard[0]["update_id"] + 1
        return heard[0]

    async def say(self, chat: int, text: str, *rows: list[dict[str, Any]]) -> int:
        markup = {"reply_markup": {"inline_keyboard": rows}} if rows else {}
        message = await self.bot(
            "sendMessage", chat_id=chat, text=text, parse_mode="HTML", **markup
        )
        return int(message["message_id"])


@asynccontextmanager
async def open_page(
    browser: Browser, url: str, size: tuple[int, int] = LAPTOP, *, errors_expected: bool = False
) -> AsyncIterator[Page]:
    """Opens the page, which must request nothing but this machine.

    Unless `errors_expected`, its console must stay without errors."""
    page = await browser.new_page(viewport={"width": size[0], "height": size[1]}, locale="vi-VN")
    page.set_default_timeout(TIMEOUT_MS)
    complaints: list[str] = []
    hosts: set[str | None] = set()
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: hosts.add(_host(request.url)))
    await page.add_init_script(_COUNT_PRESSES)
    await page.goto(url)
    await expect(page.get_by_text("Đã kết nối")).to_be_attached()
    try:
        yield page
    finally:
        await page.context.close()
    assert errors_expected or complaints == []
    assert hosts == {"127.0.0.1"}


def _host(url: str) -> str | None:
    """Where this is requested from; a blob is a file of the page itself."""
    return urlsplit(url.removeprefix("blob:")).hostname


def phone_of(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=f"Điện thoại của {name}", exact=True)


def textbox_of(phone: Locator) -> Locator:
    return phone.get_by_role("textbox", name="Nhắn tin…")


def picture(name: str, size: tuple[int, int] = (320, 200)) -> FilePayload:
    content = BytesIO()
    Image.new("RGB", size, "teal").save(content, "PNG")
    return {"name": name, "mimeType": "image/png", "buffer": content.getvalue()}


async def in_view(page: Page) -> list[str]:
    """Whose phones can be seen, at least half of each."""
    names: list[str] = await page.evaluate(
        """() => [...document.querySelectorAll("section.phone")].filter((phone) => {
            const { left, right } = phone.getBoundingClientRect();
            return (Math.min(right, innerWidth) - Math.max(left, 0)) > (right - left) / 2;
        }).map((phone) => phone.querySelector("h2").textContent)"""
    )
    return names
