"""Words in pictures: read in every form in which a screenshot travels, and bounded whatever is sent."""

import random
import unicodedata

import pytest
from PIL import Image, ImageDraw
from rapidfuzz.distance import Levenshtein

from handlers.recognition.pictures import reader, tesseract, true_ocr
from handlers.recognition.pictures.page_columns import columns_of
from handlers.recognition.pictures.picture_cleaning import clean
from handlers.recognition.pictures.reader import MOST_CHARACTERS, MOST_PICTURES, Reader, read_words
from handlers.rendering.typesetting import Type, broken
from tests.support.case_actions import RUMOUR
from tests.support.hostile_files import ATTACKS, glyphs
from tests.support.made_screenshots import KINDS, crowded_page, dark, encoded, noisy_page
from tests.support.made_screenshots import clean as plain_page
from tests.support.waiting import TIMEOUT_S

TEXT = (
    f"{RUMOUR}. Cử tri mang theo thẻ cử tri, căn cước công dân; mọi người chuyển khoản cho ông "
    "Nguyễn Văn An, số 0071001234567, trước 19 giờ nếu không sẽ bị phạt 2.000.000 đồng."
)
READERS = {tesseract.NAME: tesseract, true_ocr.NAME: true_ocr}
WRONG_MAX = {"over a photo": 0.12, "two columns of comments": 0.1}
"""The most wrong characters of those of the text, where it is not 5 %."""


@pytest.fixture(params=READERS)
def each(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Reader:
    """Each reader that this machine has, as the one that reads."""
    if not READERS[request.param].is_installed():
        pytest.skip(f"{request.param} is not on this machine (apt install tesseract-ocr-vie)")
    # However slow this machine is.
    monkeypatch.setattr(reader, "_BUDGET_S", TIMEOUT_S)
    made: Reader = tesseract.Tesseract() if request.param == tesseract.NAME else true_ocr.TrueOcr()
    monkeypatch.setattr(reader, "_reader", lambda: made)
    return made


def wrong(read: str, text: str = TEXT) -> float:
    """The share of characters to change until what was read is the text."""
    one, other = (" ".join(unicodedata.normalize("NFC", words).split()) for words in (read, text))
    return Levenshtein.distance(one, other) / len(other)


@pytest.mark.parametrize("kind", KINDS)
def test_the_words_are_read_in_every_form(each: Reader, kind: str) -> None:
    (read,) = read_words((clean(encoded(KINDS[kind](TEXT, 1))).jpeg,))
    assert wrong(read) <= WRONG_MAX.get(kind, 0.05)


@pytest.mark.parametrize("size", [10, 12])
def test_small_letters_of_a_thumbnail_are_read(each: Reader, size: int) -> None:
    """320 pixels are the longer side of the picture that stands for a video."""
    page, small = Image.new("RGB", (320, 180), "white"), Type(size)
    for number, line in enumerate(broken(RUMOUR, small, 300)):
        ImageDraw.Draw(page).text((10, 10 + round(number * size * 1.4)), line, "#111", small.font)
    (read,) = read_words((clean(encoded(page, 80)).jpeg,))
    assert wrong(read, RUMOUR) <= 0.08


def test_pictures_are_read_in_their_order_and_only_a_few(each: Reader) -> None:
    pages = tuple(encoded(plain_page(f"Đây là ảnh số {number}")) for number in range(6))
    read = read_words(pages)
    assert len(read) == len(pages)
    assert [str(number) in words for number, words in enumerate(read)] == [
        number < MOST_PICTURES for number in range(6)
    ]


def test_a_picture_without_words_has_none(each: Reader) -> None:
    blotches = random.Random(2).randbytes(8 * 6 * 3)
    photo = Image.frombytes("RGB", (8, 6), blotches).resize((900, 700), Image.Resampling.BICUBIC)
    assert read_words((encoded(photo), encoded(Image.new("RGB", (1, 1))))) == ("", "")


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_hostile_file_has_no_words(each: Reader, attack: str) -> None:
    assert read_words((ATTACKS[attack](), b"", b"\xff\xd8\xff")) == ("", "", "")


def test_a_page_of_ten_thousand_letters_has_a_bounded_text(
    each: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "_BUDGET_S", 2.0)
    (read,) = read_words((glyphs(10_000, 12),))
    assert len(read) <= MOST_CHARACTERS


def test_the_time_for_all_pictures_of_a_post_is_bounded(
    each: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "_BUDGET_S", 0.0)
    assert read_words((encoded(plain_page(TEXT)),)) == ("",)


def test_what_is_no_text_for_people_is_not_in_it(each: Reader) -> None:
    each.read = lambda page, seconds: ("ab\ue000cd\x00\ud800ef", 1.0)  # type: ignore[method-assign]
    assert read_words((encoded(dark("x")),)) == ("ab cd  ef",)


def test_a_reader_that_fails_reads_nothing(each: Reader) -> None:
    def fail(page: Image.Image, seconds: float) -> tuple[str, float]:
        raise RuntimeError("std::bad_alloc")

    each.read = fail  # type: ignore[method-assign]
    assert read_words((encoded(dark("x")),)) == ("",)


def test_without_a_reader_nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_reader", lambda: None)
    assert read_words((encoded(dark(TEXT)), b"")) == ("", "")


def test_tesseract_ends_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    if not tesseract.is_installed():
        pytest.skip("Tesseract is not on this machine (apt install tesseract-ocr-vie)")
    with pytest.raises(tesseract.NotRead):
        tesseract.Tesseract().read(noisy_page().convert("L"), 0.05)


def test_true_ocr_ends_in_time() -> None:
    if not true_ocr.is_installed():
        pytest.skip("TrueOCR is not installed (pip install niemtin[reader])")
    with pytest.raises(TimeoutError):
        true_ocr.TrueOcr().read(crowded_page().convert("L"), 0.05)


def test_the_time_of_true_ocr_counts_for_one_page() -> None:
    if not true_ocr.is_installed():
        pytest.skip("TrueOCR is not installed (pip install niemtin[reader])")
    made = true_ocr.TrueOcr()
    with pytest.raises(TimeoutError):
        made.read(crowded_page().convert("L"), 0.05)
    text, _ = made.read(dark(TEXT).convert("L"), TIMEOUT_S)
    assert wrong(text) <= 0.05


@pytest.mark.parametrize("kind", KINDS)
def test_only_a_page_of_two_columns_is_divided(kind: str) -> None:
    page = KINDS[kind](TEXT, 1).convert("L")
    assert len(columns_of(page)) == (2 if kind == "two columns of comments" else 1)


@pytest.mark.parametrize("size", [(1, 1), (1600, 1), (1, 1600), (400, 300)])
def test_an_empty_page_is_not_divided(size: tuple[int, int]) -> None:
    page = Image.new("L", size, 255)
    assert columns_of(page) == [page]
