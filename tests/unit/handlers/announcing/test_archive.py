"""`/thongbao`: what still holds, for those whom it concerns."""

from dataclasses import replace

import pytest

from handlers.conversation.i18n import Speech
from handlers.views.announcement import member_copy
from storage.models import AnnouncementState, Role
from tests.support import SETTINGS, VOTING_DAY, ClubInATest, Phone, publish
from tests.support.announcements.records import numbered

VI = Speech("vi", SETTINGS.timezone)


def listed(phone: Phone) -> list[str]:
    """The announcements on the page that is shown."""
    return [b.label for b in phone.buttons if b.action.startswith("read:")]


async def titled(club: ClubInATest, *titles: str) -> None:
    """Announcements of these titles, one a minute."""
    for title in titles:
        await publish(club, replace(VOTING_DAY, title=title))
        club.clock.advance(minutes=1)


@pytest.mark.parametrize("words", ["/thongbao", "/announcements", "Thông báo", "thong bao"])
async def test_the_newest_stands_first(club: ClubInATest, words: str, lan: Phone) -> None:
    await titled(club, "Cũ", "Mới")
    await lan.says(words)
    assert [label.partition(". ")[2] for label in listed(lan)] == ["Mới", "Cũ"]


async def test_a_club_without_announcements_says_so_kindly(lan: Phone) -> None:
    await lan.says("/thongbao")
    assert lan.last == VI("reading-none")


async def test_five_fit_on_a_page_and_the_sixth_is_on_the_next(
    club: ClubInATest, lan: Phone
) -> None:
    await titled(club, *"12345")
    await lan.says("/thongbao")
    assert len(listed(lan)) == 5
    assert not any("Trang" in b.label for b in lan.buttons)
    await titled(club, "6")
    await lan.opens("/thongbao", "Trang sau")
    assert [label.partition(". ")[2] for label in listed(lan)] == ["1"]
    await lan.presses("Trang trước")
    assert len(listed(lan)) == 5


async def test_a_page_that_is_no_more_shows_the_last_one(club: ClubInATest, lan: Phone) -> None:
    await titled(club, "1")
    await lan.presses_action("readpage:7")
    assert len(listed(lan)) == 1


async def test_one_opens_exactly_as_it_was_sent(club: ClubInATest, lan: Phone) -> None:
    number = await publish(club)
    await lan.opens("/thongbao", VOTING_DAY.title)
    copy = member_copy(VOTING_DAY, numbered(number), VI)
    assert next(reversed(lan.messages.values())) == copy
    await lan.says(f"/thongbao {number}")
    assert next(reversed(lan.messages.values())) == copy


async def test_it_is_read_in_the_language_of_the_reader(club: ClubInATest) -> None:
    ann = await club.member("Ann", language="en")
    await publish(club, replace(VOTING_DAY, title_en="Voting day", html_en="Bring your card."))
    await ann.says("/announcements")
    assert listed(ann)[0].endswith("Voting day")


async def test_what_is_over_is_listed_no_more_from_that_minute(
    club: ClubInATest, lan: Phone
) -> None:
    number = await publish(club)
    club.clock.advance(days=5, hours=9, minutes=59)
    await lan.says("/thongbao")
    assert len(listed(lan)) == 1
    club.clock.advance(minutes=1)
    await lan.says("/thongbao")
    assert lan.last == VI("reading-none")
    await lan.says(f"/thongbao {number}")
    assert lan.last == VI("reading-over", number=str(number))


async def test_a_member_reads_what_concerns_their_area_or_everyone(club: ClubInATest) -> None:
    await publish(club, replace(VOTING_DAY, title="Mọi nơi"))
    await publish(club, replace(VOTING_DAY, title="Sông Ngọc", areas=("song-ngoc",)))
    expected = {"thi-xa": 1, "song-ngoc": 2, None: 2}
    for area, count in expected.items():
        lan = await club.member(f"Lan {area}", area=area)
        await lan.says("/thongbao")
        assert len(listed(lan)) == count


async def test_drafts_are_not_there(club: ClubInATest, lan: Phone) -> None:
    number = await publish(club, state=AnnouncementState.AWAITING_APPROVAL)
    await lan.says("/thongbao")
    assert lan.last == VI("reading-none")
    await lan.says(f"/thongbao {number}")
    assert lan.last == VI("reading-unknown")


@pytest.mark.parametrize("number", ["abc", "-3", "1.5", "99999999999"])
async def test_what_is_no_number_is_explained(number: str, lan: Phone) -> None:
    await lan.says(f"/thongbao {number}")
    assert lan.last == VI("number-missing", command="thongbao")


@pytest.mark.parametrize(
    "typed", ["/minhchung abc", "/dinhchinh abc", "/recall abc", "/thongke abc"]
)
async def test_a_missing_number_is_asked_for_with_the_command_that_was_typed(
    typed: str, minh: Phone
) -> None:
    await minh.says(typed)
    assert f"{typed.partition(' ')[0]} 12" in minh.last


async def test_a_long_title_is_cut_where_a_phone_would_cut_it(
    club: ClubInATest, lan: Phone
) -> None:
    await titled(club, "Cấm đường " * 20)
    await lan.says("/thongbao")
    assert listed(lan)[0].endswith("…")
    assert len(listed(lan)[0]) <= 48


async def test_strangers_read_nothing(club: ClubInATest) -> None:
    ha = club.stranger("Hà")
    await publish(club)
    await ha.says("/thongbao")
    assert ha.last == VI("members-only")


def test_every_member_finds_it_in_the_menu(club: ClubInATest) -> None:
    assert "thongbao" in [entry.command for entry in club.conversation.menu(Role.MEMBER, "vi")]
