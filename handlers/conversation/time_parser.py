"""Times as people write them: `19h30 mai`, `8h thứ Hai`, `15/3 7:00`, `tomorrow 7:30`.

The parser removes known parts from the text, one kind after the other; a remainder means that the
text was not understood. Callers show the parsed time in full, so that a misreading is noticed.

The library dateparser was rejected: it reads `20h` as 5:00 tomorrow, `chủ nhật 7 giờ` as a
Saturday, and `19h30 mai` not at all.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from handlers.recognition.plain_text import plain

_LONGEST = 80
_YEARS_AHEAD = 10
_HALF_A_YEAR = timedelta(days=183)
END_OF_DAY = time(23, 59)


class Unclear(StrEnum):
    """Why a time was refused; each has a sentence that says how to write it."""

    UNREADABLE = "unreadable"
    NO_TIME = "no-time"
    """There is a day but no time of day."""
    NO_SUCH_TIME = "no-such-time"
    """30/2, 25h, `19h sáng`, or a weekday that is not that date."""
    TWO_MEANINGS = "two-meanings"
    PAST = "past"


class TimeUnclear(Exception):
    """The text does not name exactly one future time."""

    def __init__(self, reason: Unclear) -> None:
        super().__init__(reason.value)
        self.reason = reason


def read_time(text: str, now: datetime, zone: ZoneInfo, *, default: time | None = None) -> datetime:
    """The time that `text` means in `zone` at the time `now`, in UTC.

    `default` is the time of day for a text that only names a day; else such a text is unclear.

    Raises:
        TimeUnclear: not understood, ambiguous, impossible, or past.
    """
    words = _Words(_prepared(text))
    moment = _span(words, now)
    if moment is None:
        moment = _moment(words, now.astimezone(zone).replace(tzinfo=None), default).replace(
            tzinfo=zone
        )
    if moment <= now:
        raise TimeUnclear(Unclear.PAST)
    return moment.astimezone(UTC)


def read_clock(text: str) -> time:
    """The time of day that `text` means: `19h30`, `7 giờ sáng`.

    Raises:
        TimeUnclear: not understood, or impossible.
    """
    words = _Words(_prepared(text))
    clock = _clock(words)
    words.finish()
    if clock is None:
        raise TimeUnclear(Unclear.UNREADABLE)
    return clock


class _Words:
    """The part of the text that has not been parsed yet."""

    def __init__(self, text: str) -> None:
        self._left = text

    def take(self, pattern: str) -> re.Match[str] | None:
        """Removes the first match from the text and returns it."""
        match = re.search(rf"(?<![\w/])(?:{pattern})(?![\w/])", self._left, re.ASCII)
        if match:
            self._left = f"{self._left[: match.start()]} | {self._left[match.end() :]}"
        return match

    def has(self, pattern: str) -> bool:
        return re.search(rf"\b{pattern}\b", self._left, re.ASCII) is not None

    def finish(self) -> None:
        """Raises TimeUnclear if anything but filler words is left."""
        if set(self._left.replace("|", " ").split()) - _FILLERS:
            raise TimeUnclear(Unclear.UNREADABLE)


_FILLERS = {"luc", "vao", "ngay", "den", "het", "truoc", "at", "on", "by"}


_HOURS_SPELT = (
    *("mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam"),
    *("chin", "muoi", "muoi mot", "muoi hai"),
)
_SPELT_HOUR = re.compile(
    # Longest first. Not in *thứ năm giờ* nor in *tháng ba*; only in front of the word for an hour.
    rf"(?<!thu )(?<!thang )\b({'|'.join(sorted(_HOURS_SPELT, key=len, reverse=True))})"
    r"(?= (?:gio|ruoi|h\b))"
)


def _prepared(text: str) -> str:
    if len(text) > _LONGEST:
        raise TimeUnclear(Unclear.UNREADABLE)
    # Without diacritics *tối* (evening) and *tới* (coming) are the same word: replace them before.
    words = unicodedata.normalize("NFC", text).lower().replace("tối", "evening")
    words = plain(words.replace("tới", "coming").replace("tonight", "evening today"))
    words = _SPELT_HOUR.sub(lambda match: str(_HOURS_SPELT.index(match[1]) + 1), words)
    return re.sub("([0-9])([ap]m)", r"\1 \2", words.replace(",", " "))


# ---- spans: "sau 30 phút" ----

_UNITS = {"phut": 1, "minute": 1, "min": 1, "gio": 60, "tieng": 60, "hour": 60}
_UNITS |= {"ngay": 24 * 60, "day": 24 * 60}
_UNIT = rf"({'|'.join(_UNITS)})s?"
_SPANS = (
    # Not in *thứ sáu 8 giờ* (Friday) nor in *tuần sau 8 giờ* (next week).
    rf"(?<!thu )(?<!tuan )(?:sau|in) ([0-9]{{1,3}}) ?{_UNIT}",
    rf"([0-9]{{1,3}}) ?{_UNIT} nua",
)


def _span(words: _Words, now: datetime) -> datetime | None:
    for pattern in _SPANS:
        if match := words.take(pattern):
            words.finish()
            return now.replace(second=0, microsecond=0) + timedelta(
                minutes=int(match[1]) * _UNITS[match[2]]
            )
    return None


# ---- a day and a time of day ----


@dataclass(frozen=True)
class _Day:
    date: date
    repeats: bool = False
    """Whether it is a bare weekday, which means next week's if this week's is past."""


def _moment(words: _Words, now: datetime, default: time | None) -> datetime:
    day = _day(words, now.date())
    clock = _clock(words)
    words.finish()
    if day is None and clock is None:
        raise TimeUnclear(Unclear.UNREADABLE)
    clock = clock or default
    if clock is None:
        raise TimeUnclear(Unclear.NO_TIME)
    day = day or _Day(now.date())
    moment = datetime.combine(day.date, clock)
    return moment + timedelta(weeks=1) if day.repeats and moment <= now else moment


def _day(words: _Words, today: date) -> _Day | None:
    named = _calendar_day(words, today)
    weekday = _weekday(words, today)
    near = _relative_day(words, today)
    if near and (named or weekday):
        raise TimeUnclear(Unclear.TWO_MEANINGS)
    if named and weekday and named.date.weekday() != weekday.date.weekday():
        raise TimeUnclear(Unclear.NO_SUCH_TIME)
    return named or weekday or near


_MONTH_NAMES = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
_MONTH = rf"({'|'.join(_MONTH_NAMES)})[a-z]*"
_D, _M, _Y = "([0-9]{1,2})", "([0-9]{1,2})", "(20[0-9]{2})"
_DATES: tuple[tuple[str, tuple[int, int, int]], ...] = (
    # A pattern, and which of its groups hold day, month and year; 0 means there is no year.
    (rf"{_Y}-{_M}-{_D}", (3, 2, 1)),
    (rf"{_D}([/.-]){_M}\2{_Y}", (1, 3, 4)),
    (rf"{_D}([/.-]){_M}\2([0-9]{{2}})", (1, 3, 4)),
    (rf"{_D}[/-]{_M}", (1, 2, 0)),
    (rf"{_D} thang {_M} nam {_Y}", (1, 2, 3)),
    (rf"{_D} thang {_M}", (1, 2, 0)),
    (rf"{_D} {_MONTH} {_Y}", (1, 2, 3)),
    (rf"{_D} {_MONTH}", (1, 2, 0)),
    (rf"{_MONTH} {_D}", (2, 1, 0)),
)


def _calendar_day(words: _Words, today: date) -> _Day | None:
    for pattern, (day, month, year) in _DATES:
        if match := words.take(pattern):
            return _Day(_date(match[day], match[month], match[year] if year else "", today))
    return None


def _date(day: str, month: str, year: str, today: date) -> date:
    month_number = int(month) if month.isdigit() else _MONTH_NAMES.index(month) + 1
    try:
        if not year:
            return _in_nearest_year(date(today.year, month_number, int(day)), today)
        parsed = date(int(year) % 100 + 2000, month_number, int(day))
    except ValueError:
        raise TimeUnclear(Unclear.NO_SUCH_TIME) from None
    if parsed.year > today.year + _YEARS_AHEAD:
        raise TimeUnclear(Unclear.NO_SUCH_TIME)
    return parsed


def _in_nearest_year(day: date, today: date) -> date:
    # In December `5/1` is next year's; in March `9/3` was a slip of the finger, not next year's.
    return day.replace(year=day.year + 1) if today - day > _HALF_A_YEAR else day


_WEEKDAYS = (
    "(?:thu (?:hai|2)|t2|mon(?:day)?)",
    "(?:thu (?:ba|3)|t3|tue(?:sday)?)",
    "(?:thu (?:tu|4)|t4|wed(?:nesday)?)",
    "(?:thu (?:nam|5)|t5|thu(?:rsday)?(?! (?:sau|6|bay|7)))",
    "(?:thu (?:sau|6)|t6|fri(?:day)?)",
    "(?:thu (?:bay|7)|t7|sat(?:urday)?)",
    "(?:chu nhat|cn|sun(?:day)?)",
)


def _weekday(words: _Words, today: date) -> _Day | None:
    if words.has(rf"(?:{'|'.join(_WEEKDAYS)}|tuan) toi"):
        raise TimeUnclear(Unclear.TWO_MEANINGS)
    for number, pattern in enumerate(_WEEKDAYS):
        if words.take(pattern):
            return _in_week(words, number, today)
    return None


def _in_week(words: _Words, number: int, today: date) -> _Day:
    monday = today - timedelta(days=today.weekday())
    if words.take("(?:tuan nay|this week)"):
        return _Day(monday + timedelta(days=number))
    if words.take("(?:tuan (?:sau|coming)|next week)"):
        return _Day(monday + timedelta(days=7 + number))
    words.take("(?:nay|coming)")
    return _Day(today + timedelta(days=(number - today.weekday()) % 7), repeats=True)


_NEAR_DAYS = (
    ("(?:the )?day after tomorrow", 2),
    ("(?:ngay )?(?:kia|mot)", 2),
    ("(?:mai|tomorrow)", 1),
    ("(?:(?:hom )?nay|today|this(?= (?:morning|afternoon|evening)))", 0),
)


def _relative_day(words: _Words, today: date) -> _Day | None:
    for pattern, days in _NEAR_DAYS:
        if words.take(pattern):
            return _Day(today + timedelta(days=days))
    return None


# ---- the time of day ----


@dataclass(frozen=True)
class _Part:
    """A part of the day: the hours it contains, and the hours said with it that mean 12 more."""

    pattern: str
    first: int
    last: int
    small: range = range(0)

    def hour(self, spoken: int) -> int:
        """The hour of the day for a spoken hour."""
        hour = spoken + 12 if spoken in self.small else spoken
        if not self.first <= hour <= self.last:
            raise TimeUnclear(Unclear.NO_SUCH_TIME)
        return hour


_PARTS = (
    _Part("(?:sang|morning|am)", 1, 11),
    _Part("(?:trua|noon)", 10, 14, range(1, 3)),
    _Part("(?:chieu|afternoon)", 13, 18, range(1, 7)),
    _Part("(?:toi|evening)", 17, 23, range(5, 12)),
    # After midnight *night* is ambiguous: it could belong to either day, so the hours are not accepted.
    _Part("(?:dem|khuya|night)", 20, 23, range(8, 12)),
    _Part("pm", 12, 23, range(1, 12)),
)
_DAY_MINUTES, _LAST_HOUR, _LAST_MINUTE = 24 * 60, 23, 59
_ANY_PART = "|".join(part.pattern for part in _PARTS)
_HOUR, _MINUTE = "([0-9]{1,2})", "([0-9]{2})"
_LESS = "(?P<less>[0-9]{1,2})"
"""Minutes before the hour: *5 giờ kém 10*."""
_H = " ?(?:h|g|gio)"
_CLOCKS = (
    rf"{_HOUR}{_H} ?{_MINUTE}(?: ?(?:p|phut))?",
    rf"{_HOUR}:{_MINUTE}",
    rf"{_HOUR}{_H} kem {_LESS}(?: ?(?:p|phut))?",
    rf"{_HOUR} kem {_LESS}(?: ?(?:p|phut))?",
    rf"{_HOUR}{_H} ?(ruoi)",
    rf"{_HOUR} ?(ruoi)",
    rf"{_HOUR}{_H}",
    rf"{_HOUR}(?= (?:{_ANY_PART}))",
)


def _clock(words: _Words) -> time | None:
    match = next(filter(None, map(words.take, _CLOCKS)), None)
    parts = [part for part in _PARTS if words.take(part.pattern)]
    if match is None:
        return None
    hour = int(match[1])
    for part in parts:
        hour = part.hour(hour)
    minutes = hour * 60 + _minute(match)
    if not 0 <= minutes < _DAY_MINUTES or hour > _LAST_HOUR:
        raise TimeUnclear(Unclear.NO_SUCH_TIME)
    return time(*divmod(minutes, 60))


def _minute(clock: re.Match[str]) -> int:
    """The minutes after the hour; negative before it."""
    if less := clock.groupdict().get("less"):
        minute = -int(less)
    else:
        written = clock[2] if clock.re.groups > 1 else "0"
        minute = 30 if written == "ruoi" else int(written)
    if abs(minute) > _LAST_MINUTE:
        raise TimeUnclear(Unclear.NO_SUCH_TIME)
    return minute
