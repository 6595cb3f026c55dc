"""Text of strangers: whatever an app might make tappable is set as code."""

import pytest

from handlers.views.defang import defang


@pytest.mark.parametrize(
    "word",
    ["https://a.example/x", "a.example", "www.a", "@minh", "/xoa", "(/leave)", "/baotin@a_bot"],
)
def test_a_word_that_an_app_makes_tappable_is_set_as_code(word: str) -> None:
    assert defang(f"gõ {word} nhé") == f"gõ <code>{word}</code> nhé"


@pytest.mark.parametrize(
    "text", ["60 km/h", "và/hoặc", "15/3", "1/ Tin", "a / b", "24/7", "// ghi"]
)
def test_an_ordinary_slash_is_left_alone(text: str) -> None:
    assert defang(text) == text


def test_markup_of_strangers_stays_text() -> None:
    assert defang("<b>/xoa</b> & a") == "<code>&lt;b&gt;/xoa&lt;/b&gt;</code> &amp; a"
