"""Sentences, dates and numbers as a reader sees them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.conversation.i18n import Html, MissingSentence, Speech, nearest
from handlers.recognition.plain_text import visible
from storage.models import Role
from tests.support import SETTINGS

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
VOTE = datetime(2026, 3, 15, 0, 0, tzinfo=UTC)


def test_what_a_person_typed_cannot_become_formatting() -> None:
    assert Speech("vi", HANOI)("only-in-private", link="<b>&").endswith("&lt;b&gt;&amp;")


def test_html_of_our_own_is_kept() -> None:
    assert Speech("vi", HANOI)("only-in-private", link=Html("<b>x</b>")).endswith("<b>x</b>")


@pytest.mark.parametrize("length", [1000, 1001, 2501, 4096])
def test_a_sentence_takes_a_text_of_any_length(length: int) -> None:
    said = Speech("vi", HANOI)("only-in-private", link="&" * length)
    assert said.endswith(" " + "&amp;" * length)


def test_a_button_carries_a_name_as_it_is() -> None:
    assert Speech("vi", HANOI).plain("only-in-private", link="A & B").endswith("A & B")


def test_a_member_is_spoken_to_as_a_friend_and_an_officer_as_the_club_decides() -> None:
    to_officer = SETTINGS.address("vi", Role.OWNER)
    assert "để xem bạn" in Speech("vi", HANOI)("button-not-yours")
    assert "để xem anh/chị" in Speech("vi", HANOI, you=to_officer)("button-not-yours")


@pytest.mark.parametrize("role", [None, Role.MEMBER])
def test_only_officers_have_a_form_of_address_of_their_own(role: Role | None) -> None:
    assert SETTINGS.address("vi", role) is None
    assert SETTINGS.address("en", Role.OFFICER) is None


@pytest.mark.parametrize(("key", "values"), [("no-such-key", {}), ("trouble", {})])
def test_a_sentence_that_is_missing_or_incomplete_is_loud(key: str, values: dict[str, str]) -> None:
    with pytest.raises(MissingSentence):
        Speech("vi", HANOI)(key, **values)


def test_moments_are_told_in_the_clubs_time_zone() -> None:
    assert Speech("vi", HANOI).when(VOTE) == "7:00, Chủ Nhật 15/3/2026"
    assert Speech("en", HANOI).when(VOTE) == "7:00, Sunday 15 Mar 2026"


def test_a_moment_in_a_message_carries_its_time_and_reads_the_same() -> None:
    moment = Speech("vi", HANOI).moment(VOTE)
    assert moment == '<tg-time unix="1773532800">7:00, Chủ Nhật 15/3/2026</tg-time>'
    assert visible(moment) == Speech("vi", HANOI).when(VOTE)
    assert moment in Speech("vi", HANOI)("announcement-valid-until", when=moment)


@pytest.mark.parametrize(("minute", "shown"), [(0, "0:00"), (419, "6:59"), (1439, "23:59")])
def test_a_time_of_day(minute: int, shown: str) -> None:
    assert Speech("vi", HANOI).clock(minute) == shown


def test_large_numbers_are_grouped_as_the_reader_expects() -> None:
    assert Speech("vi", HANOI).number(1204) == "1.204"
    assert Speech("en", HANOI).number(1204) == "1,204"


@pytest.mark.parametrize(
    ("tag", "language"), [("vi", "vi"), ("en-GB", "en"), ("EN", "en"), ("fr", "vi"), ("", "vi")]
)
def test_a_foreign_app_is_spoken_to_in_vietnamese(tag: str, language: str) -> None:
    assert nearest(tag) == language
