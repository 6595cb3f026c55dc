"""Everything that waits for its time says when that is: the agenda wakes its loop then, not before."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from bot.intake import inbox_reader
from scheduler.agenda import Agenda, Entry
from scheduler.delivery import progress, worker
from scheduler.jobs import ensure_schedules, jobs
from scheduler.lease import Leadership
from scheduler.settings import DigestSettings
from scheduler.timetable import Timetable
from storage import schedules
from storage.announcements import reminders
from storage.database.due import Question
from storage.inbox import updates
from storage.inbox.updates import NewUpdate
from storage.models import (
    Case,
    Delivery,
    Flag,
    Lane,
    Mailing,
    MailingState,
    Member,
    ScheduleKind,
)
from storage.outbox import deliveries
from storage.privacy import erasure
from storage.privacy.retention_policy import RetentionSettings
from tests.support import ClubInATest, ManualClock, Outbox, Phone, publish
from tests.support.announcements.officer_actions import submit_draft
from tests.support.case_actions import flag
from tests.support.database_faults import RENEWING_LEASES
from tests.support.inline_workers import InlineWorkers
from tests.support.meeting_actions import invites, time_passes
from tests.support.outbox_rows import LEASE
from tests.support.scripted_messenger import DeliveryHarness
from tests.support.statement_log import logged_statements
from tests.support.waiting import run_other_tasks, until_true
from tests.unit.bot.intake.test_processor import Hall


class WholeClub:
    """Every loop of a process that leads, none of which runs."""

    def __init__(self, club: ClubInATest) -> None:
        self.club = club
        self.jobs = jobs(
            club.store, club.settings, DigestSettings(), RetentionSettings(), InlineWorkers()
        )
        leadership = Leadership(club.store, "timetable", timedelta(seconds=9))
        timetable = Timetable(self.jobs, leadership, lambda: None)
        self.entries: Mapping[str, Entry] = {
            entry.name: entry
            for entry in (
                *timetable.entries,
                *DeliveryHarness(club).worker.entries,
                Entry("inbox", updates.first_waiting(), lambda: None),
            )
        }

    async def due(self, name: str) -> datetime | None:
        """When this is due."""
        async with self.club.store.read() as tx:
            return (await Question({name: self.entries[name].due}).ask(tx)).get(name)

    async def is_due(self, name: str) -> bool:
        """Whether this is due now."""
        moment = await self.due(name)
        return moment is not None and moment <= self.club.clock.now()

    async def becomes_due(self, name: str, **span: float) -> None:
        """Asserts that it is due after this time, and not a moment earlier."""
        self.club.clock.advance(**span)
        self.club.clock.advance(microseconds=-1)
        assert not await self.is_due(name)
        self.club.clock.advance(microseconds=1)
        assert await self.is_due(name)

    async def run(self, name: str) -> int:
        """Runs this job."""
        return await self.jobs[name.removeprefix("job ")].run()

    async def is_done(self, name: str) -> None:
        """Asserts that the job does something, and is due no more."""
        assert await self.run(name) > 0
        assert not await self.is_due(name)


@pytest.fixture
def whole(club: ClubInATest) -> WholeClub:
    return WholeClub(club)


async def test_in_an_empty_club_nothing_is_due(whole: WholeClub) -> None:
    assert [name for name in whole.entries if await whole.is_due(name)] == []


async def test_a_reminder(whole: WholeClub, club: ClubInATest, lan: Phone) -> None:
    number = await publish(club)
    at = club.clock.now() + timedelta(hours=1)
    await club.in_write(reminders.ask, number, lan.member_id, at)
    await whole.becomes_due("job reminders", hours=1)
    await whole.is_done("job reminders")


async def test_a_scheduled_announcement(
    whole: WholeClub, club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    number = await submit_draft(minh, when="19h30")
    await hanh.presses_action(f"approval-give:{number}:1")
    await whole.becomes_due("job announcements", hours=10, minutes=30)
    await whole.is_done("job announcements")


async def test_a_meeting(whole: WholeClub, club: ClubInATest, minh: Phone, thu: Phone) -> None:
    meeting = await invites(minh, thu)
    assert meeting.begins_at is not None
    assert await whole.due("job meetings") == meeting.begins_at - timedelta(days=1)
    await time_passes(club, days=3)
    assert await whole.due("job meetings") == meeting.begins_at - timedelta(hours=2)
    await time_passes(club, hours=22)
    assert await whole.due("job meetings") == meeting.ends_at
    await time_passes(club, hours=4)
    assert await whole.due("job meetings") is None


async def test_a_new_case(club_in_batches: ClubInATest) -> None:
    whole = WholeClub(club_in_batches)
    await club_in_batches.officer("Minh")
    await flag(await club_in_batches.member("Lan"))
    await whole.becomes_due("job new cases", minutes=30)
    await whole.is_done("job new cases")


async def test_votes_for_a_category(whole: WholeClub, club: ClubInATest, lan: Phone) -> None:
    await flag(lan)
    async with club.store.write() as tx:
        (case,) = await tx.all(select(Case))
        case.recount_from = tx.clock.now() + timedelta(minutes=30)
    await whole.becomes_due("job categories", minutes=30)
    await whole.is_done("job categories")


async def test_totals_of_a_batch(club_in_batches: ClubInATest) -> None:
    whole = WholeClub(club_in_batches)
    assert await whole.is_due("job batches")
    await whole.run("job batches")
    await whole.becomes_due("job batches", minutes=30)


async def test_a_case_that_is_late_and_the_notice_of_its_delay(
    whole: WholeClub, club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    await flag(lan)
    for hour in range(7 * 24):
        for name in ("job late cases", "job delays"):
            if await whole.is_due(name):
                await whole.is_done(name)
            else:
                assert await whole.run(name) == 0, f"{name} after {hour} hours"
        club.clock.advance(hours=1)
    assert [flag.delay_notified_on for flag in await club.rows(select(Flag))] != [None]


async def test_a_verdict_that_waits_for_the_end_of_an_hour(
    whole: WholeClub, club: ClubInATest, lan: Phone
) -> None:
    await flag(lan)
    async with club.store.write() as tx:
        (waiting,) = await tx.all(select(Flag))
        waiting.notify_at = tx.clock.now() + timedelta(hours=1)
    await whole.becomes_due("job verdicts", hours=1)
    await whole.run("job verdicts")
    assert not await whole.is_due("job verdicts")


async def test_digests_and_the_purge(whole: WholeClub, club: ClubInATest) -> None:
    await ensure_schedules(club.store, club.settings)
    assert await whole.due("job digests") == datetime(2026, 3, 11, 0, 0, tzinfo=UTC)
    assert await whole.due("job housekeeping") == datetime(2026, 3, 10, 20, 30, tzinfo=UTC)
    club.clock.advance(days=1)
    for name in ("job digests", "job housekeeping"):
        await whole.is_done(name)


async def test_a_members_digest_until_its_last_reader(
    whole: WholeClub, club: ClubInATest, lan: Phone
) -> None:
    async with club.store.write() as tx:
        member = await tx.session.get_one(Member, lan.member_id)
        member.digest_minute, member.digest_days = 10 * 60, schedules.EVERY_DAY
        await schedules.ensure(
            tx,
            ScheduleKind.MEMBER_DIGEST,
            minute=10 * 60,
            days=schedules.EVERY_DAY,
            timezone=club.settings.timezone,
        )
    await whole.becomes_due("job digests", hours=1)
    async with club.store.write() as tx:
        (number,) = await schedules.due(tx, ScheduleKind.MEMBER_DIGEST)
        await schedules.take(tx, number, club.settings.timezone)
    assert await whole.is_due("job digests")
    await whole.run("job digests")
    assert not await whole.is_due("job digests")


async def test_an_erasure(whole: WholeClub, club: ClubInATest, lan: Phone) -> None:
    async with club.store.write() as tx:
        await erasure.erase(tx, await tx.session.get_one(Member, lan.member_id))
    assert await whole.is_due("job erasures")
    await whole.is_done("job erasures")


async def test_an_update_until_it_is_handled(whole: WholeClub, club: ClubInATest) -> None:
    await club.in_write(updates.put, [NewUpdate("telegram", "1", "7", "{}")])
    assert await whole.is_due("inbox")
    await club.in_write(updates.skip, [1])
    assert not await whole.is_due("inbox")


async def test_a_delivery(whole: WholeClub, box: Outbox, lan: Phone) -> None:
    await box.mail(lan.member_id)
    assert await whole.is_due("deliveries telegram")
    await box.claim()
    assert not await whole.is_due("deliveries telegram")


async def test_a_delivery_that_is_to_be_tried_later(
    whole: WholeClub, club: ClubInATest, box: Outbox, lan: Phone
) -> None:
    await box.mail(lan.member_id)
    async with club.store.write() as tx:
        (row,) = await tx.all(select(Delivery))
        row.not_before = tx.clock.now() + timedelta(minutes=3)
    await whole.becomes_due("deliveries telegram", minutes=3)


async def test_a_delivery_that_waits_for_the_morning(
    whole: WholeClub, club: ClubInATest, box: Outbox, lan: Phone
) -> None:
    club.clock.advance(hours=13)  # 22:00
    await box.mail(lan.member_id)
    assert not await whole.is_due("deliveries telegram")
    end = await whole.due("deliveries telegram")
    assert end == club.settings.quiet_hours.end_after(club.clock.now())
    await box.mail(lan.member_id, lane=Lane.URGENT)
    assert await whole.is_due("deliveries telegram")


async def test_a_delivery_for_another_messenger_is_none_of_this_one(
    whole: WholeClub, club: ClubInATest, box: Outbox
) -> None:
    zalo = await club.member("Bình", messenger="zalo")
    await box.mail(zalo.member_id)
    assert not await whole.is_due("deliveries telegram")


@pytest.mark.parametrize("is_sending", [False, True])
async def test_a_lease_that_expires(
    whole: WholeClub, box: Outbox, lan: Phone, *, is_sending: bool
) -> None:
    await box.mail(lan.member_id)
    rows = await box.claim()
    if is_sending:
        await box.begin(*rows)
    await whole.becomes_due("deliveries telegram", seconds=LEASE.total_seconds())


async def test_a_lease_that_was_written_before_the_clock_was_set_back(
    whole: WholeClub, club: ClubInATest, box: Outbox, lan: Phone
) -> None:
    await box.mail(lan.member_id)
    await box.claim()
    club.clock.advance(hours=-1)
    assert await whole.is_due("deliveries telegram")
    recovered = await club.in_write(deliveries.recover, lease=LEASE)
    assert recovered.requeued == 1


async def test_a_mailing_whose_recipients_are_added_and_that_is_ended(
    whole: WholeClub, box: Outbox
) -> None:
    await box.mail(state=MailingState.FILLING)
    assert await whole.is_due("recipients")
    await box.mail(state=MailingState.SENDING)
    assert await whole.is_due("deliveries telegram")


async def test_the_progress_that_an_officer_watches(
    whole: WholeClub, club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await submit_draft(minh)
    assert not await whole.is_due("progress telegram")
    await hanh.presses_action("approval-give:1:1")
    assert await whole.is_due("progress telegram")


async def test_pins_of_an_announcement_that_is_over(
    whole: WholeClub, club: ClubInATest, box: Outbox, lan: Phone
) -> None:
    number = await box.mail(
        lan.member_id, valid_until=club.clock.now() + timedelta(hours=2), pinned=True
    )
    await whole.becomes_due("unpinning telegram", hours=2)
    async with club.store.write() as tx:
        (await tx.session.get_one(Mailing, number)).unpinned_to = None
    assert not await whole.is_due("unpinning telegram")


async def test_loops_with_nothing_to_do_ask_nothing_and_set_no_timer(
    whole: WholeClub, club: ClubInATest, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    timers: list[float | None] = []

    async def noted(event: asyncio.Event, seconds: float | None) -> None:
        timers.append(seconds)
        await event.wait()

    for module in (worker, progress, inbox_reader):
        monkeypatch.setattr(module, "wait_for", noted)
    harness, intake = DeliveryHarness(club), Hall(club.store, clock).make()
    leadership = Leadership(club.store, "timetable", timedelta(days=1))
    timetable = Timetable(whole.jobs, leadership, harness.worker.nudge)
    agenda, stop = Agenda(club.store), asyncio.Event()
    agenda.add(*timetable.entries, *harness.worker.entries, intake.entry)
    await leadership.renew()
    async with asyncio.TaskGroup() as group:
        for run in (harness.worker.run, timetable.run, intake.run):
            group.create_task(run(stop))
        with logged_statements(club.store) as statements:
            await until_true(lambda: _have_begun(statements), "the first look of each loop")
            await run_other_tasks()
            statements.clear()
            for _ in range(3):
                await agenda.look()
                await run_other_tasks()
        stop.set()
    assert timers == [None] * 3
    asked = [one for one in statements if RENEWING_LEASES not in one]
    assert [one.partition(" AS ")[0] for one in asked] == [
        "SELECT (SELECT min(schedule.next_due_at)"
    ] * 3


def _have_begun(statements: Sequence[str]) -> bool:
    """Whether inbox, recipients and outbox were looked at, each by its last statement."""
    firsts = (
        "FROM inboxupdate",
        "SELECT mailing.id, mailing.kind, mailing.subject",
        "UPDATE mailing",
    )
    return all(any(first in one for one in statements) for first in firsts)
