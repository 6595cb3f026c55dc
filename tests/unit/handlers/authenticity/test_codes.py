"""The code on cards and kits shows exactly its version, to whoever may read it, and leaves no trace."""

from dataclasses import replace
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image

from handlers.authenticity import codes
from handlers.conversation.i18n import Speech
from handlers.messages import Media, MediaKind
from handlers.recognition.plain_text import visible
from handlers.rendering import card_image
from handlers.rendering.card_layout import lay_out
from handlers.rendering.card_sheet import Shape
from handlers.rendering.qr_code import qr_png
from handlers.sharing.card import card_of
from scheduler.upkeep.official_pictures import OfficialPictures
from storage.announcements import official_texts
from storage.models import DeliveryState
from tests.support import (
    SETTINGS,
    VOTING_DAY,
    ClubInATest,
    Phone,
    correct,
    publish_copies,
    publish_to,
)
from tests.support.all_rows import all_rows
from tests.support.made_codes import picture_with

VI = Speech("vi", SETTINGS.timezone)


@pytest.fixture
async def lan(club: ClubInATest) -> Phone:
    return await club.member("Lan")


async def code_of(club: ClubInATest, number: int, language: str = "vi") -> str:
    return await club.in_read(official_texts.code_of_current, number, language)


async def test_two_members_get_the_same_code_in_one_language(club: ClubInATest, lan: Phone) -> None:
    binh = await club.member("Bình")
    english = await club.member("Ann", language="en")
    number = await publish_to(club, [lan, binh, english], VOTING_DAY)
    for phone in (lan, binh, english):
        await phone.presses_action(f"share:{number}")
    code = codes.grouped(await code_of(club, number))
    assert code in lan.last
    assert lan.last == binh.last
    assert codes.grouped(await code_of(club, number, "en")) in english.last
    assert code not in english.last


async def test_a_code_shows_its_version_to_strangers_and_members(
    club: ClubInATest, lan: Phone
) -> None:
    code = await code_of(club, await publish_to(club, [lan], VOTING_DAY))
    for phone in (lan, club.stranger("Ai đó")):
        for typed in (f"/start ma-{code}", codes.grouped(code), code.lower()):
            await phone.says(typed)
            first, copy = list(phone.messages.values())[-2:]
            assert "Thật." in first.text, typed
            assert "Cử tri mang theo" in copy.text
            assert not copy.rows


@pytest.mark.parametrize("messenger", ["telegram", "zalo"])
async def test_on_every_messenger(club: ClubInATest, messenger: str) -> None:
    code = await code_of(club, await publish_to(club, [], VOTING_DAY))
    member = await club.member("Lan", messenger=messenger)
    stranger = club.stranger("Ai đó", messenger=messenger)
    for phone in (member, stranger):
        await phone.says(codes.grouped(code))
        assert "Thật." in list(phone.messages.values())[-2].text
        await phone.says(f"/tracuu {code}")
        assert "Thật." in list(phone.messages.values())[-2].text


async def test_after_a_correction_an_old_code_shows_both_versions(
    club: ClubInATest, lan: Phone
) -> None:
    minh, hanh = await club.officer("Minh"), await club.officer("Hạnh")
    number = await publish_copies(club, [(lan, DeliveryState.SENT)], VOTING_DAY)
    code = await code_of(club, number)
    await correct(minh, hanh, number)
    assert await code_of(club, number) != code
    await lan.says(code)
    said, old, new = list(lan.messages.values())[-3:]
    assert "Bản cũ" in said.text
    assert "Cử tri mang theo" in old.text
    assert "Đã đính chính" in new.text


async def test_a_code_for_officers_opens_for_those_who_got_it_only(
    club: ClubInATest, lan: Phone, minh: Phone
) -> None:
    number = await publish_to(club, [minh], replace(VOTING_DAY, officers_only=True))
    code = await code_of(club, number)
    await minh.says(code)
    assert "Cử tri mang theo" in minh.last
    for phone in (lan, club.stranger("Ai đó")):
        await phone.says(f"/start ma-{code}")
        assert "Không có bản nào" in phone.last


async def test_codes_are_not_guessed_from_one_another(club: ClubInATest) -> None:
    number = await publish_to(club, [], VOTING_DAY)
    other = await publish_to(club, [], VOTING_DAY)
    found = {await code_of(club, one, tag) for one in (number, other) for tag in ("vi", "en")}
    assert len(found) == 4
    assert len({code[:3] for code in found}) == 4


async def test_nothing_is_stored_or_counted_about_who_opens_a_code(
    club: ClubInATest, lan: Phone
) -> None:
    """refusal: no-record-of-lookups"""
    code = await code_of(club, await publish_to(club, [lan], VOTING_DAY))
    stranger = club.stranger("Ai đó")
    before = await all_rows(club.store)
    for phone in (lan, stranger):
        for text in (code, f"/start ma-{code}", f"/tracuu {code}", "/start ma-23456CFHJK"):
            await phone.says(text)
    assert await all_rows(club.store) == before


async def test_a_forwarded_kit_is_known_for_what_it_is(club: ClubInATest, lan: Phone) -> None:
    number = await publish_to(club, [lan], VOTING_DAY)
    await lan.presses_action(f"share:{number}")
    kit = visible(lan.last)
    await lan.says(kit, forwarded=True)
    assert "Trích đúng" in list(lan.messages.values())[-2].text
    await lan.says(kit.replace("7 giờ", "8 giờ"), forwarded=True)
    assert "Bị sửa" in lan.last


async def test_a_link_with_a_code_is_answered_as_the_code(club: ClubInATest, lan: Phone) -> None:
    number = await publish_to(club, [lan], VOTING_DAY)
    link = codes.link_to(club.settings, await code_of(club, number))
    await lan.says(link, links=(link,))
    assert "Thật." in lan.last
    forged = link.replace("niemtin_bot", "niemtln_bot")
    await lan.says(f"{forged} chuyển ngay 500.000đ vào tài khoản này để được xét duyệt hồ sơ")
    assert "Thật." not in lan.last


@pytest.mark.parametrize(
    "text",
    [
        "Bấm https://phi-bau-cu.top/x?start=ma-{code}",
        "Nhận quà: https://t.me/niemtln_bot?start=ma-{code}",
        "https://phi-bau-cu.top/?u=https://t.me/niemtin_bot?start=ma-{code}",
        "Nộp 500k: https://phi-bau-cu.top https://t.me/niemtin_bot?start=ma-{code}",
        "Phải nộp 500k https://t.me/niemtin_bot?start=ma-{code}",
    ],
)
async def test_a_code_vouches_for_nothing_beside_it(
    club: ClubInATest, lan: Phone, text: str
) -> None:
    code = await code_of(club, await publish_to(club, [lan], VOTING_DAY))
    stranger = club.stranger("Ai đó")
    await stranger.says(text.format(code=code))
    assert "Thật." not in stranger.last


async def test_a_kit_gives_the_code_as_a_qr_code(club: ClubInATest, lan: Phone) -> None:
    number = await publish_to(club, [lan], VOTING_DAY)
    await lan.presses_action(f"share:{number}")
    await lan.presses("mã QR")
    code = await code_of(club, number)
    sent = list(lan.messages.values())[-1]
    assert codes.grouped(code) in sent.text
    assert sent.media
    assert sent.media.content == qr_png(f"https://t.me/niemtin_bot?start=ma-{code}")


@pytest.mark.parametrize("shape", Shape)
def test_a_card_has_both_codes_beside_each_other(shape: Shape) -> None:
    card = card_of(VOTING_DAY, VI, SETTINGS, "CFHJK23456")
    assert parse_qs(urlsplit(card.check_url).query) == {"start": ["ma-CFHJK23456"]}
    sheet = lay_out(card, shape)
    assert sheet.code
    assert sheet.check
    assert sheet.check[0] + sheet.check[2] < sheet.code[0]
    assert "CFHJK-23456" in [line.text for line in sheet.lines]
    left, top, side = sheet.check
    boxes = [line.box for line in sheet.lines]
    assert not [
        box
        for box in boxes
        if box[0] < left + side and box[2] > left and box[1] < top + side and box[3] > top
    ]


def test_a_club_without_a_link_has_the_code_as_text() -> None:
    card = card_of(VOTING_DAY, VI, replace(SETTINGS, bot_link=""), "CFHJK23456")
    assert ("Mã kiểm chứng", "CFHJK-23456") in card.origin
    assert lay_out(card, Shape.SQUARE).check is None


async def test_a_card_is_known_by_its_look_and_may_be_reported(
    club: ClubInATest, lan: Phone
) -> None:
    number = await publish_to(club, [lan], VOTING_DAY)
    other = replace(VOTING_DAY, title="Mất nước ở phường 3", facts=("Từ 8 giờ đến 11 giờ",))
    await publish_to(club, [lan], other)
    pictures = OfficialPictures(club.store, club.settings, club.workers)
    drawn = 0
    while await pictures.draw_due():
        drawn += 1
    assert drawn == 8, "two announcements, two languages, two shapes"
    card = card_of(VOTING_DAY, VI, SETTINGS, await code_of(club, number))
    picture = Image.open(BytesIO(card_image.draw(card, Shape.SQUARE))).convert("RGB")
    passed_on = BytesIO()
    picture.resize((720, 720)).save(passed_on, "JPEG", quality=55)
    await lan.sends(Media(MediaKind.PHOTO, file="f", unique="u", content=passed_on.getvalue()))
    first, copy = list(lan.messages.values())[-2:]
    assert "trông giống" in first.text
    assert f"thông báo số {number}" in first.text
    assert "Cử tri mang theo" in copy.text
    await lan.presses("Báo là giả mạo")
    assert "Đã gửi kiểm tra" in list(lan.messages.values())[-2].text
    stranger = club.stranger("Ai đó")
    await stranger.sends(Media(MediaKind.PHOTO, file="f", unique="u", content=passed_on.getvalue()))
    assert "trông giống" in list(stranger.messages.values())[-2].text


async def test_the_picture_of_an_announcement_is_known_without_its_text(
    club: ClubInATest, lan: Phone
) -> None:
    with_picture = replace(VOTING_DAY, media=Media(MediaKind.PHOTO, file="own", unique="own-1"))
    await publish_to(club, [lan], with_picture)
    await lan.sends(Media(MediaKind.PHOTO, file="other", unique="own-1"), forwarded=True)
    assert "Trích đúng" in list(lan.messages.values())[-2].text


@pytest.mark.parametrize("typed", ["", "/tracuu"])
async def test_a_copied_code_makes_no_picture_genuine(
    club: ClubInATest, lan: Phone, typed: str
) -> None:
    code = await code_of(club, await publish_to(club, [lan], VOTING_DAY))
    forged = picture_with(f"{SETTINGS.bot_link}?start=ma-{code}", "một mã nữa")
    await lan.sends(Media(MediaKind.PHOTO, "f", "u", content=forged), typed)
    shown = "\n".join(message.text for message in lan.messages.values())
    assert "trông giống" in shown
    assert "Thật." not in shown
    assert "Cử tri mang theo" in shown
