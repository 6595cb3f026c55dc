"""The address the bot talks to on Zalo: `/zalo/bot<token>/<method>`.

What goes wrong comes as `{"ok": false, …}` inside HTTP 200, as Zalo answers it.
"""

import asyncio
import hmac

from aiohttp import web

from bot.sandbox.api_error import ApiError
from bot.sandbox.faults import Fault
from bot.sandbox.json_response import respond
from bot.sandbox.parameters import Parameters, read
from bot.sandbox.state import SandboxState
from bot.sandbox.zalo.methods import METHODS

PREFIX = "zalo/"
"""Before a method's name in the record of calls and in faults."""


class ZaloApi:
    """Zalo's side of the conversation with the bot."""

    def __init__(self, world: SandboxState) -> None:
        self._world = world
        self._token = world.zalo_token.encode()

    def routes(self) -> list[web.RouteDef]:
        return [
            web.route("*", "/zalo/bot{token}/{method}", self.call),
            web.get("/zalo/files/{file_id}", self.file),
        ]

    async def call(self, request: web.Request) -> web.Response:
        try:
            given = request.match_info["token"].encode()
            method = request.match_info["method"]
            if not hmac.compare_digest(given, self._token):
                raise ApiError(401, "Unauthorized")
            if method not in METHODS:
                raise ApiError(404, "Not Found")
            return await self._perform(request, method, await read(request))
        except ApiError as refusal:
            return respond(refusal.as_json())

    async def file(self, request: web.Request) -> web.Response:
        """A picture that somebody sent, under the address the update gave."""
        file = self._world.files.by_id(request.match_info["file_id"])
        if file is None:
            raise web.HTTPNotFound
        return web.Response(body=file.content, content_type=file.mime_type)

    async def _perform(
        self, request: web.Request, method: str, parameters: Parameters
    ) -> web.Response:
        call = self._world.calls.add(PREFIX + method, parameters)
        fault = self._world.faults.take(PREFIX + method, parameters.text("chat_id"))
        try:
            await _suffer(fault)
            result = await METHODS[method](self._world, parameters)
        except ApiError as refusal:
            call.outcome.append(refusal.code)
            raise
        call.outcome.append(200)
        if fault is not None and fault.accept_then_drop and request.transport is not None:
            request.transport.abort()
        return respond({"ok": True, "result": result})


async def _suffer(fault: Fault | None) -> None:
    if fault is None:
        return
    if fault.delay_s:
        await asyncio.sleep(fault.delay_s)
    if refusal := fault.refusal():
        raise refusal
