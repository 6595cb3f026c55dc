"""The picture made for feeds: all of it is there, inside its place, whatever the length."""

from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from handlers.conversation.i18n import Speech
from handlers.rendering.card_image import draw
from handlers.rendering.card_layout import lay_out
from handlers.rendering.card_sheet import Card, Shape, Sheet
from handlers.rendering.typesetting import drawable
from handlers.sharing.card import card_of
from handlers.views.announcement import Content
from tests.support import SETTINGS, VOTING_DAY
from tests.support.hypothesis_profiles import examples

VI, EN = Speech("vi", SETTINGS.timezone), Speech("en", SETTINGS.timezone)
LETTERS = (
    "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữựỳỵỷỹ ẾỆỘỮẶWM0123456789,.:"
)


def words(limit: int) -> st.SearchStrategy[str]:
    return st.text(LETTERS, min_size=1, max_size=limit)


def contents(sheet: Sheet) -> str:
    """Everything on the card, without the spaces at which lines break."""
    return "".join(line.text for line in sheet.lines).replace(" ", "")


def said(card: Card) -> list[str]:
    """Every text that has to be on it."""
    origin = [text for pair in card.origin for text in pair]
    return [card.club, card.title, *card.facts, card.urgent, *origin, card.disclosure]


@settings(max_examples=examples(25))
@given(
    content=st.builds(
        Content,
        title=words(200),
        html=st.just("x"),
        facts=st.lists(words(150), max_size=3).map(tuple),
        issuer=words(150),
        source_url=st.sampled_from(["", "https://hoaan.example/", "https://a.vn/" + "x" * 300]),
        source_ref=st.sampled_from(["", "199/2025/QH15"]),
        urgent=st.booleans(),
    ),
    shape=st.sampled_from(Shape),
)
def test_nothing_is_cut_and_nothing_stands_outside_at_any_length(
    content: Content, shape: Shape
) -> None:
    card = card_of(content, VI, SETTINGS)
    sheet = lay_out(card, shape)
    for text in said(card):
        assert text.replace(" ", "") in contents(sheet)
    width, height = shape.value
    for line in sheet.lines:
        left, top, right, bottom = line.box
        assert left >= 0
        assert top >= 0
        assert right <= width
        assert bottom <= height
    assert sheet.bottom <= sheet.room


@pytest.mark.parametrize("shape", Shape)
def test_lines_do_not_run_into_one_another_or_into_the_code(shape: Shape) -> None:
    long = replace(
        VOTING_DAY, title="Ế" * 40 + " ộ" * 40, facts=("Ặ ữ " * 30,) * 3, issuer="Ủy ban " * 20
    )
    sheet = lay_out(card_of(long, VI, SETTINGS), shape)
    boxes: list[tuple[float, ...]] = [line.box for line in sheet.lines]
    if sheet.code:
        x, y, side = sheet.code
        boxes.append((x, y, x + side, y + side))
    for at, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[at + 1 :]:
            apart = right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
            assert apart, sheet.lines[at].text


@pytest.mark.parametrize("shape", Shape)
def test_a_card_has_the_size_that_feeds_show(shape: Shape) -> None:
    drawn = draw(card_of(VOTING_DAY, VI, SETTINGS), shape)
    assert Image.open(BytesIO(drawn)).size == shape.value


FIRST = "Cử tri mang theo căn cước và thẻ cử tri khi đi bầu."
WITHOUT_FACTS = replace(VOTING_DAY, facts=(), html=f"<b>{FIRST}</b>")


@pytest.mark.parametrize("shape", Shape)
def test_a_card_without_facts_shows_the_text_below_a_larger_title(shape: Shape) -> None:
    usual, larger = (
        lay_out(card_of(one, VI, SETTINGS), shape) for one in (VOTING_DAY, WITHOUT_FACTS)
    )
    assert FIRST.replace(" ", "") in contents(larger)
    assert max(line.kind.size for line in larger.lines) > max(
        line.kind.size for line in usual.lines
    )
    # No more than the head's height stays empty above issuer and source.
    assert larger.room - larger.bottom < 260


@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize("many", [1, 4, 40])
def test_a_text_that_does_not_fit_is_cut_at_a_word_and_says_so(shape: Shape, many: int) -> None:
    text = " ".join([FIRST] * many)
    sheet = lay_out(card_of(replace(WITHOUT_FACTS, html=text), VI, SETTINGS), shape)
    assert sheet.bottom <= sheet.room
    shown = " ".join(line.text for line in sheet.lines)
    beginning = shown[shown.index("Cử tri mang") :]
    if many == 40:
        beginning = beginning.partition("…")[0]
        assert text.startswith(beginning)
        assert f" {beginning.split()[-1]}" in text
    else:
        assert len(beginning) > 50


def test_an_english_card_shows_the_english_text_because_facts_are_vietnamese_only() -> None:
    english = replace(VOTING_DAY, title_en="Voting day", html_en="Bring your identity card.")
    assert card_of(english, EN, SETTINGS).summary == "Bring your identity card."
    assert card_of(VOTING_DAY, VI, SETTINGS).summary == "", "facts stand in its place"


def test_another_wording_is_another_card() -> None:
    other = replace(VOTING_DAY, title="Đã đổi")
    first, again, changed = (
        draw(card_of(one, VI, SETTINGS), Shape.SQUARE) for one in (VOTING_DAY, VOTING_DAY, other)
    )
    assert first == again != changed


def test_the_card_is_in_the_clubs_colours() -> None:
    club = replace(SETTINGS, colour="#FFEE00", accent="#123456")
    drawn = Image.open(BytesIO(draw(card_of(VOTING_DAY, VI, club), Shape.SQUARE))).convert("RGB")
    assert drawn.getpixel((5, 5)) == (0xFF, 0xEE, 0)
    sheet = lay_out(card_of(VOTING_DAY, VI, club), Shape.SQUARE)
    assert any(band[4] == "#123456" for band in sheet.bands)
    name = next(line for line in sheet.lines if line.text == club.name)
    assert name.colour == "#17212B", "black on yellow can be read, white cannot"


def test_what_is_urgent_says_so_in_the_language_of_the_card() -> None:
    urgent = replace(VOTING_DAY, urgent=True, title_en="Voting day", html_en="x")
    assert card_of(urgent, VI, SETTINGS).urgent == "KHẨN"
    english = card_of(urgent, EN, SETTINGS)
    assert (english.urgent, english.title) == ("URGENT", "Voting day")


@pytest.mark.parametrize(("letters", "has_code"), [(300, True), (2000, False)])
def test_a_code_too_fine_to_be_scanned_is_left_out(letters: int, *, has_code: bool) -> None:
    """What it would lead to stands there all the same."""
    content = replace(VOTING_DAY, source_url="https://hoaan.example/" + "x" * letters)
    sheet = lay_out(card_of(content, VI, SETTINGS), Shape.SQUARE)
    assert (sheet.code is not None) is has_code
    assert "hoaan.example" in contents(sheet)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("🔴 Khẩn 🚨!", "Khẩn !"),
        ("Nga\u0300y ba\u0302\u0300u cu\u031b\u0309", "Ngày bầu cử"),
        ("a\u202eb\u200bc\n d", "abc d"),
        ("👨‍👩‍👧 họp", "họp"),
    ],
)
def test_no_letter_is_missing_from_the_type(typed: str, shown: str) -> None:
    assert drawable(typed) == shown
