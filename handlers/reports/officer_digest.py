"""The text of the officers' digest: a line and a button for each open task."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.conversation import ClubSettings, Html, Speech
from handlers.messages import Button, Message, Rows
from handlers.recognition.plain_text import shortened
from handlers.rendering.bar_chart import Chart, Panel, Row
from handlers.views.small_counts import alone, hidden
from handlers.views.spending_lines import month_lines
from handlers.views.verdict import say_day
from storage.models import Role
from storage.reports.officer_digest import AnnouncementCount, OfficerDigest

_PER_ROW = 2
_NAMED = 3
"""Maximum announcements named in one line; the others are counted."""
_CHARTED = 8
_TITLE_CHARACTERS = 40


@dataclass(frozen=True)
class _Line:
    """A line of the digest, and the button that opens it."""

    text: Html
    buttons: tuple[Button, ...] = ()


def officers_digest(
    duties: OfficerDigest, role: Role, club: ClubSettings, now: datetime, say: Speech
) -> Message | None:
    """The digest of an officer or owner; None without content."""
    lines = [
        *_sendings(duties, say),
        *_desk(duties, role, say),
        *_cases(duties, club, say),
        *_yesterday(duties, say),
        *_team(duties, role, say),
        *_settings(duties, say),
        *_skipped(duties, say),
    ]
    if not lines:
        return None
    beside = (*_purged(duties, say), *_quota(duties, club, say), *_spending(duties, say))
    texts = [line.text for line in (*lines, *beside)]
    head = say("digest-duties-head", day=say.day(now))
    return Message(Html("\n".join([f"{head}\n", *texts])), _rows(lines))


def shares_chart(duties: OfficerDigest, say: Speech) -> Chart | None:
    """The chart of yesterday's shares by announcement; None if there were none."""
    rows = tuple(
        Row(f"{one.announcement.label}. {shortened(one.title, _TITLE_CHARACTERS)}", (one.count,))
        for one in _shown_shares(duties)
    )
    if not rows:
        return None
    return Chart(
        say.plain("digest-chart-title"), (Panel(say.plain("digest-chart-heading"), rows, tint=2),)
    )


def _sendings(duties: OfficerDigest, say: Speech) -> list[_Line]:
    named = {
        "going": duties.going_out,
        "paused": duties.paused,
        "uncertain": duties.uncertain,
    }
    lines = [
        _Line(
            say(f"digest-duties-{what}", count=say.number(len(ones)), which=_numbers(ones)),
            _opens("progress", "/tiendo", say),
        )
        for what, ones in named.items()
        if ones
    ]
    if duties.next_scheduled:
        count, when = say.number(duties.scheduled), say.moment(duties.next_scheduled)
        text = say("digest-duties-scheduled", count=count, when=when)
        lines.append(_Line(text, _opens("approvals", "/choduyet", say)))
    return lines


def _desk(duties: OfficerDigest, role: Role, say: Speech) -> list[_Line]:
    counted = {
        "awaiting": (duties.awaiting, "approvals", "/choduyet"),
        "questions": (duties.questions, "questions", "/cauhoi"),
        "appeals": (duties.appeals, "appeals", "/khieunai"),
    }
    lines = [
        _Line(say(f"digest-duties-{what}", count=say.number(count)), _opens(name, command, say))
        for what, (count, name, command) in counted.items()
        if count
    ]
    if duties.next_request and role is Role.OWNER:
        count, when = say.number(duties.requests), say.moment(duties.next_request)
        text = say("digest-duties-requests", count=count, when=when)
        lines.append(_Line(text, _opens("requests", "/yeucaudulieu", say)))
    return lines


def _cases(duties: OfficerDigest, club: ClubSettings, say: Speech) -> list[_Line]:
    if duties.oldest_case is None:
        return []
    text = say(
        "digest-duties-cases",
        count=say.number(duties.cases),
        new=say.number(duties.new_cases),
        day=say_day(duties.oldest_case, club, say),
    )
    return [_Line(text, _opens("queue", "/choxuly", say))]


def _yesterday(duties: OfficerDigest, say: Speech) -> list[_Line]:
    lines = []
    if duties.sent:
        text = say("digest-duties-sent", count=say.number(duties.sent))
        lines.append(_Line(text, _opens("statistics", "/thongke", say)))
    if duties.shares:
        each = ", ".join(
            say("digest-duties-share", number=one.announcement.label, count=say.number(one.count))
            for one in _shown_shares(duties)
        )
        total = alone(sum(one.count for one in duties.shares)).said(say)
        text = (
            say("digest-duties-shares", count=total, each=Html(each))
            if each
            else say("digest-duties-shares-together", count=total)
        )
        lines.append(_Line(text, tuple(_statistics_of(duties.shares[-_CHARTED:], say))))
    return lines


def _shown_shares(duties: OfficerDigest) -> Sequence[AnnouncementCount]:
    """The newest announcements whose share counts may be shown one by one."""
    suppressed = hidden(
        {one.announcement.id: one.count for one in duties.shares},
        {one.announcement.id: max(one.whole, one.count) for one in duties.shares},
    )
    return [one for one in duties.shares if one.announcement.id not in suppressed][-_CHARTED:]


def _statistics_of(shared: Sequence[AnnouncementCount], say: Speech) -> Iterable[Button]:
    for one in shared:
        yield Button(
            say.plain("digest-open-figures", number=one.announcement.label),
            action=f"statistics:{one.announcement.id}",
            listed=say.plain(
                "digest-open-figures-of", title=shortened(one.title, _TITLE_CHARACTERS)
            ),
        )


def _team(duties: OfficerDigest, role: Role, say: Speech) -> list[_Line]:
    if not duties.actions:
        return []
    each = ", ".join(
        say(f"digest-action-{action.replace(' ', '-')}", count=count)
        for action, count in duties.actions.items()
    )
    # Only owners may open the log; officers read the event and can open the list of members.
    opens = ("journal", "/nhatky") if role is Role.OWNER else ("members", "/hoivien")
    return [_Line(say("digest-duties-team", what=Html(each)), _opens(*opens, say))]


def _settings(duties: OfficerDigest, say: Speech) -> list[_Line]:
    if not duties.settings:
        return []
    text = say(
        "digest-duties-settings",
        which=Html(", ".join(say(f"journal-setting-{name}") for name in duties.settings)),
    )
    return [_Line(text, _opens("settings", "settings-changed", say))]


def _skipped(duties: OfficerDigest, say: Speech) -> list[_Line]:
    if not duties.skipped:
        return []
    when = "; ".join(say.when(moment) for moment in duties.skipped[-_NAMED:])
    return [_Line(say("digest-duties-skipped", when=when))]


def _quota(duties: OfficerDigest, club: ClubSettings, say: Speech) -> list[_Line]:
    """The rest of the monthly quota; shown only beside other lines."""
    if not club.zalo_quota:
        return []
    values = {
        "left": say.number(max(0, club.zalo_quota - duties.zalo_sent)),
        "most": say.number(club.zalo_quota),
    }
    return [_Line(say("quota-left", **values))]


def _spending(duties: OfficerDigest, say: Speech) -> list[_Line]:
    """Who waits for their next message, and the cost of this month; shown only beside other lines."""
    lines = []
    if duties.not_now:
        count = alone(sum(one.count for one in duties.not_now)).said(say)
        which = _numbers(duties.not_now)
        lines.append(_Line(say("digest-duties-not-now", count=count, which=which)))
    for metering, month in duties.months.items():
        lines += [_Line(line) for line in month_lines(metering, month, say)]
    return lines


def _purged(duties: OfficerDigest, say: Speech) -> list[_Line]:
    """Lines that are shown only beside others, since they need no action."""
    if not duties.purged:
        return []
    each = [say(f"purged-{what}", count=say.number(rows)) for what, rows in duties.purged.items()]
    return [_Line(say("digest-duties-purged", what=Html(", ".join(each))))]


def _opens(what: str, command: str, say: Speech) -> tuple[Button, ...]:
    return (Button(say.plain(f"digest-open-{what}"), action=command),)


def _rows(lines: Iterable[_Line]) -> Rows:
    """Each button once, in the order of the lines."""
    buttons = list(dict.fromkeys(button for line in lines for button in line.buttons))
    return tuple(
        tuple(buttons[start : start + _PER_ROW]) for start in range(0, len(buttons), _PER_ROW)
    )


def _numbers(ones: Sequence[AnnouncementCount]) -> str:
    shown = ", ".join(one.announcement.label for one in ones[:_NAMED])
    return shown if len(ones) <= _NAMED else f"{shown}, …"
