"""QR codes of strangers' pictures: read where they can be, and bounded whatever they hold."""

import random
from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from handlers.recognition.pictures.code_reader import MOST_CHARACTERS, MOST_CODES, codes_in
from handlers.recognition.pictures.picture_cleaning import clean
from tests.support.made_codes import page_of, picture_with, qr

LINK = "https://the-cu-tri.example/nop"


def test_a_picture_without_a_code_has_none() -> None:
    assert codes_in(Image.new("RGB", (800, 600), "white")) == ()
    noise = random.Random(1).randbytes(800 * 600)
    assert codes_in(Image.frombytes("L", (800, 600), noise)) == ()


def test_several_codes_are_all_read_and_equal_ones_once() -> None:
    contents = [LINK, "xin chào", f"{LINK}/2"]
    page = page_of([qr(one) for one in [*contents, LINK]])
    assert sorted(codes_in(page)) == sorted(contents)


@pytest.mark.parametrize("form", ["JPEG", "WEBP", "PNG"])
def test_a_code_is_read_after_the_picture_was_compressed(form: str) -> None:
    more = {} if form == "PNG" else {"quality": 30}
    assert clean(picture_with(LINK, form=form, **more)).codes == (LINK,)


def test_a_light_code_on_a_dark_ground_is_read() -> None:
    dark = Image.eval(qr(LINK), lambda value: 255 - value)
    assert codes_in(dark) == (LINK,)


def test_a_turned_code_is_read() -> None:
    assert codes_in(qr(LINK).rotate(90, expand=True)) == (LINK,)
    assert codes_in(qr(LINK, scale=8).rotate(17, expand=True, fillcolor="white")) == (LINK,)


def test_a_code_is_read_in_spite_of_a_stain_and_not_at_all_beyond_that() -> None:
    stained = qr(LINK, scale=8, error="h")
    side = stained.width
    ImageDraw.Draw(stained).rectangle(
        (side // 2, side // 2, side // 2 + 40, side // 2 + 40), "black"
    )
    assert codes_in(stained) == (LINK,)
    ImageDraw.Draw(stained).rectangle((side // 3, 0, side * 2 // 3, side), "black")
    assert codes_in(stained) == ()


@pytest.mark.parametrize(
    ("content", "read"),
    [
        ("a\ue000b \U000f0000 c", "a b    c"),
        ("một\x00hai\x1b[31m", "một hai [31m"),
        ("\u202e\u200b\ufeff", None),
        (b"\xff\xfe\x00" + LINK.encode() + b"\x81", f"ÿþ {LINK}"),
        ("\ue000" * 20, None),
    ],
)
def test_what_nobody_can_see_is_not_read(content: str | bytes, read: str | None) -> None:
    assert clean(picture_with(content)).codes == ((read,) if read else ())


def test_a_code_that_holds_too_much_is_left_out() -> None:
    kept, too_long = "A" * MOST_CHARACTERS, "A" * (MOST_CHARACTERS + 1)
    page = page_of([qr(kept, error="l"), qr(too_long, error="l")], width=1700)
    assert codes_in(page) == (kept,)


def test_of_many_codes_a_few_are_read() -> None:
    page = page_of([qr(str(number), scale=2) for number in range(100)])
    assert len(codes_in(page)) == MOST_CODES


def test_a_page_full_of_corner_marks_has_no_code() -> None:
    mark = Image.new("L", (7, 7), 0)
    mark.paste(255, (1, 1, 6, 6))
    mark.paste(0, (2, 2, 5, 5))
    page, large = Image.new("L", (900, 900), 255), mark.resize((21, 21), Image.Resampling.NEAREST)
    for number in range(1600):
        page.paste(large, (number % 40 * 22, number // 40 * 22))
    assert codes_in(page) == ()


def test_the_codes_do_not_change_how_the_picture_is_known() -> None:
    written = BytesIO()
    page_of([qr(LINK)]).save(written, "PNG")
    cleaned = clean(written.getvalue())
    assert (cleaned.codes, len(cleaned.exact)) == ((LINK,), 64)
