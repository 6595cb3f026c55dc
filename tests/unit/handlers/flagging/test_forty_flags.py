"""When forty people send in the same lie, officers see one case and everybody has the same answer."""

import pytest
from sqlmodel import select

from handlers.views.announcement import unpack
from storage.models import AnnouncementVersion, Case
from tests.support.case_actions import CLAIM, EXPLANATION, SOURCE, decided, flag, notices
from tests.support.club import ClubInATest, Phone

LIE = (
    "KHẨN: Công an tỉnh yêu cầu mỗi hộ nộp 500.000 đồng để cập nhật VNeID trước ngày 15/3, "
    "ai không nộp sẽ bị khoá thẻ căn cước"
)
_NO_MARKS = (
    "KHAN: Cong an tinh yeu cau moi ho nop 500.000 dong de cap nhat VNeID truoc ngay 15/3, "
    "ai khong nop se bi khoa the can cuoc"
)
VARIANTS = (
    LIE,
    LIE.upper(),
    LIE.lower(),
    f"{LIE} !!!",
    f"🔥🔥 {LIE} 🔥🔥",
    f"Chuyển tiếp từ Nhóm cư dân\n{LIE}",
    LIE.replace(", ", ",  "),
    _NO_MARKS,
)
OTHER_AMOUNT = LIE.replace("500.000", "700.000")


async def _forty(club: ClubInATest) -> list[Phone]:
    return [await club.member(f"Hội viên {number}") for number in range(40)]


@pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)
async def test_forty_flags_of_one_lie_are_one_case_one_verdict_and_one_message_each(
    club: ClubInATest,
) -> None:
    minh = await club.officer("Minh")
    members = await _forty(club)
    for number, member in enumerate(members):
        await flag(member, VARIANTS[number % len(VARIANTS)])
    async with club.reading() as tx:
        case = (await tx.session.exec(select(Case))).one()
    assert case.flags == 40

    await decided(minh, club)
    told = await notices(club)
    assert told == {f"case {case.id} v1": {member.member_id for member in members}}

    late = await club.member("Người thứ bốn mươi mốt")
    await late.says(VARIANTS[1], forwarded=True)
    assert EXPLANATION in late.last
    assert SOURCE in late.last

    await minh.presses("Soạn thông báo từ kết luận")
    async with club.reading() as tx:
        version = (await tx.session.exec(select(AnnouncementVersion))).one()
    content = unpack(version.content)
    assert CLAIM.rstrip(".") in content.title
    assert content.source_url == SOURCE


async def test_a_variant_with_another_amount_is_asked_about_and_never_merged_by_itself(
    club: ClubInATest,
) -> None:
    minh = await club.officer("Minh")
    lan, hoa = await club.member("Lan"), await club.member("Hoa")
    await flag(lan, f"{LIE}, gọi 0912345678")
    await decided(minh, club)
    await hoa.says(OTHER_AMOUNT, forwarded=True)
    assert EXPLANATION not in hoa.last
    assert "0912345678" not in hoa.last, "what others sent in shows nobody's number"
    assert "500.000" in hoa.last, "what differs is shown"
    assert "700.000" in hoa.last
    await hoa.presses("Không phải tin nào")
    await hoa.presses("Gửi kiểm tra")
    await hoa.presses("Lừa đảo")
    async with club.reading() as tx:
        assert [case.flags for case in (await tx.session.exec(select(Case))).all()] == [1, 1]


async def test_who_says_that_it_is_one_of_these_has_its_verdict_and_teaches_nobody(
    club: ClubInATest,
) -> None:
    minh = await club.officer("Minh")
    lan, hoa, nga = [await club.member(name) for name in ("Lan", "Hoa", "Nga")]
    await flag(lan, LIE)
    await decided(minh, club)
    await hoa.says(OTHER_AMOUNT, forwarded=True)
    await hoa.presses("Là tin 1")
    assert EXPLANATION in hoa.last
    await nga.says(OTHER_AMOUNT, forwarded=True)
    assert EXPLANATION not in nga.last, "one member's word makes two posts the same for nobody else"


async def test_a_variant_of_an_open_case_stands_beside_it_with_what_differs(
    club: ClubInATest,
) -> None:
    minh = await club.officer("Minh")
    lan, hoa = await club.member("Lan"), await club.member("Hoa")
    await flag(lan, LIE)
    await hoa.says(OTHER_AMOUNT, forwarded=True)
    await hoa.presses("Là tin 1")
    async with club.reading() as tx:
        case = (await tx.session.exec(select(Case))).one()
    assert case.flags == 2
    await minh.presses_action(f"case:{case.code}")
    assert "1 bản khác của tin" in minh.last
    assert "700.000" in minh.last
