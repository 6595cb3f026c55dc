"""What waits for one officer, in one call of the storage."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import select

from storage import questions
from storage.announcements import announcements
from storage.cases.queue import QueueQuery
from storage.database.engine import Tx
from storage.database.ids import id_of
from storage.models import (
    AnnouncementState,
    Case,
    CaseState,
    Category,
    CorrectionOutcome,
    Delivery,
    DeliveryState,
    Mailing,
    MailingKind,
    MailingState,
    Proposal,
)
from storage.reports import open_tasks
from storage.reports.open_tasks import OpenTasks, Waiting
from tests.support import ClubInATest, Phone, add_announcement, publish_copies

TODAY = date(2026, 3, 10)
DEADLINES = {Category.SCAM: timedelta(days=2)}


async def tasks_of(officer: Phone) -> OpenTasks:
    view = QueueQuery(officer_id=officer.member_id, today=TODAY, deadlines=DEADLINES)
    return await officer.club.in_read(open_tasks.collect, view)


async def add_case(
    tx: Tx, *, opened_on: date = TODAY, state: CaseState = CaseState.NEW, **more: Any
) -> Case:
    case = Case(
        code=tx.ids.code(6),
        state=state,
        category=Category.SCAM,
        flags=1,
        opened_on=opened_on,
        **more,
    )
    tx.session.add(case)
    await tx.session.flush()
    return case


async def test_nothing_waits_in_an_empty_club(club: ClubInATest) -> None:
    assert await tasks_of(await club.officer("Minh")) == OpenTasks()


async def test_an_announcement_waits_for_every_officer_but_its_author(
    club: ClubInATest, thu: Phone, minh: Phone
) -> None:
    awaiting = AnnouncementState.AWAITING_APPROVAL
    number = await add_announcement(club.store, thu.member_id, "Bầu cử", state=awaiting)
    await add_announcement(club.store, thu.member_id, "Nháp", state=AnnouncementState.DRAFT)
    await add_announcement(club.store, thu.member_id, "Hẹn", state=AnnouncementState.SCHEDULED)
    assert (await tasks_of(minh)).approvals == Waiting(1, number)
    assert (await tasks_of(thu)).approvals == Waiting()


async def test_an_announcement_no_longer_waits_for_who_has_decided_about_this_version(
    club: ClubInATest,
) -> None:
    thu, minh, hoa = [await club.officer(name) for name in ("Thu", "Minh", "Hoà")]
    awaiting = AnnouncementState.AWAITING_APPROVAL
    number = await add_announcement(club.store, thu.member_id, "Bầu cử", state=awaiting)
    async with club.store.write() as tx:
        announcement = await announcements.lock(tx, number)
        assert announcement is not None
        version = await announcements.version_of(tx, announcement)
        await announcements.decide(tx, version, minh.member_id)
    assert (await tasks_of(minh)).approvals == Waiting()
    assert (await tasks_of(hoa)).approvals == Waiting(1, number)
    async with club.store.write() as tx:
        announcement = await announcements.lock(tx, number)
        assert announcement is not None
        await announcements.reopen(tx, announcement)
        await announcements.submit(tx, announcement, due_at=None)
    assert (await tasks_of(minh)).approvals == Waiting(1, number)


async def test_of_several_none_is_the_only_one(club: ClubInATest, minh: Phone, lan: Phone) -> None:
    first = await club.in_write(questions.ask, lan.member_id, "Mấy giờ?", None)
    assert (await tasks_of(minh)).questions == Waiting(1, first.id)
    await club.in_write(questions.ask, lan.member_id, "Ở đâu?", None)
    assert (await tasks_of(minh)).questions == Waiting(2)


@pytest.mark.parametrize(("days", "overdue"), [(1, 0), (2, 1), (3, 1)])
async def test_a_case_is_overdue_from_its_last_day_on(
    club: ClubInATest, days: int, overdue: int, minh: Phone
) -> None:
    async with club.store.write() as tx:
        case = await add_case(tx, opened_on=TODAY - timedelta(days=days))
        await add_case(tx, opened_on=TODAY - timedelta(days=9), state=CaseState.DECIDED)
    tasks = await tasks_of(minh)
    assert (tasks.cases, tasks.overdue) == (Waiting(1, case.code), overdue)


async def test_a_case_counts_when_its_batch_has_ended(club: ClubInATest, minh: Phone) -> None:
    async with club.store.write() as tx:
        await add_case(tx, shown_from=tx.clock.now() + timedelta(minutes=1))
    club.clock.advance(seconds=59)
    assert (await tasks_of(minh)).cases == Waiting()
    club.clock.advance(seconds=1)
    assert (await tasks_of(minh)).cases.count == 1


async def test_a_proposed_verdict_waits_for_the_others(
    club: ClubInATest, minh: Phone, thu: Phone
) -> None:
    async with club.store.write() as tx:
        case = await add_case(tx, state=CaseState.IN_REVIEW, officer_id=minh.member_id)
        tx.session.add(
            Proposal(
                case_id=id_of(case),
                officer_id=minh.member_id,
                content={},
                proposed_at=tx.clock.now(),
            )
        )
    assert (await tasks_of(minh)).verdicts == Waiting()
    assert (await tasks_of(thu)).verdicts == Waiting(1, case.code)


async def test_mailings_under_way_come_with_their_counts_as_officers_see_them(
    club: ClubInATest, minh: Phone
) -> None:
    readers = [await club.member(f"Lan {number}") for number in range(6)]
    states = [DeliveryState.SENT] * 3 + [DeliveryState.QUEUED] * 2 + [DeliveryState.CANCELLED]
    copies = list(zip(readers, states, strict=True))
    ended = await publish_copies(club, copies)
    number = await publish_copies(club, copies, state=MailingState.SENDING)
    (sending,) = (await tasks_of(minh)).going_out
    assert ended != number == sending.mailing.announcement_id
    assert sending.by_state == {DeliveryState.SENT: 3, DeliveryState.QUEUED: 3}


async def test_of_a_correction_under_way_it_is_counted_what_was_done_about_the_copies(
    club: ClubInATest, minh: Phone, lan: Phone, hoa: Phone
) -> None:
    copies = [(lan, DeliveryState.SENT), (hoa, DeliveryState.QUEUED)]
    await publish_copies(club, copies, state=MailingState.SENDING)
    async with club.store.write() as tx:
        (await tx.session.exec(select(Mailing))).one().kind = MailingKind.CORRECTION
        for row in (await tx.session.exec(select(Delivery))).all():
            if row.state is DeliveryState.SENT:
                row.correction_outcome = CorrectionOutcome.EDITED
    (sending,) = (await tasks_of(minh)).going_out
    assert sending.by_state == {DeliveryState.SENT: 1, DeliveryState.QUEUED: 1}
    assert sending.by_outcome == {CorrectionOutcome.EDITED: 1}


async def test_a_mailing_without_recipients_yet_is_under_way(
    club: ClubInATest, minh: Phone
) -> None:
    await publish_copies(club, [], state=MailingState.FILLING)
    (sending,) = (await tasks_of(minh)).going_out
    assert sending.by_state == {}


async def test_a_mailing_that_ended_with_uncertain_copies_waits(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    number = await publish_copies(club, [(lan, DeliveryState.UNCERTAIN)])
    (mailing,) = (await tasks_of(minh)).uncertain
    assert isinstance(mailing, Mailing)
    assert mailing.announcement_id == number


async def test_it_takes_four_statements_and_one_for_labels(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    await publish_copies(club, [(lan, DeliveryState.QUEUED)], state=MailingState.SENDING)
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    engine = club.store.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        await tasks_of(minh)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert len([one for one in seen if one.startswith("SELECT")]) == 5
