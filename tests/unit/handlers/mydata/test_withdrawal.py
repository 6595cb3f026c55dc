"""Whoever has Zalo ask for it is erased: at once, everywhere, without a question, and on record."""

from sqlmodel import col, select
from structlog.testing import capture_logs

from handlers.messages import MenuChange
from storage.conversation import numbered_choices, state
from storage.database import sealing
from storage.models import (
    AuditAction,
    AuditEntry,
    ChoiceList,
    Contact,
    Delivery,
    Erasure,
    Member,
    MemberState,
    Role,
    Step,
)
from storage.privacy import erasure
from tests.support import ClubInATest, Phone, newest_for


async def entries(club: ClubInATest) -> list[AuditEntry]:
    return await club.rows(select(AuditEntry).order_by(col(AuditEntry.id)))


async def test_a_member_is_erased_in_all_their_chats_and_not_written_to(club: ClubInATest) -> None:
    lan = await club.member("Lan", messenger="zalo_oa")
    await lan.says("/caidat")
    before = list(lan.messages)
    answer = await lan.withdraws()
    assert all(isinstance(piece, MenuChange) for piece in answer)
    assert list(lan.messages) == before
    (member,) = await club.rows(select(Member))
    assert (member.state, member.name_sealed) == (MemberState.LEFT, None)
    assert await club.rows(select(Contact)) == []
    assert [one.member_id for one in await club.rows(select(Erasure))] == [member.id]
    assert await erasure.finish(club.store) == 1
    assert await club.rows(select(Member)) == []


async def test_the_log_says_that_it_was_done_and_not_for_whom(club: ClubInATest) -> None:
    lan = await club.member("Lan", messenger="zalo_oa")
    await lan.withdraws()
    (entry,) = await entries(club)
    (member,) = await club.rows(select(Member))
    assert (entry.action, entry.details) == (AuditAction.DATA_WITHDRAWN, {})
    assert entry.actor not in {0, member.actor}


async def test_somebody_who_is_no_member_is_erased_too(club: ClubInATest) -> None:
    stranger, other = (club.stranger(name, messenger="zalo_oa") for name in ("Tư", "Năm"))
    async with club.store.write() as tx:
        for phone in (stranger, other):
            lookup = sealing.chat_lookup(tx, "zalo_oa", phone.address.chat)
            await state.put(tx, lookup, "joining", {"code": "x"})
            await numbered_choices.offer(tx, lookup, "Chào", [])
    assert await stranger.withdraws() == []
    assert len(await club.rows(select(Step))) == len(await club.rows(select(ChoiceList))) == 1
    (entry,) = await entries(club)
    assert (entry.action, entry.details) == (AuditAction.DATA_WITHDRAWN, {})
    assert await erasure.finish(club.store) == 1
    assert await club.rows(select(Erasure)) == []


async def test_who_is_suspended_is_erased(club: ClubInATest) -> None:
    lan = await club.member("Lan", messenger="zalo_oa")
    await lan.becomes(state=MemberState.SUSPENDED)
    await lan.withdraws()
    assert [one.state for one in await club.rows(select(Member))] == [MemberState.LEFT]


async def test_the_last_owner_is_erased_and_officers_hear_what_to_do(
    club: ClubInATest, minh: Phone
) -> None:
    owner = await club.member("Chủ", role=Role.OWNER, messenger="zalo_oa")
    with capture_logs() as logs:
        await owner.withdraws()
    assert any("niemtin officer add" in str(one) for one in logs)
    assert await club.rows(select(Member).where(Member.role == Role.OWNER)) == []
    actions = [one.action for one in await entries(club)]
    assert actions == [AuditAction.DATA_WITHDRAWN, AuditAction.ROLE_GIVEN_UP]
    assert [one.member_id for one in await club.rows(select(Delivery))] == [minh.member_id]
    assert "niemtin officer add" in (await newest_for(minh)).text


async def test_another_owner_is_not_alarmed(club: ClubInATest, owner: Phone) -> None:
    second = await club.member("Chủ", role=Role.OWNER, messenger="zalo_oa")
    await second.withdraws()
    assert not owner.messages
