"""The inverted index: term to posts, with the number of posts of each term.

Terms are 32-bit integers. On SQLite they are the tokens of a contentless FTS5 table, on PostgreSQL an
integer array with a GIN index. Neither table is in the models; only this module queries them.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import TextClause, text

from storage.database import Tx

Row = tuple[int, bytes | None, bytes]
"""A post: its number, its keys and its words as they are sealed."""


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
_FIND = _by_dialect(
    # FTS5's rank is silently wrong on a contentless table, so weights are summed here. CROSS JOIN
    # fixes the order of the joins: SQLite would otherwise scan the whole table `indexedpost`.
    "WITH likest AS (SELECT postterms.rowid AS post_id, SUM(asked.value) AS weight "
    "FROM json_each(:asked) AS asked JOIN postterms ON postterms MATCH asked.key "
    "GROUP BY postterms.rowid ORDER BY weight DESC, postterms.rowid LIMIT :many) "
    "SELECT likest.post_id, casepost.keys_sealed, indexedpost.words_sealed FROM likest "
    "CROSS JOIN indexedpost ON indexedpost.post_id = likest.post_id "
    "CROSS JOIN casepost ON casepost.id = likest.post_id "
    "ORDER BY likest.weight DESC, likest.post_id",
    "WITH likest AS (SELECT post_id, SUM(asked.weight) AS weight FROM "
    "unnest(CAST(:terms AS integer[]), CAST(:weights AS float8[])) AS asked(term, weight) "
    "JOIN postterms ON postterms.terms @> ARRAY[asked.term] "
    "GROUP BY post_id ORDER BY weight DESC, post_id LIMIT :many) "
    "SELECT likest.post_id, casepost.keys_sealed, indexedpost.words_sealed FROM likest "
    "JOIN indexedpost ON indexedpost.post_id = likest.post_id "
    "JOIN casepost ON casepost.id = likest.post_id "
    "ORDER BY likest.weight DESC, likest.post_id",
)
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
_DROP_UNUSED = text("DELETE FROM termcounts WHERE posts <= 0")
_FORGET_COUNTS = text("TRUNCATE TABLE termcounts")


async def index(tx: Tx, post: int, terms: Sequence[int]) -> None:
    """Adds a post under these terms."""
    if terms:
        await _run(tx, _INSERT, post=post, **_given(tx, terms))
        await _on_postgresql(tx, _COUNT_MORE, terms=list(terms))


async def unindex(tx: Tx, post: int, terms: Sequence[int]) -> None:
    """Removes a post; `terms` must be exactly those it was indexed under."""
    if terms:
        values = {} if tx.on_postgresql else _given(tx, terms)
        await _run(tx, _DELETE, post=post, **values)
        await _on_postgresql(tx, _COUNT_LESS, terms=list(terms))
        await _on_postgresql(tx, _DROP_UNUSED)


async def clear(tx: Tx) -> None:
    """Empties the index."""
    await _run(tx, _CLEAR)
    await _on_postgresql(tx, _FORGET_COUNTS)


async def optimize(tx: Tx) -> None:
    """Merges FTS5's segments, which drops deleted tokens; a VACUUM then overwrites their bytes."""
    if not tx.on_postgresql:
        await tx.execute(_OPTIMIZE)


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


async def find(tx: Tx, weights: Mapping[int, float], many: int) -> list[Row]:
    """The `many` posts with the highest sum of weights of their terms; then the oldest."""
    if tx.on_postgresql:
        values: dict[str, object] = {"terms": list(weights), "weights": list(weights.values())}
    else:
        values = {"asked": json.dumps({_token(term): w for term, w in weights.items()})}
    rows = await _run(tx, _FIND, many=many, **values)
    return [(post, keys, words) for post, keys, words in rows]


def _given(tx: Tx, terms: Sequence[int]) -> dict[str, object]:
    if tx.on_postgresql:
        return {"terms": list(terms)}
    return {"tokens": " ".join(map(_token, terms))}


def _token(term: int) -> str:
    """The FTS5 token of a term: hexadecimal, since FTS5 reads a minus sign as an operator."""
    return f"{term & 0xFFFFFFFF:x}"


async def _on_postgresql(tx: Tx, statement: TextClause, **values: Any) -> None:
    if tx.on_postgresql:
        await tx.execute(statement, values)


async def _run(tx: Tx, statements: tuple[TextClause, TextClause], **values: Any) -> Sequence[Any]:
    result = await tx.execute(statements[1] if tx.on_postgresql else statements[0], values)
    return result.fetchall() if result.returns_rows else []
