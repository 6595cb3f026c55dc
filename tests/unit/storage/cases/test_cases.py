"""One case for one post, whatever happens at the same moment."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import select

from storage.cases import cases, flag_rate_limit, flags, posts
from storage.cases.match_keys import Keys
from storage.cases.posts import Flagged
from storage.database.engine import Store, Tx
from storage.database.ids import RandomIds, id_of
from storage.database.state_machine import WrongState
from storage.members import members
from storage.models import (
    Case,
    CasePost,
    CaseState,
    Category,
    FlagAllowance,
    Member,
    Rating,
    Role,
    Verdict,
)
from tests.support.club import ManualClock
from tests.support.databases import others_wait
from tests.support.waiting import run_other_tasks

TODAY = date(2026, 3, 10)


class RepeatingIds(RandomIds):
    """Draws each code twice."""

    def __init__(self) -> None:
        self._drawn = ""

    def code(self, letters: int) -> str:
        self._drawn, last = "" if self._drawn else super().code(letters), self._drawn
        return last or self._drawn


KEYS = Keys("facebook:1", "f" * 64, "unique-1")


def flagged(keys: Keys = KEYS) -> Flagged:
    return Flagged(keys, Category.SCAM, '{"text": "nộp 500.000 đồng"}', TODAY)


async def find_or_open(tx: Tx, flagged: Flagged) -> tuple[Case, CasePost]:
    """As a flag is sent."""
    while True:
        if found := await posts.find(tx, flagged.keys):
            return await posts.lock(tx, found)
        if opened := await posts.open_case(tx, flagged):
            return opened


async def add_member(tx: Tx, chat: str, role: Role = Role.MEMBER) -> Member:
    return await members.add(
        tx, messenger="telegram", chat=chat, name="Lan", role=role, language="vi", area=None
    )


def verdict_on(case: Case, officer_id: int, tx: Tx, version: int = 1) -> Verdict:
    return Verdict(
        case_id=id_of(case),
        version=version,
        rating=Rating.FALSE,
        claim="Có tin nói phải nộp tiền.",
        explanation="Không ai phải nộp tiền.",
        sources=["https://bocongan.gov.vn"],
        decided_by=officer_id,
        decided_at=tx.clock.now(),
    )


@pytest.mark.parametrize(
    "keys",
    [
        Keys("facebook:1", None, None),
        Keys(None, "f" * 64, None),
        Keys(None, None, "unique-1"),
        Keys("facebook:1", "e" * 64, "unique-2"),
    ],
)
async def test_one_shared_key_is_the_same_case(store: Store, keys: Keys) -> None:
    async with store.write() as tx:
        first, _ = await find_or_open(tx, flagged())
        assert (await find_or_open(tx, flagged(keys)))[0].id == first.id


async def test_no_shared_key_is_another_case(store: Store) -> None:
    async with store.write() as tx:
        first, _ = await find_or_open(tx, flagged())
        other, _ = await find_or_open(tx, flagged(Keys("facebook:2", "e" * 64, "unique-2")))
        assert other.id != first.id
        assert other.code != first.code


async def test_the_address_decides_before_the_picture_and_the_words(store: Store) -> None:
    async with store.write() as tx:
        by_words, _ = await find_or_open(tx, flagged(Keys(None, "f" * 64, None)))
        by_address, _ = await find_or_open(tx, flagged(Keys("facebook:1", None, None)))
        assert by_words.id != by_address.id
        found = await posts.find(tx, KEYS)
        assert found is not None
        assert found.case_id == by_address.id


async def test_a_post_that_is_known_by_nothing_is_always_a_new_case(store: Store) -> None:
    async with store.write() as tx:
        nothing = Keys(None, None, None)
        first, _ = await find_or_open(tx, flagged(nothing))
        assert (await find_or_open(tx, flagged(nothing)))[0].id != first.id


async def test_many_at_the_same_moment_open_one_case(store: Store) -> None:
    async with store.write() as tx:
        numbers = [id_of(await add_member(tx, str(n))) for n in range(5)]

    async def send(member_id: int) -> None:
        async with store.write() as tx:
            _, post = await find_or_open(tx, flagged())
            await run_other_tasks()
            await flags.join(tx, post, member_id, TODAY)

    await asyncio.gather(*map(send, numbers))
    async with store.read() as tx:
        case = (await tx.session.exec(select(Case))).one()
    assert case.flags == len(numbers)


async def test_a_flag_comes_before_the_verdict_or_after_it_but_never_between(
    store: Store,
) -> None:
    async with store.write() as tx:
        officer = id_of(await add_member(tx, "1", Role.OFFICER))
        late = id_of(await add_member(tx, "2"))
        case, _ = await find_or_open(tx, flagged())
        await cases.take(tx, case, officer, tx.clock.now().date())
        code = case.code
    deciding = asyncio.Event()

    async def decide() -> None:
        async with store.write() as tx:
            locked = await cases.lock(tx, code)
            assert locked is not None
            deciding.set()
            await others_wait(tx)
            await cases.decide(tx, locked, verdict_on(locked, officer, tx))
            assert await flags.waiting(tx, locked) == []
            await flags.mark_notified(tx, locked, 1, [])

    async def send() -> bool:
        await deciding.wait()
        async with store.write() as tx:
            found, post = await find_or_open(tx, flagged())
            answered = await cases.newest_verdict(tx, found) is not None
            await flags.join(tx, post, late, TODAY)
            return answered

    _, answered = await asyncio.gather(decide(), send())
    assert answered


async def test_only_a_case_in_review_is_decided_given_back_or_closed(store: Store) -> None:
    async with store.write() as tx:
        officer = id_of(await add_member(tx, "1", Role.OFFICER))
        case, _ = await find_or_open(tx, flagged())
        with pytest.raises(WrongState):
            await cases.give_back(tx, case)
        with pytest.raises(WrongState):
            await cases.close_out_of_scope(tx, case)
        with pytest.raises(WrongState):
            await cases.decide(tx, case, verdict_on(case, officer, tx))
        await cases.take(tx, case, officer, tx.clock.now().date())
        with pytest.raises(WrongState):
            await cases.take(tx, case, officer, tx.clock.now().date())


async def test_out_of_scope_keeps_nothing_of_the_post(store: Store) -> None:
    async with store.write() as tx:
        officer = id_of(await add_member(tx, "1", Role.OFFICER))
        case, _ = await find_or_open(tx, flagged())
        await cases.take(tx, case, officer, tx.clock.now().date())
        await cases.close_out_of_scope(tx, case)
    async with store.read() as tx:
        closed = (await tx.session.exec(select(Case))).one()
        assert closed.state is CaseState.OUT_OF_SCOPE
        assert await posts.first_content(tx, closed) is None
        assert await posts.find(tx, KEYS) is None


async def test_a_flag_of_a_decided_case_waits_only_for_the_next_version(store: Store) -> None:
    async with store.write() as tx:
        officer = id_of(await add_member(tx, "1", Role.OFFICER))
        member = id_of(await add_member(tx, "2"))
        case, post = await find_or_open(tx, flagged())
        await cases.take(tx, case, officer, tx.clock.now().date())
        await cases.decide(tx, case, verdict_on(case, officer, tx))
        await flags.join(tx, post, member, TODAY)
        assert await flags.waiting(tx, case, version=1) == []
        assert await flags.waiting(tx, case, version=2) == [member]


async def test_who_stopped_and_asks_again_is_answered(store: Store) -> None:
    async with store.write() as tx:
        member = id_of(await add_member(tx, "2"))
        case, post = await find_or_open(tx, flagged())
        await flags.join(tx, post, member, TODAY)
        (flag,) = await flags.of_member(tx, case, member)
        flag.wants_answer = False
        assert await flags.waiting(tx, case) == []
        assert not await flags.join(tx, post, member, TODAY)
        assert await flags.waiting(tx, case) == [member]


async def test_the_post_is_sealed_in_the_database(store: Store) -> None:
    async with store.write() as tx:
        _, post = await find_or_open(tx, flagged())
        assert post.content_sealed is not None
        assert "nộp".encode() not in post.content_sealed
        assert posts.content_of(tx, post) == flagged().content


async def test_twenty_an_hour_and_not_one_more(store: Store, clock: ManualClock) -> None:
    async with store.write() as tx:
        taken = [
            await flag_rate_limit.count_flag(tx, 7) for _ in range(flag_rate_limit.FLAGS_PER_HOUR)
        ]
        assert all(taken)
        assert await flag_rate_limit.is_exhausted(tx, 7)
        assert not await flag_rate_limit.count_flag(tx, 7)
        assert await flag_rate_limit.count_flag(tx, 8)
        clock.advance(hours=1)
        assert not await flag_rate_limit.is_exhausted(tx, 7)
        assert await flag_rate_limit.count_flag(tx, 7)
        assert len((await tx.session.exec(select(FlagAllowance))).all()) == 1


async def test_no_two_cases_have_one_code(store: Store) -> None:
    async with store.write() as tx:
        repeating = replace(tx, ids=RepeatingIds())
        first = await posts.split_off(repeating, Category.SCAM, TODAY)
        second = await posts.split_off(repeating, Category.SCAM, TODAY)
        assert first.code != second.code
