"""`/moi`: who may invite whom, and what an invite looks like."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from handlers.messages import Answer, Media, Reply
from storage.models import AuditEntry, Invite, Role
from tests.support import ClubInATest, Phone

PNG = b"\x89PNG\r\n\x1a\n"


async def invites(club: ClubInATest) -> list[Invite]:
    return await club.rows(select(Invite))


def picture(answer: Answer) -> Media:
    return next(r.message.media for r in answer if isinstance(r, Reply) and r.message.media)  # type: ignore[union-attr]


async def make(phone: Phone, *choices: str) -> Answer:
    await phone.says("/moi")
    for choice in choices:
        await phone.presses(choice)
    return await phone.presses("Tạo lời mời")


async def test_an_invite_comes_as_picture_link_and_code_in_one_message(
    club: ClubInATest, minh: Phone
) -> None:
    answer = await make(minh)
    link = re.search(r"https://t\.me/niemtin_bot\?start=(\w+)", minh.last)
    assert link
    assert f"{link[1][:5]}-{link[1][5:]}" in minh.last
    assert picture(answer).content.startswith(PNG)
    lan = club.stranger("Lan")
    await lan.opens(f"/start {link[1]}", "Tôi đồng ý")
    assert (await lan.member()).role is Role.MEMBER


async def test_a_forwarded_invite_is_text_enough_to_join(club: ClubInATest, minh: Phone) -> None:
    await make(minh)
    lan = club.stranger("Lan")
    await lan.says(re.sub("<[^>]+>", "", minh.last))
    assert lan.buttons[0].label == "Tôi đồng ý, tham gia"


@pytest.mark.parametrize(
    ("messengers", "said"), [(("telegram",), False), (("telegram", "zalo"), True)]
)
async def test_an_invite_says_what_to_do_on_zalo_where_the_club_is_there(
    club: ClubInATest, messengers: tuple[str, ...], said: bool
) -> None:
    there = ClubInATest(club.store, club.clock, replace(club.settings, messengers=messengers))
    minh = await there.officer("Minh")
    await make(minh)
    assert minh.last.endswith("nhắn mã ấy cho bot của câu lạc bộ trên Zalo.") is said


async def test_the_choices_are_kept_in_the_invite(club: ClubInATest, minh: Phone) -> None:
    await make(minh, "200 người", "30 ngày", "Địa bàn", "Huyện Sông Ngọc")
    (made,) = await invites(club)
    assert (made.role, made.uses_left, made.area) == (Role.MEMBER, 200, "song-ngoc")
    assert made.expires_at - club.clock.now() == timedelta(days=30)


@pytest.mark.parametrize("role", ["Cán bộ", "Chủ nhiệm"])
async def test_an_officers_or_owners_invite_is_for_one_person(club: ClubInATest, role: str) -> None:
    await make(await club.officer("Hoà", owner=True), "200 người", role)
    (made,) = await invites(club)
    assert (made.role.is_officer, made.uses_left) == (True, 1)


async def test_an_officer_may_invite_members_only(club: ClubInATest, minh: Phone) -> None:
    await minh.says("/moi")
    assert not any("Cán bộ" in label for label in minh.labels)
    for role in ("officer", "owner"):
        await minh.presses_action(f"invite:role:{role}")
    await minh.presses("Tạo lời mời")
    (made,) = await invites(club)
    assert made.role is Role.MEMBER


async def test_an_owner_who_is_one_no_longer_cannot_finish_an_owners_invite(
    club: ClubInATest, owner: Phone
) -> None:
    await owner.opens("/moi", "Chủ nhiệm")
    await owner.becomes(role=Role.OFFICER)
    await owner.presses("Tạo lời mời")
    assert await invites(club) == []


async def test_members_cannot_invite(club: ClubInATest, lan: Phone) -> None:
    await lan.says("/moi")
    assert "dành cho cán bộ" in lan.last
    await lan.presses_action("invite-make")
    assert await invites(club) == []


async def test_pressing_twice_makes_one_invite(club: ClubInATest, minh: Phone) -> None:
    await make(minh)
    await minh.presses_action("invite-make")
    assert len(await invites(club)) == 1


@pytest.mark.parametrize(
    "action", ["invite", "invite:uses:201", "invite:days:0", "invite:days:x", "invite:role:king"]
)
async def test_a_forged_choice_changes_nothing(
    club: ClubInATest, action: str, owner: Phone
) -> None:
    await owner.says("/moi")
    await owner.presses_action(action)
    assert owner.toasts[0].startswith("Lựa chọn này không còn dùng được")
    await owner.presses("Tạo lời mời")
    (made,) = await invites(club)
    assert (made.role, made.uses_left) == (Role.MEMBER, 50)


async def test_neither_log_nor_database_knows_the_code(club: ClubInATest, minh: Phone) -> None:
    await make(minh)
    found = re.search(r"start=(\w+)", minh.last)
    assert found
    (made,) = await invites(club)
    assert found[1].encode() not in made.code_lookup
    (entry,) = await club.rows(select(AuditEntry))
    assert entry.details == {"role": "member", "area": None, "uses": 50, "days": 7}
