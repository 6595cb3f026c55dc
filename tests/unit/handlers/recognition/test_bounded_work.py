"""A text of the greatest length costs little, whatever it is made of.

Counted are comparisons and letters, not time: `make bench` measures that. Where one expression reads a
text, the text is fifty times as long as a message: one that is read again and again would take hours.
"""

from math import log2

import pytest

from handlers.recognition.addresses import read, spans
from handlers.recognition.author_heads import without_heads
from handlers.recognition.match_keys import identify
from handlers.recognition.normalization import words_of
from handlers.recognition.text_similarity import differences, prepare, score
from handlers.views.defang import defang
from tests.support.costly_texts import LETTERS, natural
from tests.support.step_counter import calls

FIFTY_MESSAGES = 50 * LETTERS


STORY = prepare(identify(natural()).words)


@pytest.mark.parametrize("share", [0.01, 0.1, 0.25, 0.5, 0.75, 0.99])
def test_a_text_inside_another_is_compared_in_few_windows(share: float) -> None:
    letters = int(share * len(STORY.line))
    words = STORY.line[-letters:].split()[1:]
    part = prepare(" ".join([*words[:-3], "khac", *words[-3:]]))
    windows = calls(score, part, STORY)["_window_ratio"]
    length = len(part.line)
    assert 0 < windows <= len(STORY.line) / (length // 8) + 2 * log2(length) + 2
    assert score(part, STORY) >= 0.75


@pytest.mark.parametrize("words", ["a ", "a b ", "1 2 3 ", "tin nong ", "zalo "])
def test_words_that_come_again_and_again_are_compared_no_more_often(words: str) -> None:
    long, short = prepare((words * LETTERS)[:LETTERS]), prepare((words * 30).strip())
    assert calls(score, short, long)["_window_ratio"] <= LETTERS
    assert score(short, long) == pytest.approx(0.99)


@pytest.mark.parametrize("place", [0, 7, 93, 1_000, 2_001])
def test_a_whole_text_inside_another_is_found_wherever_it_stands(place: int) -> None:
    rumour = prepare("cong an yeu cau moi nguoi nop 500.000 dong vao so 0912345678 truoc ngay 15/3")
    around = STORY.line[:place] + f" {rumour.line} " + STORY.line[place:]
    assert score(rumour, prepare(around)) >= 0.9


def test_what_is_far_behind_in_a_text_of_many_messages_is_not_compared() -> None:
    very_long = prepare(" ".join([STORY.line] * 20))
    assert len(very_long.line) <= 2 * LETTERS


def test_of_two_texts_that_share_all_but_one_word_that_word_is_told() -> None:
    words = " ".join(["a b"] * 1_000)
    assert differences(f"{words} 900", f"{words} 500") == (("500", "900"),)
    assert differences("b a a " * 600, "a b " * 900) != ()


@pytest.mark.parametrize(
    "run",
    ["\n", " ", "\n ", "(", "[ ", "forwarded", "chuyển tiếp từ ", "a, [11/03/2026 9:05", "x\n"],
)
def test_the_heads_of_a_text_are_read_once(run: str) -> None:
    text = run * (FIFTY_MESSAGES // len(run)) + "x"
    assert without_heads(text).endswith("x")


@pytest.mark.parametrize("run", ["a", ".", "a..", ":/", "ww.", "1.", "w", "không"])
def test_a_word_without_end_is_made_untappable_at_one_reading(run: str) -> None:
    text = run * (FIFTY_MESSAGES // len(run))
    assert defang(text).removeprefix("<code>").removesuffix("</code>") == text


@pytest.mark.parametrize("behind", [")", "]})", ".", "?)"])
def test_the_end_of_an_address_is_found_at_one_reading(behind: str) -> None:
    text = "https://a.vn/(x)" + behind * (FIFTY_MESSAGES // len(behind))
    ((start, stop),) = spans(text)
    assert text[start:stop] == "https://a.vn/(x)"


def test_a_host_of_very_many_names_is_looked_up_once() -> None:
    assert read("https://" + "a." * (FIFTY_MESSAGES // 2) + "vn/x")
    short = read("https://a.a.bit.ly/x")
    assert short is not None
    assert not short.is_resolved


def test_escapes_of_escapes_are_read_once() -> None:
    address = read("https://a.vn/?a=1&" + "amp;" * (FIFTY_MESSAGES // 4) + "b=2")
    assert address is not None
    assert address.key == "a.vn?a=1&b=2"


def test_hashtags_around_a_text_are_read_once() -> None:
    tags = "#tin " * (FIFTY_MESSAGES // 5)
    assert words_of(f"hết {tags}1") == words_of("hết " + "tin " * (FIFTY_MESSAGES // 5) + "1")
    assert words_of(f"hết {tags}") == "hết"
    assert words_of(f"{tags} hết") == "hết"
