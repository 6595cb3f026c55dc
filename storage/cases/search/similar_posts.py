"""Similar posts: finds the few candidates that a new post might be, among all posts.

See docs/decisions/0023-layered-recognition.md.

Terms are stored as keyed hashes of 32 bits, so that the index of a stolen database reveals no words.
"""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import LargeBinary, delete, func
from sqlmodel import SQLModel, col, select

from storage.cases import match_keys
from storage.cases.search import inverted_index
from storage.cases.search.terms import pieces_of, terms_of
from storage.database import Tx, Vault, insert
from storage.database.sealing import opened, seal
from storage.models import CasePost, FoldingRules, IndexedPost

RAREST_TERMS = 32
"""Most terms of a piece that are searched for: the rarest."""
CANDIDATES = 20
"""Most candidates that are compared in full."""
_FEWEST, _POSTS = 4, 2_000
"""After the first `_FEWEST` terms, a term is searched for only while the posting lists together have
at most `_POSTS` entries."""
_COMMON = 500
"""Limit of counting the posts of a term; from here on a term is common."""
_INSERT = SQLModel.metadata.tables["indexedpost"].insert().inline()
_WORDS = "indexedpost.words"
_CONTENT = "casepost.content"
_KIND = "post without diacritics"
_PLAIN_BYTES = 16
_MANY = 2_000_000
"""More posts than there will ever be. The weight of a term is its inverse document frequency,
`log(_MANY / posts)`."""


@dataclass(frozen=True)
class SearchForm:
    """The searchable form of a post, by the caller's rules."""

    plain: str | None
    """A hash of the text without diacritics, in hexadecimal."""
    words: str
    picture_hash: str | None = None


@dataclass(frozen=True)
class Candidate:
    """An indexed post that a new one might be the same as."""

    post_id: int
    fingerprint: str | None
    words: str


async def add(tx: Tx, post_id: int, reading: SearchForm) -> None:
    """Adds a post to the index; it must not be indexed already."""
    row = {
        "post_id": post_id,
        "plain": _short(tx.vault.lookup(_KIND, reading.plain)) if reading.plain else None,
        "words_sealed": _sealed(tx, post_id, reading.plain, reading.words),
        "picture_hash": reading.picture_hash,
    }
    await tx.execute(_INSERT, row)
    await inverted_index.index(tx, post_id, term_ids(tx, terms_of(reading.words)))


async def remove(tx: Tx, post_ids: Iterable[int]) -> None:
    """Removes posts from the index; their keys and their case stay."""
    query = select(IndexedPost).where(col(IndexedPost.post_id).in_(list(post_ids)))
    for row in (await tx.session.exec(query)).all():
        _, words = _open(tx, row.post_id, row.words_sealed)
        await inverted_index.unindex(tx, row.post_id, _numbers_beside(tx, row, words))
        await tx.session.delete(row)
    await tx.session.flush()


async def rekey(tx: Tx, *, after: int, many: int) -> int | None:
    """Indexes up to `many` posts after `after` under the newest key; the last post's id, if any."""
    old = func.substr(IndexedPost.words_sealed, 1, len(tx.vault.sealing_id), type_=LargeBinary)
    query = select(IndexedPost).where(col(IndexedPost.post_id) > after, old != tx.vault.sealing_id)
    rows = (await tx.session.exec(query.order_by(col(IndexedPost.post_id)).limit(many))).all()
    for row in rows:
        plain, words = _open(tx, row.post_id, row.words_sealed)
        await inverted_index.unindex(tx, row.post_id, _numbers_beside(tx, row, words))
        row.words_sealed = _sealed(tx, row.post_id, plain, words)
        row.plain = _short(tx.vault.lookup(_KIND, plain)) if plain else None
        await inverted_index.index(tx, row.post_id, term_ids(tx, terms_of(words)))
    await tx.session.flush()
    return rows[-1].post_id if rows else None


async def clear(tx: Tx) -> None:
    """Empties the index, before it is built anew."""
    await inverted_index.clear(tx)
    await tx.session.exec(delete(IndexedPost))


async def candidates(tx: Tx, words: str, *, also: Collection[int] = ()) -> list[Candidate]:
    """Posts that share the rarest terms with a text, by descending weight; then the others of `also`.

    A rare term has a short posting list and tells more about a text than a common one, so reading
    only the rarest bounds the cost of a search and loses few candidates.
    """
    weights = await _rarest(tx, pieces_of(words)) if words else {}
    near = _opened(tx, await inverted_index.find(tx, weights, CANDIDATES)) if weights else []
    others = {*also} - {candidate.post_id for candidate in near}
    return [*near, *await with_numbers(tx, sorted(others))]


async def same_folded_text(tx: Tx, plain: str | None) -> list[Candidate]:
    """The posts with the same text without diacritics, oldest first."""
    if plain is None:
        return []
    query = select(IndexedPost.post_id).where(
        col(IndexedPost.plain).in_([_short(one) for one in tx.vault.lookups(_KIND, plain)])
    )
    numbers = (await tx.session.exec(query.order_by(col(IndexedPost.post_id)))).all()
    return await with_numbers(tx, numbers)


async def picture_hashes(tx: Tx) -> list[tuple[int, str]]:
    """The id and perceptual hash of every post with a picture."""
    query = select(IndexedPost.post_id, IndexedPost.picture_hash).where(
        col(IndexedPost.picture_hash).is_not(None)
    )
    return [
        (post, picture_hash)
        for post, picture_hash in (await tx.session.exec(query)).all()
        if picture_hash
    ]


async def with_numbers(tx: Tx, numbers: Sequence[int]) -> list[Candidate]:
    """These posts, in this order."""
    if not numbers:
        return []
    query = (
        select(IndexedPost.post_id, CasePost.keys_sealed, IndexedPost.words_sealed)
        .join(CasePost, col(IndexedPost.post_id) == CasePost.id)
        .where(col(IndexedPost.post_id).in_(numbers))
    )
    rows = {row[0]: row for row in (await tx.session.exec(query)).all()}
    return _opened(tx, [rows[number] for number in numbers if number in rows])


def _opened(tx: Tx, rows: Iterable[inverted_index.Row]) -> list[Candidate]:
    return [
        Candidate(post, match_keys.opened(tx, keys, post).fingerprint, _open(tx, post, words)[1])
        for post, keys, words in rows
    ]


async def rules_version(tx: Tx) -> int | None:
    """The version of the rules that the index was built by; None before the first build."""
    rules = await tx.session.get(FoldingRules, 1)
    return rules.version if rules else None


async def set_rules_version(tx: Tx, version: int) -> None:
    """Stores the version of the rules that the index was built by."""
    new = insert(tx, FoldingRules).values(id=1, version=version)
    statement = new.on_conflict_do_update(index_elements=["id"], set_={"version": version})
    await tx.execute(statement)


async def with_content(tx: Tx, *, after: int, many: int) -> list[tuple[CasePost, str]]:
    """Posts that still have their content, with it, by id."""
    query = select(CasePost).where(
        col(CasePost.id) > after, col(CasePost.content_sealed).is_not(None)
    )
    posts = (await tx.session.exec(query.order_by(col(CasePost.id)).limit(many))).all()
    return [
        (post, opened(tx, _CONTENT, post.content_sealed, post))
        for post in posts
        if post.content_sealed
    ]


async def count(tx: Tx) -> int:
    """Number of indexed posts."""
    return (await tx.session.exec(select(func.count()).select_from(IndexedPost))).one()


async def _rarest(tx: Tx, pieces: Sequence[Sequence[str]]) -> Mapping[int, float]:
    hashed = [_numbers_by_any_key(tx, piece) for piece in pieces]
    counts = await inverted_index.counts(tx, {term for piece in hashed for term in piece}, _COMMON)
    if common := common_terms(hashed, counts):
        counts |= await inverted_index.counts(tx, common, _MANY)
    affordable_terms = {term for piece in hashed for term in rarest_within_budget(piece, counts)}
    return {term: math.log(_MANY / (counts[term] + 1)) for term in sorted(affordable_terms)}


def common_terms(pieces: Iterable[Sequence[int]], counts: Mapping[int, int]) -> set[int]:
    """The common terms of those pieces that have too few others: the rarest of them is needed."""
    return {
        term
        for piece in pieces
        if any(counts[kept] >= _COMMON for kept in rarest_within_budget(piece, counts))
        for term in piece
        if counts.get(term, 0) >= _COMMON
    }


def rarest_within_budget(piece: Sequence[int], counts: Mapping[int, int]) -> Iterator[int]:
    """The rarest terms of a piece, until their posting lists together are too long to read."""
    rarest = sorted(filter(counts.__contains__, piece), key=counts.__getitem__)[:RAREST_TERMS]
    posts = 0
    for place, term in enumerate(rarest):
        posts += counts[term]
        if place >= _FEWEST and (posts > _POSTS or counts[term] >= _COMMON):
            return
        yield term


def term_ids(tx: Tx, terms: Iterable[str]) -> list[int]:
    """The ids of terms in the index, without duplicates.

    Sorted, so that two transactions that update the same counters never deadlock.
    """
    return sorted({term_id(tx.vault, term) for term in terms})


def term_id(vault: Vault, term: str) -> int:
    """The id of one term: the first 32 bits of its keyed hash."""
    return _number(vault.lookup("term", term))


def _numbers_beside(tx: Tx, row: IndexedPost, words: str) -> list[int]:
    """The ids of a post's terms under the key that its words are sealed with."""
    sealed = row.words_sealed
    return sorted({_number(tx.vault.lookup_beside(sealed, "term", t)) for t in terms_of(words)})


def _numbers_by_any_key(tx: Tx, terms: Iterable[str]) -> list[int]:
    return sorted({_number(one) for term in terms for one in tx.vault.lookups("term", term)})


def _number(hashed: bytes) -> int:
    return int.from_bytes(hashed[:4], signed=True)


def _short(hashed: bytes) -> bytes:
    return hashed[:_PLAIN_BYTES]


def _sealed(tx: Tx, post_id: int, plain: str | None, words: str) -> bytes:
    return seal(tx, _WORDS, f"{plain or ''}\n{words}", {"post_id": post_id})


def _open(tx: Tx, post_id: int, sealed: bytes) -> tuple[str | None, str]:
    plain, _, words = opened(tx, _WORDS, sealed, {"post_id": post_id}).partition("\n")
    return plain or None, words
