"""One slot of the members' digest, made range by range, so that it can be resumed.

All members to whom the same items are new share one mailing, written once in each language.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.conversation import ClubSettings, Speech
from handlers.meetings.content import Content as MeetingContent
from handlers.meetings.content import unpack as unpack_meeting
from handlers.messages import Message
from handlers.notifications import in_every_language
from handlers.reports.member_digest import Issue, digest_message
from handlers.views.announcement import Content, unpack
from scheduler.settings import DigestSettings
from storage import schedules
from storage.announcements.references import Reference
from storage.database import Tx, id_of
from storage.meetings import meetings
from storage.models import (
    Lane,
    Mailing,
    MailingKind,
    Meeting,
    Purpose,
    Schedule,
    Slot,
    SlotOutcome,
    Verdict,
)
from storage.outbox import enqueue
from storage.outbox.metering import FREE_ONLY
from storage.reports import member_digest
from storage.reports.member_digest import News, Reader, Round
from storage.schedules import EVERY_DAY

_VERDICTS = 3
_PAUSE_MAX = timedelta(days=8)
"""How much older than the look-back of a first digest a member's last one may be and still count: a
pause of a week, and the next digest the day after."""
_SCATTER = 2_654_435_761
"""Knuth's multiplicative hash: neighbouring numbers fall far apart."""
_SETTLED = timedelta(seconds=10)
"""Younger items may be in a transaction that has not committed; the next digest has them."""
_NEAR = timedelta(days=2)
"""How long before a meeting begins digests mention it again."""
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True)
class _DigestContent:
    """All items of one slot."""

    since: datetime
    """The look-back of members without a recent digest."""
    news: Sequence[tuple[News, Content]]
    corrections: Sequence[tuple[News, Content]]
    verdicts: Sequence[Verdict]
    reminders: Mapping[Reference, Content]
    meetings: Sequence[tuple[Meeting, MeetingContent]]
    near: datetime
    """Meetings that begin by this time are mentioned, new or not."""

    def issue(
        self,
        area: str | None,
        covered_until: datetime,
        reminded_of: Sequence[int],
        may_be_asked: bool,  # noqa: FBT001 - the key of one group of readers
    ) -> Issue:
        """The items that are new to a member of this area whose last digest reached `covered_until`."""
        coming = self._coming(area, covered_until)
        news = _concerning(self.news, area, covered_until)
        corrections = _concerning(self.corrections, area, covered_until)
        reminders = {n: content for n, content in self.reminders.items() if n.id in reminded_of}
        verdicts = [verdict for verdict in self.verdicts if verdict.decided_at > covered_until]
        return Issue(
            tuple(news.items()),
            tuple(verdicts[:_VERDICTS]),
            tuple((n, content) for n, content in corrections.items() if n not in news),
            tuple((n, content) for n, content in reminders.items() if n not in news),
            coming,
            asks_about_meetings=may_be_asked and bool(coming),
        )

    def _coming(
        self, area: str | None, covered_until: datetime
    ) -> tuple[tuple[int, MeetingContent], ...]:
        """The meetings for this area that are new or near."""
        return tuple(
            (id_of(meeting), content)
            for meeting, content in self.meetings
            if (not content.areas or area in content.areas)
            and (_is_after(meeting.opened_at, covered_until) or self._is_near(content))
        )

    def _is_near(self, content: MeetingContent) -> bool:
        return content.begins_at is not None and content.begins_at <= self.near


class MemberDigestBuilder:
    """Makes digests of one slot in one transaction."""

    def __init__(
        self, tx: Tx, club: ClubSettings, settings: DigestSettings, locked: tuple[Schedule, Slot]
    ) -> None:
        self._tx = tx
        self._club = club
        self._settings = settings
        self._schedule, self._slot = locked
        self._due = Round(self._schedule.minute, self._schedule.days, self._slot.taken_at)
        self._until = self._slot.taken_at - _SETTLED
        self._since = self._until - settings.first_look_back

    async def fill_next_range(self) -> bool:
        """Queues the digests of the next readers; False when there are no more.

        A slot that is too late is skipped; the rest of one that was begun in time, too.
        """
        if self._tx.clock.now() - self._slot.due_at > self._settings.grace:
            return self._end(SlotOutcome.SKIPPED)
        readers = await self._next_readers()
        if readers:
            await self._queue(readers)
            self._slot.filled_to = readers[-1].member_id
        if len(readers) == self._settings.range_members:
            return True
        return self._end(SlotOutcome.EMPTY)

    def _end(self, outcome_if_none: SlotOutcome) -> bool:
        self._slot.outcome = SlotOutcome.SENT if self._slot.recipients else outcome_if_none
        return False

    async def _next_readers(self) -> list[Reader]:
        return await member_digest.readers(
            self._tx,
            self._due,
            after=self._slot.filled_to,
            limit=self._settings.range_members,
            earlier=await member_digest.digests_since(self._tx, self._since - _PAUSE_MAX),
            until=self._slot.taken_at + (_DAY if self._schedule.days == EVERY_DAY else _WEEK),
        )

    async def _queue(self, readers: Sequence[Reader]) -> None:
        content = await self._content(readers)
        span = await self._span()
        for issue, members in _by_issue(content, readers):
            mailing = await self._mailing(issue)
            times = {member: self._slot.taken_at + _offset(member, span) for member in members}
            await member_digest.queue(self._tx, mailing, times)
            if issue.asks_about_meetings:
                await member_digest.note_asked(self._tx, members)
            self._slot.recipients += len(members)

    async def _content(self, readers: Sequence[Reader]) -> _DigestContent:
        since = min(_covered_until(reader, self._since) for reader in readers)
        until = self._until
        news = await member_digest.news_between(self._tx, since, until)
        corrections = await member_digest.corrections_between(self._tx, since, until)
        reminders = await member_digest.contents(
            self._tx, {one for reader in readers for one in reader.reminded_of}
        )
        return _DigestContent(
            self._since,
            self._current(news),
            self._current(corrections),
            await member_digest.verdicts_between(self._tx, since, until),
            {n: c for n, packed in reminders.items() if self._is_valid(c := unpack(packed))},
            [(one, unpack_meeting(one.content)) for one in await meetings.coming(self._tx)],
            self._tx.clock.now() + _NEAR,
        )

    def _current(self, news: Sequence[News]) -> list[tuple[News, Content]]:
        """The announcements that are still valid."""
        read = [(one, unpack(one.content)) for one in news]
        return [(one, content) for one, content in read if self._is_valid(content)]

    def _is_valid(self, content: Content) -> bool:
        if content.officers_only:
            return False
        return content.valid_until is None or content.valid_until > self._tx.clock.now()

    async def _span(self) -> timedelta:
        """Over how long the digests of this slot are spread."""
        count = await member_digest.count_readers(self._tx, self._due)
        return min(self._settings.spread, timedelta(seconds=count // self._settings.per_second))

    async def _mailing(self, issue: Issue) -> Mailing:
        """The mailing of an issue; an earlier range may have opened it."""
        subject = self._subject(issue)
        if known := await enqueue.find_mailing(self._tx, MailingKind.DIGEST, subject):
            return known
        mailing = await enqueue.open_mailing(
            self._tx,
            kind=MailingKind.DIGEST,
            subject=subject,
            lane=Lane.DIGEST,
            bodies=in_every_language(self._club, self._write(issue)),
            purpose=Purpose.DIGEST,
            spending=FREE_ONLY,
            valid_until=self._slot.taken_at + self._settings.useful,
            covered_until=self._until,
        )
        assert mailing is not None  # noqa: S101 - not found just now, in this transaction
        return mailing

    def _write(self, issue: Issue) -> Callable[[Speech], Message]:
        daily = self._schedule.days == EVERY_DAY
        return lambda say: digest_message(issue, self._slot.taken_at, say, daily=daily)

    def _subject(self, issue: Issue) -> str:
        # Not the slot's id: rows are purged in time, and SQLite reuses ids.
        due = f"{self._schedule.minute}/{self._schedule.days} {self._slot.due_at:%Y-%m-%dT%H:%M}"
        return f"digest {due} {_fingerprint(issue)}"


async def fill_next_range(
    tx: Tx, club: ClubSettings, settings: DigestSettings, slot_id: int
) -> bool:
    """Queues the digests of the next readers of a slot; False when it is done."""
    locked = await schedules.lock(tx, slot_id)
    return (
        await MemberDigestBuilder(tx, club, settings, locked).fill_next_range() if locked else False
    )


def _by_issue(
    content: _DigestContent, readers: Sequence[Reader]
) -> Sequence[tuple[Issue, Sequence[int]]]:
    """The members of each issue; those to whom nothing is new are left out."""
    alike: dict[tuple[str | None, datetime, tuple[int, ...], bool], list[int]] = defaultdict(list)
    for reader in readers:
        covered_until = _covered_until(reader, content.since)
        key = (reader.area, covered_until, reader.reminded_of, reader.may_be_asked)
        alike[key].append(reader.member_id)
    issues: dict[str, tuple[Issue, list[int]]] = {}
    for key, members in alike.items():
        issue = content.issue(*key)
        if not issue.is_empty:
            issues.setdefault(_fingerprint(issue), (issue, []))[1].extend(members)
    return list(issues.values())


def _concerning(
    news: Sequence[tuple[News, Content]], area: str | None, covered_until: datetime
) -> dict[Reference, Content]:
    """The items for this area that came after `covered_until`."""
    return {
        one.announcement: content
        for one, content in news
        if one.at > covered_until and (not content.areas or area is None or area in content.areas)
    }


def _is_after(moment: datetime | None, covered_until: datetime) -> bool:
    return moment is not None and moment > covered_until


def _covered_until(reader: Reader, since: datetime) -> datetime:
    return reader.covered_until or since


def _fingerprint(issue: Issue) -> str:
    """Equal for two issues exactly when their items are equal."""
    items = [
        [which.id for which, _ in issue.announcements],
        [verdict.id for verdict in issue.verdicts],
        [which.id for which, _ in issue.corrections],
        [which.id for which, _ in issue.reminders],
        *([[number for number, _ in issue.meetings]] if issue.meetings else []),
        *([issue.asks_about_meetings] if issue.asks_about_meetings else []),
    ]
    return hashlib.sha256(json.dumps(items).encode()).hexdigest()[:16]


def _offset(member_id: int, span: timedelta) -> timedelta:
    """Offset of a member's send time: constant for a member, spread evenly over the span for all."""
    return span * (member_id * _SCATTER % 2**32) / 2**32
