"""Public clients of Official Accounts, written by others, talk to the sandbox as to Zalo.

`zalo-oa` 0.6.0 (npm, https://github.com/daopk/zalo-oa) runs on Node; it is looked for in the folder
that the environment variable ZALO_OA_SDK names, or in `build/zalo-oa-sdk`:
`npm install --prefix build/zalo-oa-sdk zalo-oa@0.6.0 axios@1 ohash@1 https-proxy-agent@7 form-data@4`.
"""

import asyncio
import base64
import json
import os
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.sandbox.official_account.token_pairs import challenge_of
from bot.sandbox.state import SandboxSettings, SandboxState
from tests.support.official_account import IDENTITY, act, add_oa_user
from tests.support.paths import PROJECT
from tests.support.sandbox_server import SandboxServer, picture
from tests.support.waiting import in_time

FOLDER = Path(os.environ.get("ZALO_OA_SDK") or PROJECT / "build" / "zalo-oa-sdk")
SCRIPT = Path(__file__).parent / "zalo_oa_sdk.cjs"
VERIFIER = "v" * 43
EVENT = {"body": '{"event_name":"follow"}', "timestamp": "1796000300000"}


async def _code(sandbox: SandboxServer) -> str:
    """The code of a grant, as the admin's browser brings it."""
    asked = {
        "app_id": IDENTITY.app_id,
        "redirect_uri": "http://127.0.0.1:1/zalo-oa/callback",
        "code_challenge": challenge_of(VERIFIER),
    }
    url = f"{sandbox.address.url}/oa/oauth/v4/oa/permission"
    async with sandbox.http.get(url, params=asked, allow_redirects=False) as answer:
        return parse_qs(urlsplit(answer.headers["Location"]).query)["code"][0]


async def _run(task: dict[str, Any]) -> Any:
    process = await asyncio.create_subprocess_exec(
        "node", SCRIPT, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await in_time(process.communicate(json.dumps(task).encode()))
    assert process.returncode == 0
    return json.loads(said)


@pytest.fixture
async def answers(sandbox: SandboxServer) -> Any:
    """What the sandbox said to the package on Node."""
    if shutil.which("node") is None:
        pytest.skip("Node is not installed, on which the package zalo-oa runs")
    if not (FOLDER / "node_modules" / "zalo-oa").is_dir():
        pytest.skip(f"the npm package zalo-oa is not installed in {FOLDER}")
    lan = await add_oa_user(sandbox)
    await act(sandbox, lan, "follow")
    return await _run(
        {
            "folder": str(FOLDER),
            "url": sandbox.address.url,
            "app_id": IDENTITY.app_id,
            "app_secret": IDENTITY.app_secret,
            "oa_secret": IDENTITY.oa_secret,
            "code": await _code(sandbox),
            "verifier": VERIFIER,
            "user": lan,
            "picture": base64.b64encode(picture()).decode(),
            **EVENT,
        }
    )


async def test_the_node_package_is_understood(sandbox: SandboxServer, answers: Any) -> None:
    assert answers["account"]["data"]["oaid"] == IDENTITY.oa_id
    for sent in ("text", "buttons", "picture", "document"):
        assert (sent, answers[sent]["error"]) == (sent, 0)
        assert answers[sent]["data"]["quota"]["quota_type"] == "reply"
    assert (answers["nobody"]["error"], answers["long"]["error"]) == (-201, -210)
    assert len((await sandbox.get("/sandbox/oa/sent")).body) == 4


async def test_the_node_package_renews_its_tokens_once(answers: Any) -> None:
    assert answers["again"]["error"] == -118
    assert answers["stale"]["error"] == -216
    assert answers["renewed"]["refresh_token"] != answers["tokens"]["refresh_token"]


async def test_the_node_package_computes_the_same_signature(answers: Any) -> None:
    account = SandboxState(SandboxSettings()).oa
    assert answers["signature"] == account.signature(EVENT["body"].encode(), EVENT["timestamp"])
