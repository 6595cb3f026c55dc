"""`export`: published announcements and verdicts with their totals, as JSON lines; no member data."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

from sqlmodel import col, select

from bot.backup.open_existing import existing
from bot.config.settings import Settings
from handlers.views.announcement_totals import shown_totals
from handlers.views.delivery_counts import NOT_REACHED, shown_copies
from handlers.views.small_counts import alone
from storage.announcements import published
from storage.announcements.published import Published
from storage.announcements.statistics import Totals
from storage.database import Tx
from storage.models import Case, Verdict
from storage.reports import batch_totals

_PUBLIC = (
    "title",
    "html",
    "facts",
    "issuer",
    "source_url",
    "source_ref",
    "valid_until",
    "urgent",
    "title_en",
    "html_en",
    "areas",
    "send_at",
)
"""The exported columns of an announcement's text; internal ones are excluded."""


async def lines(settings: Settings) -> AsyncIterator[str]:
    """Yields a line for each sent announcement, oldest first, then one for each verdict."""
    async with existing(settings) as store, store.read() as tx:
        async for record in _records(tx):
            yield json.dumps(record, ensure_ascii=False, sort_keys=True)


async def _records(tx: Tx) -> AsyncIterator[dict[str, Any]]:
    went_out = list(reversed(await published.newest(tx)))
    totals = await batch_totals.totals(tx, [one.id for one in went_out])
    for one in went_out:
        yield _announcement(one, totals[one.id])
    query = select(Verdict, Case.code).join(Case, col(Case.id) == Verdict.case_id)
    async for verdict, code in await tx.session.stream(query.order_by(col(Verdict.id))):
        yield {
            "kind": "verdict",
            "case": code,
            "version": verdict.version,
            "rating": verdict.rating.value,
            "claim": verdict.claim,
            "explanation": verdict.explanation,
            "sources": verdict.sources,
            "decided_at": _moment(verdict.decided_at),
        }


def _announcement(one: Published, totals: Totals) -> dict[str, Any]:
    return {
        "kind": "announcement",
        "number": one.reference.number,
        **{name: one.content[name] for name in _PUBLIC if name in one.content},
        "totals": _totals(totals),
    }


def _totals(totals: Totals) -> dict[str, int | str]:
    """Numbers, or bounds such as `<5` where a number would identify too few people."""
    known, copies = shown_totals(totals), shown_copies(totals.deliveries)
    states = {"queued": copies.waiting, "sent": copies.done, "not_reached": copies.not_reached}
    states |= {state.value: copies.each[state] for state in NOT_REACHED if state in copies.each}
    parts = {"shared": known.shared, "links": known.links, "pictures": known.pictures}
    return {
        "recipients": alone(copies.whole).cell,
        **{name: number.cell for name, number in states.items()},
        **{name: number.cell for name, number in parts.items() if number},
    }


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
