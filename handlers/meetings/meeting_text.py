"""Reads the fields of a meeting from its whole text: one pasted or forwarded invitation.

Nothing is invented: what is not literally there stays empty and is asked.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from handlers.announcing.compose.html_lines import Line, joined, lines_of
from handlers.announcing.compose.link_check import links_in_html, untracked
from handlers.conversation import ClubSettings
from handlers.meetings.content import Content, MeetingKind
from handlers.meetings.meeting_times import stated_deadline, stated_span
from handlers.meetings.parsing import (
    AGENDA_LIMIT,
    CONTACT_LIMIT,
    PLACE_LIMIT,
    TITLE_LIMIT,
    read_point,
    read_seats,
    with_point,
)
from handlers.recognition.plain_text import plain, utf16_length, visible

_BULLET = r"(?:[^\w\s]+ ?|\d{1,2}[.)] ?)?"


def _label(words: str, colon: str = " ?: ?") -> re.Pattern[str]:
    return re.compile(rf"{_BULLET}(?:{words}){colon}(?=\S)", re.IGNORECASE)


_WHEN = _label("thời gian(?: tổ chức| họp| bắt đầu)?|when|time|date")
_WHERE = _label("địa điểm(?: tổ chức| họp)?|nơi họp|place|venue|where")
_SEATS = _label("số (?:chỗ|ghế|lượng|người)(?: tối đa| ngồi)?|seats")
_CONTACT = _label("liên hệ|đầu mối(?: liên hệ)?|contact")
_POINT = _label("bản đồ|tọa độ|toạ độ|map")
_LINK = _label("liên kết(?: tham dự)?|đường dẫn|link(?: tham dự| họp)?|join")
_DEADLINE = re.compile(
    rf"{_BULLET}(?:(?:trả lời|đăng ký|xác nhận|phản hồi)(?: tham dự)? trước|"
    r"hạn (?:chót )?(?:trả lời|đăng ký|xác nhận|phản hồi)|(?:answer|reply|rsvp) by)"
    r"(?: (?:hết|là))? ?:? ?(?=\S)",
    re.IGNORECASE,
)
_CUE = re.compile(r"\b(?:vào lúc|lúc|bắt đầu từ|từ|vào|at|on|from) (?=\S)", re.IGNORECASE)
_CUES_MAX = 20
_KINDS = (
    (MeetingKind.PRESS_CONFERENCE, re.compile(r"\bhop bao\b|\bpress conference\b")),
    (MeetingKind.TRAINING, re.compile(r"\btap huan\b|\blop boi duong\b|\btraining\b|\bworkshop\b")),
    (MeetingKind.ONLINE, re.compile(r"\btruc tuyen\b|\bonline\b|\bzoom\b|\bgoogle meet\b")),
)


def filled(content: Content, html: str, club: ClubSettings, now: datetime) -> Content:
    """The content with every field that the text states."""
    lines = [line for line in lines_of(html.strip()) if line.words or not line.is_closed]
    title, rest = _title(lines)
    found = replace(content, title=title, kind=_kind(title, visible(html)))
    for pattern, take in _TAKERS:
        found, rest = _taken(found, rest, pattern, take(club, now))
    found = _with_link(found, html)
    if found.begins_at is None:
        found = _with_times_of_a_sentence(found, rest, club, now)
    agenda = untracked(joined(rest))
    fits = utf16_length(visible(agenda)) <= AGENDA_LIMIT
    return replace(found, html=agenda if fits else "")


def is_too_long(html: str, content: Content) -> bool:
    """Whether the agenda of a text was left out because no invitation could hold it."""
    return not content.html and utf16_length(visible(html)) > AGENDA_LIMIT


def _title(lines: Sequence[Line]) -> tuple[str, Sequence[Line]]:
    """The first line, if it is short enough for a title, and the lines behind it."""
    words = lines[0].words.rstrip(".").rstrip() if lines else ""
    return (words, lines[1:]) if utf16_length(words) <= TITLE_LIMIT else ("", lines)


def _kind(title: str, text: str) -> MeetingKind:
    """The kind that the title names, else the text; a meeting if neither names one."""
    for words in (plain(title), plain(text)):
        for kind, pattern in _KINDS:
            if pattern.search(words):
                return kind
    return MeetingKind.MEETING


_Take = Callable[[Content, str], Content | None]


def _taken(
    content: Content, lines: Sequence[Line], pattern: re.Pattern[str], take: _Take
) -> tuple[Content, Sequence[Line]]:
    """The content with the value of the first line of this label; a line that says more stays."""
    for line in lines:
        if match := pattern.match(line.words):
            changed = take(content, line.words[match.end() :].strip())
            if changed is None:
                return content, lines
            return changed, [one for one in lines if one is not line or not line.is_closed]
    return content, lines


def _take_times(club: ClubSettings, now: datetime) -> _Take:
    def take(content: Content, value: str) -> Content | None:
        span = stated_span(value, now, club.timezone)
        return replace(content, begins_at=span[0], ends_at=span[1]) if span else None

    return take


def _take_deadline(club: ClubSettings, now: datetime) -> _Take:
    def take(content: Content, value: str) -> Content | None:
        until = stated_deadline(value, now, club.timezone)
        is_late = until and content.begins_at and until > content.begins_at
        return replace(content, answer_by=until) if until and not is_late else None

    return take


def _take_place(_club: ClubSettings, _now: datetime) -> _Take:
    def take(content: Content, value: str) -> Content | None:
        words = value.rstrip(".;")
        return replace(content, place=words) if utf16_length(words) <= PLACE_LIMIT else None

    return take


def _take_seats(_club: ClubSettings, _now: datetime) -> _Take:
    def take(content: Content, value: str) -> Content | None:
        count = read_seats(plain(value).rstrip(".;"))
        return replace(content, seats=count) if count else None

    return take


def _take_contact(_club: ClubSettings, _now: datetime) -> _Take:
    def take(content: Content, value: str) -> Content | None:
        return replace(content, contact=value) if utf16_length(value) <= CONTACT_LIMIT else None

    return take


def _take_point(_club: ClubSettings, _now: datetime) -> _Take:
    def take(content: Content, value: str) -> Content | None:
        found = read_point(value)
        return with_point(content, found) if found else None

    return take


def _take_link(_club: ClubSettings, _now: datetime) -> _Take:
    def take(content: Content, value: str) -> Content | None:
        links = [link for link in links_in_html(value) if not link.doubts]
        return replace(content, link=links[0].written) if links else None

    return take


_TAKERS = (
    (_WHEN, _take_times),
    (_DEADLINE, _take_deadline),
    (_WHERE, _take_place),
    (_SEATS, _take_seats),
    (_CONTACT, _take_contact),
    (_POINT, _take_point),
    (_LINK, _take_link),
)


def _with_link(content: Content, html: str) -> Content:
    """A meeting online is held at the only trusted address that the text has."""
    if content.kind is not MeetingKind.ONLINE or content.link:
        return content
    links = {
        link.written
        for link in links_in_html(html)
        if not link.doubts and link.written.startswith("https://")
    }
    return replace(content, link=links.pop()) if len(links) == 1 else content


def _with_times_of_a_sentence(
    content: Content, lines: Sequence[Line], club: ClubSettings, now: datetime
) -> Content:
    """The only times that a sentence of the text states; its words stay."""
    spans = set()
    cues = 0
    for line in lines:
        for cue in _CUE.finditer(line.words):
            cues += 1
            if cues > _CUES_MAX:
                break
            if span := stated_span(line.words[cue.end() :][:150], now, club.timezone):
                spans.add(span)
    begins = {begin for begin, _ in spans}
    if len(begins) != 1:
        return content
    begin, end = max(spans, key=lambda span: span[1])
    return replace(content, begins_at=begin, ends_at=end)
