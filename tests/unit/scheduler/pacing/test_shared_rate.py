"""A process sends what it was granted, and nothing it cannot be sure of."""

from scheduler.pacing.limiter import INTERACTIVE, RateLimiter
from scheduler.pacing.shared_rate import SharedRate
from scheduler.settings import PaceSettings
from storage.database.engine import Store
from storage.models import Lane
from tests.support import ManualClock
from tests.support.manual_clock import SimulatedTime
from tests.support.waiting import run_other_tasks, until_true

RATE = 20


def pace_of(time: SimulatedTime) -> RateLimiter:
    return RateLimiter(PaceSettings(per_second=RATE), time, time.sleep)


async def sent_in(pace: RateLimiter, time: SimulatedTime, seconds: float) -> int:
    """How many answers leave within so many seconds, however many wait."""
    end, count = time() + seconds, 0
    while await pace.acquire(INTERACTIVE, str(count), patience_s=end - time()):
        count += 1
    return count


async def test_a_process_uses_its_share_and_no_more() -> None:
    time = SimulatedTime()
    pace = pace_of(time)
    pace.set_share(5)
    assert await sent_in(pace, time, 0.9) == 5
    pace.set_share(0)
    time.seconds += 10
    assert not await pace.acquire(Lane.ANNOUNCEMENT, "lan", patience_s=5)
    assert await sent_in(pace, time, 0.9) == 1


def test_the_rate_that_is_shown_is_what_this_process_may_send_itself() -> None:
    time = SimulatedTime()
    pace = pace_of(time)
    pace.set_share(5, until=time() + 3)
    assert (pace.rate, pace.adaptive_rate, pace.ceiling) == (5, RATE, RATE)
    pace.halt(1)
    assert (pace.rate, pace.adaptive_rate, pace.ceiling) == (5, 15, RATE)
    time.seconds += 3
    assert pace.rate == 0


async def test_a_share_that_was_not_renewed_is_not_used() -> None:
    time = SimulatedTime()
    pace = pace_of(time)
    pace.set_share(5, until=time() + 3)
    time.seconds += 2.999
    assert await pace.acquire(Lane.ANNOUNCEMENT, "lan", patience_s=0.0001)
    time.seconds += 0.001
    assert not await pace.acquire(Lane.ANNOUNCEMENT, "bao", patience_s=5)


async def test_a_share_that_could_not_be_renewed_ends_before_others_take_it(store: Store) -> None:
    if not store.serves_several:
        return  # one process has a file to itself
    time = SimulatedTime()
    pace = pace_of(time)
    share = SharedRate(store, "telegram", pace, time)
    async with share.kept():
        await share.renew()
        time.seconds += 3.0 - 0.001
        assert pace.rate == RATE
        time.seconds += 0.001
        assert pace.rate == 0


async def test_two_processes_share_one_pace_and_one_has_a_file_to_itself(
    store: Store, clock: ManualClock
) -> None:
    time = SimulatedTime()
    paces = [pace_of(time), pace_of(time)]
    one, another = (SharedRate(store, "telegram", pace, time) for pace in paces)
    async with one.kept(), another.kept():
        for _ in range(3):
            clock.advance(seconds=1)
            if store.serves_several:
                await one.renew()
                await another.renew()
        sent = [await sent_in(pace, time, 0.9) for pace in paces]
    assert sent == ([10, 10] if store.serves_several else [RATE, RATE])


async def test_the_rest_that_the_messenger_asked_one_for_is_kept_by_all(store: Store) -> None:
    if not store.serves_several:
        return
    time = SimulatedTime()
    paces = [pace_of(time), pace_of(time)]
    one, another = (SharedRate(store, "telegram", pace, time) for pace in paces)
    paces[0].halt(30)
    await one.renew()
    await another.renew()
    assert 29 < paces[1].halted_for_s <= 30


async def test_what_a_refusal_taught_one_is_shared_by_all(store: Store, clock: ManualClock) -> None:
    if not store.serves_several:
        return
    time = SimulatedTime()
    paces = [pace_of(time), pace_of(time)]
    shares = [SharedRate(store, "telegram", pace, time) for pace in paces]
    paces[0].halt(30)
    for _ in range(3):
        clock.advance(seconds=1)
        for share in shares:
            await share.renew()
    assert paces[0].adaptive_rate == 15
    assert sum(pace.rate for pace in paces) <= 15


async def test_who_sends_nothing_keeps_the_least_share_and_renews_it_seldom(
    store: Store, clock: ManualClock
) -> None:
    if not store.serves_several:
        return
    time = SimulatedTime()
    busy, idle = pace_of(time), pace_of(time)
    ours, others = (
        SharedRate(store, "telegram", busy, time),
        SharedRate(store, "telegram", idle, time),
    )
    for _ in range(7):
        clock.advance(seconds=1)
        time.seconds += 1
        while await busy.acquire(INTERACTIVE, "lan", patience_s=0):
            pass
        await ours.renew()
        await others.renew()
    assert (ours.is_idle, others.is_idle) == (False, True)
    assert idle.rate == RATE // 8
    assert busy.rate == RATE - RATE // 8
    time.seconds += 49
    assert await sent_in(idle, time, 0.9) == RATE // 8
    assert not others.is_idle


async def test_who_wants_to_send_again_renews_the_share_at_once(
    store: Store, clock: ManualClock
) -> None:
    if not store.serves_several:
        return
    time = SimulatedTime()
    pace = pace_of(time)
    share = SharedRate(store, "telegram", pace, time)
    time.seconds += 6
    async with share.kept():
        assert pace.rate == RATE // 4
        await run_other_tasks()
        clock.advance(seconds=2)
        assert await pace.acquire(INTERACTIVE, "lan")
        await until_true(lambda: pace.rate == RATE, "the whole share")
