"""`export`: what the club made public and the totals of it, as lines of JSON. Nothing of a member."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

from sqlmodel import col, select

from bot.archive.existing import existing
from bot.config import Settings
from storage import published, statistics
from storage.engine import Tx
from storage.models import DeliveryState, Verdict
from storage.published import Published
from storage.statistics import Totals

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
"""Of an announcement's wording; what only its author needed stays out."""


async def lines(settings: Settings) -> AsyncIterator[str]:
    """One line for each announcement that went out, oldest first, then one for each verdict."""
    async with existing(settings) as store, store.read() as tx:
        async for record in _records(tx):
            yield json.dumps(record, ensure_ascii=False, sort_keys=True)


async def _records(tx: Tx) -> AsyncIterator[dict[str, Any]]:
    went_out = list(reversed(await published.newest(tx)))
    totals = await statistics.totals(tx, [one.number for one in went_out])
    for one in went_out:
        yield _announcement(one, totals[one.number])
    verdicts = await tx.session.stream_scalars(select(Verdict).order_by(col(Verdict.id)))
    async for verdict in verdicts:
        yield _verdict(verdict)


def _announcement(one: Published, totals: Totals) -> dict[str, Any]:
    wording = {name: one.content[name] for name in _PUBLIC if name in one.content}
    return {
        "kind": "announcement",
        "number": one.number,
        **wording,
        "totals": {
            **{state.value: totals.copies(state) for state in DeliveryState},
            "shared": totals.sharers,
            "links": totals.links,
            "pictures": totals.pictures,
        },
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "kind": "verdict",
        "case": verdict.case_id,
        "version": verdict.version,
        "rating": verdict.rating.value,
        "claim": verdict.claim,
        "explanation": verdict.explanation,
        "sources": verdict.sources,
        "decided_at": _moment(verdict.decided_at),
    }


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
