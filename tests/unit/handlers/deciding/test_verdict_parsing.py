"""What an officer may and may not write in a verdict (refusal: no-verdict-without-source)."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from handlers.conversation.context import UserError
from handlers.deciding.verdict.parsing import (
    LETTERS_IN_PLACE,
    read_claim,
    read_explanation,
    read_sources,
)
from handlers.messages import Address, Incoming, Media, MediaKind, UpdateKind
from handlers.recognition.ranking import is_copy
from handlers.worker_tasks import Args, Cause, T, WorkerFailed, at_once

RUMOUR = "Công an yêu cầu nộp 500.000 đồng để cập nhật VNeID"
POST_KEY = "facebook:1035862816472149"


def said(text: str, media: Media | None = None) -> Incoming:
    return Incoming(
        update_key="1",
        sender=Address("telegram", "1"),
        kind=UpdateKind.MESSAGE,
        at=datetime(2026, 3, 10, tzinfo=UTC),
        text=text,
        media=media,
    )


@pytest.mark.parametrize("words", ["x" * 10, "x" * 300, "xx" + "😀" * 4])
def test_a_claim_of_ten_to_three_hundred_characters(words: str) -> None:
    assert read_claim(said(f" {words}\n"), [RUMOUR], at_once) == words


@pytest.mark.parametrize("words", ["", "x" * 9, "😀" * 5, "\u200b" * 300, "…" * 20])
def test_a_claim_too_short_or_without_a_letter(words: str) -> None:
    with pytest.raises(UserError, match="decide-claim-length"):
        read_claim(said(words), [RUMOUR], at_once)


@pytest.mark.parametrize(("words", "over"), [("x" * 301, 1), ("😀" * 151, 2), ("x" * 6000, 5700)])
def test_a_claim_too_long_is_told_by_how_much(words: str, over: int) -> None:
    with pytest.raises(UserError, match="text-too-long") as sorry:
        read_claim(said(words), [RUMOUR], at_once)
    assert sorry.value.values == {"limit": 300, "over": over}


def test_a_copy_of_the_post_is_no_claim_in_ones_own_words() -> None:
    with pytest.raises(UserError, match="decide-claim-copied"):
        read_claim(said(RUMOUR.upper() + "!!!"), [RUMOUR], at_once)


@pytest.mark.parametrize("beyond", [0, 1])
def test_a_claim_is_compared_with_many_posts_by_a_worker(beyond: int) -> None:
    asked: list[object] = []

    def noting(task: Callable[[*Args], T], *args: *Args) -> T:
        asked.append(task)
        return at_once(task, *args)

    posts = ["a" * (LETTERS_IN_PLACE - len(RUMOUR) + beyond), RUMOUR]
    with pytest.raises(UserError, match="decide-claim-copied"):
        read_claim(said(RUMOUR.lower()), posts, noting)
    assert asked == [is_copy] * beyond


def test_without_a_worker_a_claim_is_compared_with_as_many_posts_as_take_no_time() -> None:
    def dead(task: Callable[[*Args], T], *args: *Args) -> T:
        raise WorkerFailed(Cause.DIED)

    long = "a" * LETTERS_IN_PLACE
    with pytest.raises(UserError, match="decide-claim-copied"):
        read_claim(said(RUMOUR), [RUMOUR, long], dead)
    assert read_claim(said(RUMOUR), [long, RUMOUR], dead) == RUMOUR


@pytest.mark.parametrize("words", ["x" * 20, "x" * 1500])
def test_an_explanation_of_at_least_a_sentence(words: str) -> None:
    assert read_explanation(said(words)) == words


@pytest.mark.parametrize("words", ["", "x" * 19])
def test_an_explanation_too_short(words: str) -> None:
    with pytest.raises(UserError, match="decide-explanation-length"):
        read_explanation(said(words))


@pytest.mark.parametrize(
    "links",
    [
        "https://bocongan.gov.vn/tin/canh-bao?id=1",
        "bocongan.gov.vn/tin/canh-bao,\nhttps://chinhphu.vn/a – www.chinhphu.vn.",
        "www.bocongan.gov.vn; bocongan.gov.vn",
    ],
)
def test_an_explanation_of_nothing_but_links_is_refused(links: str) -> None:
    with pytest.raises(UserError, match="decide-explanation-links"):
        read_explanation(said(links))
    with_words = f"Công an không yêu cầu: {links}"
    assert read_explanation(said(with_words)) == with_words


@pytest.mark.parametrize(("words", "over"), [("x" * 1501, 1), ("x" * 6000, 4500)])
def test_an_explanation_too_long_is_told_by_how_much(words: str, over: int) -> None:
    with pytest.raises(UserError, match="text-too-long") as sorry:
        read_explanation(said(words))
    assert sorry.value.values == {"limit": 1500, "over": over}


def test_an_explanation_is_written_and_not_a_picture() -> None:
    with pytest.raises(UserError, match="decide-explanation-length"):
        read_explanation(said("x" * 20, Media(MediaKind.PHOTO, file="f")))


@pytest.mark.parametrize("count", [1, 5])
def test_one_to_five_sources(count: int) -> None:
    links = [f"https://bocongan.gov.vn/tin/{n}" for n in range(count)]
    assert read_sources(said("Xem: " + ", ".join(links)), ()) == tuple(links)


def test_the_same_source_twice_is_one() -> None:
    twice = "https://bocongan.gov.vn/tin https://bocongan.gov.vn/tin?utm_source=zalo"
    assert read_sources(said(twice), ()) == ("https://bocongan.gov.vn/tin",)


@pytest.mark.parametrize("length", [300, 301])
def test_a_source_of_up_to_three_hundred_characters(length: int) -> None:
    link = "https://bocongan.gov.vn/".ljust(length, "x")
    if length == 300:
        assert read_sources(said(link), ()) == (link,)
        return
    with pytest.raises(UserError):
        read_sources(said(link), ())


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("theo báo chí", "decide-source-missing"),
        ("http://bocongan.gov.vn/tin", "decide-source-https"),
        ("https://localhost/tin", "decide-source-https"),
        ("https://127.0.0.1/tin", "decide-source-https"),
        ("https://[::1]/tin", "decide-source-https"),
        ("https://bộcôngan.vn/tin", "decide-source-https"),
        ("https://xn--bcngan-x8a.vn/tin", "decide-source-https"),
        ("https://bocongan.gov.vn@xac-thuc.top/tin", "decide-source-https"),
        ("https://xac-thuc.top\\@bocongan.gov.vn/tin", "decide-source-https"),
        ("https://m.facebook.com/reel/1035862816472149", "decide-source-is-post"),
        (" ".join(f"https://bocongan.gov.vn/{n}" for n in range(6)), "decide-source-many"),
    ],
)
def test_what_is_no_public_source(words: str, why: str) -> None:
    with pytest.raises(UserError, match=why):
        read_sources(said(words), {POST_KEY})
