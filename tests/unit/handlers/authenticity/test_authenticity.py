"""A text in the club's name is said to be genuine, outdated, changed or a quote, to whoever may know."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlmodel import select

from handlers.announcing.correction.recall import instead_of_copy
from handlers.authenticity import record, wordings
from handlers.authenticity.answers import deviation_lines
from handlers.authenticity.look_up import ReceivedMessage
from handlers.conversation.i18n import Speech
from handlers.deciding import reminders
from handlers.flagging.post import unpack
from handlers.recognition.official_copy import CopyKind, Deviation, compare
from handlers.recognition.plain_text import plain, visible
from handlers.views.announcement import Content, member_copy
from handlers.views.announcement import pack as pack_content
from storage.announcements import announcements
from storage.cases import posts
from storage.models import AnnouncementState, AuditEntry, Category, DeliveryState, Rating, Verdict
from tests.support import (
    SETTINGS,
    VOTING_DAY,
    ClubInATest,
    Phone,
    correct,
    publish_copies,
    publish_to,
    submit_draft,
    the_case,
)
from tests.support.all_rows import all_rows
from tests.support.announcements.records import numbered

NO_FEE = replace(
    VOTING_DAY,
    title="Cấp lại thẻ cử tri",
    html="Cử tri mất thẻ đến Ủy ban xã để được cấp lại. <b>Không phải nộp phí.</b>\n"
    "Mang theo căn cước, đến từ 7h30 ngày 12/3/2026. Hỏi thêm: gọi 1900 1234.",
    facts=(),
)
FORGED = (
    "Cấp lại thẻ cử tri\nCử tri mất thẻ đến Ủy ban xã để được cấp lại. "
    "Phải nộp phí 200.000đ vào tài khoản 9704123456789.\n"
    "Mang theo căn cước, đến từ 7h30 ngày 12/3/2026. Hỏi thêm: gọi 1900 1234."
)


@pytest.fixture
async def lan(club: ClubInATest) -> Phone:
    return await club.member("Lan")


@pytest.fixture
async def minh(club: ClubInATest) -> Phone:
    return await club.officer("Minh")


def copy_of(club: ClubInATest, content: Content, number: int, language: str = "vi") -> str:
    """The text of a copy as people forward it."""
    return visible(
        member_copy(content, numbered(number), Speech(language, club.settings.timezone)).text
    )


async def test_a_forwarded_announcement_is_genuine(club: ClubInATest, lan: Phone) -> None:
    number = await publish_to(club, [lan], NO_FEE)
    await lan.says(copy_of(club, NO_FEE, number), forwarded=True)
    assert "Thật." in lan.last
    assert f"thông báo số {number}" in lan.last
    assert "Vẫn còn hiệu lực" in lan.last
    assert "https://hoaan.example/bau-cu" in lan.last
    assert "10/3/2026" in lan.last


async def test_a_stranger_reads_genuine_for_a_shared_announcement(club: ClubInATest) -> None:
    number = await publish_to(club, [], NO_FEE)
    stranger = club.stranger("Ai đó")
    await stranger.says(plain(copy_of(club, NO_FEE, number)))
    assert "Thật." in stranger.last
    english = club.stranger("Somebody", language="en")
    await english.says(copy_of(club, NO_FEE, number))
    assert "Genuine." in english.last


async def test_an_officers_only_announcement_is_confirmed_to_whoever_got_it_only(
    club: ClubInATest, lan: Phone, minh: Phone
) -> None:
    secret = replace(NO_FEE, officers_only=True)
    text = copy_of(club, secret, await publish_to(club, [minh], secret))
    stranger = club.stranger("Ai đó")
    await stranger.says(text)
    assert "chỉ dành cho hội viên" in stranger.last or "Thật" not in stranger.last
    assert "thông báo số" not in stranger.last
    await stranger.says(FORGED)
    assert "thông báo số" not in stranger.last
    await lan.says(text, forwarded=True)
    assert "thông báo số" not in lan.last
    await minh.says(text, forwarded=True)
    assert "Thật." in minh.last


async def test_a_draft_and_what_waits_are_not_confirmed(
    club: ClubInATest, lan: Phone, minh: Phone
) -> None:
    await submit_draft(minh)
    await lan.says(
        "Ngày bầu cử 15/3\nCử tri mang thẻ cử tri và căn cước đến nơi bỏ phiếu.", forwarded=True
    )
    assert "thông báo số" not in lan.last


async def test_a_part_is_a_quote_shown_with_the_whole(club: ClubInATest, lan: Phone) -> None:
    await publish_to(club, [lan], NO_FEE)
    await lan.says("Mang theo căn cước, đến từ 7h30 ngày 12/3/2026.", forwarded=True)
    first, whole = list(lan.messages.values())[-2:]
    assert "Trích đúng" in first.text
    assert "Không phải nộp phí" in whole.text


async def test_a_corrected_wording_is_outdated_and_what_holds_is_shown(
    club: ClubInATest, lan: Phone, minh: Phone
) -> None:
    hanh = await club.officer("Hạnh")
    number = await publish_copies(club, [(lan, DeliveryState.SENT)], NO_FEE)
    await lan.says(copy_of(club, NO_FEE, number), forwarded=True)
    assert "Thật." in lan.last
    await correct(minh, hanh, number, "Cử tri mất thẻ đến Ủy ban huyện từ 8h ngày 13/3/2026.")
    await lan.says(copy_of(club, NO_FEE, number), forwarded=True)
    first, current = list(lan.messages.values())[-2:]
    assert "Bản cũ" in first.text
    assert "Ủy ban huyện" in current.text
    await lan.says(visible(current.text), forwarded=True)
    assert "Thật." in lan.last


async def test_a_recalled_announcement_is_said_to_be_recalled(
    club: ClubInATest, lan: Phone, minh: Phone
) -> None:
    number = await publish_copies(club, [(lan, DeliveryState.SENT)], NO_FEE)
    await minh.opens(f"/thuhoi {number}", "Sai ngày", "Thu hồi ngay")
    await lan.says(copy_of(club, NO_FEE, number), forwarded=True)
    assert "Đã thu hồi" in lan.last
    recalled = instead_of_copy(
        NO_FEE, numbered(number), "recalling-why-time", Speech("vi", SETTINGS.timezone)
    )
    await lan.says(visible(recalled.text), forwarded=True)
    assert "Thật." in lan.last


async def test_a_changed_copy_shows_the_words_that_differ(club: ClubInATest, lan: Phone) -> None:
    await publish_to(club, [lan], NO_FEE)
    await lan.says(FORGED, forwarded=True)
    assert "Bị sửa" in lan.last
    assert "bản thật: “Không phải" in lan.last or "bản thật: “Không" in lan.last
    assert "200.000đ vào tài khoản 9704123456789" in lan.last
    stranger = club.stranger("Ai đó")
    await stranger.says(FORGED)
    assert "Bị sửa" in stranger.last
    assert not stranger.buttons


async def test_one_tap_flags_it_and_officers_see_it_at_the_quarter(
    club_in_batches: ClubInATest,
) -> None:
    club = club_in_batches
    lan = await club.member("Lan")
    await club.officer("Minh")
    await publish_to(club, [lan], NO_FEE)
    club.clock.advance(minutes=3)
    await lan.says(FORGED, forwarded=True)
    assert "<b>9:15</b>" in lan.last
    await lan.presses("Báo là giả mạo")
    assert "Đã gửi kiểm tra" in lan.last
    case = await the_case(club)
    assert case.category is Category.IMPERSONATION
    assert await club.in_write(reminders.notify_new_cases, club.settings) == 0
    club.clock.advance(minutes=11, seconds=59)
    assert await club.in_write(reminders.notify_new_cases, club.settings) == 0
    club.clock.advance(seconds=1)
    async with club.store.write() as tx:
        assert await reminders.notify_new_cases(tx, club.settings) == 1
        content = await posts.first_content(tx, case)
    assert content
    assert unpack(content).imitates


async def test_an_officer_answers_the_whole_club_in_three_taps(
    club: ClubInATest, lan: Phone, minh: Phone
) -> None:
    hanh = await club.officer("Hạnh")
    number = await publish_to(club, [lan], NO_FEE)
    await lan.says(FORGED, forwarded=True)
    await lan.presses("Báo là giả mạo")
    club.clock.advance(minutes=15)
    case = await the_case(club)
    await minh.presses_action(f"case:{case.code}")  # the button of the notice
    assert f"thông báo số {number}" in minh.last
    assert "Không phải nộp phí" in minh.last
    assert "200.000đ" in minh.last
    await minh.presses("Trả lời cả câu lạc bộ")
    preview = list(minh.messages.values())[-2].text
    assert "Cảnh báo: có bản giả của thông báo số" in preview
    assert "200.000đ" in preview
    assert "9704123456789" not in preview
    await minh.presses("Gửi duyệt câu trả lời này")
    (waiting,) = await club.in_read(announcements.waiting, offset=0, limit=5)
    assert waiting[0].state is AnnouncementState.AWAITING_APPROVAL
    case = await the_case(club)
    assert case.verdict_version == 1
    await hanh.opens("/choduyet", "Cảnh báo", "Duyệt")
    sent = await club.in_read(announcements.find, waiting[0].id or 0)
    assert sent is not None
    assert sent.state is AnnouncementState.SENDING


async def test_the_verdict_is_the_answer_once_it_was_given(
    club: ClubInATest, lan: Phone, minh: Phone
) -> None:
    await test_an_officer_answers_the_whole_club_in_three_taps(club, lan, minh)
    binh = await club.member("Bình")
    await binh.says(FORGED, forwarded=True)
    assert "Sai sự thật" in binh.last


async def test_nothing_is_stored_or_counted_about_who_asks(club: ClubInATest, lan: Phone) -> None:
    """refusal: no-record-of-lookups"""
    number = await publish_to(club, [lan], NO_FEE)
    stranger = club.stranger("Ai đó")
    before = await all_rows(club.store)
    for phone in (lan, stranger):
        await phone.says(copy_of(club, NO_FEE, number), forwarded=True)
        await phone.says("Mang theo căn cước, đến từ 7h30 ngày 12/3/2026.", forwarded=True)
        await phone.says(f"/tracuu {copy_of(club, NO_FEE, number)}")
    await lan.says(f"/tracuu {copy_of(club, NO_FEE, number)}")
    await stranger.says(FORGED)
    assert await all_rows(club.store) == before
    assert SETTINGS.searches_per_hour
    assert not (await club.rows(select(AuditEntry)))


def test_a_link_behind_words_is_hidden_though_a_visible_one_begins_alike() -> None:
    visible_link, hidden = "https://hoaan.com.vn/bau-cu", "https://hoaan.com"
    text = f"Xem tại {visible_link}. Hỏi thêm ở hoaan.gov.vn."
    message = ReceivedMessage(text, (visible_link, "hoaan.gov.vn", hidden))
    assert message.hidden_links == (hidden,)


def test_the_claim_that_a_verdict_repeats_is_no_quote_of_it() -> None:
    verdict = Verdict(
        case_id=1,
        version=1,
        rating=Rating.FALSE,
        claim="Cử tri phải nộp phí 200.000đ khi nhận thẻ",
        explanation="Ủy ban xã cấp thẻ cho mọi cử tri và không thu tiền của ai.",
        sources=[],
        decided_at=datetime(2026, 3, 10, tzinfo=UTC),
    )
    say = Speech("vi", SETTINGS.timezone)
    wording = wordings.of_verdict(verdict, "N567HH", say, SETTINGS)
    for text in (verdict.claim, f"Nội dung được báo: {verdict.claim}"):
        assert compare(text, (), wording) is None, text
    found = compare(verdict.explanation, (), wording)
    assert found
    assert found.kind is CopyKind.QUOTE


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_a_warning_repeats_of_a_forged_copy_is_no_quote_of_the_warning(language: str) -> None:
    forged = "Mọi người nộp phí 200.000đ vào tài khoản 9704123456789"
    say = Speech(language, SETTINGS.timezone)
    differing = deviation_lines((Deviation("Không ai phải nộp phí", forged),), say)
    warning = "Có một bản giả của thông báo số 4 đang được chuyển tiếp"
    content = Content(title=warning, html=f"{differing}\n\n{warning}", title_en=warning)
    content = replace(content, html_en=content.html)
    wording = wordings.of_announcement(content, numbered(5), say, SETTINGS)
    assert compare(forged, (), wording) is None
    found = compare(warning, (), wording)
    assert found
    assert found.kind is CopyKind.QUOTE


async def test_a_correction_for_officers_only_is_shown_to_no_stranger(
    club: ClubInATest, lan: Phone, minh: Phone
) -> None:
    number = await publish_copies(club, [(minh, DeliveryState.SENT)], NO_FEE)
    secret = replace(NO_FEE, html="Chỉ cán bộ biết: kho thẻ ở tầng hai.", officers_only=True)
    secret = replace(secret, corrected=1)
    async with club.store.write() as tx:
        original = await announcements.lock(tx, number)
        assert original
        await announcements.correct(tx, original, pack_content(secret))
        await record.announcement_went_out(
            tx, club.settings, numbered(number), original.version, secret
        )
    stranger = club.stranger("Ai đó")
    for phone in (stranger, lan):
        await phone.says(copy_of(club, NO_FEE, number), forwarded=True)
        assert "Bản cũ" in phone.last
        assert not any("tầng hai" in message.text for message in phone.messages.values())
    await minh.says(copy_of(club, NO_FEE, number), forwarded=True)
    assert "tầng hai" in minh.last
