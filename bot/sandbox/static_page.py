"""Serves the files of the page from the package."""

from importlib.resources import files
from importlib.resources.abc import Traversable

from aiohttp import web

from bot.sandbox.transport.origin_check import Guard

_TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
        "media-src 'self' blob:; connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


class StaticPage:
    """`/`, and the files of the folder `page` under `/page/`."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._folder = files("bot.sandbox") / "page"

    def routes(self) -> list[web.RouteDef]:
        """The routes of the page and its files."""
        return [web.get("/", self.index), web.get("/page/{name}", self.part)]

    async def index(self, request: web.Request) -> web.Response:
        """Answers with the page; 403 for a foreign Host or Origin."""
        return self._serve(request, "index.html")

    async def part(self, request: web.Request) -> web.Response:
        """Answers with one file; 404 unless the folder lists exactly this name."""
        return self._serve(request, request.match_info["name"])

    def _serve(self, request: web.Request, name: str) -> web.Response:
        if objection := self._guard.objection(request):
            raise objection
        entry = {entry.name: entry for entry in self._folder.iterdir()}.get(name)
        content_type = _TYPES.get("." + name.rpartition(".")[2])
        if entry is None or content_type is None:
            raise web.HTTPNotFound
        return _response(entry, content_type)


def _response(entry: Traversable, content_type: str) -> web.Response:
    return web.Response(
        body=entry.read_bytes(),
        content_type=content_type,
        charset="utf-8" if content_type.startswith("text/") else None,
        headers=HEADERS,
    )
