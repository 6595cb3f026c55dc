"""How soon somebody who forwards a known post reads its verdict, among very many cases."""

import asyncio
import time
from statistics import median, quantiles

import pytest

from bot.cli.owner_invite import invite_owner
from bot.store.open_store import open_store
from handlers.flagging.post import FlaggedPost, pack
from handlers.recognition.normalization import RULES
from storage.cases import cases
from storage.cases.posts import Flagged, open_case
from storage.cases.search import inverted_index, similar_posts
from storage.database.clock import SystemClock
from storage.database.engine import Store, Tx
from storage.database.ids import id_of
from storage.database.schema import upgrade
from storage.members import members
from storage.models import Category, Rating, Verdict
from tests.bench import synthetic_posts
from tests.bench.conftest import Note
from tests.integration.conftest import MakeHome
from tests.support.bot_process import BotProcess
from tests.support.sandbox_client import SandboxTestClient, SandboxUser

CASES = 100_000
KNOWN = 100
"""Decided cases, each asked about once."""
_GLANCE_S = 0.001
_REST_S = 0.05
"""Between two posts: nobody forwards one while the answer to the last is still being read."""


@pytest.mark.bench
@pytest.mark.timeout(1800)
async def test_recognition_of_a_forwarded_post(
    sandbox: SandboxTestClient, make_home: MakeHome, note: Note
) -> None:
    home = make_home()
    store = open_store(home.settings, SystemClock())
    await upgrade(store.engine)
    await synthetic_posts.fill(store, CASES)
    async with store.write() as tx:
        await similar_posts.set_rules_version(tx, RULES)
    with BotProcess(home.config) as bot:
        lan = await sandbox.add_user("Lan")
        await lan.starts((await invite_owner(home.settings)).code)
        await lan.presses("Tôi đồng ý", then="muốn nhận gì")
        known = await _decided(store)
        took_ms = []
        for text in known:
            await asyncio.sleep(_REST_S)
            took_ms.append(await _wait_ms(sandbox, lan, text))
        await bot.stop()
    await store.close()
    note("recognition: forwarded to answered, 100,000 cases, p50 ms", median(took_ms))
    note("recognition.answer_p95_ms", quantiles(took_ms, n=20)[-1])


async def _decided(store: Store) -> list[str]:
    """What the posts say whose verdict is given."""
    tongue = synthetic_posts.PostGenerator()
    async with store.write() as tx:
        officer = (await members.officers(tx))[0]
        known = [tongue.noisy(tongue.post()) for _ in range(KNOWN)]
        for text in known:
            await _decide(tx, text, id_of(officer))
        await inverted_index.optimize(tx)
    return known


async def _decide(tx: Tx, text: str, officer_id: int) -> None:
    post, now = FlaggedPost(text, forwarded=True), tx.clock.now()
    flagged = Flagged(post.keys, Category.SCAM, pack(post), now.date(), post.reading)
    opened = await open_case(tx, flagged)
    assert opened
    case, _ = opened
    await cases.take(tx, case, officer_id, tx.clock.now().date())
    verdict = Verdict(
        case_id=id_of(case),
        version=1,
        rating=Rating.FALSE,
        claim=text,
        explanation="Không ai phải nộp tiền.",
        sources=["https://bocongan.gov.vn"],
        decided_by=officer_id,
        decided_at=now,
    )
    await cases.decide(tx, case, verdict)


async def _wait_ms(sandbox: SandboxTestClient, lan: SandboxUser, text: str) -> float:
    """From handing the forwarded post to the sandbox until its verdict arrives there."""
    calls = await sandbox.calls("sendMessage")
    since = f"calls?method=sendMessage&after={calls[-1]['seq']}"
    began = time.perf_counter()
    await sandbox.post(f"chats/{lan.id}/send", forward={"sender_name": "Ai đó", "text": text})
    while not any(text in str(call) for call in await sandbox.get(since)):  # noqa: ASYNC110
        await asyncio.sleep(_GLANCE_S)
    return (time.perf_counter() - began) * 1000
