"""What people type at a moment when nobody asked for it."""

import pytest
from sqlmodel import col, select

from handlers.conversation.i18n import Speech
from handlers.messages import Media, MediaKind
from storage import questions
from storage.conversation import state
from storage.conversation.state import StepFound
from storage.database import sealing
from storage.members import members
from storage.models import Delivery, Mailing, MemberState, Question
from tests.support import SETTINGS, VOTING_DAY, ClubInATest, Phone, publish, publish_to

VI = Speech("vi", SETTINGS.timezone)
STRAY = ("à", "Mai cả tỉnh nghỉ học thật à?", "https://vidu.example/bai-1")
VOICE = Media(MediaKind.VOICE, file="f", unique="u")


async def step_of(phone: Phone) -> StepFound | None:
    async with phone.club.reading() as tx:
        lookup = sealing.chat_lookup(tx, phone.address.messenger, phone.address.chat)
        return await state.find(tx, lookup)


async def asked(club: ClubInATest) -> list[tuple[str, int | None]]:
    """Every question that officers can read, and the announcement it is about."""
    async with club.reading() as tx:
        rows = (await tx.session.exec(select(Question).order_by(col(Question.id)))).all()
        return [(questions.text_of(tx, row), row.announcement_id) for row in rows]


async def copy_of(club: ClubInATest, phone: Phone, message_id: str) -> int:
    """An announcement whose copy reached the phone as this message."""
    number = await publish_to(club, [phone], VOTING_DAY)
    async with club.store.write() as tx:
        found = select(Delivery).join(Mailing).where(Mailing.announcement_id == number)
        (await tx.session.exec(found)).one().message_ids = [message_id]
    return number


async def stays_where_they_are(phone: Phone) -> None:
    """Nothing typed, sent or forwarded moves somebody away from buttons that wait."""
    before = await step_of(phone)
    assert before is not None
    for stray in STRAY:
        await phone.says(stray)
        await phone.says(stray, forwarded=True)
        await phone.sends(VOICE)
        assert await step_of(phone) == before
        assert phone.last == VI("press-a-button")


# --- steps that wait for a button


async def test_a_step_that_nobody_reads_is_kept_whatever_is_typed(
    club: ClubInATest, lan: Phone
) -> None:
    async with club.store.write() as tx:
        lookup = sealing.chat_lookup(tx, lan.address.messenger, lan.address.chat)
        await state.put(tx, lookup, "some.buttons", {"typed": "before"})
    await stays_where_they_are(lan)
    await lan.presses("Huỷ")
    assert await step_of(lan) is None


async def test_a_stray_word_does_not_lose_the_answer_about_to_be_published(
    club: ClubInATest, lan: Phone, thu: Phone
) -> None:
    await lan.presses_action(f"question-about:{await publish(club)}")
    await lan.says("Tôi quên thẻ cử tri thì đi bầu được không?")
    await thu.says("/cauhoi")
    for label in (" · ", "Nhận trả lời", "Viết câu trả lời"):
        await thu.presses(label)
    await thu.says("Được, bạn mang theo căn cước.")
    for label in ("Gửi câu trả lời", "Thêm vào Hỏi – đáp"):
        await thu.presses(label)
    await thu.says("Quên thẻ cử tri thì sao?")
    await thu.presses("Giữ nguyên")
    await stays_where_they_are(thu)
    await thu.presses("Đăng lên")
    assert any(VI("question-state-public") in message.text for message in thu.messages.values())


async def test_a_stray_word_does_not_lose_the_invite_being_made(minh: Phone) -> None:
    await minh.says("/loimoi")
    await stays_where_they_are(minh)
    await minh.presses("Tạo lời mời")
    assert minh.toasts == []


async def test_a_post_forwarded_under_a_list_of_members_is_taken_up(club: ClubInATest) -> None:
    hoa = await club.officer("Hoa", owner=True)
    await hoa.says("/hoivien")
    await hoa.says("Hoa mai nghỉ học cả tỉnh, chia sẻ ngay!", forwarded=True)
    assert "Gửi câu lạc bộ kiểm tra" in hoa.last


async def test_a_command_ends_what_holds_nobody_up(lan: Phone) -> None:
    await lan.says("chào bạn")
    assert await step_of(lan) is not None
    await lan.says("/trogiup")
    assert await step_of(lan) is None


# --- a question that nobody asked for


@pytest.mark.parametrize(
    "typed",
    ["cho hoi di bau mang theo gi", "cho hỏi ngày đi bầu thì bà con cần mang theo giấy tờ gì?"],
)
async def test_a_typed_question_can_be_put_to_the_club_in_the_very_words(
    club: ClubInATest, typed: str, lan: Phone
) -> None:
    await lan.says(typed)
    await lan.presses("Hỏi câu lạc bộ")
    assert await asked(club) == [(typed, None)]
    assert lan.last == VI("question-sent")
    assert await step_of(lan) is None


async def test_what_others_wrote_is_offered_for_checking_alone(lan: Phone) -> None:
    await lan.says("Ngày bầu cử đổi sang hôm nào vậy?", forwarded=True)
    assert "Hỏi câu lạc bộ" not in lan.labels
    await lan.sends(VOICE, "Cái này là gì?")
    assert "Hỏi câu lạc bộ" not in lan.labels


async def test_an_old_button_never_asks_with_newer_words(club: ClubInATest, lan: Phone) -> None:
    await lan.says("đi bầu mang gì")
    old = lan.buttons[-1].action
    await lan.says("thôi khỏi, mình biết rồi nha cả nhà")
    await lan.presses_action(old)
    assert lan.toasts == [VI("flag-stale")]
    assert await asked(club) == []


# --- thanks, and other words that ask for nothing


@pytest.mark.parametrize(
    "typed", ["cảm ơn", "Cam on ad nhieu nhe", "👍", "🙏❤️", "ok", "Vâng ạ", "Da ro", "Thank you!"]
)
async def test_thanks_are_thanked_for(typed: str, lan: Phone) -> None:
    await lan.says(typed)
    assert (lan.last, lan.labels) == (VI("flag-courtesy"), [])


@pytest.mark.parametrize("typed", ["ok?", "ok mai nghỉ học", "😡", "...", "dạ cho em hỏi", "cam"])
async def test_what_says_more_than_thanks_gets_the_hint(typed: str, lan: Phone) -> None:
    await lan.says(typed)
    assert lan.last == VI("flag-unsure")


@pytest.mark.parametrize("typed", ["Cảm ơn ad", "👍"])
async def test_thanks_for_an_announcement_reach_no_officer(
    club: ClubInATest, typed: str, lan: Phone
) -> None:
    await copy_of(club, lan, "777")
    await lan.says(typed, reply_to="777")
    assert lan.last == VI("flag-courtesy")
    assert await asked(club) == []


async def test_a_reply_that_asks_nothing_waits_for_the_member_to_say_so(
    club: ClubInATest, lan: Phone
) -> None:
    number = await copy_of(club, lan, "777")
    await lan.says("Nhà mình treo cờ rồi nha", reply_to="777")
    assert lan.last == VI("question-meant")
    assert await asked(club) == []
    old = lan.buttons[0].action
    await lan.says("Xóm mình treo cờ rồi nha", reply_to="777")
    await lan.presses_action(old)
    assert await asked(club) == []
    await lan.presses("Hỏi câu lạc bộ")
    assert await asked(club) == [("Xóm mình treo cờ rồi nha", number)]


@pytest.mark.parametrize(
    "typed",
    [
        "mấy giờ mở cửa",
        "co phai mang the khong ad",
        "bỏ phiếu ở đâu",
        "when does it open",
        "Thế à?",
    ],
)
async def test_a_reply_that_asks_is_a_question_with_or_without_its_mark(
    club: ClubInATest, typed: str, lan: Phone
) -> None:
    number = await copy_of(club, lan, "777")
    await lan.says(typed, reply_to="777")
    assert await asked(club) == [(typed, number)]


# --- words that nearly mean a command


@pytest.mark.parametrize(
    ("typed", "pointer"),
    [
        *((typed, "leaving-stop-ask") for typed in ("ngung nhan", "Ngừng nhận", "STOP", "/dung")),
        *((typed, "leaving-leave-hint") for typed in ("roi clb", "rời câu lạc bộ", "/roi")),
        *((typed, "erase-whole-command") for typed in ("xoa du lieu", "Xoá dữ liệu", "/xoa")),
    ],
)
async def test_a_loose_word_points_to_the_command_and_does_nothing(
    club: ClubInATest, typed: str, pointer: str, lan: Phone
) -> None:
    await lan.says(typed)
    assert lan.last == VI(pointer)
    assert (await lan.member()).state is MemberState.ACTIVE
    assert len(await club.in_read(members.agreed, lan.member_id)) == 3


async def test_the_button_under_a_loose_word_asks_before_anybody_leaves(lan: Phone) -> None:
    await lan.says("roi clb")
    await lan.presses("Rời câu lạc bộ")
    assert (await lan.member()).state is MemberState.ACTIVE
    assert VI.plain("leaving-stay") in lan.labels


@pytest.mark.parametrize("typed", ["dừng", "rồi", "đúng", "ngừng", "xoá"])
async def test_words_with_too_many_meanings_point_nowhere(typed: str, lan: Phone) -> None:
    await lan.says(typed)
    assert lan.last == VI("flag-unsure")


# --- before joining


@pytest.mark.parametrize("typed", ["dong y", "Tôi đồng ý", "tham gia", "Yes", "ok!", "agree"])
async def test_a_stranger_who_types_yes_is_pointed_to_the_button(
    club: ClubInATest, typed: str
) -> None:
    ha = club.stranger("Hà")
    await ha.says(typed)
    assert ha.last == VI("joining-press-to-agree")
    assert "“Tôi đồng ý, tham gia”" in ha.last
    assert await step_of(ha) is None


async def test_a_stranger_who_says_anything_else_reads_what_this_is(club: ClubInATest) -> None:
    ha = club.stranger("Hà")
    await ha.says("không đồng ý")
    assert SETTINGS.operator in ha.last
