"""How long everybody's digest takes to make, and how long to count what became of an announcement."""

import shutil
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert
from sqlmodel import SQLModel

from handlers.reports.announcement_figures import DAYS, days_since
from storage.announcements import statistics
from storage.database.engine import Store
from storage.models import (
    Announcement,
    AnnouncementState,
    Delivery,
    DeliveryState,
    Lane,
    Mailing,
    MailingKind,
    MailingState,
    Member,
    Proof,
    ProofKind,
    Share,
    ShareState,
)
from tests.bench.conftest import Note
from tests.bench.digest_readers import add_readers, make_digests, open_store
from tests.support.club import SETTINGS, ManualClock

MEMBERS = 100_000
SHARED_EVERY, OPENED_EVERY, LINKED_EVERY = 5, 3, 20
TRIES = 5


@pytest.mark.bench
@pytest.mark.timeout(600)
async def test_everybodys_digest(sqlite_template: Path, tmp_path: Path, note: Note) -> None:
    per_10k = {}
    for size in (10_000, MEMBERS):
        path = tmp_path / f"{size}.sqlite3"
        shutil.copy(sqlite_template, path)
        store = open_store(path, ManualClock())
        await add_readers(store, size)
        await store.close()
        cost = make_digests(path)
        assert cost.queued == size
        per_10k[size] = cost.seconds / size * 10_000
        note(f"digests.build_{size // 1000}k_s", cost.seconds)
        note(f"digests.rss_{size // 1000}k_mb", cost.peak_mb)
    note("digests: per 10,000 members, of 100,000 / of 10,000", per_10k[MEMBERS] / per_10k[10_000])


@pytest.mark.bench
@pytest.mark.timeout(600)
async def test_digests_also_statistics_of_everybodys_announcement(store: Store, note: Note) -> None:
    await _send(store)
    begin = store.clock.now()
    days = days_since(begin, begin + timedelta(days=DAYS), SETTINGS)
    took_ms = []
    for _ in range(TRIES):
        async with store.read() as tx:
            began_s = time.perf_counter()
            totals = (await statistics.detail(tx, 1, days)).totals
            took_ms.append((time.perf_counter() - began_s) * 1000)
    assert totals.sharers == MEMBERS // SHARED_EVERY
    database = store.engine.dialect.name
    note(f"statistics: {database}, {MEMBERS} deliveries, slowest ms", max(took_ms))
    if database == "sqlite":
        note("statistics.100k_ms", sorted(took_ms)[TRIES // 2])


async def _send(store: Store) -> None:
    now, day = store.clock.now(), store.clock.now().date()
    numbers = range(1, MEMBERS + 1)
    areas = [None, *(area.id for area in SETTINGS.areas)]
    rows: dict[type[SQLModel], list[dict[str, object]]] = {
        Member: [
            {"id": n, "language": "vi", "area": areas[n % len(areas)], "actor": n, "joined_at": now}
            for n in numbers
        ],
        Announcement: [
            {"id": 1, "state": AnnouncementState.SENT, "created_at": now, "sent_at": now}
        ],
        Mailing: [
            {
                "id": 1,
                "kind": MailingKind.ANNOUNCEMENT,
                "subject": "1",
                "announcement_id": 1,
                "state": MailingState.DONE,
                "lane": Lane.ANNOUNCEMENT,
                "bodies": {},
                "created_at": now,
            }
        ],
        Delivery: [
            {
                "mailing_id": 1,
                "member_id": n,
                "lane": Lane.ANNOUNCEMENT,
                "state": DeliveryState.SENT,
                "not_before": now,
                "changed_at": now,
                "message_ids": [str(n)],
                "opened_on": None if n % OPENED_EVERY else day + timedelta(days=n % DAYS),
            }
            for n in numbers
        ],
        Share: [
            {
                "id": n,
                "announcement_id": 1,
                "member_id": n,
                "state": ShareState.SHARED,
                "at": now + timedelta(days=n % DAYS),
            }
            for n in numbers
            if not n % SHARED_EVERY
        ],
        Proof: [
            {
                "share_id": n,
                "kind": ProofKind.LINK,
                "platform": "facebook",
                "content_sealed": b"sealed",
                "same": str(n).encode(),
                "at": now,
            }
            for n in numbers
            if not n % LINKED_EVERY
        ],
    }
    async with store.write() as tx:
        for table, values in rows.items():
            await tx.execute(insert(table), values)
