"""What the outbox holds reaches people once, whatever the messenger does."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from handlers.messages import (
    DeliveryUncertain,
    Moved,
    RateLimited,
    RecipientGone,
    Refused,
    ServerError,
    TemporarilyRejected,
    TokenRefused,
    Unreachable,
)
from scheduler.pacing.limiter import RateLimiter
from scheduler.settings import PaceSettings
from storage.members import members
from storage.models import DeliveryState, Mailing, MailingState, Purpose
from storage.outbox import enqueue
from storage.privacy import leaving
from tests.support import ClubInATest, ManualClock, Phone
from tests.support.database_faults import (
    MARKING_AS_SENDING,
    READING_BODIES,
    RECORDING_FAILURES,
    failing_statements,
)
from tests.support.databases import in_use
from tests.support.scripted_messenger import SETTINGS, DeliveryHarness
from tests.support.waiting import poll, until_true

S = DeliveryState
_COMMITS = 3


@pytest.fixture
async def waiting(harness: DeliveryHarness, lan: Phone) -> Phone:
    """Lan, with one message queued."""
    await harness.box.mail(lan.member_id)
    return lan


async def test_everybody_gets_it_in_their_language(
    club: ClubInATest, harness: DeliveryHarness
) -> None:
    lan, john = await club.member("Lan"), await club.member("John", language="en")
    await harness.box.mail(lan.member_id, john.member_id)
    await harness.deliver(S.SENT, S.SENT)
    assert harness.messenger.texts(lan.address.chat) == ["tin 1"]
    assert harness.messenger.texts(john.address.chat) == ["news"]


async def test_an_announcement_is_filled_sent_and_finished_by_itself(
    club: ClubInATest, harness: DeliveryHarness
) -> None:
    people_ = [await club.member(f"M{n}") for n in range(25)]
    number = await harness.box.mail(state=MailingState.FILLING)
    await harness.deliver(*[S.SENT] * 25)
    assert sorted(harness.messenger.calls) == sorted(p.address.chat for p in people_)
    mailing = await harness.box.mailing(number)
    assert (mailing.state, mailing.finished_at) == (MailingState.DONE, club.clock.now())


async def test_what_was_claimed_when_the_database_failed_waits_for_no_lease(
    club: ClubInATest, harness: DeliveryHarness, lan: Phone, hoa: Phone
) -> None:
    await harness.box.mail(lan.member_id, hoa.member_id)
    broken = OSError("disk I/O error")
    with capture_logs(), failing_statements(club.store, MARKING_AS_SENDING, broken, times=1):
        await harness.deliver(S.SENT, S.SENT)


async def test_a_member_who_left_gets_nothing_that_was_already_queued(
    club: ClubInATest, harness: DeliveryHarness, lan: Phone, hoa: Phone
) -> None:
    await harness.box.mail(lan.member_id, hoa.member_id)
    async with club.store.write() as tx:
        await leaving.leave(tx, await members.get(tx, lan.member_id))
    await harness.deliver(S.CANCELLED, S.SENT)
    assert harness.messenger.calls == [hoa.address.chat]


async def test_consent_withdrawn_after_queueing_is_respected(
    club: ClubInATest, harness: DeliveryHarness, lan: Phone
) -> None:
    await harness.box.mail(lan.member_id)
    await club.in_write(members.withdraw, lan.member_id, [Purpose.ANNOUNCEMENTS])
    await harness.deliver(S.CANCELLED)
    assert harness.messenger.calls == []


async def test_nothing_goes_out_after_valid_until(
    harness: DeliveryHarness, clock: ManualClock, lan: Phone
) -> None:
    await harness.box.mail(lan.member_id, valid_until=clock.now())
    await harness.deliver(S.CANCELLED)
    assert harness.messenger.calls == []


async def test_a_message_of_ones_own_is_sent_instead_of_the_mailings(
    club: ClubInATest, harness: DeliveryHarness, lan: Phone
) -> None:
    number = await harness.box.mail()
    async with club.store.write() as tx:
        mailing = await tx.session.get_one(Mailing, number)
        mailing.state = MailingState.SENDING
        bodies = {lan.member_id: '{"text": "riêng cho Lan"}'}
        await enqueue.add_recipients(tx, mailing, [lan.member_id], bodies=bodies)
    await harness.deliver(S.SENT)
    assert harness.messenger.texts(lan.address.chat) == ["riêng cho Lan"]


async def test_without_a_connection_it_is_tried_again_and_nothing_counts(
    harness: DeliveryHarness, waiting: Phone
) -> None:
    harness.messenger.fails(waiting.address.chat, *[Unreachable()] * 7)
    await tries_again_after(harness, 7, timedelta(seconds=2))
    assert (await harness.box.rows())[0].attempts == 1


async def test_who_alone_is_refused_waits_alone_and_nothing_counts(
    harness: DeliveryHarness, clock: ManualClock, lan: Phone, hoa: Phone
) -> None:
    harness.messenger.fails(lan.address.chat, RateLimited(30))
    await harness.box.mail(lan.member_id, hoa.member_id)
    async with harness.running():
        await harness.until(lambda states: sorted(states) == [S.QUEUED, S.SENT])
        assert harness.messenger.texts(hoa.address.chat) != []
        assert harness.pace.halted_for_s == 0
        await comes_back_in(harness, clock, 30)
        await harness.until(lambda states: states == [S.SENT, S.SENT])
    assert [row.attempts for row in await harness.box.rows()] == [1, 1]


async def test_when_a_second_chat_is_refused_everybody_waits(
    harness: DeliveryHarness, clock: ManualClock, lan: Phone, hoa: Phone
) -> None:
    for one in (lan, hoa):
        harness.messenger.fails(one.address.chat, RateLimited(30))
    await harness.box.mail(lan.member_id, hoa.member_id)
    async with harness.running():
        await harness.until(
            lambda states: states == [S.QUEUED] * 2 and len(harness.messenger.calls) == 2
        )
        assert harness.pace.halted_for_s == 30
        await comes_back_in(harness, clock, 30)
        await harness.until(lambda states: states == [S.SENT, S.SENT])
    assert [row.attempts for row in await harness.box.rows()] == [1, 1]


async def test_what_else_is_for_a_resting_chat_is_put_off_without_a_call(
    harness: DeliveryHarness, clock: ManualClock, waiting: Phone
) -> None:
    harness.pace.record_refusal(waiting.address.chat, 75)
    async with harness.running():
        await put_off(harness, by=timedelta(seconds=75))
        assert harness.messenger.calls == []
        await comes_back_in(harness, clock, 75)
        await harness.until(lambda states: states == [S.SENT])


async def put_off(harness: DeliveryHarness, *, by: timedelta) -> None:
    """Until the only row is to be tried again this much later."""
    later = harness.club.clock.now() + by

    async def is_put_off() -> bool:
        harness.worker.nudge()
        return [row.not_before for row in await harness.box.rows()] == [later]

    await poll(is_put_off)


async def comes_back_in(harness: DeliveryHarness, clock: ManualClock, seconds: float) -> None:
    """Lets this long pass, on the clock of the pace and on the wall."""
    harness.time.seconds += seconds
    clock.advance(seconds=seconds)


async def test_while_the_messenger_rests_nothing_is_claimed(
    harness: DeliveryHarness, clock: ManualClock, waiting: Phone
) -> None:
    asked_at = clock.now()
    harness.pace.halt(30)
    clock.advance(seconds=1)
    async with harness.running():
        looks = iter(range(20))
        await harness.until(lambda _: next(looks, None) is None)
        assert [row.changed_at for row in await harness.box.rows()] == [asked_at]


async def test_while_the_token_is_refused_nothing_is_claimed(
    harness: DeliveryHarness, clock: ManualClock, waiting: Phone
) -> None:
    harness.messenger.fails(waiting.address.chat, TokenRefused())
    with capture_logs():
        async with harness.running():
            await harness.until(lambda states: states == [S.QUEUED] and _called(harness))
            refused_at = clock.now()
            clock.advance(seconds=1)
            looks = iter(range(20))
            await harness.until(lambda _: next(looks, None) is None)
    assert [row.changed_at for row in await harness.box.rows()] == [refused_at]


async def test_what_could_not_be_read_was_not_sent_and_is_tried_again(
    club: ClubInATest, harness: DeliveryHarness, waiting: Phone
) -> None:
    broken = OSError("disk I/O error")
    with capture_logs(), failing_statements(club.store, READING_BODIES, broken, times=1):
        await harness.deliver(S.SENT)
    assert (await harness.box.rows())[0].attempts == 1


async def test_whose_turn_does_not_come_in_time_is_not_sent_but_waits_for_another(
    harness: DeliveryHarness, lan: Phone
) -> None:
    """A second message to one chat, where eight seconds have to lie between two."""
    slow = PaceSettings(per_second=25, per_chat_s=8)
    harness.pace = RateLimiter(slow, harness.time, harness.time.sleep)
    harness.worker = harness.new_worker()
    began = harness.time()
    await harness.box.mail(lan.member_id)
    await harness.box.mail(lan.member_id)
    await harness.deliver(S.SENT, S.SENT)
    assert harness.time() - began >= 8
    assert [row.attempts for row in await harness.box.rows()] == [1, 1]


async def test_when_the_messenger_asks_for_rest_no_more_is_marked_as_being_sent(
    club: ClubInATest, harness: DeliveryHarness
) -> None:
    """All that was claimed goes back at once; a crash during the rest makes nothing uncertain."""
    harness.pace = RateLimiter(PaceSettings(per_second=8), harness.time, harness.time.sleep)
    harness.worker = harness.new_worker()
    people_ = [await club.member(f"M{n}") for n in range(8)]
    await harness.box.mail(*[one.member_id for one in people_])
    for one in people_[:2]:
        harness.messenger.fails(one.address.chat, RateLimited(30))
    async with harness.running():
        await harness.until(lambda states: set(states) <= {S.SENT, S.QUEUED} and _called(harness))
        begun = [row for row in await harness.box.rows() if row.via]
        assert 1 <= len(begun) <= 4


async def test_five_server_errors_are_too_many(harness: DeliveryHarness, waiting: Phone) -> None:
    harness.messenger.fails(waiting.address.chat, *[ServerError()] * 5)
    await comes_to(harness, S.FAILED, timedelta(minutes=5))
    assert len(harness.messenger.calls) == 5


async def test_four_server_errors_are_survived(harness: DeliveryHarness, waiting: Phone) -> None:
    harness.messenger.fails(waiting.address.chat, *[ServerError()] * 4)
    await comes_to(harness, S.SENT, timedelta(minutes=5))
    assert len(harness.messenger.calls) == 5


async def test_who_cannot_be_written_to_now_is_tried_once_a_day_three_times(
    harness: DeliveryHarness, clock: ManualClock, waiting: Phone
) -> None:
    harness.messenger.fails(waiting.address.chat, *[TemporarilyRejected()] * 3)
    async with harness.running():
        for tries in (1, 2, 3):
            await calls(harness, tries)
            clock.advance(hours=24)
        await harness.until(lambda states: states == [S.FAILED])
    assert len(harness.messenger.calls) == 3


async def test_not_a_moment_before_a_day_has_passed(
    harness: DeliveryHarness, clock: ManualClock, waiting: Phone
) -> None:
    harness.messenger.fails(waiting.address.chat, TemporarilyRejected())
    async with harness.running():
        await harness.until(lambda _: bool(harness.messenger.calls))
    (row,) = await harness.box.rows()
    assert row.not_before == clock.now() + timedelta(days=1)


async def test_a_chat_that_moved_gets_it_at_its_new_place(
    harness: DeliveryHarness, waiting: Phone
) -> None:
    harness.messenger.fails(waiting.address.chat, Moved("777"))
    await harness.deliver(S.SENT)
    assert harness.messenger.calls == [waiting.address.chat, "777"]


async def test_a_chat_that_moves_in_circles_is_given_up(
    harness: DeliveryHarness, waiting: Phone
) -> None:
    harness.messenger.fails(waiting.address.chat, Moved("777"), Moved("777"))
    harness.messenger.fails("777", Moved(waiting.address.chat))
    await harness.deliver(S.FAILED)
    assert len(harness.messenger.calls) == 3


async def test_who_blocked_the_bot_is_gone_and_nothing_of_theirs_is_deleted(
    harness: DeliveryHarness, waiting: Phone
) -> None:
    harness.messenger.fails(waiting.address.chat, RecipientGone("bot was blocked by the user"))
    await harness.deliver(S.GONE)
    await harness.box.mail(waiting.member_id)
    await harness.deliver(S.GONE, S.CANCELLED)
    assert (await waiting.member()).name_sealed is not None
    await waiting.says("/trogiup")
    await harness.box.mail(waiting.member_id)
    await harness.deliver(S.GONE, S.CANCELLED, S.SENT)


async def test_a_refused_message_fails_with_the_messengers_reason(
    harness: DeliveryHarness, waiting: Phone
) -> None:
    harness.messenger.fails(waiting.address.chat, Refused("can't parse entities"))
    await harness.deliver(S.FAILED)
    assert (await harness.box.rows())[0].reason == "Refused: can't parse entities"


@pytest.mark.parametrize("error", [DeliveryUncertain(), RuntimeError("nobody foresaw this")])
async def test_what_may_have_arrived_is_uncertain_and_not_sent_again(
    harness: DeliveryHarness, clock: ManualClock, error: Exception, waiting: Phone
) -> None:
    harness.messenger.fails(waiting.address.chat, error)
    with capture_logs() as logs:
        await harness.deliver(S.UNCERTAIN)
        clock.advance(days=3)
        await harness.box.mail(waiting.member_id)
        await harness.deliver(S.UNCERTAIN, S.SENT)
    assert len(harness.messenger.calls) == 2
    assert not [line for line in logs if "nobody foresaw this" in str(line.get("event"))]


async def test_a_refused_token_stops_all_sending_and_shows_in_the_health(
    harness: DeliveryHarness, waiting: Phone
) -> None:
    harness.messenger.fails(waiting.address.chat, TokenRefused())
    with capture_logs() as logs:
        async with harness.running():
            await calls(harness, 1)
            assert harness.worker.problem
            await harness.box.mail(waiting.member_id)
            await harness.until(lambda states: states == [S.QUEUED, S.QUEUED])
            assert len(harness.messenger.calls) == 1
            harness.time.seconds += 300
            await harness.until(lambda states: states == [S.SENT, S.SENT])
    assert [line for line in logs if line["log_level"] == "error"]
    assert not harness.worker.problem


async def test_a_damaged_message_fails_and_the_others_go(
    club: ClubInATest, harness: DeliveryHarness, lan: Phone
) -> None:
    number = await harness.box.mail(lan.member_id)
    async with club.store.write() as tx:
        (await tx.session.get_one(Mailing, number)).bodies = {"vi": {"no": "message"}}
    await harness.box.mail(lan.member_id)
    await harness.deliver(S.FAILED, S.SENT)


async def test_a_crash_between_sending_and_the_answer_is_uncertain_and_never_resent(
    club: ClubInATest, harness: DeliveryHarness, clock: ManualClock, waiting: Phone
) -> None:
    harness.messenger.hold = asyncio.Event()
    await killed_while_sending(harness)
    assert await harness.box.states() == [S.SENDING]
    harness.messenger.hold = None
    successor = DeliveryHarness(club)
    clock.advance(seconds=59)
    async with successor.running():
        await successor.box.mail(waiting.member_id)
        await successor.until(lambda states: states == [S.SENDING, S.SENT])
        clock.advance(seconds=1)
        await successor.until(lambda states: states == [S.UNCERTAIN, S.SENT])
    assert successor.messenger.calls == [waiting.address.chat]


async def test_no_more_is_marked_as_being_sent_than_leaves_in_a_quarter_of_a_second(
    club: ClubInATest, harness: DeliveryHarness
) -> None:
    time_goes_on = asyncio.Event()

    async def sleep(seconds: float) -> None:
        await time_goes_on.wait()
        await harness.time.sleep(seconds)

    harness.pace = RateLimiter(PaceSettings(per_second=25), harness.time, sleep)
    harness.worker = harness.new_worker()
    await harness.box.mail(*[(await club.member(name)).member_id for name in "ABCDEFGH"])
    async with harness.running():
        await harness.until(
            lambda states: states == [S.SENT] * 2 + [S.SENDING] * 4 + [S.CLAIMED] * 2
        )
        time_goes_on.set()
        await harness.until(lambda states: states == [S.SENT] * 8)


async def test_what_waits_for_its_turn_counts_against_what_may_be_marked(
    club: ClubInATest, harness: DeliveryHarness
) -> None:
    """Half of a quarter of a second's is let run down, then only as many are marked as have left."""
    ahead: list[int] = []

    async def sleep(seconds: float) -> None:
        # Each commit here gives the worker the time for one of its own.
        for _ in range(_COMMITS):
            async with club.store.write():
                pass
        marked = sum(row.attempts for row in await harness.box.rows())
        ahead.append(marked - len(harness.messenger.calls))
        await harness.time.sleep(seconds)

    harness.pace = RateLimiter(PaceSettings(per_second=25), harness.time, sleep)
    harness.worker = harness.new_worker()
    await harness.box.mail(*[(await club.member(f"M{n}")).member_id for n in range(24)])
    await harness.deliver(*[S.SENT] * 24)
    assert 3 <= max(ahead) <= 6


async def test_what_has_not_left_when_the_night_begins_waits_for_the_morning(
    club: ClubInATest, harness: DeliveryHarness, clock: ManualClock
) -> None:
    time_goes_on = asyncio.Event()

    async def sleep(seconds: float) -> None:
        await time_goes_on.wait()
        await harness.time.sleep(seconds)

    clock.advance(hours=12, minutes=29, seconds=59)
    harness.pace = RateLimiter(PaceSettings(per_second=25), harness.time, sleep)
    harness.worker = harness.new_worker()
    await harness.box.mail(*[(await club.member(name)).member_id for name in "ABCDEFGH"])
    async with harness.running():
        await harness.until(lambda states: states.count(S.CLAIMED) == 2)
        clock.advance(seconds=1)
        time_goes_on.set()
        await harness.until(lambda states: states == [S.SENT] * 6 + [S.QUEUED] * 2)
        night = clock.now()
        clock.advance(minutes=1)
        looks = iter(range(20))
        await harness.until(lambda _: next(looks, None) is None)
        # Nothing of it is even claimed.
        assert {row.changed_at for row in (await harness.box.rows())[6:]} == {night}
        clock.advance(hours=8, minutes=59)
        await harness.until(lambda states: states == [S.SENT] * 8)


async def test_an_orderly_stop_waits_for_what_is_in_flight(
    harness: DeliveryHarness, waiting: Phone
) -> None:
    harness.messenger.hold = asyncio.Event()
    async with harness.running():
        await harness.until(lambda states: states == [S.SENDING])
        # The answer comes when the worker has been asked to stop already.
        asyncio.get_running_loop().call_soon(harness.messenger.hold.set)
    assert await harness.box.states() == [S.SENT]


async def test_a_stop_does_not_wait_for_ever_and_what_was_cut_off_is_uncertain(
    club: ClubInATest, clock: ManualClock, lan: Phone
) -> None:
    impatient = DeliveryHarness(club, replace(SETTINGS, stop_s=0.0))
    await impatient.box.mail(lan.member_id)
    impatient.messenger.hold = asyncio.Event()
    async with impatient.running():
        await impatient.until(lambda states: states == [S.SENDING])
    clock.advance(seconds=60)
    await DeliveryHarness(club).deliver(S.UNCERTAIN)


async def test_a_worker_stopped_before_it_began_ends_all_the_same(harness: DeliveryHarness) -> None:
    stop = asyncio.Event()
    stop.set()
    await harness.worker.run(stop)
    assert harness.leadership.term is None


async def test_a_stop_leaves_a_place_that_is_free_at_once(
    club: ClubInATest, harness: DeliveryHarness, waiting: Phone
) -> None:
    await harness.deliver(S.SENT)
    await harness.box.mail(waiting.member_id)
    await DeliveryHarness(club).deliver(S.SENT, S.SENT)


async def test_the_demos_clock_may_jump_while_a_call_is_in_flight(
    harness: DeliveryHarness, clock: ManualClock, waiting: Phone
) -> None:
    harness.messenger.hold = asyncio.Event()
    async with harness.running():
        await harness.until(lambda states: states == [S.SENDING])
        clock.advance(hours=10)
        await harness.box.mail(waiting.member_id)
        await harness.until(lambda states: states == [S.SENDING, S.SENDING])
        harness.messenger.hold.set()
        await harness.until(lambda states: states == [S.SENT, S.SENT])


async def test_what_is_known_and_could_not_be_written_yet_is_not_taken_for_uncertain(
    club: ClubInATest, harness: DeliveryHarness, clock: ManualClock, waiting: Phone, hoa: Phone
) -> None:
    harness.messenger.fails(waiting.address.chat, Refused("no"))
    with capture_logs():
        async with harness.running():
            with failing_statements(club.store, RECORDING_FAILURES, OSError("disk full")):
                await harness.until(lambda _: _called(harness))
                clock.advance(hours=10)
                await harness.box.mail(hoa.member_id)
                await harness.until(lambda states: states == [S.SENDING, S.SENDING])
            await harness.until(lambda states: states == [S.FAILED, S.SENT])


async def test_only_the_leader_delivers(
    club: ClubInATest, harness: DeliveryHarness, lan: Phone
) -> None:
    second = DeliveryHarness(club)
    await harness.leadership.renew()
    async with second.running(), harness.running():
        await harness.box.mail(lan.member_id)
        second.worker.nudge()
        await harness.until(lambda states: states == [S.SENT])
    assert second.messenger.calls == []


async def test_a_leader_that_was_replaced_stops_claiming(
    club: ClubInATest, harness: DeliveryHarness, clock: ManualClock, lan: Phone
) -> None:
    async with harness.running():
        await harness.until(lambda _: harness.leadership.term is not None)
        successor = DeliveryHarness(club)
        while successor.leadership.term is None:
            clock.advance(seconds=15)
            await successor.leadership.renew()
        await harness.box.mail(lan.member_id)
        await harness.until(lambda _: harness.leadership.term is None)
        assert await harness.box.states() == [S.QUEUED]
        async with successor.running():
            await successor.until(lambda states: states == [S.SENT])
    assert harness.messenger.calls == []


def _called(harness: DeliveryHarness) -> bool:
    return bool(harness.messenger.calls)


async def calls(harness: DeliveryHarness, count: int) -> None:
    """Waits until so many attempts are over and written down."""
    await harness.until(
        lambda states: len(harness.messenger.calls) == count and S.SENDING not in states
    )


async def tries_again_after(harness: DeliveryHarness, failures: int, pause: timedelta) -> None:
    async with harness.running():
        for count in range(1, failures + 1):
            await calls(harness, count)
            harness.club.clock.advance(seconds=pause.total_seconds())
        await harness.until(lambda states: states == [S.SENT])


async def comes_to(harness: DeliveryHarness, end: DeliveryState, pause: timedelta) -> None:
    """Lets time pass until the row has come to its end."""
    async with harness.running():
        count = 0
        while (await harness.box.states())[0] is not end:
            count += 1
            await calls(harness, count)
            harness.club.clock.advance(seconds=pause.total_seconds())


async def killed_while_sending(harness: DeliveryHarness) -> None:
    """The worker's task ends in the middle of a call, as with a kill: nothing more is written."""
    task = asyncio.create_task(harness.worker.run(asyncio.Event()))
    await harness.until(lambda states: states == [S.SENDING])
    # A kill has no half-cancelled statements.
    await until_true(lambda: not in_use(harness.club.store), "a moment without a statement")
    task.cancel()
    await asyncio.wait([task])
