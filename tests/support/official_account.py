"""A client of the sandbox's Official Account: its API, its OAuth and its control API."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import aiohttp

from bot.sandbox.official_account.settings import OaIdentity
from tests.support.sandbox_server import Answer, SandboxServer

IDENTITY = OaIdentity()
CS, V2 = "v3.0/oa/message/cs", "v2.0/oa/message"
TOKEN_CALL = "oa/oauth/v4/oa/access_token"


@dataclass
class OaClient:
    """Calls the API with an access token that was valid when the client was made."""

    sandbox: SandboxServer
    access_token: str

    async def post(self, path: str, body: object) -> Any:
        """The body of the answer to a POST call, which has HTTP status 200."""
        return await self._call("POST", path, json=body)

    async def get(self, path: str, **data: object) -> Any:
        """The body of the answer to a GET call, whose parameters are one JSON object."""
        return await self._call("GET", path, params={"data": json.dumps(data)} if data else {})

    async def send(self, user: str, text: str = "Chào", *, path: str = CS, **message: Any) -> Any:
        """Sends a message to one person; returns the answer."""
        fields = {"text": text} if text else {}
        return await self.post(
            path, {"recipient": {"user_id": user}, "message": {**fields, **message}}
        )

    async def upload(self, kind: str, name: str, content: bytes) -> Any:
        """Uploads a file as `image`, `gif` or `file`."""
        form = aiohttp.FormData(default_to_multipart=True)
        form.add_field("file", BytesIO(content), filename=name)
        return await self._call("POST", f"v2.0/oa/upload/{kind}", data=form)

    async def advance(self, seconds: float) -> None:
        """Moves the sandbox's clock on and takes a new token: the old one ends after 25 hours."""
        await self.sandbox.advance(seconds)
        self.access_token = (await oa_client(self.sandbox)).access_token

    async def _call(self, method: str, path: str, **request: Any) -> Any:
        headers = {"access_token": self.access_token}
        url = f"{self.sandbox.address.url}/oa/{path}"
        async with self.sandbox.http.request(method, url, headers=headers, **request) as answer:
            assert answer.status == 200, answer.status
            return await answer.json()


async def oa_client(sandbox: SandboxServer) -> OaClient:
    """A client with a new pair of tokens."""
    pair = (await sandbox.post("/sandbox/oa/tokens", {})).body
    return OaClient(sandbox, pair["access_token"])


async def exchange(sandbox: SandboxServer, *, secret: str = "", **fields: str) -> Answer:
    """One call for tokens, with the app's id and secret unless others are given."""
    form = {"app_id": IDENTITY.app_id, **fields}
    headers = {"secret_key": secret or IDENTITY.app_secret}
    url = f"{sandbox.address.url}/{TOKEN_CALL}"
    async with sandbox.http.post(url, data=form, headers=headers) as answer:
        return Answer(answer.status, await answer.json())


async def add_oa_user(sandbox: SandboxServer, name: str = "Lan") -> str:
    """Somebody on Zalo who has done nothing with the account yet; returns the chat."""
    person = {"first_name": name, "messenger": "zalo_oa"}
    return str((await sandbox.post("/sandbox/users", person)).body["id"])


async def act(sandbox: SandboxServer, chat: str, action: str, **fields: object) -> Any:
    """Does something on this person's phone, which must be possible."""
    answer = await sandbox.post(f"/sandbox/chats/{chat}/{action}", fields)
    assert answer.status == 200, answer.body
    return answer.body


async def set_account(sandbox: SandboxServer, **settings: object) -> Any:
    """Changes the account's settings; returns its state."""
    answer = await sandbox.post("/sandbox/oa", settings)
    assert answer.status == 200, answer.body
    return answer.body


def buttons(*titles: str, kind: str = "oa.query.hide", payload: object = "#a7:1") -> Any:
    """The `attachment` of a message with buttons."""
    given = [{"title": title, "type": kind, "payload": payload} for title in titles]
    return {"type": "template", "payload": {"buttons": given}}


def picture_of(**element: str) -> Any:
    """The `attachment` of a message with a picture."""
    elements: Sequence[object] = [{"media_type": "image", **element}]
    return {"type": "template", "payload": {"template_type": "media", "elements": elements}}
