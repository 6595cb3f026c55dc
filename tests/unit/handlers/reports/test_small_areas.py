"""No figure of an area speaks of one person, not even by way of subtraction."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.reports.small_areas import MOST, Group, groups
from handlers.views.small_counts import SMALLEST_SHOWN
from storage.announcements.statistics import OfArea

ORDER = ["thi-xa", "song-ngoc", "tre-xanh", None]


def of(**sent: int) -> dict[str | None, OfArea]:
    return {name.replace("_", "-"): OfArea(n, n // 2, n // 3) for name, n in sent.items()}


def sizes(found: list[Group]) -> list[tuple[tuple[str | None, ...], int]]:
    return [(group.areas, group.figures.sent) for group in found]


def test_areas_of_five_stand_alone_in_the_clubs_own_order() -> None:
    found = groups(of(tre_xanh=9, thi_xa=5, song_ngoc=80), ORDER)
    assert sizes(found) == [(("thi-xa",), 5), (("song-ngoc",), 80), (("tre-xanh",), 9)]


@pytest.mark.parametrize(
    ("song_ngoc", "told"),
    [
        pytest.param(3, [(("tre-xanh",), 9), (("song-ngoc", "thi-xa"), 7)], id="two-small"),
        pytest.param(30, [(("song-ngoc",), 30), (("thi-xa", "tre-xanh"), 13)], id="one-small"),
    ],
)
def test_small_areas_are_told_together_and_one_alone_with_the_next_smallest(
    song_ngoc: int, told: list[tuple[tuple[str, ...], int]]
) -> None:
    assert sizes(groups(of(thi_xa=4, song_ngoc=song_ngoc, tre_xanh=9), ORDER)) == told


def test_two_tiny_areas_take_another_when_they_are_too_few_together() -> None:
    found = groups(of(thi_xa=2, song_ngoc=2, tre_xanh=9) | {None: OfArea(50)}, ORDER)
    assert sizes(found) == [((None,), 50), (("song-ngoc", "thi-xa", "tre-xanh"), 13)]


def test_a_club_of_small_areas_has_no_figures_by_area() -> None:
    assert groups(of(thi_xa=4, song_ngoc=4), ORDER) == []
    assert groups({}, ORDER) == []


def test_many_areas_are_told_in_as_many_rows_as_a_picture_holds() -> None:
    areas: dict[str | None, OfArea] = {f"a{n}": OfArea(10 + n) for n in range(MOST + 1)}
    found = groups(areas, sorted(map(str, areas)))
    assert len(found) == MOST
    assert found[-1].areas == ("a0", "a1")
    areas.pop("a0")
    assert len(groups(areas, sorted(map(str, areas)))) == MOST


@given(st.dictionaries(st.text("abc", min_size=1), st.integers(0, 40), max_size=30))
def test_whatever_the_sizes_nobody_is_singled_out_and_nobody_is_lost(sent: dict[str, int]) -> None:
    areas: dict[str | None, OfArea] = {area: OfArea(n) for area, n in sent.items()}
    found = groups(areas, sorted(sent))
    if found:
        assert all(group.figures.sent >= SMALLEST_SHOWN for group in found)
        assert all(len(group.areas) > 1 for group in found if group.is_joint)
        assert sum(group.figures.sent for group in found) == sum(sent.values())
        small = {area for area, n in sent.items() if n < SMALLEST_SHOWN}
        assert all(not small & set(group.areas) for group in found if not group.is_joint)
    assert len(found) <= MOST
