"""How fast an announcement goes out is measured over the last half minute, and never guessed."""

from storage.database.engine import Tx
from storage.models import Mailing, MailingState
from storage.outbox import throughput
from tests.support import ClubInATest, ManualClock, Outbox


async def noted(club: ClubInATest, number: int, ended: int) -> bool:
    """A look at it at this moment, if it is time for one; whether it was."""
    async with club.store.write() as tx:
        mailing = await tx.session.get_one(Mailing, number)
        due = throughput.is_due(mailing, tx.clock.now())
        if due:
            await throughput.note(tx, mailing, ended)
        return due


async def speed(club: ClubInATest, number: int, ended: int) -> float:
    return await club.in_read(speed_in, number, ended)


async def speed_in(tx: Tx, number: int, ended: int) -> float:
    return throughput.per_second(await tx.session.get_one(Mailing, number), ended, tx.clock.now())


async def test_it_is_looked_at_every_three_seconds(club: ClubInATest, clock: ManualClock) -> None:
    number = await Outbox(club.store).mail()
    assert await noted(club, number, 0)
    clock.advance(seconds=2.9)
    assert not await noted(club, number, 70)
    clock.advance(seconds=0.1)
    assert await noted(club, number, 75)


async def test_the_speed_is_that_of_the_last_half_minute(
    club: ClubInATest, clock: ManualClock
) -> None:
    number = await Outbox(club.store).mail()
    for ended in (0, 0, 600):
        await noted(club, number, ended)
        clock.advance(seconds=15)
    # The first look, at which nothing had been sent, is 45 s old by now, the second 30.
    assert await speed(club, number, 750) == 25
    clock.advance(seconds=1)
    assert await speed(club, number, 728) == 8


async def test_of_a_moment_no_speed_is_known(club: ClubInATest, clock: ManualClock) -> None:
    number = await Outbox(club.store).mail()
    assert await speed(club, number, 100) == 0
    await noted(club, number, 0)
    clock.advance(seconds=2.9)
    assert await speed(club, number, 60) == 0
    clock.advance(seconds=0.1)
    assert await speed(club, number, 60) == 20


async def test_what_nobody_delivers_any_more_has_no_speed(
    club: ClubInATest, clock: ManualClock
) -> None:
    number = await Outbox(club.store).mail()
    await noted(club, number, 0)
    clock.advance(seconds=31)
    assert await speed(club, number, 775) == 0


async def test_what_is_paused_is_not_looked_at_and_has_no_speed(
    club: ClubInATest, clock: ManualClock
) -> None:
    number = await Outbox(club.store).mail()
    await noted(club, number, 0)
    clock.advance(seconds=3)
    async with club.store.write() as tx:
        (await tx.session.get_one(Mailing, number)).state = MailingState.PAUSED
    assert not await noted(club, number, 30)
    assert await speed(club, number, 30) == 0


async def test_a_clock_set_back_begins_the_measuring_anew(
    club: ClubInATest, clock: ManualClock
) -> None:
    number = await Outbox(club.store).mail()
    await noted(club, number, 0)
    clock.advance(hours=-1)
    assert await speed(club, number, 50) == 0
    assert await noted(club, number, 50)
    clock.advance(seconds=5)
    assert await speed(club, number, 100) == 10


async def test_nobody_goes_backwards(club: ClubInATest, clock: ManualClock) -> None:
    """More recipients were put back into the queue than came to their end: no speed below nothing."""
    number = await Outbox(club.store).mail()
    await noted(club, number, 50)
    clock.advance(seconds=5)
    assert await speed(club, number, 40) == 0
