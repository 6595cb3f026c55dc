"""Invites: used as often as allowed, while they hold, and not to be guessed."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import select

from storage.database.engine import Store, Tx
from storage.database.ids import ALPHABET, as_code
from storage.members import code_attempts, invites
from storage.members.code_attempts import WRONG_CODES, TooManyAttempts
from storage.models import CodeAttempts, Invite, Role
from tests.support import ManualClock, in_write

CHAT = b"a chat"


async def create(tx: Tx, *, uses: int = 1) -> str:
    return await invites.create(
        tx,
        role=Role.MEMBER,
        area=None,
        uses=uses,
        valid_for=timedelta(days=1),
        created_by=None,
    )


async def found(tx: Tx, code: str) -> Invite:
    invite = await code_attempts.attempt(tx, CHAT, code)
    assert isinstance(invite, Invite)
    return invite


async def test_an_invite_can_be_used_as_often_as_it_says_and_not_once_more(store: Store) -> None:
    async with store.write() as tx:
        code = await create(tx, uses=2)
        for _ in range(2):
            assert await invites.use(tx, await found(tx, code))
        assert await code_attempts.attempt(tx, CHAT, code) is None


async def test_two_at_the_same_moment_cannot_both_take_the_last_use(store: Store) -> None:
    code = await in_write(store, create)
    both_found = asyncio.Barrier(2) if store.engine.dialect.name == "postgresql" else None

    async def take() -> bool:
        async with store.write() as tx:
            invite = await code_attempts.attempt(tx, CHAT, code)
            if both_found:
                await both_found.wait()
            return isinstance(invite, Invite) and await invites.use(tx, invite)

    assert sorted(await asyncio.gather(take(), take())) == [False, True]


@pytest.mark.parametrize(("later", "works"), [(-1, True), (0, False)])
async def test_an_invite_ends_at_its_time(
    store: Store, clock: ManualClock, later: int, works: bool
) -> None:
    async with store.write() as tx:
        code = await create(tx)
        clock.advance(days=1, seconds=later)
        assert (await code_attempts.attempt(tx, CHAT, code) is not None) is works


async def test_an_invite_revoked_while_the_welcome_was_read_lets_nobody_in(store: Store) -> None:
    async with store.write() as tx:
        invite = await found(tx, await create(tx))
        invite.revoked_at = tx.clock.now()
        await tx.session.flush()
        assert not await invites.use(tx, invite)


async def test_the_code_itself_is_not_kept(store: Store) -> None:
    async with store.write() as tx:
        code = await create(tx)
        row = (await tx.session.exec(select(Invite))).one()
    assert code.encode() not in row.code_lookup
    assert len(code) == invites.CODE_LENGTH
    assert set(code) <= set(ALPHABET)


async def test_wrong_codes_are_counted_for_each_chat_by_itself(store: Store) -> None:
    async with store.write() as tx:
        for _ in range(WRONG_CODES - 1):
            assert await code_attempts.attempt(tx, CHAT, "WRONG") is None
        assert await code_attempts.attempt(tx, b"another chat", "WRONG") is None
        assert isinstance(await code_attempts.attempt(tx, CHAT, "WRONG"), TooManyAttempts)
        assert await code_attempts.attempt(tx, b"another chat", "WRONG") is None


async def test_after_the_wait_counting_begins_anew(store: Store, clock: ManualClock) -> None:
    async with store.write() as tx:
        for _ in range(WRONG_CODES):
            await code_attempts.attempt(tx, CHAT, "WRONG")
        clock.advance(minutes=59, seconds=59)
        assert isinstance(await code_attempts.attempt(tx, CHAT, "WRONG"), TooManyAttempts)
        clock.advance(seconds=1)
        for _ in range(WRONG_CODES - 1):
            assert await code_attempts.attempt(tx, CHAT, "WRONG") is None
        assert isinstance(await code_attempts.attempt(tx, CHAT, "WRONG"), TooManyAttempts)


async def test_a_used_invite_forgets_the_wrong_codes(store: Store) -> None:
    async with store.write() as tx:
        await code_attempts.attempt(tx, CHAT, "WRONG")
        await code_attempts.reset_attempts(tx, CHAT)
        assert (await tx.session.exec(select(CodeAttempts))).all() == []


@pytest.mark.parametrize(
    "typed", ["cfhjk 23456", "CFHJK-23456", "c f h j k 2 3 4 s g", "CFHJKZ3456"]
)
def test_a_code_is_the_same_however_it_is_typed(typed: str) -> None:
    assert as_code(typed) == "CFHJK23456"
