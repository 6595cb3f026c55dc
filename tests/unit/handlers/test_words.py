"""Vietnamese is read with and without its diacritics."""

from hypothesis import given
from hypothesis import strategies as st

from handlers.words import plain


def test_diacritics_capitals_and_spaces_make_no_difference() -> None:
    assert plain("  Đường  ĐÔNG\nngười ") == "duong dong nguoi"


@given(st.text())
def test_reading_twice_changes_nothing(text: str) -> None:
    assert plain(plain(text)) == plain(text)
