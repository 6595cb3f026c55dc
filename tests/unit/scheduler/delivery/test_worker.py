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
from tests.support.club import ClubInATest, Phone, StandingClock
from tests.support.database_faults import (
    MARKING_AS_SENDING,
    READING_BODIES,
    RECORDING_FAILURES,
    failing_statements,
)
from tests.support.databases import in_use
from tests.support.scripted_messenger import SETTINGS, Sendings
from tests.support.waiting import holds, poll

S = DeliveryState
_COMMITS = 3


@pytest.fixture
def sendings(club: ClubInATest) -> Sendings:
    return Sendings(club)


async def test_everybody_gets_it_in_their_language(club: ClubInATest, sendings: Sendings) -> None:
    lan, john = await club.member("Lan"), await club.member("John", language="en")
    await sendings.box.mail(lan.member_id, john.member_id)
    await sendings.deliver(S.SENT, S.SENT)
    assert sendings.messenger.texts(lan.address.chat) == ["tin 1"]
    assert sendings.messenger.texts(john.address.chat) == ["news"]


async def test_an_announcement_is_filled_sent_and_finished_by_itself(
    club: ClubInATest, sendings: Sendings
) -> None:
    people_ = [await club.member(f"M{n}") for n in range(25)]
    number = await sendings.box.mail(state=MailingState.FILLING)
    await sendings.deliver(*[S.SENT] * 25)
    assert sorted(sendings.messenger.calls) == sorted(p.address.chat for p in people_)
    mailing = await sendings.box.mailing(number)
    assert (mailing.state, mailing.finished_at) == (MailingState.DONE, club.clock.now())


async def test_what_was_claimed_when_the_database_failed_waits_for_no_lease(
    club: ClubInATest, sendings: Sendings
) -> None:
    lan, hoa = await club.member("Lan"), await club.member("Hoa")
    await sendings.box.mail(lan.member_id, hoa.member_id)
    broken = OSError("disk I/O error")
    with capture_logs(), failing_statements(club.store, MARKING_AS_SENDING, broken, times=1):
        await sendings.deliver(S.SENT, S.SENT)


async def test_a_member_who_left_gets_nothing_that_was_already_queued(
    club: ClubInATest, sendings: Sendings
) -> None:
    lan, hoa = await club.member("Lan"), await club.member("Hoa")
    await sendings.box.mail(lan.member_id, hoa.member_id)
    async with club.store.write() as tx:
        await leaving.leave(tx, await members.get(tx, lan.member_id))
    await sendings.deliver(S.CANCELLED, S.SENT)
    assert sendings.messenger.calls == [hoa.address.chat]


async def test_consent_withdrawn_after_queueing_is_respected(
    club: ClubInATest, sendings: Sendings
) -> None:
    lan = await club.member("Lan")
    await sendings.box.mail(lan.member_id)
    async with club.store.write() as tx:
        await members.withdraw(tx, lan.member_id, [Purpose.ANNOUNCEMENTS])
    await sendings.deliver(S.CANCELLED)
    assert sendings.messenger.calls == []


async def test_nothing_goes_out_after_valid_until(
    club: ClubInATest, sendings: Sendings, clock: StandingClock
) -> None:
    lan = await club.member("Lan")
    await sendings.box.mail(lan.member_id, valid_until=clock.now())
    await sendings.deliver(S.CANCELLED)
    assert sendings.messenger.calls == []


async def test_a_message_of_ones_own_is_sent_instead_of_the_mailings(
    club: ClubInATest, sendings: Sendings
) -> None:
    lan = await club.member("Lan")
    number = await sendings.box.mail()
    async with club.store.write() as tx:
        mailing = await tx.session.get_one(Mailing, number)
        mailing.state = MailingState.SENDING
        bodies = {lan.member_id: '{"text": "riêng cho Lan"}'}
        await enqueue.add_recipients(tx, mailing, [lan.member_id], bodies=bodies)
    await sendings.deliver(S.SENT)
    assert sendings.messenger.texts(lan.address.chat) == ["riêng cho Lan"]


async def test_without_a_connection_it_is_tried_again_and_nothing_counts(
    club: ClubInATest, sendings: Sendings
) -> None:
    lan = await queued(club, sendings)
    sendings.messenger.fails(lan.address.chat, *[Unreachable()] * 7)
    await tries_again_after(sendings, 7, timedelta(seconds=2))
    assert (await sendings.box.rows())[0].attempts == 1


async def test_who_alone_is_refused_waits_alone_and_nothing_counts(
    club: ClubInATest, sendings: Sendings, clock: StandingClock
) -> None:
    lan, hoa = await club.member("Lan"), await club.member("Hoa")
    sendings.messenger.fails(lan.address.chat, RateLimited(30))
    await sendings.box.mail(lan.member_id, hoa.member_id)
    async with sendings.running():
        await sendings.until(lambda states: sorted(states) == [S.QUEUED, S.SENT])
        assert sendings.messenger.texts(hoa.address.chat) != []
        assert sendings.pace.halted_for_s == 0
        await comes_back_in(sendings, clock, 30)
        await sendings.until(lambda states: states == [S.SENT, S.SENT])
    assert [row.attempts for row in await sendings.box.rows()] == [1, 1]


async def test_when_a_second_chat_is_refused_everybody_waits(
    club: ClubInATest, sendings: Sendings, clock: StandingClock
) -> None:
    lan, hoa = await club.member("Lan"), await club.member("Hoa")
    for one in (lan, hoa):
        sendings.messenger.fails(one.address.chat, RateLimited(30))
    await sendings.box.mail(lan.member_id, hoa.member_id)
    async with sendings.running():
        await sendings.until(
            lambda states: states == [S.QUEUED] * 2 and len(sendings.messenger.calls) == 2
        )
        assert sendings.pace.halted_for_s == 30
        await comes_back_in(sendings, clock, 30)
        await sendings.until(lambda states: states == [S.SENT, S.SENT])
    assert [row.attempts for row in await sendings.box.rows()] == [1, 1]


async def test_what_else_is_for_a_resting_chat_is_put_off_without_a_call(
    club: ClubInATest, sendings: Sendings, clock: StandingClock
) -> None:
    lan = await queued(club, sendings)
    sendings.pace.record_refusal(lan.address.chat, 75)
    async with sendings.running():
        await put_off(sendings, by=timedelta(seconds=75))
        assert sendings.messenger.calls == []
        await comes_back_in(sendings, clock, 75)
        await sendings.until(lambda states: states == [S.SENT])


async def put_off(sendings: Sendings, *, by: timedelta) -> None:
    """Until the only row is to be tried again this much later."""
    later = sendings.club.clock.now() + by

    async def is_put_off() -> bool:
        sendings.worker.nudge()
        return [row.not_before for row in await sendings.box.rows()] == [later]

    await poll(is_put_off)


async def comes_back_in(sendings: Sendings, clock: StandingClock, seconds: float) -> None:
    """Lets this long pass, on the clock of the pace and on the wall."""
    sendings.time.seconds += seconds
    clock.advance(seconds=seconds)


async def test_while_the_messenger_rests_nothing_is_claimed(
    club: ClubInATest, sendings: Sendings, clock: StandingClock
) -> None:
    await queued(club, sendings)
    asked_at = clock.now()
    sendings.pace.halt(30)
    clock.advance(seconds=1)
    async with sendings.running():
        looks = iter(range(20))
        await sendings.until(lambda _: next(looks, None) is None)
        assert [row.changed_at for row in await sendings.box.rows()] == [asked_at]


async def test_while_the_token_is_refused_nothing_is_claimed(
    club: ClubInATest, sendings: Sendings, clock: StandingClock
) -> None:
    lan = await queued(club, sendings)
    sendings.messenger.fails(lan.address.chat, TokenRefused())
    with capture_logs():
        async with sendings.running():
            await sendings.until(lambda states: states == [S.QUEUED] and _called(sendings))
            refused_at = clock.now()
            clock.advance(seconds=1)
            looks = iter(range(20))
            await sendings.until(lambda _: next(looks, None) is None)
    assert [row.changed_at for row in await sendings.box.rows()] == [refused_at]


async def test_what_could_not_be_read_was_not_sent_and_is_tried_again(
    club: ClubInATest, sendings: Sendings
) -> None:
    await queued(club, sendings)
    broken = OSError("disk I/O error")
    with capture_logs(), failing_statements(club.store, READING_BODIES, broken, times=1):
        await sendings.deliver(S.SENT)
    assert (await sendings.box.rows())[0].attempts == 1


async def test_whose_turn_does_not_come_in_time_is_not_sent_but_waits_for_another(
    club: ClubInATest, sendings: Sendings
) -> None:
    """A second message to one chat, where eight seconds have to lie between two."""
    slow = PaceSettings(per_second=25, per_chat_s=8)
    sendings.pace = RateLimiter(slow, sendings.time, sendings.time.sleep)
    sendings.worker = sendings.a_worker()
    began = sendings.time()
    lan = await queued(club, sendings)
    await sendings.box.mail(lan.member_id)
    await sendings.deliver(S.SENT, S.SENT)
    assert sendings.time() - began >= 8
    assert [row.attempts for row in await sendings.box.rows()] == [1, 1]


async def test_when_the_messenger_asks_for_rest_no_more_is_marked_as_being_sent(
    club: ClubInATest, sendings: Sendings
) -> None:
    """All that was claimed goes back at once; a crash during the rest makes nothing uncertain."""
    sendings.pace = RateLimiter(PaceSettings(per_second=8), sendings.time, sendings.time.sleep)
    sendings.worker = sendings.a_worker()
    people_ = [await club.member(f"M{n}") for n in range(8)]
    await sendings.box.mail(*[one.member_id for one in people_])
    for one in people_[:2]:
        sendings.messenger.fails(one.address.chat, RateLimited(30))
    async with sendings.running():
        await sendings.until(lambda states: set(states) <= {S.SENT, S.QUEUED} and _called(sendings))
        begun = [row for row in await sendings.box.rows() if row.via]
        assert 1 <= len(begun) <= 4


async def test_five_server_errors_are_too_many(club: ClubInATest, sendings: Sendings) -> None:
    lan = await queued(club, sendings)
    sendings.messenger.fails(lan.address.chat, *[ServerError()] * 5)
    await comes_to(sendings, S.FAILED, timedelta(minutes=5))
    assert len(sendings.messenger.calls) == 5


async def test_four_server_errors_are_survived(club: ClubInATest, sendings: Sendings) -> None:
    lan = await queued(club, sendings)
    sendings.messenger.fails(lan.address.chat, *[ServerError()] * 4)
    await comes_to(sendings, S.SENT, timedelta(minutes=5))
    assert len(sendings.messenger.calls) == 5


async def test_who_cannot_be_written_to_now_is_tried_once_a_day_three_times(
    club: ClubInATest, sendings: Sendings, clock: StandingClock
) -> None:
    lan = await queued(club, sendings)
    sendings.messenger.fails(lan.address.chat, *[TemporarilyRejected()] * 3)
    async with sendings.running():
        for tries in (1, 2, 3):
            await calls(sendings, tries)
            clock.advance(hours=24)
        await sendings.until(lambda states: states == [S.FAILED])
    assert len(sendings.messenger.calls) == 3


async def test_not_a_moment_before_a_day_has_passed(
    club: ClubInATest, sendings: Sendings, clock: StandingClock
) -> None:
    lan = await queued(club, sendings)
    sendings.messenger.fails(lan.address.chat, TemporarilyRejected())
    async with sendings.running():
        await sendings.until(lambda _: bool(sendings.messenger.calls))
    (row,) = await sendings.box.rows()
    assert row.not_before == clock.now() + timedelta(days=1)


async def test_a_chat_that_moved_gets_it_at_its_new_place(
    club: ClubInATest, sendings: Sendings
) -> None:
    lan = await queued(club, sendings)
    sendings.messenger.fails(lan.address.chat, Moved("777"))
    await sendings.deliver(S.SENT)
    assert sendings.messenger.calls == [lan.address.chat, "777"]


async def test_a_chat_that_moves_in_circles_is_given_up(
    club: ClubInATest, sendings: Sendings
) -> None:
    lan = await queued(club, sendings)
    sendings.messenger.fails(lan.address.chat, Moved("777"), Moved("777"))
    sendings.messenger.fails("777", Moved(lan.address.chat))
    await sendings.deliver(S.FAILED)
    assert len(sendings.messenger.calls) == 3


async def test_who_blocked_the_bot_is_gone_and_nothing_of_theirs_is_deleted(
    club: ClubInATest, sendings: Sendings
) -> None:
    lan = await queued(club, sendings)
    sendings.messenger.fails(lan.address.chat, RecipientGone("bot was blocked by the user"))
    await sendings.deliver(S.GONE)
    await sendings.box.mail(lan.member_id)
    await sendings.deliver(S.GONE, S.CANCELLED)
    assert (await lan.member()).name_sealed is not None
    await lan.says("/trogiup")
    await sendings.box.mail(lan.member_id)
    await sendings.deliver(S.GONE, S.CANCELLED, S.SENT)


async def test_a_refused_message_fails_with_the_messengers_reason(
    club: ClubInATest, sendings: Sendings
) -> None:
    lan = await queued(club, sendings)
    sendings.messenger.fails(lan.address.chat, Refused("can't parse entities"))
    await sendings.deliver(S.FAILED)
    assert (await sendings.box.rows())[0].reason == "Refused: can't parse entities"


@pytest.mark.parametrize("error", [DeliveryUncertain(), RuntimeError("nobody foresaw this")])
async def test_what_may_have_arrived_is_uncertain_and_not_sent_again(
    club: ClubInATest, sendings: Sendings, clock: StandingClock, error: Exception
) -> None:
    lan = await queued(club, sendings)
    sendings.messenger.fails(lan.address.chat, error)
    with capture_logs() as logs:
        await sendings.deliver(S.UNCERTAIN)
        clock.advance(days=3)
        await sendings.box.mail(lan.member_id)
        await sendings.deliver(S.UNCERTAIN, S.SENT)
    assert len(sendings.messenger.calls) == 2
    assert not [line for line in logs if "nobody foresaw this" in str(line.get("event"))]


async def test_a_refused_token_stops_all_sending_and_shows_in_the_health(
    club: ClubInATest, sendings: Sendings
) -> None:
    lan = await queued(club, sendings)
    sendings.messenger.fails(lan.address.chat, TokenRefused())
    with capture_logs() as logs:
        async with sendings.running():
            await calls(sendings, 1)
            assert sendings.worker.problem
            await sendings.box.mail(lan.member_id)
            await sendings.until(lambda states: states == [S.QUEUED, S.QUEUED])
            assert len(sendings.messenger.calls) == 1
            sendings.time.seconds += 300
            await sendings.until(lambda states: states == [S.SENT, S.SENT])
    assert [line for line in logs if line["log_level"] == "error"]
    assert not sendings.worker.problem


async def test_a_damaged_message_fails_and_the_others_go(
    club: ClubInATest, sendings: Sendings
) -> None:
    lan = await club.member("Lan")
    number = await sendings.box.mail(lan.member_id)
    async with club.store.write() as tx:
        (await tx.session.get_one(Mailing, number)).bodies = {"vi": {"no": "message"}}
    await sendings.box.mail(lan.member_id)
    await sendings.deliver(S.FAILED, S.SENT)


async def test_a_crash_between_sending_and_the_answer_is_uncertain_and_never_resent(
    club: ClubInATest, sendings: Sendings, clock: StandingClock
) -> None:
    lan = await queued(club, sendings)
    sendings.messenger.hold = asyncio.Event()
    await killed_while_sending(sendings)
    assert await sendings.box.states() == [S.SENDING]
    sendings.messenger.hold = None
    successor = Sendings(club)
    clock.advance(seconds=59)
    async with successor.running():
        await successor.box.mail(lan.member_id)
        await successor.until(lambda states: states == [S.SENDING, S.SENT])
        clock.advance(seconds=1)
        await successor.until(lambda states: states == [S.UNCERTAIN, S.SENT])
    assert successor.messenger.calls == [lan.address.chat]


async def test_no_more_is_marked_as_being_sent_than_leaves_in_a_quarter_of_a_second(
    club: ClubInATest, sendings: Sendings
) -> None:
    time_goes_on = asyncio.Event()

    async def sleep(seconds: float) -> None:
        await time_goes_on.wait()
        await sendings.time.sleep(seconds)

    sendings.pace = RateLimiter(PaceSettings(per_second=25), sendings.time, sleep)
    sendings.worker = sendings.a_worker()
    await sendings.box.mail(*[(await club.member(name)).member_id for name in "ABCDEFGH"])
    async with sendings.running():
        await sendings.until(
            lambda states: states == [S.SENT] * 2 + [S.SENDING] * 4 + [S.CLAIMED] * 2
        )
        time_goes_on.set()
        await sendings.until(lambda states: states == [S.SENT] * 8)


async def test_what_waits_for_its_turn_counts_against_what_may_be_marked(
    club: ClubInATest, sendings: Sendings
) -> None:
    """Half of a quarter of a second's is let run down, then only as many are marked as have left."""
    ahead: list[int] = []

    async def sleep(seconds: float) -> None:
        # Each commit here gives the worker the time for one of its own.
        for _ in range(_COMMITS):
            async with club.store.write():
                pass
        marked = sum(row.attempts for row in await sendings.box.rows())
        ahead.append(marked - len(sendings.messenger.calls))
        await sendings.time.sleep(seconds)

    sendings.pace = RateLimiter(PaceSettings(per_second=25), sendings.time, sleep)
    sendings.worker = sendings.a_worker()
    await sendings.box.mail(*[(await club.member(f"M{n}")).member_id for n in range(24)])
    await sendings.deliver(*[S.SENT] * 24)
    assert 3 <= max(ahead) <= 6


async def test_what_has_not_left_when_the_night_begins_waits_for_the_morning(
    club: ClubInATest, sendings: Sendings, clock: StandingClock
) -> None:
    time_goes_on = asyncio.Event()

    async def sleep(seconds: float) -> None:
        await time_goes_on.wait()
        await sendings.time.sleep(seconds)

    clock.advance(hours=12, minutes=29, seconds=59)
    sendings.pace = RateLimiter(PaceSettings(per_second=25), sendings.time, sleep)
    sendings.worker = sendings.a_worker()
    await sendings.box.mail(*[(await club.member(name)).member_id for name in "ABCDEFGH"])
    async with sendings.running():
        await sendings.until(lambda states: states.count(S.CLAIMED) == 2)
        clock.advance(seconds=1)
        time_goes_on.set()
        await sendings.until(lambda states: states == [S.SENT] * 6 + [S.QUEUED] * 2)
        night = clock.now()
        clock.advance(minutes=1)
        looks = iter(range(20))
        await sendings.until(lambda _: next(looks, None) is None)
        # Nothing of it is even claimed.
        assert {row.changed_at for row in (await sendings.box.rows())[6:]} == {night}
        clock.advance(hours=8, minutes=59)
        await sendings.until(lambda states: states == [S.SENT] * 8)


async def test_an_orderly_stop_waits_for_what_is_in_flight(
    club: ClubInATest, sendings: Sendings
) -> None:
    await queued(club, sendings)
    sendings.messenger.hold = asyncio.Event()
    async with sendings.running():
        await sendings.until(lambda states: states == [S.SENDING])
        # The answer comes when the worker has been asked to stop already.
        asyncio.get_running_loop().call_soon(sendings.messenger.hold.set)
    assert await sendings.box.states() == [S.SENT]


async def test_a_stop_does_not_wait_for_ever_and_what_was_cut_off_is_uncertain(
    club: ClubInATest, clock: StandingClock
) -> None:
    impatient = Sendings(club, replace(SETTINGS, stop_s=0.0))
    await queued(club, impatient)
    impatient.messenger.hold = asyncio.Event()
    async with impatient.running():
        await impatient.until(lambda states: states == [S.SENDING])
    clock.advance(seconds=60)
    await Sendings(club).deliver(S.UNCERTAIN)


async def test_a_worker_stopped_before_it_began_ends_all_the_same(sendings: Sendings) -> None:
    stop = asyncio.Event()
    stop.set()
    await sendings.worker.run(stop)
    assert sendings.leadership.term is None


async def test_a_stop_leaves_a_place_that_is_free_at_once(
    club: ClubInATest, sendings: Sendings
) -> None:
    lan = await queued(club, sendings)
    await sendings.deliver(S.SENT)
    await sendings.box.mail(lan.member_id)
    await Sendings(club).deliver(S.SENT, S.SENT)


async def test_the_demos_clock_may_jump_while_a_call_is_in_flight(
    club: ClubInATest, sendings: Sendings, clock: StandingClock
) -> None:
    lan = await queued(club, sendings)
    sendings.messenger.hold = asyncio.Event()
    async with sendings.running():
        await sendings.until(lambda states: states == [S.SENDING])
        clock.advance(hours=10)
        await sendings.box.mail(lan.member_id)
        await sendings.until(lambda states: states == [S.SENDING, S.SENDING])
        sendings.messenger.hold.set()
        await sendings.until(lambda states: states == [S.SENT, S.SENT])


async def test_what_is_known_and_could_not_be_written_yet_is_not_taken_for_uncertain(
    club: ClubInATest, sendings: Sendings, clock: StandingClock
) -> None:
    lan, hoa = await queued(club, sendings), await club.member("Hoa")
    sendings.messenger.fails(lan.address.chat, Refused("no"))
    with capture_logs():
        async with sendings.running():
            with failing_statements(club.store, RECORDING_FAILURES, OSError("disk full")):
                await sendings.until(lambda _: _called(sendings))
                clock.advance(hours=10)
                await sendings.box.mail(hoa.member_id)
                await sendings.until(lambda states: states == [S.SENDING, S.SENDING])
            await sendings.until(lambda states: states == [S.FAILED, S.SENT])


async def test_only_the_leader_delivers(club: ClubInATest, sendings: Sendings) -> None:
    lan = await club.member("Lan")
    second = Sendings(club)
    await sendings.leadership.renew()
    async with second.running(), sendings.running():
        await sendings.box.mail(lan.member_id)
        second.worker.nudge()
        await sendings.until(lambda states: states == [S.SENT])
    assert second.messenger.calls == []


async def test_a_leader_that_was_replaced_stops_claiming(
    club: ClubInATest, sendings: Sendings, clock: StandingClock
) -> None:
    lan = await club.member("Lan")
    async with sendings.running():
        await sendings.until(lambda _: sendings.leadership.term is not None)
        successor = Sendings(club)
        while successor.leadership.term is None:
            clock.advance(seconds=15)
            await successor.leadership.renew()
        await sendings.box.mail(lan.member_id)
        await sendings.until(lambda _: sendings.leadership.term is None)
        assert await sendings.box.states() == [S.QUEUED]
        async with successor.running():
            await successor.until(lambda states: states == [S.SENT])
    assert sendings.messenger.calls == []


def _called(sendings: Sendings) -> bool:
    return bool(sendings.messenger.calls)


async def queued(club: ClubInATest, sendings: Sendings) -> Phone:
    """A member with one message waiting."""
    lan = await club.member("Lan")
    await sendings.box.mail(lan.member_id)
    return lan


async def calls(sendings: Sendings, count: int) -> None:
    """Waits until so many attempts are over and written down."""
    await sendings.until(
        lambda states: len(sendings.messenger.calls) == count and S.SENDING not in states
    )


async def tries_again_after(sendings: Sendings, failures: int, pause: timedelta) -> None:
    async with sendings.running():
        for count in range(1, failures + 1):
            await calls(sendings, count)
            sendings.club.clock.advance(seconds=pause.total_seconds())
        await sendings.until(lambda states: states == [S.SENT])


async def comes_to(sendings: Sendings, end: DeliveryState, pause: timedelta) -> None:
    """Lets time pass until the row has come to its end."""
    async with sendings.running():
        count = 0
        while (await sendings.box.states())[0] is not end:
            count += 1
            await calls(sendings, count)
            sendings.club.clock.advance(seconds=pause.total_seconds())


async def killed_while_sending(sendings: Sendings) -> None:
    """The worker's task ends in the middle of a call, as with a kill: nothing more is written."""
    task = asyncio.create_task(sendings.worker.run(asyncio.Event()))
    await sendings.until(lambda states: states == [S.SENDING])
    # A kill has no half-cancelled statements.
    await holds(lambda: not in_use(sendings.club.store), "a moment without a statement")
    task.cancel()
    await asyncio.wait([task])
