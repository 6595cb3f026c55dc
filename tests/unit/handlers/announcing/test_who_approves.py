"""Whose yes counts: that of officers who still are, once for each person, and never the author's."""

import re
from dataclasses import replace

import pytest

from storage.database.ids import id_of
from storage.members import members, roles, suspensions
from storage.models import AnnouncementState, Role
from tests.support import (
    CLAIM,
    EXPLANATION,
    SOURCE,
    ClubInATest,
    Phone,
    flag,
    notices,
    state_of,
    submit_draft,
    taken,
)

YES = "approval-give:1:1"


@pytest.fixture
def club(club: ClubInATest) -> ClubInATest:
    rules = replace(club.settings, approvals=2, verdict_approval=True)
    return ClubInATest(club.store, club.clock, rules)


async def is_demoted(phone: Phone) -> None:
    async with phone.club.store.write() as tx:
        await roles.change(tx, await members.get(tx, phone.member_id), Role.MEMBER)


async def is_suspended(phone: Phone) -> None:
    binh = await phone.club.officer("Bình", owner=True)
    async with phone.club.store.write() as tx:
        member, by = [await members.get(tx, one.member_id) for one in (phone, binh)]
        await suspensions.suspend(tx, member, by, "Tài khoản có dấu hiệu bị chiếm")


async def leaves(phone: Phone) -> None:
    await phone.opens("/roiclb", "Rời câu lạc bộ")


async def erases_themselves(phone: Phone) -> None:
    await phone.opens("/xoadulieu", "Xoá dữ liệu của tôi")


@pytest.mark.parametrize(
    "fall",
    [is_demoted, is_suspended, leaves, erases_themselves],
    ids=lambda fall: fall.__name__,
)
async def test_the_yes_of_somebody_who_is_no_officer_any_more_does_not_count(
    club: ClubInATest, minh: Phone, hanh: Phone, fall: object
) -> None:
    lan, mai = await club.officer("Lan"), await club.officer("Mai")
    await submit_draft(minh)
    await hanh.presses_action(YES)
    await fall(hanh)  # type: ignore[operator]
    await lan.presses_action(YES)
    assert await state_of(club, 1) is AnnouncementState.AWAITING_APPROVAL
    assert "1/2" in lan.last
    await mai.presses_action(YES)
    assert await state_of(club, 1) is AnnouncementState.SENDING


async def test_who_is_an_officer_again_lets_it_out_with_the_yes_they_gave(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    lan = await club.officer("Lan")
    await submit_draft(minh)
    await hanh.presses_action(YES)
    await is_demoted(hanh)
    await lan.presses_action(YES)
    async with club.store.write() as tx:
        await roles.change(tx, await members.get(tx, hanh.member_id), Role.OFFICER)
    await hanh.presses_action(YES)
    assert await state_of(club, 1) is AnnouncementState.SENDING


async def joined(one: Phone, other: Phone) -> None:
    """The person behind both chats keeps the first record and gives up the second."""
    await one.says("/chunghoso")
    found = re.search(r"<code>([^<\s]+)</code>", one.last)
    assert found
    await other.opens(f"/chunghoso {found[1]}", "Tiếp tục, xoá hồ sơ ở đây")
    await one.presses("Đúng là tôi")
    assert id_of(await other.member()) == one.member_id


async def second_account(club: ClubInATest, name: str) -> Phone:
    return await club.member(name, role=Role.OFFICER, messenger="zalo")


async def test_two_records_that_turn_out_to_be_one_person_say_yes_once(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    zalo, lan = await second_account(club, "Hạnh Zalo"), await club.officer("Lan")
    await submit_draft(minh)
    await zalo.presses_action(YES)
    await joined(hanh, zalo)
    await hanh.presses_action(YES)
    assert "đã duyệt bản này rồi" in hanh.toasts[-1]
    assert await state_of(club, 1) is AnnouncementState.AWAITING_APPROVAL
    await lan.presses_action(YES)
    assert await state_of(club, 1) is AnnouncementState.SENDING


async def test_nobody_approves_with_one_record_what_they_wrote_with_the_other(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    zalo = await second_account(club, "Hạnh Zalo")
    await submit_draft(zalo)
    await hanh.presses_action(YES)
    await joined(hanh, zalo)
    await minh.presses_action(YES)
    assert "1/2" in minh.last, "the yes of who has turned out to be its author does not count"
    await hanh.presses_action(YES)
    assert "không tự duyệt được" in hanh.toasts[-1]
    assert await state_of(club, 1) is AnnouncementState.AWAITING_APPROVAL


async def proposes(officer: Phone, club: ClubInATest) -> str:
    code = await taken(officer, club)
    await officer.presses_action(f"decide:{code}")
    for said in ("Lừa đảo", CLAIM, EXPLANATION, SOURCE):
        await (officer.presses(said) if said == "Lừa đảo" else officer.says(said))
    await officer.presses("Gửi duyệt")
    return code


async def test_no_verdict_goes_out_whose_author_is_no_officer_any_more(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await flag(await club.member("Lan"))
    code = await proposes(minh, club)
    await hanh.presses_action(f"verdictsee:{code}")
    await is_demoted(minh)
    await hanh.presses("Duyệt và gửi")
    assert await notices(club) == {}


async def test_nobody_approves_a_verdict_of_their_other_record(
    club: ClubInATest, hanh: Phone
) -> None:
    zalo = await second_account(club, "Hạnh Zalo")
    await flag(await club.member("Lan"))
    code = await proposes(zalo, club)
    await hanh.presses_action(f"verdictsee:{code}")
    await joined(hanh, zalo)
    yes = next(
        b.action for m in hanh.messages.values() for r in m.rows for b in r if "Duyệt và" in b.label
    )
    await hanh.presses_action(yes)
    assert await notices(club) == {}
