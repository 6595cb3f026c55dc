"""The address the bot talks to: `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

import asyncio
import hmac

from aiohttp import web

from bot.sandbox.api_error import ApiError
from bot.sandbox.calls import Call
from bot.sandbox.faults import Fault
from bot.sandbox.json_response import dump, respond
from bot.sandbox.methods import METHODS, NAMES, WAITING_METHODS
from bot.sandbox.parameters import Parameters, read
from bot.sandbox.state import SandboxState


class BotApi:
    """Telegram's side of the conversation with the bot."""

    def __init__(self, world: SandboxState) -> None:
        self._world = world
        self._token = world.token.encode()

    def routes(self) -> list[web.RouteDef]:
        return [
            web.route("*", "/bot{token}/{method}", self.call),
            web.get("/file/bot{token}/{path:.+}", self.download),
        ]

    async def call(self, request: web.Request) -> web.Response:
        """Any method. What goes wrong is answered as Telegram answers it."""
        try:
            self._check_token(request)
            method = NAMES.get(request.match_info["method"].lower())
            if method is None:
                raise ApiError(404, "Not Found")
            return await self._perform(request, method, await read(request))
        except ApiError as refusal:
            return respond(refusal.as_json(), refusal.code)
        except web.HTTPRequestEntityTooLarge:
            return respond(ApiError(413, "Request Entity Too Large").as_json(), 413)

    async def download(self, request: web.Request) -> web.Response:
        try:
            self._check_token(request)
        except ApiError as refusal:
            return respond(refusal.as_json(), refusal.code)
        file = self._world.files.by_path(request.match_info["path"])
        if file is None:
            return respond(ApiError(404, "Not Found").as_json(), 404)
        return web.Response(body=file.content, content_type="application/octet-stream")

    def _check_token(self, request: web.Request) -> None:
        if not hmac.compare_digest(request.match_info["token"].encode(), self._token):
            raise ApiError(401, "Unauthorized")

    async def _perform(
        self, request: web.Request, method: str, parameters: Parameters
    ) -> web.Response:
        call = self._world.calls.add(method, parameters)
        fault = self._world.faults.take(method, parameters.integer("chat_id"))
        try:
            if fault is not None:
                await _suffer(fault)
            result = await self._result(method, parameters)
        except ApiError as refusal:
            call.outcome.append(refusal.code)
            raise
        return _answered(request, call, fault, result)

    async def _result(self, method: str, parameters: Parameters) -> object:
        if method in WAITING_METHODS:
            return await WAITING_METHODS[method](self._world, parameters)
        return METHODS[method](self._world, parameters)


async def _suffer(fault: Fault) -> None:
    """Waits and refuses, as the fault says."""
    if fault.delay_s:
        await asyncio.sleep(fault.delay_s)
    if refusal := fault.refusal():
        raise refusal


def _answered(
    request: web.Request, call: Call, fault: Fault | None, result: object
) -> web.Response:
    call.outcome.append(200)
    if fault is not None and fault.accept_then_drop and request.transport is not None:
        request.transport.abort()
    return web.Response(
        body=b'{"ok":true,"result":' + dump(result) + b"}", content_type="application/json"
    )
