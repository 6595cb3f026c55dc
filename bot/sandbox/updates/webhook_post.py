"""The POST request that brings one update to a webhook, repeated until it is accepted."""

import asyncio
from collections.abc import Callable, Mapping
from typing import NamedTuple

import aiohttp

from bot.sandbox.transport import JsonObject, dump

TIMEOUT = aiohttp.ClientTimeout(total=30.0)
LONGEST_PAUSE_S = 60.0


class WebhookAnswer(NamedTuple):
    """What a webhook answered with 2xx: the `Content-Type` header and the body."""

    content_type: str
    body: bytes


async def post_until_accepted(
    http: aiohttp.ClientSession,
    url: str,
    body: JsonObject,
    headers: Mapping[str, str],
    *,
    first_pause_s: float,
    is_current: Callable[[], bool],
    on_error: Callable[[str], None] = lambda _: None,
) -> WebhookAnswer | None:
    """The answer once it is 2xx; None when `is_current` no longer holds.

    The pause between attempts doubles from `first_pause_s` up to 60 seconds. `on_error` gets the
    text that `getWebhookInfo` shows for a failed attempt.
    """
    pause_s = first_pause_s
    while is_current():
        answer = await _post(http, url, body, headers)
        if isinstance(answer, WebhookAnswer):
            return answer if is_current() else None
        on_error(answer)
        await asyncio.sleep(pause_s)
        pause_s = min(pause_s * 2, LONGEST_PAUSE_S)
    return None


async def _post(
    http: aiohttp.ClientSession, url: str, body: JsonObject, headers: Mapping[str, str]
) -> WebhookAnswer | str:
    """The answer, or the text of the error."""
    headers = {"Content-Type": "application/json", **headers}
    try:
        async with http.post(url, data=dump(body), headers=headers, timeout=TIMEOUT) as answer:
            if not 200 <= answer.status < 300:
                return f"Wrong response from the webhook: {answer.status}"
            return WebhookAnswer(answer.headers.get("Content-Type", ""), await answer.read())
    except TimeoutError:
        return "Connection timed out"
    except aiohttp.ClientError:
        return "Connection refused"
