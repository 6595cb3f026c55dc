"""Reads an officer's message into a meeting; each function raises UserError if it cannot."""

import re
from dataclasses import replace

from handlers.announcing.compose.link_check import untracked
from handlers.announcing.compose.source import Source, SourceDoubtful, read_source
from handlers.conversation import Context, TimeUnclear, UserError, require, within
from handlers.meetings.content import Content
from handlers.meetings.meeting_times import read_deadline, read_span
from handlers.messages import MediaKind
from handlers.recognition.plain_text import plain

TITLE_LIMIT = 150
PLACE_LIMIT = 200
CONTACT_LIMIT = 150
AGENDA_LIMIT = 2_500
"""UTF-16 units: with its head and foot an invitation stays one message of every messenger."""
MOST_SEATS = 10_000
MOST_DOCUMENTS = 5
_DOCUMENTS = (MediaKind.DOCUMENT, MediaKind.PHOTO)
_NO_LIMIT = {"khong gioi han", "khong", "0", "unlimited", "no limit", "none"}
_SEATS = re.compile(r"(\d{1,3}(?:[.,]\d{3})+|\d{1,6})(?: (?:cho|nguoi|ghe|seats?|people))?")
_POINT = re.compile(r"(?<![\d.])(-?\d{1,2}\.\d{3,})\s*[,;/]\s*(-?\d{1,3}\.\d{3,})(?![\d.])")
_LATITUDE, _LONGITUDE = 90, 180


def title(context: Context, content: Content) -> Content:
    """The title, as one line."""
    return replace(content, title=_line(context, TITLE_LIMIT))


def english_title(context: Context, content: Content) -> Content:
    """The English title, as one line."""
    return replace(content, title_en=_line(context, TITLE_LIMIT))


def agenda(context: Context, content: Content) -> Content:
    """The agenda with its formatting."""
    return replace(content, html=_html(context))


def english_agenda(context: Context, content: Content) -> Content:
    """The English agenda with its formatting."""
    return replace(content, html_en=_html(context))


def times(context: Context, content: Content) -> Content:
    """The beginning and the end; a deadline that would be later is dropped."""
    try:
        begin, end = read_span(_text(context), context.now, context.club.timezone)
    except TimeUnclear as unclear:
        raise UserError(f"announcing-time-{unclear.reason.value}") from None
    changed = replace(content, begins_at=begin, ends_at=end)
    late = content.answer_by is not None and content.answer_by > begin
    return replace(changed, answer_by=None) if late else changed


def answer_by(context: Context, content: Content) -> Content:
    """Until when to answer; a day alone means its end."""
    try:
        until = read_deadline(_text(context), context.now, context.club.timezone)
    except TimeUnclear as unclear:
        raise UserError(f"announcing-time-{unclear.reason.value}") from None
    require(not content.begins_at or until <= content.begins_at, "meeting-deadline-after-begin")
    return replace(content, answer_by=until)


def place(context: Context, content: Content) -> Content:
    """Where it is, as one line."""
    return replace(content, place=_line(context, PLACE_LIMIT))


def link(context: Context, content: Content) -> Content:
    """The https address of a meeting online."""
    return replace(content, link=_address(context).url)


def _address(context: Context) -> Source:
    try:
        address = read_source(_text(context))
    except SourceDoubtful:
        raise UserError("meeting-link-wanted") from None
    require(address.url, "meeting-link-wanted")
    return address


def seats(context: Context, content: Content) -> Content:
    """The number of seats, or *no limit*."""
    typed = plain(_text(context)).rstrip(".!")
    if typed in _NO_LIMIT:
        return replace(content, seats=None)
    count = read_seats(typed)
    require(count is not None, "meeting-seats-wanted", most=MOST_SEATS)
    return replace(content, seats=count)


def read_seats(typed: str) -> int | None:
    """The number in `40`, `40 chỗ` or `1.000 người`, without diacritics; None for anything else."""
    match = _SEATS.fullmatch(typed)
    count = int(re.sub(r"[.,]", "", match[1])) if match else 0
    return count if 1 <= count <= MOST_SEATS else None


def contact(context: Context, content: Content) -> Content:
    """Whom to ask, as one line."""
    return replace(content, contact=_line(context, CONTACT_LIMIT))


def point(context: Context, content: Content) -> Content:
    """Degrees of latitude and longitude, alone or in the address of a map."""
    found = read_point(_text(context))
    require(found is not None, "meeting-point-wanted")
    return with_point(content, found)


def with_point(content: Content, found: tuple[float, float] | None) -> Content:
    """The content with this point on the map."""
    latitude, longitude = found or (None, None)
    return replace(content, latitude=latitude, longitude=longitude)


def read_point(text: str) -> tuple[float, float] | None:
    """The first pair of degrees in a text; None for none."""
    for match in _POINT.finditer(text):
        latitude, longitude = float(match[1]), float(match[2])
        if abs(latitude) <= _LATITUDE and abs(longitude) <= _LONGITUDE:
            return latitude, longitude
    return None


def documents(context: Context, content: Content) -> Content:
    """Adds the files of the message."""
    sent = tuple(replace(file, content=b"") for file in context.incoming.files)
    require(sent and all(file.kind in _DOCUMENTS for file in sent), "meeting-document-wanted")
    added = (*content.documents, *sent)
    require(len(added) <= MOST_DOCUMENTS, "meeting-documents-too-many", most=MOST_DOCUMENTS)
    return replace(content, documents=added)


def by_button(_context: Context, _content: Content) -> Content:
    """Refuses a typed answer: this question has buttons only."""
    raise UserError("announcing-press-a-button")


def _html(context: Context) -> str:
    within(_text(context), AGENDA_LIMIT)
    return untracked(context.incoming.html.strip())


def _line(context: Context, limit: int) -> str:
    return within(" ".join(_text(context).split()), limit)


def _text(context: Context) -> str:
    incoming = context.incoming
    require(not incoming.media and incoming.text.strip(), "announcing-text-wanted")
    return incoming.text.strip()
