"""The HTTP endpoint of the Bot API: `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

import hmac

from aiohttp import web

from bot.sandbox.method_call import MethodCall
from bot.sandbox.state import SandboxState
from bot.sandbox.telegram.methods import METHODS, NAMES
from bot.sandbox.transport import ApiError, dump, from_body, read, respond
from bot.sandbox.updates.webhook_post import WebhookAnswer


class BotApi:
    """Telegram's side of the conversation with the bot."""

    def __init__(self, state: SandboxState) -> None:
        self._state = state
        self._token = state.token.encode()
        state.webhook_delivery.on_answer = self.perform_answer

    def routes(self) -> list[web.RouteDef]:
        """The routes of method calls (any HTTP method) and of file downloads."""
        return [
            web.route("*", "/bot{token}/{method}", self.call),
            web.get("/file/bot{token}/{path:.+}", self.download),
        ]

    async def call(self, request: web.Request) -> web.Response:
        """Performs a method; errors are answered with Telegram's JSON and HTTP status."""
        try:
            self._check_token(request)
            name = NAMES.get(request.match_info["method"].lower())
            if name is None:
                raise ApiError(404, "Not Found")
            parameters = await read(request)
            result = await MethodCall(name, parameters.integer("chat_id"), parameters).perform(
                self._state, request, METHODS[name]
            )
        except ApiError as error:
            return respond(error.as_json(), error.code)
        except web.HTTPRequestEntityTooLarge:
            return respond(ApiError(413, "Request Entity Too Large").as_json(), 413)
        return web.Response(
            body=b'{"ok":true,"result":' + dump(result) + b"}", content_type="application/json"
        )

    async def perform_answer(self, answer: WebhookAnswer) -> None:
        """Performs the method that a webhook's answer names in `method`, if any.

        The bot gets no result and no error: https://core.telegram.org/bots/api#making-requests-when-getting-updates
        """
        try:
            parameters = from_body(answer.body, answer.content_type, {})
            if not (asked := parameters.text("method")):
                return
            name = NAMES.get(asked.lower())
            if name is None:
                self._state.calls.add(asked, parameters).outcome.append(404)
                return
            await MethodCall(name, parameters.integer("chat_id"), parameters).perform(
                self._state, None, METHODS[name]
            )
        except ApiError:
            return

    async def download(self, request: web.Request) -> web.Response:
        """Answers with the bytes of a file whose path `getFile` gave; 401 or 404 as Telegram."""
        try:
            self._check_token(request)
            file = self._state.files.by_path(request.match_info["path"])
            if file is None:
                raise ApiError(404, "Not Found")
        except ApiError as error:
            return respond(error.as_json(), error.code)
        return web.Response(body=file.content, content_type="application/octet-stream")

    def _check_token(self, request: web.Request) -> None:
        if not hmac.compare_digest(request.match_info["token"].encode(), self._token):
            raise ApiError(401, "Unauthorized")
