"""Vietnamese is read with and without its diacritics."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.recognition.plain_text import legible, plain


def test_diacritics_capitals_and_spaces_make_no_difference() -> None:
    assert plain("  Đường  ĐÔNG\nngười ") == "duong dong nguoi"


@given(st.text())
def test_reading_twice_changes_nothing(text: str) -> None:
    assert plain(plain(text)) == plain(text)


def utf16_units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(st.text(st.characters(exclude_categories=())))
def test_what_is_legible_can_be_written_down_and_is_as_long(text: str) -> None:
    read = legible(text)
    assert utf16_units(read) == utf16_units(text)
    assert legible(read) == read
    assert "\0" not in read.encode().decode()


NO_CHARACTERS = [
    *("\x00", "\x1b", "\x7f", "\x85", "\ud800", "\udfff", "\ue000", "\uf8ff", "\U000f0000"),
    *("\U0010fffd", "\ufdd0", "\ufdef", "\ufffe", "\uffff", "\U0001fffe", "\U0010ffff"),
]


@pytest.mark.parametrize("character", NO_CHARACTERS, ids=ascii)
def test_what_is_no_character_leaves_a_gap_of_its_own_width(character: str) -> None:
    assert legible(f"a{character}b") == f"a{' ' * utf16_units(character)}b"


@pytest.mark.parametrize(
    "character",
    ["\ud7ff", "\uf900", "\ufdcf", "\ufdf0", "\ufffd", "\U0001faff", "\U000e0fff", "\U0003fffd"],
    ids=ascii,
)
def test_what_this_python_does_not_know_yet_stays(character: str) -> None:
    assert legible(f"a{character}b") == f"a{character}b"


def test_lines_tabs_and_joined_emoji_stay_as_they_are() -> None:
    assert legible("Chào\n\tcả nhà 👩‍👩‍👧") == "Chào\n\tcả nhà 👩‍👩‍👧"


@pytest.mark.parametrize("text", ["\u200b", "\u3164", " \u202e\n\u2800", "\U000e0020", ""])
def test_a_text_in_which_nothing_can_be_seen_is_none(text: str) -> None:
    assert legible(text) == " " * utf16_units(text)
    assert legible(f"{text}.") == f"{text}."
