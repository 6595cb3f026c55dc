"""What is like a post is found among all cases: for the member who asks, and for the officer."""

import pytest

from tests.support import (
    CLAIM,
    EXPLANATION,
    RUMOUR,
    ClubInATest,
    Phone,
    decided,
    flag,
    opened,
    the_cases,
)

OPEN = tuple(f"{RUMOUR} ở xã Hòa An, đợt {number}" for number in (6, 7, 8))
ASKED = f"{RUMOUR} ở xã Hòa An, đợt 9"


@pytest.fixture
async def one_decided_and_three_open(club: ClubInATest, minh: Phone, lan: Phone) -> ClubInATest:
    await flag(lan)
    await decided(minh, club)
    for text in OPEN:
        await flag(lan, text)
    return club


async def test_open_cases_hide_no_verdict_from_somebody_who_asks(
    one_decided_and_three_open: ClubInATest,
) -> None:
    hoa = await one_decided_and_three_open.member("Hoa")
    await hoa.says(f"/tracuu {ASKED}")
    assert CLAIM in hoa.last
    assert EXPLANATION not in hoa.last, "it may be about something else"


async def test_a_member_is_asked_about_three_posts_at_most(
    one_decided_and_three_open: ClubInATest,
) -> None:
    hoa = await one_decided_and_three_open.member("Hoa")
    await hoa.says(ASKED, forwarded=True)
    assert [label for label in hoa.labels if label.startswith("Là tin")] == [
        "Là tin 1",
        "Là tin 2",
        "Là tin 3",
    ]


async def test_an_officer_sees_earlier_verdicts_and_open_cases_like_this_one(
    one_decided_and_three_open: ClubInATest,
) -> None:
    thu = await one_decided_and_three_open.officer("Thu")
    first, *others = await the_cases(one_decided_and_three_open)
    await opened(thu, others[0].code)
    _, beside = thu.last.split("Vụ việc gần giống:")
    assert CLAIM in beside, "what was found out before"
    assert first.code in beside
    assert all(other.code in beside for other in others[1:])
    assert others[0].code not in beside


async def test_the_queue_is_looked_at_by_category_and_by_who_is_on_it(
    one_decided_and_three_open: ClubInATest,
) -> None:
    thu, nga = (
        await one_decided_and_three_open.officer("Thu"),
        await one_decided_and_three_open.member("Nga"),
    )
    await nga.says("Mai cả tỉnh mất điện từ sáng đến tối, trường cho nghỉ học hết", forwarded=True)
    await nga.presses("Gửi kiểm tra", "Tin đồn")
    await thu.says("/choxuly")
    assert "4 vụ việc chờ xử lý" in thu.last
    await thu.presses("Lọc…", "Tin đồn")
    assert "mất điện" in thu.last
    assert "Công an" not in thu.last
    await thu.presses("Lọc…", "Đã kết luận (0)")
    assert "Công an" not in thu.last
    await thu.presses("Lọc…", "Mọi loại")
    assert "Công an" in thu.last
    assert "đợt" not in thu.last
