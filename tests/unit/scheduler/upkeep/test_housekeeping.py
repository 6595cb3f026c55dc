"""What has been kept for long enough is forgotten by itself (refusal: no-unlimited-retention)."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import SQLModel, col, func, select

from scheduler.jobs import ensure_schedules, jobs
from scheduler.settings import DigestSettings
from scheduler.upkeep.housekeeping import MINUTE, Housekeeping
from storage import schedules
from storage.cases.search import similar_posts
from storage.cases.search.similar_posts import SearchForm
from storage.conversation import state
from storage.database import sealing
from storage.database.ids import id_of
from storage.inbox import updates
from storage.inbox.updates import NewUpdate
from storage.models import (
    Case,
    CasePost,
    CodeAttempts,
    DeliveryState,
    InboxUpdate,
    IndexedPost,
    Mailing,
    Proof,
    ProofKind,
    Schedule,
    ScheduleKind,
    Share,
    ShareState,
    Slot,
    SlotOutcome,
    Step,
)
from storage.privacy.retention_policy import RetentionSettings
from tests.support import (
    SETTINGS,
    ClubInATest,
    InlineWorkers,
    ManualClock,
    add_announcement,
    add_decided_case,
)
from tests.support.scripted_messenger import DeliveryHarness

KEPT = RetentionSettings()
A_MOMENT = timedelta(seconds=1)


class House:
    """One club's housekeeping, set to run as soon as it is asked to."""

    def __init__(self, club: ClubInATest) -> None:
        self.club = club
        self.keeping = Housekeeping(club.store, club.settings.timezone, KEPT)

    async def clean_after(self, span: timedelta) -> None:
        """Lets time pass and cleans, whatever the hour."""
        self.club.clock.advance(seconds=span.total_seconds())
        async with self.club.store.write() as tx:
            await tx.session.merge(
                Schedule(
                    id=1,
                    kind=ScheduleKind.HOUSEKEEPING,
                    minute=MINUTE,
                    days=schedules.EVERY_DAY,
                    next_due_at=tx.clock.now(),
                )
            )
        await self.keeping.run_due()

    async def count(self, table: type[SQLModel], *where: Any) -> int:
        async with self.club.store.read() as tx:
            query = select(func.count()).select_from(table).where(*where)
            return (await tx.session.exec(query)).one()


@pytest.fixture
def house(club: ClubInATest) -> House:
    return House(club)


async def test_inbox_keys_are_kept_for_two_days(house: House) -> None:
    async with house.club.store.write() as tx:
        await updates.put(tx, [NewUpdate("telegram", "1", "7", "{}")])
        await updates.take(tx, [(await tx.session.exec(select(InboxUpdate.id))).one() or 0])
    await house.clean_after(KEPT.inbox_keys)
    assert await house.count(InboxUpdate) == 1
    await house.clean_after(A_MOMENT)
    assert await house.count(InboxUpdate) == 0


async def test_something_begun_and_left_is_forgotten_after_two_weeks(house: House) -> None:
    await house.club.in_write(state.put, b"chat", "compose.title", {})
    await house.clean_after(KEPT.steps)
    assert await house.count(Step) == 1
    await house.clean_after(A_MOMENT)
    assert await house.count(Step) == 0


async def test_wrong_codes_are_forgotten_after_a_day_but_nobodys_wait_is_cut_short(
    house: House,
) -> None:
    async with house.club.store.write() as tx:
        now = tx.clock.now()
        late = now + timedelta(days=2)
        tx.session.add(CodeAttempts(lookup=b"a", wrong=3, updated_at=now))
        tx.session.add(CodeAttempts(lookup=b"b", wrong=10, waits_until=late, updated_at=now))
    await house.clean_after(KEPT.code_attempts)
    assert await house.count(CodeAttempts) == 2
    await house.clean_after(A_MOMENT)
    assert await house.count(CodeAttempts) == 1
    await house.clean_after(timedelta(days=1))
    assert await house.count(CodeAttempts) == 0


async def test_a_flagged_post_is_forgotten_ninety_days_after_its_case_was_closed(
    house: House,
) -> None:
    minh = await house.club.officer("Minh")
    await add_decided_case(house.club.store, minh.member_id, "tin giả")
    with_post = CasePost.content_sealed.is_not(None)  # type: ignore[union-attr]
    async with house.club.store.write() as tx:
        post = (await tx.session.exec(select(CasePost))).one()
        await similar_posts.add(tx, id_of(post), SearchForm(None, "tin giả về thẻ cử tri"))
    await house.clean_after(KEPT.case_content)
    assert await house.count(CasePost, with_post) == await house.count(IndexedPost) == 1
    await house.clean_after(A_MOMENT)
    assert await house.count(CasePost, with_post) == await house.count(IndexedPost) == 0
    assert await house.count(Case) == 1


async def test_proofs_go_after_ninety_days_and_the_share_stays_counted(house: House) -> None:
    lan = await house.club.member("Lan")
    number = await add_announcement(house.club.store, lan.member_id, "Ngày bầu cử")
    async with house.club.store.write() as tx:
        now = tx.clock.now()
        share = Share(
            announcement_id=number, member_id=lan.member_id, state=ShareState.SHARED, at=now
        )
        tx.session.add(share)
        await tx.session.flush()
        proof = Proof(share_id=id_of(share), kind=ProofKind.LINK, same=b"same", at=now)
        await sealing.add(tx, proof, content="https://example.org")
    await house.clean_after(KEPT.proofs)
    assert await house.count(Proof) == 1
    await house.clean_after(A_MOMENT)
    assert await house.count(Proof) == 0
    assert await house.count(Share) == 1


async def test_who_was_sent_what_is_forgotten_after_a_year(house: House) -> None:
    lan = await house.club.member("Lan")
    harness = DeliveryHarness(house.club)
    await harness.box.mail(lan.member_id)
    await harness.deliver(DeliveryState.SENT)
    await house.clean_after(KEPT.deliveries)
    assert await house.count(Mailing) == 1
    await house.clean_after(A_MOMENT)
    assert await house.count(Mailing) == 0
    assert await harness.box.rows() == []


async def test_what_is_still_waiting_to_go_out_is_never_purged(house: House) -> None:
    lan = await house.club.member("Lan")
    await DeliveryHarness(house.club).box.mail(lan.member_id)
    await house.clean_after(KEPT.deliveries * 2)
    assert await house.count(Mailing) == 1


async def test_it_runs_every_night_and_makes_up_for_a_night_that_was_missed(
    club: ClubInATest, clock: ManualClock
) -> None:
    keeping = Housekeeping(club.store, club.settings.timezone, KEPT)
    await ensure_schedules(club.store, SETTINGS)
    assert await keeping.run_due() == 0
    clock.advance(days=2, hours=3)
    assert await keeping.run_due() == 1
    assert await keeping.run_due() == 0
    outcomes = await club.rows(select(Slot.outcome).order_by(col(Slot.due_at)))
    assert outcomes == [SlotOutcome.SKIPPED, SlotOutcome.DONE]


async def test_everything_that_comes_round_can_be_asked_for_when_nothing_is_due(
    club: ClubInATest,
) -> None:
    due = jobs(club.store, club.settings, DigestSettings(), KEPT, InlineWorkers())
    assert [await duty.run() for duty in due.values()] == [0] * len(due)


async def test_another_hour_in_the_config_moves_the_officers_digest(
    club: ClubInATest,
) -> None:
    await ensure_schedules(club.store, SETTINGS)
    later = type(SETTINGS)(**{**vars(SETTINGS), "officer_digest_minute": 8 * 60})
    await ensure_schedules(club.store, later)
    async with club.store.read() as tx:
        kind = Schedule.kind == ScheduleKind.OFFICER_DIGEST
        found = (await tx.session.exec(select(Schedule).where(kind))).all()
    assert [schedule.minute for schedule in found] == [8 * 60]
