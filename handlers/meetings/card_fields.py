"""The fields of a meeting: how each is asked, read, left out and shown on the card."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from handlers.conversation import ClubSettings, Context, Speech, require
from handlers.meetings import parsing
from handlers.meetings.content import Content, MeetingKind
from handlers.meetings.invitation import span
from handlers.recognition.plain_text import visible


class Field(StrEnum):
    """The fields; their questions are `meeting-ask-…`, their labels `meeting-field-…`."""

    TITLE = "title"
    KIND = "kind"
    TIMES = "times"
    PLACE = "place"
    LINK = "link"
    POINT = "point"
    SEATS = "seats"
    ANSWER_BY = "answer-by"
    AGENDA = "agenda"
    DOCUMENTS = "documents"
    CONTACT = "contact"
    AREAS = "areas"
    ENGLISH_TITLE = "english-title"
    ENGLISH_AGENDA = "english-agenda"


Read = Callable[[Context, Content], Content]


@dataclass(frozen=True)
class FieldRules:
    """How one field is treated."""

    read: Read
    """Reads a message into the content; raises UserError if it cannot."""
    shown: Callable[[Content, Speech, ClubSettings], str]
    """The value in words; empty for none."""
    without: Callable[[Content], Content] | None = None
    """Removes the value; None for a field that has to have one, or has buttons."""
    is_missing: Callable[[Content], bool] = lambda _content: False
    """Whether it has to be filled in before the invitation can be submitted."""
    applies: Callable[[Context, Content], bool] = lambda _context, _content: True


def _areas(content: Content, say: Speech, club: ClubSettings) -> str:
    names = [area.name for area in club.areas if area.id in content.areas]
    return ", ".join(names) or say.plain("announcing-everyone")


def _point(content: Content, _say: Speech, _club: ClubSettings) -> str:
    point = content.point
    return f"{point.latitude}, {point.longitude}" if point else ""


def _answer_by(content: Content, say: Speech, _club: ClubSettings) -> str:
    return say.typed_time(content.answer_by) if content.answer_by else ""


FIELDS: Mapping[Field, FieldRules] = MappingProxyType(
    {
        Field.TITLE: FieldRules(
            parsing.title, lambda c, _s, _k: c.title, is_missing=lambda c: not c.title
        ),
        Field.KIND: FieldRules(
            parsing.by_button, lambda c, say, _k: say.plain(f"meeting-kind-{c.kind.value}")
        ),
        Field.TIMES: FieldRules(
            parsing.times,
            lambda c, say, _k: span(say, c) if c.begins_at else "",
            is_missing=lambda c: not c.begins_at,
        ),
        Field.PLACE: FieldRules(
            parsing.place,
            lambda c, _s, _k: c.place,
            lambda c: replace(c, place="", latitude=None, longitude=None),
            is_missing=lambda c: not c.where and c.kind is not MeetingKind.ONLINE,
        ),
        Field.LINK: FieldRules(
            parsing.link,
            lambda c, _s, _k: c.link,
            lambda c: replace(c, link=""),
            is_missing=lambda c: not c.where and c.kind is MeetingKind.ONLINE,
        ),
        Field.POINT: FieldRules(
            parsing.point,
            _point,
            lambda c: replace(c, latitude=None, longitude=None),
            applies=lambda _x, c: bool(c.place),
        ),
        Field.SEATS: FieldRules(
            parsing.seats,
            lambda c, say, _k: say.number(c.seats) if c.seats else "",
            lambda c: replace(c, seats=None),
        ),
        Field.ANSWER_BY: FieldRules(
            parsing.answer_by, _answer_by, lambda c: replace(c, answer_by=None)
        ),
        Field.AGENDA: FieldRules(
            parsing.agenda, lambda c, _s, _k: visible(c.html), lambda c: replace(c, html="")
        ),
        Field.DOCUMENTS: FieldRules(
            parsing.documents,
            lambda c, say, _k: say.number(len(c.documents)) if c.documents else "",
            lambda c: replace(c, documents=()),
        ),
        Field.CONTACT: FieldRules(
            parsing.contact, lambda c, _s, _k: c.contact, lambda c: replace(c, contact="")
        ),
        Field.AREAS: FieldRules(
            parsing.by_button, _areas, applies=lambda context, _c: bool(context.club.areas)
        ),
        Field.ENGLISH_TITLE: FieldRules(
            parsing.english_title,
            lambda c, _s, _k: c.title_en,
            lambda c: replace(c, title_en="", html_en=""),
        ),
        Field.ENGLISH_AGENDA: FieldRules(
            parsing.english_agenda,
            lambda c, _s, _k: visible(c.html_en),
            lambda c: replace(c, html_en=""),
            applies=lambda _x, c: bool(c.title_en and c.html),
        ),
    }
)


def field_named(name: str) -> Field:
    """The field of this name.

    Raises:
        UserError: there is none, as in a forged button.
    """
    require(name in {field.value for field in Field}, "button-unknown")
    return Field(name)


def applying(context: Context, content: Content) -> list[Field]:
    """The fields that this meeting has, in order."""
    return [field for field, rules in FIELDS.items() if rules.applies(context, content)]


def missing(context: Context, content: Content) -> list[Field]:
    """The fields without which it cannot be submitted."""
    return [field for field in applying(context, content) if FIELDS[field].is_missing(content)]
