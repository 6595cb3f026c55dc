"""Who can read along on an Official Account: told before the first flag, question or request, once."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from handlers.messages import Answer, Reply
from tests.support import ClubInATest, Phone

SAID = "phần quản trị của Zalo"
READERS = "Văn phòng Ủy ban tỉnh"


@pytest.fixture
def club(club: ClubInATest) -> ClubInATest:
    """A club with an Official Account, which an office administers."""
    settings = replace(
        club.settings,
        messengers=("telegram", "zalo", "zalo_oa"),
        console_readers=READERS,
        zalo_link="https://zalo.me/niemtin",
    )
    return ClubInATest(club.store, club.clock, settings)


def notices(answer: Answer) -> list[str]:
    texts = [one.message.text for one in answer if isinstance(one, Reply) and one.message]
    return [text for text in texts if SAID in text]


async def flag(phone: Phone) -> Answer:
    return await phone.says(
        "Nộp 200.000 đồng để được cấp thẻ cử tri mới, gửi ngay hôm nay", forwarded=True
    )


async def ask(phone: Phone) -> Answer:
    return await phone.says("/hoi Điểm bỏ phiếu của tôi ở đâu?")


async def look_up(phone: Phone) -> Answer:
    return await phone.says("/tracuu Nộp 200.000 đồng để được cấp thẻ cử tri mới")


async def request(phone: Phone) -> Answer:
    await phone.says("/dulieu")
    return await phone.presses("Yêu cầu chỉnh sửa")


async def invited(club: ClubInATest) -> Phone:
    """A stranger on the Official Account who has sent the code of an invite."""
    minh = await club.officer("Minh")
    await minh.says("/loimoi")
    await minh.presses("Tạo lời mời")
    lan = club.stranger("Lan", messenger="zalo_oa")
    await lan.says(minh.last.partition("<code>")[2].partition("<")[0])
    return lan


@pytest.mark.parametrize("act", [flag, ask, look_up, request])
async def test_it_is_told_once_before_the_first_of_each(
    club: ClubInATest, act: Callable[[Phone], Awaitable[Answer]]
) -> None:
    lan = await club.member("Lan", messenger="zalo_oa")
    first = await act(lan)
    (told,) = notices(first)
    assert READERS in told
    assert "https://t.me/niemtin_bot" in told
    assert "https://zalo.me/niemtin" in told
    assert isinstance(first[0], Reply)
    assert first[0].message
    assert SAID in first[0].message.text
    assert not notices(await ask(lan))


@pytest.mark.parametrize("messenger", ["telegram", "zalo"])
async def test_nobody_is_told_where_nobody_can_read_along(
    club: ClubInATest, messenger: str
) -> None:
    lan = await club.member("Lan", messenger=messenger)
    assert not notices(await flag(lan))


async def test_somebody_who_joins_reads_it_before_they_agree(club: ClubInATest) -> None:
    lan = await invited(club)
    assert READERS in lan.last
    assert "Tôi đồng ý" in lan.last or lan.buttons


async def test_without_another_messenger_it_says_not_to_send_it(club: ClubInATest) -> None:
    alone = ClubInATest(
        club.store,
        club.clock,
        replace(
            club.settings, messengers=("zalo_oa",), bot_link="", zalo_link="", console_readers=""
        ),
    )
    lan = await alone.member("Lan", messenger="zalo_oa")
    (told,) = notices(await flag(lan))
    assert "người quản trị trang Zalo" in told
    assert "đừng gửi ở đây" in told


async def test_the_privacy_notice_names_them_where_the_club_has_such_an_account(
    club: ClubInATest,
) -> None:
    lan = await club.member("Lan")
    await lan.says("/riengtu")
    assert READERS in lan.last


async def test_who_links_an_official_account_reads_it_at_once(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await lan.says("/lienket")
    typed = re.search(r"chunghoso ([\w-]+)", lan.last)
    assert typed, lan.last
    page = club.stranger("Lan Zalo", messenger="zalo_oa")
    answer = await page.says(typed[0])
    assert len(notices(answer)) == 1
    assert not notices(await ask(page))


async def test_who_joined_there_is_not_told_again(club: ClubInATest) -> None:
    lan = await invited(club)
    await lan.presses("Tôi đồng ý")
    assert not notices(await ask(lan))
