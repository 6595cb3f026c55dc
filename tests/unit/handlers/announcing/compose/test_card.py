"""The card: every field with its value; pressing one asks its question and leads back."""

import pytest

from bot.zalo.plain_text import as_text
from handlers.messages import Media, MediaKind
from handlers.recognition.plain_text import visible
from handlers.views.announcement import TEXT_LIMIT
from storage.models import AnnouncementState
from tests.support import (
    TEXT,
    TITLE,
    ClubInATest,
    Phone,
    compose_draft,
    content_of,
    open_first_waiting,
    state_of,
    submit_draft,
)
from tests.support.announcements.officer_actions import SOURCE

POST = f"Cấm xe\nCông an tỉnh Hòa An cấm xe ở Huyện Sông Ngọc.\nNguồn: {SOURCE}"


def labels(phone: Phone) -> list[str]:
    return [button.label for button in phone.buttons]


@pytest.fixture
async def author(club: ClubInATest, minh: Phone) -> Phone:
    """Minh, who sees the card of a whole text; the club has seven members."""
    for number in range(6):
        await club.member(f"Hội viên {number}")
    await minh.says("/soan", POST)
    return minh


async def test_the_card_names_every_field_with_its_value(author: Phone) -> None:
    assert labels(author)[0] == "Gửi duyệt"
    for label in (
        "Tiêu đề: Cấm xe",
        "Nội dung: Công an tỉnh Hòa An cấm…",
        "Ý chính: không có",
        "Ảnh, video, tệp: không có",
        "Nơi phát hành: Công an tỉnh Hòa An",
        "Nguồn kiểm chứng: hoaan.gov.vn",
        "Có hiệu lực đến: không có",
        "Mức khẩn: Không",
        "Tiêu đề tiếng Anh: không có",
        "Người nhận: 7 người",
        "Giờ gửi: ngay khi duyệt",
    ):
        assert label in labels(author)
    fields = [
        row
        for row in next(reversed(author.messages.values())).rows
        if "compose-edit" in row[0].action
    ]
    assert all(len(row) <= 2 for row in fields)


async def test_a_field_shows_its_present_value_to_copy_and_comes_back_to_the_card(
    author: Phone,
) -> None:
    await author.presses("Tiêu đề:")
    assert "<pre>Cấm xe</pre>" in author.last
    assert [button.copy for button in author.buttons if button.copy] == ["Cấm xe"]
    assert as_text(next(reversed(author.messages.values()))).to_copy == ("Cấm xe",)
    assert "Bước" not in author.last
    await author.presses("Quay lại")
    assert labels(author)[0] == "Gửi duyệt"
    await author.presses("Tiêu đề:")
    await author.says("Cấm xe quanh chợ")
    assert "Tiêu đề: Cấm xe quanh chợ" in labels(author)


@pytest.mark.parametrize(("length", "has_button"), [(256, True), (257, False)])
async def test_a_value_is_copied_by_a_button_as_far_as_telegram_lets_it(
    author: Phone, length: int, has_button: bool
) -> None:
    await author.presses("Nội dung:")
    await author.says("a a " + "a" * (length - 4))
    await author.presses("Nội dung:")
    assert any(button.copy for button in author.buttons) is has_button
    assert "a a " + "a" * (length - 4) in author.last


@pytest.mark.parametrize(("length", "alone"), [(2_500, False), (2_501, True)])
async def test_a_value_too_long_for_its_question_is_a_message_of_its_own(
    author: Phone, length: int, alone: bool
) -> None:
    await author.presses("Nội dung:")
    await author.says("a a " + "a" * (length - 4))
    await author.presses("Nội dung:")
    values = [m.text for m in author.messages.values() if m.text.startswith("<pre>")]
    assert values == ([f"<pre>a a {'a' * (length - 4)}</pre>"] if alone else [])
    assert all(len(visible(m.text)) <= TEXT_LIMIT for m in author.messages.values())


async def test_a_text_that_no_message_holds_is_not_shown_when_it_is_to_be_shortened(
    author: Phone,
) -> None:
    await author.presses("Nội dung:")
    await author.says("a a " + "a" * (TEXT_LIMIT - 3))
    assert "Dài quá" in author.last
    await author.presses("Nội dung")
    assert all(len(visible(m.text)) <= TEXT_LIMIT for m in author.messages.values())
    await author.says("Nay ngắn hơn.")
    assert labels(author)[0] == "Gửi duyệt"


async def test_a_time_on_the_card_can_be_typed_as_it_stands(author: Phone) -> None:
    await author.presses("Có hiệu lực đến")
    await author.says("15/3 19:00")
    before = await content_of(author.club, 1)
    await author.presses("Có hiệu lực đến: 19:00 15/3/2026")
    (copied,) = [button.copy for button in author.buttons if button.copy]
    await author.says(copied)
    assert await content_of(author.club, 1) == before


async def test_what_is_given_up_is_gone_from_the_card(author: Phone) -> None:
    await author.presses("Có hiệu lực đến")
    await author.says("15/3 19:00")
    await author.presses("Có hiệu lực đến:", "Bỏ mục này")
    assert "Có hiệu lực đến: không có" in labels(author)


async def test_an_area_that_the_text_names_is_offered_and_takes_a_tap(
    club: ClubInATest, author: Phone
) -> None:
    assert (await content_of(club, 1)).areas == ()
    await author.presses("📍 Chỉ gửi Huyện Sông Ngọc")
    assert (await content_of(club, 1)).areas == ("song-ngoc",)
    assert not any("Chỉ gửi" in label for label in labels(author))


@pytest.mark.parametrize("action", ["compose-area:1:1:99", "compose-area:1:1", "compose-area:1"])
async def test_a_forged_area_narrows_nothing(author: Phone, action: str) -> None:
    await author.presses_action(action)
    assert author.toasts
    assert (await content_of(author.club, 1)).areas == ()


async def test_leaving_areas_half_chosen_leads_back_to_the_card(author: Phone) -> None:
    await author.presses("Người nhận", "Thị xã Hòa An", "Quay lại")
    assert labels(author)[0] == "Gửi duyệt"


async def test_english_is_a_title_and_then_a_text(author: Phone) -> None:
    await author.presses("Tiêu đề tiếng Anh")
    await author.says("No cars")
    assert "nội dung tiếng Anh" in author.last
    await author.presses("Quay lại")
    assert "Còn thiếu: <b>Nội dung tiếng Anh</b>" in author.last
    assert "Gửi duyệt" not in labels(author)
    await author.presses("❗ Nội dung tiếng Anh")
    await author.says("No cars today.")
    assert labels(author)[0] == "Gửi duyệt"


async def test_a_time_of_sending_offers_to_repeat(author: Phone) -> None:
    await author.presses("Giờ gửi")
    await author.says("19h30")
    assert "Lặp lại: một lần" in labels(author)
    await author.presses("Lặp lại", "Hằng ngày")
    assert "có hiệu lực đến khi nào" in author.last
    await author.says("12/3", "14/3")
    assert "Lặp lại: hằng ngày" in labels(author)


async def test_step_by_step_ends_in_the_same_card(minh: Phone) -> None:
    await compose_draft(minh)
    assert f"Tiêu đề: {TITLE}" in labels(minh)
    assert labels(minh)[0] == "Gửi duyệt"


async def test_a_picture_is_shown_on_the_card(author: Phone) -> None:
    await author.presses("Ảnh, video, tệp")
    await author.sends(Media(MediaKind.PHOTO, file="p"))
    assert "Ảnh, video, tệp: ảnh" in labels(author)


# --- what the approver sees


async def test_the_approver_reads_who_wrote_it(minh: Phone, hanh: Phone) -> None:
    await submit_draft(minh)
    await open_first_waiting(hanh)
    assert "Người soạn: <b>Minh</b>" in hanh.last
    assert "Thay đổi" not in hanh.last


async def test_the_approver_of_a_second_version_reads_what_changed_since_the_first(
    minh: Phone, hanh: Phone
) -> None:
    await submit_draft(minh)
    await minh.presses("Xem", "Rút lại", "Nội dung:")
    await minh.says(TEXT.replace("căn cước", "hộ chiếu"))
    await minh.presses("Nguồn kiểm chứng")
    await minh.says("199/2025/QH15")
    await minh.presses("Mức khẩn", "Có", "Gửi duyệt", "Không")
    await open_first_waiting(hanh)
    assert "Nội dung: cử tri và <s>căn cước</s> <b>hộ chiếu</b> đến nơi bỏ" in hanh.last
    assert "Nguồn kiểm chứng: hoaan.gov.vn → 199/2025/QH15" in hanh.last
    assert "Mức khẩn: Không → Có" in hanh.last
    assert "Tiêu đề:" not in hanh.last
    assert await state_of(minh.club, 1) is AnnouncementState.AWAITING_APPROVAL


async def test_another_link_behind_the_same_words_is_named_a_change(
    minh: Phone, hanh: Phone
) -> None:
    await submit_draft(minh)
    await minh.presses("Xem", "Rút lại", "Nội dung:")
    await minh.says(TEXT, html=f"<b>{TEXT}</b>")
    await minh.presses("Gửi duyệt", "Không")
    await open_first_waiting(hanh)
    assert "Nội dung: đã đổi tệp, định dạng hoặc liên kết" in hanh.last


async def test_the_author_is_not_told_what_they_changed(minh: Phone) -> None:
    await submit_draft(minh)
    await minh.presses("Xem")
    assert "Người soạn" not in minh.last
