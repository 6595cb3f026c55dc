"""Builds the exported tables: the figures that officers see on their screens, without names."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from enum import StrEnum

from handlers.conversation import ClubSettings, Context, Speech
from handlers.rendering.spreadsheets import Cell, Table
from handlers.reports.announcement_figures import platform_name
from handlers.views.announcement import Content, unpack
from handlers.views.announcement_totals import shown_totals
from handlers.views.delivery_counts import NOT_REACHED, shown_copies
from handlers.views.small_counts import alone
from handlers.views.verdict import day_of
from storage.announcements.statistics import Totals
from storage.database import batch_clock
from storage.models import Case, Verdict
from storage.reports import batch_totals, export_rows
from storage.reports.export_rows import SentAnnouncement


class Sheet(StrEnum):
    """One kind of table."""

    ANNOUNCEMENTS = "announcements"
    DELIVERIES = "deliveries"
    SHARES = "shares"
    CASES = "cases"


_HEADS: Mapping[Sheet, str] = {
    Sheet.ANNOUNCEMENTS: (
        "number title state issuer source ref urgent areas sent_at valid_until "
        "sent opened shared links pictures reach"
    ),
    Sheet.DELIVERIES: "number title",
    Sheet.SHARES: "number title platform link reach",
    Sheet.CASES: "case category state opened_case flags rating claim explanation sources decided",
}


_STATES = ("recipients", "queued", "sent", "not_reached", *(state.value for state in NOT_REACHED))


async def table(context: Context, sheet: Sheet, since: datetime) -> Table:
    """The table of this kind with rows from `since` on."""
    say = context.say
    head = tuple(say.plain(f"export-head-{name}") for name in _HEADS[sheet].split())
    if sheet is Sheet.DELIVERIES:
        head += tuple(say.plain(f"export-state-{name}") for name in _STATES)
    return Table(say.plain(f"export-sheet-{sheet.value}"), head, await _ROWS[sheet](context, since))


async def _announcements(context: Context, since: datetime) -> list[tuple[Cell, ...]]:
    issued = await export_rows.issued(context.tx, since)
    totals = await batch_totals.totals(context.tx, [one.announcement.id for one in issued])
    return [
        _announcement(one, totals[one.announcement.id], context.say, context.club) for one in issued
    ]


def _announcement(
    one: SentAnnouncement, totals: Totals, say: Speech, club: ClubSettings
) -> tuple[Cell, ...]:
    content = unpack(one.content)
    return (
        one.announcement.number,
        content.title,
        say.plain(f"export-announcement-{one.state.value}"),
        content.issuer,
        content.source_url,
        content.source_ref,
        say.plain("data-yes") if content.urgent else "",
        _areas(content, say, club),
        one.sent_at,
        content.valid_until,
        *_shown_cells(totals),
    )


def _shown_cells(totals: Totals) -> tuple[Cell, ...]:
    """Sent, opened, shared, links, pictures and reach, as far as they may be shown."""
    shown = shown_totals(totals)
    each = (shown.sent, shown.opened, shown.shared, shown.links, shown.pictures)
    return (
        *(number.cell if number else None for number in each),
        None if shown.is_few else totals.reach,
    )


def _states(totals: Totals) -> tuple[Cell, ...]:
    shown = shown_copies(totals.deliveries)
    each = [shown.each.get(state) for state in NOT_REACHED]
    return (
        alone(shown.whole).cell,
        shown.waiting.cell,
        shown.done.cell,
        shown.not_reached.cell,
        *(number.cell if number else None for number in each),
    )


def _areas(content: Content, say: Speech, club: ClubSettings) -> str:
    names = [club.area_name(area) or area for area in content.areas]
    return ", ".join(names) or say.plain("announcing-everyone")


async def _deliveries(context: Context, since: datetime) -> list[tuple[Cell, ...]]:
    issued = await export_rows.issued(context.tx, since)
    totals = await batch_totals.totals(context.tx, [one.announcement.id for one in issued])
    return [
        (
            one.announcement.number,
            unpack(one.content).title,
            *_states(totals[one.announcement.id]),
        )
        for one in issued
    ]


async def _shares(context: Context, since: datetime) -> list[tuple[Cell, ...]]:
    issued = await export_rows.issued(context.tx, since)
    totals = await batch_totals.totals(context.tx, [one.announcement.id for one in issued])
    # Among fewer than five people the link of a share would identify the member.
    shown = {
        one.announcement.id: (one.announcement.number, unpack(one.content).title)
        for one in issued
        if not shown_totals(totals[one.announcement.id]).is_few
    }
    return [
        (
            *shown[one.announcement_id],
            platform_name(one.platform, context.say),
            one.url,
            one.reach,
        )
        for one in await export_rows.shared_links(context.tx, list(shown))
    ]


async def _cases(context: Context, since: datetime) -> list[tuple[Cell, ...]]:
    return [
        _case(case, verdict, context)
        for case, verdict in await export_rows.cases(context.tx, day_of(since, context.club))
    ]


def _case(case: Case, verdict: Verdict | None, context: Context) -> tuple[Cell, ...]:
    say = context.say
    columns: tuple[Cell, ...] = (
        case.code,
        say.plain(f"flag-category-{case.category.value}"),
        say.plain(f"export-case-{case.state.value}"),
        case.opened_on,
        batch_clock.shown_count(context.tx, case),
    )
    if verdict is None:
        return (*columns, *5 * [None])
    return (
        *columns,
        say.plain(f"verdict-rating-{verdict.rating.value}"),
        verdict.claim,
        verdict.explanation,
        "\n".join(verdict.sources),
        day_of(verdict.decided_at, context.club),
    )


_ROWS: Mapping[Sheet, Callable[[Context, datetime], Awaitable[list[tuple[Cell, ...]]]]] = {
    Sheet.ANNOUNCEMENTS: _announcements,
    Sheet.DELIVERIES: _deliveries,
    Sheet.SHARES: _shares,
    Sheet.CASES: _cases,
}
