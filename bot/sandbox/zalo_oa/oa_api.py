"""The HTTP endpoints of the Official Account API and of its OAuth.

A failure is answered with HTTP status 200 and `error`; a fault with a `status` gives that status and
a page of HTML. A call is checked in this order: rate, token, kind of account, shape, recipient, window,
money.
"""

from collections.abc import Callable, Mapping

from aiohttp import web

from bot.sandbox.method_call import Method, MethodCall
from bot.sandbox.state import SandboxState
from bot.sandbox.transport import ApiError, JsonObject, OaError, Parameters, dump, read
from bot.sandbox.zalo_oa import token_exchange
from bot.sandbox.zalo_oa.oa_calls import METHODS, PREFIX

TOKEN_HEADER = "access_token"  # noqa: S105 - a header's name
Failure = Callable[[OaError], JsonObject]


class ZaloOaApi:
    """Zalo's side of the Official Account."""

    def __init__(self, state: SandboxState) -> None:
        self._state = state

    def routes(self) -> list[web.RouteDef]:
        """The routes of the API, of OAuth, and of files that people sent."""
        return [
            web.get("/oa/files/{file_id}", self.file),
            web.get(f"/{PREFIX}{token_exchange.PERMISSION_PATH}", self.permission),
            web.post(f"/{PREFIX}{token_exchange.TOKEN_PATH}", self.access_token),
            web.route("*", "/oa/{path:v[23][.]0/.+}", self.call),
        ]

    async def call(self, request: web.Request) -> web.Response:
        """Performs a call of the API; the access token is in the header `access_token`."""
        path = request.match_info["path"]
        method = METHODS.get((request.method, path))
        if method is None:
            raise web.HTTPNotFound
        response = await self._answer(path, request, self._with_token(request, method), _failure)
        response.headers.update(self._state.oa.call_limit.headers())
        return response

    async def permission(self, request: web.Request) -> web.Response:
        """Grants at once, in the name of the account's admin, and returns to `redirect_uri`."""
        try:
            address = token_exchange.permit(self._state, await read(request))
        except OaError as refusal:
            return _json(token_exchange.failure(refusal))
        raise web.HTTPFound(address)

    async def access_token(self, request: web.Request) -> web.Response:
        """Exchanges a code or a refresh token for a new pair."""

        def exchange(state: SandboxState, parameters: Parameters) -> JsonObject:
            return token_exchange.exchange(state, parameters, token_exchange.secret_of(request))

        return await self._answer(
            token_exchange.TOKEN_PATH, request, exchange, token_exchange.failure
        )

    async def file(self, request: web.Request) -> web.Response:
        """Answers with a file at the address its event gave; it needs no token."""
        file = self._state.files.by_id(request.match_info["file_id"])
        if file is None:
            raise web.HTTPNotFound
        return web.Response(body=file.content, content_type=file.mime_type)

    def _with_token(self, request: web.Request, method: Method) -> Method:
        def checked(state: SandboxState, parameters: Parameters) -> object:
            state.oa.call_limit.count()
            state.oa.tokens.check(request.headers.get(TOKEN_HEADER, ""))
            return method(state, parameters)

        return checked

    async def _answer(
        self, path: str, request: web.Request, method: Method, failure: Failure
    ) -> web.Response:
        try:
            parameters = await _read(request)
            call = MethodCall(PREFIX + path, _recipient(parameters), parameters)
            result = await call.perform(self._state, request, method)
        except OaError as refusal:
            return _json(failure(refusal))
        except ApiError as error:
            return web.Response(
                text=f"<html><body><h1>{error.code} {error.description}</h1></body></html>",
                status=error.code,
                content_type="text/html",
            )
        if path == token_exchange.TOKEN_PATH:
            return _json(result)
        return _json({"data": result, "error": 0, "message": "Success"})


async def _read(request: web.Request) -> Parameters:
    """The parameters of a call: those of a GET are one JSON object named `data`."""
    try:
        parameters = await read(request)
        given = parameters.structure("data") if request.method == "GET" else None
    except (ApiError, ValueError, RecursionError):
        raise OaError(-201, "body is invalid") from None
    return Parameters(given) if isinstance(given, dict) else parameters


def _recipient(parameters: Parameters) -> str:
    values = parameters.as_json()
    recipient = values.get("recipient")
    user_id = recipient.get("user_id") if isinstance(recipient, Mapping) else values.get("user_id")
    return user_id if isinstance(user_id, str) else ""


def _failure(error: OaError) -> JsonObject:
    return {"error": error.code, "message": error.description}


def _json(value: object) -> web.Response:
    return web.Response(body=dump(value), content_type="application/json")
