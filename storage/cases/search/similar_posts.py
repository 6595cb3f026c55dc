"""Similar posts: finds the few stored posts that a new one may be the same as.

See docs/decisions/0023-layered-recognition.md and docs/decisions/0036-bm25-in-the-index.md.

Terms are stored as keyed hashes of 32 bits, so that the index of a stolen database reveals no words.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import LargeBinary, delete, func
from sqlmodel import SQLModel, col, select

from storage.cases import match_keys
from storage.cases.search import bm25, inverted_index
from storage.cases.search.bm25 import Totals
from storage.cases.search.terms import Terms, pieces_of, stem, terms_of
from storage.database import Tx, Vault, insert
from storage.database.sealing import opened, seal
from storage.models import CasePost, FoldingRules, IndexedPost

CANDIDATES = 20
"""Most candidates that are compared in full."""
PIECE = 60
"""Number of words in a piece. Search terms are chosen piece by piece, so that each of several claims in
a long text is found."""
TERMS = 80
"""Most terms of a piece that are searched for: those of the largest weight."""
POSTINGS = 5_000
"""Most entries of all posting lists that one search reads; each piece of a text has an equal share."""
COMMON = 2_500
"""A term that so many posts have is not searched for, and its posts are counted no further."""
SCORED = 500
"""Most posts whose score is computed, those with the largest sum of weights."""
LONGEST_HASH = 512
"""Hexadecimal digits that are kept of the perceptual hashes of a post's pictures, one after the other;
a picture has 16, or 32 with a frame."""
_INSERT = SQLModel.metadata.tables["indexedpost"].insert().inline()
_WORDS = "indexedpost.words"
_CONTENT = "casepost.content"
_KIND = "post without diacritics"
_PLAIN_BYTES = 16


@dataclass(frozen=True)
class Background:
    """Counts of common words that are added to those of the index, for an index of few posts."""

    posts: int = 0
    """Number of posts that were counted."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """The posts that have each term."""

    @classmethod
    def of_words(cls, posts: int, counts: Mapping[str, int]) -> "Background":
        """From the posts of each folded word; words of one stem are added up."""
        by_term: dict[str, int] = {}
        for word, having in counts.items():
            by_term[stem(word)] = min(by_term.get(stem(word), 0) + having, posts)
        return cls(posts, by_term)


NO_BACKGROUND = Background()


@dataclass(frozen=True)
class SearchForm:
    """The searchable form of a post, by the caller's rules."""

    plain: str | None
    """A hash of the text without diacritics, in hexadecimal."""
    words: str
    picture_hash: str | None = None
    """The perceptual hashes of its pictures, at most `LONGEST_HASH` digits."""


@dataclass(frozen=True)
class Candidate:
    """An indexed post that a new one might be the same as."""

    post_id: int
    fingerprint: str | None
    words: str
    relative_score: float | None = None
    """Its BM25 score divided by the score that the searched text itself would have, from 0 to 1; None
    if no text was searched for."""


@dataclass(frozen=True)
class Query:
    """The terms of one search."""

    weights: Mapping[int, int]
    """The weight of each term's id."""
    own_score: float
    """The score that the searched text itself would have as a post."""
    totals: Totals
    """Those of the index when the weights were computed."""


async def add(tx: Tx, post_id: int, reading: SearchForm) -> None:
    """Adds a post to the index; it must not be indexed already."""
    terms = terms_of(reading.words)
    row = {
        "post_id": post_id,
        "plain": _short(tx.vault.lookup(_KIND, reading.plain)) if reading.plain else None,
        "words_sealed": _sealed(tx, post_id, reading.plain, reading.words),
        "picture_hash": reading.picture_hash,
        "length": terms.length,
    }
    await tx.execute(_INSERT, row)
    await inverted_index.index(tx, post_id, term_ids(tx, terms), terms.length)


async def remove(tx: Tx, post_ids: Iterable[int]) -> None:
    """Removes posts from the index; their keys and their case stay."""
    query = select(IndexedPost).where(col(IndexedPost.post_id).in_(list(post_ids)))
    for row in await tx.all(query):
        _, words = _open(tx, row.post_id, row.words_sealed)
        await inverted_index.unindex(
            tx, row.post_id, _ids_beside(tx, row, terms_of(words)), row.length
        )
        await tx.session.delete(row)
    await tx.session.flush()


async def rekey(tx: Tx, *, after: int, many: int) -> int | None:
    """Indexes up to `many` posts after `after` under the newest key; returns the last post's id, if any."""
    old = func.substr(IndexedPost.words_sealed, 1, len(tx.vault.sealing_id), type_=LargeBinary)
    query = select(IndexedPost).where(col(IndexedPost.post_id) > after, old != tx.vault.sealing_id)
    rows = await tx.all(query.order_by(col(IndexedPost.post_id)).limit(many))
    for row in rows:
        plain, words = _open(tx, row.post_id, row.words_sealed)
        terms = terms_of(words)
        await inverted_index.unindex(tx, row.post_id, _ids_beside(tx, row, terms), row.length)
        row.words_sealed = _sealed(tx, row.post_id, plain, words)
        row.plain = _short(tx.vault.lookup(_KIND, plain)) if plain else None
        await inverted_index.index(tx, row.post_id, term_ids(tx, terms), row.length)
    await tx.session.flush()
    return rows[-1].post_id if rows else None


async def clear(tx: Tx) -> None:
    """Empties the index, before it is built anew."""
    await inverted_index.clear(tx)
    await tx.session.exec(delete(IndexedPost))


async def candidates(
    tx: Tx,
    words: str,
    background: Background = NO_BACKGROUND,
    *,
    also: Collection[int] = (),
) -> list[Candidate]:
    """The posts with the highest score by BM25, the highest first; then the others of `also`."""
    query = await query_for(tx, words, background) if words else None
    if query is None or not query.weights:
        return await with_numbers(tx, sorted(also))
    near = await inverted_index.find(
        tx, query.weights, query.totals, scored=SCORED, many=CANDIDATES
    )
    others = sorted({*also} - {hit.post_id for hit in near})
    if others:
        near += await inverted_index.find(
            tx, query.weights, query.totals, scored=len(others), many=len(others), among=others
        )
    unlike = sorted({*others} - {hit.post_id for hit in near})
    return [
        *(_candidate(tx, hit, query) for hit in near),
        *(replace(candidate, relative_score=0.0) for candidate in await with_numbers(tx, unlike)),
    ]


def _candidate(tx: Tx, hit: inverted_index.Hit, query: Query) -> Candidate:
    relative_score = min(hit.score / query.own_score, 1.0) if query.own_score else 1.0
    return Candidate(
        hit.post_id,
        match_keys.opened(tx, hit.keys_sealed, hit.post_id).fingerprint,
        _open(tx, hit.post_id, hit.words_sealed)[1],
        relative_score,
    )


async def same_folded_text(tx: Tx, plain: str | None) -> list[Candidate]:
    """The posts with the same text without diacritics, oldest first."""
    if plain is None:
        return []
    query = select(IndexedPost.post_id).where(
        col(IndexedPost.plain).in_([_short(one) for one in tx.vault.lookups(_KIND, plain)])
    )
    numbers = await tx.all(query.order_by(col(IndexedPost.post_id)))
    return await with_numbers(tx, numbers)


async def picture_hashes(tx: Tx) -> list[tuple[int, str]]:
    """The id and perceptual hash of every post with a picture."""
    query = select(IndexedPost.post_id, IndexedPost.picture_hash).where(
        col(IndexedPost.picture_hash).is_not(None)
    )
    return [(post, picture_hash) for post, picture_hash in await tx.all(query) if picture_hash]


async def with_numbers(tx: Tx, numbers: Sequence[int]) -> list[Candidate]:
    """These posts, in this order."""
    if not numbers:
        return []
    query = (
        select(IndexedPost.post_id, CasePost.keys_sealed, IndexedPost.words_sealed)
        .join(CasePost, col(IndexedPost.post_id) == CasePost.id)
        .where(col(IndexedPost.post_id).in_(numbers))
    )
    rows = {row[0]: row for row in await tx.all(query)}
    found = [rows[number] for number in numbers if number in rows]
    return [
        Candidate(post, match_keys.opened(tx, keys, post).fingerprint, _open(tx, post, words)[1])
        for post, keys, words in found
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
    posts = await tx.all(query.order_by(col(CasePost.id)).limit(many))
    return [
        (post, opened(tx, _CONTENT, post.content_sealed, post))
        for post in posts
        if post.content_sealed
    ]


async def count(tx: Tx) -> int:
    """Number of indexed posts."""
    return await tx.one(select(func.count()).select_from(IndexedPost))


async def query_for(tx: Tx, words: str, background: Background = NO_BACKGROUND) -> Query:
    """The terms of a text to search for, with their weights.

    A term that no post has cannot be searched for, but counts in the text's own score.
    """
    terms = terms_of(words)
    ids = {term: _ids_by_any_key(tx, term) for term in terms.all}
    listed = {one for many in ids.values() for one in many}
    totals = await inverted_index.totals(tx)
    counted = await inverted_index.counts(tx, listed, COMMON)
    posts = {term: sum(counted.get(one, 0) for one in many) for term, many in ids.items()}
    all_posts = totals.posts + background.posts
    weights = {
        term: bm25.weight(
            having + background.counts.get(term, 0), all_posts, is_pair=term not in terms.words
        )
        for term, having in posts.items()
    }
    pieces = list(pieces_of(words, PIECE))
    kept = {
        term
        for piece in pieces
        for term in heaviest_within_budget(piece, weights, posts, POSTINGS // len(pieces))
    }
    constant, per_word = bm25.length_norm(totals)
    own = {term: weights[term] for term in kept if term not in terms.addresses}
    return Query(
        {one: weights[term] for term in sorted(kept) if posts[term] for one in ids[term]},
        bm25.own_score(own, terms.all, constant + per_word * terms.length),
        totals,
    )


def heaviest_within_budget(
    piece: Iterable[str], weights: Mapping[str, int], posts: Mapping[str, int], budget: int
) -> list[str]:
    """The terms of a piece with the largest weights whose posting lists fit the budget together.

    A list that does not fit is left out; shorter ones of less weight may still fit. There are at most
    `TERMS` terms, and none that `COMMON` posts have.
    """
    kept: list[str] = []
    for term in sorted(piece, key=lambda term: (-weights[term], term)):
        if posts[term] <= budget and posts[term] < COMMON and len(kept) < TERMS:
            budget -= posts[term]
            kept.append(term)
    return kept


def term_ids(tx: Tx, terms: Terms) -> dict[int, int]:
    """The ids of terms in the index, with the number of occurrences of each."""
    return _times_by_id(terms, lambda term: term_id(tx.vault, term))


def term_id(vault: Vault, term: str) -> int:
    """The id of one term: the first 32 bits of its keyed hash."""
    return _number(vault.lookup("term", term))


def _ids_beside(tx: Tx, row: IndexedPost, terms: Terms) -> dict[int, int]:
    """The ids of a post's terms under the key that its words are sealed with."""
    sealed = row.words_sealed
    return _times_by_id(terms, lambda term: _number(tx.vault.lookup_beside(sealed, "term", term)))


def _times_by_id(terms: Terms, id_of_term: Callable[[str], int]) -> dict[int, int]:
    return {id_of_term(term): times for term, times in terms.all.items()}


def _ids_by_any_key(tx: Tx, term: str) -> list[int]:
    return sorted({_number(one) for one in tx.vault.lookups("term", term)})


def _number(hashed: bytes) -> int:
    return int.from_bytes(hashed[:4], signed=True)


def _short(hashed: bytes) -> bytes:
    return hashed[:_PLAIN_BYTES]


def _sealed(tx: Tx, post_id: int, plain: str | None, words: str) -> bytes:
    return seal(tx, _WORDS, f"{plain or ''}\n{words}", {"post_id": post_id})


def _open(tx: Tx, post_id: int, sealed: bytes) -> tuple[str | None, str]:
    plain, _, words = opened(tx, _WORDS, sealed, {"post_id": post_id}).partition("\n")
    return plain or None, words
