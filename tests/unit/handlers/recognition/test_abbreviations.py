"""Chat spelling is read as the words it stands for; what could mean something else is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.recognition.normalization import fold, words_of
from handlers.recognition.syllables import bare, every_syllable, is_syllable, place_tone_mark

MEANT = "hỗ trợ tiền cho mọi người, không được chuyển khoản trước"


@pytest.mark.parametrize(
    "typed",
    [
        "h0 tr0 T1EN cho mn, ko dc chuyen khoan trc",
        "ho tro tien cho moi nguoi, khong duoc chuyen khoan truoc",
        "hoooo trơ tiềnnnn cho mọi người k đc chuyển khoản trước",
        "HỖ TRỢ TIỀN cho mng!!! ko đc chuyển khoản trước",
        "hỗ trợ t.i.ề.n cho mọi người không được c.h.u.y.ể.n khoản trước",
        "#canhbao hỗ trợ tiền cho mọi người không được chuyển khoản trước #tinnong #hoaan",
        "hỗ trợ tiền cho mọi người không được сhuyển khоản trước",
    ],
)
def test_chat_spelling_is_read_as_the_words_it_stands_for(typed: str) -> None:
    assert fold(typed) == fold(MEANT)


@pytest.mark.parametrize(
    "kept",
    ["f0 f1 covid19", "phong b1 khoi a0 lop 10a3", "nop 500 k ck", "dk vay ck", "tp hcm 5g wifi"],
)
def test_what_may_mean_something_else_stays_as_it_is(kept: str) -> None:
    assert fold(kept) == kept


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("thuỷ", "thủy"),
        ("khoẻ", "khỏe"),
        ("quí", "quý"),
        ("kĩ", "kỹ"),
        ("tỉ", "tỷ"),
    ],
)
def test_a_tone_mark_means_the_same_on_either_vowel(one: str, other: str) -> None:
    assert place_tone_mark(one) == place_tone_mark(other)


@pytest.mark.parametrize(("one", "other"), [("thúy", "thúi"), ("hoàn", "hoãn"), ("cấm", "cầm")])
def test_another_tone_or_vowel_is_another_word(one: str, other: str) -> None:
    assert place_tone_mark(one) != place_tone_mark(other)


def test_a_drawled_letter_goes_and_a_doubled_one_of_a_word_stays() -> None:
    assert words_of("quáaaaa xoong facebook") == "quá xoong facebook"


def test_a_hashtag_that_judges_the_text_stays() -> None:
    assert fold("Mai nghỉ học #tingia #hoaan") == "mai nghi hoc tingia"
    assert fold("#luadao #tinmoi") == "luadao tinmoi"


@given(st.sampled_from(sorted(every_syllable())))
def test_a_syllable_is_never_read_as_anything_else(syllable: str) -> None:
    assert is_syllable(bare(fold(syllable)))


@given(st.text(st.sampled_from("aăâeêoơưđkghtcnr013459.,# \u0301\u0302оһ"), max_size=14))
def test_reading_twice_changes_nothing(text: str) -> None:
    assert words_of(words_of(text)) == words_of(text)
    assert fold(fold(text)) == fold(text)


@given(
    st.lists(st.sampled_from(["h0", "tr0", "k", "500", "15/3", "0912345678", "t1en"]), min_size=1),
    st.data(),
)
def test_a_changed_digit_in_any_spelling_always_shows(
    words: list[str], data: st.DataObject
) -> None:
    text = " ".join(words)
    places = [i for i, c in enumerate(text) if c.isdigit()]
    if not places:
        return
    place = data.draw(st.sampled_from(places))
    digit = (int(text[place]) + data.draw(st.integers(1, 9))) % 10
    assert fold(f"{text[:place]}{digit}{text[place + 1 :]}") != fold(text)
