"""A club whose members all want their digest at the same hour, and a process that makes it."""

import asyncio
import multiprocessing
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from sqlalchemy import func, insert, select

from handlers.views.announcement import Content, pack
from scheduler.digests.dispatcher import DigestDispatcher
from scheduler.settings import DigestSettings
from storage import schedules
from storage.database.engine import DatabaseSettings, Store, open_engine
from storage.database.ids import RandomIds
from storage.database.vault import Vault
from storage.models import (
    Announcement,
    AnnouncementState,
    AnnouncementVersion,
    Consent,
    Delivery,
    DeliveryState,
    Lane,
    Mailing,
    MailingKind,
    MailingState,
    Member,
    Purpose,
    ScheduleKind,
)
from tests.conftest import KEY
from tests.support.club import SETTINGS, ManualClock
from tests.support.inline_workers import InlineWorkers

_AT_ONCE = 10_000
_AREAS = [None, *(f"xa-{n}" for n in range(30))]
_EARLIER = 3
"""Days on which everybody had a digest before."""
_MINUTE = 10 * 60


@dataclass(frozen=True)
class Cost:
    """What one slot cost the process that made it."""

    seconds: float
    peak_mb: float
    queued: int


async def add_readers(store: Store, size: int) -> None:
    """Members 1 to `size`, with something new in every area and digests of the days before."""
    await _announce(store)
    for day in range(1, _EARLIER + 1):
        await _digest_before(store, day)
    for first in range(1, size + 1, _AT_ONCE):
        async with store.write() as tx:
            for table, rows in _rows(store, range(first, min(first + _AT_ONCE, size + 1))):
                await tx.execute(insert(table), rows)
    async with store.write() as tx:
        await schedules.ensure(
            tx,
            ScheduleKind.MEMBER_DIGEST,
            minute=_MINUTE,
            days=schedules.EVERY_DAY,
            timezone=SETTINGS.timezone,
        )


async def _announce(store: Store) -> None:
    now = store.clock.now()
    async with store.write() as tx:
        for number, area in enumerate([*_AREAS, None, None], start=1):
            content = Content(
                title=f"Thông báo {number}", html="Nội dung.", areas=(area,) if area else ()
            )
            sent = Announcement(
                id=number,
                number=number,
                state=AnnouncementState.SENT,
                created_at=now,
                sent_at=now,
            )
            tx.session.add(sent)
            await tx.session.flush()
            tx.session.add(
                AnnouncementVersion(announcement_id=number, number=1, content=pack(content))
            )


async def _digest_before(store: Store, day: int) -> None:
    async with store.write() as tx:
        tx.session.add(
            Mailing(
                id=day,
                kind=MailingKind.DIGEST,
                subject=f"earlier {day}",
                state=MailingState.DONE,
                lane=Lane.DIGEST,
                purpose=Purpose.DIGEST,
                bodies={},
                created_at=store.clock.now() - timedelta(days=day),
            )
        )


def _rows(store: Store, numbers: range) -> Iterator[tuple[type, list[dict[str, object]]]]:
    now = store.clock.now()
    yield (
        Member,
        [
            {
                "id": number,
                "language": "en" if number % 10 == 0 else "vi",
                "area": _AREAS[number % len(_AREAS)],
                "digest_minute": _MINUTE,
                "digest_days": schedules.EVERY_DAY,
                "actor": number,
                "joined_at": now,
            }
            for number in numbers
        ],
    )
    yield (
        Consent,
        [
            {
                "member_id": number,
                "purpose": Purpose.DIGEST,
                "text_version": "1",
                "language": "vi",
                "given_at": now,
            }
            for number in numbers
        ],
    )
    for day in range(1, _EARLIER + 1):
        yield (
            Delivery,
            [
                {
                    "mailing_id": day,
                    "member_id": number,
                    "lane": Lane.DIGEST,
                    "state": DeliveryState.SENT,
                    "not_before": now,
                    "changed_at": now,
                }
                for number in numbers
            ],
        )


def make_digests(path: Path) -> Cost:
    """Makes the digests in a process of its own, so that its memory is that of the digests."""
    ours, its = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_run, args=(its, path))
    process.start()
    cost: Cost = ours.recv()
    process.join()
    return cost


def _run(its: Connection, path: Path) -> None:
    its.send(asyncio.run(_make(path)))


async def _make(path: Path) -> Cost:
    clock = ManualClock()
    clock.advance(hours=1)
    store = open_store(path, clock)
    digests = DigestDispatcher(store, SETTINGS, DigestSettings(), InlineWorkers())
    began_s = time.perf_counter()
    while await digests.send_due():
        pass
    seconds = time.perf_counter() - began_s
    async with store.read() as tx:
        waiting = select(func.count()).where(Delivery.state == DeliveryState.QUEUED)  # type: ignore[arg-type]
        queued = (await tx.execute(waiting)).scalar_one()
    await store.close()
    return Cost(seconds, _peak_mb(), queued)


def open_store(path: Path, clock: ManualClock) -> Store:
    """The store of the club in this file."""
    engine = open_engine(DatabaseSettings(url=f"sqlite:///{path}"))
    return Store(engine, Vault(KEY), clock, RandomIds())


def _peak_mb() -> float:
    """The peak memory of this process; `ru_maxrss` would include its parent's."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024
