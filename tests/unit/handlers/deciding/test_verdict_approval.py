"""A second officer says yes to exactly the wording that members will read."""

from dataclasses import replace

import pytest
from sqlmodel import select

from storage.models import CaseState, Mailing, MailingKind
from tests.support import (
    EXPLANATION,
    ClubInATest,
    Phone,
    flag,
    notices,
    opened,
    taken,
    the_case,
    write_verdict,
)


@pytest.fixture
def club(club: ClubInATest) -> ClubInATest:
    return ClubInATest(club.store, club.clock, replace(club.settings, verdict_approval=True))


async def proposed(minh: Phone, club: ClubInATest) -> str:
    code = await taken(minh, club)
    await write_verdict(minh)
    await minh.presses("Gửi duyệt")
    return code


async def test_nobody_hears_of_it_before_another_officer_said_yes(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone
) -> None:
    await flag(lan)
    code = await proposed(minh, club)
    assert await notices(club) == {}
    assert (await the_case(club)).state is CaseState.IN_REVIEW
    await thu.presses_action(f"verdictsee:{code}")
    assert EXPLANATION in list(thu.messages.values())[-2].text
    await thu.presses("Duyệt và gửi")
    assert await notices(club) == {f"case {(await the_case(club)).id} v1": {lan.member_id}}
    assert (await the_case(club)).state is CaseState.DECIDED


async def test_every_proposal_is_told_to_the_others(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone
) -> None:
    await flag(lan)
    code = await proposed(minh, club)
    await thu.presses_action(f"verdictsee:{code}")
    await thu.presses("Duyệt và gửi")
    await minh.presses_action(f"casetake:{code}")
    await write_verdict(minh, rating="Đúng")
    await minh.presses("Gửi duyệt")
    async with club.reading() as tx:
        query = select(Mailing.subject).where(Mailing.kind == MailingKind.NOTICE)
        subjects = (await tx.session.exec(query)).all()
    assert len([one for one in subjects if one.startswith("verdict proposal")]) == 2


async def test_an_officer_does_not_approve_what_they_wrote(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone
) -> None:
    await flag(lan)
    code = await proposed(minh, club)
    await thu.presses_action(f"verdictsee:{code}")
    await minh.presses_action(next(b.action for b in thu.buttons if "Duyệt và gửi" in b.label))
    assert "cán bộ khác sẽ duyệt" in minh.toasts[-1]
    assert (await the_case(club)).state is CaseState.IN_REVIEW


async def test_a_yes_to_an_older_wording_sends_nothing(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone
) -> None:
    await flag(lan)
    code = await proposed(minh, club)
    await thu.presses_action(f"verdictsee:{code}")
    old = next(b.action for b in thu.buttons if "Duyệt và gửi" in b.label)
    await minh.presses_action(f"verdictsee:{code}")
    await minh.presses("Rút lại")
    await thu.presses_action(old)
    assert "không còn chờ duyệt" in thu.toasts[-1]
    await minh.presses("Kết luận", "Đúng")
    for _ in range(3):
        await minh.presses("Giữ nguyên")
    await minh.presses("Gửi duyệt")
    await thu.presses_action(old)
    assert (await the_case(club)).state is CaseState.IN_REVIEW
    assert "Đúng" in list(thu.messages.values())[-2].text, "the new wording is shown instead"


async def test_a_no_has_a_reason_that_its_author_reads_and_can_go_on_from(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone
) -> None:
    await flag(lan)
    code = await proposed(minh, club)
    await thu.presses_action(f"verdictsee:{code}")
    await thu.presses("Không duyệt")
    await thu.says("Nguồn chưa nói điều này")
    assert "Đã gửi lý do" in thu.last
    await opened(minh, code)
    await minh.presses("Kết luận")
    for _ in range(4):
        await minh.presses("Giữ nguyên")
    assert "Hội viên sẽ đọc đúng như trên" in minh.last


async def test_the_queue_shows_what_waits_for_a_yes(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone
) -> None:
    await flag(lan)
    await proposed(minh, club)
    await thu.says("/choxuly")
    assert "chờ duyệt" in thu.last
    await thu.presses("Lọc…", "Chờ duyệt (1)")
    assert "1 kết luận chờ duyệt" in thu.last


async def test_what_waits_for_a_yes_is_dropped_with_the_case(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone
) -> None:
    await flag(lan)
    code = await proposed(minh, club)
    await thu.presses_action(f"verdictsee:{code}")
    await minh.presses_action(f"casereturn:{code}")
    await thu.presses("Duyệt và gửi")
    assert (await the_case(club)).state is CaseState.NEW
