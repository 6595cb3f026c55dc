"""An officer's home: one message with what waits for them, and the way back to it."""

import pytest

from handlers.conversation.i18n import Speech
from handlers.messages import ButtonStyle
from storage.models import AnnouncementState, DeliveryState, MailingState, Role
from tests.support.announcements.records import add_announcement, publish_copies
from tests.support.case_actions import flag
from tests.support.club import SETTINGS, ClubInATest, Phone

TO_OFFICERS = Speech("vi", SETTINGS.timezone, you=SETTINGS.officers_are_called)
NOTHING = TO_OFFICERS("home-nothing", club=SETTINGS.name)
WAITING = TO_OFFICERS("home-waiting", club=SETTINGS.name)
ALWAYS = ["✏️ Soạn thông báo", "Số liệu", "Việc khác…"]


def labels(phone: Phone) -> list[str]:
    """The buttons of the newest message."""
    return [button.label for button in phone.buttons]


async def a_busy_club(club: ClubInATest) -> Phone:
    """An officer for whom one thing of each kind waits."""
    minh, thu = await club.officer("Minh"), await club.officer("Thu")
    readers = [await club.member(f"Lan {number}") for number in range(20)]
    states = [DeliveryState.SENT] * 13 + [DeliveryState.QUEUED] * 7
    await publish_copies(club, list(zip(readers, states, strict=True)), state=MailingState.SENDING)
    awaiting = AnnouncementState.AWAITING_APPROVAL
    await add_announcement(club.store, thu.member_id, "Bầu cử", state=awaiting)
    await flag(readers[0])
    club.clock.advance(days=30)
    await flag(readers[1], "Từ mai cầu Sông Ngọc cấm mọi loại xe trong ba tháng, ai đi qua bị phạt")
    await readers[2].says("/hoi Mấy giờ bỏ phiếu?")
    await readers[3].says("/hoi Ở đâu?")
    return minh


@pytest.mark.parametrize(
    "words", ["/start", "/menu", "menu", "Trang chính", "a lô", "/khongcolenhnay"]
)
async def test_whatever_an_officer_opens_with_shows_what_waits(
    club: ClubInATest, words: str
) -> None:
    minh = await a_busy_club(club)
    await minh.says(words)
    assert minh.last.endswith(WAITING)
    assert labels(minh) == [
        "1 thông báo chờ anh/chị duyệt",
        "2 tin nghi vấn (1 quá hạn)",
        "2 câu hỏi",
        "Đang gửi: số 1, 65 %",
        *ALWAYS,
    ]
    assert len(minh.messages) == 1


async def test_the_home_is_said_in_english_to_who_chose_it(club: ClubInATest) -> None:
    minh = await a_busy_club(club)
    async with club.store.write() as tx:
        member = await minh.member()
        tx.session.add(member)
        member.language = "en"
    await minh.says("/start")
    assert labels(minh)[:4] == [
        "1 announcement waits for your approval",
        "2 flagged posts (1 overdue)",
        "2 questions",
        "Going out: no. 1, 65 %",
    ]


async def test_when_nothing_waits_the_home_says_so(minh: Phone) -> None:
    await minh.says("/menu")
    assert minh.last == NOTHING
    assert labels(minh) == ALWAYS


async def test_a_word_that_nothing_understands_is_called_so(minh: Phone) -> None:
    await minh.says("a lô")
    assert minh.last == f"{TO_OFFICERS('home-not-understood')}\n\n{NOTHING}"


async def test_what_waits_for_owners_alone_is_no_button_of_officers(
    club: ClubInATest, lan: Phone, minh: Phone
) -> None:
    owner = await club.officer("Hoà", owner=True)
    await lan.opens("/dulieu", "Yêu cầu chỉnh sửa")
    await lan.says("Tên tôi bị viết sai, xin sửa lại giúp.")
    await minh.says("/menu")
    assert labels(minh) == ALWAYS
    await owner.says("/menu")
    assert labels(owner) == ["1 yêu cầu về dữ liệu", *ALWAYS]
    await owner.presses("yêu cầu về dữ liệu")
    assert "viết sai" in owner.last


async def test_every_button_of_the_home_opens_what_it_names(club: ClubInATest) -> None:
    minh = await a_busy_club(club)
    opened = {
        "duyệt": "Bầu cử",
        "tin nghi vấn": "VNeID",
        "câu hỏi": TO_OFFICERS("question-list", count=2),
        "Đang gửi": "Thông báo số 1: đang gửi",
        "Soạn thông báo": "",
        "Số liệu": "",
        "Việc khác": TO_OFFICERS("more-head"),
    }
    for label, text in opened.items():
        await minh.opens("/menu", label)
        assert not minh.toasts
        assert any(text in message.text for message in list(minh.messages.values())[-3:]), label
        await minh.says("/huy")


async def test_a_list_leads_back_to_the_home_in_its_place(club: ClubInATest) -> None:
    minh = await a_busy_club(club)
    await minh.says("/menu")
    for label in ("câu hỏi", "Trang chính", "tin nghi vấn", "Trang chính"):
        await minh.presses(label)
    assert (minh.last, len(minh.messages)) == (WAITING, 1)


async def test_a_progress_message_stays_above_the_home(club: ClubInATest) -> None:
    minh = await a_busy_club(club)
    await minh.says("/tiendo")
    progress = minh.last
    await minh.presses("Trang chính")
    assert minh.last == WAITING
    assert progress in [message.text for message in minh.messages.values()]


async def test_members_see_neither_home_nor_its_button(lan: Phone) -> None:
    for words in ("/menu", "menu"):
        await lan.says(words)
        assert lan.last.startswith("Bạn có thể:")
    await lan.says("/thongbao")
    assert not any("Trang chính" in label for label in lan.labels)
    await lan.presses_action("home")
    await lan.presses_action("more")
    assert len(lan.toasts) == 2


async def test_counts_of_flags_change_only_with_the_batch(club_in_batches: ClubInATest) -> None:
    club = club_in_batches
    minh, lan = await club.officer("Minh"), await club.member("Lan")
    await flag(lan)
    club.clock.advance(minutes=29, seconds=59)
    await minh.says("/menu")
    assert minh.last == NOTHING
    club.clock.advance(seconds=1)
    await minh.says("/menu")
    assert labels(minh)[0] == "1 tin nghi vấn"


async def test_on_zalo_the_home_is_a_numbered_list(club: ClubInATest, lan: Phone) -> None:
    await lan.says("/hoi Mấy giờ bỏ phiếu?")
    minh = await club.member("Minh", role=Role.OFFICER, messenger="zalo")
    await minh.says("menu", "1")
    assert "Mấy giờ bỏ phiếu?" in minh.last
    await minh.says("trang chính")
    assert minh.last.startswith(WAITING)


async def test_the_usual_next_step_stands_out(minh: Phone) -> None:
    await minh.says("/menu")
    assert [b.style for b in minh.buttons] == [ButtonStyle.PRIMARY, None, None]
