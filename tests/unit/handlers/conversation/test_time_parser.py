"""Times as officers write them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.conversation.i18n import Speech
from handlers.conversation.time_parser import END_OF_DAY, TimeUnclear, Unclear, read_time

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 3, 10, 9, 0, tzinfo=HANOI)  # a Tuesday
MINUTES = st.integers(1, 9 * 365 * 24 * 60)


def read(text: str, now: datetime = NOW) -> str:
    return read_time(text, now, HANOI).astimezone(HANOI).strftime("%d/%m/%Y %H:%M")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("19h30 mai", "11/03/2026 19:30"),
        ("19g30 ngày mai", "11/03/2026 19:30"),
        ("lúc 19 giờ 30 phút, mai", "11/03/2026 19:30"),
        ("8h thứ Hai", "16/03/2026 08:00"),
        ("thứ 2 8h", "16/03/2026 08:00"),
        ("thứ bảy 7h rưỡi", "14/03/2026 07:30"),
        ("5 rưỡi chiều", "10/03/2026 17:30"),
        ("chiều mai 5 rưỡi", "11/03/2026 17:30"),
        ("năm rưỡi chiều", "10/03/2026 17:30"),
        ("mười một giờ trưa mai", "11/03/2026 11:00"),
        ("thứ năm 5 giờ kém 15 chiều", "12/03/2026 16:45"),
        ("8 kém 10 tối thứ năm", "12/03/2026 19:50"),
        ("8h kém 15 mai", "11/03/2026 07:45"),
        ("8h T7", "14/03/2026 08:00"),
        ("thứ sáu 8 giờ", "13/03/2026 08:00"),
        ("thu sau 8 gio", "13/03/2026 08:00"),
        ("8h thứ hai tuần sau", "16/03/2026 08:00"),
        ("thứ ba tuần sau 8 giờ", "17/03/2026 08:00"),
        ("thứ Hai tới 8h", "16/03/2026 08:00"),
        ("thứ Hai tối 8h", "16/03/2026 20:00"),
        ("15/3 7:00", "15/03/2026 07:00"),
        ("8h 15/3", "15/03/2026 08:00"),
        ("7h sáng 15/3/2026", "15/03/2026 07:00"),
        ("7:00 15-3-26", "15/03/2026 07:00"),
        ("15 tháng 3 năm 2026 lúc 7 giờ", "15/03/2026 07:00"),
        ("2026-03-15 07:00", "15/03/2026 07:00"),
        ("chủ nhật 7 giờ", "15/03/2026 07:00"),
        ("CN 7h", "15/03/2026 07:00"),
        ("20h", "10/03/2026 20:00"),
        ("tối nay 8h", "10/03/2026 20:00"),
        ("8 giờ tối nay", "10/03/2026 20:00"),
        ("toi nay 8h", "10/03/2026 20:00"),
        ("2h chiều", "10/03/2026 14:00"),
        ("1h trưa mai", "11/03/2026 13:00"),
        ("11h đêm nay", "10/03/2026 23:00"),
        ("8 sáng mai", "11/03/2026 08:00"),
        ("sau 30 phút", "10/03/2026 09:30"),
        ("2 tiếng nữa", "10/03/2026 11:00"),
        ("ngày kia 9h", "12/03/2026 09:00"),
        ("9h ngày mốt", "12/03/2026 09:00"),
        ("tomorrow 7:30", "11/03/2026 07:30"),
        ("Monday 8am", "16/03/2026 08:00"),
        ("tonight at 8 pm", "10/03/2026 20:00"),
        ("this afternoon 3:15", "10/03/2026 15:15"),
        ("in 2 hours", "10/03/2026 11:00"),
        ("Thu 12 March 7:30", "12/03/2026 07:30"),
        ("12 pm tomorrow", "11/03/2026 12:00"),
    ],
)
def test_a_time_is_read_the_way_people_write_it(text: str, meant: str) -> None:
    assert read(text) == meant


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", Unclear.UNREADABLE),
        ("khi nào tiện", Unclear.UNREADABLE),
        ("7h-19h mai", Unclear.UNREADABLE),
        ("8h hôm kia", Unclear.UNREADABLE),
        ("7.30 mai", Unclear.UNREADABLE),
        ("next Monday 8am", Unclear.UNREADABLE),
        ("x" * 81, Unclear.UNREADABLE),
        ("mai", Unclear.NO_TIME),
        ("sáng mai", Unclear.NO_TIME),
        ("8h 30/2", Unclear.NO_SUCH_TIME),
        ("25h mai", Unclear.NO_SUCH_TIME),
        ("24:00 mai", Unclear.NO_SUCH_TIME),
        ("7:60 mai", Unclear.NO_SUCH_TIME),
        ("19h sáng mai", Unclear.NO_SUCH_TIME),
        ("12h đêm mai", Unclear.NO_SUCH_TIME),
        ("8h thứ Hai 15/3", Unclear.NO_SUCH_TIME),
        ("8h 1/1/2099", Unclear.NO_SUCH_TIME),
        ("thu hai toi 8h", Unclear.TWO_MEANINGS),
        ("mai 15/3 7h", Unclear.TWO_MEANINGS),
        ("8h", Unclear.PAST),
        ("9/3 7:00", Unclear.PAST),
        ("9:00 hôm nay", Unclear.PAST),
        ("8h thứ hai tuần này", Unclear.PAST),
        ("sau 0 phút", Unclear.PAST),
    ],
)
def test_what_has_no_single_coming_meaning_is_said_so(text: str, why: Unclear) -> None:
    with pytest.raises(TimeUnclear) as unclear:
        read(text)
    assert unclear.value.reason is why


def test_a_bare_weekday_whose_hour_is_over_means_next_week() -> None:
    assert read("8h thứ ba") == "17/03/2026 08:00"
    assert read("9h01 thứ ba") == "10/03/2026 09:01"


def test_a_date_without_a_year_is_next_year_s_only_when_this_one_s_is_long_over() -> None:
    assert read("8h 5/1", datetime(2026, 12, 20, 9, 0, tzinfo=HANOI)) == "05/01/2027 08:00"


def test_a_day_alone_can_mean_its_end() -> None:
    found = read_time("15/3", NOW, HANOI, default=END_OF_DAY)
    assert found == datetime(2026, 3, 15, 16, 59, tzinfo=UTC)


@given(MINUTES, st.sampled_from(["vi", "en"]))
def test_what_the_bot_shows_is_read_back_to_the_same_minute(minutes: int, tag: str) -> None:
    moment = NOW + timedelta(minutes=minutes)
    assert read_time(Speech(tag, HANOI).when(moment), NOW, HANOI) == moment


_PIECES = """8h 19:30 25 7 giờ 30 phút sáng tối nay mai kia thứ hai ba sáu tuần sau tới 15/3 31/2 2026
tháng năm in day tomorrow Thu March pm nữa 999 , - . 99/99/9999 ²"""


@given(st.text() | st.lists(st.sampled_from(_PIECES.split())).map(" ".join))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        found = read_time(text, NOW, HANOI)
    except TimeUnclear:
        return
    assert found > NOW
