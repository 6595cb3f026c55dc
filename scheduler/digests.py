"""Digests that go out by themselves: never twice for one slot, never empty (decision 7)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from handlers.announcement import Content, unpack
from handlers.digesting import Issue, member_digest, officers_digest
from handlers.messages import Message
from handlers.outgoing import in_every_language, pack
from handlers.settings import LANGUAGES, ClubSettings
from handlers.speech import Speech
from scheduler.settings import DigestSettings
from storage import digests, outbox, people, schedules
from storage.digests import News, Reader
from storage.engine import Store, Tx
from storage.models import (
    Lane,
    MailingKind,
    Purpose,
    Schedule,
    ScheduleKind,
    Slot,
    SlotOutcome,
    Verdict,
)

_VERDICTS = 3

Issues = Mapping[tuple[tuple[int, ...], tuple[int | None, ...]], tuple[Issue, list[int]]]
"""What is told, and the members it is told to; one entry for all who get the same."""


class Digests:
    """Makes the digests that are due and puts them into the outbox."""

    def __init__(self, store: Store, club: ClubSettings, settings: DigestSettings) -> None:
        self._store = store
        self._club = club
        self._settings = settings

    async def send_due(self) -> int:
        """Every slot that has come, each in a transaction of its own; returns how many were taken."""
        async with self._store.read() as tx:
            members = await schedules.due(tx, ScheduleKind.MEMBER_DIGEST)
            officers = await schedules.due(tx, ScheduleKind.OFFICER_DIGEST)
        for schedule_id in [*officers, *members]:
            async with self._store.write() as tx:
                await self._send_slot(tx, schedule_id)
        return len(members) + len(officers)

    async def _send_slot(self, tx: Tx, schedule_id: int) -> None:
        taken = await schedules.take(tx, schedule_id, self._club.timezone)
        if taken is None:
            return
        schedule, slot = taken
        if tx.clock.now() - slot.due_at > self._settings.grace:
            slot.outcome = SlotOutcome.SKIPPED
        elif await self._send(tx, schedule, slot):
            slot.outcome = SlotOutcome.SENT

    async def _send(self, tx: Tx, schedule: Schedule, slot: Slot) -> bool:
        if schedule.kind is ScheduleKind.OFFICER_DIGEST:
            return await self._tell_officers(tx, slot)
        return await self._tell_members(tx, schedule, slot)

    async def _tell_members(self, tx: Tx, schedule: Schedule, slot: Slot) -> bool:
        issues = await self._issues(tx, schedule)
        now = tx.clock.now()
        for number, (issue, members) in enumerate(issues.values(), start=1):

            def write(say: Speech, issue: Issue = issue) -> Message:
                return member_digest(issue, now, say)

            subject = f"{_subject(schedule, slot)} {number}"
            bodies = in_every_language(self._club, write)
            await self._queue(tx, subject, bodies, members, Purpose.DIGEST)
        return bool(issues)

    async def _issues(self, tx: Tx, schedule: Schedule) -> Issues:
        """Who is told what; those with nothing new are left out."""
        readers = await digests.readers(tx, schedule.minute, schedule.days)
        if not readers:
            return {}
        since = min(self._told_until(tx, reader) for reader in readers)
        news = await self._current_news(tx, since)
        verdicts = await digests.verdicts_since(tx, since)
        gathered: dict[Any, tuple[Issue, list[int]]] = {}
        for (area, told), members in self._alike(tx, readers).items():
            issue = _issue(area, told, news, verdicts)
            if not issue.is_empty:
                same = gathered.setdefault(_key(issue), (issue, []))
                same[1].extend(members)
        return gathered

    def _alike(
        self, tx: Tx, readers: Sequence[Reader]
    ) -> Mapping[tuple[str | None, datetime], list[int]]:
        """Readers of one area who were told up to the same moment get the same."""
        groups: dict[tuple[str | None, datetime], list[int]] = defaultdict(list)
        for reader in readers:
            groups[reader.area, self._told_until(tx, reader)].append(reader.member_id)
        return groups

    def _told_until(self, tx: Tx, reader: Reader) -> datetime:
        return reader.told_until or tx.clock.now() - self._settings.first_look_back

    async def _current_news(self, tx: Tx, since: datetime) -> list[tuple[News, Content]]:
        news = [(one, unpack(one.content)) for one in await digests.news_since(tx, since)]
        return [
            (one, content)
            for one, content in news
            if content.valid_until is None or content.valid_until > tx.clock.now()
        ]

    async def _tell_officers(self, tx: Tx, slot: Slot) -> bool:
        now, zone = tx.clock.now(), self._club.timezone
        today = datetime.combine(now.astimezone(zone).date(), time(), zone)
        duties = await digests.duties(tx, today - timedelta(days=1), today)
        bodies = {}
        for language in LANGUAGES:
            message = officers_digest(duties, self._club, now, Speech(language, zone))
            if message is None:
                return False
            bodies[language] = pack(message)
        members = [people.number_of(officer) for officer in await people.officers(tx)]
        subject = f"officers {slot.due_at:%Y-%m-%dT%H:%M}"
        await self._queue(tx, subject, bodies, members, Purpose.DUTIES)
        return bool(members)

    async def _queue(
        self,
        tx: Tx,
        subject: str,
        bodies: Mapping[str, Any],
        members: Sequence[int],
        purpose: Purpose,
    ) -> None:
        mailing = await outbox.open_mailing(
            tx,
            kind=MailingKind.DIGEST,
            subject=subject,
            lane=Lane.DIGEST,
            bodies=bodies,
            purpose=purpose,
            valid_until=tx.clock.now() + self._settings.grace,
        )
        if mailing is not None:
            await outbox.add_recipients(tx, mailing, members)


def _issue(
    area: str | None,
    told: datetime,
    news: Sequence[tuple[News, Content]],
    verdicts: Sequence[Verdict],
) -> Issue:
    """What is new to somebody of this area who was told up to this moment."""
    announcements = [
        (one.number, content)
        for one, content in news
        if one.at > told and (not content.areas or area is None or area in content.areas)
    ]
    fresh = [verdict for verdict in verdicts if verdict.decided_at > told]
    return Issue(tuple(announcements), tuple(fresh[:_VERDICTS]))


def _key(issue: Issue) -> tuple[tuple[int, ...], tuple[int | None, ...]]:
    numbers = tuple(number for number, _ in issue.announcements)
    return numbers, tuple(verdict.id for verdict in issue.verdicts)


def _subject(schedule: Schedule, slot: Slot) -> str:
    # Not the slot's number: rows are forgotten in time, and SQLite gives numbers out again.
    return f"digest {schedule.minute}/{schedule.days} {slot.due_at:%Y-%m-%dT%H:%M}"
