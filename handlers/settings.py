"""What a club decides about itself; filled from `config.toml`."""

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from storage.keeping import RetentionSettings
from storage.quiet import QuietHours

LANGUAGES = ("vi", "en")


@dataclass(frozen=True)
class Area:
    """A part of the province that an announcement can be meant for."""

    id: str
    name: str


@dataclass(frozen=True)
class ClubSettings:
    """The club, as members read of it."""

    name: str
    operator: str
    """The body that runs the bot and answers for it."""
    contact: str
    """Where a person can complain or ask, outside the bot."""
    issuers: tuple[str, ...]
    """Bodies that may be chosen as the issuer of an announcement."""
    areas: tuple[Area, ...]
    timezone: ZoneInfo
    approvals: int = 1
    """How many other officers must approve an announcement; 0 for a club too small for it."""
    officer_digest_minute: int = 7 * 60
    """When the officers' digest comes, in minutes after midnight."""
    quiet_begin_minute: int = 21 * 60 + 30
    """When the club's quiet hours begin, in minutes after midnight; the same as their end: none."""
    quiet_end_minute: int = 6 * 60 + 30
    colour: str = "#0B5A46"
    """Of the club, on the picture cards: `#rrggbb`."""
    accent: str = "#F2B233"
    """A second colour, for a line that stands out."""
    kept: RetentionSettings = field(default=RetentionSettings(), compare=False)
    """For how long things are kept, as the privacy notice says it."""
    bot_link: str = field(default="", compare=False)
    """`https://t.me/<bot>`, known once the messenger has said who the bot is."""

    @property
    def quiet_hours(self) -> QuietHours:
        """When nothing goes out that can wait until morning."""
        return QuietHours(self.quiet_begin_minute, self.quiet_end_minute, self.timezone)

    def area_name(self, area_id: str | None) -> str | None:
        """What people call an area; None for the whole province or an area that is no more."""
        return next((area.name for area in self.areas if area.id == area_id), None)
