"""What a member sends in as a file: told beforehand what stays in it, shown to officers without them."""

import pytest

from handlers.conversation.i18n import Speech
from handlers.messages import Media, MediaKind, Reply
from tests.support.case_actions import JOIN, RUMOUR, SEND, flag, the_case
from tests.support.club import SETTINGS, ClubInATest
from tests.support.sandbox_server import picture

VI = Speech("vi", SETTINGS.timezone)
DOCUMENT, RECORDING = VI("flag-document-stays"), VI("flag-recording-stays")
SCAM = "Lừa đảo"


@pytest.mark.parametrize(
    ("media", "told"),
    [
        (Media(MediaKind.DOCUMENT, file="f", unique="u", name="đơn.pdf"), [DOCUMENT]),
        (Media(MediaKind.VIDEO, file="f", unique="u"), [RECORDING]),
        (Media(MediaKind.VOICE, file="f", unique="u"), [RECORDING]),
        (Media(MediaKind.PHOTO, file="f", unique="u"), []),
        (Media(MediaKind.DOCUMENT, file="f", unique="u", name="ảnh.png"), []),
    ],
)
async def test_a_member_is_told_before_sending_what_stays_in_a_file(
    club: ClubInATest, media: Media, told: list[str]
) -> None:
    lan = await club.member("Lan")
    await lan.says(RUMOUR, forwarded=True, media=media)
    assert SEND in lan.labels
    assert [one for one in (DOCUMENT, RECORDING) if one in lan.last] == told


async def test_who_joins_others_is_told_it_too(club: ClubInATest) -> None:
    lan, hoa = await club.member("Lan"), await club.member("Hoa")
    await flag(lan)
    document = Media(MediaKind.DOCUMENT, file="f", unique="u", name="đơn.pdf")
    await hoa.says(RUMOUR, forwarded=True, media=document)
    assert JOIN in hoa.labels
    assert DOCUMENT in hoa.last


@pytest.mark.parametrize("kind", [MediaKind.PHOTO, MediaKind.DOCUMENT, MediaKind.VIDEO])
async def test_officers_see_every_file_without_what_came_with_it(
    club: ClubInATest, kind: MediaKind
) -> None:
    lan, minh = await club.member("Lan"), await club.officer("Minh")
    await flag(lan, media=Media(kind, file="f", unique="u", name="Nguyễn Thị Lan.pdf"))
    case = await the_case(club)
    answer = await minh.presses_action(f"case:{case.code}")
    shown = [one for one in answer if isinstance(one, Reply) and one.message and one.message.media]
    assert [one.strip_or for one in shown] == [VI("case-media-held-back", code=case.code)]


@pytest.mark.parametrize("messenger", ["telegram", "zalo"])
@pytest.mark.parametrize("typed", ["", "/baotin", "/tracuu"])
async def test_a_picture_that_cannot_be_opened_may_be_sent_otherwise(
    club: ClubInATest, messenger: str, typed: str
) -> None:
    lan = await club.member("Lan", messenger=messenger)
    damaged = Media(MediaKind.DOCUMENT, file="f", unique="u", name="a.png", content=b"%!PS-Adobe")
    await lan.sends(damaged, caption=typed)
    assert lan.last.startswith(VI("flag-picture-unread"))


@pytest.mark.parametrize("name", ["", "ảnh", "a.jfif", "đơn.pdf"])
async def test_a_picture_in_a_file_is_a_picture_whatever_it_is_called(
    club: ClubInATest, name: str
) -> None:
    lan, hoa = await club.member("Lan"), await club.member("Hoa")
    file = Media(MediaKind.DOCUMENT, "f", "u", name, content=picture(400, 300))
    await lan.sends(file, forwarded=True)
    assert DOCUMENT not in lan.last
    await lan.presses(SEND)
    await hoa.sends(Media(MediaKind.PHOTO, "g", "v", content=picture(200, 150)), forwarded=True)
    assert "giống" in hoa.last


@pytest.mark.parametrize("typed", ["", "/baotin", "/tracuu"])
@pytest.mark.parametrize("name", ["IMG_1.HEIC", "", "a.jpg"])
async def test_who_sends_what_an_iphone_stores_is_told_what_to_do(
    club: ClubInATest, name: str, typed: str
) -> None:
    lan = await club.member("Lan")
    content = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"
    await lan.sends(Media(MediaKind.DOCUMENT, "f", "u", name, content=content), typed)
    assert lan.last == VI("picture-heic")


async def test_an_album_with_a_picture_that_cannot_be_opened_is_sent_again_whole(
    club: ClubInATest,
) -> None:
    lan = await club.member("Lan")
    damaged = Media(MediaKind.PHOTO, "g", "v", content=b"GIF8 damaged")
    await lan.sends_album(Media(MediaKind.PHOTO, "f", "u"), damaged)
    assert lan.last == VI("flag-album-unread")
    assert SEND not in lan.labels


@pytest.mark.parametrize("name", ["quét.tiff", "a.avif"])
async def test_a_picture_of_a_kind_that_is_not_opened_is_not_taken_as_a_file(
    club: ClubInATest, name: str
) -> None:
    lan = await club.member("Lan")
    await lan.sends(Media(MediaKind.DOCUMENT, file="f", unique="u", name=name), forwarded=True)
    assert lan.last == VI("flag-picture-unread")
