"""The settings of a club; `bot/config` fills them from `config.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from zoneinfo import ZoneInfo

from handlers.rendering.contrast import Palette
from storage.models import Category, Role
from storage.outbox.metering import Metering
from storage.outbox.quiet_hours import QuietHours
from storage.privacy.data_requests import LEGAL_LIMITS, RequestLimits
from storage.privacy.retention_policy import RetentionSettings

LANGUAGES = ("vi", "en")


@dataclass(frozen=True)
class Area:
    """An area of the province that an announcement can be addressed to."""

    id: str
    name: str


@dataclass(frozen=True)
class CaseDeadlines:
    """How long a case may wait for its verdict. Whole days, since the hour of a flag is not stored."""

    scam: timedelta = timedelta(days=1)
    impersonation: timedelta = timedelta(days=1)
    false_details: timedelta = timedelta(days=1)
    doctored_picture: timedelta = timedelta(days=2)
    rumour: timedelta = timedelta(days=2)
    unknown: timedelta = timedelta(days=1)

    @property
    def by_category(self) -> Mapping[Category, timedelta]:
        """The deadlines by category."""
        return {category: getattr(self, category.value) for category in Category}


@dataclass(frozen=True)
class ClubSettings:
    """The club's settings that members and officers notice."""

    name: str
    operator: str
    """The body that runs the bot and is responsible for it."""
    contact: str
    """Where a person can complain or ask, outside the bot."""
    issuers: tuple[str, ...]
    """Bodies that officers can choose as the issuer of an announcement."""
    areas: tuple[Area, ...]
    timezone: ZoneInfo
    approvals: int = 1
    """How many other officers must approve an announcement; 0 for a club too small for it."""
    verdict_approval: bool = True
    """Whether another officer must approve a verdict before it is published."""
    deadlines: CaseDeadlines = CaseDeadlines()
    data_requests: RequestLimits = LEGAL_LIMITS
    """How soon requests about personal data are settled; never later than the law's limits."""
    searches_per_hour: int = 60
    """How many posts one member may search for in an hour, by flagging or by `/tracuu`."""
    officer_digest_minute: int = 7 * 60
    """When the officers' digest is due, in minutes after midnight."""
    quiet_begin_minute: int = 21 * 60 + 30
    """Start of the club's quiet hours, in minutes after midnight; equal to their end: no quiet hours."""
    quiet_end_minute: int = 6 * 60 + 30
    colour: str = "#0B5A46"
    """The club's colour on picture cards and in charts: `#rrggbb`."""
    accent: str = "#F2B233"
    """The second colour on picture cards and in charts: `#rrggbb`."""
    officers_are_called: str = "anh/chị"
    """How Vietnamese sentences address officers; members are “bạn”."""
    kept: RetentionSettings = field(default=RetentionSettings(), compare=False)
    """Retention times, for the privacy notice."""
    messengers: tuple[str, ...] = field(default=("telegram",), compare=False)
    """The messengers for which the club has an account."""
    unchangeable: tuple[str, ...] = field(default=(), compare=False)
    """Those messengers on which sent messages cannot be edited or deleted."""
    metered: Mapping[str, Metering] = field(default_factory=dict, compare=False)
    """Messengers whose messages cost something outside free periods, with what may be spent."""
    zalo_quota: int = field(default=0, compare=False)
    """Messages the Zalo account may send in a calendar month; 0: no limit."""
    zalo_users: int = field(default=0, compare=False)
    """People that the Zalo account may serve; 0: no limit."""
    zalo_link: str = field(default="", compare=False)
    """The address that opens a chat with the club's bot on Zalo; empty if none is configured."""
    oa_link: str = field(default="", compare=False)
    """The address of the club's Official Account on Zalo, known after the account was asked for it."""
    console_readers: str = field(default="", compare=False)
    """Who administers the club's Official Account on Zalo and can read what people write to it."""
    batch_minutes: int = field(default=30, compare=False)
    """Minutes between the times at which officers see actions of members; 0: they see them at once."""
    bot_link: str = field(default="", compare=False)
    """`https://t.me/<bot>`, known after the bot's account was requested from the messenger; empty for a
    club that is not on Telegram."""

    @property
    def zalo_address(self) -> str:
        """Where somebody finds the club on Zalo: its Official Account before its bot; may be empty."""
        return self.oa_link or self.zalo_link

    @property
    def palette(self) -> Palette:
        """The colours of its pictures."""
        return Palette(self.colour, self.accent)

    @property
    def quiet_hours(self) -> QuietHours:
        """The club's quiet hours."""
        return QuietHours(self.quiet_begin_minute, self.quiet_end_minute, self.timezone)

    def address(self, language: str, role: Role | None) -> str | None:
        """The form of address for this role; None if it is that of a member."""
        to_officer = language == "vi" and role is not None and role.is_officer
        return self.officers_are_called if to_officer else None

    def cheaper_than(self, messenger: str) -> tuple[str, ...]:
        """The messengers that cost less than this one: the club's are in that order."""
        names = self.messengers
        return names[: names.index(messenger)] if messenger in names else ()

    def area_name(self, area_id: str | None) -> str | None:
        """The name of an area; None for the whole province and for an area that no longer exists."""
        return next((area.name for area in self.areas if area.id == area_id), None)
