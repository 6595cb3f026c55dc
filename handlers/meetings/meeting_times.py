"""When a meeting begins and ends, as people write it: `8h00 đến 11h00 thứ Bảy 12/12`."""

import contextlib
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from handlers.conversation import END_OF_DAY, TimeUnclear, Unclear, read_time

T = TypeVar("T")
USUAL_LENGTH = timedelta(hours=2)
"""How long a meeting is taken to last of which only the beginning is written."""
LONGEST = timedelta(days=7)
_CLOCK = (
    r"\d{1,2} ?(?:giờ|h|g|:)(?: ?\d{2}(?!\d| ?[/.]| ?-\d{1,2}(?! ?[\dhg:])| tháng))?(?: ?(?:phút|p)\b)?"
    r"(?: (?:sáng|trưa|chiều|tối|am|pm)\b)?"
)
_RANGE = re.compile(
    rf"(?P<head>.*?)(?P<begin>{_CLOCK})(?P<day>.*?) ?(?:-|–|—|đến|tới|to|until) ?"
    rf"(?P<end>{_CLOCK})(?P<tail>.*)",
    re.IGNORECASE,
)
_FROM = re.compile(r"(?:(?<=[,;.:] )|^)(?:từ|from|bắt đầu(?: từ| lúc)?) ", re.IGNORECASE)
_DAY_AND_MONTH = re.compile(r"\d{1,2} ?(?:[/.-]|tháng) ?\d{1,2}")
_WORDS_MAX = 14
"""Words behind a cue that may belong to the time."""


def read_span(text: str, now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The beginning and the end that `text` states, in UTC; without an end, the usual length.

    Raises:
        TimeUnclear: not understood, ambiguous, impossible, past, or it ends before it begins.
    """
    words = _FROM.sub("", " ".join(text.split()))
    if (match := _RANGE.fullmatch(words)) is None:
        begin = read_time(words, now, zone)
        return begin, begin + USUAL_LENGTH
    return _in_order(*_both(match, now, zone))


def _both(match: re.Match[str], now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Both times of a range; a day that only one of them has is the day of both."""
    day, tail = match["day"].strip(" ,"), match["tail"].strip(" ,")
    head = match["head"].strip(" ,:")
    begin = read_time(" ".join(filter(None, (head, match["begin"], day or tail))), now, zone)
    of_end = tail if day or not head else head
    end_day = tail or day or of_end
    return begin, read_time(f"{match['end']} {end_day}".strip(), now, zone)


def _in_order(begin: datetime, end: datetime) -> tuple[datetime, datetime]:
    if not begin < end <= begin + LONGEST:
        raise TimeUnclear(Unclear.NO_SUCH_TIME)
    return begin, end


def read_deadline(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """Until when to answer; a day alone means its end.

    Raises:
        TimeUnclear: not understood, ambiguous, impossible, or past.
    """
    return read_time(text, now, zone, default=END_OF_DAY)


def stated_span(phrase: str, now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime] | None:
    """The span at the beginning of a phrase that names a day and a month; None for none.

    A forwarded text's *tomorrow* is not today's, so a day without a date does not count.
    """
    return _longest_beginning(phrase, lambda beginning: read_span(beginning, now, zone))


def stated_deadline(phrase: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The deadline at the beginning of a phrase that names a day and a month; None for none."""
    return _longest_beginning(phrase, lambda beginning: read_deadline(beginning, now, zone))


def _longest_beginning(phrase: str, read: Callable[[str], T]) -> T | None:
    """What the longest beginning that can be read says."""
    words = re.sub(r"[(),;]", " ", phrase).split()
    for count in range(min(len(words), _WORDS_MAX), 0, -1):
        beginning = " ".join(words[:count]).rstrip(".:")
        if not _DAY_AND_MONTH.search(beginning):
            return None
        with contextlib.suppress(TimeUnclear):
            return read(beginning)
    return None
