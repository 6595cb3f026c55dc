"""Two texts are the same only when every difference is noise; what differs is told word by word."""

import pytest

from handlers.recognition.match_keys import identify
from handlers.recognition.ranking import SIMILAR_FROM, KnownPost, find_same_text, rank
from handlers.recognition.text_similarity import differences, prepare, score

RUMOUR = "Công an xã Hòa An yêu cầu mọi người nộp 500.000 đồng vào số 0912345678 trước ngày 15/3"
BARE = "cong an xa hoa an yeu cau moi nguoi nop 500.000 dong vao so 0912345678 truoc ngay 15/3"


def known(text: str, number: int = 1) -> KnownPost:
    identity = identify(text)
    return KnownPost(number, identity.fingerprint, identity.words)


def closeness(new: str, old: str) -> float:
    return rank(identify(new), [known(old)])[0].score


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("500.000", "5.000.000"),
        ("15/3", "16/3"),
        ("0912345678", "0912345679"),
        ("xã Hòa An", "xã Hòa Bình"),
        ("Công an", "Ngân hàng"),
        ("yêu cầu", "không yêu cầu"),
        ("trước", "sau"),
    ],
)
def test_a_difference_that_may_mean_something_is_similar_at_most(was: str, now: str) -> None:
    changed = identify(RUMOUR.replace(was, now))
    assert find_same_text(changed, [known(RUMOUR)]) is None
    (judged,) = rank(changed, [known(RUMOUR)])
    assert SIMILAR_FROM <= judged.score < 1
    assert judged.differs
    assert all(pair[0] != pair[1] for pair in judged.differs)


def test_what_differs_is_told_word_by_word() -> None:
    new, old = identify(RUMOUR.replace("500.000", "900.000")), identify(RUMOUR)
    assert differences(new.words, old.words) == (("500.000", "900.000"),)
    negated = identify(RUMOUR.replace("yêu cầu", "không yêu cầu"))
    assert differences(negated.words, old.words) == (("", "không"),)


def test_a_text_typed_without_diacritics_is_the_same() -> None:
    assert find_same_text(identify(BARE), [known(RUMOUR)])
    assert find_same_text(identify(RUMOUR), [known(BARE)])


def test_without_diacritics_it_is_open_which_of_two_is_meant() -> None:
    back, late = "Ngân hàng hoàn tiền cho khách", "Ngân hàng hoãn tiền cho khách"
    assert find_same_text(identify(late), [known(back)]) is None
    both = [known(back, 1), known(late, 2)]
    assert find_same_text(identify("ngan hang hoan tien cho khach"), both) is None
    assert find_same_text(identify(late), both) == both[1]


@pytest.mark.parametrize(
    "around",
    [
        f"Mọi người ơi xem giúp em: {RUMOUR}. Có đúng không ạ, em lo quá",
        RUMOUR.rpartition(" vào số")[0],
        f"Mai mất điện cả ngày từ 7h đến 17h. {RUMOUR}. Trường cho nghỉ học đến hết tuần sau",
    ],
)
def test_a_quote_a_cut_copy_and_one_of_several_claims_are_found(around: str) -> None:
    assert closeness(around, RUMOUR) > 0.8


def test_another_story_is_not_asked_about() -> None:
    other = "Trường tiểu học thông báo lịch họp phụ huynh đầu năm vào sáng thứ bảy tuần này"
    assert closeness(other, RUMOUR) < SIMILAR_FROM


def test_two_stories_of_different_names_are_further_apart() -> None:
    one, other = prepare("acbs co tong giam doc moi"), prepare("vpbank co tong giam doc moi")
    assert score(one, other) < score(one, prepare("acbs vua co tong giam doc moi khac"))


def test_nothing_is_like_nothing() -> None:
    assert score(prepare(""), prepare("")) == 0.0


def test_a_picture_that_looks_the_same_is_similar_and_never_the_same() -> None:
    (judged,) = rank(identify(""), [known("")], [(1, 0)])
    assert SIMILAR_FROM < judged.score < 1
