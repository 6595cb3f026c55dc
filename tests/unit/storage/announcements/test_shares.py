"""Shares, proofs and reminders, as the database keeps them."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import select

from storage.announcements import published, reminders, share_proofs, shares
from storage.announcements.share_proofs import (
    PROOFS_PER_SHARE,
    NewProof,
    ProofResult,
    TooManyProofs,
)
from storage.models import DeliveryState, Proof, ProofKind, Reminder, Share, ShareState
from tests.support import ClubInATest, Phone, publish


def link(address: str) -> NewProof:
    return NewProof(ProofKind.LINK, address, same=address)


async def test_a_member_has_one_answer_the_newest(
    club: ClubInATest, lan: Phone, number: int
) -> None:
    for state in ShareState:
        await club.in_write(shares.answer, number, lan.member_id, state)
    rows = await club.rows(select(Share))
    assert [row.state for row in rows] == [ShareState.TAKEN_BACK]


async def test_two_phones_of_one_member_at_once_make_one_answer(
    club: ClubInATest, lan: Phone, number: int
) -> None:
    async def tap() -> None:
        await club.in_write(shares.answer, number, lan.member_id, ShareState.SHARED)

    await asyncio.gather(*(tap() for _ in range(4)))
    assert len(await club.rows(select(Share))) == 1


async def test_only_a_share_that_counts_is_found(
    club: ClubInATest, lan: Phone, number: int
) -> None:
    for state in ShareState:
        async with club.store.write() as tx:
            await shares.answer(tx, number, lan.member_id, state)
            found = await shares.counted(tx, number, lan.member_id)
            assert (found is not None) is (state is ShareState.SHARED)


@pytest.mark.parametrize("before", [None, *ShareState])
async def test_a_share_is_counted_once_whatever_was_answered_before(
    club: ClubInATest, lan: Phone, number: int, before: ShareState | None
) -> None:
    if before is not None:
        await club.in_write(shares.answer, number, lan.member_id, before)
    first = club.clock.now()
    club.clock.advance(hours=1)
    is_new = await club.in_write(shares.confirm, number, lan.member_id)
    assert is_new is (before is not ShareState.SHARED)
    found = await club.in_read(shares.counted, number, lan.member_id)
    assert found is not None
    assert found.at == (club.clock.now() if is_new else first)


async def test_a_share_holds_as_many_proofs_as_it_may_and_not_one_more(
    club: ClubInATest, lan: Phone, number: int
) -> None:
    async with club.store.write() as tx:
        await shares.answer(tx, number, lan.member_id, ShareState.SHARED)
        share = await shares.counted(tx, number, lan.member_id)
        assert share is not None
        for n in range(PROOFS_PER_SHARE):
            taken = await share_proofs.add(tx, share, link(f"https://vidu.example/{n}"))
            assert taken is ProofResult.ADDED
        again = await share_proofs.add(tx, share, link("https://vidu.example/0"))
        assert again is ProofResult.KNOWN
        with pytest.raises(TooManyProofs):
            await share_proofs.add(tx, share, link("https://vidu.example/more"))
    assert len(await club.rows(select(Proof))) == PROOFS_PER_SHARE


async def test_a_link_and_a_picture_of_the_same_name_are_two_proofs(
    club: ClubInATest, lan: Phone, number: int
) -> None:
    async with club.store.write() as tx:
        await shares.answer(tx, number, lan.member_id, ShareState.SHARED)
        share = await shares.counted(tx, number, lan.member_id)
        assert share is not None
        for kind in ProofKind:
            assert (
                await share_proofs.add(tx, share, NewProof(kind, "x", same="x"))
                is ProofResult.ADDED
            )
        assert [one.content for one in await share_proofs.of_share(tx, share)] == ["x"] * len(
            ProofKind
        )


async def test_a_due_reminder_is_taken_once_even_by_two_processes(
    club: ClubInATest, lan: Phone, number: int
) -> None:
    async with club.store.write() as tx:
        await reminders.ask(tx, number, lan.member_id, tx.clock.now())

    async def take() -> int:
        return sum(len(members) for members in (await club.in_write(reminders.take_due)).values())

    assert sorted(await asyncio.gather(take(), take())) == [0, 1]


async def test_a_reminder_of_a_moment_to_come_stays(
    club: ClubInATest, lan: Phone, number: int
) -> None:
    async with club.store.write() as tx:
        await reminders.ask(tx, number, lan.member_id, tx.clock.now() + timedelta(seconds=1))
        assert await reminders.take_due(tx) == {}
    assert len(await club.rows(select(Reminder))) == 1


async def test_only_a_copy_that_arrived_was_sent(club: ClubInATest) -> None:
    phones = {state: await club.member(state) for state in DeliveryState}
    copies = {phone.member_id: state for state, phone in phones.items()}
    number = await publish(club, copies=copies)
    async with club.reading() as tx:
        for state, phone in phones.items():
            reached = await published.was_sent(tx, number, phone.member_id)
            assert reached is (state is DeliveryState.SENT)
