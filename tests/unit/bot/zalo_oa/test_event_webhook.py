"""The webhook of an Official Account: only what the platform signed has an effect."""

import hashlib
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from pydantic import SecretStr

from bot.web import bodies
from bot.zalo_oa.event_webhook import PATH, SIGNATURE_HEADER, EventWebhook
from bot.zalo_oa.presses import Payloads
from handlers.messages import Incoming
from storage.database.vault import Vault
from tests.support import ManualClock
from tests.unit.bot.zalo_oa.test_updates import ACCOUNT, event, happened

APP, KEY = "1618033988749894848", "the secret key"
SENT_AT = datetime.fromtimestamp(1_796_000_411.456, UTC)
"""When the events of these tests happened, the latest of them."""
REPEATS_KNOWN_FOR = timedelta(hours=48)


@dataclass
class Receiver:
    """A bot with the webhook alone."""

    url: str = ""
    heard: list[Incoming] = field(default_factory=list)
    revoked: list[datetime] = field(default_factory=list)
    outcomes: list[str] = field(default_factory=list)
    is_broken: bool = False
    own_id: str = ""
    clock: ManualClock = field(default_factory=lambda: ManualClock(SENT_AT + timedelta(seconds=1)))

    async def receive(self, arrivals: Sequence[Incoming]) -> None:
        if self.is_broken:
            raise OSError("the database is away")
        self.heard += arrivals

    async def account_id(self) -> str:
        if self.is_broken:
            raise OSError("the database is away")
        return self.own_id

    async def on_revoked(self, at: datetime) -> None:
        self.revoked.append(at)

    async def post(self, body: bytes, **headers: str) -> int:
        named = {SIGNATURE_HEADER: headers["signature"]} if "signature" in headers else {}
        async with (
            aiohttp.ClientSession() as http,
            http.post(self.url, data=BytesIO(body), headers=named) as answer,
        ):
            return answer.status


def signature(body: bytes, key: str = KEY, app: str = APP) -> str:
    timestamp = json.loads(body).get("timestamp", "")
    return hashlib.sha256(f"{app}{body.decode()}{timestamp}{key}".encode()).hexdigest()


def raw(event_: dict[str, Any]) -> bytes:
    return json.dumps(event_, ensure_ascii=False).encode()


@pytest.fixture
async def bot() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    webhook = EventWebhook(
        APP,
        SecretStr(KEY),
        Payloads(Vault(bytes(range(32)))),
        receiver.receive,
        clock=receiver.clock,
        repeats_known_for=REPEATS_KNOWN_FOR,
        account_id=receiver.account_id,
        on_revoked=receiver.on_revoked,
        count=receiver.outcomes.append,
    )
    app = web.Application(client_max_size=bodies.LIMIT, middlewares=[bodies.sparing])
    app.router.add_post(PATH, webhook.answer, expect_handler=webhook.expect)
    runner = web.AppRunner(app, access_log=None, **bodies.OPENING)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}{PATH}"
    yield receiver
    await runner.cleanup()


@pytest.mark.parametrize("prefix", ["mac=", ""])
async def test_a_signed_event_is_stored(bot: Receiver, prefix: str) -> None:
    body = raw(event(text="Tôi đến"))
    assert await bot.post(body, signature=prefix + signature(body)) == 200
    assert [one.text for one in bot.heard] == ["Tôi đến"]
    assert bot.outcomes == ["stored"]


@pytest.mark.parametrize("wrong", ["key", "app", "body", "none", "ascii", "half"])
async def test_a_wrong_signature_is_answered_and_has_no_effect(bot: Receiver, wrong: str) -> None:
    """The console's own test is badly signed, and it saves the address only after a 200."""
    body = raw(event(text="Tôi đến"))
    given = {
        "key": {"signature": signature(body, key="another")},
        "app": {"signature": signature(body, app="another")},
        "body": {"signature": signature(raw(event(text="Tôi không đến")))},
        "none": {},
        "ascii": {"signature": "mac=chữ ký"},
        "half": {"signature": signature(body)[:-1]},
    }
    assert await bot.post(body, **given[wrong]) == 200
    assert (bot.heard, bot.outcomes) == ([], ["unsigned"])


@pytest.mark.parametrize("body", [b"", b"x", b"[]", b"\xff", b'{"event_name":7}', b"[" * 100_000])
async def test_what_is_no_event_is_answered_and_has_no_effect(bot: Receiver, body: bytes) -> None:
    assert await bot.post(body, signature="mac=0") == 200
    assert (bot.heard, bot.outcomes) == ([], ["unsigned"])


async def test_only_the_bytes_that_were_sent_are_signed(bot: Receiver) -> None:
    body = raw(event(text="Tôi đến"))
    spaced = body.replace(b'": "', b'":"')
    assert await bot.post(spaced, signature=signature(body)) == 200
    assert bot.outcomes == ["unsigned"]
    assert await bot.post(spaced, signature=signature(spaced)) == 200
    assert bot.outcomes == ["unsigned", "stored"]


@pytest.mark.parametrize(
    ("what", "outcome"),
    [
        (event("oa_send_text", text="Lịch họp"), "ignored"),
        (happened("user_submit_info", info={"phone": "84905000222"}), "ignored"),
        (happened("user_dances"), "unknown"),
        (event(text="x") | {"sender": {}}, "unreadable"),
        (happened("permission_revoked") | {"timestamp": "soon"}, "unreadable"),
        (happened("permission_revoked") | {"timestamp": "9" * 16}, "unreadable"),
    ],
)
async def test_what_the_bot_does_not_use_is_counted_and_no_error(
    bot: Receiver, what: dict[str, Any], outcome: str
) -> None:
    body = raw(what)
    assert await bot.post(body, signature=signature(body)) == 200
    assert (bot.heard, bot.revoked, bot.outcomes) == ([], [], [outcome])


async def test_a_withdrawn_permission_is_told(bot: Receiver) -> None:
    body = raw(happened("permission_revoked"))
    assert await bot.post(body, signature=signature(body)) == 200
    assert bot.revoked == [datetime.fromtimestamp(1_796_000_300, UTC)]
    assert bot.outcomes == ["revoked"]


async def test_an_event_that_is_not_stored_is_not_acknowledged(bot: Receiver) -> None:
    bot.is_broken = True
    body = raw(event(text="Tôi đến"))
    assert await bot.post(body, signature=signature(body)) == 503
    body = raw(event(text="Tôi đến") | {"oa_id": ACCOUNT})
    assert await bot.post(body, signature=signature(body)) == 503
    assert bot.outcomes == []


async def test_a_body_may_be_as_large_as_the_limit(bot: Receiver) -> None:
    largest = b" " * 64 * 1024
    assert await bot.post(largest, signature="0" * 64) == 200
    assert await bot.post(largest + b" ", signature="0" * 64) == 413
    async with aiohttp.ClientSession() as http:
        chunks = http.post(bot.url, data=_chunks(largest), headers={SIGNATURE_HEADER: "0" * 64})
        async with chunks as answer:
            assert answer.status == 413


async def _chunks(body: bytes) -> AsyncIterator[bytes]:
    yield body
    yield b" "


@pytest.mark.parametrize("signature", [None, "", "mac=0", "mac=chữ ký", "g" * 64])
async def test_a_body_without_what_may_be_a_signature_is_not_read(
    bot: Receiver, signature: str | None
) -> None:
    given = {} if signature is None else {"signature": signature}
    assert await bot.post(b" " * 64 * 1024 + b" ", **given) == 200
    assert bot.outcomes == ["unsigned"]


@pytest.mark.parametrize(
    "timestamp", ["\ud800", "ngày mai", "9" * 17, 10**16, 10**400, [], {}, 1.5, None]
)
async def test_an_odd_moment_is_no_signature_and_no_error(bot: Receiver, timestamp: object) -> None:
    body = json.dumps(event(text="Tôi đến") | {"timestamp": timestamp}).encode()
    assert await bot.post(body, signature="0" * 64) == 200
    assert (bot.heard, bot.outcomes) == ([], ["unsigned"])


@pytest.mark.parametrize(
    ("what", "outcome"),
    [
        (event(text="Tôi đến"), "stored"),
        (happened("user_withdraw", user_id="7"), "stored"),
        (happened("permission_revoked"), "revoked"),
    ],
)
async def test_an_event_whose_repetition_would_not_be_noticed_has_no_effect(
    bot: Receiver, what: dict[str, Any], outcome: str
) -> None:
    body = raw(what)
    happened_at = datetime.fromtimestamp(int(what["timestamp"]) / 1000, UTC)
    until = happened_at + REPEATS_KNOWN_FOR - bot.clock.now()
    bot.clock.advance(seconds=until.total_seconds())
    for known in (True, False):
        assert await bot.post(body, signature=signature(body)) == 200
        assert bot.outcomes[-1] == (outcome if known else "old")
        bot.clock.advance(seconds=1)
    assert len(bot.heard) + len(bot.revoked) == 1


@pytest.mark.parametrize(
    "what",
    [event(text="Tôi đến"), happened("follow", follower={"id": "7"}), happened("user_withdraw")],
)
async def test_an_event_of_another_account_of_the_app_has_no_effect(
    bot: Receiver, what: dict[str, Any]
) -> None:
    bot.own_id = "3141592653589793238"
    body = raw(what)
    assert await bot.post(body, signature=signature(body)) == 200
    assert (bot.heard, bot.outcomes) == ([], ["foreign"])
    bot.own_id = ACCOUNT
    await bot.post(body, signature=signature(body))
    assert bot.outcomes[1] != "foreign"
