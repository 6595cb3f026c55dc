"""A picture of an announcement: changed where the words in it differ, never genuine."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from handlers.announcing.correction.recall import instead_of_copy
from handlers.authenticity import codes
from handlers.conversation.i18n import Speech
from handlers.messages import Media, MediaKind
from handlers.recognition.pictures import reader
from handlers.recognition.plain_text import visible
from handlers.rendering import card_image
from handlers.rendering.card_sheet import Shape
from handlers.sharing.card import card_of
from handlers.views.announcement import Content, member_copy
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
    the_case,
)
from tests.support.all_rows import all_rows
from tests.support.announcements.records import numbered
from tests.support.made_screenshots import among_comments, dark, encoded
from tests.support.waiting import TIMEOUT_S

VI = Speech("vi", SETTINGS.timezone)
NO_FEE = replace(
    VOTING_DAY,
    title="Cấp lại thẻ cử tri",
    html="Cử tri mất thẻ đến Ủy ban xã để được cấp lại. Không phải nộp phí 200.000đ.\n"
    "Mang theo căn cước, đến từ 7h30 ngày 12/3/2026. Hỏi thêm: gọi 1900 1234.",
    facts=("Cấp lại thẻ miễn phí, không phải nộp 200.000đ", "Từ 7h30 ngày 12/3/2026"),
)
FORGED_CARD = replace(NO_FEE, facts=(NO_FEE.facts[0], "Từ 7h30 ngày 13/3/2026"))
FORGED_FEE = replace(NO_FEE, facts=("Cấp lại thẻ, phải nộp 200.000đ", NO_FEE.facts[1]))
COMMENTS = ("Có thật không mọi người?", "Chiều nay 5 giờ họp tổ nha bà con")

pytestmark = pytest.mark.skipif(
    not reader.installed(),
    reason="no reader: pip install niemtin[reader], apt install tesseract-ocr-vie",
)


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reads to the end, however slow this machine is."""
    monkeypatch.setattr(reader, "_BUDGET_S", TIMEOUT_S)


@pytest.fixture
async def lan(club: ClubInATest) -> Phone:
    return await club.member("Lan")


@pytest.fixture
async def minh(club: ClubInATest) -> Phone:
    return await club.officer("Minh")


def photo(content: bytes) -> Media:
    return Media(MediaKind.PHOTO, file="f", unique="u", content=content)


def card(content: Content, code: str = "", *, shape: Shape = Shape.SQUARE) -> Media:
    """The card of an announcement as feeds pass it on."""
    drawn = card_image.draw(card_of(content, VI, SETTINGS, code), shape)
    whole = Image.open(BytesIO(drawn)).convert("RGB")
    return photo(encoded(whole.resize((720, 720 * whole.height // whole.width)), 60))


def screenshot(content: Content, number: int) -> Media:
    """The copy that members got, with others' comments below it."""
    text = visible(member_copy(content, numbered(number), VI).text)
    return photo(encoded(among_comments(text, COMMENTS, 1), 60))


async def drawn_cards(club: ClubInATest) -> None:
    """The look of every card is known."""
    pictures = OfficialPictures(club.store, club.settings, club.workers)
    while await pictures.draw_due():
        pass


def shown(phone: Phone) -> str:
    return "\n".join(message.text for message in phone.messages.values())


@pytest.mark.parametrize("is_look_known", [True, False])
@pytest.mark.parametrize(
    ("forged", "words"), [(FORGED_CARD, "13/3/2026"), (FORGED_FEE, "miễn phí, không")]
)
async def test_a_forged_card_is_changed_with_the_words_that_differ(
    club: ClubInATest, lan: Phone, forged: Content, words: str, *, is_look_known: bool
) -> None:
    number = await publish_to(club, [lan], NO_FEE)
    if is_look_known:
        await drawn_cards(club)
    code = await club.in_read(official_texts.code_of_current, number, "vi")
    await lan.sends(card(forged, code))
    first, ours = list(lan.messages.values())[-2:]
    assert "Bị sửa." in first.text
    assert f"thông báo số {number}" in first.text
    assert "có thể sai" in first.text
    assert words in first.text
    assert first.text.count("bản thật: ") == 1
    assert "12/3/2026" in ours.text
    assert "Thật." not in shown(lan)


@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize("content", [NO_FEE, VOTING_DAY])
async def test_a_genuine_card_looks_genuine_and_is_shown_with_the_text(
    club: ClubInATest, lan: Phone, content: Content, shape: Shape
) -> None:
    number = await publish_to(club, [lan], content)
    await drawn_cards(club)
    code = await club.in_read(official_texts.code_of_current, number, "vi")
    await lan.sends(card(content, code, shape=shape))
    first, ours = list(lan.messages.values())[-2:]
    assert "chưa thấy số, ngày giờ nào khác" in first.text
    assert f"thông báo số {number}" in first.text
    assert content.title in ours.text
    assert "Thật." not in shown(lan)
    assert "Bị sửa." not in shown(lan)


@pytest.mark.parametrize("messenger", ["telegram", "zalo", "zalo_oa"])
@pytest.mark.parametrize("typed", ["", "/tracuu"])
async def test_a_screenshot_of_an_announcement_on_every_messenger(
    club: ClubInATest, messenger: str, typed: str
) -> None:
    lan = await club.member("Lan", messenger=messenger)
    number = await publish_to(club, [lan], NO_FEE)
    await lan.sends(screenshot(NO_FEE, number), typed)
    assert "chưa thấy số, ngày giờ nào khác" in shown(lan)
    later = replace(NO_FEE, html=NO_FEE.html.replace("7h30", "9h30"))
    await lan.sends(screenshot(later, number), typed)
    assert "Bị sửa." in shown(lan)
    assert "9h30" in shown(lan)


async def test_words_around_a_forged_picture_do_not_hide_it(club: ClubInATest, lan: Phone) -> None:
    await publish_to(club, [lan], NO_FEE)
    await lan.sends(card(FORGED_CARD), "Bà con xem kỹ thông báo dưới đây rồi làm theo ngay nhé!")
    assert "Bị sửa." in shown(lan)


async def test_what_a_longer_text_says_is_not_answered_by_its_picture(
    club: ClubInATest, lan: Phone
) -> None:
    await publish_to(club, [lan], NO_FEE)
    await lan.sends(card(NO_FEE), "Ai chưa nộp tiền thì chuyển khoản ngay hôm nay để khỏi bị phạt")
    assert "trông giống" not in shown(lan)


async def test_a_picture_of_a_corrected_announcement_is_an_old_version(
    club: ClubInATest, lan: Phone, minh: Phone
) -> None:
    hanh = await club.officer("Hạnh")
    number = await publish_copies(club, [(lan, DeliveryState.SENT)], NO_FEE)
    await correct(minh, hanh, number, NO_FEE.html.replace("12/3/2026", "19/3/2026"))
    await lan.sends(screenshot(NO_FEE, number))
    first, current = list(lan.messages.values())[-2:]
    assert "bản cũ" in first.text
    assert "19/3/2026" in current.text


async def test_a_picture_of_a_recalled_announcement_is_not_to_be_followed(
    club: ClubInATest, lan: Phone, minh: Phone
) -> None:
    number = await publish_copies(club, [(lan, DeliveryState.SENT)], NO_FEE)
    await minh.opens(f"/thuhoi {number}", "Sai ngày", "Thu hồi ngay")
    await lan.sends(screenshot(NO_FEE, number))
    assert "đã thu hồi" in lan.last
    assert "ở dưới" not in lan.last
    recalled = instead_of_copy(NO_FEE, numbered(number), "recalling-why-time", VI)
    await lan.sends(photo(encoded(dark(visible(recalled.text)))))
    assert "đúng là đã được thu hồi" in lan.last


async def test_which_picture_of_an_album_has_the_words_is_not_guessed(
    club: ClubInATest, lan: Phone
) -> None:
    number = await publish_to(club, [lan], NO_FEE)
    await drawn_cards(club)
    code = await club.in_read(official_texts.code_of_current, number, "vi")
    other = photo(encoded(dark("Chiều mai nhà tôi bán lúa giống giá 32.000 mỗi cân")))
    await lan.sends_album(card(NO_FEE, code), replace(other, file="g", unique="v"))
    assert f"thông báo số {number}" in shown(lan)
    assert "Bị sửa." not in shown(lan)


async def test_a_picture_of_what_was_sent_to_few_is_answered_to_them_only(
    club: ClubInATest, lan: Phone, minh: Phone
) -> None:
    secret = replace(NO_FEE, officers_only=True)
    number = await publish_to(club, [minh], secret)
    stranger = club.stranger("Ai đó")
    for phone in (lan, stranger):
        await phone.sends(screenshot(secret, number), "/tracuu")
        assert "thông báo số" not in shown(phone)
    await minh.sends(screenshot(secret, number), "/tracuu")
    assert f"thông báo số {number}" in shown(minh)


async def test_asking_about_a_genuine_picture_stores_nothing_about_a_stranger(
    club: ClubInATest,
) -> None:
    """refusal: no-record-of-lookups"""
    number = await publish_to(club, [], NO_FEE)
    stranger = club.stranger("Ai đó")
    before = await all_rows(club.store)
    await stranger.sends(screenshot(NO_FEE, number), "/tracuu")
    assert f"thông báo số {number}" in shown(stranger)
    assert await all_rows(club.store) == before


async def test_officers_see_what_differs_in_a_reported_picture(
    club: ClubInATest, lan: Phone, minh: Phone
) -> None:
    await publish_to(club, [lan], NO_FEE)
    await lan.sends(card(FORGED_CARD), forwarded=True)
    await lan.presses("Báo là giả mạo")
    case = await the_case(club)
    club.clock.advance(minutes=15)
    await minh.presses_action(f"case:{case.code}")
    assert "13/3/2026" in minh.last
    assert "máy đọc" in minh.last
    await minh.presses("Trả lời cả câu lạc bộ")
    preview, question = list(minh.messages.values())[-2:]
    assert "13/3/2026" in preview.text
    assert "máy đọc" not in preview.text
    assert "máy đọc" in question.text


async def test_without_a_reader_a_picture_only_looks_alike(
    club: ClubInATest, lan: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "installed", lambda: "")
    number = await publish_to(club, [lan], NO_FEE)
    await drawn_cards(club)
    code = await club.in_read(official_texts.code_of_current, number, "vi")
    await lan.sends(card(FORGED_CARD, code))
    assert "chưa so được chữ" in shown(lan)
    assert "Thật." not in shown(lan)


async def test_a_copied_code_does_not_hide_a_forged_card(club: ClubInATest, lan: Phone) -> None:
    number = await publish_to(club, [lan], NO_FEE)
    code = await club.in_read(official_texts.code_of_current, number, "vi")
    assert codes.link_to(SETTINGS, code) in card_of(FORGED_CARD, VI, SETTINGS, code).check_url
    await lan.sends(card(FORGED_CARD, code))
    assert "Bị sửa." in shown(lan)


async def test_a_picture_of_something_else_is_no_copy(club: ClubInATest, lan: Phone) -> None:
    await publish_to(club, [lan], NO_FEE)
    other = "Ủy ban xã họp dân lúc 7h30 ngày 12/3/2026 bàn việc làm đường, mang theo căn cước."
    await lan.sends(photo(encoded(dark(other))), forwarded=True)
    assert "thông báo số" not in shown(lan)
