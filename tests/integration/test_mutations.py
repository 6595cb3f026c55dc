"""Thousands of updates that no messenger sends, brought to a real bot: it answers everybody afterwards.

`MUTATIONS_SEED=… python -m pytest -s -m torture tests/integration/test_mutations.py` runs what a run
of `make torture` printed.
"""

import asyncio
import hashlib
import json
import os
import random
import time
from io import BytesIO
from typing import Any

import aiohttp
import pytest

from bot.sandbox.official_account.settings import OaIdentity
from bot.store.open_store import open_store
from bot.zalo_oa.event_webhook import SIGNATURE_HEADER
from storage.database.clock import SystemClock
from storage.database.engine import Store
from storage.database.schema import upgrade
from storage.inbox import updates
from storage.members import members
from storage.models import Purpose, Role
from tests.integration.conftest import Home, MakeHome
from tests.support import in_read
from tests.support.bot_process import BotProcess
from tests.support.sandbox_client import SandboxTestClient, until
from tests.support.update_mutations import Mutator, oa_samples, samples, zalo_samples

SECRETS = {
    "telegram": {"X-Telegram-Bot-Api-Secret-Token": "nobody-else-knows"},
    "zalo": {"X-Bot-Api-Secret-Token": "nobody-else-knows"},
}
PATHS = {"telegram": "telegram", "zalo": "zalo", "zalo_oa": "zalo-oa"}
FINE = {200, 400, 413}
AT_ONCE = 20
SHORT = [(11, 300)]
LONG = [(int(os.environ.get("MUTATIONS_SEED", random.SystemRandom().randrange(10**9))), 8000)]


async def joined(store: Store, chat: int, role: Role) -> None:
    async with store.write() as tx:
        member = await members.add(
            tx,
            messenger="telegram",
            chat=str(chat),
            name="Lan",
            role=role,
            language="vi",
            area=None,
        )
        await members.agree(tx, member, *Purpose, text_version="1", language="vi")


@pytest.mark.parametrize(
    ("seed", "count"),
    [*SHORT, *(pytest.param(*one, marks=pytest.mark.torture, id="long") for one in LONG)],
)
@pytest.mark.timeout(3600)
async def test_no_update_whatever_is_wrong_with_it_breaks_the_bot(
    sandbox: SandboxTestClient, make_home: MakeHome, seed: int, count: int
) -> None:
    print(f"\nMUTATIONS_SEED={seed}, {count} updates")
    home = make_home(webhook=True, flood="burst = 1000000", zalo="", zalo_oa="")
    store = open_store(home.settings, SystemClock())
    await upgrade(store.engine)
    known: dict[str, list[dict[str, Any]]] = {
        "telegram": [],
        "zalo": zalo_samples("6ede9afa66b88fe6d6a9"),
        "zalo_oa": oa_samples("5207731846290013377"),
    }
    for role in (None, Role.MEMBER, Role.OWNER):
        person = await sandbox.add_user("Lan")
        known["telegram"] += samples(int(person.id))
        if role is not None:
            await joined(store, int(person.id), role)
    mutator = Mutator(seed)
    bodies = [
        (way, mutator.body(known[way], 1 + number))
        for number in range(count)
        for way in (_way(number),)
    ]
    with BotProcess(home.config) as bot:
        await until(lambda: _is_up(home), "the bot", 120.0)
        await _bring(home, bodies, seed)
        await until(lambda: _is_empty(store), "the end of the inbox", 1800.0)
        asked = time.monotonic()
        stranger = await sandbox.add_user("Người lạ")
        await stranger.says("/trogiup", then=home.settings.club.name)
        print(f"answered {time.monotonic() - asked:.2f} s afterwards")
        assert bot.is_alive
    await store.close()
    log = (home.folder / "bot.log").read_text("utf-8")
    # On a busy machine the alarm may say that answers are late; that is no fault of an update.
    at = log.find("Traceback")
    assert at < 0, f"MUTATIONS_SEED={seed}:\n{log[max(0, at - 1000) : at + 5000]}"


def _way(number: int) -> str:
    return {7: "zalo", 3: "zalo_oa"}.get(number % 8, "telegram")


def _signed(body: bytes) -> dict[str, str]:
    """The header of an event of the Official Account, as far as it can be signed."""
    account = OaIdentity()
    try:
        event = json.loads(body)
        timestamp = event.get("timestamp", "") if isinstance(event, dict) else ""
    except (ValueError, RecursionError):
        timestamp = ""
    signed = account.app_id.encode() + body + f"{timestamp}{account.oa_secret}".encode()
    return {SIGNATURE_HEADER: f"mac={hashlib.sha256(signed).hexdigest()}"}


async def _bring(home: Home, bodies: list[tuple[str, bytes]], seed: int) -> None:
    async with aiohttp.ClientSession() as http:

        async def bring(number: int, way: str, body: bytes) -> None:
            url = f"http://127.0.0.1:{home.settings.web.port}/{PATHS[way]}/webhook"
            headers = SECRETS.get(way) or _signed(body)
            async with http.post(url, data=BytesIO(body), headers=headers) as answer:
                found = f"MUTATIONS_SEED={seed}, update {number} to {way}: {answer.status}"
                assert answer.status in FINE, f"{found}\n{body!r:.4000}"

        numbered = [(number, *one) for number, one in enumerate(bodies)]
        for begin in range(0, len(numbered), AT_ONCE):
            await asyncio.gather(*(bring(*one) for one in numbered[begin : begin + AT_ONCE]))


async def _is_up(home: Home) -> bool:
    url = f"http://127.0.0.1:{home.settings.web.port}/healthz"
    try:
        async with aiohttp.ClientSession() as http, http.get(url):
            return True
    except aiohttp.ClientError:
        return False


async def _is_empty(store: Store) -> bool:
    return await in_read(store, updates.oldest) is None
