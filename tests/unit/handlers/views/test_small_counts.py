"""No number that officers read is about fewer than five people, not even by subtraction."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handlers.conversation.i18n import Speech
from handlers.views.announcement_totals import shown_totals
from handlers.views.small_counts import SMALLEST_SHOWN, ShownCount, alone, hidden, is_small, part
from storage.announcements.statistics import Totals
from storage.models import DeliveryState
from tests.support import SETTINGS

S = DeliveryState
VI, EN = Speech("vi", SETTINGS.timezone), Speech("en", SETTINGS.timezone)


def totals(sent: int, opened: int = 0, shared: int = 0, **more: int) -> Totals:
    return Totals({S.SENT: sent}, opened, shared, **more)


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0"), (1, "dưới 5"), (4, "dưới 5"), (5, "5"), (1204, "1.204")]
)
def test_a_number_by_itself_is_told_from_five_on(number: int, said: str) -> None:
    assert alone(number).said(VI) == said


@pytest.mark.parametrize(
    ("number", "whole", "said"),
    [
        (4, 100, "under 5"),
        (5, 100, "5"),
        (95, 100, "95"),
        (96, 100, "over 95"),
        (99, 100, "over 95"),
        (100, 100, "100"),
        (0, 100, "0"),
        (4, 8, "under 5"),
        (5, 8, "over 3"),
    ],
)
def test_neither_a_part_nor_the_rest_is_about_fewer_than_five(
    number: int, whole: int, said: str
) -> None:
    assert part(number, whole).said(EN) == said


@pytest.mark.parametrize("people", [0, 1, 4])
@pytest.mark.parametrize("shared", [0, 1])
def test_below_five_people_nobody_is_told_apart(people: int, shared: int) -> None:
    known = shown_totals(totals(people, min(people, 1), min(people, shared)))
    assert known.is_few
    assert (known.opened, known.shared, known.links, known.pictures) == (None,) * 4


def test_five_people_are_told_apart_by_what_none_or_all_of_them_did() -> None:
    known = shown_totals(totals(5, 5, 0))
    assert (known.sent, known.opened, known.shared) == (ShownCount(5), ShownCount(5), ShownCount(0))
    known = shown_totals(totals(5, 4, 1))
    assert (known.opened, known.shared) == (ShownCount(5, "<"), ShownCount(5, "<"))


@pytest.mark.parametrize(
    ("opened", "shared", "said"), [(20, 16, "over 15"), (20, 15, "15"), (20, 20, "20")]
)
def test_who_opened_it_and_did_not_share_it_cannot_be_worked_out(
    opened: int, shared: int, said: str
) -> None:
    known = shown_totals(totals(100, opened, shared))
    assert known.shared is not None
    assert known.shared.said(EN) == said


@pytest.mark.parametrize(
    ("parts", "untold"),
    [
        ({"a": 10, "b": 5}, set()),
        ({"a": 10, "b": 5, "c": 0}, set()),
        ({"a": 10, "b": 4}, {"a", "b"}),
        ({"a": 10, "b": 6, "c": 4}, {"b", "c"}),
        ({"a": 10, "b": 3, "c": 2}, {"b", "c"}),
        ({"a": 10, "b": 6, "c": 3, "d": 1}, {"b", "c", "d"}),
        ({"a": 4}, {"a"}),
        ({"a": 0, "b": 0}, set()),
        ({}, set()),
    ],
)
def test_what_is_not_told_of_a_known_whole_is_never_a_single_part_and_never_too_few(
    parts: dict[str, int], untold: set[str]
) -> None:
    assert hidden(parts) == untold


def test_of_a_part_with_a_whole_of_its_own_the_rest_counts_too() -> None:
    assert hidden({"a": 6, "b": 20, "c": 9}, {"a": 8, "b": 40, "c": 30}) == {"a", "c"}


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(0, 30), max_size=8))
@example({"a": 1, "b": 0})
def test_nobody_works_out_a_small_part_by_subtraction(parts: dict[str, int]) -> None:
    untold = hidden(parts)
    assert not [key for key, n in parts.items() if is_small(n) and key not in untold]
    if untold and untold != set(parts):
        assert len(untold) > 1
        assert sum(parts[key] for key in untold) >= SMALLEST_SHOWN
