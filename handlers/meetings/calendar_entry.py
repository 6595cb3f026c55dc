"""A meeting as an entry of the calendars of those who come."""

import re
from collections.abc import Sequence
from datetime import timedelta

from handlers.conversation import ClubSettings, Speech
from handlers.meetings.content import Content, unpack
from handlers.messages import Media, MediaKind
from handlers.recognition.plain_text import visible
from handlers.rendering import calendar_file
from handlers.rendering.calendar_file import CalendarEntry
from storage.models import Meeting, MeetingState

_EMAIL = re.compile(r"[^\s@<>,;:]+@[^\s@<>,;:]+\.[^\s@<>,;:.]+")
_NOWHERE = "urn:niemtin:club"


def entry_of(
    meeting: Meeting, say: Speech, club: ClubSettings, alarms: Sequence[timedelta] = ()
) -> CalendarEntry:
    """The entry in the language of `say`; a cancellation for a meeting that was called off."""
    content = unpack(meeting.content).in_language(say.language)
    point = content.point
    return CalendarEntry(
        uid=meeting.calendar_uid,
        sequence=meeting.calendar_sequence,
        title=content.title,
        begins_at=meeting.span[0],
        ends_at=meeting.span[1],
        changed_at=meeting.changed_at,
        organiser=club.name,
        organiser_uri=_organiser_uri(club),
        place=content.place,
        position=(point.latitude, point.longitude) if point else None,
        link=content.link,
        description=_description(content, say, club),
        alarms=tuple(alarms),
        is_cancelled=meeting.state is MeetingState.CANCELLED,
    )


def document(entry: CalendarEntry, say: Speech) -> Media:
    """The calendar file as a document, for a mailing: its bytes are stored with it."""
    name, content = say.plain("ticket-file"), calendar_file.write(entry)
    return Media(MediaKind.DOCUMENT, name=name, content=content)


def _organiser_uri(club: ClubSettings) -> str:
    """Where the club can be asked: its mail address, else its bot."""
    if mail := _EMAIL.search(club.contact):
        return f"mailto:{mail[0]}"
    return club.bot_link or club.zalo_address or _NOWHERE


def _description(content: Content, say: Speech, club: ClubSettings) -> str:
    contact = say("ticket-calendar-description", contact=content.contact or club.contact)
    return "\n\n".join(filter(None, (visible(content.html), visible(contact))))
