"""An officer asks whoever flagged a case; nobody learns who they are or who answers."""

from datetime import timedelta

import pytest
from sqlmodel import select

from handlers.deciding.ask_reporters import QUESTION_CHARACTERS
from handlers.flagging.officer_question import ANSWER_CHARACTERS
from handlers.messages import Answer, Media, Reply
from storage.models import CaseAnswer, CaseQuestion, Delivery
from storage.privacy import retention_purge
from tests.support import (
    RUMOUR,
    ClubInATest,
    Phone,
    ask_reporters,
    decided,
    flag,
    newest_for,
    opened,
    taken,
    the_case,
    the_cases,
    waiting_for,
)

QUESTION = "Tin này gửi ở nhóm nào?"
OTHER = "Ngày mai cả tỉnh nghỉ học vì bão số 9, phụ huynh không đưa con đến trường"


async def answers(phone: Phone, text: str) -> None:
    """The member has got the question and answers it."""
    await newest_for(phone)
    await phone.presses("Trả lời")
    await phone.says(text)


def documents(answer: Answer) -> dict[str, str]:
    """The files of an answer, by name."""
    media = [piece.message.media for piece in answer if isinstance(piece, Reply) and piece.message]
    return {one.name: one.content.decode() for one in media if isinstance(one, Media)}


async def reporters(club: ClubInATest, number: int = 3) -> list[Phone]:
    phones = [await club.member(f"Hội viên {n}") for n in range(number)]
    for phone in phones:
        await flag(phone)
    return phones


async def card_of(officer: Phone, club: ClubInATest) -> str:
    await opened(officer, (await the_case(club)).code)
    return officer.last


async def all_answers(officer: Phone, club: ClubInATest) -> list[str]:
    await officer.presses_action(f"caseanswers:{(await the_case(club)).code}:0")
    return [line[2:] for line in officer.last.splitlines() if line.startswith("• ")]


async def stored(club: ClubInATest) -> int:
    return len(await club.rows(select(CaseAnswer)))


@pytest.fixture
async def reporter(club: ClubInATest) -> Phone:
    """A member who flagged a post."""
    (phone,) = await reporters(club, 1)
    return phone


async def test_everyone_who_flagged_gets_exactly_what_the_officer_saw(club: ClubInATest) -> None:
    minh, (lan, hoa, _) = await club.officer("Minh"), await reporters(club)
    stranger = await club.member("Bà Tư")
    await taken(minh, club)
    await minh.presses("Thêm…", "Hỏi người đã báo")
    await minh.says(QUESTION)
    shown = next(m.text for m in reversed(minh.messages.values()) if QUESTION in m.text)
    await minh.presses("Gửi cho người đã báo")
    for phone in (lan, hoa):
        text = (await newest_for(phone)).text
        # Each reads below the code what they sent in themselves, which the officer does not see.
        head, _, rest = text.partition("\n<blockquote>")
        assert f"{head}{rest.partition('</blockquote>')[2]}" == shown
        assert "đừng ghi tên" in phone.last
        assert "không cũng được" in phone.last
    assert await waiting_for(stranger) == []
    assert QUESTION in await card_of(minh, club)


async def test_a_text_sent_after_the_preview_replaces_the_question(
    club: ClubInATest, minh: Phone, reporter: Phone
) -> None:
    code = await taken(minh, club)
    await minh.presses_action(f"casequestion:{code}")
    await minh.says("Nhầm")
    old = next(b.action for b in minh.buttons if "Gửi cho" in b.label)
    await minh.says(QUESTION)
    await minh.presses_action(old)
    assert "không còn dùng được" in minh.toasts[-1]
    await minh.presses("Gửi cho người đã báo")
    assert QUESTION in (await newest_for(reporter)).text


@pytest.mark.parametrize("messenger", ["telegram", "zalo"])
async def test_an_answer_is_masked_and_stands_on_the_card_without_a_name(
    club: ClubInATest, messenger: str
) -> None:
    minh, lan = await club.officer("Minh"), await club.member("Tuyết", messenger=messenger)
    await flag(lan)
    await ask_reporters(minh, club, QUESTION)
    await answers(lan, "Nhóm tổ 5, gọi 0912345678 ở https://qua.example")
    assert "không kèm tên" in lan.last
    assert "0912345678" not in lan.last
    card = await card_of(minh, club)
    assert "Nhóm tổ 5, gọi 09••••••78" in card
    assert "<code>https://qua.example</code>" in card
    assert "Tuyết" not in card


async def test_a_reply_to_the_question_is_an_answer_too(
    club: ClubInATest, minh: Phone, reporter: Phone
) -> None:
    await ask_reporters(minh, club, QUESTION)
    async with club.store.write() as tx:
        rows = (await tx.session.exec(select(Delivery))).all()
        (row,) = [one for one in rows if one.member_id == reporter.member_id]
        row.message_ids = ["77"]
    await reporter.says("Ở nhóm cư dân tổ 5", reply_to="77")
    assert await all_answers(minh, club) == ["Ở nhóm cư dân tổ 5"]


async def test_answers_show_with_their_batch_in_an_order_that_is_not_theirs(
    club_in_batches: ClubInATest,
) -> None:
    minh, phones = await club_in_batches.officer("Minh"), await reporters(club_in_batches, 12)
    club_in_batches.clock.advance(minutes=30)
    await ask_reporters(minh, club_in_batches, QUESTION)
    before = await card_of(minh, club_in_batches)
    for number, phone in enumerate(phones):
        await answers(phone, f"Câu {number:02}")
    club_in_batches.clock.advance(minutes=29, seconds=59)
    assert await card_of(minh, club_in_batches) == before
    assert await all_answers(minh, club_in_batches) == []
    club_in_batches.clock.advance(seconds=1)
    assert "12 câu trả lời" in await card_of(minh, club_in_batches)
    shown = await all_answers(minh, club_in_batches)
    for _ in range(2):
        await minh.presses("Trang sau")
        shown += [line[2:] for line in minh.last.splitlines() if line.startswith("• ")]
    assert sorted(shown) == [f"Câu {number:02}" for number in range(12)]
    assert shown != sorted(shown)
    kept = await club_in_batches.rows(select(CaseAnswer))
    assert {one.shown_from.minute for one in kept} == {0}, "no minute of an answer is kept"


async def test_one_answers_once(club: ClubInATest, minh: Phone, reporter: Phone) -> None:
    await ask_reporters(minh, club, QUESTION)
    await answers(reporter, "Nhóm tổ 5")
    await reporter.presses("Trả lời")
    assert "đã trả lời" in reporter.toasts[-1]
    assert await stored(club) == 1


@pytest.mark.parametrize("text", ["", "x" * (ANSWER_CHARACTERS + 1)])
async def test_an_answer_has_words_and_at_most_so_many(
    club: ClubInATest, text: str, minh: Phone, reporter: Phone
) -> None:
    await ask_reporters(minh, club, QUESTION)
    await answers(reporter, text)
    assert await stored(club) == 0
    await reporter.says("x" * ANSWER_CHARACTERS)
    assert await stored(club) == 1


async def test_a_question_has_words_and_at_most_so_many(
    club: ClubInATest, minh: Phone, reporter: Phone
) -> None:
    await minh.presses_action(f"casequestion:{await taken(minh, club)}")
    for text in ("", "x" * (QUESTION_CHARACTERS + 1)):
        await minh.says(text)
        assert "Gửi cho người đã báo" not in minh.labels
    await minh.says("x" * QUESTION_CHARACTERS)
    await minh.presses("Gửi cho người đã báo")
    assert QUESTION_CHARACTERS * "x" in await card_of(minh, club)


async def test_a_case_has_one_open_question(club: ClubInATest) -> None:
    minh, (lan, hoa, _) = await club.officer("Minh"), await reporters(club)
    code = await ask_reporters(minh, club, QUESTION)
    await answers(lan, "Nhóm tổ 5")
    for action in (f"casequestion:{code}", f"casequestionsend:{code}:1"):
        await minh.presses_action(action)
        assert "đang có một câu hỏi" in minh.toasts[-1]
    await minh.presses("Thêm…")
    assert not any("Hỏi người đã báo" in b.label for b in minh.buttons)
    await minh.presses("Đóng câu hỏi")
    await newest_for(hoa)
    await hoa.presses("Trả lời")
    assert "đã đóng" in hoa.toasts[-1]
    await minh.presses_action(f"casequestionend:{code}")
    assert "không có câu hỏi" in minh.toasts[-1]
    await minh.presses("Thêm…", "Hỏi người đã báo")
    await minh.says("Ai gửi đầu tiên?")
    await minh.presses("Gửi cho người đã báo")
    assert "Ai gửi đầu tiên?" in (await newest_for(hoa)).text
    assert await all_answers(minh, club) == []


async def test_who_flags_later_is_asked_while_the_case_is_open(
    club: ClubInATest, minh: Phone, reporter: Phone
) -> None:
    mai, thu = await club.member("Mai"), await club.member("Thu")
    await ask_reporters(minh, club, QUESTION)
    await flag(mai)
    assert QUESTION in mai.last
    await mai.presses("Trả lời")
    await mai.says("Nhóm chợ")
    assert await all_answers(minh, club) == ["Nhóm chợ"]
    await minh.presses_action(f"casequestionend:{(await the_case(club)).code}")
    await flag(thu)
    assert QUESTION not in thu.last


async def test_a_verdict_closes_the_question(club: ClubInATest) -> None:
    minh, (lan, _, hoa) = await club.officer("Minh"), await reporters(club)
    await ask_reporters(minh, club, QUESTION)
    await newest_for(hoa)
    await hoa.presses("Trả lời")
    await minh.presses_action(f"casereturn:{(await the_case(club)).code}")
    await decided(minh, club)
    await hoa.says("Nhóm chợ")
    assert "đã đóng" in hoa.last
    await lan.presses_action("flag-answer:1")
    assert "đã đóng" in lan.toasts[-1]
    assert await stored(club) == 0


async def test_only_the_officer_who_has_the_case_asks(
    club: ClubInATest, minh: Phone, thu: Phone, reporter: Phone
) -> None:
    code = await ask_reporters(minh, club, QUESTION)
    for action in (f"casequestion:{code}", f"casequestionend:{code}", f"casequestionsend:{code}:1"):
        await thu.presses_action(action)
        assert thu.toasts.pop()
    await thu.presses_action(f"casemore:{code}")
    assert not any("câu hỏi" in b.label.lower() for b in thu.buttons)


async def test_only_who_flagged_the_case_answers(
    club: ClubInATest, minh: Phone, reporter: Phone
) -> None:
    await ask_reporters(minh, club, QUESTION)
    await (await club.member("Bà Tư")).presses_action("flag-answer:1")
    await (await club.officer("Thu")).presses_action("flag-answer:1")
    await reporter.opens("/roiclb", "Rời câu lạc bộ")
    assert await stored(club) == 0


async def test_who_stopped_everything_is_not_asked(club: ClubInATest) -> None:
    minh, (lan, hoa, _) = await club.officer("Minh"), await reporters(club)
    await lan.says("/ngungnhan")
    await ask_reporters(minh, club, QUESTION)
    assert not [one for one in await waiting_for(lan) if QUESTION in one.text]
    assert [one for one in await waiting_for(hoa) if QUESTION in one.text]


@pytest.mark.parametrize("leaving", ["/xoadulieu", "/roiclb"])
async def test_an_answer_goes_with_its_writer(
    club: ClubInATest, leaving: str, minh: Phone, reporter: Phone
) -> None:
    await ask_reporters(minh, club, QUESTION)
    await answers(reporter, "Nhóm tổ 5")
    await reporter.says(leaving)
    await reporter.presses("Xoá dữ liệu của tôi" if leaving == "/xoadulieu" else "Rời câu lạc bộ")
    assert await stored(club) == 0
    assert await all_answers(minh, club) == []


async def test_out_of_scope_erases_question_and_answers(
    club: ClubInATest, minh: Phone, reporter: Phone
) -> None:
    code = await ask_reporters(minh, club, QUESTION)
    await answers(reporter, "Nhóm tổ 5")
    await minh.presses_action(f"casescopeyes:{code}")
    assert (await club.rows(select(CaseQuestion))) == []
    assert await stored(club) == 0


@pytest.mark.parametrize(("days", "left"), [(0, 1), (1, 0)])
async def test_question_and_answers_are_kept_as_long_as_the_post(
    club: ClubInATest, days: int, left: int, minh: Phone, reporter: Phone
) -> None:
    await ask_reporters(minh, club, QUESTION)
    await answers(reporter, "Nhóm tổ 5")
    await minh.presses_action(f"casereturn:{(await the_case(club)).code}")
    await decided(minh, club)
    async with club.store.write() as tx:
        await retention_purge.empty_cases(tx, tx.clock.now() + timedelta(days=days))
    assert await stored(club) == left
    assert len(await club.rows(select(CaseQuestion))) == left


@pytest.mark.parametrize("both_asked", [False, True])
async def test_merging_closes_the_question_and_keeps_what_was_answered(
    club: ClubInATest, both_asked: bool, minh: Phone, lan: Phone
) -> None:
    await flag(lan, RUMOUR)
    await ask_reporters(minh, club, QUESTION)
    await answers(lan, "Nhóm tổ 5")
    await flag(lan, OTHER)
    first, second = await the_cases(club)
    await minh.presses_action(f"casetake:{second.code}")
    if both_asked:
        await minh.presses_action(f"casequestion:{second.code}")
        await minh.says("Ai gửi?")
        await minh.presses("Gửi cho người đã báo")
    await minh.presses_action(f"casemergeyes:{first.code}:{second.code}")
    await opened(minh, second.code)
    assert ("Ai gửi?" in minh.last) is both_asked
    assert ("Nhóm tổ 5" in minh.last) is not both_asked
    await lan.presses_action("flag-answer:1")
    assert lan.toasts


async def test_a_member_reads_in_their_data_what_they_answered(
    club: ClubInATest, minh: Phone, reporter: Phone
) -> None:
    await ask_reporters(minh, club, QUESTION)
    await answers(reporter, "Nhóm tổ 5")
    page, data = documents(await reporter.says("/dulieu")).values()
    assert "Nhóm tổ 5" in page
    assert "Nhóm tổ 5" in data
