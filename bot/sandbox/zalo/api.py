"""The HTTP endpoint of Zalo's Bot Platform: `/zalo/bot<token>/<method>`.

Errors are answered as `{"ok": false, …}` with HTTP status 200, as Zalo does.
"""

import hmac

from aiohttp import web

from bot.sandbox.method_call import MethodCall
from bot.sandbox.state import SandboxState
from bot.sandbox.transport import ApiError, read, respond
from bot.sandbox.zalo.methods import METHODS

PREFIX = "zalo/"
"""Prefix of a method's name in recorded calls and in faults."""


class ZaloApi:
    """Zalo's side of the conversation with the bot."""

    def __init__(self, state: SandboxState) -> None:
        self._state = state
        self._token = state.zalo_token.encode()

    def routes(self) -> list[web.RouteDef]:
        """The routes of method calls (any HTTP method) and of pictures people sent."""
        return [
            web.route("*", "/zalo/bot{token}/{method}", self.call),
            web.get("/zalo/files/{file_id}", self.file),
        ]

    async def call(self, request: web.Request) -> web.Response:
        """Performs a method. Names are case-sensitive, unlike Telegram's."""
        try:
            name = request.match_info["method"]
            if not hmac.compare_digest(request.match_info["token"].encode(), self._token):
                raise ApiError(401, "Unauthorized")
            if name not in METHODS:
                raise ApiError(404, "Not Found")
            parameters = await read(request)
            result = await MethodCall(
                PREFIX + name, parameters.text("chat_id"), parameters
            ).perform(self._state, request, METHODS[name])
        except ApiError as error:
            return respond(error.as_json())
        return respond({"ok": True, "result": result})

    async def file(self, request: web.Request) -> web.Response:
        """Answers with a picture at the address its update gave; it needs no token."""
        file = self._state.files.by_id(request.match_info["file_id"])
        if file is None:
            raise web.HTTPNotFound
        return web.Response(body=file.content, content_type=file.mime_type)
