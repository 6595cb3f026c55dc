"""The people around a running bot: they act through the sandbox's control API, over real HTTP."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import aiohttp

PATIENCE_S = 20.0
_GLANCE_S = 0.02

Message = dict[str, Any]


class NothingCame(AssertionError):
    """What a person waited for did not appear in their chat."""


class Town:
    """One sandbox and everybody in it."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self._http = http
        self.url = url

    async def person(self, name: str, *, language: str = "vi") -> "Resident":
        """Somebody new, who has not written to the bot yet."""
        user = await self.post("users", first_name=name, language_code=language)
        return Resident(self, user["id"])

    async def later(self, **span: float) -> None:
        """Moves the clock that everybody lives by; the span is given in `hours`, `minutes` …"""
        seconds = {"days": 86400, "hours": 3600, "minutes": 60, "seconds": 1}
        await self.post("clock", advance_s=sum(seconds[unit] * n for unit, n in span.items()))

    async def trouble(self, **fault: object) -> None:
        """Has Telegram fail as described; see `Fault` in the sandbox."""
        await self.post("faults", **fault)

    async def calls(self, method: str) -> list[dict[str, Any]]:
        """Every call of one method, in the order of arrival."""
        async with self._http.get(f"{self.url}/sandbox/calls", params={"method": method}) as answer:
            found: list[dict[str, Any]] = await answer.json()
        return found

    async def post(self, path: str, **body: object) -> Any:
        async with self._http.post(f"{self.url}/sandbox/{path}", json=body) as answer:
            said = await answer.json()
            assert answer.status == 200, said
            return said

    async def get(self, path: str) -> Any:
        async with self._http.get(f"{self.url}/sandbox/{path}") as answer:
            return await answer.json()


async def until(happened: Callable[[], Awaitable[bool]], what: str) -> None:
    """Waits until `happened`, but not for ever."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + PATIENCE_S
    while not await happened():
        if loop.time() > deadline:
            raise NothingCame(what)
        await asyncio.sleep(_GLANCE_S)


@dataclass
class Resident:
    """One person with a phone."""

    town: Town
    id: int

    async def starts(self, payload: str = "") -> None:
        """Presses START, with what a link carried."""
        await self.town.post(f"chats/{self.id}/start", payload=payload)

    async def says(self, text: str, **more: object) -> None:
        await self.town.post(f"chats/{self.id}/send", text=text, **more)

    async def forwards(self, text: str, *, sender: str = "Người lạ") -> None:
        """Forwards a post from outside."""
        await self.town.post(f"chats/{self.id}/send", forward={"sender_name": sender, "text": text})

    async def presses(self, label: str) -> str:
        """Waits for the newest button whose label contains `label`; returns the toast."""
        message, full = await self._button(label)
        pressed = await self.town.post(
            f"chats/{self.id}/press", message_id=message["message_id"], label=full, wait=True
        )
        return str((pressed.get("answer") or {}).get("text") or "")

    async def messages(self) -> list[Message]:
        found: list[Message] = await self.town.get(f"chats/{self.id}/messages")
        return found

    async def answers(self) -> list[str]:
        """What the bot has written, in order."""
        return [text_of(m) for m in await self.messages() if m["from"]["is_bot"]]

    async def menu(self) -> list[str]:
        """The commands the phone offers."""
        return [entry["command"] for entry in await self.town.get(f"chats/{self.id}/commands")]

    async def reads(self, *wanted: str) -> Message:
        """Waits for a message of the bot's that holds all these words; the newest counts."""

        def fits(message: Message) -> bool:
            return all(words in text_of(message) for words in wanted)

        return await self._find(fits, " … ".join(wanted))

    async def blocks(self) -> None:
        await self.town.post(f"chats/{self.id}/block")

    async def _button(self, label: str) -> tuple[Message, str]:
        def full(message: Message) -> str:
            return next((text for text in labels_of(message) if label in text), "")

        message = await self._find(lambda one: bool(full(one)), f"[{label}]")
        return message, full(message)

    async def _find(self, fits: Callable[[Message], bool], what: str) -> Message:
        deadline = asyncio.get_running_loop().time() + PATIENCE_S
        while asyncio.get_running_loop().time() < deadline:
            for message in reversed(await self.messages()):
                if message["from"]["is_bot"] and fits(message):
                    return message
            await asyncio.sleep(_GLANCE_S)
        seen = "\n".join(f"- {text_of(m)} {labels_of(m)}" for m in await self.messages())
        raise NothingCame(f"{what} never came; the chat reads:\n{seen}")


def text_of(message: Message) -> str:
    return str(message.get("text") or message.get("caption") or "")


def labels_of(message: Message) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]
