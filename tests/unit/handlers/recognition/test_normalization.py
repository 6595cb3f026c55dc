"""The same words are recognised however they were typed; other words never are."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handlers.recognition.author_heads import without_heads
from handlers.recognition.normalization import fold

WORDS = st.lists(
    st.sampled_from(
        [
            "cử",
            "tri",
            "đi",
            "bầu",
            "ngày",
            "15/3",
            "mang",
            "thẻ",
            "Căn",
            "cước",
            "lệ",
            "phí",
            "1.500.000₫",
            "ĐƯỜNG",
            "Nguyễn",
            "hoà",
            "thuỷ",
        ]
    ),
    min_size=1,
    max_size=12,
)


@given(st.text())
@example(":>A")
@example("a K, không")
@example("A. Ko, K")
@example("a;R\ue000")
@example("a;R\ue001")
@example("#\U000f0000a b")
@example("\ufdd0>\ufffea")
@example("\U0001fadf tin \U0001fadf\U0001fadf")
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    "nobodys",
    ["\ud800", "\ue000", "\uf8ff", "\ufdd0", "\uffff", "\U0001fffe", "\U0010ffff"],
)
def test_what_is_no_character_between_strangers_says_nothing(nobodys: str) -> None:
    assert fold(f"ông{nobodys} Bình{nobodys}, K{nobodys} {nobodys}") == fold("ông Bình, K")
    assert fold(f"ông{nobodys}Bình") == fold("ông Bình")


@pytest.mark.parametrize("unknown", ["\U0003fffd", "\U000e0fff", "\u0378", "\u2fe0"])
def test_a_character_of_tomorrow_stays(unknown: str) -> None:
    assert unicodedata.category(unknown) == "Cn"
    assert fold(f"tin{unknown}hết") == f"tin {unknown} het"


@pytest.mark.parametrize(
    "typed",
    [
        "Hoà Bình: mất điện tối nay!",
        "HÒA BÌNH — mất điện tối nay!!!",
        "hoa binh mat dien toi nay",
        "Hoà  Bình:\n mất điện\ttối nay 🔥🔥",
        "Ho\u200bà Bình mất điện tối nay",
        unicodedata.normalize("NFD", "Hoà Bình: mất điện tối nay!"),
        "𝗛𝗼𝗮̀ 𝗕𝗶̀𝗻𝗵: mất điện tối nay",
        "Forwarded from Tin Nóng 24h\nHoà Bình: mất điện tối nay",
        "Chuyển tiếp từ: Nguyễn Văn A\n\nHoà Bình: mất điện tối nay",
        "Nguyễn A, [11/03/2026 9:05]\nHoà Bình: mất điện tối nay",
    ],
)
def test_the_same_words_typed_or_copied_differently_are_the_same(typed: str) -> None:
    assert fold(typed) == "hoa binh mat dien toi nay"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("phạt 10.5 triệu", "phạt 105 triệu"),
        ("giá 1.000 đồng", "giá 1,000 đồng"),
        ("tăng 5%", "tăng 5"),
        ("lãi -5", "lãi 5"),
        ("trả 100$", "trả 100€"),
        ("mai nghỉ học", "mai nghỉ học?"),
        ("không phải đóng tiền", "phải đóng tiền"),
        ("❌ đi đường này", "✅ đi đường này"),
        ("lúc 7h00", "lúc 7:00"),
    ],
)
def test_a_difference_that_may_mean_something_stays(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(WORDS, st.data())
def test_noise_between_words_changes_nothing(words: list[str], data: st.DataObject) -> None:
    noise = st.text(st.sampled_from(" \t\n\u200b\u00a0🔥✨!.…,;\u202e"), max_size=4)
    noisy = "".join(f"{data.draw(noise)} {word} {data.draw(noise)}" for word in words)
    assert fold(noisy) == fold(" ".join(words))


ONE_LINE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n"))


@given(ONE_LINE, st.integers(0, 9), st.integers(1, 9), ONE_LINE)
def test_a_changed_digit_always_shows(before: str, digit: int, step: int, after: str) -> None:
    other = (digit + step) % 10
    assert fold(f"{before}{digit}{after}") != fold(f"{before}{other}{after}")


def test_a_sentence_with_a_date_is_no_head_of_a_forwarded_text() -> None:
    text = "Chuyển tiếp từ ngày 15/3 mọi hồ sơ\nphải nộp qua mạng"
    assert without_heads(text) == text
