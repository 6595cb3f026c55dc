"""`/xuatsolieu`: what officers see, to take along; nobody's name, and a line in the log."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlmodel import select

from handlers.conversation.i18n import Speech
from handlers.messages import Answer, MediaKind, Reply
from storage.models import AnnouncementState, AuditEntry, DeliveryState, Role
from tests.support import SETTINGS, VOTING_DAY, ClubInATest, Phone, add_decided_case, publish

VI = Speech("vi", SETTINGS.timezone)


async def pressed(phone: Phone, action: str) -> Answer:
    return await phone.presses_action(action)


def file_in(answer: Answer) -> bytes:
    (reply,) = answer
    assert isinstance(reply, Reply)
    assert reply.message
    assert reply.message.media
    assert reply.message.media.kind is MediaKind.DOCUMENT
    assert reply.draw
    return reply.draw()


def name_of(answer: Answer) -> str:
    (reply,) = answer
    assert isinstance(reply, Reply)
    assert reply.message
    assert reply.message.media
    return reply.message.media.name


def rows(content: bytes, sheet: str) -> list[tuple[Any, ...]]:
    return list(load_workbook(BytesIO(content))[sheet].iter_rows(min_row=2, values_only=True))


async def test_everything_in_one_workbook_and_nobodys_name(club: ClubInATest) -> None:
    minh, lan = await club.officer("Minh"), await club.member("Nguyễn Thị Lan")
    others = [await club.member(f"Hội viên {n}") for n in range(4)]
    copies = {phone.member_id: DeliveryState.SENT for phone in (lan, *others)}
    await publish(club, state=AnnouncementState.WITHDRAWN)
    own_id = await publish(club, copies=copies)
    for phone in (lan, *others):
        await phone.presses_action(f"shared:{own_id}")
    few = await publish(
        club, replace(VOTING_DAY, title="Cho một người"), copies={lan.member_id: DeliveryState.SENT}
    )
    await lan.presses_action(f"shared:{few}")
    await lan.presses("Thêm")
    await lan.says("", links=("https://www.facebook.com/123/posts/987654321012345",))
    await lan.presses_action(f"shared:{own_id}")
    await lan.presses("Thêm")
    await lan.says("", links=("https://www.facebook.com/123/posts/456789012345678",))
    await add_decided_case(club.store, minh.member_id, "=HYPERLINK(1)")
    content = file_in(await pressed(minh, "export:all:90"))
    announcement, to_one = rows(content, "Thông báo")
    assert (announcement[:2], announcement[7]) == ((1, VOTING_DAY.title), "Mọi người")
    assert announcement[10:14] == (5, 5, 5, "<5")
    assert not any(to_one[11:16])
    delivery, of_one = rows(content, "Lượt gửi")
    assert (delivery[0], of_one[0]) == (1, 2)
    assert delivery[2:] == (5, 0, 5, 0, 0, 0, 0, 0, 0)
    assert of_one[2:] == ("<5", 0, "<5", "<5", "", "", 0, 0, "")
    (share,) = rows(content, "Chia sẻ")
    assert (share[0], share[2]) == (1, "Facebook")
    assert "456789012345678" in share[3]
    (case,) = rows(content, "Vụ việc")
    assert "=HYPERLINK(1)" in case
    names = [cell for sheet in load_workbook(BytesIO(content)) for row in sheet for cell in row]
    assert not any("Lan" in str(cell.value) for cell in names)


async def test_drafts_are_not_taken_along_and_old_ones_only_when_asked_for(
    club: ClubInATest, minh: Phone
) -> None:
    await publish(club, replace(VOTING_DAY, title="Nháp"), state=AnnouncementState.DRAFT)
    await publish(club, replace(VOTING_DAY, title="Cũ"))
    club.clock.advance(days=90, seconds=1)
    await publish(club, replace(VOTING_DAY, title="Mới"))
    short, long = [
        file_in(await pressed(minh, f"export:announcements:{days}")).decode("utf-8-sig")
        for days in (90, 365)
    ]
    assert "Mới" in short
    assert "Cũ" not in short
    assert "Cũ" in long
    assert "Nháp" not in long


async def test_a_file_is_named_in_the_officers_language(club: ClubInATest) -> None:
    minh, john = (
        await club.officer("Minh"),
        await club.member("John", role=Role.OFFICER, language="en"),
    )
    assert name_of(await pressed(minh, "export:cases:90")) == "vu-viec.csv"
    assert name_of(await pressed(john, "export:cases:90")) == "cases.csv"


async def test_that_something_was_taken_along_is_in_the_log(club: ClubInATest) -> None:
    minh = await club.officer("Minh", owner=True)
    await minh.opens("/xuatsolieu", "Vụ việc (CSV)")
    (entry,) = await club.rows(select(AuditEntry))
    assert (entry.action, entry.details) == ("export made", {"sheet": "cases", "days": 90})
    await minh.says("/nhatky")
    assert "xuất số liệu 90 ngày ra tệp: Vụ việc" in minh.last


@pytest.mark.parametrize("action", ["export:all:7", "export:members:90", "export-days:1"])
async def test_a_forged_button_takes_nothing_along(action: str, minh: Phone) -> None:
    await pressed(minh, action)
    assert minh.toasts == [VI.plain("button-unknown")]


async def test_members_take_nothing_along(lan: Phone) -> None:
    await lan.says("/xuatsolieu")
    assert lan.last == VI("command-not-yours")
    await pressed(lan, "export:all:90")
    assert lan.toasts == [VI.plain("button-not-yours")]
