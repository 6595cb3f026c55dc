"""The demo's town, with what only tests ask for: trouble, and a look at what the bot called."""

from typing import Any

from bot.demo.actors import NothingCame, Resident, Town, labels_of, text_of, until
from bot.sandbox.state import SandboxSettings

__all__ = [
    "NothingCame",
    "Resident",
    "TownUnderTest",
    "answers",
    "labels_of",
    "menu",
    "text_of",
    "until",
]


class TownUnderTest(Town):
    """One sandbox, everybody in it, and the hands on its machinery."""

    async def later(self, **span: float) -> None:
        """Moves the clock on; the span is given in `hours`, `minutes` …"""
        seconds = {"days": 86400, "hours": 3600, "minutes": 60, "seconds": 1}
        await self.advance(sum(seconds[unit] * number for unit, number in span.items()))

    async def trouble(self, **fault: object) -> None:
        """Has Telegram fail as described; see `ChainFault` in the sandbox."""
        await self.post("faults", **fault)

    async def mend(self) -> None:
        """Has Telegram fail no more."""
        async with self._http.delete(f"{self.url}/sandbox/faults") as answer:
            assert answer.status == 200

    async def asks_telegram(self, method: str, **parameters: object) -> Any:
        """What the Bot API answers to whoever has the bot's token."""
        address = f"{self.url}/bot{SandboxSettings().token}/{method}"
        async with self._http.post(address, json=parameters) as answer:
            return (await answer.json())["result"]

    async def calls(self, method: str) -> list[dict[str, Any]]:
        """Every call of one method, in the order of arrival."""
        found: list[dict[str, Any]] = await self.get(f"calls?method={method}")
        return found


async def answers(person: Resident) -> list[str]:
    """What the bot has written to somebody, in order."""
    return [text_of(m) for m in await person.messages() if m["from"]["is_bot"]]


async def menu(person: Resident) -> list[str]:
    """The commands somebody's phone offers."""
    return [entry["command"] for entry in await person.town.get(f"chats/{person.id}/commands")]
