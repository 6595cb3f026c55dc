"""The POST request that brings one update to a webhook, repeated until it is accepted."""

import asyncio
from collections.abc import Callable, Mapping

import aiohttp

from bot.sandbox.transport import JsonObject, dump

TIMEOUT = aiohttp.ClientTimeout(total=30.0)
LONGEST_PAUSE_S = 60.0


async def post_until_accepted(
    http: aiohttp.ClientSession,
    url: str,
    body: JsonObject,
    headers: Mapping[str, str],
    *,
    first_pause_s: float,
    is_current: Callable[[], bool],
    on_error: Callable[[str], None] = lambda _: None,
) -> bool:
    """True once the webhook answered 2xx; False when `is_current` no longer holds.

    The pause between attempts doubles from `first_pause_s` up to 60 seconds. `on_error` gets the
    text that `getWebhookInfo` shows for a failed attempt.
    """
    pause_s = first_pause_s
    while is_current():
        error = await _post(http, url, body, headers)
        if error is None:
            return is_current()
        on_error(error)
        await asyncio.sleep(pause_s)
        pause_s = min(pause_s * 2, LONGEST_PAUSE_S)
    return False


async def _post(
    http: aiohttp.ClientSession, url: str, body: JsonObject, headers: Mapping[str, str]
) -> str | None:
    headers = {"Content-Type": "application/json", **headers}
    try:
        async with http.post(url, data=dump(body), headers=headers, timeout=TIMEOUT) as answer:
            accepted = 200 <= answer.status < 300
            return None if accepted else f"Wrong response from the webhook: {answer.status}"
    except TimeoutError:
        return "Connection timed out"
    except aiohttp.ClientError:
        return "Connection refused"
