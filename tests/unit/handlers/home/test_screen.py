"""An officer's home: one message with what waits for them, and the way back to it."""

import pytest

from handlers.conversation.i18n import Speech
from handlers.messages import ButtonStyle
from storage.models import AnnouncementState, DeliveryState, MailingState, Role
from tests.support import SETTINGS, ClubInATest, Phone, add_announcement, flag, publish_copies

TO_OFFICERS = Speech("vi", SETTINGS.timezone, you=SETTINGS.officers_are_called)
NOTHING = TO_OFFICERS("home-nothing", club=SETTINGS.name)
WAITING = TO_OFFICERS("home-waiting", club=SETTINGS.name)
ALWAYS = ["✏️ Soạn thông báo", "Số liệu", "Việc khác…"]


def labels(phone: Phone) -> list[str]:
    """The buttons of the newest message."""
    return [button.label for button in phone.buttons]


@pytest.fixture
async def busy(club: ClubInATest, minh: Phone, thu: Phone) -> Phone:
    """An officer for whom one thing of each kind waits."""
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
async def test_whatever_an_officer_opens_with_shows_what_waits(words: str, busy: Phone) -> None:
    await busy.says(words)
    assert busy.last.endswith(WAITING)
    assert labels(busy) == [
        "1 thông báo chờ anh/chị duyệt",
        "2 tin nghi vấn (1 quá hạn)",
        "2 câu hỏi",
        "Đang gửi: số 1, 65 %",
        *ALWAYS,
    ]
    assert len(busy.messages) == 1


async def test_the_home_is_said_in_english_to_who_chose_it(club: ClubInATest, busy: Phone) -> None:
    async with club.store.write() as tx:
        member = await busy.member()
        tx.session.add(member)
        member.language = "en"
    await busy.says("/start")
    assert labels(busy)[:4] == [
        "1 announcement to approve",
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
    lan: Phone, minh: Phone, owner: Phone
) -> None:
    await lan.opens("/dulieu", "Yêu cầu chỉnh sửa")
    await lan.says("Tên tôi bị viết sai, xin sửa lại giúp.")
    await lan.presses("Gửi")
    await minh.says("/menu")
    assert labels(minh) == ALWAYS
    await owner.says("/menu")
    assert labels(owner) == ["1 yêu cầu về dữ liệu", *ALWAYS]
    await owner.presses("yêu cầu về dữ liệu")
    assert "viết sai" in owner.last


async def test_every_button_of_the_home_opens_what_it_names(busy: Phone) -> None:
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
        await busy.opens("/menu", label)
        assert not busy.toasts
        assert any(text in message.text for message in list(busy.messages.values())[-3:]), label
        await busy.says("/huy")


async def test_a_list_leads_back_to_the_home_in_its_place(busy: Phone) -> None:
    await busy.says("/menu")
    for label in ("câu hỏi", "Trang chính", "tin nghi vấn", "Trang chính"):
        await busy.presses(label)
    assert (busy.last, len(busy.messages)) == (WAITING, 1)


async def test_a_progress_message_stays_above_the_home(busy: Phone) -> None:
    await busy.says("/tiendo")
    progress = busy.last
    await busy.presses("Trang chính")
    assert busy.last == WAITING
    assert progress in [message.text for message in busy.messages.values()]


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
    minh, lan = await club_in_batches.officer("Minh"), await club_in_batches.member("Lan")
    await flag(lan)
    club_in_batches.clock.advance(minutes=29, seconds=59)
    await minh.says("/menu")
    assert minh.last == NOTHING
    club_in_batches.clock.advance(seconds=1)
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
