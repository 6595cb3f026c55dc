"""Fetches files that the bot gives by address, as Zalo does: from this machine only."""

from urllib.parse import urlsplit

import aiohttp

from bot.sandbox.transport import bad_request, require
from bot.sandbox.transport.origin_check import LOOPBACK_HOSTS

_TIMEOUT = aiohttp.ClientTimeout(total=10.0)


async def fetch(address: str) -> bytes:
    """The bytes at this address, within 10 seconds. Raises ApiError (400) when there are none."""
    require(
        urlsplit(address).hostname in LOOPBACK_HOSTS,
        "the file must be at an address that can be reached",
    )
    try:
        async with (
            aiohttp.ClientSession(trust_env=False, timeout=_TIMEOUT) as http,
            http.get(address) as answer,
        ):
            answer.raise_for_status()
            return await answer.read()
    except (aiohttp.ClientError, TimeoutError):
        raise bad_request("the file cannot be fetched") from None
