"""What somebody handed out opens nothing once they may not hand it out any more."""

import re
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlmodel import select

from storage.members import invites, members
from storage.models import Invite, MemberState, MoveCode, Role, RoleOffer
from storage.privacy import erasure
from tests.support import ClubInATest, Phone, newest_for, waiting_for

WRONG = "không dùng được"

Fall = Callable[[Phone, Phone], Awaitable[None]]
"""How an owner comes to be none: what the other owner or the person does."""


async def card(owner: Phone, other: Phone) -> None:
    await owner.opens("/canbo", other.name)


async def is_made_an_officer(owner: Phone, falls: Phone) -> None:
    await card(owner, falls)
    await owner.presses("cán bộ", "Đồng ý")


async def is_made_a_member(owner: Phone, falls: Phone) -> None:
    await card(owner, falls)
    await owner.presses("Cho thôi vai trò cán bộ", "Đồng ý")


async def is_suspended(owner: Phone, falls: Phone) -> None:
    await card(owner, falls)
    await owner.presses("Tạm dừng tư cách hội viên")
    await owner.says("Tài khoản có dấu hiệu bị chiếm")
    await owner.presses("Tạm dừng")


async def was_suspended_for_a_while(owner: Phone, falls: Phone) -> None:
    await is_suspended(owner, falls)
    await card(owner, falls)
    await owner.presses("Khôi phục tư cách hội viên", "Khôi phục tư cách hội viên")
    assert (await falls.member()).state is MemberState.ACTIVE


async def leaves(_owner: Phone, falls: Phone) -> None:
    await falls.opens("/roiclb", "Rời câu lạc bộ")


async def erases_themselves(_owner: Phone, falls: Phone) -> None:
    await falls.opens("/xoadulieu", "Xoá dữ liệu của tôi")
    await erasure.finish(falls.club.store)


FALLS = (
    is_made_an_officer,
    is_made_a_member,
    is_suspended,
    was_suspended_for_a_while,
    leaves,
    erases_themselves,
)


@pytest.fixture
async def binh(club: ClubInATest) -> Phone:
    return await club.officer("Bình", owner=True)


@pytest.fixture
async def hoa(club: ClubInATest) -> Phone:
    return await club.officer("Hoà", owner=True)


async def invite(maker: Phone, role: str = "Chủ nhiệm") -> str:
    await maker.opens("/loimoi", role, "Tạo lời mời")
    found = re.search(r"<code>([^<]+)</code>", maker.last)
    assert found
    return found[1]


async def joins(phone: Phone, code: str) -> None:
    await phone.says(f"/start {code}")
    if any("Tôi đồng ý" in label for label in phone.labels):
        await phone.presses("Tôi đồng ý")


@pytest.mark.parametrize("fall", FALLS, ids=lambda fall: fall.__name__)
async def test_an_owners_invite_makes_no_owner_after_its_maker_is_none(
    club: ClubInATest, binh: Phone, hoa: Phone, fall: Fall
) -> None:
    code, stranger = await invite(hoa), club.stranger("Ai đó")
    await fall(binh, hoa)
    await joins(stranger, code)
    assert WRONG in stranger.last
    assert len(await owners(club)) == (2 if fall is was_suspended_for_a_while else 1)


async def test_an_invite_that_is_open_in_front_of_somebody_is_looked_at_again(
    club: ClubInATest, binh: Phone, hoa: Phone
) -> None:
    code, stranger = await invite(hoa), club.stranger("Ai đó")
    await stranger.says(code)
    await is_made_an_officer(binh, hoa)
    await stranger.presses("Tôi đồng ý")
    assert WRONG in stranger.last


async def test_an_officer_again_may_still_invite_members_and_their_invite_stands(
    club: ClubInATest, binh: Phone, hoa: Phone
) -> None:
    code, lan = await invite(hoa, "Hội viên"), club.stranger("Lan")
    await is_made_an_officer(binh, hoa)
    await joins(lan, code)
    assert (await lan.member()).role is Role.MEMBER


async def test_what_ended_does_not_come_back_with_the_role(
    club: ClubInATest, binh: Phone, hoa: Phone
) -> None:
    code, stranger = await invite(hoa), club.stranger("Ai đó")
    await is_made_an_officer(binh, hoa)
    await card(binh, hoa)
    await binh.presses("Nâng lên chủ nhiệm", "Đồng ý")
    await joins(stranger, code)
    assert WRONG in stranger.last


async def test_the_operators_invite_needs_nobody(club: ClubInATest) -> None:
    code = await club.in_write(
        invites.create,
        role=Role.OWNER,
        area=None,
        uses=1,
        valid_for=timedelta(days=1),
        created_by=None,
    )
    first = club.stranger("Hoà")
    await joins(first, code)
    assert (await first.member()).role is Role.OWNER


async def test_the_list_of_invites_shows_what_fell_as_revoked(
    club: ClubInATest, binh: Phone, hoa: Phone
) -> None:
    await invite(hoa)
    await invite(binh, "Hội viên")
    await is_made_a_member(binh, hoa)
    await binh.opens("/loimoi", "Lời mời còn hiệu lực")
    assert binh.last.index("Bình") < binh.last.index("Hoà") < binh.last.index("Đã thu hồi")
    assert [b.label for b in binh.buttons if b.label.startswith("Mở")] == ["Mở 1"]
    async with club.reading() as tx:
        fallen = await tx.session.get_one(Invite, 1)
    assert fallen.revoked_at == club.clock.now()


@pytest.mark.parametrize("fall", FALLS, ids=lambda fall: fall.__name__)
async def test_an_offer_makes_no_officer_after_its_maker_is_no_owner(
    club: ClubInATest, binh: Phone, hoa: Phone, fall: Fall, lan: Phone
) -> None:
    await hoa.opens("/hoivien Lan", "Lan", "Mời làm cán bộ")
    await newest_for(lan)
    await fall(binh, hoa)
    await lan.presses("Tôi nhận lời")
    assert "không còn hiệu lực" in lan.last
    assert (await lan.member()).role is Role.MEMBER
    assert (await club.rows(select(RoleOffer))) == []


async def code_of(phone: Phone, command: str) -> str:
    await phone.says(command)
    found = re.search(r"<code>([^<\s]+)</code>", phone.last)
    assert found
    return found[1]


@pytest.mark.parametrize(("command", "works"), [("/chunghoso", False), ("/doimay", True)])
async def test_who_is_suspended_adds_no_chat_but_may_change_phones(
    club: ClubInATest, binh: Phone, command: str, *, works: bool
) -> None:
    lan, other = await club.member("Lan"), club.stranger("Lan", messenger="zalo")
    code = await code_of(lan, command)
    await binh.opens("/hoivien Lan", "Lan", "Tạm dừng tư cách hội viên")
    await binh.says("Đăng lại nhiều lần tin chưa kiểm chứng")
    await binh.presses("Tạm dừng")
    await other.says(code)
    async with club.reading() as tx:
        found = await members.find_by_chat(tx, "zalo", other.address.chat)
        left = (await tx.session.exec(select(MoveCode))).all()
    assert (found is not None) is works
    assert left == []


async def owners(club: ClubInATest) -> list[int | None]:
    return [one.id for one in await club.in_read(members.officers, owners_only=True)]


async def told_of_a_role(owner: Phone) -> list[str]:
    return [one.text for one in await waiting_for(owner) if one.text.startswith("🔑")]


@pytest.mark.parametrize("role", ["Cán bộ", "Chủ nhiệm"])
async def test_the_owners_hear_who_took_up_a_role_by_an_invite(
    club: ClubInATest, binh: Phone, hoa: Phone, role: str
) -> None:
    minh, member = club.stranger("Minh"), await club.member("Lan")
    for phone in (minh, member):
        await joins(phone, await invite(hoa, role))
        for owner in (binh, hoa):
            assert phone.name in (await told_of_a_role(owner))[-1]
            assert role in (await told_of_a_role(owner))[-1]
    assert await told_of_a_role(member) == []


async def test_the_owners_hear_who_was_made_an_owner_but_not_the_one_who_did_it(
    binh: Phone, hoa: Phone, minh: Phone
) -> None:
    await card(hoa, minh)
    await hoa.presses("Nâng lên chủ nhiệm", "Đồng ý")
    (said,) = await told_of_a_role(binh)
    assert "Minh" in said
    assert await told_of_a_role(hoa) == []
    assert await told_of_a_role(minh) == []


async def test_every_owner_hears_of_an_offer_that_was_accepted_and_nobody_of_a_fall(
    binh: Phone, hoa: Phone, lan: Phone
) -> None:
    await hoa.opens("/hoivien Lan", "Lan", "Mời làm cán bộ")
    await newest_for(lan)
    await lan.presses("Tôi nhận lời")
    for owner in (binh, hoa):
        assert "Lan" in (await told_of_a_role(owner))[-1]
    await is_made_a_member(hoa, lan)
    assert len(await told_of_a_role(binh)) == 1


async def test_who_joins_as_a_member_is_no_news_to_the_owners(
    club: ClubInATest, binh: Phone, hoa: Phone
) -> None:
    await joins(club.stranger("Lan"), await invite(hoa, "Hội viên"))
    assert await told_of_a_role(binh) == []
