"""BM25: how much of a text's terms a post has, weighed by how rare they are.

`score = Σ idf(term) · tf / (tf + k1 · (1 - b + b · length / average length))`, as Robertson and Zaragoza
(*The Probabilistic Relevance Framework*, 2009) and Lucene have it. The query of the inverted index
computes it on integers and in the same order on both databases, so that equal posts score equal.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

K1, B = 1.2, 0.75
PAIR_FACTOR = 0.3
"""Weight of a pair, compared with a word."""
OCCURRENCES = 3
"""A term counts so many times at most; a further one would add little."""
_SCALE = 1_000
"""Weights are integers, whose sum does not depend on their order."""


@dataclass(frozen=True)
class Totals:
    """Number of indexed posts, and of all words in them."""

    posts: int = 0
    words: int = 0

    @property
    def average_length(self) -> float:
        """Words in a post."""
        return max(self.words / self.posts, 1.0) if self.posts else 1.0


def weight(posts: int, all_posts: int, *, is_pair: bool = False) -> int:
    """The scaled inverse document frequency of a term that so many of all posts have."""
    having = min(posts, all_posts)
    idf = math.log(1 + (all_posts - having + 0.5) / (having + 0.5))
    return round(_SCALE * idf * (PAIR_FACTOR if is_pair else 1))


def damping(totals: Totals) -> tuple[float, float]:
    """`k1 · (1 - b + b · length / average length)` as a constant and a factor of the length."""
    return K1 * (1 - B), K1 * B / totals.average_length


def own_score(weights: Mapping[str, int], counts: Mapping[str, int], damped: float) -> float:
    """The score of a text that is searched for itself; `damped` is `damping` at its length."""
    sums = [
        sum(weight for term, weight in weights.items() if counts[term] >= occurrence)
        for occurrence in range(1, OCCURRENCES + 1)
    ]
    return saturated(sums, damped)


def saturated(sums: Sequence[int], damped: float) -> float:
    """The score, given the summed weights of terms that occur at least once, twice, three times.

    `tf / (tf + d)` is the sum of what each occurrence adds: `d / ((n + d) · (n - 1 + d))` for the
    n-th, and `1 / (1 + d)` for the first.
    """
    once, twice, thrice = sums
    return (
        once / (1 + damped)
        + twice * damped / ((2 + damped) * (1 + damped))
        + thrice * damped / ((3 + damped) * (2 + damped))
    )
