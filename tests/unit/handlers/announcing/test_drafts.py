"""Drafts: they wait, they are their author's alone, and no old or forged button harms them."""

from handlers.messages import Media, MediaKind
from handlers.views.announcement import CAMPAIGN_DENIED
from storage.models import AnnouncementState
from tests.support import (
    TITLE,
    ClubInATest,
    Phone,
    answer_questions,
    begin_stepwise,
    compose_draft,
    content_of,
    newest_number,
    state_of,
)

PHOTO = Media(MediaKind.PHOTO, file="photo-1", unique="u1")

OFFICERS_BUTTONS = (
    "compose-new",
    "compose-edit:1:title",
    "draft-submit:1:1",
    "approval-give:1:1",
    "approval-see:1",
    "approval-reopen:1:1",
)
FORGED = (
    "compose-edit:1:nonsense",
    "compose-edit:1",
    "compose-edit:1:english-text",
    "compose-edit:99:title",
    "compose-pick:1:title:x",
    "compose-keep:x:title",
    "approval-give:-1:1",
    "approval-see:99999999999",
)


async def test_an_unfinished_draft_waits_and_can_be_gone_on_with(minh: Phone) -> None:
    await answer_questions(minh, upto="source")
    await minh.says("/huy")
    await minh.opens("/soan", TITLE)
    assert "Bước 6/" in minh.last


async def test_a_new_announcement_leaves_the_old_draft_alone(minh: Phone) -> None:
    await answer_questions(minh, upto="source")
    await minh.opens("/compose", "Từng bước")
    await minh.says("Khác")
    assert (await content_of(minh.club, 1)).title == TITLE
    assert (await content_of(minh.club, 2)).title == "Khác"


async def test_a_draft_without_a_word_is_used_again(minh: Phone) -> None:
    await begin_stepwise(minh)
    await begin_stepwise(minh)
    assert await newest_number(minh.club) == 1


async def test_a_draft_is_thrown_away_only_after_a_second_question(minh: Phone) -> None:
    await compose_draft(minh)
    await minh.presses("Bỏ bản này")
    assert await state_of(minh.club, 1) is AnnouncementState.DRAFT
    await minh.presses("Bỏ hẳn")
    assert await state_of(minh.club, 1) is AnnouncementState.WITHDRAWN
    await begin_stepwise(minh)
    assert "Bước 1/" in minh.last


async def test_another_officer_cannot_touch_or_read_a_draft(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await compose_draft(minh)
    for action in ("compose-edit:1:title", "draft-submit:1:1", "draft-discard-sure:1:1"):
        await hanh.presses_action(action)
        assert "Chỉ người soạn" in hanh.toasts[-1]
    await hanh.presses_action("approval-see:1")
    assert not hanh.messages
    assert await state_of(club, 1) is AnnouncementState.DRAFT


async def test_members_cannot_press_what_is_for_officers(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    await compose_draft(minh)
    for action in OFFICERS_BUTTONS:
        await lan.presses_action(action)
        assert "dành cho người khác" in lan.toasts.pop()
    assert not lan.messages
    assert await state_of(club, 1) is AnnouncementState.DRAFT


async def test_a_forged_button_does_no_harm(minh: Phone) -> None:
    await compose_draft(minh)
    before = await content_of(minh.club, 1)
    for action in FORGED:
        await minh.presses_action(action)
        assert minh.toasts.pop()
    assert await content_of(minh.club, 1) == before


async def test_a_button_of_an_earlier_question_changes_nothing(minh: Phone) -> None:
    await answer_questions(minh, upto="issuer")
    await minh.presses_action("compose-skip:1:media")
    await minh.presses_action("compose-pick:1:issuer:99")
    await minh.presses_action("compose-pick:1:issuer")
    assert "Câu hỏi này đã qua" in minh.toasts[0]
    assert (await content_of(minh.club, 1)).issuer == ""


async def test_what_is_required_cannot_be_left_out(minh: Phone) -> None:
    await compose_draft(minh)
    await minh.presses_action("compose-edit:1:title")
    await minh.presses_action("compose-skip:1:title")
    assert "không còn dùng được" in minh.toasts[-1]
    assert (await content_of(minh.club, 1)).title == TITLE


async def test_the_question_about_campaigning_cannot_be_passed_over(minh: Phone) -> None:
    await compose_draft(minh)
    for way in ("keep", "skip", "pick"):
        await minh.presses_action(f"compose-{way}:1:campaign")
    await minh.presses_action("campaign-no:1:1")
    assert len(minh.toasts) == 4
    assert CAMPAIGN_DENIED not in (await content_of(minh.club, 1)).answered


async def test_without_a_source_there_is_no_way_on(minh: Phone) -> None:
    await answer_questions(minh, upto="source")
    await minh.says("theo nguồn tin đáng tin cậy")
    await minh.presses_action("compose-skip:1:source")
    await minh.presses_action("compose-keep:1:source")
    await minh.presses_action("draft-submit:1:1")
    assert "Bước 6/" in minh.last
    assert await state_of(minh.club, 1) is AnnouncementState.DRAFT
