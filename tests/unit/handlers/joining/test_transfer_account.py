"""`/doimay`: a record goes with the member to another account, and with nobody else."""

import re
from datetime import timedelta

import pytest
from sqlmodel import select

from storage.conversation import generated_files, numbered_choices
from storage.database import sealing
from storage.database.ids import id_of
from storage.members import members
from storage.models import (
    AuditEntry,
    Contact,
    GeneratedFile,
    MemberState,
    MoveCode,
    Purpose,
    Role,
    Step,
)
from tests.support import ClubInATest, Phone

NOT_A_CODE = "CCCCC-CCCCC"


async def code_of(phone: Phone) -> str:
    await phone.says("/doimay")
    found = re.search(r"<code>([^<]+)</code>", phone.last)
    assert found
    return found[1]


@pytest.fixture
def new(club: ClubInATest) -> Phone:
    """Lan's new phone, which the club does not know."""
    return club.stranger("Lan")


@pytest.mark.parametrize("typed", ["{}", "/start {}", "https://t.me/niemtin_bot?start={}"])
async def test_the_record_goes_along_with_everything_chosen(club: ClubInATest, typed: str) -> None:
    lan, new = await club.member("Lan", area="thi-xa"), club.stranger("Lan (máy mới)")
    code = await code_of(lan)
    await new.says(typed.format(code.replace("-", "")))
    member = await new.member()
    assert (id_of(member), member.area) == (lan.member_id, "thi-xa")
    async with club.store.read() as tx:
        assert await members.agreed(tx, lan.member_id) == {*Purpose} - {Purpose.DUTIES}
        assert len((await tx.session.exec(select(Contact))).all()) == 1
    assert new.menus[-1].role is Role.MEMBER


async def test_the_settings_lead_to_the_code(lan: Phone) -> None:
    await lan.opens("/caidat", "Đổi máy, tài khoản")
    assert "Mã để chuyển hồ sơ" in lan.last


async def test_an_old_button_in_the_chat_given_up_says_what_it_takes(
    lan: Phone, new: Phone
) -> None:
    await lan.says("/caidat")
    old = lan.buttons[0].action
    await new.says(await code_of(lan))
    await lan.presses_action(old)
    assert "dành cho hội viên" in lan.toasts[-1]


async def test_the_old_chat_is_told_and_is_a_strangers(
    club: ClubInATest, lan: Phone, new: Phone
) -> None:
    code = await code_of(lan)
    await lan.says("/baotin")
    await new.says(code)
    assert "chuyển sang tài khoản khác" in lan.last
    assert club.settings.contact in lan.last
    assert lan.menus[-1].role is None
    assert (await club.rows(select(Step))) == []
    await lan.says("/caidat")
    assert "dành cho hội viên" in lan.last


async def test_nothing_stays_behind_for_the_chat_given_up(club: ClubInATest) -> None:
    lan, new = await club.member("Lan", messenger="zalo"), club.stranger("Lan")
    async with club.store.write() as tx:
        until = club.clock.now() + timedelta(days=1)
        await generated_files.keep(
            tx, lan.address.messenger, lan.address.chat, b"all about Lan", until
        )
    await lan.says("/caidat")
    await new.says(await code_of(lan))
    async with club.store.read() as tx:
        assert (await tx.session.exec(select(GeneratedFile))).all() == []
        lists = await numbered_choices.offered(
            tx, sealing.chat_lookup(tx, "zalo", lan.address.chat)
        )
    assert [one.label for offered in lists for one in offered.choices] == ["Không phải tôi"]


async def test_a_code_works_once(club: ClubInATest) -> None:
    lan, new, third = await club.member("Lan"), club.stranger("Lan"), club.stranger("Ai đó")
    code = await code_of(lan)
    await new.says(code)
    await third.says(code)
    assert "không dùng được" in third.last
    assert id_of(await new.member()) == lan.member_id


@pytest.mark.parametrize(("second", "works"), [(-1, True), (0, False)])
async def test_a_code_works_for_a_day(
    club: ClubInATest, second: int, works: bool, lan: Phone, new: Phone
) -> None:
    code = await code_of(lan)
    club.clock.advance(hours=24, seconds=second)
    await new.says(code)
    assert ("đã chuyển sang" in new.last) is works


async def test_a_newer_code_takes_the_place_of_the_older(lan: Phone, new: Phone) -> None:
    older, newer = await code_of(lan), await code_of(lan)
    await new.says(older)
    assert "không dùng được" in new.last
    await new.says(newer)
    assert "đã chuyển sang" in new.last


async def test_the_code_itself_is_not_kept(club: ClubInATest, lan: Phone) -> None:
    code = (await code_of(lan)).replace("-", "")
    (kept,) = await club.rows(select(MoveCode))
    assert code.encode() not in kept.code_lookup


async def test_no_answer_tells_a_used_code_from_one_that_never_was(
    club: ClubInATest, lan: Phone, new: Phone
) -> None:
    used = await code_of(lan)
    await new.says(used)
    answers = set()
    for code in (used, NOT_A_CODE):
        someone = club.stranger("Ai đó")
        await someone.says(code)
        answers.add(someone.last)
    member = await club.member("Mai")
    await member.says(f"/start {await code_of(new)}")
    answers.add(member.last)
    assert len(answers) == 1


async def test_who_guesses_has_to_wait_even_with_a_right_code(club: ClubInATest) -> None:
    lan, guesser = await club.member("Lan"), club.stranger("Ai đó")
    code = await code_of(lan)
    for _ in range(10):
        await guesser.says(NOT_A_CODE)
    await guesser.says(code)
    assert "thử lại sau" in guesser.last
    assert id_of(await lan.member()) == lan.member_id


async def test_a_member_does_not_take_over_another_record(lan: Phone, mai: Phone) -> None:
    await mai.says(f"/start {await code_of(lan)}")
    assert "không dùng được" in mai.last
    assert id_of(await lan.member()) == lan.member_id


async def test_a_suspension_goes_along(lan: Phone, new: Phone) -> None:
    await lan.becomes(state=MemberState.SUSPENDED)
    await new.says(await code_of(lan))
    assert new.menus[-1].role is None
    await new.says("/thongbao")
    assert "tạm dừng" in new.last


async def test_an_officers_role_goes_along_and_the_log_says_so(club: ClubInATest) -> None:
    minh, new = await club.officer("Minh"), club.stranger("Minh")
    await new.says(await code_of(minh))
    await minh.presses("Đúng là tôi")
    assert (await new.member()).role is Role.OFFICER
    (entry,) = await club.rows(select(AuditEntry))
    assert (entry.action, entry.details) == ("record moved", {"role": "officer"})


async def test_who_left_meanwhile_has_no_record_to_move(lan: Phone, new: Phone) -> None:
    code = await code_of(lan)
    await lan.opens("/roiclb", "Rời câu lạc bộ")
    await new.says(code)
    assert "không dùng được" in new.last


async def test_strangers_have_no_record_to_move(club: ClubInATest) -> None:
    lan = club.stranger("Lan")
    await lan.says("/doimay")
    assert "dành cho hội viên" in lan.last
