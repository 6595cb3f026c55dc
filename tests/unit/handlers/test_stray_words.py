"""What people type at a moment when nobody asked for it."""

from handlers.messages import Media, MediaKind
from handlers.speech import Speech
from storage import people, steps
from storage.steps import StepFound
from tests.announcements import publish
from tests.club import SETTINGS, ClubInATest, Phone

VI = Speech("vi", SETTINGS.timezone)
STRAY = ("à", "Mai cả tỉnh nghỉ học thật à?", "https://vidu.example/bai-1")
VOICE = Media(MediaKind.VOICE, file="f", unique="u")


async def step_of(phone: Phone) -> StepFound | None:
    async with phone.club.reading() as tx:
        lookup = people.lookup_of(tx, phone.address.messenger, phone.address.chat)
        return await steps.find(tx, lookup)


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


async def test_a_step_that_nobody_reads_is_kept_whatever_is_typed(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    async with club.store.write() as tx:
        lookup = people.lookup_of(tx, lan.address.messenger, lan.address.chat)
        await steps.put(tx, lookup, "some.buttons", {"typed": "before"})
    await stays_where_they_are(lan)
    await lan.presses("Huỷ")
    assert await step_of(lan) is None


async def test_a_stray_word_does_not_lose_the_answer_about_to_be_published(
    club: ClubInATest,
) -> None:
    lan, thu = await club.member("Lan"), await club.officer("Thu")
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


async def test_a_stray_word_does_not_lose_the_invite_being_made(club: ClubInATest) -> None:
    minh = await club.officer("Minh")
    await minh.says("/moi")
    await stays_where_they_are(minh)
    await minh.presses("Tạo lời mời")
    assert minh.toasts == []


async def test_a_stray_word_does_not_lose_what_an_owner_looked_for(club: ClubInATest) -> None:
    hoa = await club.officer("Hoa", owner=True)
    await hoa.says("/hoivien")
    await stays_where_they_are(hoa)


async def test_a_command_ends_what_holds_nobody_up(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await lan.says("chào bạn")
    assert await step_of(lan) is not None
    await lan.says("/trogiup")
    assert await step_of(lan) is None
