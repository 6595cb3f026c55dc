"""A club of any size in the middle of its work: copies, shares, cases and flags for everybody."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, text

from handlers.announcing.delivered_copy import delivered
from handlers.notifications import in_every_language
from handlers.views.announcement import member_copy, pack
from storage.database.engine import Store, Tx
from storage.database.ids import id_of
from storage.members import members
from storage.models import (
    Announcement,
    AnnouncementState,
    AnnouncementVersion,
    Category,
    Delivery,
    DeliveryState,
    Flag,
    Lane,
    MailingKind,
    MailingState,
    Purpose,
    Role,
    Share,
    ShareState,
)
from storage.outbox import enqueue
from tests.bench import synthetic_posts
from tests.bench.benchmark_members import chat_of
from tests.support import bulk_members
from tests.support.announcements.records import VOTING_DAY, numbered
from tests.support.club import SETTINGS

OWNER = "the owner's chat"
_AT_ONCE = 10_000
_OF_TEN = 4
"""Members who have shared an announcement, of ten."""


async def create_club(store: Store, member_count: int, cases: int) -> list[str]:
    """Members 1 to `member_count`, one announcement to all, and cases; returns the posts' texts."""
    for numbers in _ranges(member_count):
        async with store.write() as tx:
            await bulk_members.add_members(tx, {number: chat_of(number) for number in numbers})
    if store.engine.dialect.name == "postgresql":
        await _count_on(store, member_count)
    said = await synthetic_posts.fill(store, cases)
    async with store.write() as tx:
        owner = await members.add(
            tx,
            messenger="telegram",
            chat=OWNER,
            name="Hạnh",
            role=Role.OWNER,
            language="vi",
            area=None,
        )
        mailing = await _announce(tx, id_of(owner))
    for numbers in _ranges(member_count):
        async with store.write() as tx:
            await _live(tx, mailing, numbers, cases)
    await _maintain(store)
    return said


def _ranges(members: int) -> Iterator[range]:
    return (
        range(first, min(first + _AT_ONCE, members + 1))
        for first in range(1, members + 1, _AT_ONCE)
    )


async def _count_on(store: Store, members: int) -> None:
    """The next member and contact get the next numbers; these brought their own."""
    async with store.write() as tx:
        for table in ("member", "contact"):
            await tx.execute(text(f"ALTER SEQUENCE {table}_id_seq RESTART WITH {members + 1}"))


async def _announce(tx: Tx, author: int) -> int:
    """An announcement that went out yesterday; the number of its mailing."""
    at = tx.clock.now() - timedelta(days=1)
    content = replace(VOTING_DAY, valid_until=tx.clock.now() + timedelta(days=5))
    announcement = Announcement(
        number=1, author_id=author, state=AnnouncementState.SENT, created_at=at, sent_at=at
    )
    tx.session.add(announcement)
    await tx.session.flush()
    number = id_of(announcement)
    version = AnnouncementVersion(
        announcement_id=number, number=1, content=pack(content), submitted_at=at
    )
    tx.session.add(version)
    bodies = in_every_language(
        SETTINGS, lambda say: delivered(member_copy(content, numbered(number), say))
    )
    mailing = await enqueue.open_mailing(
        tx,
        kind=MailingKind.ANNOUNCEMENT,
        subject=str(number),
        lane=Lane.ANNOUNCEMENT,
        bodies=bodies,
        state=MailingState.DONE,
        purpose=Purpose.ANNOUNCEMENTS,
    )
    assert mailing is not None
    mailing.announcement_id, mailing.finished_at = number, at
    mailing.valid_until = content.valid_until
    await tx.session.flush()
    return id_of(mailing)


async def _live(tx: Tx, mailing: int, numbers: range, cases: int) -> None:
    now = tx.clock.now()
    copies = [
        {
            "mailing_id": mailing,
            "member_id": number,
            "lane": Lane.ANNOUNCEMENT,
            "state": DeliveryState.SENT,
            "not_before": now,
            "message_ids": [str(number)],
            "changed_at": now,
        }
        for number in numbers
    ]
    await tx.execute(insert(Delivery), copies)
    shared = [
        {"announcement_id": 1, "member_id": number, "state": ShareState.SHARED, "at": now}
        for number in numbers
        if number % 10 < _OF_TEN
    ]
    await tx.execute(insert(Share), shared)
    flags = [_flag(tx, number, cases) for number in numbers if number % 10 == 0]
    await tx.execute(insert(Flag), flags)


def _flag(tx: Tx, number: int, cases: int) -> dict[str, Any]:
    case = number % cases + 1
    return {
        "case_id": case,
        "post_id": case,
        "member_id": number,
        "category": Category.SCAM,
        "flagged_on": tx.clock.now().date(),
    }


async def _maintain(store: Store) -> None:
    """Does the maintenance that PostgreSQL does by itself and the bot does at night on SQLite."""
    async with store.write() as tx:
        await tx.execute(text("ANALYZE"))
