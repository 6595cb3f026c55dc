"""Words read in pictures of announcements: misread diacritics change nothing, another number does."""

import random
import unicodedata
from collections import Counter
from collections.abc import Iterator

import pytest

from handlers.recognition.official_copy import Wording, compare_picture
from tests.support.announcements import generated_copies as copies

PAIRS = 132
TOLD = {"amount", "date", "hour", "account", "negation"}
"""Kinds of change that are told in a picture: neither links nor names nor signs are read well enough."""
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def misread(text: str, seed: int) -> str:
    """The text with a third of its diacritics wrong or missing, as readers see small letters."""
    chance = random.Random(seed)

    def letters() -> Iterator[str]:
        for letter in unicodedata.normalize("NFD", text):
            if not unicodedata.combining(letter) or chance.random() > 0.3:
                yield letter
            elif letter in _TONES:
                yield chance.choice(("", *_TONES))

    return unicodedata.normalize("NFC", "".join(letters()))


def test_misread_diacritics_change_nothing() -> None:
    for at in range(PAIRS):
        given = copies.values(at)
        text = misread(copies.body(at, given) if at % 2 else copies.copy(at, given), at)
        found = compare_picture(text, copies.wording(at, given), is_alike=at % 4 < 2)
        assert found is not None, text
        assert not found.deviations, (text, found)


def test_another_amount_date_hour_account_or_negation_is_told() -> None:
    told: Counter[str] = Counter()
    for at, kind, text, wording in copies.changed(2 * PAIRS):
        if kind in TOLD:
            found = compare_picture(misread(text, at), wording, is_alike=at % 4 < 2)
            assert found is not None, (kind, text)
            assert found.deviations, (kind, text)
            told[kind] += 1
    assert set(told) == TOLD


def test_another_announcement_is_not_taken_for_it() -> None:
    wordings = [copies.wording(at, copies.values(at)) for at in range(len(copies.TEXTS))]
    for at in range(len(copies.TEXTS)):
        text = copies.copy(at, copies.values(at))
        for other, wording in enumerate(wordings):
            if other != at:
                assert compare_picture(text, wording, is_alike=False) is None, (text, other)


OURS = Wording(
    (
        ("Cấp lại thẻ cử tri", True),
        ("Cử tri mất thẻ đến Ủy ban xã từ 7h30 ngày 12/3/2026. Không phải nộp phí.", True),
        ("Lệ phí chụp ảnh là 20.000đ, hỏi thêm theo số 0912 345 678.", True),
        ("Nơi phát hành: Ủy ban nhân dân tỉnh Hòa An", False),
        ("Kiểm chứng tại: https://hoaan.gov.vn/the-cu-tri", False),
    ),
)
BODY = """Cấp lại thẻ cử tri
Cử tri mất thẻ đến Úy ban xã
từ 7h30 ngày 12/3/2026. Không phải
nộp phí. Lệ phí chụp ảnh là 20.000đ,
hỏi thêm theo số 0912 345 678."""
FRAME = "Câu lạc bộ Niếm Tin\n{}\nNơi phát hành\nÚy ban nhân dân\nKiểm chứng tại\nhoaan.gov.vn"


@pytest.mark.parametrize(
    "read",
    [
        BODY,
        FRAME.format(BODY),
        BODY.replace("12/3/2026", "12/3/2O26").replace("0912", "O9l2"),
        BODY.replace("20.000đ", "20,000 đ").replace("0912 345 678", "0912345678"),
        BODY.replace("7h30", "7 h 30").replace("2026. Không", "2026.Không"),
        BODY.replace("Không", "Khổng").replace("nộp", "nôp"),
        BODY.replace("từ 7h30 ngày 12/3/2026. Không phải\n", ""),
        BODY.replace("\nnộp", "\n7 nộp").replace("Lệ phí", "0Lệ phí"),
        f"19:02 4G\n{BODY}\n3 phút\nChiều nay 5 giờ họp tổ nha bà con",
        FRAME.format(BODY) + "\nCFHJK-23456\nCó hiệu lực đến\n19:00",
    ],
    ids=lambda read: read[-40:],
)
def test_noise_of_reading_is_no_deviation(read: str) -> None:
    found = compare_picture(read, OURS, is_alike=False)
    assert found is not None
    assert found.deviations == ()


@pytest.mark.parametrize(
    ("read", "ours", "theirs"),
    [
        (BODY.replace("12/3", "13/3"), "12/3/2026.", "13/3/2026."),
        (BODY.replace("7h30", "8h30"), "7h30", "8h30"),
        (BODY.replace("20.000", "200.000"), "20.000đ,", "200.000đ,"),
        (BODY.replace("345 678", "345 679"), "678.", "679."),
        (BODY.replace("Không phải\nnộp", "Phải\nnộp"), "Không", ""),
        (BODY.replace("Cử tri mất", "Cử tri không mất"), "", "không"),
    ],
    ids=["date", "hour", "amount", "account", "negation gone", "negation added"],
)
def test_only_the_words_that_differ_are_shown(read: str, ours: str, theirs: str) -> None:
    found = compare_picture(read, OURS, is_alike=False)
    assert found is not None
    assert [(one.ours, one.theirs) for one in found.deviations] == [(ours, theirs)]


def test_a_line_added_to_a_card_is_told_and_a_comment_below_a_screenshot_is_not() -> None:
    added = f"{BODY}\nChuyển phí vào tài khoản 9704123456789"
    card = compare_picture(FRAME.format(added), OURS, is_alike=True)
    assert card is not None
    assert "9704123456789" in card.deviations[0].theirs
    below = compare_picture(added, OURS, is_alike=False)
    assert below is not None
    assert below.deviations == ()


def test_a_screenshot_of_the_claim_is_no_copy_of_its_verdict() -> None:
    claim = "Cử tri phải nộp 200.000đ vào số 0071001234567 trước ngày 15/3/2026"
    verdict = Wording(
        (
            (f"Nội dung được báo: {claim}", True),
            ("Ủy ban bầu cử không thu phí của cử tri.", True),
        ),
        disputed=(f"Nội dung được báo: {claim}",),
    )
    assert compare_picture(claim, verdict, is_alike=False) is None
    assert compare_picture(claim, verdict, is_alike=True) is not None
