"""What Zalo's answers mean where its documentation is silent, told by a server of the test's own."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from aiohttp import web
from pydantic import SecretStr
from structlog.testing import capture_logs

from bot.monitoring import alarm_checks
from bot.zalo.account import ZaloAccount, is_verified
from bot.zalo.message_counter import MessageCounter
from bot.zalo.settings import ZaloSettings
from handlers.messages import Address, Media, Message, QuotaSpent, RateLimited, TokenRefused
from scheduler.pacing.limiter import RateLimiter
from scheduler.settings import PaceSettings
from storage.database.engine import Store
from tests.integration.conftest import free_port
from tests.support import ManualClock

LAN = Address("zalo", "lan")
SENT = {"ok": True, "result": {"message_id": "m", "date": 1}}
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
ON_SQLITE = pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)


@dataclass
class Zalo:
    """A server that answers every method as the test says."""

    account: ZaloAccount
    meter: MessageCounter
    answers: dict[str, object] = field(default_factory=dict)
    status: int = 200


@pytest.fixture
async def zalo(store: Store) -> AsyncIterator[Zalo]:
    port = free_port()
    settings = ZaloSettings(SecretStr("1:token"), f"http://127.0.0.1:{port}")
    meter = MessageCounter(store, 0, ZONE)
    pace = RateLimiter(PaceSettings(), store.clock.now().timestamp)
    made = Zalo(ZaloAccount(settings, pace, _no_link, meter), meter)

    async def answer(request: web.Request) -> web.Response:
        return web.json_response(made.answers[request.match_info["method"]], status=made.status)

    app = web.Application()
    app.add_routes([web.post("/{bot}/{method}", answer)])
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    yield made
    await made.account.close()
    await runner.cleanup()


async def _no_link(_media: Media, _to: Address) -> str:
    return ""


@ON_SQLITE
@pytest.mark.parametrize("status", [200, 404])
async def test_not_found_as_json_means_that_there_is_no_webhook(zalo: Zalo, status: int) -> None:
    zalo.status = status
    zalo.answers["getWebhookInfo"] = {"ok": False, "error_code": 404, "description": "Not Found"}
    assert await zalo.account.webhook() == ""


@ON_SQLITE
async def test_a_webhook_that_was_lost_is_an_alarm(zalo: Zalo) -> None:
    zalo.answers["getWebhookInfo"] = {"ok": False, "error_code": 404, "description": "Not Found"}
    check = alarm_checks.zalo_webhook(zalo.account.webhook, "https://bot.example/zalo/webhook")
    assert await check() == {"where": "Zalo"}
    zalo.answers["getWebhookInfo"] = {
        "ok": True,
        "result": {"url": "https://bot.example/zalo/webhook"},
    }
    assert await check() is None


@ON_SQLITE
@pytest.mark.parametrize("method", ["getMe", "getWebhookInfo"])
async def test_a_refused_token_is_one_whatever_is_asked(zalo: Zalo, method: str) -> None:
    zalo.answers[method] = {"ok": False, "error_code": 401, "description": "Unauthorized"}
    ask: Callable[[], Awaitable[object]] = (
        zalo.account.who_am_i if method == "getMe" else zalo.account.webhook
    )
    with pytest.raises(TokenRefused):
        await ask()


@ON_SQLITE
async def test_a_used_up_quota_is_tried_again_the_next_day(zalo: Zalo, clock: ManualClock) -> None:
    zalo.answers["sendMessage"] = {
        "ok": False,
        "error_code": 429,
        "description": "Monthly quota exceeded",
    }
    with pytest.raises(QuotaSpent) as spent:
        await zalo.account.messenger.send(LAN, Message("chào"))
    assert spent.value.at > clock.now()
    assert spent.value.at.astimezone(ZONE).hour == 0
    assert spent.value.at - clock.now() <= timedelta(days=1)


@ON_SQLITE
async def test_refusals_without_a_time_are_waited_out_twice_as_long_each_time(zalo: Zalo) -> None:
    zalo.answers["sendMessage"] = {"ok": False, "error_code": 429, "description": "Too many"}
    waits = [await _refused(zalo) for _ in range(12)]
    assert (waits[:4], waits[-1]) == ([5, 10, 20, 40], 3600)
    zalo.answers["sendMessage"] = SENT
    await zalo.account.messenger.send(LAN, Message("chào"))
    zalo.answers["sendMessage"] = {"ok": False, "error_code": 429, "description": "Too many"}
    assert await _refused(zalo) == 5


@ON_SQLITE
async def test_a_refusal_that_names_its_time_is_waited_out_as_long(zalo: Zalo) -> None:
    zalo.answers["sendMessage"] = {
        "ok": False,
        "error_code": 429,
        "description": "quota of a minute",
        "parameters": {"retry_after": 7},
    }
    assert [await _refused(zalo) for _ in range(2)] == [7, 7]


async def _refused(zalo: Zalo) -> float:
    with pytest.raises(RateLimited) as refused:
        await zalo.account.messenger.send(LAN, Message("chào"))
    return refused.value.retry_after_s


@pytest.mark.parametrize(
    ("made", "verified"),
    [
        (True, True),
        ({"url": "https://…"}, True),
        ({"verification": True}, True),
        ({"verification": {"ok": True, "status": "verified"}}, True),
        ({"verification": {"status": 200}}, True),
        ({"verification": False}, False),
        ({"verification": "failed"}, False),
        ({"verification": {"ok": False}}, False),
        ({"verification": {"status": "FAILED", "message": "timeout"}}, False),
    ],
)
def test_what_zalo_says_of_a_webhook_it_tried_is_read(made: object, *, verified: bool) -> None:
    assert is_verified(made) is verified


@ON_SQLITE
async def test_a_webhook_that_zalo_could_not_reach_is_in_the_log(zalo: Zalo) -> None:
    zalo.answers["setWebhook"] = {"ok": True, "result": {"verification": {"ok": False}}}
    with capture_logs() as logs:
        await zalo.account.receive_by_webhook("https://bot.example/zalo/webhook")
    assert [one["event"] for one in logs] == ["Zalo could not verify the webhook"]
