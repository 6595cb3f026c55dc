"""The pages of `/caidat` and of joining: purposes, language, area, digest, quiet hours."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from handlers.conversation import LANGUAGES, Context, Html, Speech, area_rows
from handlers.messages import Button, Rows
from storage.models import Member, Purpose
from storage.outbox.quiet_hours import QuietHours

EVERY_DAY = 0b1111111
ONCE_A_WEEK = 0b1000000
"""Sunday: bit 0 is Monday."""
QUIET_HOURS = ((20 * 60, 7 * 60), (21 * 60, 8 * 60))
"""Start and end offered as buttons, in minutes after midnight; any other can be typed."""
HOURS = (7 * 60, 12 * 60, 19 * 60 + 30, 21 * 60)
"""Offered as buttons, in minutes after midnight; any other can be typed."""


class OpenedFrom(StrEnum):
    """From where a page was opened; decides where its last button leads."""

    JOINING = "joining"
    SETTINGS = "settings"


class Page(StrEnum):
    """The pages of the settings."""

    OVERVIEW = "overview"
    PURPOSES = "purposes"
    LANGUAGE = "language"
    AREA = "area"
    DIGEST = "digest"
    QUIET = "quiet"


@dataclass(frozen=True)
class PageView:
    """One page for one member: text and buttons."""

    text: Html
    rows: Rows


@dataclass(frozen=True)
class Choices:
    """The current choices of a member."""

    context: Context
    opened_from: OpenedFrom
    agreed: Collection[Purpose]
    area_page: int = 0

    @property
    def member(self) -> Member:
        """The member whose settings these are."""
        return self.context.current_member

    @property
    def say(self) -> Speech:
        """Sentences in the member's language."""
        return self.context.say


def render(page: Page, choices: Choices) -> PageView:
    """The page with the member's current choices."""
    return _PAGES[page](choices)


def available_purposes(member: Member) -> list[Purpose]:
    """The purposes this member may agree to; duties are for officers alone."""
    return [p for p in Purpose if p is not Purpose.DUTIES or member.role.is_officer]


def digest_words(say: Speech, member: Member) -> Html:
    """When the digest comes: `hằng ngày, 19:30`."""
    if not member.digest_days:
        return say("preferences-digest-no-day")
    time = say.clock(member.digest_minute)
    if member.digest_days == EVERY_DAY:
        return say("preferences-digest-daily", time=time)
    if member.digest_days == ONCE_A_WEEK:
        return say("preferences-digest-weekly", time=time)
    days = ", ".join(say.weekday(d) for d in range(7) if member.digest_days >> d & 1)
    return say("preferences-digest-days", days=days, time=time)


def paused_until(choices: "Choices") -> datetime | None:
    """Until when the member's digest is paused; None when it is not."""
    until = choices.member.digest_paused_until
    return until if until and until > choices.context.now else None


def _overview(choices: Choices) -> PageView:
    say, member, context = choices.say, choices.member, choices.context
    lines = [say("preferences-title"), _purposes_line(choices)]
    if Purpose.DIGEST in choices.agreed:
        lines.append(say("preferences-line-digest", when=digest_words(say, member)))
        if until := paused_until(choices):
            lines.append(say("preferences-line-paused", day=say.day(until)))
    lines.append(say("quiet-line", hours=quiet_words(choices)))
    lines.append(say("preferences-line-language", language=say("preferences-language-name")))
    if context.club.areas:
        lines.append(say("preferences-line-area", area=_area_name(choices)))
    rows = (
        *_toggles(choices),
        *_page_buttons(choices),
        (context.button("leaving-stop-button", "stop"),),
    )
    return PageView(Html("\n".join(lines)), rows)


def _purposes_line(choices: Choices) -> Html:
    if not choices.agreed:
        return choices.say("preferences-line-nothing")
    names = ", ".join(
        choices.say(f"preferences-purpose-{p.value}").lower()
        for p in Purpose
        if p in choices.agreed
    )
    return choices.say("preferences-line-purposes", purposes=Html(names))


def _area_name(choices: Choices) -> str:
    return choices.context.club.area_name(choices.member.area) or choices.say.plain(
        "area-whole-province"
    )


def _toggles(choices: Choices) -> Rows:
    def toggle(purpose: Purpose) -> Button:
        # The action holds the direction, so a press on an old message does what its label says.
        key, turn_to = ("choice-on", "off") if purpose in choices.agreed else ("choice-off", "on")
        name = choices.say.plain(f"preferences-purpose-{purpose.value}")
        return choices.context.button(
            key, "set-want", choices.opened_from, purpose, turn_to, name=name
        )

    return tuple((toggle(purpose),) for purpose in available_purposes(choices.member))


def _page_buttons(choices: Choices) -> Rows:
    """The buttons of the overview that open the pages."""

    def page_button(key: str, page: Page) -> Button:
        return choices.context.button(key, "set-page", choices.opened_from, page)

    row = [page_button("preferences-open-language", Page.LANGUAGE)]
    if choices.context.club.areas:
        row.append(page_button("preferences-open-area", Page.AREA))
    digest = ((page_button("preferences-open-digest", Page.DIGEST),),)
    where = [choices.context.button("moving-open", "/doimay")]
    if len(choices.context.club.messengers) > 1:
        where.insert(0, choices.context.button("linking-where", "where"))
    row.append(page_button("quiet-open", Page.QUIET))
    return (
        *(digest if Purpose.DIGEST in choices.agreed else ()),
        tuple(row),
        tuple(where),
    )


def _purposes(choices: Choices) -> PageView:
    key = (
        "preferences-ask-purposes-officer"
        if choices.member.role.is_officer
        else ("preferences-ask-purposes")
    )
    role = choices.say(f"journal-role-{choices.member.role.value}")
    text = choices.say(key, role=role) if choices.member.role.is_officer else choices.say(key)
    everything = (choices.context.button("preferences-all", "join-all"),)
    following = Page.AREA if choices.agreed and choices.context.club.areas else None
    return PageView(text, (*_toggles(choices), everything, _next_row(choices, following)))


def _language(choices: Choices) -> PageView:
    def option(language: str) -> Button:
        is_current = choices.member.language == language
        name = choices.context.speech(language).plain("preferences-language-name")
        key = (
            "choice-taken"
            if is_current and choices.opened_from is OpenedFrom.SETTINGS
            else "choice-free"
        )
        return choices.context.button(key, "set-language", choices.opened_from, language, name=name)

    options = tuple(option(language) for language in LANGUAGES)
    # A tap on a language goes on to the purposes when a new member is asked.
    joining = choices.opened_from is OpenedFrom.JOINING
    return PageView(
        choices.say("preferences-ask-language"),
        (options,) if joining else (options, _next_row(choices, None)),
    )


def _area(choices: Choices) -> PageView:
    # A tap on an area ends joining (`handlers.joining.first_choices`).
    action = (
        "join-area"
        if choices.opened_from is OpenedFrom.JOINING
        else f"set-area:{choices.opened_from}"
    )
    rows = area_rows(choices.context, action, choices.member.area, choices.area_page)
    return PageView(choices.say("preferences-ask-area"), (*rows, _next_row(choices, None)))


def _digest(choices: Choices) -> PageView:
    text = choices.say("preferences-ask-digest", when=digest_words(choices.say, choices.member))
    rows = (*_day_rows(choices), *_hour_rows(choices))
    if note := _held_back(choices):
        text = Html(f"{text}\n{note}")
    if until := paused_until(choices):
        paused = choices.say("preferences-line-paused", day=choices.say.day(until))
        text = Html(f"{text}\n{paused}")
        rows = (*rows, (choices.context.button("subscribing-again", "digest-again"),))
    return PageView(text, (*rows, _next_row(choices, None)))


def _day_rows(choices: Choices) -> Rows:
    days, context = choices.member.digest_days, choices.context

    def quick(key: str, mask: int) -> Button:
        name = choices.say.plain(key)
        shown = "choice-taken" if days == mask else "choice-free"
        return context.button(shown, "set-days", choices.opened_from, mask, name=name)

    def day_button(day: int) -> Button:
        shown = "choice-on" if days >> day & 1 else "choice-off"
        name = choices.say.weekday(day, short=True)
        return context.button(shown, "set-days", choices.opened_from, days ^ 1 << day, name=name)

    quick_row = (
        quick("preferences-every-day", EVERY_DAY),
        quick("preferences-once-a-week", ONCE_A_WEEK),
    )
    return (
        quick_row,
        tuple(day_button(d) for d in range(4)),
        tuple(day_button(d) for d in range(4, 7)),
    )


def _hour_rows(choices: Choices) -> Rows:
    def hour(minute: int) -> Button:
        key = "choice-taken" if choices.member.digest_minute == minute else "choice-free"
        return choices.context.button(
            key, "set-hour", choices.opened_from, minute, name=choices.say.clock(minute)
        )

    return (
        tuple(hour(minute) for minute in HOURS),
        (choices.context.button("preferences-other-hour", "set-other-hour", choices.opened_from),),
    )


def _next_row(choices: Choices, following: Page | None) -> tuple[Button, ...]:
    """The button back to the overview, to the next page of joining, or for None to its end."""
    context = choices.context
    if choices.opened_from is OpenedFrom.SETTINGS:
        return (context.button("back", "set-page", OpenedFrom.SETTINGS, Page.OVERVIEW),)
    if following is None:
        return (context.button("preferences-go-on", "joined"),)
    return (context.button("preferences-go-on", "set-page", OpenedFrom.JOINING, following),)


def quiet_words(choices: Choices) -> str:
    """The quiet hours of this member: their own, else the club's."""
    member, club = choices.member, choices.context.club
    begins, ends = member.quiet_from, member.quiet_until
    if begins is None or ends is None:
        begins, ends = club.quiet_begin_minute, club.quiet_end_minute
    if begins == ends:
        return choices.say.plain("quiet-none")
    return f"{choices.say.clock(begins)}–{choices.say.clock(ends)}"


def _held_back(choices: Choices) -> Html | None:
    """When the digest is sent if its hour is within quiet hours; None if it is not."""
    member, club = choices.member, choices.context.club
    minute = member.digest_minute
    for _ in range(2):  # the end of one span may be within the other
        for hours in (club.quiet_hours, _own_hours(choices)):
            minute = hours.ends if hours.hold_minute(minute) else minute
    if minute == member.digest_minute or not member.digest_days:
        return None
    return choices.say("quiet-digest", ends=choices.say.clock(minute))


def _own_hours(choices: Choices) -> QuietHours:
    member = choices.member
    return QuietHours(
        member.quiet_from or 0, member.quiet_until or 0, choices.context.club.timezone
    )


def _quiet(choices: Choices) -> PageView:
    club, say, context = choices.context.club, choices.say, choices.context
    own = (choices.member.quiet_from, choices.member.quiet_until)
    begins, ends = say.clock(club.quiet_begin_minute), say.clock(club.quiet_end_minute)
    text = say("quiet-ask", begins=begins, ends=ends, hours=quiet_words(choices))

    def option(hours: tuple[int, int]) -> Button:
        key = "choice-taken" if own == hours else "choice-free"
        name = f"{say.clock(hours[0])}–{say.clock(hours[1])}"
        return context.button(key, "set-quiet", choices.opened_from, *hours, name=name)

    key = "choice-taken" if own[0] is None else "choice-free"
    as_club = context.button(key, "set-quiet", choices.opened_from, name=say.plain("quiet-as-club"))
    other = context.button("quiet-other", "set-other-quiet", choices.opened_from)
    return PageView(
        text,
        ((as_club,), tuple(option(one) for one in QUIET_HOURS), (other,), _next_row(choices, None)),
    )


_PAGES: dict[Page, Callable[[Choices], PageView]] = {
    Page.OVERVIEW: _overview,
    Page.PURPOSES: _purposes,
    Page.LANGUAGE: _language,
    Page.AREA: _area,
    Page.DIGEST: _digest,
    Page.QUIET: _quiet,
}
