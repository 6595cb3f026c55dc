"""A picture that somebody sent on Zalo is fetched from Zalo's own hosts and from nowhere else."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web

from bot.zalo.file_download import is_zalos_own
from bot.zalo.ptb_request import JsonRequest
from handlers.messages import Refused

LIMIT = 1000


@dataclass
class FileServer:
    """Stands for the sandbox, and for a host that a redirect leads to."""

    url: str = ""
    asked: list[str] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.append(request.path)
        if request.path == "/away":
            raise web.HTTPFound("/inside")
        return web.Response(body=b"x" * int(request.query.get("size", "1")))


@pytest.fixture
async def server() -> AsyncIterator[FileServer]:
    stands = FileServer()
    app = web.Application()
    app.router.add_get("/{path:.*}", stands.answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    stands.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield stands
    await runner.cleanup()


@pytest.fixture
async def requests(server: FileServer) -> AsyncIterator[JsonRequest]:
    """Of a bot that talks to a sandbox."""
    opened = JsonRequest(f"{server.url}/zalo")
    yield opened
    await opened.shutdown()


@pytest.mark.parametrize("size", [LIMIT, LIMIT + 1])
async def test_a_picture_may_be_as_large_as_the_limit(
    server: FileServer, requests: JsonRequest, size: int
) -> None:
    address = f"{server.url}/picture?size={size}"
    if size <= LIMIT:
        assert len(await requests.download(address, LIMIT)) == size
    else:
        with pytest.raises(Refused):
            await requests.download(address, LIMIT)


async def test_a_redirect_is_not_followed(server: FileServer, requests: JsonRequest) -> None:
    with pytest.raises(Refused):
        await requests.download(f"{server.url}/away", LIMIT)
    assert server.asked == ["/away"]


@pytest.mark.parametrize(
    "address",
    [
        "{server}/picture",
        "https://evil.example/a.jpg",
        "https://zdn.vn.evil.example/a.jpg",
        "https://evilzdn.vn/a.jpg",
        "https://photo.zdn.vn@evil.example/a.jpg",
        "https://photo.zdn.vn:8443/a.jpg",
        "http://photo.zdn.vn/a.jpg",
        "https://[::1",
        "https://169.254.169.254/latest",
        "file:///etc/passwd",
    ],
)
async def test_an_address_that_is_not_zalos_own_is_not_asked(
    server: FileServer, address: str
) -> None:
    requests = JsonRequest("https://bot-api.zaloplatforms.com")
    with pytest.raises(Refused, match="Zalo's own"):
        await requests.download(address.format(server=server.url), LIMIT)
    assert server.asked == []
    await requests.shutdown()


@pytest.mark.parametrize(
    "address",
    [
        "https://photo.example.zdn.vn/p.jpg",
        "https://f1-zpg.zdn.vn/a",
        "https://PHOTO.zadn.vn:443/a",
    ],
)
def test_zalos_own_hosts_are_known(address: str) -> None:
    assert is_zalos_own(address, "https://bot-api.zaloplatforms.com")
