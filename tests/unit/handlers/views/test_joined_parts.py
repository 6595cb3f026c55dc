"""Parts of fewer than five people are joined with their neighbour; the parts add up to the whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.views.joined_parts import JoinedPart, joined
from handlers.views.small_counts import is_small

NAMES = ("free", "quota", "paid", "not-now")


def shown(*numbers: int) -> list[tuple[str, int]]:
    return [(" ".join(p.names), p.number) for p in joined(list(zip(NAMES, numbers, strict=True)))]


@pytest.mark.parametrize(
    ("numbers", "parts"),
    [
        ((412, 80, 0, 47), [("free", 412), ("quota", 80), ("paid", 0), ("not-now", 47)]),
        ((412, 5, 0, 47), [("free", 412), ("quota", 5), ("paid", 0), ("not-now", 47)]),
        ((412, 4, 0, 47), [("free quota", 416), ("paid", 0), ("not-now", 47)]),
        ((412, 0, 0, 3), [("free not-now", 415), ("quota", 0), ("paid", 0)]),
        ((2, 2, 2, 20), [("free quota paid", 6), ("not-now", 20)]),
        ((3, 0, 0, 0), [("free", 3), ("quota", 0), ("paid", 0), ("not-now", 0)]),
        ((1, 1, 1, 1), [("free quota paid not-now", 4)]),
    ],
)
def test_small_parts_are_joined(numbers: tuple[int, ...], parts: list[tuple[str, int]]) -> None:
    assert shown(*numbers) == parts


@given(st.lists(st.integers(0, 12), min_size=4, max_size=4))
def test_no_shown_number_is_small_unless_the_whole_is(numbers: list[int]) -> None:
    parts: list[JoinedPart] = joined(list(zip(NAMES, numbers, strict=True)))
    assert sum(part.number for part in parts) == sum(numbers)
    assert sorted(name for part in parts for name in part.names) == sorted(NAMES)
    if sum(numbers) >= 5:
        assert not any(is_small(part.number) for part in parts)
