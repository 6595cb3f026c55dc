"""Every time in the config is kept to: still there at the limit, gone a second past it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import ColumnElement, func, select, update
from sqlmodel import SQLModel

from scheduler.upkeep.housekeeping import Housekeeping
from storage import schedules
from storage.models import CaseState, MemberState, ScheduleKind
from storage.privacy.retention_policy import RetentionSettings
from storage.reports import officer_digest
from tests.support import ClubInATest, add_one_row_per_table

KEPT = RetentionSettings()
TABLES = SQLModel.metadata.tables
A_SECOND = timedelta(seconds=1)


async def clean(club: ClubInATest) -> None:
    """The housekeeping, whatever the hour."""
    async with club.store.write() as tx:
        await schedules.ensure(
            tx,
            ScheduleKind.HOUSEKEEPING,
            minute=0,
            days=schedules.EVERY_DAY,
            timezone=club.settings.timezone,
        )
        await tx.execute(update(TABLES["schedule"]).values(next_due_at=tx.clock.now()))
    await Housekeeping(club.store, club.settings.timezone, KEPT).run_due()


async def rows(club: ClubInATest, table: str, *where: ColumnElement[bool]) -> int:
    async with club.store.read() as tx:
        query = select(func.count()).select_from(TABLES[table]).where(*where)
        return int((await tx.execute(query)).scalar_one())


async def change(club: ClubInATest, table: str, **values: Any) -> None:
    async with club.store.write() as tx:
        await tx.execute(update(TABLES[table]).values(**values))


@pytest.mark.parametrize(
    ("table", "kept", "column"),
    [
        ("consent", KEPT.consents, "withdrawn_at"),
        ("invite", KEPT.invites, "expires_at"),
        ("invite", KEPT.invites, "revoked_at"),
        ("datarequest", KEPT.requests, "answered_at"),
        ("question", KEPT.questions, "ended_at"),
        ("suspension", KEPT.suspensions, "lifted_at"),
        ("proof", KEPT.proofs, "at"),
    ],
)
async def test_what_is_kept_for_a_time_goes_after_it(
    club: ClubInATest, table: str, kept: timedelta, column: str
) -> None:
    await add_one_row_per_table(club)
    await change(club, table, **{column: club.clock.now()})
    there = await rows(club, table)
    club.clock.advance(seconds=kept.total_seconds())
    await clean(club)
    assert await rows(club, table) == there > 0
    club.clock.advance(seconds=1)
    await clean(club)
    assert await rows(club, table) == 0


async def test_who_flagged_is_forgotten_with_time_and_stays_counted(club: ClubInATest) -> None:
    await add_one_row_per_table(club)
    await change(club, "case", state=CaseState.DECIDED, closed_at=club.clock.now())
    club.clock.advance(seconds=KEPT.flags.total_seconds())
    await clean(club)
    assert await rows(club, "flag") == 2
    club.clock.advance(seconds=1)
    await clean(club)
    assert await rows(club, "flag") == 0
    assert await rows(club, "case", TABLES["case"].c.flags == 2) == 1


async def test_a_flag_of_a_case_that_is_open_is_never_forgotten(club: ClubInATest) -> None:
    await add_one_row_per_table(club)
    club.clock.advance(seconds=2 * KEPT.flags.total_seconds())
    await clean(club)
    assert await rows(club, "flag") == 2


async def test_whose_share_it_was_is_forgotten_and_the_share_counts(club: ClubInATest) -> None:
    await add_one_row_per_table(club)
    tied = TABLES["share"].c.member_id.is_not(None)
    club.clock.advance(seconds=KEPT.shares.total_seconds())
    await clean(club)
    assert await rows(club, "share", tied) == 2
    club.clock.advance(seconds=1)
    await clean(club)
    assert (await rows(club, "share", tied), await rows(club, "share")) == (0, 2)


async def test_the_empty_row_of_who_left_goes_after_its_time(club: ClubInATest) -> None:
    lan, _ = await add_one_row_per_table(club)
    await lan.opens("/roiclb", "Rời câu lạc bộ")
    left = TABLES["member"].c.state == MemberState.LEFT
    club.clock.advance(seconds=KEPT.left_members.total_seconds())
    await clean(club)
    assert await rows(club, "member", left) == 1
    club.clock.advance(seconds=1)
    await clean(club)
    assert (await rows(club, "member", left), await rows(club, "member")) == (0, 1)


async def test_the_officers_digest_tells_what_was_forgotten_last_night(club: ClubInATest) -> None:
    await add_one_row_per_table(club)
    club.clock.advance(seconds=(KEPT.proofs + A_SECOND).total_seconds())
    await clean(club)
    async with club.store.read() as tx:
        now = tx.clock.now()
        day = timedelta(days=1)
        found = await officer_digest.collect(
            tx, now - day, now - timedelta(hours=9), (now - day).date()
        )
    assert found.purged["proofs"] == 2
