"""A verdict arrives with the beginning of what the member sent, its stamped picture and three buttons."""

from collections.abc import Mapping

import pytest
from sqlmodel import col, select, update

from bot.zalo.plain_text import as_text
from handlers.conversation.i18n import speech_to
from handlers.conversation.numbered_choices import offer
from handlers.deciding.verdict.notify import send_pending_notifications
from handlers.messages import MediaKind, Message
from handlers.recognition.plain_text import visible, visible_length
from handlers.sharing.kit import disclosure
from handlers.views.announcement import CAPTION_LIMIT
from handlers.worker_tasks import Cause, WorkerFailed
from storage.cases import daily_counters
from storage.cases.cases import OPEN
from storage.database import sealing
from storage.models import CounterKind, DeliveryState, Flag, Mailing, MailingKind, Verdict
from storage.privacy.retention_purge import empty_cases
from tests.support import (
    CLAIM,
    POST,
    RUMOUR,
    SAME_POST,
    SETTINGS,
    SOURCE,
    ClubInATest,
    Phone,
    decided,
    flag,
    newest_for,
    the_case,
    the_cases,
    waiting_for,
    write_verdict,
)
from tests.support.scripted_messenger import DeliveryHarness

OTHER = "Ngày mai cả tỉnh nghỉ học vì bão số 9, phụ huynh không đưa con đến trường"
LINE = disclosure(speech_to(SETTINGS, "vi"), SETTINGS)
BUTTONS = ["👍 Có ích", "Chưa rõ", "Chia sẻ"]


def quoted(message: Message) -> str:
    """What stands in the quotation; empty where there is none."""
    _, _, rest = message.text.partition("<blockquote>")
    return visible(rest.partition("</blockquote>")[0])


async def decide_all(minh: Phone, club: ClubInATest) -> None:
    for case in await the_cases(club):
        if case.state in OPEN:
            await minh.presses_action(f"casetake:{case.code}")
            await write_verdict(minh)
            await minh.presses("Gửi kết luận")


async def counted(club: ClubInATest) -> Mapping[CounterKind, int]:
    return await club.in_read(daily_counters.since, club.clock.now().date())


async def test_a_verdict_quotes_what_the_member_sent_under_the_code_they_were_told(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    told = await flag(lan)
    code = await decided(minh, club)
    await newest_for(lan)
    assert code in told
    assert lan.last.startswith(f"Tin bạn báo (mã <b>{code}</b>) đã có kết luận.\n<blockquote>")
    assert quoted(list(lan.messages.values())[-1]) == f"“{RUMOUR}”"
    assert [button.label for button in lan.buttons] == BUTTONS


async def test_each_reporter_reads_their_own_words_and_nobody_elses(
    club: ClubInATest, minh: Phone, lan: Phone, hoa: Phone
) -> None:
    await flag(lan, f"Cả nhà xem này, chị Bảy gửi: {POST}", links=(POST,))
    await flag(hoa, f"Thấy cái này hôm qua {SAME_POST}", links=(SAME_POST,))
    await decided(minh, club)
    (to_lan,), (to_hoa,) = await waiting_for(lan), await waiting_for(hoa)
    assert "chị Bảy" in quoted(to_lan)
    assert "hôm qua" in quoted(to_hoa)
    assert "chị Bảy" not in to_hoa.text
    assert "hôm qua" not in to_lan.text


async def test_whoever_only_follows_a_case_is_quoted_nothing(
    club: ClubInATest, minh: Phone, lan: Phone, hoa: Phone
) -> None:
    await flag(lan)
    code = await decided(minh, club)
    await hoa.says(RUMOUR, forwarded=True)
    await hoa.presses("Báo cho tôi khi kết luận thay đổi")
    await minh.presses_action(f"casetake:{code}")
    await write_verdict(minh, rating="Đúng")
    await minh.presses("Gửi kết luận")
    (to_hoa,) = await waiting_for(hoa)
    assert "đã thay đổi" in to_hoa.text
    assert quoted(to_hoa) == ""
    assert quoted((await waiting_for(lan))[-1]) == f"“{RUMOUR}”"


async def test_a_merged_case_is_told_under_the_code_that_its_reporter_knows(
    club: ClubInATest, minh: Phone, lan: Phone, hoa: Phone
) -> None:
    await flag(lan)
    await flag(hoa, OTHER)
    first, second = (case.code for case in await the_cases(club))
    await minh.presses_action(f"casetake:{second}")
    await minh.presses_action(f"casemergeyes:{second}:{first}")
    await decide_all(minh, club)
    (to_hoa,) = await waiting_for(hoa)
    assert second in to_hoa.text
    assert first not in to_hoa.text
    await newest_for(hoa)
    await hoa.presses("Có ích")
    assert (await counted(club))[CounterKind.HELPFUL] == 1


async def test_a_quotation_names_no_account_and_no_whole_number(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    await flag(lan, f"Chuyển vào 0912 345 678 theo bài {POST} ngay hôm nay", links=(POST,))
    await decided(minh, club)
    (notice,) = await waiting_for(lan)
    assert "345" not in notice.text
    assert "nguyenvana" not in notice.text
    assert "<code>" in notice.text, "no app turns the address into a link"


async def test_a_long_post_is_quoted_by_its_beginning(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    await flag(lan, "Chú ý nhé bà con " * 60)
    await decided(minh, club)
    (notice,) = await waiting_for(lan)
    assert "…" in quoted(notice)
    assert len(quoted(notice)) < 130


async def test_what_is_out_of_scope_or_old_is_not_kept_for_quoting(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    await flag(lan)
    await flag(lan, OTHER)
    first, second = await the_cases(club)
    await minh.presses_action(f"casetake:{first.code}")
    await minh.presses("Ngoài phạm vi", "Đóng và xoá nội dung")
    await decide_all(minh, club)
    assert await kept_openings(club) == {second.id}
    club.clock.advance(days=91)
    await club.in_write(empty_cases, club.clock.now())
    assert await kept_openings(club) == set()


async def kept_openings(club: ClubInATest) -> set[int]:
    """The cases of the flags that still hold the beginning of a post."""
    async with club.reading() as tx:
        kept = select(Flag.case_id).where(col(Flag.opening_sealed).is_not(None))
        return set((await tx.session.exec(kept)).all())


async def test_helpful_is_asked_once_for_each_version_and_keeps_no_answer(
    club: ClubInATest, minh: Phone, lan: Phone, hoa: Phone
) -> None:
    await flag(lan)
    await flag(hoa)
    code = await decided(minh, club)
    await newest_for(lan)
    await lan.presses("Có ích", "Chưa rõ")
    assert "đã trả lời rồi" in lan.toasts[-1]
    await newest_for(hoa)
    await hoa.presses("Chưa rõ")
    assert "gửi lại tin" in hoa.last
    assert (await counted(club))[CounterKind.HELPFUL] == 1
    assert (await counted(club))[CounterKind.NOT_HELPFUL] == 1
    await minh.presses_action(f"casetake:{code}")
    await write_verdict(minh, rating="Đúng")
    await minh.presses("Gửi kết luận")
    await newest_for(lan)
    await lan.presses("Có ích")
    assert (await counted(club))[CounterKind.HELPFUL] == 2


@pytest.mark.parametrize("version", [0, 2])
async def test_a_version_that_nobody_was_sent_is_not_rated(
    club: ClubInATest, version: int, minh: Phone, lan: Phone
) -> None:
    await flag(lan)
    code = await decided(minh, club)
    await lan.presses_action(f"verdicthelped:{code}:{version}")
    assert (await counted(club))[CounterKind.HELPFUL] == 0


async def test_only_whoever_flagged_it_says_whether_it_helped(
    club: ClubInATest, minh: Phone, lan: Phone, hoa: Phone
) -> None:
    await flag(lan)
    code = await decided(minh, club)
    await hoa.presses_action(f"verdicthelped:{code}:1")
    assert (await counted(club))[CounterKind.HELPFUL] == 0


async def test_share_gives_the_stamped_picture_with_source_and_disclosure_to_copy(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    await flag(lan)
    await decided(minh, club)
    await newest_for(lan)
    await lan.presses("Chia sẻ")
    kit = list(lan.messages.values())[-1]
    assert kit.media is not None
    assert kit.media.kind is MediaKind.PHOTO
    copied = kit.text.partition("<pre>")[2].partition("</pre>")[0]
    assert copied.startswith(f"Lừa đảo: “{CLAIM}”\n{SOURCE}\nDo hội viên")
    assert visible_length(kit.text) <= CAPTION_LIMIT
    assert lan.drawings[-1]().startswith(b"\x89PNG")
    await lan.presses("Ảnh dọc")
    tall = list(lan.messages.values())[-1]
    assert tall.media is not None
    assert tall.media.kind is MediaKind.DOCUMENT


async def test_a_verdict_that_is_read_again_or_known_at_once_can_be_shared_too(
    club: ClubInATest, minh: Phone, lan: Phone, hoa: Phone
) -> None:
    await flag(lan)
    await decided(minh, club)
    await lan.opens("/tindabao", "Đọc kết luận")
    assert [button.label for button in lan.buttons] == BUTTONS
    await hoa.says(RUMOUR, forwarded=True)
    for phone in (lan, hoa):
        await phone.presses("Chia sẻ")
        assert SOURCE in phone.last
        assert list(phone.messages.values())[-1].media is not None


async def test_on_zalo_a_verdict_has_the_same_choices_and_its_text_to_copy_stands_alone(
    club: ClubInATest,
) -> None:
    minh, lan = await club.officer("Minh"), await club.member("Lan", messenger="zalo")
    await flag(lan)
    await decided(minh, club)
    notice = as_text(await zalo_notice(club, lan)).words
    assert f"“{RUMOUR}”" in notice
    assert notice.endswith("1. 👍 Có ích\n2. Chưa rõ\n3. Chia sẻ")
    await lan.says("3")
    kit = as_text(list(lan.messages.values())[-1])
    assert kit.to_copy == (f"Lừa đảo: “{CLAIM}”\n{SOURCE}\n{LINE}",)
    assert LINE not in kit.words
    assert "/media/" not in kit.words


async def zalo_notice(club: ClubInATest, phone: Phone) -> Message:
    """The newest notice, with its choices offered as the delivery worker does."""
    message = await newest_for(phone)
    async with club.store.write() as tx:
        lookup = sealing.chat_lookup(tx, phone.address.messenger, phone.address.chat)
        await offer(tx, lookup, message)
    return message


async def test_a_verdict_that_has_expired_is_not_offered_for_sharing(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    await flag(lan)
    await decided(minh, club)
    await newest_for(lan)
    async with club.store.write() as tx:
        await tx.session.exec(update(Verdict).values(valid_until=club.clock.now()))
    await lan.presses("Chia sẻ")
    assert "hết hiệu lực" in lan.toasts[-1]


async def test_the_picture_is_stored_once_for_all_and_sent_with_each_ones_words(
    club: ClubInATest, minh: Phone, lan: Phone, hoa: Phone
) -> None:
    await flag(lan)
    await flag(hoa)
    await decided(minh, club)
    for phone in (lan, hoa):
        (notice,) = await waiting_for(phone)
        assert notice.media is None
        assert notice.mailing_picture
    async with club.store.write() as tx:
        others = col(Mailing.kind) != MailingKind.VERDICT
        await tx.session.exec(update(Mailing).where(others).values(state="cancelled"))
    harness = DeliveryHarness(club)
    await harness.deliver(DeliveryState.SENT, DeliveryState.SENT)
    pictures = [message.media for _, message in harness.messenger.sent]
    assert len(pictures) == 2
    assert pictures[0] is not None
    assert pictures[0].content.startswith(b"\x89PNG")
    assert pictures[0] is pictures[1]
    assert all(RUMOUR in message.text for _, message in harness.messenger.sent)


@pytest.mark.parametrize(("letters", "with_picture"), [(400, True), (1500, False)])
async def test_a_text_too_long_for_a_caption_comes_without_the_picture(
    club: ClubInATest, letters: int, *, with_picture: bool
) -> None:
    minh, lan = await club.officer("Minh"), await club.member("Lan")
    await flag(lan)
    code = (await the_case(club)).code
    await minh.presses_action(f"casetake:{code}")
    await minh.presses("Kết luận", "Sai sự thật")
    for words in (CLAIM, "y" * letters, SOURCE):
        await minh.says(words)
    await minh.presses("Gửi kết luận")
    (notice,) = await waiting_for(lan)
    assert notice.mailing_picture is with_picture
    assert "y" * letters in notice.text


class _NoWorkers:
    async def run(self, task: object, *args: object) -> object:
        raise WorkerFailed(Cause.BUSY)


async def test_a_picture_that_cannot_be_drawn_holds_no_verdict_up(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    await flag(lan)
    club.workers = _NoWorkers()  # type: ignore[assignment]
    await decided(minh, club)
    (notice,) = await waiting_for(lan)
    assert not notice.mailing_picture
    assert quoted(notice)


async def test_a_verdict_that_had_to_wait_comes_with_its_picture_too(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    await flag(lan)
    await flag(lan, OTHER)
    await decide_all(minh, club)
    club.clock.advance(hours=1)
    assert await club.in_write(send_pending_notifications, club.settings) == 1
    at_once, later = await waiting_for(lan)
    assert at_once.mailing_picture
    assert later.mailing_picture
    assert quoted(later) == f"“{OTHER}”"
    bodies = await club.rows(select(Mailing.bodies).order_by(col(Mailing.id)))
    assert all("vi" in of for of in bodies[-1:])


async def test_verdicts_that_come_together_have_buttons_of_their_own(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    for text in (RUMOUR, OTHER, "Trung tâm y tế bán vắc xin giả cho trẻ em, mọi người cẩn thận"):
        await flag(lan, text)
    await decide_all(minh, club)
    club.clock.advance(hours=1)
    await club.in_write(send_pending_notifications, club.settings)
    await newest_for(lan)
    codes = [case.code for case in await the_cases(club)][1:]
    assert [b.label for b in lan.buttons] == [f"{name} · {c}" for c in codes for name in BUTTONS]
    assert lan.last.count("<blockquote>") == 2
    await lan.presses(f"Chia sẻ · {codes[1]}")
    assert SOURCE in lan.last
