"""An album that is looked up or flagged: every picture counts, and late parts go where it went."""

from dataclasses import replace
from random import Random

import pytest
from PIL import Image
from sqlmodel import select

from handlers.conversation.i18n import Speech
from handlers.flagging.post import MEDIA_MAX, unpack
from handlers.messages import Media, MediaKind
from storage.cases import posts
from storage.models import Step
from tests.support.case_actions import SEND, the_cases
from tests.support.club import SETTINGS, ClubInATest, Phone
from tests.support.hostile_files import encoded

VI = Speech("vi", SETTINGS.timezone)


def unread(number: int) -> Media:
    """A picture whose bytes could not be fetched."""
    return Media(MediaKind.PHOTO, f"f{number}", f"u{number}")


async def kept(club: ClubInATest) -> list[int]:
    """How many files each stored post has."""
    async with club.reading() as tx:
        contents = [await posts.first_content(tx, case) for case in await the_cases(club)]
    return [len(unpack(content).media) for content in contents if content]


@pytest.mark.parametrize(("more", "is_said"), [(0, False), (1, True)])
async def test_albums_that_are_flagged_as_one_keep_so_many_files_and_no_more(
    club: ClubInATest, lan: Phone, more: int, *, is_said: bool
) -> None:
    await lan.says("Ngày bầu cử đổi sang ngày 20 tháng 3, ai không đi bị phạt", forwarded=True)
    for album in range(0, MEDIA_MAX, 10):
        files = [unread(album + number) for number in range(10)]
        await lan.sends_album(*files, album=str(album), forwarded=True)
    for _ in range(more):
        await lan.sends(unread(MEDIA_MAX), forwarded=True)
    await lan.presses("Gộp")
    full = VI("flag-files-full", most=MEDIA_MAX)
    assert (full in [one.text for one in lan.messages.values()]) is is_said
    await lan.presses(SEND)
    assert await kept(club) == [MEDIA_MAX]


async def test_late_parts_are_added_until_a_post_is_full(club: ClubInATest) -> None:
    lan = await club.member("Lan", messenger="zalo_oa")
    await lan.sends_album(unread(0), captions=["Ngày bầu cử đổi sang 20/3, xem ở ảnh"])
    for number in range(1, MEDIA_MAX + 1):
        await lan.sends_album(unread(number), is_late_part=True)
        is_full = lan.last == VI("flag-files-full", most=MEDIA_MAX)
        assert is_full is (number == MEDIA_MAX)


def photo(seed: int) -> Media:
    """A picture that looks like no other."""
    tiles = Image.frombytes("L", (8, 8), Random(seed).randbytes(64))
    content = encoded(tiles.resize((320, 320)), "PNG")
    return Media(MediaKind.PHOTO, f"f{seed}", f"u{seed}", content=content)


async def test_a_case_is_found_by_any_picture_of_its_album(club: ClubInATest) -> None:
    lan, hoa = await club.member("Lan"), await club.member("Hoa")
    await lan.sends_album(photo(1), photo(2), photo(3))
    await lan.presses(SEND)
    await hoa.sends(replace(photo(3), unique="other"), forwarded=True)
    assert "giống" in hoa.last
    await hoa.sends(photo(9), "/tracuu")
    assert "giống" not in hoa.last


async def test_every_picture_of_an_album_is_compared_with_known_ones(club: ClubInATest) -> None:
    lan, hoa = await club.member("Lan"), await club.member("Hoa")
    await lan.sends(photo(3), forwarded=True)
    await lan.presses(SEND)
    await hoa.sends_album(photo(1), photo(2), replace(photo(3), unique="other"))
    assert "giống" in hoa.last


async def test_a_late_part_asks_anew_about_the_whole_album(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await lan.sends_album(photo(1), photo(2), captions=["một"])
    await lan.sends_album(photo(3), captions=["hai"], is_late_part=True)
    assert "3 ảnh" in lan.last
    assert "một hai" in lan.last
    await lan.presses(SEND)
    assert len(await the_cases(club)) == 1
    await lan.sends_album(photo(4), is_late_part=True)
    assert lan.last == VI("album-part-late")
    assert len(await the_cases(club)) == 1


async def test_a_late_part_of_a_looked_up_album_is_looked_up_and_flags_nothing(
    club: ClubInATest,
) -> None:
    lan = await club.member("Lan")
    await lan.sends_album(photo(1), photo(2), captions=["/tracuu"])
    await lan.sends_album(photo(3), is_late_part=True)
    assert lan.last == VI("check-nothing")
    assert [step.name for step in await club.rows(select(Step))] == ["flag.looked_up"]
    await lan.presses(VI.plain("flag-this"))
    assert "3 ảnh" in lan.last


async def test_a_late_part_of_a_strangers_album_is_answered(club: ClubInATest) -> None:
    stranger = club.stranger("Khách")
    await stranger.sends_album(photo(1), is_late_part=True)
    assert stranger.last == VI("album-part-late")


async def test_the_name_above_any_caption_of_an_album_is_dropped(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    captions = ["Công an gọi điện đòi tiền", "Nguyễn Văn Bình:\nnhà nào cũng bị gọi"]
    await lan.sends_album(photo(1), photo(2), captions=captions, forwarded=True)
    assert "nhà nào cũng bị gọi" in lan.last
    assert "Bình" not in lan.last


async def test_files_of_several_kinds_are_counted_by_kind(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await lan.sends_album(photo(1), Media(MediaKind.VIDEO, "v"), photo(2))
    assert "2 ảnh" in lan.last
    assert "1 video" in lan.last


async def test_late_parts_join_what_an_officer_was_asked_about(club: ClubInATest) -> None:
    minh = await club.officer("Minh")
    await minh.sends_album(photo(1), photo(2))
    await minh.sends_album(photo(3), is_late_part=True)
    assert "Đã thêm vào loạt" in minh.last
    await minh.presses(VI.plain("flag-officer-flag"))
    assert any("3 ảnh" in message.text for message in minh.messages.values())
