"""The stamped picture of a verdict: told without its colours, readable, and nothing private in it."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from handlers.conversation.i18n import Speech
from handlers.deciding.verdict.picture import CLAIM_CHARACTERS, STAMPS, card_of, stamp_of
from handlers.messages import PICTURE_LIMIT
from handlers.rendering.card_image import draw
from handlers.rendering.card_layout import lay_out
from handlers.rendering.card_sheet import PAPER, Shape, Sheet
from handlers.rendering.contrast import TEXT, contrast, readable_on
from handlers.rendering.typesetting import drawable
from handlers.sharing.kit import disclosure
from storage.models import Rating, Verdict
from tests.support import SETTINGS
from tests.support.hypothesis_profiles import examples

VI, EN = Speech("vi", SETTINGS.timezone), Speech("en", SETTINGS.timezone)
SHORT = "Ngày bầu cử đổi sang thứ Bảy."
WORDS = ["người", "dân", "phải", "nộp", "tiền", "ở", "ỦY", "BAN", "trước", "ngày", "bầu", "cử"]


def verdict(claim: str = SHORT, rating: Rating = Rating.FALSE) -> Verdict:
    return Verdict(
        case_id=1,
        version=1,
        rating=rating,
        claim=claim,
        explanation="Không đúng.",
        sources=["https://congan.hoaan.example/canh-bao/123"],
        decided_at=datetime(2026, 3, 10, tzinfo=UTC),
    )


def laid_out(claim: str, shape: Shape, say: Speech = VI, rating: Rating = Rating.FALSE) -> Sheet:
    return lay_out(card_of(verdict(claim, rating), "K7M2P9", say, SETTINGS), shape)


def test_every_rating_has_a_stamp_that_is_told_without_its_colour() -> None:
    for say in (VI, EN):
        stamps = [stamp_of(rating, say) for rating in Rating]
        assert len({stamp.words for stamp in stamps}) == len(Rating)
        assert len({stamp.sign for stamp in stamps}) == len(Rating)
        assert all(drawable(stamp.sign) == stamp.sign for stamp in stamps), "the type has each sign"


@pytest.mark.parametrize("rating", Rating)
def test_a_stamp_can_be_read_on_the_paper(rating: Rating) -> None:
    assert contrast(STAMPS[rating][1], PAPER) >= TEXT


@given(st.integers(0, 0xFFFFFF))
def test_text_can_be_read_on_every_colour_of_a_club(colour: int) -> None:
    ground = f"#{colour:06x}"
    assert contrast(readable_on(ground, "#17212B"), ground) >= TEXT


@settings(max_examples=examples(20))
@given(
    claim=st.lists(st.sampled_from(WORDS), min_size=3, max_size=60).map(" ".join),
    shape=st.sampled_from(Shape),
    say=st.sampled_from([VI, EN]),
    rating=st.sampled_from(Rating),
)
def test_claim_stamp_source_and_disclosure_stand_apart_at_any_length(
    claim: str, shape: Shape, say: Speech, rating: Rating
) -> None:
    assert_parts_stand_apart(laid_out(claim, shape, say, rating), say)


@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize(
    "claim",
    [
        "W" * 300,
        "Ế" * 300,
        "a" + "\u0301\u0323" * 149,
        ("a" + "\u0301" * 14) * 20,
        "\u0301" * 300,
        "\u202e" + "Ngày bầu cử đổi sang thứ Bảy. " * 9,
        "هذا خبر كاذب تماما لا تصدقه",
        "疫苗" * 150,
        "🇻🇳👨‍👩‍👧" * 30,
        "\u200b" * 300,
    ],
    ids=[
        *("long word", "high letters", "two stacks", "many stacks", "bare marks"),
        *("turned round", "Arabic", "Chinese", "emoji", "unseen"),
    ],
)
def test_no_claim_is_painted_over_another_part(claim: str, shape: Shape) -> None:
    assert_parts_stand_apart(laid_out(claim, shape), VI)
    assert draw(card_of(verdict(claim), "K7M2P9", VI, SETTINGS), shape)


@pytest.mark.parametrize("claim", ["疫苗" * 9, "Tin 疫苗 là sai", "🧿" * 9, "\u200b" * 9])
def test_a_claim_that_cannot_be_drawn_whole_is_not_quoted(claim: str) -> None:
    assert card_of(verdict(claim), "K7M2P9", VI, SETTINGS).title == ""


@pytest.mark.parametrize(
    ("claim", "title"),
    [
        ("Ngày bầu cử 🗳️ đổi rồi", "“Ngày bầu cử đổi rồi”"),
        ("e\u0302\u0301", "“ế”"),
        ("a\u20dd", "“a”"),
    ],
)
def test_signs_that_cannot_be_drawn_are_left_out_of_a_claim(claim: str, title: str) -> None:
    assert card_of(verdict(claim), "K7M2P9", VI, SETTINGS).title == title


def assert_parts_stand_apart(sheet: Sheet, say: Speech) -> None:
    shape = sheet.shape
    assert sheet.bottom <= sheet.room
    assert sheet.stamp
    assert sheet.code
    stamp, (x, y, side) = sheet.stamp, sheet.code
    boxes: list[tuple[float, ...]] = [line.box for line in sheet.lines]
    boxes += [
        (stamp.left, stamp.top, stamp.left + stamp.width, stamp.top + stamp.height),
        (x, y, x + side, y + side),
    ]
    for at, (left, top, right, bottom) in enumerate(boxes):
        assert left >= 0
        assert right <= shape.value[0]
        for other in boxes[at + 1 :]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
    shown = " ".join(line.text for line in sheet.lines)
    assert "congan.hoaan.example" in shown
    assert " ".join(disclosure(say, SETTINGS).split()) in shown


@pytest.mark.parametrize("excess", [0, 1])
def test_a_claim_past_the_limit_is_shortened_at_a_word(excess: int) -> None:
    claim = ("abcd " * 40)[: CLAIM_CHARACTERS - 5] + "vwxyz" + "z" * excess
    assert len(claim) == CLAIM_CHARACTERS + excess
    title = card_of(verdict(claim), "K7M2P9", VI, SETTINGS).title.strip("“”")
    assert title == (f"{claim.rpartition(' ')[0]}…" if excess else claim)


def test_a_claim_shows_no_whole_personal_number() -> None:
    title = card_of(
        verdict("Phải chuyển tiền vào số 0912 345 678 ngay."), "K7M2P9", VI, SETTINGS
    ).title
    assert "345" not in title
    assert "Phải chuyển tiền" in title


@pytest.mark.parametrize("shape", Shape)
def test_a_picture_keeps_to_what_telegram_takes_as_a_photo(shape: Shape) -> None:
    """Up to 10 MB, width and height together up to 10,000, one at most 20 times the other."""
    content = draw(card_of(verdict("Ộ ẵ ế " * 50), "K7M2P9", VI, SETTINGS), shape)
    width, height = Image.open(BytesIO(content)).size
    assert len(content) < PICTURE_LIMIT / 50
    assert width + height <= 10_000
    assert height / width < 20


def test_the_stamp_is_painted_in_its_colour_with_words_inside_its_frame() -> None:
    card = card_of(verdict(), "K7M2P9", VI, SETTINGS)
    with_stamp, without = (
        Image.open(BytesIO(draw(one, Shape.SQUARE))).convert("RGB")
        for one in (card, replace(card, stamp=replace(card.stamp, colour=PAPER)))  # type: ignore[type-var]
    )
    assert reds(with_stamp) > 5_000
    assert reds(without) == 0


def reds(picture: Image.Image) -> int:
    """How many pixels are of a stamp that says *false*."""
    colours = picture.getcolors(maxcolors=1_000_000) or []
    return sum(many for many, (r, g, b) in colours if r > 150 and g < 80 and b < 80)  # type: ignore[misc]


@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize("rating", [Rating.TRUE, Rating.UNPROVEN], ids=["narrow", "wide"])
def test_the_turned_stamp_stays_inside_its_place(shape: Shape, rating: Rating) -> None:
    card = card_of(verdict(rating=rating), "K7M2P9", VI, SETTINGS)
    assert card.stamp
    unseen = replace(card, stamp=replace(card.stamp, colour=PAPER))
    with_stamp, without = (
        Image.open(BytesIO(draw(one, shape))).convert("L") for one in (card, unseen)
    )
    changed = ImageChops.difference(with_stamp, without).point(lambda level: 255 * (level > 60))
    place, painted = lay_out(card, shape).stamp, changed.getbbox()
    assert place
    assert painted
    assert place.left < painted[0]
    assert place.top < painted[1]
    assert painted[2] < place.left + place.width
    assert painted[3] < place.top + place.height
