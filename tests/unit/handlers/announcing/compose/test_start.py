"""`/soan`: one message becomes a draft; only what is required and missing is asked."""

from dataclasses import replace

import pytest

from handlers.announcing.compose.parsing import MOST_IN_ALBUM
from handlers.messages import Media, MediaKind
from handlers.recognition.plain_text import visible_length
from handlers.views.announcement import TEXT_LIMIT, Content
from storage.models import AnnouncementState, Role
from tests.support import (
    VOTING_DAY,
    ClubInATest,
    Phone,
    begin_stepwise,
    compose_draft,
    content_of,
    newest_number,
    publish,
    state_of,
    submit_card,
)
from tests.support.announcements.officer_actions import SOURCE

PHOTO = Media(MediaKind.PHOTO, file="photo-1", unique="u1")
FILE = Media(MediaKind.DOCUMENT, file="file-1", unique="d1", name="thong-bao.pdf")
CHANNEL = "https://t.me/hoaan_tin/12"
POST = f"""Cấm xe quanh điểm bỏ phiếu số 3
Công an tỉnh Hòa An cấm xe trên đường Nguyễn Du, thị xã Hòa An, đến hết ngày 15/3/2026.
Nguồn: {SOURCE}"""


def photo(number: int) -> Media:
    return Media(MediaKind.PHOTO, file=f"photo-{number}", unique=f"u{number}")


async def test_a_text_with_source_and_picture_takes_four_taps_and_messages(minh: Phone) -> None:
    await minh.says("/soan")
    await minh.sends(PHOTO, POST)
    await minh.presses("Gửi duyệt", "Không")
    assert "Đã gửi duyệt" in minh.last
    found = await content_of(minh.club, 1)
    assert (found.title, found.media) == ("Cấm xe quanh điểm bỏ phiếu số 3", PHOTO)
    assert (found.issuer, found.source_url) == ("Công an tỉnh Hòa An", SOURCE)
    assert await state_of(minh.club, 1) is AnnouncementState.AWAITING_APPROVAL


@pytest.mark.parametrize("typed", ["1", "số 1", "• 2 –", "Chào\nbạn"])
async def test_a_whole_text_of_less_than_three_words_is_refused_and_asked_again(
    minh: Phone, typed: str
) -> None:
    await minh.says("/soan", typed)
    assert "ít nhất 3 từ" in minh.last
    await minh.says(POST)
    assert await newest_number(minh.club) == 1
    assert (await content_of(minh.club, 1)).title == "Cấm xe quanh điểm bỏ phiếu số 3"


async def test_only_what_is_required_and_missing_is_asked(minh: Phone) -> None:
    await minh.says("/soan", "Ngày bầu cử\nCử tri mang thẻ cử tri.")
    assert "phát hành" in minh.last
    await minh.presses("Ủy ban bầu cử")
    assert "Kiểm chứng ở đâu" in minh.last
    await minh.says(SOURCE)
    assert "Gửi duyệt" in [button.label for button in minh.buttons]


async def test_the_only_issuer_of_a_club_is_not_asked_about(minh: Phone, club: ClubInATest) -> None:
    minh.club = ClubInATest(
        club.store, club.clock, replace(club.settings, issuers=("Sở Y tế Hòa An",))
    )
    await minh.says("/soan", f"Tiêm chủng\nTiêm tại trạm y tế.\nNguồn: {SOURCE}")
    assert (await content_of(club, 1)).issuer == "Sở Y tế Hòa An"
    assert "Gửi duyệt" in [button.label for button in minh.buttons]


async def test_a_forwarded_channel_post_names_its_address_as_the_source(minh: Phone) -> None:
    await minh.says("/soan")
    await minh.says("Ngày bầu cử\nCông an tỉnh Hòa An nhắc.", forwarded=True, channel_post=CHANNEL)
    assert (await content_of(minh.club, 1)).source_url == CHANNEL


async def test_a_first_line_too_long_for_a_title_is_asked_for(minh: Phone) -> None:
    await minh.says("/soan", f"{'ă' * 201}\nNguồn: {SOURCE}")
    assert "Tiêu đề" in minh.last
    assert (await content_of(minh.club, 1)).html == "ă" * 201


async def test_one_paragraph_becomes_the_text_and_its_title_is_asked_for(minh: Phone) -> None:
    paragraph = (
        "Sáng mai 12/3 cắt nước ở phường Tre Xanh từ 7 giờ đến 11 giờ, bà con nhớ trữ nước từ tối."
    )
    await minh.says("/soan", paragraph)
    assert "lấy cả bài làm nội dung" in minh.last
    assert "Tiêu đề" in minh.last
    await minh.says("Cắt nước ở phường Tre Xanh sáng 12/3")
    found = await content_of(minh.club, 1)
    assert (found.title, found.html) == ("Cắt nước ở phường Tre Xanh sáng 12/3", paragraph)


async def test_a_title_alone_is_said_to_be_one(minh: Phone) -> None:
    await minh.says("/soan", "Cắt nước sáng 12/3")
    assert "lấy dòng này làm tiêu đề" in minh.last


async def test_a_document_goes_with_its_caption(minh: Phone) -> None:
    await minh.says("/soan")
    await minh.sends(FILE, POST)
    assert (await content_of(minh.club, 1)).media == FILE


async def test_a_picture_without_a_caption_waits_for_its_text(minh: Phone) -> None:
    await minh.says("/soan")
    await minh.sends(PHOTO)
    await minh.says(POST)
    found = await content_of(minh.club, 1)
    assert (found.media, found.title) == (PHOTO, "Cấm xe quanh điểm bỏ phiếu số 3")
    assert await newest_number(minh.club) == 1


async def test_after_a_picture_the_card_can_be_seen_and_says_what_is_missing(minh: Phone) -> None:
    await minh.says("/soan")
    await minh.sends(PHOTO)
    await minh.presses("Xem bản nháp")
    assert "Còn thiếu: <b>Tiêu đề, Nội dung, Nơi phát hành, Nguồn kiểm chứng</b>" in minh.last
    assert "Gửi duyệt" not in [button.label for button in minh.buttons]
    assert "❗ Nguồn kiểm chứng" in [button.label for button in minh.buttons]


@pytest.mark.parametrize("captioned", [0, 1])
async def test_an_album_is_taken_whole_whichever_file_has_the_caption(
    minh: Phone, captioned: int
) -> None:
    await minh.says("/soan")
    captions = [POST if n == captioned else "" for n in range(3)]
    await minh.sends_album(*map(photo, range(3)), captions=captions)
    assert "Đã nhận 3 ảnh" in minh.last
    await minh.presses("Xong")
    found = await content_of(minh.club, 1)
    assert found.album == (photo(0), photo(1), photo(2))
    assert found.title == "Cấm xe quanh điểm bỏ phiếu số 3"
    assert "Gửi duyệt" in [button.label for button in minh.buttons]


@pytest.mark.parametrize("kind", [MediaKind.VOICE, MediaKind.AUDIO])
async def test_what_cannot_be_sent_is_asked_for_again(minh: Phone, kind: MediaKind) -> None:
    await minh.says("/soan")
    await minh.sends(Media(kind, file="v"))
    assert "Bot cần chữ, ảnh, video hoặc một tệp" in minh.last
    await minh.says(POST)
    assert (await content_of(minh.club, 1)).source_url == SOURCE


async def test_several_documents_at_once_are_turned_away_once(minh: Phone) -> None:
    await minh.says("/soan")
    await minh.sends_album(FILE, FILE, captions=[POST])
    assert "chỉ nhận ảnh và video" in minh.last


async def test_another_command_ends_the_wait_for_a_text(minh: Phone) -> None:
    await minh.says("/soan")
    await minh.says("/choxuly", POST)
    assert "để làm gì" in minh.last


async def test_a_text_pasted_elsewhere_is_taken_when_it_is_said_to_be_an_announcement(
    minh: Phone,
) -> None:
    await minh.sends(PHOTO, POST, html=POST.replace("Nguyễn Du", "<b>Nguyễn Du</b>"))
    await minh.presses("Soạn thông báo")
    found = await content_of(minh.club, 1)
    assert (found.media, found.issuer) == (PHOTO, "Công an tỉnh Hòa An")
    assert "<b>Nguyễn Du</b>" in found.html
    assert "Gửi duyệt" in [button.label for button in minh.buttons]


async def test_an_album_pasted_elsewhere_is_taken_too(minh: Phone) -> None:
    await minh.sends_album(*map(photo, range(MOST_IN_ALBUM)), captions=[POST])
    await minh.presses("Soạn thông báo")
    assert len((await content_of(minh.club, 1)).album) == MOST_IN_ALBUM


async def test_what_an_announcement_cannot_take_of_a_pasted_album_is_said(minh: Phone) -> None:
    await minh.sends_album(photo(1), photo(2), FILE, captions=[POST])
    await minh.presses("Soạn thông báo")
    assert any("Có tệp chưa dùng được" in message.text for message in minh.messages.values())
    assert (await content_of(minh.club, 1)).album == (photo(1), photo(2))


async def test_pasted_documents_without_a_word_are_turned_away(minh: Phone) -> None:
    await minh.sends_album(FILE, FILE)
    await minh.presses("Soạn thông báo")
    assert "chỉ nhận ảnh và video" in minh.toasts[-1]


async def test_a_button_for_a_text_that_is_no_longer_there_asks_for_it(minh: Phone) -> None:
    await minh.says(POST)
    await minh.opens("/huy", "Soạn thông báo")
    assert "nguyên văn thông báo" in minh.last


async def test_several_drafts_lie_side_by_side_and_survive_what_is_done_between(
    minh: Phone,
) -> None:
    for title in ("Một", "Hai"):
        await minh.says("/soan", f"{title}\nNội dung")
        await minh.says("/choxuly")
    await begin_stepwise(minh)
    await minh.says("Ba")
    await minh.says("/soan")
    assert [b.label for b in minh.buttons][:3] == ["✏️ N3 · Ba", "✏️ N2 · Hai", "✏️ N1 · Một"]
    await minh.presses("Một")
    assert "phát hành" in minh.last
    await minh.opens("/soan", "Ba")
    assert "Bước 2/" in minh.last


async def test_an_old_announcement_is_the_beginning_of_a_new_one_without_its_times(
    club: ClubInATest, minh: Phone
) -> None:
    number = await publish(club)
    await minh.opens("/soan", "Từ thông báo cũ", VOTING_DAY.title[:10])
    assert f"Đã chép từ thông báo số {number}" in "".join(m.text for m in minh.messages.values())
    found = await content_of(club, number + 1)
    assert (found.title, found.html, found.source_url) == (
        VOTING_DAY.title,
        VOTING_DAY.html,
        VOTING_DAY.source_url,
    )
    assert (found.valid_until, found.send_at, found.repeat) == (None, None, None)
    await submit_card(minh)
    assert await state_of(club, number + 1) is AnnouncementState.AWAITING_APPROVAL
    assert await content_of(club, number) == VOTING_DAY


@pytest.mark.parametrize("action", ["compose-from:99", "compose-from:1", "compose-from"])
async def test_what_was_not_sent_is_no_beginning(minh: Phone, action: str) -> None:
    await compose_draft(minh)
    await minh.presses_action(action)
    assert minh.toasts
    assert await newest_number(minh.club) == 1


async def test_no_way_back_leads_to_a_preview_that_is_too_long_to_be_sent(minh: Phone) -> None:
    await minh.says("/soan", "x x " + "x" * (TEXT_LIMIT - 4))
    await minh.presses_action("compose-edit:1:title")
    await minh.presses("Quay lại")
    assert "Dài quá" in minh.last
    assert all(visible_length(message.text) <= TEXT_LIMIT for message in minh.messages.values())


async def test_what_is_still_missing_is_measured_with_a_text_as_long_as_fits(minh: Phone) -> None:
    """The preview marks it, and members' copies will have it."""
    for characters in range(TEXT_LIMIT - 80, TEXT_LIMIT, 8):
        await minh.says("/soan", "x x " + "x" * (characters - 4))
        await minh.presses_action(f"compose-card:{await newest_number(minh.club)}")
    assert all(visible_length(message.text) <= TEXT_LIMIT for message in minh.messages.values())


async def test_an_announcement_is_composed_with_numbers_on_zalo(club: ClubInATest) -> None:
    ngoc = await club.member("Ngọc", messenger="zalo")
    await ngoc.becomes(role=Role.OFFICER)
    await ngoc.says("/soan", POST, "1")
    assert "người ứng cử" in ngoc.last
    club.clock.advance(seconds=5)
    await ngoc.says("1")
    assert "Đã gửi duyệt" in ngoc.last
    assert await state_of(club, 1) is AnnouncementState.AWAITING_APPROVAL


async def test_members_compose_nothing(lan: Phone) -> None:
    for action in (
        "compose-new",
        "compose-old",
        "compose-from:1",
        "flag-compose",
        "compose-card:1",
    ):
        await lan.presses_action(action)
    assert len(lan.toasts) == 5


def test_a_draft_without_a_word_equals_an_empty_content() -> None:
    assert Content(is_stepwise=True, answered=("title",)).without_marks() == Content()
