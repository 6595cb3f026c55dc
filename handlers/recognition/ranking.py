"""Ranks known posts by similarity to a new one: same, similar or unrelated.

See docs/decisions/0023-layered-recognition.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from handlers.recognition.match_keys import Identity, reading
from handlers.recognition.normalization import fold
from handlers.recognition.text_similarity import Difference, differences, prepare, score

SIMILAR_FROM = 0.4
"""From this score on the member is asked whether it is the same post. At 0.35 the precision on pairs of
headlines is 0.95 (`make eval`); a match that answers a member should be closer."""


_PICTURE_SCORE_MAX = 0.95


class Relation(StrEnum):
    """How a new post relates to the known ones."""

    SAME = "same"
    """Equal after normalization: its verdict is shown at once."""
    SIMILAR = "similar"
    """Similar enough to ask the member."""
    NEW = "new"
    UNRESOLVED = "unresolved"
    """A new short or share link, whose target is unknown."""


@dataclass(frozen=True)
class KnownPost:
    """A stored post as a candidate for a match."""

    id: int
    fingerprint: str | None
    words: str
    relative_score: float | None = None
    """Its relative BM25 score (`storage.cases.search.similar_posts.Candidate`)."""


@dataclass(frozen=True)
class RankedPost:
    """A known post with its similarity to the new one."""

    known: KnownPost
    score: float
    """From 0 to 1."""
    differs: tuple[Difference, ...] = ()
    """Word differences; empty for equal texts and below `SIMILAR_FROM`."""


def rank(
    new: Identity,
    candidates: Sequence[KnownPost],
    picture_distances: Sequence[tuple[int, int]] = (),
) -> list[RankedPost]:
    """The candidates by falling score; equal scores by id, the oldest first.

    `picture_distances` has the ids of posts with a similar picture and their Hamming distance in bits. A picture
    alone scores below 1: a perceptual hash cannot see one digit that was changed.
    """
    new_text, bits = prepare(new.words), dict(picture_distances)
    scored = [
        (
            max(
                score(new_text, prepare(known.words), known.relative_score),
                _picture_score(bits.get(known.id)),
            ),
            known,
        )
        for known in candidates
    ]
    scored.sort(key=lambda pair: (-pair[0], pair[1].id))
    return [RankedPost(known, round(s, 4), _differs(new, known, s)) for s, known in scored]


def letters(new: Identity, candidates: Sequence[KnownPost]) -> int:
    """Characters that `rank` compares; its running time grows with them."""
    return sum(len(new.words) + len(known.words) for known in candidates)


def _picture_score(bits: int | None) -> float:
    return 0.0 if bits is None else _PICTURE_SCORE_MAX - bits / 100


def _differs(new: Identity, known: KnownPost, similarity: float) -> tuple[Difference, ...]:
    return differences(new.words, known.words) if similarity >= SIMILAR_FROM else ()


def differences_from(known: str, others: Sequence[str]) -> list[tuple[Difference, ...]]:
    """The word differences of each of the other texts after normalization."""
    known_words = reading(known)
    return [differences(reading(new), known_words) for new in others]


def is_copy(text: str, others: Sequence[str]) -> bool:
    """Whether the text equals one of the others after folding, diacritics removed."""
    return fold(text) in map(fold, others)


def find_same_text(new: Identity, alike: Sequence[KnownPost]) -> KnownPost | None:
    """The post with the same text among those that are equal without diacritics.

    A text typed without diacritics is ambiguous (`hoan` is *hoàn* or *hoãn*). It matches only if all
    known texts with this spelling are one text.
    """
    for known in alike:
        if known.fingerprint == new.fingerprint:
            return known
    spellings = {known.fingerprint for known in alike}
    if len(spellings) != 1 or new.plain not in {new.fingerprint, *spellings}:
        return None
    return alike[0]
