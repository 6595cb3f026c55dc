"""By what a flagged post is known again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.recognition.match_keys import ENOUGH_CHARACTERS, fingerprint, identify

POST = "https://www.facebook.com/tinnong/posts/1035862816472149"
SAME_POST = "https://m.facebook.com/story.php?story_fbid=1035862816472149&id=7"
RUMOUR = "Công an yêu cầu mọi người nộp 500.000 đồng để cập nhật VNeID trước ngày 15/3"


def test_a_link_is_known_whatever_is_said_beside_it() -> None:
    one, other = identify(f"Có thật không ạ? {POST}"), identify("", links=[SAME_POST])
    assert one.url_key == other.url_key == "facebook:1035862816472149"
    assert one.fingerprint is None


def test_every_address_in_a_text_is_mentioned() -> None:
    identity = identify(f"{RUMOUR} https://a.example/1", links=["https://b.example/2"])
    assert set(identity.mentioned) == {"a.example/1", "b.example/2"}


def test_a_remark_under_a_picture_is_not_the_post() -> None:
    seen = identify("Cái này thật không ạ?", media=["AgAD1"])
    assert (seen.media_key, seen.fingerprint) == ("AgAD1", None)


def test_a_long_caption_is_known_by_its_words_too() -> None:
    assert identify(RUMOUR, media=["AgAD1"]).fingerprint == identify(RUMOUR).fingerprint


@pytest.mark.parametrize(
    ("length", "known"), [(ENOUGH_CHARACTERS - 1, False), (ENOUGH_CHARACTERS, True)]
)
def test_words_beside_a_picture_count_from_forty_characters_on(length: int, known: bool) -> None:
    assert (identify(("ab" * 20)[:length], media=["AgAD1"]).fingerprint is not None) is known


def test_an_official_page_that_a_text_refers_to_is_not_the_post() -> None:
    official = "https://dichvucong.gov.vn/vneid"
    assert identify(f"{RUMOUR} {official}").url_key is None
    assert identify(f"Xem đi {official}").url_key == "dichvucong.gov.vn/vneid"


def test_two_posts_in_one_text_are_neither_of_them() -> None:
    assert identify(f"{POST} {POST}1").url_key is None


def test_tracking_in_a_link_does_not_change_the_fingerprint() -> None:
    tracked = f"{RUMOUR} https://xac-thuc.top/a?utm_source=zalo"
    assert fingerprint(tracked) == fingerprint(f"{RUMOUR.upper()}! http://xac-thuc.top/a")
    assert fingerprint(tracked) != fingerprint(f"{RUMOUR} https://xac-thuc.top/b")


def test_an_album_is_known_by_all_its_pictures_in_any_order() -> None:
    assert identify("", media=["A", "B"]) == identify("", media=["B", "A"])
    assert identify("", media=["A", "B"]).media_key != identify("", media=["A"]).media_key


@given(st.sampled_from([i for i, c in enumerate(RUMOUR) if c.isdigit()]), st.integers(1, 9))
def test_another_amount_or_date_is_another_post(place: int, step: int) -> None:
    digit = (int(RUMOUR[place]) + step) % 10
    changed = f"{RUMOUR[:place]}{digit}{RUMOUR[place + 1 :]}"
    assert identify(changed).fingerprint != identify(RUMOUR).fingerprint


def test_nothing_is_known_by_nothing() -> None:
    assert identify("😀") == identify("")
    assert identify("").fingerprint is None


def test_an_address_in_a_code_is_searched_for_and_no_key() -> None:
    coded = identify("", media=["AgAD1"], coded_links=[POST])
    typed = identify("", links=[POST])
    assert typed.url_key
    assert coded.url_key is None
    assert coded.fingerprint is None
    assert coded.mentioned == coded.coded == (typed.url_key,)
    assert coded.words == f"⟨{typed.url_key}⟩"
    assert identify(RUMOUR, coded_links=[POST]).fingerprint == identify(RUMOUR).fingerprint
