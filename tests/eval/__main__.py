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
from storage.cases.search.similar_posts import CANDIDATES
from tests.eval.pictures import print_pictures
from tests.eval.retrieval import Found, Ranking, Retrieval
from tests.support.paths import SHARED_DATA

DATA = SHARED_DATA
PRECISION = 0.95


def main() -> None:
    if not DATA.is_dir():
        sys.exit(f"Left out: the data is not there ({DATA.parent.name}/{DATA.name}).")
    print("| what | measure | result | BM25 | at least |\n|---|---|---|---|---|")
    _print_addresses()
    asyncio.run(_print_words())
    asyncio.run(_print_stories())
    asyncio.run(_print_claims())
    asyncio.run(print_pictures())


def _row(what: str, measure: str, result: float, target: str, peer: float | None = None) -> None:
    by_bm25 = "" if peer is None else f"{peer:.3f}"
    print(f"| {what} | {measure} | {result:.3f} | {by_bm25} | {target} |", flush=True)


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
    await _print_first("typed as in chats", pairs, "0.990")
    told = [row for row in _lines("vi_text/vnpara_dev.jsonl") if row["label"] == 1]
    pairs = [(_undone(row["a"]), row["b"]) for row in told]
    await _print_first("paraphrased, without diacritics", pairs, "0.985")


async def _print_first(what: str, pairs: Sequence[tuple[str, str]], target: str) -> None:
    """How often the first candidate is the text that was meant."""
    numbers = _by_text([known for _, known in pairs])
    right = [numbers[known] for _, known in pairs]
    found = await Retrieval([known for _, known in pairs]).ask([asked for asked, _ in pairs])
    _row(what, "recall@1", _first(found.ours, right), target, _first(found.by_bm25, right))


def _undone(text: str) -> str:
    return bare(unicodedata.normalize("NFC", text).lower())


async def _print_stories() -> None:
    rows = _lines("vi_text/vnmds_dev.jsonl")
    clusters = [row["cluster"] for row in rows]
    right = [
        {n for n, other in enumerate(clusters) if other == cluster and n != number}
        for number, cluster in enumerate(clusters)
    ]
    for what, part, targets in (
        ("headlines of one story", "title", ("0.890", "0.500")),
        ("openings of one story", "sapo", ("0.890", "0.300")),
    ):
        texts = [row[part] for row in rows]
        found = (await Retrieval(texts).ask(texts)).without_own()
        _row(what, "recall@1", _first(found.ours, right), targets[0], _first(found.by_bm25, right))
        _print_among(what, found, right, "0.960")
        recall, threshold = _recall_of_pairs(clusters, found.ours)
        peer, _ = _recall_of_pairs(clusters, found.by_bm25)
        _row(what, f"recall of pairs at precision {PRECISION}", recall, targets[1], peer)
        _row("", "the score from which on that is so", threshold, "")
    _row("headlines and openings", "false *same*", await _false_same(rows), "0")


def _print_among(what: str, found: Found, right: Sequence[set[int]], target: str) -> None:
    ours, peer = _among(found.ours, right), _among(found.by_bm25, right)
    _row(what, f"right one among the {CANDIDATES}", ours, target, peer)


async def _print_claims() -> None:
    claims, tweets = _lines("claims/clef2020_claims.jsonl"), _lines("claims/clef2020_dev.jsonl")
    texts = {row["id"]: row["text"] for row in claims}
    numbers = _by_text(list(texts.values()))
    right = [set[int]().union(*(numbers[texts[id_]] for id_ in row["right"])) for row in tweets]
    found = await Retrieval(list(texts.values())).ask([row["text"] for row in tweets])
    what = "English tweets to checked claims"
    _row(what, "MAP@5", _map_at_5(found.ours, right), "0.800", _map_at_5(found.by_bm25, right))
    _print_among(what, found, right, "0.900")
    _row(what, "false *same*", found.same, "0")
    await _print_evidence()


async def _print_evidence() -> None:
    rows = _lines("claims/semviqa_dev.jsonl")
    texts = list(dict.fromkeys(row["evidence"] for row in rows))
    numbers, retrieval = _by_text(texts), Retrieval(texts)
    for verdict, target in (("SUPPORTED", "0.975"), ("REFUTED", "0.940")):
        asked = [row for row in rows if row["verdict"] == verdict]
        right = [numbers[row["evidence"]] for row in asked]
        found = await retrieval.ask([row["claim"] for row in asked])
        what = f"claim to its evidence, {verdict.lower()}"
        _row(what, "recall@1", _first(found.ours, right), target, _first(found.by_bm25, right))
        _row(what, "false *same*", found.same, "0")


def _lines(file: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / file).read_text().splitlines()]


def _by_text(texts: Sequence[str]) -> dict[str, set[int]]:
    """The numbers of each text; some occur more than once."""
    numbers: dict[str, set[int]] = {}
    for number, text in enumerate(texts):
        numbers.setdefault(text, set()).add(number)
    return numbers


def _first(found: Sequence[Ranking], right: Sequence[set[int]]) -> float:
    """How often the first one is right, of those that have a right one."""
    asked = [(one, wanted) for one, wanted in zip(found, right, strict=True) if wanted]
    return sum(bool(one) and one[0][0] in wanted for one, wanted in asked) / len(asked)


def _among(found: Sequence[Ranking], right: Sequence[set[int]]) -> float:
    """How often a right one is among the candidates."""
    asked = [(one, wanted) for one, wanted in zip(found, right, strict=True) if wanted]
    return sum(any(n in wanted for n, _ in one) for one, wanted in asked) / len(asked)


def _map_at_5(found: Sequence[Ranking], right: Sequence[set[int]]) -> float:
    """Mean average precision of the first five, where one right answer is wanted."""
    places = [
        next((place for place, (n, _) in enumerate(one[:5], 1) if n in wanted), 0)
        for one, wanted in zip(found, right, strict=True)
    ]
    return sum(1 / place for place in places if place) / len(places)


def _recall_of_pairs(clusters: Sequence[str], others: Sequence[Ranking]) -> tuple[float, float]:
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
