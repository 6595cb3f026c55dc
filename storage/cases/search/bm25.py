"""BM25: scores a post by the terms of a text that it has; rare terms weigh more.

`score = Σ idf(term) · tf / (tf + k1 · (1 - b + b · length / average length))`, as Robertson and Zaragoza
(*The Probabilistic Relevance Framework*, 2009) and Lucene define it. The query of the inverted index
sums integer weights and computes in the same order on both databases, so that equal posts get equal
scores.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

K1, B = 1.2, 0.75
PAIR_FACTOR = 0.3
"""Weight of a pair, compared with a word."""
OCCURRENCES = 3
"""Occurrences of a term in one post that count; a further one would add little."""
_SCALE = 1_000
"""Factor of the integer weights; a sum of integers does not depend on their order."""


@dataclass(frozen=True)
class Totals:
    """Number of indexed posts, and of all words in them."""

    posts: int = 0
    words: int = 0

    @property
    def average_length(self) -> float:
        """Average number of words in a post; 1.0 in an empty index."""
        return max(self.words / self.posts, 1.0) if self.posts else 1.0


def weight(posts: int, all_posts: int, *, is_pair: bool = False) -> int:
    """The inverse document frequency of a term that `posts` of all posts have, scaled to an integer."""
    having = min(posts, all_posts)
    idf = math.log(1 + (all_posts - having + 0.5) / (having + 0.5))
    return round(_SCALE * idf * (PAIR_FACTOR if is_pair else 1))


def length_norm(totals: Totals) -> tuple[float, float]:
    """`k1 · (1 - b + b · length / average length)` as a constant and a factor of the length."""
    return K1 * (1 - B), K1 * B / totals.average_length


def own_score(weights: Mapping[str, int], counts: Mapping[str, int], norm: float) -> float:
    """The score of a text that is searched for itself; `norm` is `length_norm` at its length."""
    sums = [
        sum(weight for term, weight in weights.items() if counts[term] >= occurrence)
        for occurrence in range(1, OCCURRENCES + 1)
    ]
    return saturated(sums, norm)


def saturated(sums: Sequence[int], norm: float) -> float:
    """The score, given the summed weights of terms that occur at least once, twice, three times.

    With `d` for `norm`, `tf / (tf + d)` is the sum of what each occurrence adds: `1 / (1 + d)` for the
    first, `d / ((n + d) · (n - 1 + d))` for the n-th.
    """
    once, twice, thrice = sums
    return (
        once / (1 + norm)
        + twice * norm / ((2 + norm) * (1 + norm))
        + thrice * norm / ((3 + norm) * (2 + norm))
    )
