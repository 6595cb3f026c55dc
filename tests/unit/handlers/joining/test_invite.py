"""`/loimoi`: who may invite whom, and what an invite looks like."""

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
    await phone.says("/loimoi")
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
    assert minh.last.endswith("nhắn mã trên cho bot của câu lạc bộ trên Zalo.") is said


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
    await minh.says("/loimoi")
    assert not any("Cán bộ" in label for label in minh.labels)
    for role in ("officer", "owner"):
        await minh.presses_action(f"invite:role:{role}")
    await minh.presses("Tạo lời mời")
    (made,) = await invites(club)
    assert made.role is Role.MEMBER


async def test_an_owner_who_is_one_no_longer_cannot_finish_an_owners_invite(
    club: ClubInATest, owner: Phone
) -> None:
    await owner.opens("/loimoi", "Chủ nhiệm")
    await owner.becomes(role=Role.OFFICER)
    await owner.presses("Tạo lời mời")
    assert await invites(club) == []


async def test_members_cannot_invite(club: ClubInATest, lan: Phone) -> None:
    await lan.says("/loimoi")
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
    await owner.says("/loimoi")
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


def with_room_for(club: ClubInATest, most: int, **changes: object) -> ClubInATest:
    """The club with a Zalo account that may serve so many people."""
    settings = replace(club.settings, messengers=("telegram", "zalo"), zalo_users=most, **changes)  # type: ignore[arg-type]
    return ClubInATest(club.store, club.clock, settings)


@pytest.mark.parametrize(("most", "is_full"), [(2, True), (3, False)])
async def test_an_invite_on_zalo_says_when_the_plan_has_no_room(
    club: ClubInATest, most: int, is_full: bool
) -> None:
    there = with_room_for(club, most)
    minh = await there.officer("Minh")
    for name in ("Lan", "Hà"):
        await there.member(name, messenger="zalo")
    made = await make(minh)
    said = "\n".join(one.message.text for one in made if isinstance(one, Reply))  # type: ignore[union-attr]
    assert (f"đã đủ {most} người" in said) is is_full
    assert ("Nếu dùng Zalo" in said) is not is_full
    code = re.search(r"cho bot: <code>([\w-]+)", said)
    assert code
    stranger = there.stranger("Mai", messenger="zalo")
    await stranger.says(code[1])
    assert ("https://t.me/niemtin_bot?start=" in stranger.last) is is_full
    assert (stranger.last.startswith("Bot của câu lạc bộ trên Zalo đã đủ")) is is_full
    on_telegram = there.stranger("Mai")
    await on_telegram.opens(f"/start {code[1].replace('-', '')}", "Tôi đồng ý")
    assert (await on_telegram.member()).role is Role.MEMBER


@pytest.mark.parametrize("link", ["", "https://zalo.me/niemtin"])
async def test_a_club_on_zalo_alone_invites_by_its_code(club: ClubInATest, link: str) -> None:
    there = with_room_for(club, 0, bot_link="", zalo_link=link)
    minh = await there.member("Minh", role=Role.OFFICER, messenger="zalo")
    answer = await make(minh)
    assert re.search(r"gửi mã này cho bot: <code>\w{5}-\w{5}</code>", minh.last)
    assert link in minh.last
    pictures = [r for r in answer if isinstance(r, Reply) and r.message.media]  # type: ignore[union-attr]
    assert bool(pictures) is bool(link)
