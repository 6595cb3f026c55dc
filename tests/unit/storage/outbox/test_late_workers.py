"""Who comes late undoes nothing, and who comes at the same moment neither waits nor overwrites."""

import pytest

from storage.database.engine import Store
from storage.database.state_machine import WrongState
from storage.models import DeliveryState, Mailing, MailingState
from storage.outbox import deliveries, mailings, recipients
from storage.outbox.deliveries import TRANSITIONS, Claimed
from tests.support import LEASE, ClubInATest, ManualClock, Outbox
from tests.support.waiting import time_limit

S = DeliveryState


@pytest.fixture
def another(club: ClubInATest) -> Outbox:
    return Outbox(club.store, "another")


async def taken_over(club: ClubInATest, box: Outbox, another: Outbox) -> tuple[Claimed, Claimed]:
    """A delivery as a worker claimed it that fell silent, and as another did afterwards."""
    await box.mail((await club.member("Lan")).member_id)
    (before,) = await box.claim()
    club.clock.advance(seconds=LEASE.total_seconds())
    await club.in_write(deliveries.recover, lease=LEASE)
    (same,) = await another.claim()
    return before, same


async def test_who_leads_again_cannot_begin_what_another_claimed_meanwhile(
    club: ClubInATest, box: Outbox, another: Outbox, clock: ManualClock
) -> None:
    before, same = await taken_over(club, box, another)
    assert same.id == before.id
    clock.advance(seconds=15)
    assert await box.begin(before) == set()
    assert await box.states() == [S.CLAIMED]


async def test_who_comes_late_cannot_give_back_what_another_claimed_meanwhile(
    club: ClubInATest, box: Outbox, another: Outbox
) -> None:
    before, same = await taken_over(club, box, another)
    await club.in_write(deliveries.give_back, box.worker, [before.id])
    assert await another.begin(same) == {same.id}


async def test_no_step_is_made_that_the_table_does_not_know(store: Store) -> None:
    unknown = [(one, other) for one in S for other in S if other not in TRANSITIONS[one]]
    async with store.write() as tx:
        for source, target in unknown:
            with pytest.raises(WrongState, match="cannot become"):
                await deliveries.transition(tx, None, target, {source})


async def test_a_claim_does_not_wait_for_what_an_officer_is_changing(
    club: ClubInATest, box: Outbox
) -> None:
    if not club.store.serves_several:
        return  # SQLite has one writer at a time
    lan, hoa = await club.member("Lan"), await club.member("Hoa")
    stopped = await box.mail(lan.member_id)
    await box.mail(hoa.member_id)
    async with club.store.write() as tx:
        await mailings.cancel(tx, await tx.session.get_one(Mailing, stopped))
        async with time_limit():
            assert [row.member_id for row in await box.claim()] == [hoa.member_id]
    assert await box.states() == [S.CANCELLED, S.CLAIMED]


async def test_adding_recipients_does_not_undo_an_officers_pause(
    club: ClubInATest, box: Outbox
) -> None:
    if not club.store.serves_several:
        return  # SQLite has one writer at a time
    await club.member("Lan")
    number = await box.mail(state=MailingState.FILLING)
    async with club.store.write() as tx:
        await mailings.pause(tx, number)
        async with time_limit(), club.store.write() as beside:
            assert await recipients.fill_next_range(beside, members=10) is None
    assert (await box.mailing(number)).state is MailingState.PAUSED
