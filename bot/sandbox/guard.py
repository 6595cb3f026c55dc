"""Keeps other web pages away from the control API and the page.

A name that an attacker points at 127.0.0.1 (DNS rebinding) carries a foreign Host header; a form
on a foreign page carries a foreign Origin.
"""

from collections.abc import Collection

from aiohttp import web

LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")
_SAFE_METHODS = ("GET", "HEAD")
_BODY_TYPES = ("application/json", "multipart/form-data")


class Guard:
    """Says why a request is not welcome, or nothing."""

    def __init__(self, extra_hosts: Collection[str] = ()) -> None:
        self._hosts = {name.lower() for name in (*LOOPBACK_NAMES, *extra_hosts)}

    def objection(self, request: web.Request) -> web.HTTPException | None:
        host = request.headers.get("Host", "")
        if _without_port(host) not in self._hosts:
            return web.HTTPForbidden(reason="This Host is not served here")
        if request.method not in _SAFE_METHODS:
            return _objection_to_change(request, host)
        return None


def _objection_to_change(request: web.Request, host: str) -> web.HTTPException | None:
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"{request.scheme}://{host}":
        return web.HTTPForbidden(reason="Requests from other pages are refused")
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return web.HTTPForbidden(reason="Requests from other pages are refused")
    if request.can_read_body and request.content_type not in _BODY_TYPES:
        return web.HTTPUnsupportedMediaType(reason="Send JSON or multipart/form-data")
    return None


def _without_port(host: str) -> str:
    name, separator, port = host.lower().rpartition(":")
    return name if separator and port.isdecimal() else host.lower()
