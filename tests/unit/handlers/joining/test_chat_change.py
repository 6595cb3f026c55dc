"""A chat that comes by a code: the others hear of it at once, can undo it, and an officer's is asked."""

import re
from datetime import timedelta

import pytest
from sqlmodel import col, select

from storage.members import account_linking, code_attempts, members
from storage.members.chat_changes import CONFIRM_WITHIN, UNDO_WITHIN
from storage.models import AuditEntry, ChatChange, Contact, MoveCode, Role
from storage.privacy import retention_purge
from tests.support import ClubInATest, Phone, waiting_for

MESSENGERS = [("telegram", "zalo"), ("zalo", "telegram")]
"""Where the member is, and where the other chat comes from."""


async def code_of(phone: Phone, command: str = "/chunghoso") -> str:
    await phone.says(command)
    found = re.search(r"<code>([^<\s]+)</code>", phone.last)
    assert found
    return found[1]


async def chooses(phone: Phone, label: str) -> None:
    """Presses the button, or types its number where there are none."""
    if phone.address.messenger == "telegram":
        await phone.presses(label)
        return
    place = next(n for n, one in enumerate(phone.buttons, 1) if one.label == label)
    await phone.says(str(place))


async def members_at(club: ClubInATest, *phones: Phone) -> list[int | None]:
    """Whose each of these chats is."""
    found = [
        await club.in_read(members.find_by_chat, one.address.messenger, one.address.chat)
        for one in phones
    ]
    return [one[0].id if one else None for one in found]


async def actions(club: ClubInATest) -> list[str]:
    rows = await club.rows(select(AuditEntry).order_by(col(AuditEntry.id)))
    return [row.action for row in rows]


@pytest.fixture(params=MESSENGERS, ids=["-".join(one) for one in MESSENGERS])
def where(request: pytest.FixtureRequest) -> tuple[str, str]:
    at: tuple[str, str] = request.param
    return at


async def linked(club: ClubInATest, where: tuple[str, str]) -> tuple[Phone, Phone]:
    """Lan, and a chat that came to her record by a code of hers."""
    lan = await club.member("Lan", messenger=where[0])
    other = club.stranger("Ai đó", messenger=where[1])
    await other.says(f"chunghoso {await code_of(lan)}")
    return lan, other


async def test_the_chat_there_was_hears_at_once_of_the_one_that_came(
    club: ClubInATest, where: tuple[str, str]
) -> None:
    lan, other = await linked(club, where)
    assert await members_at(club, lan, other) == [lan.member_id] * 2
    assert f"{where[1].capitalize()} vừa được nối vào hồ sơ" in lan.last


async def test_one_tap_says_that_it_was_not_me_and_the_other_chat_is_out_and_shut_out(
    club: ClubInATest, where: tuple[str, str]
) -> None:
    lan, other = await linked(club, where)
    await chooses(lan, "Không phải tôi")
    assert "Đã gỡ và chặn" in lan.last
    assert await members_at(club, lan, other) == [lan.member_id, None]
    assert "không còn được nối" in other.last
    assert other.menus[-1].role is None
    club.clock.advance(days=29)
    await other.says(f"chunghoso {await code_of(lan)}")
    assert "thử lại sau" in other.last
    assert await members_at(club, other) == [None]


async def test_who_was_shut_out_by_mistake_may_come_again_after_a_month(
    club: ClubInATest, where: tuple[str, str]
) -> None:
    lan, other = await linked(club, where)
    await chooses(lan, "Không phải tôi")
    club.clock.advance(seconds=code_attempts.BLOCKED_FOR.total_seconds())
    await other.says(f"chunghoso {await code_of(lan)}")
    assert await members_at(club, other) == [lan.member_id]


async def test_not_me_ends_every_code_the_member_has_made(club: ClubInATest) -> None:
    lan, other = await linked(club, ("telegram", "zalo"))
    code = await code_of(other, "/doimay")
    await lan.presses("Không phải tôi")
    assert (await club.rows(select(MoveCode))) == []
    third = club.stranger("Ai nữa", messenger="zalo")
    await third.says(code)
    assert await members_at(club, third) == [None]


async def test_the_page_shows_the_linked_chats_and_unlinks_them(
    club: ClubInATest, where: tuple[str, str]
) -> None:
    lan, other = await linked(club, where)
    await lan.says("/chunghoso")
    name = where[1].capitalize()
    assert name in lan.last
    await chooses(lan, f"Gỡ {name}")
    assert await members_at(club, other) == [lan.member_id], "asked first"
    await chooses(lan, f"Gỡ {name}")
    assert await members_at(club, lan, other) == [lan.member_id, None]
    await other.says(f"chunghoso {await code_of(lan)}")
    assert await members_at(club, other) == [lan.member_id], "nobody was shut out"


async def test_what_came_unasked_goes_to_the_chat_that_is_left(club: ClubInATest) -> None:
    lan, other = await linked(club, ("telegram", "zalo"))
    await other.presses_action("prefer:zalo")
    await lan.opens("/chunghoso", "Gỡ Zalo", "Gỡ Zalo")
    (left,) = await club.rows(select(Contact))
    assert (left.messenger, left.preferred) == ("telegram", True)


@pytest.mark.parametrize(("more", "works"), [(-1, False), (0, True)])
async def test_a_chat_that_came_lately_takes_no_older_one_away(
    club: ClubInATest, more: int, *, works: bool
) -> None:
    lan, other = await linked(club, ("telegram", "zalo"))
    club.clock.advance(seconds=account_linking.NEW_FOR.total_seconds() + more)
    contact = await club.in_read(members.contact_of, lan.member_id)
    assert contact is not None
    for action in ("unlink", "unlink-yes", "not-me"):
        await other.presses_action(f"{action}:{contact.id}")
    assert (await members_at(club, lan) == [None]) is works


async def test_nobody_unlinks_a_chat_of_somebody_else(club: ClubInATest) -> None:
    lan, other = await linked(club, ("telegram", "zalo"))
    mai = await club.member("Mai")
    numbers = [one.id for one in await club.in_read(members.contacts_of, lan.member_id)]
    for number in numbers:
        for action in ("unlink-yes", "not-me"):
            await mai.presses_action(f"{action}:{number}")
            await club.stranger("Ai đó").presses_action(f"{action}:{number}")
    assert await members_at(club, lan, other) == [lan.member_id] * 2


@pytest.mark.parametrize(("more", "works"), [(-1, False), (0, True)])
async def test_a_move_there_and_back_makes_no_chat_older_than_it_is(
    club: ClubInATest, where: tuple[str, str], more: int, *, works: bool
) -> None:
    lan, intruder = await linked(club, where)
    second = club.stranger("Ai đó", messenger=where[1])
    await second.says(await code_of(intruder, "/doimay"))
    await chooses(intruder, "Không phải tôi")
    assert await members_at(club, lan, intruder, second) == [lan.member_id, lan.member_id, None]
    club.clock.advance(seconds=account_linking.NEW_FOR.total_seconds() + more)
    chats = await club.in_read(members.contacts_of, lan.member_id)
    number = next(one.id for one in chats if one.messenger == where[0])
    for action in ("unlink", "unlink-yes", "not-me"):
        await intruder.presses_action(f"{action}:{number}")
    assert (await members_at(club, lan) == [None]) is works


# --- officers are asked first


async def asked(club: ClubInATest, where: tuple[str, str], command: str) -> tuple[Phone, Phone]:
    """Minh, an officer, and a chat that has shown a code of his."""
    minh = await club.member("Minh", role=Role.OFFICER, messenger=where[0])
    other = club.stranger("Ai đó", messenger=where[1])
    code = await code_of(minh, command)
    await other.says(f"chunghoso {code}" if command == "/chunghoso" else code)
    return minh, other


@pytest.mark.parametrize("command", ["/chunghoso", "/doimay"])
async def test_a_code_of_an_officer_gives_nothing_before_the_old_chat_says_yes(
    club: ClubInATest, where: tuple[str, str], command: str
) -> None:
    minh, other = await asked(club, where, command)
    assert await members_at(club, minh, other) == [minh.member_id, None]
    assert "Đúng là tôi" in other.last
    await other.says("/choduyet")
    assert "dành cho hội viên" in other.last
    assert "Có đúng là" in minh.last
    assert await actions(club) == []
    await chooses(minh, "Đúng là tôi")
    left = [minh.member_id] if command == "/chunghoso" else [None]
    assert await members_at(club, minh, other) == [*left, minh.member_id]
    assert other.menus[-1].role is Role.OFFICER
    assert await actions(club) == ["chat linked" if command == "/chunghoso" else "record moved"]


@pytest.mark.parametrize("command", ["/chunghoso", "/doimay"])
async def test_an_officer_who_says_it_was_not_them_keeps_the_other_chat_out(
    club: ClubInATest, where: tuple[str, str], command: str
) -> None:
    minh, other = await asked(club, where, command)
    yes = next(one.action for one in minh.buttons if one.label == "Đúng là tôi")
    await chooses(minh, "Không phải tôi")
    assert "Đã gỡ và chặn" in minh.last
    assert await members_at(club, minh, other) == [minh.member_id, None]
    assert "không còn được nối" in other.last
    assert await actions(club) == ["chat refused"]
    await minh.presses_action(yes)
    assert await members_at(club, other) == [None]
    await other.says(await code_of(minh))
    assert "thử lại sau" in other.last


@pytest.mark.parametrize(("more", "works"), [(-1, True), (0, False)])
async def test_the_question_stands_for_an_hour(
    club: ClubInATest, more: int, *, works: bool
) -> None:
    minh, other = await asked(club, ("telegram", "zalo"), "/chunghoso")
    club.clock.advance(seconds=CONFIRM_WITHIN.total_seconds() + more)
    await minh.presses("Đúng là tôi")
    assert (await members_at(club, other) == [minh.member_id]) is works


async def test_nobody_else_says_yes_for_an_officer(club: ClubInATest) -> None:
    minh, other = await asked(club, ("telegram", "zalo"), "/chunghoso")
    yes = next(one.action for one in minh.buttons if one.label == "Đúng là tôi")
    for phone in (other, await club.member("Mai"), await club.officer("Hạnh")):
        await phone.presses_action(yes)
    assert await members_at(club, other) == [None]


def action_of(phone: Phone, label: str) -> str:
    return next(one.action for one in phone.buttons if one.label == label)


async def with_a_new_chat(club: ClubInATest, where: tuple[str, str]) -> tuple[Phone, Phone]:
    """Minh, an officer, and a chat that came to his record just now, with his yes."""
    minh, new = await asked(club, where, "/chunghoso")
    await chooses(minh, "Đúng là tôi")
    assert await members_at(club, new) == [minh.member_id]
    return minh, new


@pytest.mark.parametrize(("more", "works"), [(-1, False), (0, True)])
async def test_a_chat_that_came_lately_says_no_yes_to_a_code_of_its_own(
    club: ClubInATest, where: tuple[str, str], more: int, *, works: bool
) -> None:
    minh, new = await with_a_new_chat(club, where)
    third = club.stranger("Ai nữa", messenger=where[1])
    club.clock.advance(seconds=account_linking.NEW_FOR.total_seconds() + more)
    await third.says(await code_of(new, "/doimay"))
    yes = action_of(new if works else minh, "Đúng là tôi")
    assert ("Đúng là tôi" in [one.label for one in new.buttons]) is works
    await new.presses_action(yes)
    assert (await members_at(club, third) == [minh.member_id]) is works


async def test_the_settled_chat_says_yes_for_a_code_of_the_new_one(
    club: ClubInATest, where: tuple[str, str]
) -> None:
    minh, new = await with_a_new_chat(club, where)
    third = club.stranger("Máy mới", messenger=where[1])
    await third.says(await code_of(new, "/doimay"))
    await minh.presses("Đúng là tôi")
    assert await members_at(club, minh, new, third) == [minh.member_id, None, minh.member_id]


async def test_only_the_chat_whose_code_it_was_says_yes_and_every_chat_may_say_no(
    club: ClubInATest, where: tuple[str, str]
) -> None:
    minh, other = await with_a_new_chat(club, where)
    club.clock.advance(seconds=account_linking.NEW_FOR.total_seconds())
    third = club.stranger("Ai nữa", messenger=where[0])
    await third.says(await code_of(minh, "/doimay"))
    await other.presses_action(action_of(minh, "Đúng là tôi"))
    assert await members_at(club, third) == [None]
    await other.presses("Không phải tôi")
    assert await members_at(club, third, minh) == [None, minh.member_id]
    assert "không còn được nối" in third.last


async def test_a_code_waits_until_a_chat_of_the_officer_may_say_yes(
    club: ClubInATest, where: tuple[str, str]
) -> None:
    minh, new = await asked(club, where, "/doimay")
    await chooses(minh, "Đúng là tôi")
    third = club.stranger("Ai nữa", messenger=where[0])
    await third.says(f"chunghoso {await code_of(new)}")
    assert "Sau 7 ngày" in third.last
    club.clock.advance(seconds=account_linking.NEW_FOR.total_seconds())
    await third.says(f"chunghoso {await code_of(new)}")
    await chooses(new, "Đúng là tôi")
    assert await members_at(club, third) == [minh.member_id]


async def test_who_is_a_member_in_the_other_app_stays_one_until_the_officer_said_yes(
    club: ClubInATest, minh: Phone
) -> None:
    zalo = await club.member("Minh Zalo", messenger="zalo")
    await zalo.says(f"chunghoso {await code_of(minh)}")
    await zalo.presses("Tiếp tục, xoá hồ sơ ở đây")
    assert await members_at(club, zalo) == [zalo.member_id]
    await minh.presses("Đúng là tôi")
    assert await members_at(club, zalo) == [minh.member_id]


@pytest.mark.parametrize("command", ["/chunghoso", "/doimay"])
async def test_the_owners_hear_of_every_account_that_acts_in_a_role(
    club: ClubInATest, command: str, owner: Phone
) -> None:
    minh, _ = await asked(club, ("telegram", "zalo"), command)
    assert await waiting_for(owner) == []
    await minh.presses("Đúng là tôi")
    (said,) = await waiting_for(owner)
    assert "Minh" in said.text


# --- a record that was moved


async def moved(club: ClubInATest, where: tuple[str, str]) -> tuple[Phone, Phone]:
    lan = await club.member("Lan", messenger=where[0])
    other = club.stranger("Ai đó", messenger=where[1])
    await other.says(await code_of(lan, "/doimay"))
    assert await members_at(club, lan, other) == [None, lan.member_id]
    return lan, other


async def test_the_chat_that_was_given_up_takes_the_record_back_with_one_tap(
    club: ClubInATest, where: tuple[str, str]
) -> None:
    lan, other = await moved(club, where)
    await chooses(lan, "Không phải tôi")
    assert "đã trở về đây" in lan.last
    assert await members_at(club, lan, other) == [lan.member_id, None]
    assert lan.menus[-1].role is Role.MEMBER
    assert "không còn được nối" in other.last
    await other.says(await code_of(lan, "/doimay"))
    assert "thử lại sau" in other.last


async def test_whoever_took_the_record_keeps_no_chat_of_it_wherever_they_went_with_it(
    club: ClubInATest,
) -> None:
    lan, thief = await moved(club, ("telegram", "telegram"))
    second = club.stranger("Ai đó", messenger="zalo")
    await second.says(f"chunghoso {await code_of(thief)}")
    third = club.stranger("Ai đó")
    await third.says(await code_of(thief, "/doimay"))
    assert await members_at(club, second, third) == [lan.member_id] * 2
    await lan.presses("Không phải tôi")
    assert await members_at(club, lan, thief, second, third) == [lan.member_id, None, None, None]
    await thief.presses("Không phải tôi")
    assert await members_at(club, lan) == [lan.member_id], "the chat on the way has no say"


@pytest.mark.parametrize(("more", "works"), [(-1, True), (0, False)])
async def test_a_record_can_be_taken_back_for_seven_days(
    club: ClubInATest, more: int, *, works: bool
) -> None:
    assert timedelta(days=7) == UNDO_WITHIN
    lan, _ = await moved(club, ("telegram", "zalo"))
    club.clock.advance(seconds=UNDO_WITHIN.total_seconds() + more)
    await lan.presses("Không phải tôi")
    assert (await members_at(club, lan) == [lan.member_id]) is works


async def test_nobody_else_takes_a_record_back(club: ClubInATest) -> None:
    lan, other = await moved(club, ("telegram", "zalo"))
    back = next(one.action for one in lan.buttons if one.label == "Không phải tôi")
    for phone in (club.stranger("Ai đó"), await club.member("Mai"), other):
        await phone.presses_action(back)
    assert await members_at(club, lan, other) == [None, lan.member_id]


async def test_nothing_of_a_chat_that_came_is_kept_once_it_can_be_undone_no_more(
    club: ClubInATest,
) -> None:
    await moved(club, ("telegram", "zalo"))
    club.clock.advance(seconds=UNDO_WITHIN.total_seconds())
    await club.in_write(retention_purge.purge_expired)
    assert (await club.rows(select(ChatChange))) == []
