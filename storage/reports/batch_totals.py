"""Totals that officers see, counted once for each batch.

A total that could reveal one member's answer or stop is not counted for each query but once a batch,
and stored until the next: by the timetable or, if it has not done so yet, by the first query. What
members did since is in none of them. With `flags.batch_minutes = 0` nothing is stored and every query
counts.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import col, select

from storage.announcements import statistics
from storage.announcements.statistics import Breakdown, Day, Detail, OfArea, Totals
from storage.database import Tx, insert
from storage.members import members
from storage.models import BatchFigure, Mailing, Purpose
from storage.outbox import corrections, mailings, monthly_quota, resend, window_audience
from storage.outbox.metering import Metering
from storage.outbox.window_audience import Phases

Ends = Sequence[tuple[date, datetime]]
"""Days, each with the moment at which it ends, as `storage.announcements.statistics.detail` takes them."""
ALWAYS_FOR = timedelta(days=14)
"""Announcements up to this age are counted for every batch; older ones once a day."""
AUDIENCE = "audience"


@dataclass(frozen=True)
class SendableLater:
    """How many more members an announcement could be sent to."""

    newcomers: int
    missed: int


async def audience(
    tx: Tx, areas: Collection[str], messenger: str = "", cheaper: Collection[str] = ()
) -> int:
    """Number of members an announcement for these areas would be sent to, on one messenger or any."""
    subject = _audience(messenger)
    figures = await _kept(tx, subject)
    if figures is None:
        figures = await _first(tx, subject, await _count_audience(tx, messenger, cheaper))
    return sum(n for area, n in dict(figures["areas"]).items() if not areas or area in areas)


async def phases(
    tx: Tx, areas: Collection[str], metering: Metering, cheaper: Collection[str]
) -> Phases:
    """Members whom an announcement for these areas would reach by this account, by its price."""
    subject = _window(metering)
    figures = await _kept(tx, subject)
    if figures is None:
        figures = await _first(tx, subject, await _count_phases(tx, metering, cheaper))
    found = [Phases(*n) for area, n in figures["areas"] if not areas or area in areas]
    return sum(found, Phases())


async def totals(tx: Tx, numbers: Collection[int]) -> dict[int, Totals]:
    """The totals of these announcements; the numbers of deliveries are current."""
    now = await statistics.totals(tx, numbers)
    if tx.batches.is_at_once:
        return now
    rows = await _rows(tx, [_announcement(number) for number in numbers])
    return {number: _merged(now[number], rows.get(_announcement(number))) for number in numbers}


async def detail(tx: Tx, number: int, days: Ends) -> Detail:
    """The totals of one announcement and their breakdown."""
    if tx.batches.is_at_once:
        return await statistics.detail(tx, number, days)
    row = (await _rows(tx, [_announcement(number)])).get(_announcement(number))
    return Detail(
        _merged((await statistics.totals(tx, [number]))[number], row),
        _breakdown(row) if row else Breakdown(),
    )


async def later(tx: Tx, mailing: Mailing) -> SendableLater:
    """How many more members a sent announcement could be sent to."""
    figures = await _kept(tx, _more(mailing))
    if figures is None:
        figures = await _first(tx, _more(mailing), await _later_value(tx, mailing))
    return SendableLater(*figures["later"])


async def note_later(tx: Tx, mailing: Mailing, left: SendableLater) -> None:
    """Stores how many are `left` after an officer sent it to more; officers see that at once."""
    row = None if tx.batches.is_at_once else await tx.session.get(BatchFigure, _more(mailing))
    if row is not None:
        row.value = {"later": [left.newcomers, left.missed]}
        await tx.session.flush()


async def unreachable(tx: Tx, mailing: Mailing) -> int:
    """Number of copies that a finished correction or recall could not reach.

    0 until it has been counted in a transaction that may write.
    """
    figures = await _kept(tx, _beyond(mailing))
    if figures is None and not tx.may_write and not tx.batches.is_at_once:
        return 0  # not counted yet
    if figures is None:
        figures = await _first(tx, _beyond(mailing), await _beyond_value(tx, mailing))
    return int(figures["beyond"])


async def note_reach(tx: Tx, number: int, more: int) -> None:
    """Adds views that an officer recorded to the stored total; officers see that at once."""
    row = await tx.session.get(BatchFigure, _announcement(number))
    if row is not None:
        row.value = {**row.value, "reach": int(str(row.value["reach"])) + more}
        await tx.session.flush()


async def count_audiences(
    tx: Tx,
    messengers: Mapping[str, Collection[str]],
    metered: Mapping[Metering, Collection[str]],
) -> dict[str, dict[str, object]]:
    """Subject to value: the number of reachable members by area, on any and on each messenger.

    Of `metered` accounts also by their price. Each comes with the messengers that are cheaper.
    """
    every: Mapping[str, Collection[str]] = {"": (), **messengers}
    return {
        _audience(one): await _count_audience(tx, one, cheaper) for one, cheaper in every.items()
    } | {_window(one): await _count_phases(tx, one, cheaper) for one, cheaper in metered.items()}


async def count_announcement(tx: Tx, number: int, days: Ends) -> dict[str, dict[str, object]]:
    """Subject to value: the totals of one announcement, to be stored with `keep`."""
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
    """Announcement to the batch it was last counted for; None stands for the audiences."""
    names: dict[str, int | None] = {_announcement(number): number for number in numbers}
    names[AUDIENCE] = None
    query = select(BatchFigure.subject, BatchFigure.taken_for)
    query = query.where(col(BatchFigure.subject).in_(list(names)))
    return {names[subject]: at for subject, at in await tx.all(query)}


async def keep(tx: Tx, begin: datetime, figures: Mapping[str, Mapping[str, object]]) -> None:
    """Stores totals of the batch that begins at `begin`; officers see these until the next `keep`."""
    for subject, value in figures.items():
        row = {"taken_for": begin, "value": dict(value)}
        statement = insert(tx, BatchFigure).values(subject=subject, **row)
        await tx.execute(statement.on_conflict_do_update(index_elements=["subject"], set_=row))


def _audience(messenger: str) -> str:
    return f"{AUDIENCE} {messenger}".strip()


def _window(metering: Metering) -> str:
    return f"window {metering.messenger}"


def _more(mailing: Mailing) -> str:
    return f"more {mailing.id}"


def _beyond(mailing: Mailing) -> str:
    return f"beyond {mailing.id}"


def _announcement(number: int) -> str:
    return f"announcement {number}"


async def _count_audience(tx: Tx, messenger: str, cheaper: Collection[str]) -> dict[str, object]:
    purpose = Purpose.ANNOUNCEMENTS
    counted = (
        await monthly_quota.recipients(tx, messenger, purpose, cheaper)
        if messenger
        else await members.count_reachable(tx, purpose)
    )
    return {"areas": list(counted.items())}


async def _count_phases(tx: Tx, metering: Metering, cheaper: Collection[str]) -> dict[str, object]:
    found = await window_audience.count(tx, metering, cheaper, Purpose.ANNOUNCEMENTS)
    return {"areas": [(area, astuple(counted)) for area, counted in found.items()]}


async def _later_value(tx: Tx, mailing: Mailing) -> dict[str, object]:
    return {
        "later": [await resend.count_newcomers(tx, mailing), await resend.count_missed(tx, mailing)]
    }


async def _beyond_value(tx: Tx, mailing: Mailing) -> dict[str, object]:
    return {"beyond": await corrections.unreachable_copies(tx, mailing)}


async def _first(tx: Tx, subject: str, value: dict[str, object]) -> Any:
    """Stores a first value and returns it; the stored one if another transaction was first."""
    if tx.batches.is_at_once:
        return value
    await tx.execute(
        insert(tx, BatchFigure)
        .values(subject=subject, taken_for=tx.batches.begin(tx.clock.now()), value=value)
        .on_conflict_do_nothing(index_elements=["subject"])
    )
    return (await _rows(tx, [subject]))[subject]


async def _kept(tx: Tx, subject: str) -> Any:
    return None if tx.batches.is_at_once else (await _rows(tx, [subject])).get(subject)


async def _rows(tx: Tx, subjects: Collection[str]) -> dict[str, Any]:
    query = select(BatchFigure.subject, BatchFigure.value)
    query = query.where(col(BatchFigure.subject).in_(subjects))
    return dict(await tx.all(query))


def _merged(now: Totals, row: Any) -> Totals:
    """Current deliveries with the stored totals; zeros for one not counted yet."""
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
