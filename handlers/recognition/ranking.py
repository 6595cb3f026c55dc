"""Two posts: the same, similar, or nothing to do with each other.

See docs/decisions/0023-layered-recognition.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from handlers.recognition.match_keys import Identity, reading
from handlers.recognition.normalization import fold
from handlers.recognition.text_similarity import Difference, differences, ready, score

SIMILAR_FROM = 0.4
"""From this score on a person is asked whether it is this one. At 0.35 nineteen of twenty pairs of
headlines told one story (`make eval`); a claim to be answered for should be closer."""


_LOOKS_THE_SAME = 0.95


class Relation(StrEnum):
    SAME = "same"
    """Every difference is provably noise: the verdict at once."""
    SIMILAR = "similar"
    """Worth asking a person."""
    NEW = "new"
    UNRESOLVED = "unresolved"
    """A short or share link, which does not say where it leads; nobody sent it before."""


@dataclass(frozen=True)
class KnownPost:
    """A post that was sent in before, among those this one may be."""

    id: int
    fingerprint: str | None
    words: str


@dataclass(frozen=True)
class RankedPost:
    """What a known post is to the new one."""

    known: KnownPost
    score: float
    """From 0 to 1."""
    differs: tuple[Difference, ...] = ()
    """Word by word; empty for the same, and for one that is too far to be asked about."""


def rank(
    new: Identity, candidates: Sequence[KnownPost], looks: Sequence[tuple[int, int]] = ()
) -> list[RankedPost]:
    """The candidates, the likest first, those of equal score by age.

    `looks` are those whose picture looks the same, and the bits by which it differs: never more than
    similar, since a glance misses the one digit that was painted over.
    """
    mine, bits = ready(new.words), dict(looks)
    scored = [
        (max(score(mine, ready(known.words)), _at_a_glance(bits.get(known.id))), known)
        for known in candidates
    ]
    scored.sort(key=lambda pair: (-pair[0], pair[1].id))
    return [RankedPost(known, round(s, 4), _differs(new, known, s)) for s, known in scored]


def letters(new: Identity, candidates: Sequence[KnownPost]) -> int:
    """How many `rank` has to read, which is what its time depends on."""
    return sum(len(new.words) + len(known.words) for known in candidates)


def _at_a_glance(bits: int | None) -> float:
    return 0.0 if bits is None else _LOOKS_THE_SAME - bits / 100


def _differs(new: Identity, known: KnownPost, closeness: float) -> tuple[Difference, ...]:
    return differences(new.words, known.words) if closeness >= SIMILAR_FROM else ()


def told_apart(known: str, others: Sequence[str]) -> list[tuple[Difference, ...]]:
    """What differs in the words of each of the other texts, as far as it is not noise."""
    words = reading(known)
    return [differences(reading(new), words) for new in others]


def is_copy(text: str, others: Sequence[str]) -> bool:
    """Whether the text reads as one of the others, as written or without diacritics."""
    return fold(text) in map(fold, others)


def same_words(new: Identity, alike: Sequence[KnownPost]) -> KnownPost | None:
    """Which of the posts that read alike without diacritics is the same one.

    Those who type no diacritics leave open which word they mean: they are taken at their word only as
    long as no other post would be written so too.
    """
    for known in alike:
        if known.fingerprint == new.fingerprint:
            return known
    spellings = {known.fingerprint for known in alike}
    if len(spellings) != 1 or new.plain not in {new.fingerprint, *spellings}:
        return None
    return alike[0]
