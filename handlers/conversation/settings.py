"""What a club decides about itself; filled from `config.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from zoneinfo import ZoneInfo

from handlers.rendering.contrast import Palette
from storage.models import Category, Role
from storage.outbox.quiet_hours import QuietHours
from storage.privacy.retention_policy import RetentionSettings

LANGUAGES = ("vi", "en")


@dataclass(frozen=True)
class Area:
    """A part of the province that an announcement can be meant for."""

    id: str
    name: str


@dataclass(frozen=True)
class CaseDeadlines:
    """How long a case may wait for its verdict, in whole days: no hour is kept of a flag."""

    scam: timedelta = timedelta(days=1)
    impersonation: timedelta = timedelta(days=1)
    false_details: timedelta = timedelta(days=1)
    doctored_picture: timedelta = timedelta(days=2)
    rumour: timedelta = timedelta(days=2)
    unknown: timedelta = timedelta(days=1)

    @property
    def by_category(self) -> Mapping[Category, timedelta]:
        """The same by category."""
        return {category: getattr(self, category.value) for category in Category}


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
    verdict_approval: bool = True
    """Whether another officer must approve a verdict before it goes out."""
    deadlines: CaseDeadlines = CaseDeadlines()
    searches_per_hour: int = 60
    """How many posts one member may have looked for in an hour, by flagging or by `/kiemtra`."""
    officer_digest_minute: int = 7 * 60
    """When the officers' digest comes, in minutes after midnight."""
    quiet_begin_minute: int = 21 * 60 + 30
    """When the club's quiet hours begin, in minutes after midnight; the same as their end: none."""
    quiet_end_minute: int = 6 * 60 + 30
    colour: str = "#0B5A46"
    """Of the club, on the picture cards and in the charts: `#rrggbb`."""
    accent: str = "#F2B233"
    """A second colour, for a line that stands out."""
    officers_are_called: str = "anh/chị"
    """How Vietnamese sentences speak to officers; members are “bạn”."""
    kept: RetentionSettings = field(default=RetentionSettings(), compare=False)
    """For how long things are kept, as the privacy notice says it."""
    messengers: tuple[str, ...] = field(default=("telegram",), compare=False)
    """Where the club can be reached, as the accounts that are set up say."""
    unchangeable: tuple[str, ...] = field(default=(), compare=False)
    """Those of them on which nothing that was sent can be changed or taken back."""
    zalo_quota: int = field(default=0, compare=False)
    """Messages the account on Zalo may send in a calendar month; 0: no such limit."""
    batch_minutes: int = field(default=30, compare=False)
    """How far the times lie apart at which officers see what members do; 0: they see it at once."""
    bot_link: str = field(default="", compare=False)
    """`https://t.me/<bot>`, known once the messenger has said who the bot is."""

    @property
    def palette(self) -> Palette:
        """What its pictures are drawn in."""
        return Palette(self.colour, self.accent)

    @property
    def quiet_hours(self) -> QuietHours:
        """When nothing goes out that can wait until morning."""
        return QuietHours(self.quiet_begin_minute, self.quiet_end_minute, self.timezone)

    def address(self, language: str, role: Role | None) -> str | None:
        """How somebody of this role is spoken to, where it is not as a member."""
        to_officer = language == "vi" and role is not None and role.is_officer
        return self.officers_are_called if to_officer else None

    def area_name(self, area_id: str | None) -> str | None:
        """What people call an area; None for the whole province or an area that is no more."""
        return next((area.name for area in self.areas if area.id == area_id), None)
