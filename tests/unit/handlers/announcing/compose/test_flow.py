"""Composing: an officer who has never seen the bot sends a correct announcement at the first try."""

from datetime import UTC, datetime

import pytest

from handlers.conversation.i18n import Speech
from handlers.messages import Media, MediaKind
from handlers.recognition.plain_text import visible_length
from handlers.views.announcement import CAPTION_LIMIT, TEXT_LIMIT, Content, member_copy
from storage.announcements.references import Reference
from storage.models import AnnouncementState
from tests.support import (
    SETTINGS,
    TEXT,
    TITLE,
    ClubInATest,
    Phone,
    answer_questions,
    begin_stepwise,
    compose_draft,
    content_of,
    messages_of,
    state_of,
    submit_draft,
)
from tests.support.announcements.officer_actions import SOURCE

PHOTO = Media(MediaKind.PHOTO, file="photo-1", unique="u1")


async def test_no_question_has_an_empty_row_of_buttons(minh: Phone) -> None:
    await answer_questions(minh)
    assert all(row for message in minh.messages.values() for row in message.rows)


async def test_every_step_says_how_far_one_is(minh: Phone) -> None:
    await begin_stepwise(minh)
    assert "Bước 1/11" in minh.last
    await minh.says(TITLE)
    assert "Bước 2/11" in minh.last


async def test_a_whole_announcement_ends_in_the_copy_members_will_get(minh: Phone) -> None:
    _, copy, control = messages_of(await answer_questions(minh))
    expected = member_copy(
        await content_of(minh.club, 1), Reference(1), Speech("vi", SETTINGS.timezone)
    )
    assert copy.text == expected.text
    assert [b.label for row in copy.rows for b in row] == [
        b.label for row in expected.rows for b in row
    ]
    assert "hoaan.gov.vn" in control.text


async def test_the_preview_says_how_many_people_will_get_it_and_where(
    club: ClubInATest, minh: Phone
) -> None:
    for number in range(5):
        await club.member(f"Lan {number}", area="song-ngoc")
    await club.member("Hoa", area="thi-xa")
    await club.member("Kín", area="song-ngoc", purposes=())
    await answer_questions(minh, upto="areas")
    await minh.presses("Thị xã Hòa An")
    assert "dưới 5 người" in minh.last
    await minh.presses("✓ Thị xã Hòa An", "Huyện Sông Ngọc")
    assert "<b>5 người" in minh.last
    await minh.presses("Xong", "Gửi ngay")
    assert "<b>5 người" in minh.last
    assert "Huyện Sông Ngọc" in minh.last


async def test_an_area_chosen_twice_is_not_chosen(minh: Phone) -> None:
    await answer_questions(minh, upto="areas")
    await minh.presses("Huyện Sông Ngọc", "✓ Huyện Sông Ngọc")
    assert (await content_of(minh.club, 1)).areas == ()


async def test_the_buttons_of_a_preview_do_nothing_but_say_so(minh: Phone) -> None:
    await compose_draft(minh)
    await minh.presses("Tôi đã chia sẻ")
    assert "xem trước" in minh.toasts[-1]


async def test_formatting_of_the_text_is_kept(minh: Phone) -> None:
    await answer_questions(minh, upto="text")
    await minh.says("Mang thẻ cử tri", html="Mang <b>thẻ cử tri</b>")
    assert (await content_of(minh.club, 1)).html == "Mang <b>thẻ cử tri</b>"


@pytest.mark.parametrize(("question", "title"), [("text", ()), ("english", ("Election day",))])
async def test_a_body_of_less_than_three_words_is_refused(
    minh: Phone, question: str, title: tuple[str, ...]
) -> None:
    await answer_questions(minh, upto=question)
    await minh.says(*title, "1")
    assert "ít nhất 3 từ" in minh.last
    content = await content_of(minh.club, 1)
    assert "1" not in (content.html, content.html_en)
    await minh.says("Mang thẻ cử")
    content = await content_of(minh.club, 1)
    assert "Mang thẻ cử" in (content.html, content.html_en)


async def test_both_languages_are_previewed_when_there_is_english(minh: Phone) -> None:
    await answer_questions(minh, upto="english")
    await minh.says("Election day")
    assert "/12" in minh.last
    await minh.says("Bring your voter card.")
    answer = await minh.presses("Xong", "Gửi ngay")
    assert "Bring your voter card." in messages_of(answer)[2].text


async def test_a_title_of_200_characters_fits_and_of_201_does_not(minh: Phone) -> None:
    await begin_stepwise(minh)
    await minh.says("ă" * 201)
    assert "1 ký tự" in minh.last
    await minh.says("ă" * 200)
    assert "Bước 2/" in minh.last


async def test_facts_come_line_by_line_or_message_by_message_but_three_at_most(
    minh: Phone,
) -> None:
    await answer_questions(minh, upto="facts")
    await minh.says("• Từ 7:00\n- Đến 19:00")
    assert "2/3" in minh.last
    await minh.says("Một\nHai")
    assert "Tối đa 3" in minh.last
    await minh.says("Mang căn cước")
    assert "Bước 4/" in minh.last
    assert (await content_of(minh.club, 1)).facts == ("Từ 7:00", "Đến 19:00", "Mang căn cước")


async def test_facts_given_again_replace_the_old_ones(minh: Phone) -> None:
    await compose_draft(minh)
    await _edit(minh, "Ý chính")
    await minh.says("Một")
    await minh.presses("Xong")
    await _edit(minh, "Ý chính")
    await minh.says("Hai")
    assert (await content_of(minh.club, 1)).facts == ("Hai",)


async def test_a_voice_message_is_no_picture(minh: Phone) -> None:
    await answer_questions(minh, upto="media")
    await minh.sends(Media(MediaKind.VOICE, file="v"))
    assert "cần ảnh, video hoặc một tệp" in minh.last


@pytest.mark.parametrize(
    "typed", ["199/2025/QH15", "https://hoaan.gov.vn", "hoaan.gov.vn/bau-cu, 12/TB-UBND."]
)
async def test_a_document_or_a_link_is_no_issuer(minh: Phone, typed: str) -> None:
    await answer_questions(minh, upto="issuer")
    await minh.says(typed)
    assert "tên nơi phát hành" in minh.last
    assert (await content_of(minh.club, 1)).issuer == ""
    await minh.says(f"Quốc hội, {typed}")
    assert (await content_of(minh.club, 1)).issuer == f"Quốc hội, {typed}"


async def test_an_issuer_can_be_typed(minh: Phone) -> None:
    await compose_draft(minh, issuer="Sở Y tế tỉnh Hòa An")
    assert (await content_of(minh.club, 1)).issuer == "Sở Y tế tỉnh Hòa An"


async def test_a_day_alone_ends_at_its_end_and_is_shown_back_in_full(minh: Phone) -> None:
    await answer_questions(minh, upto="until")
    await minh.says("15/3")
    assert "23:59, Chủ Nhật 15/3/2026" in minh.last
    expected = datetime(2026, 3, 15, 16, 59, tzinfo=UTC)
    assert (await content_of(minh.club, 1)).valid_until == expected


async def test_the_time_of_sending_is_shown_back_in_full(minh: Phone) -> None:
    await answer_questions(minh, upto="when")
    await minh.says("19h30 mai")
    assert "19:30, Thứ Tư 11/3/2026" in minh.last


async def test_a_time_that_is_unclear_or_over_says_how_to_write_it(minh: Phone) -> None:
    await answer_questions(minh, upto="when")
    for written in ("hôm nào đó", "8h", "30/2 7:00", "mai", "thu hai toi 8h"):
        await minh.says(written)
        assert "15/3 7:00" in minh.last or "8h thứ Hai" in minh.last


async def test_it_cannot_be_sent_after_it_is_over(minh: Phone) -> None:
    await answer_questions(minh, until="12/3 8:00", when="12/3 8:00")
    assert "hết hiệu lực" in minh.last
    await minh.says("12/3 7:59")
    assert "lặp lại" in minh.last


async def test_one_can_go_back_and_what_was_answered_stays(minh: Phone) -> None:
    await answer_questions(minh, upto="facts")
    await minh.presses("Quay lại")
    assert "Bước 2/" in minh.last
    await minh.presses("Quay lại")
    await minh.says("Tiêu đề khác")
    assert "Bước 3/" in minh.last
    found = await content_of(minh.club, 1)
    assert (found.title, found.html) == ("Tiêu đề khác", TEXT)


async def test_one_answer_is_edited_from_the_preview_and_leads_back_to_it(minh: Phone) -> None:
    await compose_draft(minh)
    await _edit(minh, "Nơi phát hành")
    await minh.says("Công an tỉnh Hòa An")
    assert "Thông báo số N1" in minh.last
    assert "Gửi duyệt" in minh.labels


@pytest.mark.parametrize("field", ["Tiêu đề", "Nội dung"])
async def test_after_a_change_of_wording_campaigning_is_asked_about_again(
    minh: Phone, field: str
) -> None:
    await submit_draft(minh)
    await minh.presses("Xem", "Rút lại")
    await _edit(minh, field)
    await minh.says("Mấy chữ mới")
    await minh.presses("Gửi duyệt")
    assert "người ứng cử" in minh.last
    await minh.presses("Không")
    assert await state_of(minh.club, 1) is AnnouncementState.AWAITING_APPROVAL


@pytest.mark.parametrize(("field", "typed"), [("Nguồn", "199/2025/QH15"), ("Tiêu đề", TITLE)])
async def test_while_the_wording_stays_campaigning_is_asked_about_once(
    minh: Phone, field: str, typed: str
) -> None:
    await submit_draft(minh)
    await minh.presses("Xem", "Rút lại")
    await _edit(minh, field)
    await minh.says(typed)
    await minh.presses("Gửi duyệt")
    assert "Đã gửi duyệt" in minh.last


async def test_a_no_to_an_earlier_wording_submits_nothing(minh: Phone) -> None:
    await compose_draft(minh)
    await minh.presses("Gửi duyệt", "Quay lại")
    await _edit(minh, "Tiêu đề")
    await minh.says("Bầu cho ông A")
    await minh.presses_action("campaign-no:1:1")
    assert "Câu hỏi này đã qua" in minh.toasts[-1]
    assert await state_of(minh.club, 1) is AnnouncementState.DRAFT


async def test_an_announcement_that_campaigns_is_refused(minh: Phone) -> None:
    await compose_draft(minh)
    await minh.presses("Gửi duyệt", "Có")
    assert "không vận động" in minh.last
    await minh.presses_action("draft-submit:1:1")
    assert await state_of(minh.club, 1) is AnnouncementState.DRAFT


@pytest.mark.parametrize("typed", ["có", "Co", "YES"])
async def test_a_typed_yes_to_campaigning_is_refused_like_a_tapped_one(
    minh: Phone, typed: str
) -> None:
    await compose_draft(minh)
    await minh.presses("Gửi duyệt")
    await minh.says(typed)
    assert "không vận động" in minh.last
    await minh.presses_action("draft-submit:1:1")
    assert await state_of(minh.club, 1) is AnnouncementState.DRAFT


@pytest.mark.parametrize(
    ("typed", "urgent"),
    [("có", True), ("co", True), ("Yes", True), ("không", False), ("no", False)],
)
async def test_yes_and_no_can_be_typed(minh: Phone, typed: str, *, urgent: bool) -> None:
    await answer_questions(minh, urgent=typed)
    assert (await content_of(minh.club, 1)).urgent is urgent
    await minh.presses("Gửi duyệt")
    await minh.says("khong")
    assert "Đã gửi duyệt" in minh.last


async def test_what_is_neither_yes_nor_no_asks_for_a_button(minh: Phone) -> None:
    await compose_draft(minh)
    await minh.presses("Gửi duyệt")
    await minh.says("có lẽ")
    assert "chọn một mục ngay dưới câu hỏi" in minh.last


async def test_who_says_later_that_it_campaigns_is_refused_too(minh: Phone) -> None:
    await submit_draft(minh)
    await minh.presses("Xem", "Rút lại")
    await _edit(minh, "Nội dung")
    await minh.says("Bầu cho ông A")
    await minh.presses("Gửi duyệt", "Có")
    await minh.presses_action("draft-submit:1:2")
    assert "người ứng cử" in minh.last
    assert await state_of(minh.club, 1) is AnnouncementState.DRAFT


LONGEST = Reference(1, 999_999)


def _room(limit: int, *, media: bool) -> int:
    """How long a text of the standard announcement may be, before its issuer and source.

    There is room for a number of five digits and a letter, since it is given later.
    """
    copy = member_copy(
        Content(title=TITLE, media=PHOTO if media else None),
        LONGEST,
        Speech("vi", SETTINGS.timezone),
    )
    english = member_copy(Content(title=TITLE), LONGEST, Speech("en", SETTINGS.timezone))
    return limit - max(visible_length(copy.text), visible_length(english.text))


def _body(characters: int) -> str:
    """A text of three words and this length."""
    return "b b " + "b" * (characters - 4)


async def test_a_text_that_just_fits_is_taken_and_one_character_more_is_named(minh: Phone) -> None:
    room = _room(TEXT_LIMIT, media=False)
    await answer_questions(minh, upto="text")
    one_more = _body(room + 1)
    await minh.says(one_more, html=f"<b>{one_more}</b>")
    assert "<b>1</b> ký tự" in minh.last
    await minh.says(_body(room), html=f"<b>{_body(room)}</b>")
    assert "Bước 3/" in minh.last


async def test_a_text_too_long_for_its_picture_can_be_shortened(minh: Phone) -> None:
    room = _room(CAPTION_LIMIT, media=True)
    text = _body(4) + "😀" * (room // 2 - 2) + "b" * (room % 2 + 1)
    await answer_questions(minh, upto="media", text=text)
    await minh.sends(PHOTO)
    assert "<b>1</b> ký tự" in minh.last
    await minh.says(_body(room))
    assert "Bước 5/" in minh.last
    assert (await content_of(minh.club, 1)).media == PHOTO


async def test_or_the_picture_can_be_dropped(minh: Phone) -> None:
    await answer_questions(minh, upto="media", text=_body(CAPTION_LIMIT))
    await minh.sends(PHOTO)
    await minh.presses("Bỏ ảnh")
    assert "Bước 5/" in minh.last
    assert (await content_of(minh.club, 1)).media is None


async def test_the_source_is_what_was_typed(minh: Phone) -> None:
    await compose_draft(minh, source=f"199/2025/QH15 {SOURCE}")
    found = await content_of(minh.club, 1)
    assert (found.source_url, found.source_ref) == (SOURCE, "199/2025/QH15")


async def _edit(officer: Phone, field: str) -> None:
    await officer.presses(field)
