"""What members read about a correction: the words that changed, or the fields if there are many."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.announcing.correction_notice import notice
from handlers.conversation.i18n import Speech
from handlers.recognition.plain_text import visible
from handlers.views.announcement import Content
from handlers.views.word_changes import changed_places
from tests.support import SETTINGS, VOTING_DAY
from tests.support.announcements.records import numbered

VI, EN = Speech("vi", SETTINGS.timezone), Speech("en", SETTINGS.timezone)
assert VOTING_DAY.valid_until


def told(after: Content, before: Content = VOTING_DAY, say: Speech = VI) -> str:
    return visible(notice(before, after, numbered(7), say).text)


@pytest.mark.parametrize(
    ("after", "line"),
    [
        (replace(VOTING_DAY, title="Ngày bầu cử 22/3/2026"), "Ngày bầu cử 15/3/2026 → 22/3/2026"),
        (
            replace(VOTING_DAY, html="Cử tri mang theo <b>giấy mời</b> hoặc căn cước."),
            "tri mang theo “thẻ cử tri” → “giấy mời” hoặc căn cước.",
        ),
        (
            replace(VOTING_DAY, facts=("Từ 7 giờ đến 18 giờ", "Mỗi cử tri tự đi bầu")),
            "7 giờ đến 19 → 18 giờ Mỗi cử",
        ),
        (
            replace(VOTING_DAY, html="Cử tri mang theo thẻ cử tri."),
            "theo thẻ cử “tri hoặc căn cước.” → tri.",
        ),
        (replace(VOTING_DAY, issuer="Ban X"), "Nơi phát hành: Ủy ban bầu cử tỉnh Hòa An → Ban X"),
        (
            replace(VOTING_DAY, source_url="", source_ref="12/TB-X"),
            "Nguồn kiểm chứng: https://hoaan.example/bau-cu → 12/TB-X",
        ),
        (
            replace(VOTING_DAY, valid_until=VOTING_DAY.valid_until + timedelta(hours=1)),
            "Có hiệu lực đến: 19:00, Chủ Nhật 15/3/2026 → 20:00, Chủ Nhật 15/3/2026",
        ),
        (
            replace(VOTING_DAY, valid_until=None),
            "Có hiệu lực đến: 19:00, Chủ Nhật 15/3/2026 → không có",
        ),
    ],
)
def test_one_change_is_told_with_the_words_around_it(after: Content, line: str) -> None:
    assert f"Đã sửa: {line}\n" in told(after)


def test_words_that_were_added_or_left_out_are_said_to_be() -> None:
    more = replace(VOTING_DAY, html=VOTING_DAY.html.replace("hoặc", "và giấy mời hoặc"))
    assert "thẻ cử tri (thêm “và giấy mời”) hoặc căn cước." in told(more)
    assert "thẻ cử tri (bỏ “và giấy mời”) hoặc căn cước." in told(VOTING_DAY, more)


def test_few_changes_are_listed_and_of_many_the_fields_are_named() -> None:
    two = replace(VOTING_DAY, title="Ngày bầu cử 22/3/2026", issuer="Ban X")
    assert "Đã sửa:\n• Ngày bầu cử 15/3/2026 → 22/3/2026\n• Nơi phát hành:" in told(two)
    many = replace(two, html="Cử tri nhớ mang <b>thẻ</b> nhé.", source_ref="1/TB")
    assert "Đã sửa các mục: Tiêu đề, Nội dung, Nơi phát hành, Nguồn kiểm chứng." in told(many)


def test_a_change_made_in_title_and_text_is_told_once() -> None:
    before = replace(VOTING_DAY, html="Ngày bầu cử là 15/3/2026 nhé.")
    after = replace(before, title="Ngày bầu cử 22/3/2026", html="Ngày bầu cử là 22/3/2026 nhé.")
    assert told(after, before).count("22/3/2026") == 2  # in the title, and in the one place


def test_formatting_and_links_are_named_by_their_field() -> None:
    after = replace(VOTING_DAY, html=visible(VOTING_DAY.html))
    assert "Đã sửa các mục: Nội dung." in told(after)


def test_everyone_reads_the_changes_of_the_language_they_read() -> None:
    before = replace(VOTING_DAY, title_en="Voting day", html_en="Open from 7:00.")
    after = replace(before, html_en="Open from 8:00.")
    assert "Corrected: Open from 7:00. → 8:00.\n" in told(after, before, EN)
    assert "Đã sửa các mục: Nội dung tiếng Anh." in told(after, before)


def test_a_long_passage_is_shortened() -> None:
    after = replace(VOTING_DAY, html="Đổi hẳn " + "chữ " * 400)
    assert len(told(after)) < 400


WORDS = st.lists(st.sampled_from(["một", "hai", "19:30", "20:00", "<&>"]), max_size=12)


@given(WORDS, WORDS)
def test_putting_the_old_words_back_gives_the_old_text(old: list[str], new: list[str]) -> None:
    places = list(changed_places(" ".join(old), " ".join(new)))
    assert bool(places) == (old != new)
    removed = [word for place in places for word in place.removed.split()]
    added = [word for place in places for word in place.added.split()]
    assert len(new) - len(added) == len(old) - len(removed)
    assert sorted(old + added) == sorted(new + removed)
