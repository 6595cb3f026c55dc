"""A member writes that they shared an announcement instead of tapping the button."""

import pytest

from handlers.conversation.small_talk import says_shared
from storage.announcements import shares
from tests.support import ClubInATest, Phone, publish


async def is_counted(club: ClubInATest, phone: Phone, announcement: int) -> bool:
    share = await club.in_read(shares.counted, announcement, phone.member_id)
    return share is not None


@pytest.mark.parametrize("messenger", ["telegram", "zalo", "zalo_oa"])
@pytest.mark.parametrize("words", ["chia sẻ rồi", "Đã chia sẻ.", "mình share rồi nhé"])
async def test_it_is_asked_about_the_newest_announcement_and_counts_with_a_tap(
    club: ClubInATest, messenger: str, words: str
) -> None:
    lan = await club.member("Lan", messenger=messenger)
    await publish(club)
    newest = await publish(club)
    await lan.says(words)
    assert f"đã chia sẻ thông báo số {newest}" in lan.last
    assert not await is_counted(club, lan, newest)
    await lan.presses("Tôi đã chia sẻ")
    assert await is_counted(club, lan, newest)


async def test_an_announcement_can_be_named_by_its_number(club: ClubInATest, lan: Phone) -> None:
    first = await publish(club)
    await publish(club)
    await lan.says(f"đã chia sẻ thông báo số {first} rồi")
    assert f"thông báo số {first} “" in lan.last
    await lan.says("đã chia sẻ thông báo số 99")
    assert "99" not in lan.last


async def test_a_share_that_is_counted_is_shown(club: ClubInATest, lan: Phone) -> None:
    number = await publish(club)
    await lan.presses_action(f"shared:{number}")
    await lan.says("chia sẻ rồi nhé")
    assert "đã xác nhận chia sẻ" in lan.last


async def test_without_an_announcement_it_is_said_that_there_is_none(lan: Phone) -> None:
    await lan.says("đã chia sẻ")
    assert "chưa có thông báo nào" in lan.last


@pytest.mark.parametrize(
    "text",
    ["em chia sẻ lên nhóm rồi ạ", "dạ, đã share bài này", "vừa chia sẻ xong", "I shared it"],
)
def test_words_that_say_it(text: str) -> None:
    assert says_shared(text)


@pytest.mark.parametrize(
    "text",
    ["chưa chia sẻ", "đã chia sẻ chưa", "đã chia sẻ?", "ai chia sẻ rồi", "chia sẻ", "không share"],
)
def test_words_that_say_something_else(text: str) -> None:
    assert not says_shared(text)
