"""Other web pages stay out of the control API and the page."""

import pytest

from tests.support.sandbox_server import SETTINGS, SandboxServer

_TELEGRAM, _ZALO = SETTINGS.token, SETTINGS.zalo_token
APIS = [
    f"/bot{_TELEGRAM}/getMe",
    f"/zalo/bot{_ZALO}/getMe",
    f"/file/bot{_TELEGRAM}/photos/1.jpg",
    "/zalo/files/1",
    "/oa/v2.0/oa/getoa",
    "/oa/oauth/v4/oa/permission",
]
ELSEWHERE = [
    {"Host": "evil.example"},
    {"Host": "127.0.0.1.evil.example:80"},
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:1"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
]


async def _status(sandbox: SandboxServer, method: str, path: str, **request: object) -> int:
    url = sandbox.address.url + path
    async with sandbox.http.request(method, url, **request) as answer:  # type: ignore[arg-type]
        return answer.status


@pytest.mark.parametrize("path", ["/", "/page/index.html", "/sandbox/users", "/sandbox/events"])
@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:80", "evil.example:8081"])
async def test_a_name_pointed_at_this_machine_is_refused(
    sandbox: SandboxServer, path: str, host: str
) -> None:
    assert await _status(sandbox, "GET", path, headers={"Host": host}) == 403


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "[::1]", "LOCALHOST"])
async def test_loopback_names_are_served(sandbox: SandboxServer, name: str) -> None:
    host = f"{name}:{sandbox.address.port}"
    assert await _status(sandbox, "GET", "/sandbox/users", headers={"Host": host}) == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
async def test_a_foreign_page_changes_nothing(
    sandbox: SandboxServer, headers: dict[str, str]
) -> None:
    body = {"first_name": "Lan"}
    assert await _status(sandbox, "POST", "/sandbox/users", json=body, headers=headers) == 403
    assert (await sandbox.get("/sandbox/users")).body == []


async def test_a_form_that_any_page_could_send_is_refused(sandbox: SandboxServer) -> None:
    assert await _status(sandbox, "POST", "/sandbox/users", data={"first_name": "Lan"}) == 415
    text = {"Content-Type": "text/plain"}
    body = b'{"first_name": "Lan"}'
    assert await _status(sandbox, "POST", "/sandbox/users", data=body, headers=text) == 415


async def test_the_page_itself_may_change_things(sandbox: SandboxServer) -> None:
    headers = {"Origin": sandbox.address.url, "Sec-Fetch-Site": "same-origin"}
    body = {"first_name": "Lan"}
    assert await _status(sandbox, "POST", "/sandbox/users", json=body, headers=headers) == 200


async def test_the_page_loads_nothing_from_elsewhere(sandbox: SandboxServer) -> None:
    async with sandbox.http.get(sandbox.address.url + "/") as page:
        policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("name", ["nix.js", "..%2fserver.py", "%2e%2e/server.py", "__init__.py"])
async def test_nothing_but_the_pages_own_files_is_served(sandbox: SandboxServer, name: str) -> None:
    assert await _status(sandbox, "GET", f"/page/{name}") == 404


@pytest.mark.parametrize("path", APIS)
@pytest.mark.parametrize("headers", ELSEWHERE, ids=str)
async def test_a_foreign_page_cannot_speak_as_the_bot(
    sandbox: SandboxServer, path: str, headers: dict[str, str]
) -> None:
    assert await _status(sandbox, "GET", path, headers=headers) == 403
    if path in APIS[:2]:
        form = {"data": {"chat_id": "1"}, "headers": headers}
        assert await _status(sandbox, "POST", path, **form) == 403


@pytest.mark.parametrize("path", APIS[:2])
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
async def test_a_program_on_this_machine_speaks_as_the_bot(
    sandbox: SandboxServer, path: str, host: str
) -> None:
    headers = {"Host": f"{host}:{sandbox.address.port}"}
    for request in ({}, {"data": {"chat_id": "1"}}, {"json": {"chat_id": "1"}}):
        for method in ("GET", "POST"):
            assert await _status(sandbox, method, path, headers=headers, **request) == 200
