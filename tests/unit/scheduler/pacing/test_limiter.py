"""The messenger's limits are never broken, and who waits for an answer goes first."""

import asyncio
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.pacing.limiter import INTERACTIVE, RateLimiter
from scheduler.settings import PaceSettings
from storage.models import Lane
from tests.support.hypothesis_profiles import examples
from tests.support.manual_clock import SimulatedTime
from tests.support.waiting import begun, run_other_tasks

RATE = 25


class Account:
    """One account, its pace, and the moments at which something was sent."""

    def __init__(self, settings: PaceSettings | None = None, *, per_minute: int = 0) -> None:
        self.time = SimulatedTime()
        self.pace = RateLimiter(
            settings or PaceSettings(RATE), self.time, self.time.sleep, per_minute=per_minute
        )
        self.sent: list[tuple[float, int, str]] = []
        self.milestones: dict[int, asyncio.Event] = defaultdict(asyncio.Event)

    async def send(self, lane: int, chat: str) -> None:
        await self.pace.acquire(lane, chat)
        self.sent.append((self.time(), lane, chat))
        self.milestones[len(self.sent)].set()

    async def send_all(self, messages: Iterable[tuple[int, str]]) -> None:
        async with asyncio.TaskGroup() as group:
            for lane, chat in messages:
                group.create_task(self.send(lane, chat))

    @property
    def moments(self) -> list[float]:
        return [moment for moment, _, _ in self.sent]

    @property
    def busiest_second(self) -> int:
        """The most that was sent in any window of one second, wherever it begins."""
        return self.most_within(1.0)

    def most_within(self, seconds: float) -> int:
        """The most that was sent in any window of this length, wherever it begins."""
        ends = [bisect_left(self.moments, moment + seconds) for moment in self.moments]
        return max(end - start for start, end in enumerate(ends))


def to_many(count: int, lane: int = Lane.ANNOUNCEMENT) -> list[tuple[int, str]]:
    return [(lane, str(number)) for number in range(count)]


@pytest.fixture
def account() -> Account:
    """An account at the usual rate."""
    return Account()


async def test_no_second_holds_more_than_the_limit_and_the_limit_is_used(account: Account) -> None:
    await account.send_all(to_many(500))
    assert account.busiest_second == RATE
    assert (account.moments[-1] - account.moments[0]) <= 499 / RATE / 0.98


async def test_a_broadcast_is_spread_evenly_from_its_first_second(account: Account) -> None:
    await account.send_all(to_many(RATE))
    assert max([later - earlier for earlier, later in pairwise(account.moments)]) < 2 / RATE


async def test_answers_may_come_in_a_burst_but_not_above_the_limit(account: Account) -> None:
    start = account.time()
    await account.send_all(to_many(RATE + 1, INTERACTIVE))
    assert account.moments[RATE - 1] == start
    assert account.moments[RATE] >= start + 1.0


async def test_an_answer_waits_for_one_message_of_a_broadcast_at_most(account: Account) -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(account.send_all(to_many(200)))
        await account.milestones[60].wait()
        asked_at = account.time()
        await account.send(INTERACTIVE, "asks")
        waited_s = account.time() - asked_at
    assert waited_s <= 2 / RATE


async def test_while_people_talk_the_next_answer_need_not_wait(account: Account) -> None:
    waited_s = []
    async with asyncio.TaskGroup() as group:
        group.create_task(account.send_all(to_many(300)))
        for number in range(60, 180, 10):  # about two a second
            await account.milestones[number].wait()
            asked_at = account.time()
            await account.send(INTERACTIVE, f"asks {number}")
            waited_s.append(account.time() - asked_at)
    assert waited_s[1:] == [0.0] * 11
    assert account.busiest_second == RATE


async def test_once_nobody_talks_any_more_all_room_is_used(account: Account) -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(account.send_all(to_many(300)))
        await account.milestones[60].wait()
        await account.send(INTERACTIVE, "asks")
    later = [moment for moment in account.moments if moment > account.moments[60] + 2]
    assert len(later) - 1 >= 0.98 * RATE * (later[-1] - later[0])


async def test_who_waits_goes_in_the_order_of_the_lanes() -> None:
    account = Account(PaceSettings(per_second=1))
    await account.send(Lane.DIGEST, "first")
    lanes = [
        Lane.DIGEST,
        Lane.ANNOUNCEMENT,
        Lane.URGENT,
        Lane.NOTICE,
        Lane.VERDICT,
        INTERACTIVE,
    ]
    await account.send_all((lane, f"to {lane}") for lane in lanes)
    assert [lane for _, lane, _ in account.sent[1:]] == sorted(lanes)


async def test_one_chat_gets_one_unasked_message_a_second(account: Account) -> None:
    start = account.time()
    await account.send_all([(Lane.NOTICE, "lan")] * 3)
    assert [moment - start >= n for n, moment in enumerate(account.moments)] == [True] * 3
    assert account.moments[-1] < start + 2.1


async def test_one_busy_chat_does_not_hold_up_the_others(account: Account) -> None:
    start = account.time()
    await account.send_all([(Lane.NOTICE, "lan"), (Lane.NOTICE, "lan"), (Lane.DIGEST, "hoa")])
    assert [chat for _, _, chat in account.sent] == ["lan", "hoa", "lan"]
    assert account.moments[1] < start + 0.1


async def test_an_answer_does_not_wait_for_the_chats_second(account: Account) -> None:
    start = account.time()
    await account.send(Lane.ANNOUNCEMENT, "lan")
    await account.send(INTERACTIVE, "lan")
    assert account.moments[1] == start


async def test_an_unasked_message_comes_a_second_after_an_answer(account: Account) -> None:
    start = account.time()
    await account.send(INTERACTIVE, "lan")
    await account.send(Lane.ANNOUNCEMENT, "lan")
    assert account.moments[1] >= start + 1.0


async def test_when_the_messenger_asks_for_rest_everybody_rests(account: Account) -> None:
    start = account.time()
    account.pace.halt(30)
    assert account.pace.halted_for_s == 30
    await account.send_all([(INTERACTIVE, "lan"), (Lane.URGENT, "hoa")])
    assert min(account.moments) >= start + 30
    assert account.pace.halted_for_s == 0


async def test_a_chat_that_alone_is_refused_rests_alone(account: Account) -> None:
    start = account.time()
    account.pace.record_refusal("lan", 75)
    await account.send_all([(INTERACTIVE, "lan"), (INTERACTIVE, "hoa"), (Lane.DIGEST, "an")])
    assert [chat for _, _, chat in account.sent] == ["hoa", "an", "lan"]
    assert account.moments[1] < start + 1
    assert account.moments[2] >= start + 75
    assert account.pace.adaptive_rate == RATE


async def test_one_chat_refused_again_and_again_holds_nobody_else(account: Account) -> None:
    for _ in range(5):
        account.pace.record_refusal("lan", 75)
    assert account.pace.halted_for_s == 0
    assert account.pace.chat_halted_for_s("lan") == 75


async def test_a_second_chat_refused_meanwhile_means_the_whole_account(account: Account) -> None:
    account.pace.record_refusal("lan", 30)
    account.pace.record_refusal("hoa", 20)
    assert account.pace.halted_for_s == 20
    assert account.pace.adaptive_rate < RATE


@pytest.mark.parametrize(("later_s", "halted_s"), [(30, 0), (29.9, 30)], ids=["after", "before"])
async def test_a_chat_refused_just_before_the_first_has_rested_is_a_second_one(
    account: Account, later_s: float, halted_s: float
) -> None:
    account.pace.record_refusal("lan", 30)
    account.time.seconds += later_s
    account.pace.record_refusal("hoa", 30)
    assert account.pace.halted_for_s == halted_s


async def test_a_longer_rest_of_a_chat_is_not_shortened(account: Account) -> None:
    account.pace.record_refusal("lan", 30)
    account.pace.record_refusal("lan", 1)
    assert account.pace.chat_halted_for_s("lan") == 30


async def test_an_answer_goes_at_once_while_another_chats_answer_rests(account: Account) -> None:
    account.pace.record_refusal("lan", 75)
    resting = await begun(account.send(INTERACTIVE, "lan"))
    asked_at = account.time()
    await account.send(INTERACTIVE, "hoa")
    assert account.moments == [asked_at]
    await resting


async def test_a_shorter_rest_does_not_end_a_longer_one(account: Account) -> None:
    account.pace.halt(30)
    account.pace.halt(1)
    assert account.pace.halted_for_s == 30


async def test_a_rest_asked_for_while_messages_wait_holds_them_too(account: Account) -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(account.send_all(to_many(50)))
        await account.milestones[10].wait()
        halted_at = account.time()
        account.pace.halt(5)
    assert not [m for m in account.moments if halted_at < m < halted_at + 5]


async def test_who_loses_patience_is_not_sent_and_takes_no_room(account: Account) -> None:
    account.pace.halt(30)
    assert not await account.pace.acquire(Lane.URGENT, "lan", patience_s=5)
    assert account.pace.halted_for_s == pytest.approx(25, abs=0.02)
    assert await account.pace.acquire(Lane.URGENT, "lan", patience_s=25.1)


async def test_somebody_who_goes_away_while_waiting_leaves_the_others_in_motion() -> None:
    account = Account(PaceSettings(per_second=1))
    await account.send(Lane.DIGEST, "first")
    leaver = asyncio.create_task(account.send(Lane.URGENT, "leaver"))
    stayer = await begun(account.send(Lane.URGENT, "stayer"))
    leaver.cancel()
    await stayer
    assert [chat for _, _, chat in account.sent] == ["first", "stayer"]


async def test_a_group_gets_twenty_messages_a_minute_answers_included(account: Account) -> None:
    start = account.time()
    await account.send_all([(INTERACTIVE, "-100")] * 20)
    assert account.moments[-1] == start
    await account.send_all([(INTERACTIVE, "-100"), (INTERACTIVE, "lan")])
    assert [chat for _, _, chat in account.sent[20:]] == ["lan", "-100"]
    assert account.moments[-1] >= start + 60


async def test_a_group_is_remembered_while_others_are_written_to(account: Account) -> None:
    start = account.time()
    await account.send_all([(INTERACTIVE, "-100")] * 20)
    account.time.seconds = start + 59
    await account.send_all([(INTERACTIVE, "-200"), (INTERACTIVE, "-100")])
    assert account.moments[-1] >= start + 60


async def test_what_may_be_marked_ahead_is_never_nothing() -> None:
    assert Account().pace.allowance(0.25) == 6
    assert Account(PaceSettings(per_second=1)).pace.allowance(0.25) == 1


async def test_an_account_that_counts_by_the_minute_is_never_above_it() -> None:
    account = Account(per_minute=80)
    await account.send_all([*to_many(60, INTERACTIVE), *to_many(180)])
    assert account.most_within(60.0) == 80
    assert account.moments[59] == account.moments[0], "answers may come in a burst"
    assert account.moments[-1] - account.moments[0] <= 240 / 80 * 60


async def test_a_broadcast_by_the_minute_is_spread_evenly() -> None:
    account = Account(per_minute=80)
    await account.send_all(to_many(80))
    gaps = [later - earlier for earlier, later in pairwise(account.moments)]
    assert max(gaps) == pytest.approx(0.75, abs=0.05)
    assert account.pace.allowance(0.25) == 1


FEW = 16
"""Messages a minute of an account that bears little."""
FLOODS = [(INTERACTIVE, f"flood {number % 4}") for number in range(2 * FEW)]


async def test_one_chat_gets_a_quarter_of_an_account_that_counts_by_the_minute() -> None:
    account = Account(per_minute=FEW)
    await account.send_all([(INTERACTIVE, "flood")] * (FEW // 4))
    assert account.moments[-1] == account.moments[0]
    await account.send(INTERACTIVE, "flood")
    assert account.moments[-1] >= account.moments[0] + 60


async def test_replies_leave_a_quarter_of_the_minute_to_announcements() -> None:
    account = Account(per_minute=FEW)
    await account.send_all([*to_many(FEW // 2), *FLOODS])
    first_minute = [lane for at, lane, _ in account.sent if at < account.moments[0] + 60]
    assert first_minute.count(Lane.ANNOUNCEMENT) == FEW // 4
    assert len(first_minute) == FEW


async def test_all_of_the_minute_is_for_replies_where_nothing_else_waits() -> None:
    account = Account(per_minute=FEW)
    await account.send_all([(INTERACTIVE, str(number)) for number in range(FEW)])
    assert account.moments[-1] == account.moments[0]


async def test_of_the_replies_that_wait_the_one_goes_first_whose_chat_got_least() -> None:
    account = Account(per_minute=FEW)
    flood = await begun(account.send_all(FLOODS))
    await run_other_tasks()
    assert len(account.sent) == FEW
    await account.send(INTERACTIVE, "Lan")
    await flood
    # In the next minute each of the four has got one before.
    assert [chat for _, _, chat in account.sent].index("Lan") == FEW + 4


async def test_no_more_is_sent_than_the_messenger_says_it_takes() -> None:
    account = Account(per_minute=80)
    start = account.time()
    account.pace.record_remaining(2)
    await account.send_all(to_many(3, INTERACTIVE))
    assert account.moments[1] == start
    assert account.moments[2] >= start + 60


async def test_more_room_than_the_own_limit_changes_nothing() -> None:
    account = Account(per_minute=80)
    start = account.time()
    account.pace.record_remaining(4000)
    await account.send_all(to_many(81, INTERACTIVE))
    assert account.moments[79] == start
    assert account.moments[80] >= start + 60


@settings(max_examples=examples(60))
@given(
    rate=st.integers(1, 40),
    messages=st.lists(
        st.tuples(st.sampled_from([INTERACTIVE, *Lane]), st.sampled_from("abcdefgh")),
        min_size=1,
        max_size=120,
    ),
)
def test_whatever_is_sent_no_window_is_exceeded(rate: int, messages: list[tuple[int, str]]) -> None:
    account = Account(PaceSettings(per_second=rate))
    asyncio.run(account.send_all(messages))
    assert len(account.sent) == len(messages)
    assert account.busiest_second <= rate
    for chat in "abcdefgh":
        mine = [(moment, lane) for moment, lane, to in account.sent if to == chat]
        for (earlier, _), (later, lane) in pairwise(mine):
            assert lane == INTERACTIVE or later - earlier >= 1.0
