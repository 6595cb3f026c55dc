"""`/thongke`: totals, and nothing that points at a person (refusal 3)."""

from dataclasses import replace

import pytest

from handlers.speech import Speech
from storage import outbox
from storage.models import AnnouncementState, DeliveryState, Lane, MailingKind
from tests.announcements import VOTING_DAY, publish
from tests.club import SETTINGS, ClubInATest, Phone

VI = Speech("vi", SETTINGS.timezone)


async def members(club: ClubInATest, count: int) -> list[Phone]:
    return [await club.member(f"Hội viên {n}") for n in range(count)]


async def test_one_announcement_in_full(club: ClubInATest) -> None:
    minh = await club.officer("Minh")
    states = [*DeliveryState, DeliveryState.SENT]
    phones = await members(club, len(states))
    copies = {phone.member_id: state for phone, state in zip(phones, states, strict=True)}
    number = await publish(club, copies=copies)
    await minh.says(f"/thongke {number}")
    for line in (
        "Đã gửi: 2",
        "Đang chờ gửi: 3",
        "Không còn liên lạc được: 1",
        "Gửi không thành công: 1",
        "Chưa rõ đã đến hay chưa: 1",
    ):
        assert line in minh.last


async def test_a_word_to_officers_about_it_is_no_copy(club: ClubInATest) -> None:
    minh = await club.officer("Minh")
    number = await publish(club)
    async with club.store.write() as tx:
        notice = await outbox.open_mailing(
            tx,
            kind=MailingKind.NOTICE,
            subject="approval asked for",
            lane=Lane.NOTICE,
            bodies={},
            announcement_id=number,
        )
        assert notice is not None
        await outbox.add_recipients(tx, notice, [minh.member_id])
    await minh.says(f"/thongke {number}")
    assert "Đang chờ gửi: 0" in minh.last


async def test_members_who_shared_and_what_they_added_are_counted(club: ClubInATest) -> None:
    minh = await club.officer("Minh")
    number = await publish(club)
    for phone in await members(club, 3):
        await phone.presses_action(f"shared:{number}")
    lan = await club.member("Lan")
    await lan.presses_action(f"shared:{number}")
    await lan.presses("Thêm liên kết")
    await lan.says("", links=("https://vidu.example/1", "https://vidu.example/2"))
    await minh.says(f"/thongke {number}")
    assert "Xác nhận đã chia sẻ: 4 người" in minh.last
    assert "2 liên kết, 0 ảnh" in minh.last


async def test_what_was_taken_back_does_not_count(club: ClubInATest) -> None:
    minh, lan = await club.officer("Minh"), await club.member("Lan")
    number = await publish(club)
    await lan.presses_action(f"shared:{number}")
    await lan.presses_action(f"takeback:{number}")
    await minh.says(f"/thongke {number}")
    assert "đã chia sẻ: 0 người" in minh.last


async def test_not_for_me_changes_nothing_an_officer_sees(club: ClubInATest) -> None:
    minh = await club.officer("Minh")
    phones = await members(club, 3)
    copies = {phone.member_id: DeliveryState.SENT for phone in phones}
    number = await publish(club, copies=copies)
    await minh.says(f"/thongke {number}")
    await minh.says("/thongke")
    before = [message.text for message in minh.messages.values()]
    for phone in phones:
        await phone.presses_action(f"notforme:{number}")
    await minh.says(f"/thongke {number}")
    await minh.says("/thongke")
    assert [message.text for message in minh.messages.values()] == before * 2


async def test_no_member_is_named(club: ClubInATest) -> None:
    minh, lan = await club.officer("Minh"), await club.member("Nguyễn Thị Lan")
    number = await publish(club, copies={lan.member_id: DeliveryState.SENT})
    await lan.presses_action(f"shared:{number}")
    await minh.says(f"/thongke {number}")
    await minh.says("/thongke")
    shown = " ".join(message.text for message in minh.messages.values())
    assert "Lan" not in shown
    assert lan.address.chat not in shown


async def test_the_last_five_are_listed_and_each_opens(club: ClubInATest) -> None:
    minh = await club.officer("Minh")
    for n in range(6):
        await publish(club, replace(VOTING_DAY, title=f"Tin <{n}>"))
        club.clock.advance(minutes=1)
    await minh.says("/thongke")
    assert "Tin &lt;1&gt;" in minh.last
    assert "Tin &lt;0&gt;" not in minh.last
    await minh.presses("Số 6")
    assert "Tin &lt;5&gt;" in minh.last
    assert "Đang chờ gửi" in minh.last


async def test_figures_of_what_has_not_gone_out_are_not_there(club: ClubInATest) -> None:
    minh = await club.officer("Minh")
    number = await publish(club, state=AnnouncementState.DRAFT)
    await minh.says("/thongke")
    assert minh.last == VI("statistics-none")
    await minh.says(f"/thongke {number}")
    assert minh.last == VI("statistics-unknown")


@pytest.mark.parametrize("words", ["/thongke", "/statistics", "/thongke 1"])
async def test_members_see_no_figures(club: ClubInATest, words: str) -> None:
    lan = await club.member("Lan")
    await publish(club)
    await lan.says(words)
    assert lan.last == VI("command-not-yours")
    await lan.presses_action("statistics:1")
    assert lan.toasts == [VI.plain("button-not-yours")]
