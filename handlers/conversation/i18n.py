"""Looks up sentences in `locales/*.ftl` and fills them in; formats dates and numbers.

See docs/decisions/0025-sentences-in-fluent.md.
"""

from datetime import datetime, timedelta
from functools import cache
from html import escape
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time, format_timedelta, get_day_names
from babel.numbers import format_decimal
from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.types import FluentNone, FluentType

from handlers.conversation.settings import LANGUAGES, ClubSettings
from storage.models import Role

_LOCALES = Path(__file__).parents[1] / "locales"
_IN_HOURS = timedelta(hours=48)
"""The longest span written in hours."""
_FLUENT_LIMIT = 1000
"""Fluent refuses values over its `MAX_PART_LENGTH` (2,500); longer ones are inserted afterwards."""


class Html(str):
    """Text that is Telegram's HTML already; it is not escaped again."""

    __slots__ = ()


class MissingSentence(LookupError):
    """A sentence or one of its values is missing: a programming error that a test finds."""


class Speech:
    """One language. Values given to a sentence are escaped unless they are `Html`.

    `{ $you }` in a sentence, `{ $You }` at its beginning, is the form of address: `you` if given
    (`ClubSettings.address`), else the language's word for a member.
    """

    def __init__(self, language: str, timezone: ZoneInfo, *, you: str | None = None) -> None:
        self.language = language
        self._timezone = timezone
        self._bundle = bundle(language)
        self._reader: dict[str, str | int] = {}
        self._reader = _forms(you or self("you"))

    def __call__(self, key: str, **values: str | int) -> Html:
        """The sentence `key`, filled in.

        Raises:
            MissingSentence: no such sentence, or a value is missing.
        """
        message = self._bundle.get_message(key) if self._bundle.has_message(key) else None
        if message is None or message.value is None:
            raise MissingSentence(key)
        safe = self._reader | {name: _safe(value) for name, value in values.items()}
        long = {n: v for n, v in safe.items() if isinstance(v, str) and len(v) > _FLUENT_LIMIT}
        arguments: dict[str, str | int | FluentType] = {
            **safe,
            **{name: _placeholder(name) for name in long},
        }
        text, errors = self._bundle.format_pattern(message.value, arguments)
        if errors or isinstance(text, FluentNone):
            raise MissingSentence(f"{key}: {errors}")
        for name, value in long.items():
            text = text.replace(_placeholder(name), value)
        return Html(text)

    def plain(self, key: str, **values: str) -> str:
        """A sentence without HTML: a button's label, a toast, a menu entry."""
        return self(key, **{name: Html(value) for name, value in values.items()})

    def day(self, moment: datetime) -> str:
        """`Chủ Nhật 15/3/2026`."""
        local = moment.astimezone(self._timezone)
        weekday = format_date(local, "EEEE", locale=self.language)
        order = "d/M/y" if self.language == "vi" else "d MMM y"
        return f"{weekday} {format_date(local, order, locale=self.language)}"

    def time(self, moment: datetime) -> str:
        """`7:00`."""
        return format_time(moment, "H:mm", tzinfo=self._timezone, locale=self.language)

    def when(self, moment: datetime) -> str:
        """`7:00, Chủ Nhật 15/3/2026`."""
        return f"{self.time(moment)}, {self.day(moment)}"

    def typed_time(self, moment: datetime) -> str:
        """`7:00 15/3/2026`: as a person types it, in any language (`time_parser` reads it)."""
        return f"{self.time(moment)} {moment.astimezone(self._timezone):%-d/%-m/%Y}"

    def moment(self, moment: datetime) -> Html:
        """`when`, tagged with its Unix time: who taps it sees it in their own time zone.

        For texts of messages only. Without a format the words stay as they are, everywhere:
        https://core.telegram.org/bots/api#date-time-entity-formatting
        """
        unix = int(moment.timestamp())
        return Html(f'<tg-time unix="{unix}">{_safe(self.when(moment))}</tg-time>')

    def clock(self, minute: int) -> str:
        """A time of day given in minutes after midnight: `19:30`."""
        return f"{timedelta(minutes=minute)!s}".rpartition(":")[0]

    def weekday(self, day: int, *, short: bool = False) -> str:
        """`Thứ Hai`, or `T2` for a narrow button; 0 is Monday."""
        if not short:
            return str(get_day_names("wide", "format", self.language)[day])
        # Babel's shortest English names are two letters, its short Vietnamese ones `T2`.
        width: Literal["short", "abbreviated"] = "short" if self.language == "vi" else "abbreviated"
        return str(get_day_names(width, "format", self.language)[day])

    def span(self, span: timedelta) -> str:
        """A span of time in whole days, a short one in hours: `90 ngày`, `48 giờ`."""
        unit: Literal["day", "hour"] = "hour" if span <= _IN_HOURS else "day"
        # Babel would turn 90 days into 3 months; what the law and the config count is days.
        return format_timedelta(span, granularity=unit, threshold=1e9, locale=self.language)

    def number(self, value: int) -> str:
        """`1.204` in Vietnamese, `1,204` in English."""
        return format_decimal(value, locale=self.language)


def speech_to(club: ClubSettings, language: str, role: Role | None = None) -> Speech:
    """The sentences in this language, with the form of address for this role."""
    return Speech(language, club.timezone, you=club.address(language, role))


def _placeholder(name: str) -> str:
    return f"\x1a{name}\x1a"


def _safe(value: str | int) -> str | int:
    return (
        escape(value, quote=False) if isinstance(value, str) and type(value) is not Html else value
    )


@cache
def bundle(language: str) -> FluentBundle:
    """All sentences of one language."""
    # Isolation marks (U+2068 …) would be visible in some apps and count against the length.
    sentences = FluentBundle([language], use_isolating=False)
    sentences.add_resource(FluentResource((_LOCALES / f"{language}.ftl").read_text("utf-8")))
    return sentences


def _forms(you: str) -> dict[str, str | int]:
    return {"you": escape(you, quote=False), "You": escape(you[:1].upper() + you[1:], quote=False)}


def nearest(tag: str) -> str:
    """The supported language for an app language `tag`; Vietnamese if it is unknown."""
    return _primary(tag) if is_supported(tag) else LANGUAGES[0]


def is_supported(tag: str) -> bool:
    """Whether the bot speaks the app language `tag`."""
    return _primary(tag) in LANGUAGES


def _primary(tag: str) -> str:
    return tag.partition("-")[0].lower()
