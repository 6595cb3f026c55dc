"""Calendar files (`.ics`) of meetings: RFC 5545, exchanged as RFC 5546 says.

The method is PUBLISH: REQUEST needs the calendar address of an attendee, which members do not have, and
makes calendar apps offer answers that reach nobody. An entry with the same UID and a higher SEQUENCE
replaces the one before; CANCEL takes it out of the calendar.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event, vCalAddress, vText, vUri

_PRODUCT = "-//niemtin//meetings//EN"


@dataclass(frozen=True)
class CalendarEntry:
    """One meeting in one language. Times are timezone-aware and written in UTC."""

    uid: str
    """The same for the meeting's life."""
    sequence: int
    """Counted up with each change and with the cancellation."""
    title: str
    begins_at: datetime
    ends_at: datetime
    changed_at: datetime
    """When this state of the entry was made (DTSTAMP)."""
    organiser: str
    organiser_uri: str
    """`mailto:…`, or another address at which the organiser is found."""
    place: str = ""
    position: tuple[float, float] | None = None
    """Latitude and longitude in degrees."""
    link: str = ""
    description: str = ""
    alarms: tuple[timedelta, ...] = ()
    """How long before the beginning the calendar reminds."""
    is_cancelled: bool = False


def write(entry: CalendarEntry) -> bytes:
    """The calendar file of one entry, with lines folded at 75 bytes."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "CANCEL" if entry.is_cancelled else "PUBLISH")
    calendar.add_component(_event(entry))
    content: bytes = calendar.to_ical()
    return content


def _event(entry: CalendarEntry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("dtstart", entry.begins_at.astimezone(UTC))
    event.add("dtend", entry.ends_at.astimezone(UTC))
    event.add("summary", entry.title)
    event.add("organizer", _organiser(entry))
    _add_place(event, entry)
    if entry.description:
        event.add("description", entry.description)
    if not entry.is_cancelled:
        for before in entry.alarms:
            event.add_component(_alarm(entry.title, before))
    return event


def _add_place(event: Event, entry: CalendarEntry) -> None:
    """The place; of a meeting without one the link, which apps then show in its place."""
    if place := entry.place or entry.link:
        event.add("location", place)
    if entry.position:
        event.add("geo", entry.position)
    if entry.link:
        event.add("url", vUri(entry.link))


def _organiser(entry: CalendarEntry) -> vCalAddress:
    organiser = vCalAddress(entry.organiser_uri)
    organiser.params["CN"] = vText(entry.organiser)
    return organiser


def _alarm(title: str, before: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -before)
    return alarm
