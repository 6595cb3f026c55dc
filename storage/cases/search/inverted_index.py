"""The inverted index: the posts of each term, the number of them, and the totals of posts and words.

Terms are 32-bit integers. On SQLite they are the tokens of a contentless FTS5 table, on PostgreSQL an
integer array with a GIN index. Neither stores how often a term occurs in a post, so the second and third
occurrence are terms of their own (`occurrence_id`). The length of a post is in the table `indexedpost`.
The other tables here are not in the models; only this module queries them.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import TextClause, text

from storage.cases.search.bm25 import OCCURRENCES, Totals, length_norm
from storage.database import Tx

_NEXT_OCCURRENCE = 0x9E3779B1
_MASK = 0xFFFFFFFF
_SIGN = 0x80000000


@dataclass(frozen=True)
class Hit:
    """A post that has some of the terms: its keys and its words as they are sealed."""

    post_id: int
    keys_sealed: bytes | None
    words_sealed: bytes
    score: float
    """BM25 (`storage.cases.search.bm25`)."""


def _by_dialect(sqlite: str, postgresql: str) -> tuple[TextClause, TextClause]:
    return text(sqlite), text(postgresql)


_INSERT = _by_dialect(
    "INSERT INTO postterms (rowid, terms) VALUES (:post, :tokens)",
    "INSERT INTO postterms (post_id, terms) VALUES (:post, CAST(:terms AS integer[]))",
)
_DELETE = _by_dialect(
    # A contentless FTS5 table has no copy of the tokens: a delete has to repeat them exactly.
    "INSERT INTO postterms (postterms, rowid, terms) VALUES ('delete', :post, :tokens)",
    "DELETE FROM postterms WHERE post_id = :post",
)
_CLEAR = _by_dialect(
    "INSERT INTO postterms (postterms) VALUES ('delete-all')", "TRUNCATE TABLE postterms"
)
_OPTIMIZE = text("INSERT INTO postterms (postterms) VALUES ('optimize')")
_TOTALS = text("SELECT posts, words FROM indextotals")
_ADD_TO_TOTALS = text(
    "INSERT INTO indextotals (id, posts, words) VALUES (1, :posts, :words) ON CONFLICT (id) DO "
    "UPDATE SET posts = indextotals.posts + excluded.posts, "
    "words = indextotals.words + excluded.words"
)
_CLEAR_TOTALS = text("DELETE FROM indextotals")
_ASKED = _by_dialect(
    # CROSS JOIN fixes the order of the joins: SQLite would otherwise scan the whole second table.
    "asked(token, weight, occurrence) AS MATERIALIZED (SELECT json_extract(value, '$[0]'), "
    "json_extract(value, '$[1]'), json_extract(value, '$[2]') FROM json_each(:asked)), "
    "hit AS (SELECT postterms.rowid AS post_id, weight, occurrence FROM asked "
    "CROSS JOIN postterms ON postterms MATCH asked.token "
    "WHERE :among IS NULL OR postterms.rowid IN (SELECT value FROM json_each(:among)))",
    "asked AS (SELECT * FROM unnest(CAST(:terms AS integer[]), CAST(:weights AS integer[]), "
    "CAST(:occurrences AS integer[])) AS asked(term, weight, occurrence)), "
    "hit AS (SELECT postterms.post_id, asked.weight, asked.occurrence FROM asked "
    "JOIN postterms ON postterms.terms @> ARRAY[asked.term] "
    "WHERE CAST(:among AS integer[]) IS NULL OR postterms.post_id = ANY(CAST(:among AS integer[])))",
)
_SCORED = (
    # FTS5's rank is silently wrong on a contentless table, so BM25 is computed here, as
    # `bm25.saturated` does. Only the posts with the largest sums are scored: their length is read.
    ", summed AS (SELECT post_id, COALESCE(SUM(weight) FILTER (WHERE occurrence = 1), 0) AS once, "
    "COALESCE(SUM(weight) FILTER (WHERE occurrence = 2), 0) AS twice, "
    "COALESCE(SUM(weight) FILTER (WHERE occurrence = 3), 0) AS thrice "
    "FROM hit GROUP BY post_id ORDER BY once DESC, post_id LIMIT :scored), "
    "normalized AS (SELECT summed.post_id, CAST(once AS float8) AS once, CAST(twice AS float8) AS twice, "
    "CAST(thrice AS float8) AS thrice, CAST(:constant AS float8) "
    "+ CAST(:per_word AS float8) * indexedpost.length AS d FROM summed "
    "CROSS JOIN indexedpost WHERE indexedpost.post_id = summed.post_id), "
    "best AS (SELECT post_id, once / (1 + d) + twice * d / ((2 + d) * (1 + d)) "
    "+ thrice * d / ((3 + d) * (2 + d)) AS score FROM normalized "
    "ORDER BY score DESC, post_id LIMIT :many) "
    "SELECT best.post_id, casepost.keys_sealed, indexedpost.words_sealed, best.score FROM best "
    "CROSS JOIN indexedpost CROSS JOIN casepost "
    "WHERE indexedpost.post_id = best.post_id AND casepost.id = best.post_id "
    "ORDER BY best.score DESC, best.post_id"
)
_PLAN_FOR_THE_VALUES = text("SET LOCAL plan_cache_mode = force_custom_plan")
"""A plan for any values, which PostgreSQL makes of a statement's sixth run, reads all posts for each
term. The setting ends with the transaction."""
_FIND = (text(f"WITH {_ASKED[0]}{_SCORED}"), text(f"WITH {_ASKED[1]}{_SCORED}"))
_COUNTS = _by_dialect(
    # Counted up to a limit: FTS5 counts by reading the posting list.
    "SELECT asked.value, (SELECT COUNT(*) FROM (SELECT 1 FROM postterms "
    "WHERE postterms MATCH asked.value LIMIT :most)) FROM json_each(:listed) AS asked",
    "SELECT term, LEAST(posts, :most) FROM termcounts WHERE term = ANY(CAST(:terms AS integer[]))",
)
_COUNT_MORE = text(
    "INSERT INTO termcounts (term, posts) SELECT asked.term, 1 "
    "FROM unnest(CAST(:terms AS integer[])) AS asked(term) ORDER BY 1 "
    "ON CONFLICT (term) DO UPDATE SET posts = termcounts.posts + 1"
)
_COUNT_LESS = text(
    "UPDATE termcounts SET posts = posts - 1 WHERE term = ANY(CAST(:terms AS integer[]))"
)
_DROP_UNUSED = text(
    "DELETE FROM termcounts WHERE posts <= 0 AND term = ANY(CAST(:terms AS integer[]))"
)
_FORGET_COUNTS = text("TRUNCATE TABLE termcounts")


async def index(tx: Tx, post: int, terms: Mapping[int, int], length: int) -> None:
    """Adds a post of `length` words under these terms, each with its number of occurrences."""
    if ids := with_occurrences(terms):
        await _run(tx, _INSERT, post=post, **_given(tx, ids))
        await _on_postgresql(tx, _COUNT_MORE, terms=ids)
        await tx.execute(_ADD_TO_TOTALS, {"posts": 1, "words": length})


async def unindex(tx: Tx, post: int, terms: Mapping[int, int], length: int) -> None:
    """Removes a post; terms and length must be exactly those it was indexed under."""
    if ids := with_occurrences(terms):
        values = {} if tx.on_postgresql else _given(tx, ids)
        await _run(tx, _DELETE, post=post, **values)
        await _on_postgresql(tx, _COUNT_LESS, terms=ids)
        await _on_postgresql(tx, _DROP_UNUSED, terms=ids)
        await tx.execute(_ADD_TO_TOTALS, {"posts": -1, "words": -length})


async def clear(tx: Tx) -> None:
    """Empties the index."""
    await _run(tx, _CLEAR)
    await _on_postgresql(tx, _FORGET_COUNTS)
    await tx.execute(_CLEAR_TOTALS)


async def optimize(tx: Tx) -> None:
    """Merges FTS5's segments, which drops deleted tokens; a VACUUM then overwrites their bytes."""
    if not tx.on_postgresql:
        await tx.execute(_OPTIMIZE)


async def totals(tx: Tx) -> Totals:
    """Number of indexed posts, and of their words."""
    row = (await tx.execute(_TOTALS)).first()
    return Totals(row.posts, row.words) if row else Totals()


async def counts(tx: Tx, terms: Collection[int], most: int) -> dict[int, int]:
    """Number of posts of each of these terms that has any, up to `most`.

    A GIN index cannot count without reading the posts, so PostgreSQL has a table of counts.
    """
    if tx.on_postgresql:
        rows = await _run(tx, _COUNTS, terms=list(terms), most=most)
        return {row[0]: row[1] for row in rows}
    named = {_token(term): term for term in terms}
    rows = await _run(tx, _COUNTS, listed=json.dumps(list(named)), most=most)
    return {named[token]: posts for token, posts in rows if posts}


async def find(
    tx: Tx,
    weights: Mapping[int, int],
    totals: Totals,
    *,
    scored: int,
    many: int,
    among: Collection[int] | None = None,
) -> list[Hit]:
    """The `many` posts with the highest score; of equal ones the oldest.

    Only the `scored` posts with the largest sum of term weights are scored (further occurrences and the
    length of the post not regarded). With `among`, only these posts are searched.
    """
    asked = [
        (occurrence_id(term, occurrence), weight, occurrence)
        for term, weight in weights.items()
        for occurrence in range(1, OCCURRENCES + 1)
    ]
    constant, per_word = length_norm(totals)
    await _on_postgresql(tx, _PLAN_FOR_THE_VALUES)
    rows = await _run(
        tx,
        _FIND,
        scored=scored,
        many=many,
        constant=constant,
        per_word=per_word,
        **_asked(tx, asked, among),
    )
    return [Hit(*row) for row in rows]


def occurrence_id(term: int, occurrence: int) -> int:
    """The id of the term that stands for the n-th occurrence of a term; of the first, the term itself."""
    shifted = (term ^ ((occurrence - 1) * _NEXT_OCCURRENCE)) & _MASK
    return shifted - 2 * _SIGN if shifted & _SIGN else shifted


def with_occurrences(terms: Mapping[int, int]) -> list[int]:
    """The ids of terms and of their further occurrences.

    Sorted, so that two transactions that update the same counters never deadlock.
    """
    return sorted(
        {
            occurrence_id(term, occurrence)
            for term, times in terms.items()
            for occurrence in range(1, min(times, OCCURRENCES) + 1)
        }
    )


def _asked(
    tx: Tx, asked: Sequence[tuple[int, int, int]], among: Collection[int] | None
) -> dict[str, object]:
    if not tx.on_postgresql:
        rows = [(_token(term), weight, occurrence) for term, weight, occurrence in asked]
        return {
            "asked": json.dumps(rows),
            "among": None if among is None else json.dumps(sorted(among)),
        }
    terms, weights, occurrences = map(list, zip(*asked, strict=True))
    return {
        "terms": terms,
        "weights": weights,
        "occurrences": occurrences,
        "among": None if among is None else sorted(among),
    }


def _given(tx: Tx, terms: Iterable[int]) -> dict[str, object]:
    if tx.on_postgresql:
        return {"terms": list(terms)}
    return {"tokens": " ".join(map(_token, terms))}


def _token(term: int) -> str:
    """The FTS5 token of a term: hexadecimal, since FTS5 reads a minus sign as an operator."""
    return f"{term & _MASK:x}"


async def _on_postgresql(tx: Tx, statement: TextClause, **values: Any) -> None:
    if tx.on_postgresql:
        await tx.execute(statement, values)


async def _run(tx: Tx, statements: tuple[TextClause, TextClause], **values: Any) -> Sequence[Any]:
    result = await tx.execute(statements[1] if tx.on_postgresql else statements[0], values)
    return result.fetchall() if result.returns_rows else []
