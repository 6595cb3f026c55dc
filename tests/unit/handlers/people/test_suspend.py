"""Suspension takes a reason the member reads, and an appeal that another officer decides."""

import asyncio

import pytest
from sqlmodel import SQLModel, select

from storage.members import members, roles
from storage.models import (
    Appeal,
    Delivery,
    MemberState,
    Purpose,
    Role,
    Suspension,
)
from tests.support import ClubInATest, Phone, audit_entries, newest_for, waiting_for
from tests.support.databases import others_wait

REASON = "Đăng lại nhiều lần tin chưa kiểm chứng"
APPEAL = "Tôi chỉ đăng một lần và đã gỡ ngay"
ANSWER = "Đã xem lại: bài đã được gỡ trong ngày"


async def suspend(officer: Phone, member: Phone, reason: str = REASON) -> None:
    await officer.opens(f"/hoivien {member.name}", member.name, "Tạm dừng tư cách hội viên")
    await officer.says(reason)
    await officer.presses("Tạm dừng")


async def appealed(club: ClubInATest) -> tuple[Phone, Phone, Phone]:
    """Minh suspended Lan, who appealed; Bình has the appeal in front of him."""
    minh, binh = await club.officer("Minh"), await club.officer("Bình")
    lan = await club.member("Lan")
    await suspend(minh, lan)
    await lan.says(f"/khieunai {APPEAL}")
    await newest_for(binh)
    await binh.presses("Xem khiếu nại")
    return minh, binh, lan


async def actions(club: ClubInATest) -> list[str]:
    found = await audit_entries(club)
    assert all(set(details) <= {"member", "outcome"} for _, details in found)
    return [action for action, _ in found]


async def test_the_member_reads_why_and_how_to_appeal(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    await suspend(minh, lan)
    assert (await lan.member()).state is MemberState.SUSPENDED
    notice = await newest_for(lan)
    assert REASON in notice.text
    assert "/khieunai" in notice.text
    assert lan.menus[-1].role is None
    assert await actions(club) == ["member suspended"]


async def test_the_reason_is_sealed(club: ClubInATest) -> None:
    await appealed(club)
    async with club.store.read() as tx:
        for table in SQLModel.metadata.sorted_tables:
            rows = (await tx.execute(table.select())).all()
            assert not any(REASON in str(row) or APPEAL in str(row) for row in rows), table.name


@pytest.mark.parametrize(("length", "works"), [(9, False), (10, True), (1000, True), (1001, False)])
async def test_a_reason_has_ten_to_a_thousand_characters(
    length: int, works: bool, minh: Phone, lan: Phone
) -> None:
    await minh.opens("/hoivien Lan", "Lan", "Tạm dừng tư cách hội viên")
    await minh.says("x" * length)
    assert ("blockquote" in minh.last) is works
    assert (await lan.member()).state is MemberState.ACTIVE, "asked once more"


async def test_without_a_reason_nobody_is_suspended(minh: Phone, lan: Phone) -> None:
    await minh.opens("/hoivien Lan", "Lan", "Tạm dừng tư cách hội viên")
    await minh.presses_action(f"suspend-yes:{lan.member_id}")
    assert (await lan.member()).state is MemberState.ACTIVE


@pytest.mark.parametrize("owner", [True, False])
async def test_the_reason_given_for_one_suspends_nobody_else(
    club: ClubInATest, owner: bool
) -> None:
    minh = await club.officer("Minh", owner=owner)
    lan, mai = await club.member("Lan"), await club.member("Mai")
    await minh.opens("/hoivien Lan", "Lan", "Tạm dừng tư cách hội viên")
    await minh.says(REASON)
    await minh.presses_action(f"suspend-yes:{mai.member_id}")
    assert (await mai.member()).state is MemberState.ACTIVE
    assert (await lan.member()).state is MemberState.ACTIVE


async def test_who_is_about_to_suspend_one_member_opens_no_other(
    club: ClubInATest, minh: Phone, mai: Phone
) -> None:
    await club.member("Lan")
    await minh.opens("/hoivien Lan", "Lan", "Tạm dừng tư cách hội viên")
    await minh.presses_action(f"suspend:{mai.member_id}")
    assert minh.toasts == ["Mục này dành cho người khác. Gõ /trogiup để xem anh/chị có thể làm gì."]


async def test_of_two_officers_who_suspend_the_same_member_one_does(
    minh: Phone, binh: Phone, lan: Phone
) -> None:
    for officer in (minh, binh):
        await officer.opens("/hoivien Lan", "Lan", "Tạm dừng tư cách hội viên")
        await officer.says(REASON)
    await asyncio.gather(minh.presses("Tạm dừng"), binh.presses("Tạm dừng"))
    assert ["vừa thay đổi" in toast for toast in minh.toasts + binh.toasts] == [True]
    assert len(await waiting_for(lan)) == 1


async def test_nobody_suspends_themselves_and_an_officer_no_owner(
    minh: Phone, owner: Phone
) -> None:
    for officer, concerned in ((minh, minh), (minh, owner), (owner, owner)):
        await officer.opens(f"/hoivien {concerned.name}", concerned.name)
        assert not any("Tạm dừng" in b.label for b in officer.buttons)
        await officer.presses_action(f"suspend:{concerned.member_id}")
        assert (
            officer.toasts[-1]
            == "Mục này dành cho người khác. Gõ /trogiup để xem anh/chị có thể làm gì."
        )


async def test_two_owners_who_suspend_each_other_at_the_same_moment_leave_one(
    club: ClubInATest,
) -> None:
    hoa, binh = [await club.officer(name, owner=True) for name in ("Hoà", "Bình")]
    for one, other in ((hoa, binh), (binh, hoa)):
        await one.opens(f"/hoivien {other.name}", other.name, "Tạm dừng tư cách hội viên")
        await one.says(REASON)
    await asyncio.gather(hoa.presses("Tạm dừng"), binh.presses("Tạm dừng"))
    states = [(await phone.member()).state for phone in (hoa, binh)]
    assert sorted(states) == [MemberState.ACTIVE, MemberState.SUSPENDED]


async def test_a_suspended_officer_acts_no_more_and_holds_nothing(minh: Phone, binh: Phone) -> None:
    await suspend(minh, binh)
    await binh.says("/choxuly")
    assert "tạm dừng" in binh.last
    assert (await binh.member()).role is Role.OFFICER, "given back with the membership"


async def test_who_stopped_everything_is_not_written_to_and_reads_why_when_they_ask(
    minh: Phone, lan: Phone
) -> None:
    await lan.says("/ngungnhan")
    await suspend(minh, lan)
    assert await waiting_for(lan) == []
    await lan.says("/khieunai")
    assert REASON in lan.last


async def test_a_suspended_member_may_read_the_notice_stop_and_appeal(
    minh: Phone, lan: Phone
) -> None:
    await suspend(minh, lan)
    await lan.says("/riengtu")
    assert "Quyền riêng tư" in lan.last
    await lan.says("/thongbao")
    assert "/khieunai" in lan.last
    await newest_for(lan)
    await lan.presses("Khiếu nại")
    await lan.says(APPEAL)
    assert "Đã gửi khiếu nại" in lan.last
    await lan.says("/ngungnhan")
    assert "Đã ngừng" in lan.last


async def test_one_appeal_is_open_at_a_time(club: ClubInATest) -> None:
    _, _, lan = await appealed(club)
    await lan.says(f"/khieunai {APPEAL}")
    assert "đang chờ" in lan.last
    await lan.says("/khieunai")
    assert "đang chờ" in lan.last
    assert len(await club.rows(select(Appeal))) == 1


async def test_who_suspended_is_not_asked_and_cannot_decide(club: ClubInATest) -> None:
    minh, _, lan = await appealed(club)
    assert await waiting_for(minh) == []
    await minh.opens("/khieunai", "Lan")
    assert "một cán bộ khác" in minh.last
    (appeal,) = await club.rows(select(Appeal))
    await minh.presses_action(f"judge:{appeal.id}:lift")
    assert "một cán bộ khác" in minh.toasts[-1]
    assert (await lan.member()).state is MemberState.SUSPENDED


@pytest.mark.parametrize(
    ("choice", "state", "words"),
    [
        ("Giữ nguyên", MemberState.SUSPENDED, "giữ nguyên"),
        ("Khôi phục tư cách hội viên", MemberState.ACTIVE, "trở lại như trước"),
    ],
)
async def test_another_officer_decides_and_the_member_reads_why(
    club: ClubInATest, choice: str, state: MemberState, words: str
) -> None:
    _, binh, lan = await appealed(club)
    assert REASON in binh.last
    assert APPEAL in binh.last
    await binh.presses(choice)
    await binh.says(ANSWER)
    await binh.presses("Quyết định và gửi")
    assert (await lan.member()).state is state
    answer = (await newest_for(lan)).text
    assert ANSWER in answer
    assert words in answer
    assert "Bình" not in answer
    assert await actions(club) == ["member suspended", "appeal decided"]
    assert lan.menus[-1].role is (Role.MEMBER if state is MemberState.ACTIVE else None)


async def test_after_an_upheld_appeal_the_member_may_appeal_anew(club: ClubInATest) -> None:
    _, binh, lan = await appealed(club)
    await binh.presses("Giữ nguyên")
    await binh.says(ANSWER)
    await binh.presses("Quyết định và gửi")
    await lan.says(f"/khieunai {APPEAL}")
    assert "Đã gửi khiếu nại" in lan.last


async def test_an_appeal_is_decided_once(club: ClubInATest) -> None:
    _, binh, _ = await appealed(club)
    hoa = await club.officer("Hoà", owner=True)
    await hoa.opens("/khieunai", "Lan")
    for phone, choice in ((binh, "Giữ nguyên"), (hoa, "Khôi phục tư cách hội viên")):
        await phone.presses(choice)
        await phone.says(ANSWER)
    await asyncio.gather(*(phone.presses("Quyết định và gửi") for phone in (binh, hoa)))
    assert sorted(await actions(club)) == ["appeal decided", "member suspended"]


async def test_of_two_officers_at_the_same_moment_one_decides(club: ClubInATest) -> None:
    if not club.store.serves_several:
        return  # SQLite has one writer at a time
    _, binh, lan = await appealed(club)
    hoa = await club.officer("Hoà", owner=True)
    await hoa.opens("/khieunai", "Lan")
    for phone in (binh, hoa):
        await phone.presses("Giữ nguyên")
        await phone.says(ANSWER)
    async with asyncio.TaskGroup() as both, club.store.write() as tx:
        await roles.lock(tx, lan.member_id, lan.member_id)
        for phone in (binh, hoa):
            both.create_task(phone.presses("Quyết định và gửi"))
        await others_wait(tx, count=2)
    assert sorted(await actions(club)) == ["appeal decided", "member suspended"]


async def test_where_there_is_no_other_officer_owners_are_asked_to_find_one(
    owner: Phone, lan: Phone
) -> None:
    await suspend(owner, lan)
    await lan.says(f"/khieunai {APPEAL}")
    assert "mời thêm cán bộ" in (await newest_for(owner)).text


async def test_any_officer_may_lift_and_the_appeal_is_over_with_it(club: ClubInATest) -> None:
    minh, binh, lan = await appealed(club)
    await minh.opens("/hoivien Lan", "Lan")
    assert REASON in minh.last
    await minh.presses("Khôi phục tư cách hội viên", "Khôi phục tư cách hội viên")
    assert (await lan.member()).state is MemberState.ACTIVE
    assert "trở lại như trước" in (await newest_for(lan)).text
    await binh.presses("Giữ nguyên")
    assert "đã được quyết định" in binh.toasts[-1]
    await lan.says("/khieunai")
    assert "đang bị tạm dừng" in lan.last


async def test_a_member_who_was_about_to_appeal_goes_on_as_before_once_it_is_lifted(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    await suspend(minh, lan)
    await lan.says("/khieunai")
    await minh.opens("/hoivien Lan", "Lan")
    await minh.presses("Khôi phục tư cách hội viên", "Khôi phục tư cách hội viên")
    await lan.says(APPEAL)
    assert "đang bị tạm dừng" in lan.last
    await lan.says("Trúng thưởng, vào https://lua-dao.example/nhan-qua ngay")
    assert "Gửi kiểm tra" in lan.labels


@pytest.mark.parametrize(("command", "yes"), [("/roiclb", "Rời câu"), ("/xoadulieu", "Xoá")])
async def test_a_suspended_member_who_leaves_takes_everything_along_and_may_come_back(
    club: ClubInATest, command: str, yes: str
) -> None:
    minh, _, lan = await appealed(club)
    await lan.says(command)
    await lan.presses(yes)
    async with club.store.read() as tx:
        for table in (Suspension, Appeal):
            assert (await tx.session.exec(select(table))).all() == []
    notice = (await newest_for(minh)).text
    assert "/loimoi" in notice
    assert "Lan" not in notice
    await minh.opens("/loimoi", "Tạo lời mời")
    await lan.says(minh.last.partition("start=")[2].split()[0])
    await lan.presses("Tôi đồng ý")
    assert (await lan.member()).state is MemberState.ACTIVE


async def test_members_who_are_not_suspended_have_nothing_to_appeal(club: ClubInATest) -> None:
    lan, stranger = await club.member("Lan"), club.stranger("Mai")
    for phone in (lan, stranger):
        await phone.says("/khieunai")
        assert "đang bị tạm dừng" in phone.last
        await phone.presses_action("appeal-begin")
        assert "đang bị tạm dừng" in phone.toasts[-1]


async def test_choices_made_before_hold_again_afterwards(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    await suspend(minh, lan)
    await minh.opens("/hoivien Lan", "Lan", "Khôi phục tư cách hội viên")
    await minh.presses("Khôi phục tư cách hội viên")
    async with club.store.read() as tx:
        assert await members.agreed(tx, lan.member_id) == {*Purpose} - {Purpose.DUTIES}
        assert len((await tx.session.exec(select(Delivery))).all()) == 2
