"""A client of the sandbox's control API, and users who write, press buttons and read."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import aiohttp

TIMEOUT_S = 300.0
"""Seconds that a user waits for an answer; even on a busy machine only a hang takes longer."""
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.02, 0.2
"""Seconds between two evaluations of a condition: the first and the longest pause."""

Message = dict[str, Any]


class ExpectationFailed(Exception):
    """What a user expected did not come in time, or was refused; the text says what."""

    def __init__(self, what: str, chat: str = "") -> None:
        super().__init__(f"{what} never came; the chat reads:\n{chat}" if chat else what)
        self.what = what


class SandboxClient:
    """A client of one sandbox's control API."""

    def __init__(self, http: aiohttp.ClientSession, url: str, timeout_s: float = TIMEOUT_S) -> None:
        """`timeout_s` is how long its users wait for an answer."""
        self._http = http
        self.url = url
        self.timeout_s = timeout_s

    async def add_user(self, name: str, *, language: str = "vi", note: str = "") -> "SandboxUser":
        """A new user who has not written to the bot; `note` is shown beside the name."""
        return SandboxUser(
            self,
            (await self.post("users", first_name=name, language_code=language, note=note))["id"],
        )

    async def advance(self, seconds: float) -> None:
        """Advances the sandbox's clock."""
        await self.post("clock", advance_s=seconds)

    async def post(self, path: str, **body: object) -> Any:
        """One request to the control API.

        Raises:
            ExpectationFailed: the sandbox refused; the text says why.
        """
        async with self._http.post(f"{self.url}/sandbox/{path}", json=body) as answer:
            said = await answer.json()
        if answer.status != 200:
            raise ExpectationFailed(said.get("error", answer.status))
        return said

    async def get(self, path: str) -> Any:
        """Reads from the control API."""
        async with self._http.get(f"{self.url}/sandbox/{path}") as answer:
            return await answer.json()


@dataclass(frozen=True)
class SandboxUser:
    """One Telegram user of the sandbox."""

    sandbox: SandboxClient
    id: int | str

    async def starts(self, payload: str = "") -> None:
        """Presses START, with the payload of a link."""
        await self.sandbox.post(f"chats/{self.id}/start", payload=payload)

    async def says(self, text: str, *, then: str = "") -> Message:
        """Writes, formatted as HTML; waits for an answer that holds `then`."""
        before = await self.messages()
        await self.sandbox.post(f"chats/{self.id}/send", text=text, parse_mode="HTML")
        return await self.reads_new(before, then)

    async def forwards(self, text: str, *, sender: str, then: str = "") -> Message:
        """Forwards a post that somebody else wrote; waits as for `says`."""
        before = await self.messages()
        await self.sandbox.post(
            f"chats/{self.id}/send", forward={"sender_name": sender, "text": text}
        )
        return await self.reads_new(before, then)

    async def presses(self, label: str, *, then: str = "") -> str:
        """Presses the newest button with this label, or whose label contains it.

        Waits until the button is answered, and for something new that holds `then`. Returns the
        line shown over the chat.
        """
        message, full = await self._button(label)
        before = await self.messages()
        pressed = await self.sandbox.post(
            f"chats/{self.id}/press?timeout={self.sandbox.timeout_s}",
            message_id=message["message_id"],
            label=full,
            wait=True,
        )
        if then:
            await self.reads_new(before, then)
        return str((pressed.get("answer") or {}).get("text") or "")

    async def reads(self, *wanted: str) -> Message:
        """Waits for a message of the bot that contains all these texts; returns the newest."""

        def fits(message: Message) -> bool:
            return all(words in text_of(message) for words in wanted)

        return await self._find(fits, " … ".join(wanted))

    async def messages(self) -> list[Message]:
        """The messages of the chat, as the user sees them."""
        found: list[Message] = await self.sandbox.get(f"chats/{self.id}/messages")
        return found

    async def reads_new(self, before: list[Message], wanted: str) -> Message:
        """Waits for a message that holds `wanted` and is new or changed since `before`."""
        return await self._find(lambda m: wanted in text_of(m) and m not in before, wanted)

    async def _button(self, label: str) -> tuple[Message, str]:
        message = await self._find(lambda one: bool(full_label(one, label)), f"[{label}]")
        return message, full_label(message, label)

    async def _find(self, fits: Callable[[Message], bool], what: str) -> Message:
        found: list[Message] = []

        async def came() -> bool:
            theirs = [m for m in await self.messages() if m["from"]["is_bot"]]
            found.extend(m for m in reversed(theirs) if fits(m))
            return bool(found)

        try:
            await until(came, what, self.sandbox.timeout_s)
        except ExpectationFailed:
            raise ExpectationFailed(
                what, "\n".join(f"- {text_of(m)} {labels_of(m)}" for m in await self.messages())
            ) from None
        return found[0]


async def until(
    happened: Callable[[], Awaitable[bool]], what: str, timeout_s: float = TIMEOUT_S
) -> None:
    """Waits until `happened` returns true, with growing pauses between two looks.

    Raises:
        ExpectationFailed: it did not in `timeout_s` seconds.
    """
    loop = asyncio.get_running_loop()
    deadline, pause_s = loop.time() + timeout_s, _FIRST_PAUSE_S
    while not await happened():
        if loop.time() > deadline:
            raise ExpectationFailed(what)
        await asyncio.sleep(pause_s)
        pause_s = min(pause_s * 1.3, _LONGEST_PAUSE_S)


def text_of(message: Message) -> str:
    """The text or caption of a message."""
    return str(message.get("text") or message.get("caption") or "")


def labels_of(message: Message) -> list[str]:
    """The labels of all buttons under a message."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


def full_label(message: Message, label: str) -> str:
    """The whole label of the button with this label or with one that contains it; empty without one."""
    labels = labels_of(message)
    return label if label in labels else next((one for one in labels if label in one), "")
