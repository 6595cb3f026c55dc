"""An Open API of Official Accounts that answers as a test tells it, and notes what it was asked."""

import json
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from aiohttp import web

SEND, OLD_SEND = "/v3.0/oa/message/cs", "/v2.0/oa/message"
UPLOADS = "/v2.0/oa/upload/"


@dataclass(frozen=True)
class OaRequest:
    """One request that arrived."""

    path: str
    token: str
    body: Any
    """What was posted as JSON, the parameter `data`, or an uploaded file as (name, type, bytes)."""

    @property
    def message(self) -> Any:
        """The message of a request that sends one."""
        return self.body["message"]


@dataclass
class OaServer:
    """Answers each request with the next of `answers`, or else that it is done."""

    url: str = ""
    requests: list[OaRequest] = field(default_factory=list)
    answers: deque[web.Response] = field(default_factory=deque)
    files: dict[str, bytes] = field(default_factory=dict)
    """Files that people sent, by the path of their address."""
    _numbers: Any = field(default_factory=lambda: count(1))

    @property
    def sent(self) -> list[OaRequest]:
        """The requests that send a message."""
        return [one for one in self.requests if one.path in {SEND, OLD_SEND}]

    @property
    def uploaded(self) -> list[OaRequest]:
        """The uploads."""
        return [one for one in self.requests if one.path.startswith(UPLOADS)]

    def will_answer(self, *codes: int, **headers: str) -> None:
        """The next requests are answered with these codes; 0 is done."""
        for code in codes:
            body = self._done() if code == 0 else {"error": code, "message": "as scripted"}
            self.answers.append(web.json_response(body, headers=_with_dashes(headers)))

    def will_say(self, data: object) -> None:
        """The next request is answered with this `data`."""
        self.answers.append(web.json_response({"error": 0, "message": "Success", "data": data}))

    async def answer(self, request: web.Request) -> web.Response:
        if request.path in self.files:
            return web.Response(body=self.files[request.path])
        token = request.headers.get("access_token", "")
        self.requests.append(OaRequest(request.path, token, await _body(request)))
        return self.answers.popleft() if self.answers else web.json_response(self._done())

    def _done(self) -> dict[str, object]:
        number = next(self._numbers)
        data = {"message_id": f"m{number}", "attachment_id": f"a{number}", "token": f"a{number}"}
        return {"error": 0, "message": "Success", "data": data}


def _with_dashes(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


async def _body(request: web.Request) -> Any:
    if request.content_type == "application/json":
        return await request.json()
    if request.content_type == "multipart/form-data":
        file = (await request.post())["file"]
        assert isinstance(file, web.FileField)
        return file.filename, file.content_type, file.file.read()
    return json.loads(request.query.get("data", "null"))


@asynccontextmanager
async def scripted_oa_server() -> AsyncIterator[OaServer]:
    """The server, as long as the block runs."""
    server = OaServer()
    app = web.Application(client_max_size=20 * 1024**2)
    app.router.add_route("*", "/{path:.*}", server.answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield server
    finally:
        await runner.cleanup()
