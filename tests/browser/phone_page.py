"""Page object of one phone on the sandbox's page: type, tap and read."""

import re
from dataclasses import dataclass

from playwright.async_api import Locator, Page, expect

from tests.browser.page_sandbox import PRESSES, phone_of, textbox_of
from tests.support.waiting import until

_READ = "(nodes) => nodes.map((node) => `${node.dataset.messageId}\\n${node.innerText}`)"
OA_APP = "Zalo OA, tài khoản chính thức"
"""The app of a phone with the Official Account, as the page calls it."""
_TWO_FRAMES = "() => new Promise((on) => requestAnimationFrame(() => requestAnimationFrame(on)))"


@dataclass(frozen=True)
class PhonePage:
    """One phone on the page, by the person's name."""

    page: Page
    name: str

    @property
    def phone(self) -> Locator:
        return phone_of(self.page, self.name)

    async def write(self, text: str) -> None:
        """Types and sends."""
        await textbox_of(self.phone).fill(text)
        await self.phone.get_by_role("button", name="Gửi", exact=True).click()

    async def tap(self, label: str) -> None:
        """Taps the newest button that begins with this label, its number in a list aside."""
        await self._press(self._buttons(label).last)
        await expect(self.phone.locator("[aria-busy=true]")).to_have_count(0)

    async def _press(self, button: Locator) -> None:
        """Clicks until the page has told the sandbox of it, as people do.

        A click is lost when the list moves under the finger at that moment; then the page tells
        nobody, and clicking once more does nothing twice.
        """
        before = await self.page.evaluate(PRESSES)
        while await self.page.evaluate(PRESSES) == before:
            await button.click()
            # Whatever the click begins has begun by the time the page has shown two more frames.
            await self.page.evaluate(_TWO_FRAMES)

    async def read(self, words: str) -> str:
        """Waits for a message of the bot's that holds these words; returns the newest one."""
        message = self._messages.filter(has_text=words).last
        await expect(message).to_be_visible()
        return await message.inner_text()

    async def ask(self, text: str, then: str) -> str:
        """Types, and waits for an answer that holds `then`."""
        before = await self._read_all()
        await self.write(text)
        return await self._read_new(before, then)

    async def choose(self, label: str, then: str) -> str:
        """Taps, and waits for what it leads to."""
        before = await self._read_all()
        await self.tap(label)
        return await self._read_new(before, then)

    async def _read_new(self, before: list[str], words: str) -> str:
        """Waits for a message that is new or changed since `before` and holds these words."""
        found: list[str] = []

        async def comes() -> bool:
            found.extend(
                one for one in await self._read_all() if words in one and one not in before
            )
            return bool(found)

        await until(comes, f"{words!r} on the phone of {self.name}")
        return found[-1].partition("\n")[2]

    async def _read_all(self) -> list[str]:
        """Every message of the bot's: its id in the first line, its words below."""
        read: list[str] = await self.phone.locator("[data-message-id].in").evaluate_all(_READ)
        return read

    async def open_invite(self, code: str) -> None:
        """Opens the chat with the code of an invite, as a link would."""
        await self._phone_menu("Mở bằng mã mời…")
        dialog = self.page.get_by_role("dialog")
        await dialog.get_by_label("Mã mời hoặc liên kết mời").fill(code)
        await dialog.get_by_role("button", name="Mở", exact=True).click()

    async def forward_from_outside(self, sender: str, text: str) -> None:
        """Forwards to the bot a post that somebody else wrote."""
        await self._phone_menu("Tin từ bên ngoài…")
        dialog = self.page.get_by_role("dialog")
        await dialog.get_by_label("Tin này đến từ").select_option(label="Một người")
        await dialog.get_by_label("Tên người gửi").fill(sender)
        await dialog.get_by_label("Nội dung").fill(text)
        await dialog.get_by_role("button", name="Chuyển tiếp", exact=True).click()

    async def _phone_menu(self, item: str) -> None:
        await self.phone.get_by_role("button", name="Thao tác với máy này").click()
        await self.page.get_by_role("menuitem", name=item).click()

    @property
    def _messages(self) -> Locator:
        return self.phone.locator("[data-message-id]")

    @property
    def buttons(self) -> Locator:
        """Everything that can be pressed under messages."""
        return self.phone.get_by_role("group", name="Nút bấm của tin nhắn")

    def _buttons(self, label: str) -> Locator:
        return self.buttons.get_by_role("button", name=re.compile(rf"^(\d+ · )?{re.escape(label)}"))


class OaPhonePage(PhonePage):
    """A phone with the Official Account, which has buttons for up to five choices."""

    async def choose(self, label: str, then: str) -> str:
        """Taps the button, or types the number of the choice where there are more than five."""
        listed = re.compile(rf"^(\d+)\. {re.escape(label)}", re.MULTILINE)
        numbers: list[str] = []

        async def is_offered() -> bool:
            numbers[:] = [n for one in (await self._read_all())[-1:] for n in listed.findall(one)]
            return bool(numbers) or await self._buttons(label).count() > 0

        await until(is_offered, f"the choice {label!r} on the phone of {self.name}")
        return await self.ask(numbers[-1], then) if numbers else await super().choose(label, then)


async def add_phone(page: Page, name: str, *, app: str = "Telegram") -> PhonePage:
    """Puts one more phone on the page, with the app of this label."""
    await page.get_by_role("button", name=re.compile("^Điện thoại")).first.click()
    await page.get_by_role("button", name="Thêm điện thoại").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Tên", exact=True).fill(name)
    await dialog.get_by_label("Ứng dụng").select_option(label=app)
    await dialog.get_by_role("button", name="Thêm", exact=True).click()
    phone_page = OaPhonePage(page, name) if app == OA_APP else PhonePage(page, name)
    await expect(phone_page.phone).to_be_attached()
    return phone_page
