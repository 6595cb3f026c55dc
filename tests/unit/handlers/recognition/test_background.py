"""Common words and letters weigh less than rare ones, by counts that come with the program."""

from hypothesis import given
from hypothesis import strategies as st

from handlers.recognition.background import POSTS, gram_weight, word_counts
from handlers.recognition.normalization import fold


def test_no_word_is_in_more_posts_than_there_are() -> None:
    assert all(0 < posts <= POSTS for posts in word_counts().values())


def test_words_are_written_as_the_index_reads_them() -> None:
    assert all(fold(word) == word for word in word_counts() if len(word) > 1)


def test_common_letters_weigh_less_than_rare_ones() -> None:
    assert gram_weight(" the") < gram_weight("nghi") < gram_weight("zqxj")
    assert gram_weight("a co") < gram_weight("q zx"), "across two words, too"


@given(st.text(st.characters(codec="ascii"), min_size=4, max_size=4))
def test_no_gram_weighs_less_than_nothing(gram: str) -> None:
    assert gram_weight(gram) >= 0
