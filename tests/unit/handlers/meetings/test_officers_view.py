"""What officers see of meetings: their home, the list, the totals."""

from tests.support.club import ClubInATest, Phone
from tests.support.meeting_actions import INVITATION, invites


async def test_the_home_shows_what_waits_for_approval(minh: Phone, thu: Phone) -> None:
    await minh.says("/hop", INVITATION)
    await minh.presses("Gửi duyệt")
    await thu.opens("/menu", "1 cuộc họp chờ anh/chị duyệt")
    assert "Duyệt" in thu.labels
    await minh.says("/menu")
    assert "cuộc họp chờ" not in " ".join(minh.labels[:8])


async def test_who_organises_it_sees_exact_totals_and_others_none_below_five(
    club: ClubInATest, minh: Phone, thu: Phone, hanh: Phone, lan: Phone
) -> None:
    await invites(minh, thu)
    await lan.presses("Tôi sẽ đến")
    for officer, told in ((minh, "Có chỗ: 1 "), (thu, "Có chỗ: 1 "), (hanh, "Có chỗ: dưới 5 ")):
        await officer.opens("/hop", "Các cuộc họp", "Họp giao ban")
        assert told in officer.last


async def test_statistics_have_totals_of_meetings(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone
) -> None:
    await invites(minh, thu)
    await lan.presses("Tôi sẽ đến")
    await minh.says("/thongke")
    assert "Họp giao ban tháng 3" in minh.last
    assert "Nhận lời: dưới 5" in minh.last
