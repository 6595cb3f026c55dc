"""Very many flagged posts at once, in made-up words (synthetic: nobody ever wrote them)."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import accumulate
from typing import Any

from sqlalchemy import insert, text

from handlers.recognition.syllables import every_syllable
from storage import wordings
from storage.engine import Store, Tx
from storage.models import Case, CasePost, CaseState, Category, Wording
from storage.terms import terms_of

_WORDS = 12_000
_FEWEST, _MOST = 10, 24
"""Words of two syllables in a post: a paragraph as people pass it on."""
_AT_ONCE = 5_000
_ENTER = {
    "sqlite": text("INSERT INTO postterms (rowid, terms) VALUES (:post, :tokens)"),
    "postgresql": text(
        "INSERT INTO postterms (post_id, terms) VALUES (:post, CAST(:terms AS integer[]))"
    ),
}
_COUNT = text("INSERT INTO termcounts (term, posts) VALUES (:term, :posts)")
_LATER = "CREATE INDEX ix_postterms_terms ON postterms USING gin (terms)"


class Tongue:
    """Speaks two-syllable words as often as people use theirs (Zipf), and amounts."""

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
        """The same with a fifth of its syllables misheard, and a remark before it."""
        said = post.split()
        for place in self._chance.sample(range(len(said)), len(said) // 5):
            said[place] = self._chance.choice(self._words).split()[0]
        return " ".join(["nghe", "noi", *said])


async def fill(store: Store, size: int) -> list[str]:
    """Cases 1 to `size` with a post each, as flags leave them; returns what they say."""
    tongue, counts, said = Tongue(), Counter[int](), [""]
    on_postgresql = store.engine.dialect.name == "postgresql"
    if on_postgresql:
        await _run(store, "DROP INDEX ix_postterms_terms")
    for first in range(1, size + 1, _AT_ONCE):
        many = [tongue.post() for _ in range(min(_AT_ONCE, size + 1 - first))]
        said += many
        async with store.write() as tx:
            await _add(tx, first, many, counts)
    if on_postgresql:
        async with store.write() as tx:
            rows = [{"term": term, "posts": posts} for term, posts in counts.items()]
            await (await tx.session.connection()).execute(_COUNT, rows)
        await _run(store, _LATER)
        await _run(store, "ANALYZE")
    return said


async def _run(store: Store, statement: str) -> None:
    async with store.write() as tx:
        await (await tx.session.connection()).execute(text(statement))


async def _add(tx: Tx, first: int, many: list[str], counts: Counter[int]) -> None:
    on, connection = tx.clock.now().date(), await tx.session.connection()
    await connection.execute(insert(Case), [_case(first + n, on) for n in range(len(many))])
    await connection.execute(insert(CasePost), [_post(first + n, on) for n in range(len(many))])
    wordings_, entries = [], []
    for number, (words, terms) in enumerate(_terms(tx, many), first):
        counts.update(terms)
        wordings_.append(_wording(tx, number, words))
        tokens = " ".join(f"{term & 0xFFFFFFFF:x}" for term in terms)
        given = {"terms": terms} if tx.on_postgresql else {"tokens": tokens}
        entries.append({"post": number} | given)
    await connection.execute(insert(Wording), wordings_)
    await connection.execute(_ENTER[connection.dialect.name], entries)


def _terms(tx: Tx, many: list[str]) -> Iterator[tuple[str, list[int]]]:
    for words in many:
        yield words, wordings.numbers_of(tx, terms_of(words))


def _case(number: int, on: date) -> dict[str, Any]:
    return {
        "id": number,
        "code": f"{number:06}",
        "state": CaseState.NEW,
        "category": Category.SCAM,
        "opened_on": on,
    }


def _post(number: int, on: date) -> dict[str, Any]:
    return {"id": number, "case_id": number, "fingerprint": f"{number:064x}", "first_on": on}


def _wording(tx: Tx, number: int, words: str) -> dict[str, Any]:
    return {
        "post_id": number,
        "plain": number.to_bytes(16),
        "words_sealed": tx.vault.seal("wording.words", words),
    }
