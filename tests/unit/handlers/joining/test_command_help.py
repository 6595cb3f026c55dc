"""What the bot says to somebody who does not know what to say."""

import re

import pytest

from storage.models import MemberState, Role
from tests.support import VOTING_DAY, ClubInATest, Phone, begin_stepwise, publish


async def test_a_stranger_is_told_what_this_is(club: ClubInATest) -> None:
    lan = club.stranger("Lan")
    await lan.says("/trogiup")
    assert club.settings.name in lan.last


@pytest.mark.parametrize(
    "words",
    [
        "/help",
        "/trogiup",
        "Trợ giúp",
        "tro giup",
        "TRỢ  GIÚP",
        "/huongdan",
        "hướng dẫn",
        "Các lệnh",
    ],
)
async def test_help_is_understood_however_it_is_typed(words: str, lan: Phone) -> None:
    await lan.says(words)
    assert "/thongbao" in lan.last


async def test_officers_read_their_own_commands(minh: Phone) -> None:
    await minh.says("/trogiup")
    assert "/soan" in minh.last


async def test_the_menu_is_in_the_language_of_the_person(club: ClubInATest) -> None:
    commands = [entry.command for entry in club.conversation.menu(Role.MEMBER, "en")]
    assert "help" in commands
    assert "trogiup" not in commands


async def test_a_command_in_a_group_gets_a_pointer_to_the_private_chat(
    club: ClubInATest, lan: Phone
) -> None:
    await lan.says("/trogiup@niemtin_bot", private=False)
    assert club.settings.bot_link in lan.last


@pytest.mark.parametrize("said", ["chào cả nhà", "/start@another_bot", "/start@niemtin_bot_2"])
async def test_what_is_said_to_others_in_a_group_gets_no_answer(lan: Phone, said: str) -> None:
    assert await lan.says(said, private=False) == []


async def test_who_is_suspended_is_no_stranger_and_reads_what_still_works(
    club: ClubInATest, lan: Phone
) -> None:
    await lan.becomes(state=MemberState.SUSPENDED)
    await lan.says("/trogiup")
    told = lan.last
    assert "mã mời" not in told
    for command in (
        "/khieunai",
        "/dulieu",
        "/xoadulieu",
        "/doimay",
        "/riengtu",
        "/ngungnhan",
        "/roiclb",
    ):
        assert command in told
        await lan.says(command)
        assert "chưa làm được" not in lan.last


async def test_help_names_every_command_of_the_menu(club: ClubInATest) -> None:
    """Those of members are one line in the help of officers."""
    for phone in (await club.officer("Minh"), await club.officer("Hoà", owner=True)):
        await phone.says("/trogiup")
        role = (await phone.member()).role
        entries = {f"/{entry.command}" for entry in club.conversation.menu(role, "vi")}
        assert entries - {"/trogiup", "/huy"} <= set(re.findall(r"/[a-z]+", phone.last))


async def test_stopping_while_composing_says_that_the_draft_is_kept(minh: Phone) -> None:
    await begin_stepwise(minh)
    await minh.says("Ngày bầu cử")
    await minh.says("/huy")
    assert "Bản nháp vẫn còn" in minh.last
    await minh.says("/huy")
    assert "Bản nháp" not in minh.last


async def test_everybody_gets_help_by_the_plain_word_for_it(club: ClubInATest, minh: Phone) -> None:
    stranger = club.stranger("Lan")
    for phone in (stranger, minh):
        await phone.says("/huongdan")
        told = phone.last
        await phone.says("/trogiup")
        assert phone.last == told


@pytest.mark.parametrize(
    ("now", "before"),
    [
        ("baotin", "nghivan"),
        ("tracuu", "kiemtra"),
        ("check", "lookup"),
        ("choxuly", "hangdoi"),
        ("choduyet", "duyet"),
        ("loimoi", "moi"),
        ("xuatsolieu", "xuat"),
        ("yeucaudulieu", "yeucau"),
        ("chunghoso", "lienket"),
    ],
)
async def test_the_earlier_name_of_a_command_works_and_is_in_no_menu(
    club: ClubInATest, now: str, before: str
) -> None:
    owner = await club.officer("Minh", owner=True)
    told = []
    for name in (now, before):
        await owner.says(f"/{name}")
        told.append(re.sub(r"<code>.*?</code>", "", owner.last))
    assert told[0] == told[1]
    for role in (None, *Role):
        for language in ("vi", "en"):
            shown = [entry.command for entry in club.conversation.menu(role, language)]
            assert before not in shown


async def test_a_member_who_types_the_officers_word_for_questions_asks_one(lan: Phone) -> None:
    await lan.says("/cauhoi")
    asked = lan.last
    await lan.says("/huy")
    await lan.says("/hoi")
    assert lan.last == asked


@pytest.mark.parametrize(("said", "name"), [("dung", "ngungnhan"), ("roi", "roiclb")])
async def test_an_everyday_word_without_its_slash_is_no_command(
    club: ClubInATest, said: str, name: str
) -> None:
    """On Zalo commands need no slash, and `dung` is *đúng* (yes), `roi` is *rồi* (done)."""
    lan = await club.member("Lan", messenger="zalo")
    await lan.says(said)
    assert name not in lan.last
    await lan.says(f"/{said}")
    assert name in lan.last


@pytest.mark.parametrize("command", ["dinhchinh", "thuhoi", "minhchung", "thongke", "thongbao"])
async def test_a_command_without_its_number_lists_what_there_is(
    club: ClubInATest, minh: Phone, command: str
) -> None:
    await publish(club)
    await minh.says(f"/{command}")
    assert VOTING_DAY.title in f"{minh.last} {[one.label for one in minh.buttons]}"
    await minh.says(f"/{command} abc")
    assert f"/{command} thì bot hiện danh sách" in minh.last
