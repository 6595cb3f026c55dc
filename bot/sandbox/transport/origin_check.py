"""Refuses requests that web pages of other origins make from the browser of a developer.

A host name that an attacker resolves to 127.0.0.1 (DNS rebinding) is seen by its Host header, a
form or script of another page (CSRF) by its Origin or Sec-Fetch-Site header.
"""

from collections.abc import Collection

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "::1")
LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")
"""`LOOPBACK_HOSTS` as a Host header has them."""
_APIS = ("/bot", "/file/bot", "/zalo/", "/oa/")
_SAFE_METHODS = ("GET", "HEAD")
_BODY_TYPES = ("application/json", "multipart/form-data")


def guard_apis(guard: "Guard") -> Middleware:
    """Middleware that applies `Guard.objection_to_call` to the APIs of the messengers."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path.startswith(_APIS) and (objection := guard.objection_to_call(request)):
            raise objection
        return await handler(request)

    return middleware


class Guard:
    """Checks the Host, Origin and content type of requests."""

    def __init__(self, extra_hosts: Collection[str] = ()) -> None:
        self._hosts = {name.lower() for name in (*LOOPBACK_NAMES, *extra_hosts)}

    def objection(self, request: web.Request) -> web.HTTPException | None:
        """The error to answer a request to the page or the control API with; None when allowed."""
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
        """The error to answer a call of a messenger's API with: GET has effects there, a body may be a form."""
        return self._objection_to_host(request) or _objection_to_page(request)

    def _objection_to_host(self, request: web.Request) -> web.HTTPException | None:
        """403 unless the Host header is a loopback name or one of `extra_hosts`."""
        if _without_port(request.headers.get("Host", "")) not in self._hosts:
            return web.HTTPForbidden(reason="This Host is not served here")
        return None


def _objection_to_page(request: web.Request) -> web.HTTPException | None:
    """403 when a browser says that a page of another origin sends the request."""
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"{request.scheme}://{request.headers.get('Host', '')}":
        return web.HTTPForbidden(reason="Requests from other pages are refused")
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return web.HTTPForbidden(reason="Requests from other pages are refused")
    return None


def _without_port(host: str) -> str:
    name, separator, port = host.lower().rpartition(":")
    return name if separator and port.isdecimal() else host.lower()
