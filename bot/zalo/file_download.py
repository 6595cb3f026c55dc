"""Downloads files that people sent on Zalo, from Zalo's own hosts only."""

import re
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from aiohttp import ClientSession, ClientTimeout

from bot.http_failures import RESPONSE_LOST
from handlers.messages import Refused, Unreachable

FILE_HOSTS = ("zdn.vn", "zadn.vn", "zaloplatforms.com")
"""Zalo's own domains; the files of updates have URLs at hosts of these.

The documentation of the Bot Platform and of Official Accounts shows `*.zdn.vn`; `*.zadn.vn` is the
older host name of the same content network.
"""
_FILE_ADDRESS: Final = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_TIMEOUT: Final = ClientTimeout(total=70.0, connect=10.0)


def file_address(given: object) -> str:
    """The address of a file that an update names; empty if it is none."""
    return given if isinstance(given, str) and _FILE_ADDRESS.fullmatch(given) else ""


def is_zalos_own(url: str, api_url: str) -> bool:
    """Whether a file's URL is https at one of Zalo's hosts, or at the sandbox in use."""
    try:
        file, api = urlsplit(url), urlsplit(api_url)
        port = file.port
        if api.scheme == "http":
            return (file.scheme, file.hostname, port) == (api.scheme, api.hostname, api.port)
    except ValueError:
        return False
    host = (file.hostname or "").rstrip(".")
    is_known = any(host == one or host.endswith(f".{one}") for one in FILE_HOSTS)
    return file.scheme == "https" and port in {None, 443} and is_known


async def download(http: ClientSession, url: str, limit: int, *, api_url: str) -> bytes:
    """The bytes of a file that an update names; redirects are not followed.

    `api_url` is the address of Zalo's API: files may also come from it when it is a local sandbox.

    Raises:
        Unreachable: the download failed and may be retried.
        Refused: the host is not Zalo's, the file is gone, or it exceeds `limit` bytes.
    """
    if not is_zalos_own(url, api_url):
        raise Refused("the address is not Zalo's own")
    try:
        async with http.get(url, timeout=_TIMEOUT, allow_redirects=False) as answer:
            is_there = answer.status == HTTPStatus.OK
            content = await answer.content.read(limit + 1) if is_there else b""
            while len(content) <= limit and (more := await answer.content.read(limit + 1)):
                content += more
    except RESPONSE_LOST as error:
        raise Unreachable(type(error).__name__) from None
    if not is_there or len(content) > limit:
        raise Refused("the file is gone or too large")
    return content
