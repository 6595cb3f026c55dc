"""How fast a post is found among very many, and what finding it costs."""

import random
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles

import pytest
import tantivy
from rapidfuzz import fuzz, process
from sqlalchemy import text

from handlers.recognition.match_keys import Identity
from handlers.recognition.ranking import KnownPost, rank
from storage.cases.match_keys import UNKNOWN
from storage.cases.posts import Flagged, open_case
from storage.cases.search import inverted_index, similar_posts
from storage.cases.search.similar_posts import SearchForm
from storage.database.engine import Store, Tx
from storage.database.ids import id_of
from storage.models import Category
from tests.bench import durable_queue, synthetic_posts
from tests.bench.conftest import Note
from tests.bench.synthetic_posts import PostGenerator

HUNDRED_THOUSAND, MILLION = 100_000, 1_000_000
QUESTIONS = 300
OTHERS_QUESTIONS = 5
"""Of those who need a hundred times as long."""
_SIZE = text(
    "SELECT SUM(pgsize) - (SELECT SUM(LENGTH(words_sealed)) FROM indexedpost) FROM dbstat "
    "WHERE name IN ('indexedpost', 'ix_indexedpost_plain') OR name LIKE 'postterms%'"
)


_times_of_tantivy: dict[tuple[str, int], float] = {}
"""By database and number of posts: p95 of finding, divided by that of tantivy."""


@pytest.mark.bench
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("size", [HUNDRED_THOUSAND, MILLION])
async def test_recognition_among_very_many(
    durable_database: str, note: Note, tmp_path: Path, size: int
) -> None:
    async with durable_queue.benchmark_store(durable_database) as store:
        said = await synthetic_posts.fill(store, size)
        async with store.write() as tx:
            await inverted_index.optimize(tx)  # as every night
        asked, peer = _questions(said), TantivyIndex(tmp_path, said)
        async with store.read() as tx:
            # Side by side, so that a busy machine slows down both.
            answers = [(await _answer(tx, words), peer.milliseconds(words)) for _, words in asked]
        added_ms = await _add(store)
        dialect = store.engine.dialect.name
        title = f"recognition, {size:,} posts, {dialect}"
        took_ms, peer_ms = [ours[1] for ours, _ in answers], [peer for _, peer in answers]
        hits = sum(ours[0] == number for (number, _), (ours, _) in zip(asked, answers, strict=True))
        note(f"{title}: found first, of {QUESTIONS}", hits)
        note(f"{title}: p50 ms", median(took_ms))
        note(f"{title}: p95 ms", _p95(took_ms))
        note(f"{title}: p95 ms of tantivy", _p95(peer_ms))
        note(f"{title}: add, p50 ms", median(added_ms))
        note(f"{title}: adding to finding, p50", median(added_ms) / median(took_ms))
        ratio, short = _p95(took_ms) / _p95(peer_ms), "1m" if size == MILLION else "100k"
        _times_of_tantivy[dialect, size] = ratio
        if dialect == "sqlite":
            note(f"recognition.to_tantivy_{short}", ratio)
            note("recognition.bytes_per_post", await _bytes(store) / size)
        elif on_sqlite := _times_of_tantivy.get(("sqlite", size)):
            note(f"recognition.postgresql_to_sqlite_{short}", ratio / on_sqlite)
    if dialect == "sqlite" and size == HUNDRED_THOUSAND:
        _by_brute_force(said, asked[:OTHERS_QUESTIONS], note)
        _by_trigrams(said, asked[:OTHERS_QUESTIONS], note)


class TantivyIndex:
    """The same posts in tantivy, for comparison: plain BM25 over words, without a key or a database."""

    def __init__(self, folder: Path, said: Sequence[str]) -> None:
        schema = tantivy.SchemaBuilder().add_text_field("words").build()
        self._index = tantivy.Index(schema, path=str(folder))
        writer = self._index.writer(num_threads=1)
        for words in said:
            writer.add_document(tantivy.Document(words=words))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def milliseconds(self, words: str) -> float:
        """How long it takes to find the best twenty."""
        began = time.perf_counter()
        query = self._index.parse_query(words, ["words"])
        self._searcher.search(query, similar_posts.CANDIDATES)
        return (time.perf_counter() - began) * 1000


def _questions(said: Sequence[str]) -> list[tuple[int, str]]:
    """Posts that came in, each as somebody might write it down from hearing."""
    tongue, chance = PostGenerator(), random.Random(15)
    numbers = chance.sample(range(1, len(said)), QUESTIONS)
    return [(number, tongue.noisy(said[number])) for number in numbers]


async def _answer(tx: Tx, words: str) -> tuple[int | None, float]:
    """The most similar post, and the milliseconds from the folded text to the ranked candidates."""
    began = time.perf_counter()
    near = await similar_posts.candidates(tx, words)
    known = [KnownPost(one.post_id, None, one.words, one.relative_score) for one in near]
    ranked = rank(Identity(words=words), known)
    took_ms = (time.perf_counter() - began) * 1000
    tx.session.expunge_all()
    return (ranked[0].known.id if ranked else None), took_ms


async def _add(store: Store) -> list[float]:
    """Milliseconds for what one more post adds to the transaction that opens its case."""
    tongue, took_ms = PostGenerator(), []
    async with store.write() as tx:
        on = tx.clock.now().date()
        for words in (tongue.noisy(tongue.post()) for _ in range(QUESTIONS)):
            opened = await open_case(tx, Flagged(UNKNOWN, Category.SCAM, "", on))
            assert opened
            began = time.perf_counter()
            await similar_posts.add(tx, id_of(opened[1]), SearchForm(None, words))
            took_ms.append((time.perf_counter() - began) * 1000)
    return took_ms


async def _bytes(store: Store) -> float:
    async with store.read() as tx:
        found = await tx.execute(_SIZE)
        return float(found.scalar_one())


def _by_brute_force(said: Sequence[str], asked: Sequence[tuple[int, str]], note: Note) -> None:
    took_ms = []
    for _, words in asked:
        began = time.perf_counter()
        process.extract(words, said, scorer=fuzz.ratio, limit=20)
        took_ms.append((time.perf_counter() - began) * 1000)
    note("recognition, 100,000 posts, rapidfuzz over all: p95 ms", _p95(took_ms))


def _by_trigrams(said: Sequence[str], asked: Sequence[tuple[int, str]], note: Note) -> None:
    with sqlite3.connect(":memory:") as database:
        database.execute("CREATE VIRTUAL TABLE t USING fts5(words, tokenize='trigram')")
        database.executemany("INSERT INTO t VALUES (?)", ((words,) for words in said))
        took_ms = []
        for _, words in asked:
            grams = sorted({words[i : i + 3] for i in range(len(words) - 2)})
            query = " OR ".join(f'"{gram}"' for gram in grams)
            began = time.perf_counter()
            database.execute(
                "SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT 20", (query,)
            ).fetchall()
            took_ms.append((time.perf_counter() - began) * 1000)
    database.close()
    note("recognition, 100,000 posts, FTS5 trigrams: p95 ms", _p95(took_ms))


def _p95(took_ms: Sequence[float]) -> float:
    return quantiles(took_ms, n=20)[-1]
