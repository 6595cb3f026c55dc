"""`GET /healthz`: whether the bot is healthy, and the result of each part."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

PATH = "/healthz"
_TIMEOUT_S = 5.0

HealthCheck = Callable[[], Awaitable[str]]
"""Checks one part: empty, or what is wrong in a few words. May raise or hang."""

Figures = Callable[[], Mapping[str, int]]


class Health:
    """Runs every check concurrently and on its own, so that one that hangs hides no other."""

    def __init__(
        self, checks: Mapping[str, HealthCheck], figures: Mapping[str, Figures] | None = None
    ) -> None:
        """`figures` are shown beside the result of the part of the same name."""
        self._checks = checks
        self._figures = figures or {}

    async def answer(self, _: web.Request) -> web.Response:
        """200 when every check passes, else 503; the body names each part and its result."""
        problems = await self.examine()
        is_healthy = not any(problems.values())
        parts = {
            name: {"ok": not problem, "says": problem or "ok", **self._figures.get(name, dict)()}
            for name, problem in problems.items()
        }
        return web.json_response({"ok": is_healthy, **parts}, status=200 if is_healthy else 503)

    async def examine(self) -> dict[str, str]:
        """Maps each part to its problem; empty when there is none."""
        problems = await asyncio.gather(*(_run(check) for check in self._checks.values()))
        return dict(zip(self._checks, problems, strict=True))


async def _run(check: HealthCheck) -> str:
    try:
        async with asyncio.timeout(_TIMEOUT_S):
            return await check()
    except TimeoutError:
        return "no answer"
    except Exception as error:  # noqa: BLE001 - any error means that this part is not healthy
        return type(error).__name__
