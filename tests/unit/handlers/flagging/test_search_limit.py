"""Looking for a post costs the club little, however much somebody sends, and nobody goes unanswered."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from handlers.flagging.matching import look_up, ranked
from handlers.flagging.post import FlaggedPost
from handlers.worker_tasks import Args, Cause, T, WorkerFailed, at_once
from storage.cases import flag_rate_limit
from storage.database.engine import Store
from storage.models import Case
from tests.support.case_actions import RUMOUR, SCOPE, SEND, flag, the_case, the_cases
from tests.support.club import SETTINGS, ClubInATest, ManualClock
from tests.support.costly_texts import natural
from tests.support.inline_workers import InlineWorkers
from tests.unit.handlers.flagging.test_matching import opened

FEW = 3


@pytest.fixture
def small_club(store: Store, clock: ManualClock) -> ClubInATest:
    """A club whose members may look for three posts an hour."""
    return ClubInATest(store, clock, replace(SETTINGS, searches_per_hour=FEW))


@pytest.mark.parametrize("messenger", ["telegram", "zalo"])
async def test_who_has_looked_for_enough_posts_reads_when_to_go_on(
    small_club: ClubInATest, messenger: str
) -> None:
    lan = await small_club.member("Lan", messenger=messenger)
    hoa = await small_club.member("Hoa", messenger=messenger)
    for number in range(FEW):
        await lan.says(f"/tracuu {RUMOUR} lần {number}")
        assert "10:00" not in lan.last
    await lan.says(f"/tracuu {RUMOUR}")
    assert "10:00" in lan.last
    await hoa.says(f"/tracuu {RUMOUR}")
    assert "10:00" not in hoa.last
    small_club.clock.advance(hours=1)
    await lan.says(f"/tracuu {RUMOUR}")
    assert "11:00" not in lan.last


async def test_posts_sent_in_and_asked_about_count_together(small_club: ClubInATest) -> None:
    lan = await small_club.member("Lan")
    await lan.says(f"/tracuu {RUMOUR}")
    await flag(lan)
    await lan.says("Tin khác hẳn, dài hơn bốn mươi chữ, về lịch cắt điện ngày mai", forwarded=True)
    await lan.says("/huy")
    await lan.says(RUMOUR, forwarded=True)
    assert "10:00" in lan.last
    assert len(await the_cases(small_club)) == 1


async def test_a_flag_is_kept_when_the_post_behind_it_has_to_wait(small_club: ClubInATest) -> None:
    lan = await small_club.member("Lan")
    for number in range(FEW - 1):
        await lan.says(f"/tracuu {RUMOUR} lần {number}")
    await lan.says(RUMOUR, forwarded=True)
    await lan.says("Tin thứ hai, dài hơn bốn mươi chữ, về lịch cắt điện ngày mai", forwarded=True)
    await lan.presses("Báo từng tin")
    await lan.presses(SEND)
    await lan.presses("Lừa đảo")
    assert "10:00" in lan.last
    assert (await the_case(small_club)).flags == 1


async def test_the_last_flag_of_an_hour_is_kept_when_another_post_waits(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    async with club.store.write() as tx:
        for _ in range(flag_rate_limit.FLAGS_PER_HOUR - 1):
            await flag_rate_limit.count_flag(tx, lan.member_id)
    await lan.says(RUMOUR, forwarded=True)
    await lan.says("Tin thứ hai, dài hơn bốn mươi chữ, về lịch cắt điện ngày mai", forwarded=True)
    await lan.presses("Báo từng tin")
    await lan.presses(SEND)
    await lan.presses("Lừa đảo")
    assert "10:00" in lan.last
    assert (await the_case(club)).flags == 1


@pytest.mark.parametrize("messenger", ["telegram", "zalo"])
async def test_a_post_that_was_looked_for_counts_also_when_no_flag_is_left(
    small_club: ClubInATest, messenger: str
) -> None:
    lan = await small_club.member("Lan", messenger=messenger)
    async with small_club.store.write() as tx:
        for _ in range(flag_rate_limit.FLAGS_PER_HOUR):
            await flag_rate_limit.count_flag(tx, lan.member_id)
    for number in range(FEW):
        await lan.says(f"{RUMOUR} lần {number}", forwarded=True)
        assert "báo nhiều tin" in lan.last
    await lan.says(f"{RUMOUR} lần cuối", forwarded=True)
    assert "tra cứu nhiều tin" in lan.last
    small_club.clock.advance(hours=1)
    await lan.says(RUMOUR, forwarded=True)
    assert SCOPE in lan.last


class Noting(InlineWorkers):
    """Computes in place, and notes what."""

    def __init__(self) -> None:
        self.computed: list[str] = []

    async def run(self, task: Callable[[*Args], T], *args: *Args) -> T:
        self.computed.append(task.__name__)
        return await super().run(task, *args)


class Dying(Noting):
    """Workers that die of every task."""

    async def run(self, task: Callable[[*Args], T], *args: *Args) -> T:
        self.computed.append(task.__name__)
        raise WorkerFailed(Cause.DIED)


async def long_cases(store: Store) -> list[Case]:
    async with store.write() as tx:
        return [await opened(tx, FlaggedPost(natural(seed=1000 * seed))) for seed in range(1, 4)]


LONG = f"Chuyển tiếp giúp mọi người: {natural(3900, seed=1000)}"
"""Like the first of the long cases."""


async def test_much_is_compared_by_a_worker_and_once(club: ClubInATest) -> None:
    await long_cases(club.store)
    lan, club.workers = await club.member("Lan"), (noting := Noting())
    await lan.says(LONG, forwarded=True)
    assert noting.computed == ["rank"]
    assert "giống" in lan.last


async def test_a_paragraph_is_compared_in_place(club: ClubInATest) -> None:
    hoa, lan = await club.member("Hoa"), await club.member("Lan")
    await flag(hoa)
    club.workers = noting = Noting()
    await lan.says(RUMOUR.replace("500.000", "900.000"), forwarded=True)
    assert noting.computed == []
    assert "giống" in lan.last


async def test_without_workers_similar_posts_are_left_out_and_the_same_are_found(
    club: ClubInATest,
) -> None:
    known, *_ = await long_cases(club.store)
    lan, club.workers = await club.member("Lan"), (dying := Dying())
    await lan.says(LONG, forwarded=True)
    assert dying.computed == ["rank"]
    assert SCOPE in lan.last
    await lan.says("/huy")
    await lan.says(natural(seed=1000), forwarded=True)
    assert known.code in lan.last


async def test_the_same_address_under_other_words_is_asked_about_without_workers(
    store: Store,
) -> None:
    link = "https://www.facebook.com/nhom/posts/1035862816472149"
    await long_cases(store)

    def dead(task: Callable[[*Args], T], *args: *Args) -> T:
        raise WorkerFailed(Cause.TIMED_OUT)

    async with store.write() as tx:
        shown = await opened(tx, FlaggedPost(RUMOUR, links=(link,)))
        found = await look_up(tx, FlaggedPost(LONG, links=(link,)), dead)
        assert [one.case.code for one in found.similar] == [shown.code]


async def test_pictures_of_a_large_club_are_compared_by_a_worker(store: Store) -> None:
    seen: list[str] = []

    def noting(task: Callable[[*Args], T], *args: *Args) -> T:
        seen.append(task.__name__)
        return at_once(task, *args)

    async with store.write() as tx:
        await opened(tx, FlaggedPost(picture_hashes=("0" * 16,)))
        few = tuple(f"{number:016x}" for number in range(2_000))
        found = await ranked(tx, FlaggedPost(picture_hashes=few), noting)
        assert seen == []
        assert [one.score for one in found] == [0.95]
        far = "f" * 16
        assert await ranked(tx, FlaggedPost(picture_hashes=(far,) * 2_001), noting) == []
        assert seen == ["similar_pictures"]
