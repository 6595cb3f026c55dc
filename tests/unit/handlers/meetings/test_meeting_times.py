"""When a meeting is, as people write it; and the fields that a whole invitation states."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.conversation import TimeUnclear, Unclear
from handlers.meetings import meeting_text
from handlers.meetings.content import Content, MeetingKind
from handlers.meetings.meeting_times import LONGEST, read_span, stated_span
from handlers.meetings.parsing import read_point, read_seats
from handlers.recognition.plain_text import visible
from tests.support import SETTINGS
from tests.support.meeting_actions import INVITATION

ZONE = SETTINGS.timezone
NOW = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)


def local(moment: datetime) -> str:
    return f"{moment.astimezone(ZONE):%d/%m %H:%M}"


@pytest.mark.parametrize(
    ("typed", "begin", "end"),
    [
        ("8h00 đến 11h00 thứ Bảy 14/3", "14/03 08:00", "14/03 11:00"),
        ("8h - 11h30, 14/3/2026", "14/03 08:00", "14/03 11:30"),
        ("14/3/2026 8:00-11:00", "14/03 08:00", "14/03 11:00"),
        ("từ 8h sáng đến 11h sáng ngày 14/3", "14/03 08:00", "14/03 11:00"),
        ("8h 14/3 đến 17h 15/3", "14/03 08:00", "15/03 17:00"),
        ("7h30–9h mai", "10/03 07:30", "10/03 09:00"),
        ("Thứ Bảy, ngày 14/3/2026, từ 8 giờ 00 đến 10 giờ 30", "14/03 08:00", "14/03 10:30"),
        ("14 giờ đến 16 giờ 30 phút, Thứ Năm 12/3/2026", "12/03 14:00", "12/03 16:30"),
        ("from 8:00 to 10:00 on 14/3", "14/03 08:00", "14/03 10:00"),
        ("14h00 ngày 12/3/2026", "12/03 14:00", "12/03 16:00"),
    ],
)
def test_times_are_read_as_people_write_them(typed: str, begin: str, end: str) -> None:
    assert tuple(map(local, read_span(typed, NOW, ZONE))) == (begin, end)


@pytest.mark.parametrize("typed", ["8h-8h 14/3", "8h-7h 14/3"])
def test_no_meeting_ends_before_it_begins(typed: str) -> None:
    with pytest.raises(TimeUnclear) as unclear:
        read_span(typed, NOW, ZONE)
    assert unclear.value.reason is Unclear.NO_SUCH_TIME


def test_a_meeting_lasts_a_week_at_most() -> None:
    begin, end = read_span("8h 14/3 đến 8h 21/3", NOW, ZONE)
    assert end - begin == LONGEST
    with pytest.raises(TimeUnclear):
        read_span("8h 14/3 đến 8h01 21/3", NOW, ZONE)


def test_a_day_without_a_date_in_a_forwarded_text_is_none() -> None:
    assert stated_span("8h sáng mai", NOW, ZONE) is None


@given(st.text(max_size=120))
def test_any_text_is_a_time_or_unclear(typed: str) -> None:
    try:
        begin, end = read_span(typed, NOW, ZONE)
    except TimeUnclear:
        return
    assert NOW < begin < end <= begin + LONGEST


@given(
    st.integers(min_value=2 * 24 * 60, max_value=250 * 24 * 60),
    st.integers(min_value=1, max_value=600),
    st.sampled_from(
        ["{0:%-H:%M} - {1:%-H:%M}, {0:%-d/%-m/%Y}", "{0:%-Hh%M} đến {1:%-Hh%M} ngày {0:%-d/%-m/%Y}"]
    ),
)
def test_what_is_written_out_is_read_back(later: int, minutes: int, form: str) -> None:
    begin = NOW.astimezone(ZONE) + timedelta(minutes=later)
    end = begin + timedelta(minutes=minutes)
    if end.date() == begin.date():
        assert read_span(form.format(begin, end), NOW, ZONE) == (begin, end)


def test_the_fields_of_a_whole_invitation() -> None:
    text = f"{INVITATION}\nSố chỗ: 1.200 người\nBản đồ: 20.94213, 106.33295"
    content = meeting_text.filled(Content(), text, SETTINGS, NOW)
    assert (content.title, content.place) == ("Họp giao ban tháng 3", "Hội trường UBND, 12 Lê Lợi")
    assert (content.seats, content.contact) == (1200, "chị Thu, 0912 345 678")
    assert content.answer_by is not None
    assert local(content.answer_by) == "12/03 17:00"
    assert (content.latitude, content.longitude) == (20.94213, 106.33295)
    assert content.html == "1. Tình hình tin giả\n2. Phân công tuần tới"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Họp báo ngày bầu cử", MeetingKind.PRESS_CONFERENCE),
        ("Tập huấn nhận biết tin giả", MeetingKind.TRAINING),
        ("Họp trực tuyến qua Zoom", MeetingKind.ONLINE),
        ("Họp giao ban", MeetingKind.MEETING),
    ],
)
def test_the_kind_is_the_one_that_the_title_names(title: str, kind: MeetingKind) -> None:
    assert meeting_text.filled(Content(), title, SETTINGS, NOW).kind is kind


@given(st.text(alphabet="ab :\n.–-0123456789/hgđếnlúcThời ianSốchỗ", max_size=300))
def test_every_value_stands_in_the_text(text: str) -> None:
    content = meeting_text.filled(Content(), text, SETTINGS, NOW)
    flat = " ".join(text.split())
    assert " ".join(content.title.split()) in flat
    assert content.place in flat
    assert set(visible(content.html).split()) <= set(text.split())


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("40", 40),
        ("40 cho", 40),
        ("1.000 nguoi", 1000),
        ("10.000", 10_000),
        ("10.001", None),
        ("0", None),
    ],
)
def test_seats(typed: str, count: int | None) -> None:
    assert read_seats(typed) == count


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("20.94213, 106.33295", (20.94213, 106.33295)),
        ("https://maps.example/@20.94213,106.33295,17z", (20.94213, 106.33295)),
        ("95.00000, 106.33295", None),
        ("12.3, 45.6", None),
    ],
)
def test_points_on_a_map(text: str, point: tuple[float, float] | None) -> None:
    assert read_point(text) == point


def test_a_deadline_after_the_beginning_is_dropped() -> None:
    late = replace(Content(), begins_at=None)
    text = INVITATION.replace("17h 12/3", "17h 20/3")
    assert meeting_text.filled(late, text, SETTINGS, NOW).answer_by is None
