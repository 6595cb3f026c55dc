"""The inverted index: under which terms a post stands, and how many posts stand under a term.

Terms are numbers of 32 bits here. On SQLite they are the words of an FTS5 table that keeps no text; on
PostgreSQL a column of numbers under a GIN index. Neither is in the models: no query sees them but these.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import TextClause, delete, text
from sqlmodel import col

from storage.engine import Tx
from storage.models import TermCount

_BYTES = 4


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
    # FTS5's own rank is silently wrong on such a table: the overlap is counted here.
    "SELECT postterms.rowid, SUM(json_extract(asked.value, '$[1]')) AS weight "
    "FROM json_each(:asked) AS asked "
    "JOIN postterms ON postterms MATCH json_extract(asked.value, '$[0]') "
    "GROUP BY postterms.rowid ORDER BY weight DESC, postterms.rowid LIMIT :many",
    "SELECT post_id, SUM(asked.weight) AS weight FROM "
    "unnest(CAST(:terms AS integer[]), CAST(:weights AS float8[])) AS asked(term, weight) "
    "JOIN postterms ON postterms.terms @> ARRAY[asked.term] "
    "GROUP BY post_id ORDER BY weight DESC, post_id LIMIT :many",
)
_COUNTS = _either(
    "SELECT term, posts FROM termcount WHERE term IN (SELECT value FROM json_each(:listed))",
    "SELECT term, posts FROM termcount WHERE term = ANY(CAST(:terms AS integer[]))",
)
_COUNT_MORE = _either(
    "INSERT INTO termcount (term, posts) SELECT value, 1 FROM json_each(:listed) WHERE true "
    "ON CONFLICT (term) DO UPDATE SET posts = termcount.posts + 1",
    "INSERT INTO termcount (term, posts) SELECT asked.term, 1 "
    "FROM unnest(CAST(:terms AS integer[])) AS asked(term) ORDER BY 1 "
    "ON CONFLICT (term) DO UPDATE SET posts = termcount.posts + 1",
)
_COUNT_LESS = _either(
    "UPDATE termcount SET posts = posts - 1 WHERE term IN (SELECT value FROM json_each(:listed))",
    "UPDATE termcount SET posts = posts - 1 WHERE term = ANY(CAST(:terms AS integer[]))",
)


async def enter(tx: Tx, post: int, terms: Sequence[int]) -> None:
    """Puts a post under these terms."""
    if terms:
        await _run(tx, _ENTER, post=post, **_given(tx, terms, "tokens"))
        await _run(tx, _COUNT_MORE, **_given(tx, terms, "listed"))


async def strike(tx: Tx, post: int, terms: Sequence[int]) -> None:
    """Takes a post away from the terms it was put under, exactly these."""
    if terms:
        values = {} if tx.on_postgresql else _given(tx, terms, "tokens")
        await _run(tx, _STRIKE, post=post, **values)
        await _run(tx, _COUNT_LESS, **_given(tx, terms, "listed"))


async def drop_unused(tx: Tx) -> None:
    """Forgets terms under which nothing stands any more."""
    await tx.session.exec(delete(TermCount).where(col(TermCount.posts) <= 0))


async def empty(tx: Tx) -> None:
    """Nothing stands under anything."""
    await _run(tx, _EMPTY)
    await tx.session.exec(delete(TermCount))


async def tidy(tx: Tx) -> None:
    """Lets FTS5 drop what was struck out; only the VACUUM after it overwrites the bytes."""
    if not tx.on_postgresql:
        await (await tx.session.connection()).execute(_OPTIMIZE)


async def counts(tx: Tx, terms: Sequence[int]) -> dict[int, int]:
    """How many posts stand under each of these terms that has any."""
    rows = await _run(tx, _COUNTS, **_given(tx, terms, "listed"))
    return {int(term): int(posts) for term, posts in rows}


async def find(tx: Tx, weights: Mapping[int, float], many: int) -> list[int]:
    """The posts that stand under most of these terms, by their weights; then the oldest."""
    if tx.on_postgresql:
        values: dict[str, object] = {"terms": list(weights), "weights": list(weights.values())}
    else:
        values = {"asked": json.dumps([(_token(term), w) for term, w in weights.items()])}
    rows = await _run(tx, _FIND, many=many, **values)
    return [int(post) for post, _ in rows]


def packed(terms: Sequence[int]) -> bytes:
    """The terms as they are kept beside the post."""
    return b"".join(term.to_bytes(_BYTES, signed=True) for term in terms)


def unpacked(kept: bytes) -> list[int]:
    """The terms that were packed, in the same order."""
    steps = range(0, len(kept), _BYTES)
    return [int.from_bytes(kept[i : i + _BYTES], signed=True) for i in steps]


def _given(tx: Tx, terms: Sequence[int], name: str) -> dict[str, object]:
    if tx.on_postgresql:
        return {"terms": list(terms)}
    if name == "tokens":
        return {"tokens": " ".join(map(_token, terms))}
    return {"listed": json.dumps(list(terms))}


def _token(term: int) -> str:
    """A word of letters and digits: FTS5 would read a minus as a command."""
    return f"{term & 0xFFFFFFFF:x}"


async def _run(tx: Tx, either: tuple[TextClause, TextClause], **values: Any) -> Sequence[Any]:
    connection = await tx.session.connection()
    done = await connection.execute(either[1] if tx.on_postgresql else either[0], values)
    return done.fetchall() if done.returns_rows else []
