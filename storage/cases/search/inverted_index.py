"""The inverted index: under which terms a post stands, and how many posts stand under a term.

Terms are numbers of 32 bits here. On SQLite they are the words of an FTS5 table that keeps no text; on
PostgreSQL a column of numbers under a GIN index. Neither is in the models: no query sees them but these.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import TextClause, text

from storage.database.engine import Tx

Row = tuple[int, bytes | None, bytes]
"""A post: its number, its keys and its words as they are sealed."""


def _either(sqlite: str, postgresql: str) -> tuple[TextClause, TextClause]:
    return text(sqlite), text(postgresql)


_ENTER = _either(
    "INSERT INTO postterms (rowid, terms) VALUES (:post, :tokens)",
    "INSERT INTO postterms (post_id, terms) VALUES (:post, CAST(:terms AS integer[]))",
)
_STRIKE = _either(
    # Without a copy of the text FTS5 has to be told what it entered.
    "INSERT INTO postterms (postterms, rowid, terms) VALUES ('delete', :post, :tokens)",
    "DELETE FROM postterms WHERE post_id = :post",
)
_EMPTY = _either(
    "INSERT INTO postterms (postterms) VALUES ('delete-all')", "TRUNCATE TABLE postterms"
)
_OPTIMIZE = text("INSERT INTO postterms (postterms) VALUES ('optimize')")
_FIND = _either(
    # FTS5's own rank is silently wrong on such a table: the overlap is counted here. The order of
    # the joins is a command: SQLite would rather read every wording there is.
    "WITH likest AS (SELECT postterms.rowid AS post_id, SUM(asked.value) AS weight "
    "FROM json_each(:asked) AS asked JOIN postterms ON postterms MATCH asked.key "
    "GROUP BY postterms.rowid ORDER BY weight DESC, postterms.rowid LIMIT :many) "
    "SELECT likest.post_id, casepost.keys_sealed, wording.words_sealed FROM likest "
    "CROSS JOIN wording ON wording.post_id = likest.post_id "
    "CROSS JOIN casepost ON casepost.id = likest.post_id "
    "ORDER BY likest.weight DESC, likest.post_id",
    "WITH likest AS (SELECT post_id, SUM(asked.weight) AS weight FROM "
    "unnest(CAST(:terms AS integer[]), CAST(:weights AS float8[])) AS asked(term, weight) "
    "JOIN postterms ON postterms.terms @> ARRAY[asked.term] "
    "GROUP BY post_id ORDER BY weight DESC, post_id LIMIT :many) "
    "SELECT likest.post_id, casepost.keys_sealed, wording.words_sealed FROM likest "
    "JOIN wording ON wording.post_id = likest.post_id "
    "JOIN casepost ON casepost.id = likest.post_id "
    "ORDER BY likest.weight DESC, likest.post_id",
)
_COUNTS = _either(
    # A list is read no further than it matters: FTS5 counts by going through it.
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
    """Puts a post under these terms."""
    if terms:
        await _run(tx, _ENTER, post=post, **_given(tx, terms))
        await _on_postgresql(tx, _COUNT_MORE, terms=list(terms))


async def unindex(tx: Tx, post: int, terms: Sequence[int]) -> None:
    """Takes a post away from the terms it was put under, exactly these."""
    if terms:
        values = {} if tx.on_postgresql else _given(tx, terms)
        await _run(tx, _STRIKE, post=post, **values)
        await _on_postgresql(tx, _COUNT_LESS, terms=list(terms))
        await _on_postgresql(tx, _DROP_UNUSED)


async def clear(tx: Tx) -> None:
    """Nothing stands under anything."""
    await _run(tx, _EMPTY)
    await _on_postgresql(tx, _FORGET_COUNTS)


async def optimize(tx: Tx) -> None:
    """Lets FTS5 drop what was struck out; only the VACUUM after it overwrites the bytes."""
    if not tx.on_postgresql:
        await tx.execute(_OPTIMIZE)


async def counts(tx: Tx, terms: Collection[int], most: int) -> dict[int, int]:
    """How many posts stand under each of these terms that has any; counted up to `most`.

    PostgreSQL could only count by reading the posts, and keeps a table of it.
    """
    if tx.on_postgresql:
        rows = await _run(tx, _COUNTS, terms=list(terms), most=most)
        return {row[0]: row[1] for row in rows}
    named = {_token(term): term for term in terms}
    rows = await _run(tx, _COUNTS, listed=json.dumps(list(named)), most=most)
    return {named[token]: posts for token, posts in rows if posts}


async def find(tx: Tx, weights: Mapping[int, float], many: int) -> list[Row]:
    """The posts that stand under most of these terms, by their weights; then the oldest."""
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
    """A word of letters and digits: FTS5 would read a minus as a command."""
    return f"{term & 0xFFFFFFFF:x}"


async def _on_postgresql(tx: Tx, statement: TextClause, **values: Any) -> None:
    if tx.on_postgresql:
        await tx.execute(statement, values)


async def _run(tx: Tx, either: tuple[TextClause, TextClause], **values: Any) -> Sequence[Any]:
    done = await tx.execute(either[1] if tx.on_postgresql else either[0], values)
    return done.fetchall() if done.returns_rows else []
