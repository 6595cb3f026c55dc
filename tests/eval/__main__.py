"""Prints what `docs/recognition.md` shows: how many posts are recognised, and how many wrongly."""

import asyncio
import csv
import json
import sys
import unicodedata
from collections.abc import Sequence
from itertools import combinations
from typing import Any

from bot.cli.recognise import History, temporary_database
from handlers.flagging.post import FlaggedPost
from handlers.recognition import addresses
from handlers.recognition.syllables import bare
from tests.support.paths import SHARED_DATA

DATA = SHARED_DATA
PRECISION = 0.95


def main() -> None:
    if not DATA.is_dir():
        sys.exit(f"Left out: the data is not there ({DATA.parent.name}/{DATA.name}).")
    print("| what | measure | result | at least |\n|---|---|---|---|")
    _print_addresses()
    asyncio.run(_print_words())
    asyncio.run(_print_stories())


def _row(what: str, measure: str, result: float, target: str) -> None:
    print(f"| {what} | {measure} | {result:.3f} | {target} |", flush=True)


def _print_addresses() -> None:
    precision, recall = pairs_of_addresses()
    _row("addresses of posts", "precision of pairs", precision, "1.000")
    _row("addresses of posts", "recall of pairs", recall, "0.970")


def pairs_of_addresses() -> tuple[float, float]:
    """Precision and recall: which two addresses are one post's."""
    rows = [json.loads(line) for line in (DATA / "urls/ytdlp_tests.jsonl").read_text().splitlines()]
    posts = [row for row in rows if row["is_post"] and row["url_id"]]
    found = [addresses.read(row["url"]) for row in posts]
    marked = [
        (row["platform"], row["url_id"], one.key if one else row["url"])
        for row, one in zip(posts, found, strict=True)
    ]
    pairs = [(a[:2] == b[:2], a[2] == b[2]) for a, b in combinations(marked, 2)]
    both = sum(same and taken for same, taken in pairs)
    return both / sum(t for _, t in pairs), both / sum(s for s, _ in pairs)


async def _print_words() -> None:
    chats = list(csv.DictReader((DATA / "vi_text/vilexnorm_dev.csv").open()))
    pairs = [(row["original"], row["normalized"]) for row in chats]
    _row("typed as in chats", "recall@1", await _first(pairs), "0.990")
    lines = (DATA / "vi_text/vnpara_dev.jsonl").read_text().splitlines()
    told = [row for row in map(json.loads, lines) if row["label"] == 1]
    pairs = [(_undone(row["a"]), row["b"]) for row in told]
    _row("paraphrased, without diacritics", "recall@1", await _first(pairs), "0.985")


def _undone(text: str) -> str:
    return bare(unicodedata.normalize("NFC", text).lower())


async def _first(pairs: Sequence[tuple[str, str]]) -> float:
    """How often the first candidate is the text that was meant."""
    async with temporary_database() as tx:
        history = History(tx)
        for number, (_, known) in enumerate(pairs):
            await history.join(number, FlaggedPost(text=known))
        hits = 0
        for number, (asked, known) in enumerate(pairs):
            answer = await history.answer(-1, FlaggedPost(text=asked))
            first = answer["candidates"][0][0] if answer["candidates"] else None
            hits += (first is not None and pairs[first][1] == known) or first == number
    return hits / len(pairs)


async def _print_stories() -> None:
    rows = [
        json.loads(line) for line in (DATA / "vi_text/vnmds_dev.jsonl").read_text().splitlines()
    ]
    clusters = [row["cluster"] for row in rows]
    async with temporary_database() as tx:
        history = History(tx)
        for number, row in enumerate(rows):
            await history.join(number, FlaggedPost(text=row["title"]))
        answers = [
            await history.answer(n, FlaggedPost(text=row["title"])) for n, row in enumerate(rows)
        ]
    others = [[(n, s) for n, s in answer["candidates"] if n != answer["id"]] for answer in answers]
    asked = [n for n, c in enumerate(clusters) if clusters.count(c) > 1]
    hits = sum(bool(others[n]) and clusters[others[n][0][0]] == clusters[n] for n in asked)
    _row("one story in several papers", "recall@1", hits / len(asked), "0.850")
    recall, threshold = _recall_of_pairs(clusters, others)
    _row(
        "one story in several papers", f"recall of pairs at precision {PRECISION}", recall, "0.500"
    )
    _row("", "the score from which on that is so", threshold, "")
    _row("", "false *same*", await _false_same(rows), "0")


def _recall_of_pairs(
    clusters: Sequence[str], others: Sequence[Sequence[Any]]
) -> tuple[float, float]:
    scores: dict[tuple[int, int], float] = {}
    for one, found in enumerate(others):
        for other, score in found:
            pair = min(one, other), max(one, other)
            scores[pair] = max(score, scores.get(pair, 0.0))
    every = sum(clusters[a] == clusters[b] for a, b in combinations(range(len(clusters)), 2))
    best, hits = (0.0, 1.0), 0
    for taken, (score, (a, b)) in enumerate(
        sorted(((s, p) for p, s in scores.items()), reverse=True), 1
    ):
        hits += clusters[a] == clusters[b]
        if hits / taken >= PRECISION:
            best = hits / every, score
    return best


async def _false_same(rows: Sequence[dict[str, str]]) -> int:
    """Headlines and openings one after another: how many are taken for one of another story."""
    async with temporary_database() as tx:
        history, wrong = History(tx), 0
        for number, row in enumerate(rows):
            for text in (row["title"], row["sapo"]):
                answer = await history.answer(number, FlaggedPost(text=text))
                if answer["relation"] == "same":
                    wrong += rows[answer["match"]]["cluster"] != row["cluster"]
                await history.join(number, FlaggedPost(text=text))
    return wrong


if __name__ == "__main__":
    main()
