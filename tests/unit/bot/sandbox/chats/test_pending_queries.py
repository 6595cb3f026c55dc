"""The bot's name typed in another chat."""

import asyncio
import json
from typing import Any

import pytest

from bot.sandbox.chats.pending_queries import INLINE_LIFETIME_S
from bot.sandbox.telegram.methods.inline_query import RESULTS_LIMIT
from tests.support.sandbox_server import SandboxServer


def article(number: int = 1, **changed: object) -> dict[str, Any]:
    content = {"message_text": f"tin {number}"}
    made = {"type": "article", "id": str(number), "title": "Tin", "input_message_content": content}
    return made | changed


async def asked(sandbox: SandboxServer) -> tuple[asyncio.Task[Any], str]:
    """Somebody typing, and the number of their question."""
    typing = asyncio.create_task(sandbox.do(await sandbox.add_user(), "inline", query="bầu"))
    (update,) = (await sandbox.api("getUpdates", timeout=10)).result
    return typing, update["inline_query"]["id"]


async def test_somebody_who_never_spoke_to_the_bot_may_ask(sandbox: SandboxServer) -> None:
    typing, query = await asked(sandbox)
    results = json.dumps([article()])
    assert (await sandbox.api("answerInlineQuery", inline_query_id=query, results=results)).result
    assert (await typing)["results"][0]["message"] == {"text": "tin 1"}


@pytest.mark.parametrize(
    ("results", "refusal"),
    [
        ([article(n) for n in range(RESULTS_LIMIT + 1)], "RESULTS_TOO_MUCH"),
        ([article(), article()], "RESULT_ID_DUPLICATE"),
        ([article(id="x" * 65)], "RESULT_ID_INVALID"),
        ([article(title=" ")], "ARTICLE_TITLE_EMPTY"),
        ([article(input_message_content={"message_text": ""})], "message text is empty"),
    ],
)
async def test_what_telegram_refuses_is_refused(
    sandbox: SandboxServer, results: list[dict[str, Any]], refusal: str
) -> None:
    typing, query = await asked(sandbox)
    answer = await sandbox.api("answerInlineQuery", inline_query_id=query, results=results)
    assert answer.refusal == f"Bad Request: {refusal}"
    full = [article(n, id="x" * 63 + str(n % 10)) for n in range(10)]
    assert (await sandbox.api("answerInlineQuery", inline_query_id=query, results=full)).result
    assert len((await typing)["results"]) == 10


async def test_an_answer_that_comes_too_late_is_refused(sandbox: SandboxServer) -> None:
    typing, query = await asked(sandbox)
    await sandbox.post("/sandbox/clock", {"advance_s": INLINE_LIFETIME_S + 1})
    late = await sandbox.api("answerInlineQuery", inline_query_id=query, results=[])
    assert "query is too old" in late.refusal
    typing.cancel()


async def test_a_bot_that_was_not_switched_on_is_offered_nowhere(sandbox: SandboxServer) -> None:
    chat = await sandbox.add_user()
    await sandbox.post("/sandbox/inline", {"on": False})
    answer = await sandbox.post(f"/sandbox/chats/{chat}/inline", {"query": ""})
    assert answer.status == 400
    assert not (await sandbox.api("getMe")).result["supports_inline_queries"]
