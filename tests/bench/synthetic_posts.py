"""Very many flagged posts at once, in made-up words (synthetic: nobody ever wrote them)."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import accumulate, chain
from typing import Any

from sqlalchemy import LargeBinary, String, insert, literal, select, text
from sqlalchemy import cast as sql_cast
from sqlmodel import SQLModel

from handlers.recognition.syllables import every_syllable
from storage.cases.search import similar_posts
from storage.cases.search.inverted_index import with_occurrences
from storage.cases.search.terms import terms_of
from storage.database.engine import Store, Tx
from storage.models import Case, CasePost, CaseState, Category, IndexedPost

_WORDS = 12_000
_FEWEST, _MOST = 10, 24
"""Words of two syllables in a post: a paragraph as people pass it on."""
_AT_ONCE = 5_000
_TERMS = 1_000_000
"""So many are remembered by name, which is most of what is said."""
_ENTER = text("INSERT INTO postterms (rowid, terms) VALUES (:post, :tokens)")
_ENTER_TOTALS = text("INSERT INTO indextotals (id, posts, words) VALUES (1, :posts, :words)")
_AFTERWARDS = (
    "SET LOCAL maintenance_work_mem = '512MB'",
    "CREATE INDEX ix_postterms_terms ON postterms USING gin (terms)",
    "SELECT setval(pg_get_serial_sequence('\"case\"', 'id'), (SELECT MAX(id) FROM \"case\"))",
    "SELECT setval(pg_get_serial_sequence('casepost', 'id'), (SELECT MAX(id) FROM casepost))",
    "ANALYZE",
)


class PostGenerator:
    """Generates posts of two-syllable words with Zipf-distributed frequencies, and amounts."""

    def __init__(self) -> None:
        self._chance = random.Random(20260315)
        syllables = sorted(every_syllable())
        self._words = [" ".join(self._chance.choices(syllables, k=2)) for _ in range(_WORDS)]
        self._often = list(accumulate(1 / rank for rank in range(1, _WORDS + 1)))

    def post(self) -> str:
        """One more post."""
        many = self._chance.randint(_FEWEST, _MOST)
        said = self._chance.choices(self._words, cum_weights=self._often, k=many)
        said.insert(many // 2, f"{self._chance.randint(1, 999)}.000")
        return " ".join(said)

    def noisy(self, post: str) -> str:
        """The same with a fifth of its syllables replaced, and a remark before it."""
        said = post.split()
        for place in self._chance.sample(range(len(said)), len(said) // 5):
            said[place] = self._chance.choice(self._words).split()[0]
        return " ".join(["nghe", "noi", *said])


async def fill(store: Store, size: int) -> list[str]:
    """Cases 1 to `size` with a post each, as flags leave them; returns what they say."""
    tongue, counts, said = PostGenerator(), Counter[int](), [""]
    on_postgresql = store.engine.dialect.name == "postgresql"
    async with store.write() as tx:
        await _open_cases(tx, size)
        if on_postgresql:
            await _run(tx, "DROP INDEX ix_postterms_terms")
    numbers, length = _numbers_for(store), 0
    for first in range(1, size + 1, _AT_ONCE):
        many = [tongue.post() for _ in range(min(_AT_ONCE, size + 1 - first))]
        said += many
        texts = [terms_of(words) for words in many]
        terms = [
            with_occurrences({numbers(term): times for term, times in text.all.items()})
            for text in texts
        ]
        counts.update(chain.from_iterable(terms))
        async with store.write() as tx:
            await _enter(tx, first, many, terms, [text.length for text in texts])
        length += sum(text.length for text in texts)
    async with store.write() as tx:
        await tx.execute(_ENTER_TOTALS, {"posts": size, "words": length})
    if on_postgresql:
        async with store.write() as tx:
            await _copy(tx, "termcounts", ["term", "posts"], sorted(counts.items()))
        async with store.write() as tx:
            await _run(tx, *_AFTERWARDS)
    return said


def _numbers_for(store: Store) -> Callable[[str], int]:
    """What terms are called in the index; those of common words are remembered."""

    @lru_cache(_TERMS)
    def number(term: str) -> int:
        return similar_posts.term_id(store.vault, term)

    return number


async def _open_cases(tx: Tx, size: int) -> None:
    """The first by the models, the others as copies of it."""
    on = tx.clock.now().date()
    # No real code has an A.
    opened = {"state": CaseState.NEW, "category": Category.SCAM, "opened_on": on}
    await tx.execute(insert(Case), [{"id": 1, "code": "A1", **opened}])
    await tx.execute(
        insert(CasePost), [{"id": 1, "case_id": 1, "words_lookup": b"1", "first_on": on}]
    )
    one = select(literal(2).label("number")).cte(recursive=True)
    numbers = one.union_all(select(one.c.number + 1).where(one.c.number < size))
    number, text_ = numbers.c.number, sql_cast(numbers.c.number, String)
    bytes_ = sql_cast(text_, LargeBinary)
    for table, own in (
        ("case", {"id": number, "code": literal("A").concat(text_)}),
        ("casepost", {"id": number, "case_id": number, "words_lookup": bytes_}),
    ):
        first = SQLModel.metadata.tables[table]
        columns = [own.get(column.name, column) for column in first.columns]
        rows = select(*columns).select_from(numbers.join(first, first.c.id == 1))
        await tx.execute(insert(first).from_select(list(first.columns), rows))


async def _enter(
    tx: Tx, first: int, many: list[str], terms: list[list[int]], lengths: list[int]
) -> None:
    indexed_posts = [
        (
            number,
            number.to_bytes(16),
            tx.vault.seal("indexedpost.words", f"\n{words}", number),
            length,
        )
        for number, (words, length) in enumerate(zip(many, lengths, strict=True), first)
    ]
    columns = ("post_id", "plain", "words_sealed", "length")
    if tx.on_postgresql:
        await _copy(tx, "indexedpost", list(columns), indexed_posts)
        await _copy(tx, "postterms", ["post_id", "terms"], list(enumerate(terms, first)))
        return
    rows = [dict(zip(columns, row, strict=True)) for row in indexed_posts]
    await tx.execute(insert(IndexedPost), rows)
    tokens = [" ".join(f"{term & 0xFFFFFFFF:x}" for term in one) for one in terms]
    given = [{"post": number, "tokens": one} for number, one in enumerate(tokens, first)]
    await tx.execute(_ENTER, given)


async def _copy(tx: Tx, table: str, columns: list[str], rows: Sequence[tuple[Any, ...]]) -> None:
    raw = await (await tx.session.connection()).get_raw_connection()
    driver: Any = raw.driver_connection
    await driver.copy_records_to_table(table, columns=columns, records=rows)


async def _run(tx: Tx, *statements: str) -> None:
    for statement in statements:
        await tx.execute(text(statement))
