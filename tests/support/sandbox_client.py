"""The demo's sandbox client with what only tests need: fault injection and the recorded calls."""

from typing import Any

from bot.demo.actors import ExpectationFailed, SandboxClient, SandboxUser, labels_of, text_of, until
from bot.sandbox.state import SandboxSettings

__all__ = [
    "ExpectationFailed",
    "SandboxTestClient",
    "SandboxUser",
    "bot_texts",
    "labels_of",
    "menu_commands",
    "text_of",
    "until",
]


class SandboxTestClient(SandboxClient):
    """A client of one sandbox that also injects faults and reads the calls of the bot."""

    async def advance_by(self, **span: float) -> None:
        """Moves the clock on; the span is given in `hours`, `minutes` …"""
        seconds = {"days": 86400, "hours": 3600, "minutes": 60, "seconds": 1}
        await self.advance(sum(seconds[unit] * number for unit, number in span.items()))

    async def inject_fault(self, **fault: object) -> None:
        """Has the Bot API fail as described; see `Fault` in the sandbox."""
        await self.post("faults", **fault)

    async def clear_faults(self) -> None:
        """Removes all faults."""
        async with self._http.delete(f"{self.url}/sandbox/faults") as answer:
            assert answer.status == 200

    async def call_bot_api(self, method: str, **parameters: object) -> Any:
        """Calls a method of the Bot API with the bot's token; returns the result."""
        address = f"{self.url}/bot{SandboxSettings().token}/{method}"
        async with self._http.post(address, json=parameters) as answer:
            return (await answer.json())["result"]

    async def calls(self, method: str) -> list[dict[str, Any]]:
        """Every call of one method, in the order of arrival."""
        found: list[dict[str, Any]] = await self.get(f"calls?method={method}")
        return found


async def bot_texts(person: SandboxUser) -> list[str]:
    """The texts that the bot has sent to a user, in order."""
    return [text_of(m) for m in await person.messages() if m["from"]["is_bot"]]


async def menu_commands(person: SandboxUser) -> list[str]:
    """The commands in a user's menu."""
    return [entry["command"] for entry in await person.sandbox.get(f"chats/{person.id}/commands")]
