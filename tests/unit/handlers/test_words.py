"""Vietnamese is read with and without its diacritics."""

from hypothesis import given
from hypothesis import strategies as st

from handlers.words import legible, plain


def test_diacritics_capitals_and_spaces_make_no_difference() -> None:
    assert plain("  Đường  ĐÔNG\nngười ") == "duong dong nguoi"


@given(st.text())
def test_reading_twice_changes_nothing(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@given(st.text(st.characters(exclude_categories=())))
def test_what_is_legible_can_be_written_down_and_is_as_long(text: str) -> None:
    read = legible(text)
    assert len(read) == len(text)
    assert "\0" not in read.encode().decode()


def test_lines_tabs_and_joined_emoji_stay_as_they_are() -> None:
    assert legible("Chào\n\tcả nhà 👩‍👩‍👧") == "Chào\n\tcả nhà 👩‍👩‍👧"
