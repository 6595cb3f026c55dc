"""Keeps other web pages away from the page, the control API and the messengers' APIs.

A name that an attacker points at 127.0.0.1 (DNS rebinding) carries a foreign Host header; a form
on a foreign page carries a foreign Origin.
"""

from collections.abc import Collection

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "::1")
LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")
"""The same in a Host header."""
_APIS = ("/bot", "/file/bot", "/zalo/")
_SAFE_METHODS = ("GET", "HEAD")
_BODY_TYPES = ("application/json", "multipart/form-data")


def calls(guard: "Guard") -> Middleware:
    """A middleware that keeps other web pages away from a messenger's API."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        is_api = request.path.startswith(_APIS)
        if is_api and (objection := guard.objection_to_call(request)):
            raise objection
        return await handler(request)

    return middleware


class Guard:
    """Says why a request is not welcome, or nothing."""

    def __init__(self, extra_hosts: Collection[str] = ()) -> None:
        self._hosts = {name.lower() for name in (*LOOPBACK_NAMES, *extra_hosts)}

    def objection(self, request: web.Request) -> web.HTTPException | None:
        if objection := self._objection_to_host(request):
            return objection
        if request.method in _SAFE_METHODS:
            return None
        if objection := _objection_to_page(request):
            return objection
        if request.can_read_body and request.content_type not in _BODY_TYPES:
            return web.HTTPUnsupportedMediaType(reason="Send JSON or multipart/form-data")
        return None

    def objection_to_call(self, request: web.Request) -> web.HTTPException | None:
        """The same for a messenger's API, where a GET changes things too and a body may be a form."""
        return self._objection_to_host(request) or _objection_to_page(request)

    def _objection_to_host(self, request: web.Request) -> web.HTTPException | None:
        if _without_port(request.headers.get("Host", "")) not in self._hosts:
            return web.HTTPForbidden(reason="This Host is not served here")
        return None


def _objection_to_page(request: web.Request) -> web.HTTPException | None:
    """To another web page; no program that calls an API says where a page of its own is from."""
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"{request.scheme}://{request.headers.get('Host', '')}":
        return web.HTTPForbidden(reason="Requests from other pages are refused")
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return web.HTTPForbidden(reason="Requests from other pages are refused")
    return None


def _without_port(host: str) -> str:
    name, separator, port = host.lower().rpartition(":")
    return name if separator and port.isdecimal() else host.lower()
