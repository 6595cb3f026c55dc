"""Questions: a member asks, one officer answers, and what helps everybody stands under the copy."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import col, select

from handlers.conversation.i18n import Speech
from handlers.messages import ButtonStyle
from handlers.notifications import unpack_text
from handlers.questions.ask import QUESTIONS_A_DAY
from handlers.questions.parsing import GENERAL_LIMIT, TEXT_LIMIT
from storage import questions
from storage.members import members, roles
from storage.models import (
    Delivery,
    DeliveryState,
    Mailing,
    PublicAnswer,
    Question,
    QuestionState,
    Role,
)
from storage.outbox import enqueue
from tests.support import (
    SETTINGS,
    VOTING_DAY,
    ClubInATest,
    Phone,
    audit_actions,
    publish,
    publish_to,
)

VI = Speech("vi", SETTINGS.timezone)
TO_OFFICERS = Speech("vi", SETTINGS.timezone, you=SETTINGS.officers_are_called)
ASKED = "Tôi quên thẻ cử tri thì đi bầu được không?"
ANSWER = "Được, bạn mang theo căn cước."
GENERAL = "Quên thẻ cử tri thì sao?"


async def kept(club: ClubInATest) -> list[Question]:
    """Every question the database holds."""
    return await club.rows(select(Question).order_by(col(Question.id)))


async def words_of(club: ClubInATest, question: Question) -> str:
    async with club.reading() as tx:
        return questions.text_of(tx, question)


async def answers_to(phone: Phone) -> list[str]:
    """What waits in the outbox for this person alone, oldest first."""
    async with phone.club.reading() as tx:
        query = select(Delivery).where(Delivery.member_id == phone.member_id)
        rows = (await tx.session.exec(query.order_by(col(Delivery.id)))).all()
        bodies = [enqueue.own_body(tx, row.body_sealed, row) for row in rows if row.body_sealed]
    messages = [unpack_text(body) for body in bodies]
    for message in messages:
        phone.gets(message)
    return [message.text for message in messages]


async def asked(club: ClubInATest, about: int = 0) -> Phone:
    """Lan asks, about an announcement or the club."""
    lan = await club.member("Lan Nguyễn")
    if about:
        await lan.presses_action(f"question-about:{about}")
        await lan.says(ASKED)
    else:
        await lan.says(f"/hoi {ASKED}")
    return lan


async def take(officer: Phone) -> None:
    """Opens the oldest question and takes it."""
    await officer.opens("/cauhoi", " · ", "Nhận trả lời")


async def answer(officer: Phone, text: str = ANSWER) -> None:
    await take(officer)
    await officer.presses("Viết câu trả lời")
    await officer.says(text)
    await officer.presses("Gửi câu trả lời")


async def copy_of(club: ClubInATest, phone: Phone, message_id: str) -> int:
    """An announcement whose copy reached the phone as this message."""
    number = await publish_to(club, [phone], VOTING_DAY)
    async with club.store.write() as tx:
        rows = await tx.session.exec(
            select(Delivery).join(Mailing).where(Mailing.announcement_id == number)
        )
        rows.one().message_ids = [message_id]
    return number


# --- asking


@pytest.fixture
async def asker(club: ClubInATest) -> Phone:
    """Lan, who asked about the club."""
    return await asked(club)


@pytest.fixture
async def number(club: ClubInATest) -> int:
    """An announcement."""
    return await publish(club)


@pytest.fixture
async def reader(club: ClubInATest, number: int) -> Phone:
    """Lan, who asked about the announcement."""
    return await asked(club, number)


@pytest.mark.parametrize("command", ["/hoi", "/ask"])
async def test_what_stands_behind_the_command_is_the_question(
    club: ClubInATest, command: str, lan: Phone
) -> None:
    await lan.says(f"{command} {ASKED}")
    (question,) = await kept(club)
    assert await words_of(club, question) == ASKED
    assert question.announcement_id is None


async def test_the_command_alone_asks_for_the_words(club: ClubInATest, lan: Phone) -> None:
    await lan.says("/hoi", ASKED)
    assert lan.last == VI("question-sent")
    assert len(await kept(club)) == 1


async def test_a_reply_to_an_announcement_is_a_question_about_it(
    club: ClubInATest, lan: Phone
) -> None:
    number = await copy_of(club, lan, "777")
    await lan.says(ASKED, reply_to="777")
    (question,) = await kept(club)
    assert question.announcement_id == number
    assert lan.last == VI("question-sent-about", number=str(number))


async def test_small_talk_before_it_does_not_keep_a_reply_from_being_a_question(
    club: ClubInATest, lan: Phone
) -> None:
    await copy_of(club, lan, "777")
    await lan.says("cảm ơn")
    await lan.says(ASKED, reply_to="777")
    assert len(await kept(club)) == 1


@pytest.mark.parametrize("reply_to", ["77", "7777", "%", "778", ""])
async def test_a_reply_to_anything_else_asks_nothing(
    club: ClubInATest, reply_to: str, lan: Phone
) -> None:
    await copy_of(club, lan, "777")
    await lan.says("ok", reply_to=reply_to)
    assert await kept(club) == []


async def test_the_number_of_somebody_elses_copy_asks_nothing(club: ClubInATest) -> None:
    """Message ids are counted in each chat by itself."""
    lan, huy = await club.member("Lan"), await club.member("Huy")
    await copy_of(club, lan, "777")
    await huy.says("ok", reply_to="777")
    assert await kept(club) == []


async def test_a_forwarded_reply_is_a_post_to_check(club: ClubInATest, lan: Phone) -> None:
    await copy_of(club, lan, "777")
    await lan.says(ASKED, reply_to="777", forwarded=True)
    assert await kept(club) == []


async def test_strangers_ask_nothing(club: ClubInATest) -> None:
    ha = club.stranger("Hà")
    await ha.says(f"/hoi {ASKED}")
    assert ha.last == VI("members-only")


async def test_a_question_about_what_one_may_not_read_is_refused(lan: Phone) -> None:
    await lan.presses_action("question-about:99")
    assert lan.toasts == [VI("reading-unknown")]


async def test_a_question_may_have_a_thousand_characters_and_not_one_more(lan: Phone) -> None:
    await lan.says(f"/hoi {'a' * (TEXT_LIMIT + 1)}")
    assert lan.last == VI("text-too-long", limit=TEXT_LIMIT, over=1)
    await lan.says(f"/hoi {'a' * TEXT_LIMIT}")
    assert lan.last == VI("question-sent")


async def test_the_eleventh_question_of_a_day_waits_for_tomorrow(
    club: ClubInATest, lan: Phone
) -> None:
    for number in range(QUESTIONS_A_DAY):
        await lan.says(f"/hoi câu {number}")
    await lan.says("/hoi thêm một câu")
    assert lan.last == VI("question-too-many", most=QUESTIONS_A_DAY)
    club.clock.advance(hours=24)
    await lan.says("/hoi thêm một câu")
    assert lan.last == VI("question-sent")


async def test_a_question_can_be_taken_back_until_it_is_answered(
    club: ClubInATest, asker: Phone, thu: Phone
) -> None:
    await take(thu)
    await asker.presses("Rút lại")
    assert await kept(club) == []
    await thu.presses("Viết câu trả lời")
    assert thu.toasts[-1] == TO_OFFICERS("question-gone")


async def test_an_answered_question_is_not_taken_back(asker: Phone, thu: Phone) -> None:
    await answer(thu)
    await asker.presses("Rút lại")
    assert asker.toasts == [VI("question-too-late")]


async def test_nobody_takes_back_what_somebody_else_asked(club: ClubInATest, asker: Phone) -> None:
    huy = await club.member("Huy")
    (question,) = await kept(club)
    await huy.presses_action(f"question-withdraw:{question.id}")
    assert len(await kept(club)) == 1


async def test_the_words_are_nowhere_in_the_open(club: ClubInATest, asker: Phone) -> None:
    (question,) = await kept(club)
    assert ASKED.encode() not in question.text_sealed


# --- officers


async def test_officers_hear_once_of_what_is_asked_within_ten_minutes(
    club: ClubInATest, thu: Phone, lan: Phone
) -> None:
    club.clock.advance(minutes=3)
    for _ in range(3):
        await lan.says(f"/hoi {ASKED}")
    async with club.reading() as tx:
        query = select(Delivery).where(Delivery.member_id == thu.member_id)
        (notice,) = (await tx.session.exec(query)).all()
    assert notice.not_before == club.clock.now() + timedelta(minutes=7)
    club.clock.advance(minutes=7)
    await lan.says(f"/hoi {ASKED}")
    async with club.reading() as tx:
        query = select(Delivery).where(Delivery.member_id == thu.member_id)
        assert len((await tx.session.exec(query)).all()) == 2


async def test_officers_see_the_words_and_never_the_name(asker: Phone, thu: Phone) -> None:
    await thu.opens("/cauhoi", " · ")
    assert ASKED in thu.last
    assert "Lan" not in " ".join([*(m.text for m in thu.messages.values()), *thu.labels])


async def test_a_link_in_a_question_cannot_be_tapped_by_mistake(lan: Phone, thu: Phone) -> None:
    await lan.says("/hoi trang https://evil.example có thật không")
    await take(thu)
    assert "<code>https://evil.example</code>" in thu.last


async def test_the_oldest_question_comes_first_and_the_sixth_on_the_next_page(
    lan: Phone, thu: Phone
) -> None:
    for number in range(6):
        await lan.says(f"/hoi câu {number}")
    await thu.says("/questions")
    shown = [b.label for b in thu.buttons if " · " in b.label]
    assert [label.rpartition(" ")[2] for label in shown] == ["0", "1", "2", "3", "4"]
    await thu.presses("Trang sau")
    assert [b.label.rpartition(" ")[2] for b in thu.buttons if " · " in b.label] == ["5"]


async def test_one_takes_it_and_the_others_see_that(
    club: ClubInATest, asker: Phone, thu: Phone, minh: Phone
) -> None:
    await take(thu)
    await take_in_vain(minh)
    (question,) = await kept(club)
    assert question.officer_id == thu.member_id
    assert TO_OFFICERS("question-state-taken") in minh.last
    assert not any("trả lời" in button.label for button in minh.buttons)


async def test_of_those_who_take_it_at_the_same_moment_one_has_it(
    club: ClubInATest, asker: Phone
) -> None:
    (question,) = await kept(club)
    officers = [await club.officer(name) for name in ("Thu", "Minh", "Hạnh", "Bình")]
    # The first round also opens the connections, so that the second really is one moment.
    await asyncio.gather(*(officer.says("/cauhoi") for officer in officers))
    press = f"question-take:{question.id}"
    await asyncio.gather(*(officer.presses_action(press) for officer in officers))
    assert await audit_actions(club) == ["question taken"]


async def take_in_vain(officer: Phone) -> None:
    """Presses a take button that was drawn before somebody else took the question."""
    (question,) = await kept(officer.club)
    await officer.presses_action(f"question-take:{question.id}")


async def test_after_taking_the_next_text_is_the_draft_of_the_answer(
    asker: Phone, thu: Phone
) -> None:
    await take(thu)
    assert TO_OFFICERS("question-type-now") in thu.last
    await thu.says(ANSWER)
    assert [button.label for button in thu.buttons] == ["Gửi câu trả lời", "Viết lại", "Huỷ"]
    assert [button.style for button in thu.buttons] == [ButtonStyle.SUCCESS, None, None]
    assert await answers_to(asker) == []
    await thu.presses("Gửi câu trả lời")
    assert ANSWER in "".join(await answers_to(asker))


async def test_taking_twice_still_awaits_the_answer(asker: Phone, thu: Phone) -> None:
    await take(thu)
    await take_in_vain(thu)
    await thu.says(ANSWER)
    assert thu.buttons[0].label == "Gửi câu trả lời"


@pytest.mark.parametrize("what", ["menu", "press", "stale press", "unknown command", "forwarded"])
async def test_after_something_else_a_text_is_no_draft(what: str, asker: Phone, thu: Phone) -> None:
    await take(thu)
    match what:
        case "menu":
            await thu.says("/menu")
        case "press":
            await thu.presses("Danh sách")
        case "stale press":
            await thu.presses_action("question:999")
            assert thu.toasts
        case "unknown command":
            await thu.says("/khongcolenhnay")
        case "forwarded":
            await thu.says("Mai cả tỉnh nghỉ học", forwarded=True)
    await thu.says("a lô")
    assert not any("Gửi câu trả lời" in label for label in thu.labels)


async def test_a_draft_is_changed_and_its_first_wording_is_not_sent_any_more(
    asker: Phone, thu: Phone
) -> None:
    await take(thu)
    await thu.says("Không được.")
    first = thu.buttons[0].action
    await thu.presses("Viết lại")
    await thu.says(ANSWER)
    await thu.presses_action(first)
    assert thu.toasts == [TO_OFFICERS("question-stale")]
    await thu.presses("Gửi câu trả lời")
    (told,) = await answers_to(asker)
    assert ANSWER in told


async def test_an_answer_that_was_cancelled_and_begun_anew_is_not_sent_by_the_old_button(
    asker: Phone, thu: Phone
) -> None:
    await take(thu)
    await thu.says("Không được.")
    first = thu.buttons[0].action
    await thu.presses("Huỷ", "Viết câu trả lời")
    await thu.says(ANSWER)
    await thu.presses_action(first)
    assert await answers_to(asker) == []


async def test_on_zalo_too_the_text_after_taking_is_the_draft(
    club: ClubInATest, asker: Phone
) -> None:
    thu = await club.member("Thu", role=Role.OFFICER, messenger="zalo")
    for typed in ("cauhoi", "1", "1", ANSWER, "1"):
        club.clock.advance(seconds=5)
        await thu.says(typed)
    assert ANSWER in "".join(await answers_to(asker))


async def test_what_is_given_back_can_be_taken_by_another(
    asker: Phone, thu: Phone, minh: Phone
) -> None:
    await take(thu)
    await thu.presses("Trả lại")
    await take(minh)
    assert TO_OFFICERS("question-state-mine") in minh.last


async def test_what_an_officer_held_who_is_one_no_more_can_be_taken(
    club: ClubInATest, asker: Phone, thu: Phone, minh: Phone
) -> None:
    await take(thu)
    async with club.store.write() as tx:
        (await tx.session.get_one(type(await thu.member()), thu.member_id)).role = Role.MEMBER
    await take(minh)
    assert TO_OFFICERS("question-state-mine") in minh.last


async def test_what_an_officer_held_whose_role_is_taken_goes_back(
    club: ClubInATest, asker: Phone, thu: Phone
) -> None:
    await take(thu)
    async with club.store.write() as tx:
        await roles.change(tx, await members.get(tx, thu.member_id), Role.MEMBER)
    assert [question.officer_id for question in await kept(club)] == [None]


async def test_an_officer_who_leaves_leaves_no_question_behind(
    club: ClubInATest, asker: Phone, thu: Phone
) -> None:
    await take(thu)
    await thu.opens("/roiclb", "Rời câu lạc bộ")
    (question,) = await kept(club)
    assert (question.state, question.officer_id) == (QuestionState.NEW, None)


@pytest.mark.parametrize("name", ["answer", "close", "return"])
async def test_only_who_took_it_can_do_something_with_it(
    club: ClubInATest, name: str, asker: Phone, thu: Phone, minh: Phone
) -> None:
    await take(thu)
    (question,) = await kept(club)
    await minh.presses_action(f"question-{name}:{question.id}")
    assert minh.toasts == [TO_OFFICERS("question-not-yours")]


async def test_members_do_not_see_the_officers_list(asker: Phone) -> None:
    """The same words ask a question where somebody is no officer."""
    await asker.says("/cauhoi")
    assert asker.last.startswith("Bạn muốn hỏi điều gì?")
    assert not [one for one in asker.buttons if one.action.startswith("questions")]
    await asker.presses_action("questions:0")
    assert asker.toasts == [VI("button-not-yours")]


# --- answering


async def test_the_answer_reaches_the_asker_without_the_officers_name(club: ClubInATest) -> None:
    lan, thu = await asked(club), await club.officer("Thu Hà")
    await answer(thu)
    (text,) = await answers_to(lan)
    assert text == VI("question-answer", question=ASKED, answer=ANSWER)
    assert "Thu" not in text


async def test_the_officer_sees_exactly_what_will_be_read(asker: Phone, thu: Phone) -> None:
    await take(thu)
    await thu.presses("Viết câu trả lời")
    await thu.says(ANSWER)
    shown = [message.text for message in thu.messages.values()]
    await thu.presses("Gửi câu trả lời")
    (text,) = await answers_to(asker)
    assert text in shown


async def test_an_answer_is_sent_once_however_often_the_button_is_pressed(
    club: ClubInATest, asker: Phone, thu: Phone
) -> None:
    await answer(thu)
    (question,) = await kept(club)
    await thu.presses_action(f"question-send:{question.id}:1")
    assert len(await answers_to(asker)) == 1


async def test_the_button_of_an_older_preview_sends_nothing(
    club: ClubInATest, asker: Phone, thu: Phone
) -> None:
    await take(thu)
    await thu.presses("Viết câu trả lời")
    await thu.says("Không.", ANSWER)
    (question,) = await kept(club)
    await thu.presses_action(f"question-send:{question.id}:1")
    assert thu.toasts == [TO_OFFICERS("question-stale")]
    await thu.presses("Gửi câu trả lời")
    assert ANSWER in (await answers_to(asker))[0]


async def test_the_longest_question_and_answer_fit_into_one_message(lan: Phone, thu: Phone) -> None:
    await lan.says(f"/hoi {'a' * TEXT_LIMIT}")
    await take(thu)
    await thu.presses("Viết câu trả lời")
    await thu.says("b" * (TEXT_LIMIT + 1))
    assert thu.last == TO_OFFICERS("text-too-long", limit=TEXT_LIMIT, over=1)
    await thu.says("b" * TEXT_LIMIT)
    await thu.presses("Gửi câu trả lời")
    assert len((await answers_to(lan))[0]) < 4096


async def test_a_doubtful_link_in_an_answer_is_pointed_out(asker: Phone, thu: Phone) -> None:
    await take(thu)
    await thu.presses("Viết câu trả lời")
    await thu.says("Xem https://gov.vn@evil.example nhé")
    assert any("<code>evil.example</code>" in m.text for m in thu.messages.values())


async def test_the_asker_can_ask_on_about_the_same_announcement(
    club: ClubInATest, number: int, reader: Phone, thu: Phone
) -> None:
    await answer(thu)
    await answers_to(reader)
    await reader.presses("Hỏi thêm")
    await reader.says("Còn con tôi?")
    assert [question.announcement_id for question in await kept(club)] == [number, number]


async def test_a_reply_to_the_answer_asks_on_too(
    club: ClubInATest, number: int, reader: Phone, thu: Phone
) -> None:
    await answer(thu)
    async with club.store.write() as tx:
        query = select(Delivery).where(Delivery.member_id == reader.member_id)
        (await tx.session.exec(query)).one().message_ids = ["555"]
    await reader.says("Còn con tôi?", reply_to="555")
    assert [question.announcement_id for question in await kept(club)] == [number, number]


async def test_what_needs_no_answer_is_closed_and_its_writer_told(
    club: ClubInATest, asker: Phone, thu: Phone
) -> None:
    await take(thu)
    await thu.presses("Không cần trả lời")
    (question,) = await kept(club)
    assert question.state is QuestionState.CLOSED
    async with club.reading() as tx:
        query = select(Delivery.state).where(Delivery.member_id == asker.member_id)
        assert (await tx.session.exec(query)).all() == [DeliveryState.QUEUED]


async def test_the_log_names_actions_and_nothing_of_the_member(
    club: ClubInATest, asker: Phone
) -> None:
    await answer(await club.officer("Thu"))
    assert await audit_actions(club) == ["question taken", "question answered"]


# --- stopping, leaving, forgetting


async def test_who_stops_everything_gets_no_answer_any_more(
    club: ClubInATest, asker: Phone
) -> None:
    await asker.says("/ngungnhan")
    assert await kept(club) == []


async def test_an_answer_that_waits_is_not_sent_to_who_stopped(asker: Phone, thu: Phone) -> None:
    await answer(thu)
    await asker.says("/ngungnhan")
    assert await answers_to(asker) == []


async def test_nothing_of_a_question_stays_when_the_member_leaves(
    club: ClubInATest, asker: Phone, thu: Phone
) -> None:
    await answer(thu)
    await asker.opens("/roiclb", "Rời câu lạc bộ")
    assert await kept(club) == []


@pytest.mark.parametrize("with_answer", [True, False])
async def test_questions_are_forgotten_when_their_time_is_over_and_no_sooner(
    club: ClubInATest, with_answer: bool, asker: Phone, thu: Phone
) -> None:
    if with_answer:
        await answer(thu)
    kept_for = timedelta(days=90)
    club.clock.advance(days=90)
    assert await club.in_write(questions.purge, club.clock.now() - kept_for) == 0
    club.clock.advance(seconds=1)
    assert await club.in_write(questions.purge, club.clock.now() - kept_for) == 1


# --- questions & answers under the announcement


async def publish_answer(officer: Phone, wording: str = GENERAL) -> None:
    await officer.presses("Thêm vào Hỏi – đáp")
    await officer.says(wording)
    await officer.presses("Giữ nguyên", "Đăng lên")


async def test_every_copy_has_the_button_before_anybody_asked(
    club: ClubInATest, lan: Phone, number: int
) -> None:
    await lan.opens(f"/thongbao {number}", "Hỏi – đáp")
    assert lan.last == VI("faq-none", number=str(number))
    await lan.presses("Hỏi câu lạc bộ")
    await lan.says(ASKED)
    (question,) = await kept(club)
    assert question.announcement_id == number


async def test_a_published_answer_is_read_by_everybody_under_the_copy(
    club: ClubInATest, number: int, reader: Phone
) -> None:
    thu, huy = await club.officer("Thu"), await club.member("Huy")
    await answer(thu)
    await publish_answer(thu)
    await huy.presses_action(f"faq:{number}")
    assert VI("faq-entry", question=GENERAL, answer=ANSWER) in huy.last
    assert ASKED not in huy.last
    assert await audit_actions(club) == [
        "question taken",
        "question answered",
        "public answer added",
    ]


async def test_the_public_answer_can_be_worded_anew(
    club: ClubInATest, number: int, reader: Phone
) -> None:
    thu, huy = await club.officer("Thu"), await club.member("Huy")
    await answer(thu)
    await thu.presses("Thêm vào Hỏi – đáp")
    await thu.says(GENERAL, "Mang theo căn cước.")
    assert TO_OFFICERS("faq-entry", question=GENERAL, answer="Mang theo căn cước.") in thu.last
    await thu.presses("Đăng lên")
    await huy.presses_action(f"faq:{number}")
    assert "Mang theo căn cước." in huy.last


@pytest.mark.parametrize(
    "personal",
    [
        "gọi 0912 345 678",
        "CCCD 001099012345?",
        "thư lan@x.example",
        "gọi (0912) 345 678",
        "nhắn SĐT0912345678",
        "chuyển vào STK 123 456 789 012?",
        "nhắn wa.me/84912345678?",
    ],
)
async def test_what_could_be_somebodys_own_is_not_published(
    personal: str, reader: Phone, thu: Phone
) -> None:
    await answer(thu)
    await thu.presses("Thêm vào Hỏi – đáp")
    await thu.says(personal)
    assert thu.last == TO_OFFICERS("question-personal")


@pytest.mark.parametrize(
    "general",
    [
        "Bầu cử lùi sang 22-03-2026 07:00 phải không?",
        "Được nhận 1.500.000-2.000.000 đồng phải không?",
        "Gọi 19001234 hay 113?",
    ],
)
async def test_dates_amounts_and_hotlines_are_nobodys_own(
    general: str, reader: Phone, thu: Phone
) -> None:
    await answer(thu)
    await thu.presses("Thêm vào Hỏi – đáp")
    await thu.says(general)
    assert "Giữ nguyên" in [button.label for button in thu.buttons]


async def test_a_general_question_has_two_hundred_characters_at_most(
    reader: Phone, thu: Phone
) -> None:
    await answer(thu)
    await thu.presses("Thêm vào Hỏi – đáp")
    await thu.says("a" * (GENERAL_LIMIT + 1))
    assert thu.last == TO_OFFICERS("text-too-long", limit=GENERAL_LIMIT, over=1)
    await thu.says("a" * GENERAL_LIMIT)
    assert "Giữ nguyên" in [button.label for button in thu.buttons]


async def test_it_is_published_once(club: ClubInATest, reader: Phone, thu: Phone) -> None:
    await answer(thu)
    await publish_answer(thu)
    (question,) = await kept(club)
    await thu.presses_action(f"question-publish-yes:{question.id}")
    await thu.presses_action(f"question-publish:{question.id}")
    assert thu.toasts == [TO_OFFICERS("question-stale")] * 2
    assert await published(club) == 1


async def test_what_has_not_been_answered_is_not_published(
    club: ClubInATest, reader: Phone, thu: Phone
) -> None:
    await take(thu)
    (question,) = await kept(club)
    await thu.presses_action(f"question-publish:{question.id}")
    assert thu.toasts[-1] == TO_OFFICERS("question-stale")


async def published(club: ClubInATest) -> int:
    return len(await club.rows(select(PublicAnswer)))


async def test_a_question_that_is_about_no_announcement_is_not_published(
    club: ClubInATest, asker: Phone, thu: Phone
) -> None:
    await answer(thu)
    (question,) = await kept(club)
    await thu.presses_action(f"question-publish:{question.id}")
    assert thu.toasts == [TO_OFFICERS("question-stale")]


async def test_three_long_answers_fit_on_a_page_and_the_fourth_is_on_the_next(
    number: int, lan: Phone, thu: Phone
) -> None:
    for _ in range(4):
        await lan.presses_action(f"question-about:{number}")
        await lan.says(ASKED)
        await answer(thu, "b" * TEXT_LIMIT)
        await publish_answer(thu, "a" * GENERAL_LIMIT)
    await lan.presses_action(f"faq:{number}")
    assert len(lan.last) < 4096
    assert lan.last.count("b" * TEXT_LIMIT) == 3
    await lan.presses("Trang sau")
    assert lan.last.count("b" * TEXT_LIMIT) == 1


async def test_an_officer_removes_what_should_not_stand_there(
    club: ClubInATest, number: int, reader: Phone, thu: Phone, minh: Phone
) -> None:
    await answer(thu)
    await publish_answer(thu)
    await reader.presses_action(f"faq:{number}")
    assert not any("Gỡ" in label for label in reader.labels)
    await minh.presses_action(f"faq:{number}")
    await minh.presses("Gỡ câu 1", "Gỡ")
    assert await published(club) == 0
    assert (await audit_actions(club))[-1] == "public answer removed"


async def test_what_was_published_stays_when_the_asker_leaves(
    club: ClubInATest, reader: Phone, thu: Phone
) -> None:
    await answer(thu)
    await publish_answer(thu)
    await reader.opens("/roiclb", "Rời câu lạc bộ")
    assert (await kept(club), await published(club)) == ([], 1)
