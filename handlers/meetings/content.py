"""What a meeting is about, in its languages: what its officers wrote."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter

from handlers.messages import MapPoint, Media


class MeetingKind(StrEnum):
    """The kind of a meeting."""

    MEETING = "meeting"
    PRESS_CONFERENCE = "press_conference"
    TRAINING = "training"
    ONLINE = "online"


@dataclass(frozen=True)
class Content:
    """One version of a meeting. `html` is Telegram's HTML subset, already escaped."""

    kind: MeetingKind = MeetingKind.MEETING
    title: str = ""
    html: str = ""
    """The agenda."""
    begins_at: datetime | None = None
    ends_at: datetime | None = None
    answer_by: datetime | None = None
    """Until when members may answer; None: until it begins."""
    seats: int | None = None
    """None: everybody who says yes has a seat."""
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    link: str = ""
    """Where a meeting online is held."""
    documents: tuple[Media, ...] = ()
    areas: tuple[str, ...] = ()
    """Ids of the areas it is for; empty means everyone."""
    contact: str = ""
    title_en: str = ""
    html_en: str = ""

    @property
    def answers_until(self) -> datetime | None:
        """Until when members may answer."""
        return self.answer_by or self.begins_at

    @property
    def point(self) -> MapPoint | None:
        """The place on a map; None where no point was given."""
        if self.latitude is None or self.longitude is None:
            return None
        return MapPoint(self.latitude, self.longitude, self.title, self.place)

    @property
    def where(self) -> str:
        """The place, or the link of a meeting online."""
        return self.place or self.link

    def in_language(self, language: str) -> "Content":
        """The content with title and agenda in this language, if the officers wrote them."""
        if language == "en" and self.title_en:
            return replace(self, title=self.title_en, html=self.html_en or self.html)
        return self


_CONTENT = TypeAdapter(Content)


def pack(content: Content) -> dict[str, Any]:
    """The content as JSON, as a meeting stores it."""
    packed: dict[str, Any] = _CONTENT.dump_python(content, mode="json", exclude_defaults=True)
    return packed


def unpack(packed: Mapping[str, object]) -> Content:
    """The content that was packed."""
    return _CONTENT.validate_python(packed)
