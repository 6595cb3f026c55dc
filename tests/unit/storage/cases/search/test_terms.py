"""Terms are words and pairs without diacritics; English words are reduced to their stem."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.recognition.syllables import every_syllable
from storage.cases.search.terms import pieces_of, stem, terms_of


def test_words_and_pairs_are_terms_of_texts_of_any_length() -> None:
    terms = terms_of(" ".join(["tiền"] * 2 + ["bank"] * 100))
    assert terms.words == {"tien": 2, "bank": 100}
    assert terms.pairs == {"tientien": 1, "tienbank": 1, "bankbank": 99}
    assert terms.length == 102


def test_terms_leave_diacritics_aside() -> None:
    assert terms_of("đảo chiều").all == terms_of("dao chieu").all
    assert set(terms_of("đảo chiều").all) == {"daochieu", "dao", "chieu"}


def test_two_words_written_together_have_the_term_of_the_pair() -> None:
    for apart, together in (("corn flakes", "cornflakes"), ("australian fires", "australianfires")):
        assert set(terms_of(together).words) <= set(terms_of(apart).pairs)


def test_an_address_is_a_term_and_no_word_of_the_text() -> None:
    terms = terms_of("xem ⟨bocongan.gov.vn/tin⟩ ngay")
    assert terms.addresses == {"⟨bocongan.gov.vn/tin⟩": 1}
    assert terms.length == 2
    assert not terms.pairs


def test_forms_of_an_english_word_have_one_stem() -> None:
    assert len({stem(word) for word in ("protest", "protests", "protested", "protesting")}) == 1


def test_no_vietnamese_syllable_is_changed_but_y_to_i() -> None:
    changed = {word: stem(word) for word in every_syllable() if stem(word) != word}
    assert all(after == before[:-1] + "i" for before, after in changed.items())
    assert len(changed) == 8


@pytest.mark.parametrize(("words", "pieces"), [(60, 1), (61, 2), (120, 2), (121, 3)])
def test_a_long_text_is_searched_for_in_pieces(words: int, pieces: int) -> None:
    assert len(list(pieces_of("một " * words, 60))) == pieces


@given(st.text(st.sampled_from("abc đế⟨⟩1 "), max_size=80), st.integers(1, 9))
def test_pieces_have_all_terms_of_the_text_and_no_other(words: str, size: int) -> None:
    assert frozenset().union(*pieces_of(words, size)) == frozenset(terms_of(words).all)
