"""Calendar files, read by two libraries that did not write them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import vobject
from hypothesis import given
from hypothesis import strategies as st
from ics import Calendar

from handlers.rendering.calendar_file import CalendarEntry, write

SAIGON = ZoneInfo("Asia/Ho_Chi_Minh")
ENTRY = CalendarEntry(
    uid="4f1c@niemtin",
    sequence=0,
    title="Họp báo: Ngày bầu cử; địa điểm, giấy tờ",
    begins_at=datetime(2026, 3, 20, 14, 0, tzinfo=SAIGON),
    ends_at=datetime(2026, 3, 20, 16, 30, tzinfo=SAIGON),
    changed_at=datetime(2026, 3, 10, 2, 0, tzinfo=UTC),
    organiser="Câu lạc bộ Niềm Tin",
    organiser_uri="mailto:clb@hoaan.example",
    place="Nhà văn hóa, 12 Lê Lợi, Hòa An",
    position=(10.2525, 105.9722),
    link="https://hop.example/phong-1",
    description="1. Danh sách cử tri\n2. Hỏi – đáp\n" + "Giấy tờ cần mang theo. " * 8,
    alarms=(timedelta(days=1), timedelta(hours=2)),
)


def by_ics(content: bytes) -> Any:
    """The only event of the file, as `ics` reads it."""
    (event,) = Calendar(content.decode()).events
    return event


def by_vobject(content: bytes) -> Any:
    """The only event of the file, as `vobject` reads it."""
    return vobject.readOne(content.decode()).vevent


def test_both_libraries_read_what_the_meeting_is() -> None:
    content = write(ENTRY)
    one, other = by_ics(content), by_vobject(content)
    assert (one.uid, other.uid.value) == ("4f1c@niemtin",) * 2
    assert (one.name, other.summary.value) == (ENTRY.title,) * 2
    assert (one.location, other.location.value) == (ENTRY.place,) * 2
    assert (one.description, other.description.value) == (ENTRY.description,) * 2
    assert (one.url, other.url.value) == (ENTRY.link,) * 2
    assert one.begin.datetime == other.dtstart.value == datetime(2026, 3, 20, 7, 0, tzinfo=UTC)
    assert one.end.datetime == other.dtend.value == datetime(2026, 3, 20, 9, 30, tzinfo=UTC)
    assert one.geo == (10.2525, 105.9722)
    assert other.geo.value == "10.2525;105.9722"
    assert other.organizer.value == "mailto:clb@hoaan.example"
    assert other.organizer.params["CN"] == ["Câu lạc bộ Niềm Tin"]


def test_the_calendar_reminds_as_often_as_the_member_wants() -> None:
    assert {alarm.trigger for alarm in by_ics(write(ENTRY)).alarms} == {
        -timedelta(days=1),
        -timedelta(hours=2),
    }
    assert not by_ics(write(replace(ENTRY, alarms=()))).alarms


def test_lines_have_at_most_75_bytes_and_end_as_the_standard_says() -> None:
    content = write(ENTRY)
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, content.split(b"\r\n"))) <= 75


def test_an_update_replaces_the_first_entry() -> None:
    moved = replace(ENTRY, sequence=1, begins_at=ENTRY.begins_at + timedelta(days=1))
    moved = replace(moved, ends_at=ENTRY.ends_at + timedelta(days=1))
    calendar: dict[str, Any] = {}
    for content in (write(ENTRY), write(moved), write(ENTRY)):
        assert vobject.readOne(content.decode()).method.value == "PUBLISH"
        event = by_vobject(content)
        kept = calendar.get(event.uid.value)
        # RFC 5546, 2.1.5: of one UID the entry of the highest SEQUENCE counts.
        if kept is None or int(event.sequence.value) >= int(kept.sequence.value):
            calendar[event.uid.value] = event
    (only,) = calendar.values()
    assert only.dtstart.value == datetime(2026, 3, 21, 7, 0, tzinfo=UTC)


def test_a_meeting_called_off_leaves_the_calendar() -> None:
    content = write(replace(ENTRY, sequence=2, is_cancelled=True))
    read = vobject.readOne(content.decode())
    assert read.method.value == "CANCEL"
    assert read.vevent.status.value == by_ics(content).status == "CANCELLED"
    assert read.vevent.uid.value == ENTRY.uid
    assert read.vevent.sequence.value == "2"
    assert not by_ics(content).alarms


def test_a_meeting_online_has_its_link_as_its_place() -> None:
    entry = replace(ENTRY, place="", position=None)
    assert by_ics(write(entry)).location == ENTRY.link
    assert b"GEO" not in write(entry)


def test_what_a_meeting_does_not_have_is_left_out() -> None:
    content = write(replace(ENTRY, link="", description="", alarms=()))
    assert b"URL" not in content
    assert b"DESCRIPTION" not in content


@given(
    st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1).filter(str.strip),
    st.text(st.characters(exclude_categories=["C", "Zl", "Zp"])),
)
def test_any_words_of_an_officer_are_read_as_they_were_written(title: str, agenda: str) -> None:
    content = write(replace(ENTRY, title=title, description=agenda, alarms=()))
    event = by_vobject(content)
    assert event.summary.value == title
    assert (event.description.value if agenda else "") == agenda
    assert max(map(len, content.split(b"\r\n"))) <= 75
