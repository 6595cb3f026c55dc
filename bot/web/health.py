"""`GET /healthz`: is the bot well, and if not, which part of it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

PATH = "/healthz"
_PATIENCE_S = 5.0

Check = Callable[[], Awaitable[str]]
"""Looks at one part; returns what is wrong in a few words, or nothing. May raise or hang."""

State = Callable[[], Mapping[str, int]]


class Health:
    """Every part is looked at on its own, so that one that hangs hides no other."""

    def __init__(
        self, checks: Mapping[str, Check], states: Mapping[str, State] | None = None
    ) -> None:
        """`states` are figures that are shown beside what is wrong with a part."""
        self._checks = checks
        self._states = states or {}

    async def answer(self, _: web.Request) -> web.Response:
        found = await self.examine()
        is_well = not any(found.values())
        parts = {
            name: {"ok": not wrong, "says": wrong or "ok", **self._states.get(name, dict)()}
            for name, wrong in found.items()
        }
        return web.json_response({"ok": is_well, **parts}, status=200 if is_well else 503)

    async def examine(self) -> dict[str, str]:
        """Part to what is wrong with it; nothing when it is well."""
        answers = await asyncio.gather(*(_look(check) for check in self._checks.values()))
        return dict(zip(self._checks, answers, strict=True))


async def _look(check: Check) -> str:
    try:
        async with asyncio.timeout(_PATIENCE_S):
            return await check()
    except TimeoutError:
        return "no answer"
    except Exception as error:  # noqa: BLE001 - whatever it is, this part is not well
        return type(error).__name__
