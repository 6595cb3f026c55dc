"""Totals that officers see: counted once in each batch, soon after it began.

A total by which one member's answer or stop could be noticed is not counted at every look, but once a
batch and kept until the next: by the timetable or, what it has not counted yet, by the first look. What
members did since is in none of them.
Where everything is seen at once (`flags.batch_minutes = 0`), nothing is kept and all is counted anew.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import col, select

from storage.announcements import statistics
from storage.announcements.statistics import Breakdown, Day, Detail, OfArea, Totals
from storage.database.dialect import insert
from storage.database.engine import Tx
from storage.members import members
from storage.models import BatchFigure, Mailing, Purpose
from storage.outbox import corrections, mailings, monthly_quota, resend

Ends = Sequence[tuple[date, datetime]]
"""Days, each with the moment at which it ends, as `storage.announcements.statistics.detail` takes them."""
ALWAYS_FOR = timedelta(days=14)
"""Announcements so young are counted anew for every batch; older ones once a day."""
AUDIENCE = "audience"


@dataclass(frozen=True)
class SendableLater:
    """How many members an announcement could be sent to besides."""

    newcomers: int
    missed: int


async def audience(tx: Tx, areas: Collection[str], messenger: str = "") -> int:
    """How many members would get an announcement for these areas, on this messenger or anywhere."""
    subject = _audience(messenger)
    figures = await _kept(tx, subject)
    if figures is None:
        counted: dict[str, object] = {"areas": list((await _count_audience(tx, messenger)).items())}
        figures = await _first(tx, subject, counted)
    counts = _pairs(figures)
    return sum(n for area, n in counts.items() if not areas or area in areas)


async def totals(tx: Tx, numbers: Collection[int]) -> dict[int, Totals]:
    """The totals of these announcements; how far each has gone out is of this moment."""
    now = await statistics.totals(tx, numbers)
    if tx.batches.is_at_once:
        return now
    rows = await _rows(tx, [_announcement(number) for number in numbers])
    return {number: _merged(now[number], rows.get(_announcement(number))) for number in numbers}


async def detail(tx: Tx, number: int, days: Ends) -> Detail:
    """One announcement as a whole and by its parts."""
    if tx.batches.is_at_once:
        return await statistics.detail(tx, number, days)
    row = (await _rows(tx, [_announcement(number)])).get(_announcement(number))
    now = (await statistics.totals(tx, [number]))[number]
    return Detail(_merged(now, row), _breakdown(row) if row else Breakdown())


async def later(tx: Tx, mailing: Mailing) -> SendableLater:
    """To how many members more an announcement that went out could be sent."""
    figures = await _kept(tx, _more(mailing))
    if figures is None:
        figures = await _first(tx, _more(mailing), await _later_value(tx, mailing))
    return SendableLater(*figures["later"])


async def note_later(tx: Tx, mailing: Mailing, left: SendableLater) -> None:
    """An officer sends it to more members: officers see at once how many are left, as they knew it."""
    row = None if tx.batches.is_at_once else await tx.session.get(BatchFigure, _more(mailing))
    if row is not None:
        row.value = {"later": [left.newcomers, left.missed]}
        await tx.session.flush()


async def beyond_reach(tx: Tx, mailing: Mailing) -> int:
    """How many copies an ended correction or recall could not be brought to.

    0 until it has been counted in a transaction that may write.
    """
    figures = await _kept(tx, _beyond(mailing))
    if figures is None and not tx.may_write and not tx.batches.is_at_once:
        return 0  # not counted yet
    if figures is None:
        figures = await _first(tx, _beyond(mailing), await _beyond_value(tx, mailing))
    return int(figures["beyond"])


async def note_reach(tx: Tx, number: int, more: int) -> None:
    """An officer noted how far a share went: officers see that at once."""
    row = await tx.session.get(BatchFigure, _announcement(number))
    if row is not None:
        row.value = {**row.value, "reach": int(str(row.value["reach"])) + more}
        await tx.session.flush()


async def count_audiences(tx: Tx, messengers: Collection[str]) -> dict[str, dict[str, object]]:
    """What is kept of how many members can be written to, anywhere and on each messenger."""
    return {
        _audience(one): {"areas": list((await _count_audience(tx, one)).items())}
        for one in ("", *messengers)
    }


async def count_announcement(tx: Tx, number: int, days: Ends) -> dict[str, dict[str, object]]:
    """What is kept of one announcement."""
    detail = await statistics.detail(tx, number, days)
    mailing = await mailings.of_announcement(tx, number)
    correction = await corrections.newest_of(tx, number)
    counted: dict[str, dict[str, object]] = {}
    if mailing and mailings.has_ended(mailing):
        counted[_more(mailing)] = await _later_value(tx, mailing)
    if correction and mailings.has_ended(correction):
        counted[_beyond(correction)] = await _beyond_value(tx, correction)
    whole, parts = detail.totals, detail.breakdown
    value: dict[str, object] = {
        "opened": whole.opened,
        "sharers": whole.sharers,
        "links": whole.links,
        "pictures": whole.pictures,
        "reach": whole.reach,
        "areas": [(key, [a.sent, a.opened, a.shared]) for key, a in parts.areas.items()],
        "days": [(day.isoformat(), [d.opened, d.shared]) for day, d in parts.days.items()],
        "platforms": list(parts.platforms.items()),
    }
    return {_announcement(number): value, **counted}


async def taken_for(tx: Tx, numbers: Collection[int]) -> dict[int | None, datetime]:
    """For which batch each announcement was counted last, and the audiences (None); others never."""
    names: dict[str, int | None] = {_announcement(number): number for number in numbers}
    names[AUDIENCE] = None
    query = select(BatchFigure.subject, BatchFigure.taken_for)
    query = query.where(col(BatchFigure.subject).in_(list(names)))
    return {names[subject]: at for subject, at in (await tx.session.exec(query)).all()}


async def keep(tx: Tx, begin: datetime, figures: Mapping[str, Mapping[str, object]]) -> None:
    """Officers see these until they are counted for a later batch."""
    for subject, value in figures.items():
        row = {"taken_for": begin, "value": dict(value)}
        statement = insert(tx, BatchFigure).values(subject=subject, **row)
        await tx.execute(statement.on_conflict_do_update(index_elements=["subject"], set_=row))


def _audience(messenger: str) -> str:
    return f"{AUDIENCE} {messenger}".strip()


def _more(mailing: Mailing) -> str:
    return f"more {mailing.id}"


def _beyond(mailing: Mailing) -> str:
    return f"beyond {mailing.id}"


def _announcement(number: int) -> str:
    return f"announcement {number}"


async def _count_audience(tx: Tx, messenger: str) -> dict[str | None, int]:
    if messenger:
        return await monthly_quota.recipients(tx, messenger, Purpose.ANNOUNCEMENTS)
    return await members.count_reachable(tx, Purpose.ANNOUNCEMENTS)


async def _later_value(tx: Tx, mailing: Mailing) -> dict[str, object]:
    newcomers = await resend.count_newcomers(tx, mailing)
    return {"later": [newcomers, await resend.count_missed(tx, mailing)]}


async def _beyond_value(tx: Tx, mailing: Mailing) -> dict[str, object]:
    return {"beyond": await corrections.unreachable_copies(tx, mailing)}


async def _first(tx: Tx, subject: str, value: dict[str, object]) -> Any:
    """What is kept from now on: this or, where somebody else looked first, what they saw."""
    if tx.batches.is_at_once:
        return value
    begin = tx.batches.begin(tx.clock.now())
    statement = insert(tx, BatchFigure).values(subject=subject, taken_for=begin, value=value)
    await tx.execute(statement.on_conflict_do_nothing(index_elements=["subject"]))
    return (await _rows(tx, [subject]))[subject]


async def _kept(tx: Tx, subject: str) -> Any:
    if tx.batches.is_at_once:
        return None
    return (await _rows(tx, [subject])).get(subject)


async def _rows(tx: Tx, subjects: Collection[str]) -> dict[str, Any]:
    query = select(BatchFigure.subject, BatchFigure.value)
    query = query.where(col(BatchFigure.subject).in_(subjects))
    return dict((await tx.session.exec(query)).all())


def _pairs(value: Any) -> dict[str | None, int]:
    return dict(value["areas"])


def _merged(now: Totals, row: Any) -> Totals:
    """Nothing was done with one that went out in this batch, as far as officers see."""
    seen = row or dict.fromkeys(("opened", "sharers", "links", "pictures", "reach"), 0)
    return Totals(
        now.deliveries,
        seen["opened"],
        seen["sharers"],
        seen["links"],
        seen["pictures"],
        seen["reach"],
    )


def _breakdown(row: Any) -> Breakdown:
    return Breakdown(
        {area: OfArea(*figures) for area, figures in row["areas"]},
        {date.fromisoformat(day): Day(*figures) for day, figures in row["days"]},
        dict(row["platforms"]),
    )
