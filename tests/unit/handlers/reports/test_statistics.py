"""`/thongke`: totals, and nothing that points at a person (refusal: no-pressure-to-share)."""

from dataclasses import replace

import pytest

from handlers.conversation.i18n import Speech
from handlers.reports.announcement_figures import days_since
from handlers.reports.reach import MOST, read_number
from storage.announcements import shares, statistics
from storage.models import (
    AnnouncementState,
    DeliveryState,
    Lane,
    MailingKind,
    Member,
    Role,
    ShareState,
)
from storage.outbox import enqueue
from tests.support import SETTINGS, VOTING_DAY, ClubInATest, Phone, publish

VI = Speech("vi", SETTINGS.timezone)
TO_OFFICER = Speech("vi", SETTINGS.timezone, you=SETTINGS.address("vi", Role.OFFICER))

PNG = b"\x89PNG"
POST = "https://www.facebook.com/permalink.php?story_fbid=45678901234567{}&id=100"


async def members(club: ClubInATest, count: int) -> list[Phone]:
    return [await club.member(f"Hội viên {n}") for n in range(count)]


async def test_one_announcement_in_full(club: ClubInATest, minh: Phone) -> None:
    waiting = [DeliveryState.QUEUED] * 4 + [DeliveryState.SENDING] * 2
    gone = [DeliveryState.GONE] * 5 + [DeliveryState.FAILED] * 4 + [DeliveryState.UNCERTAIN]
    states = [*waiting, *gone, *[DeliveryState.SENT] * 7]
    phones = await members(club, len(states))
    copies = {phone.member_id: state for phone, state in zip(phones, states, strict=True)}
    number = await publish(club, copies=copies)
    await minh.says(f"/thongke {number}")
    for line in (
        "Đã gửi: 7",
        "Đang chờ gửi: 6",
        "Không liên lạc được: –",
        "Gửi không thành công: một số",
        "Chưa rõ đã tới hay chưa: một số",
    ):
        assert line in minh.last


async def test_a_word_to_officers_about_it_is_no_copy(
    club: ClubInATest, minh: Phone, number: int
) -> None:
    async with club.store.write() as tx:
        notice = await enqueue.open_mailing(
            tx,
            kind=MailingKind.NOTICE,
            subject="approval asked for",
            lane=Lane.NOTICE,
            bodies={},
            announcement_id=number,
        )
        assert notice is not None
        await enqueue.add_recipients(tx, notice, [minh.member_id])
    await minh.says(f"/thongke {number}")
    assert "Đã gửi: 0" in minh.last
    assert "Đang chờ gửi: 0" in minh.last


async def test_members_who_shared_and_what_they_added_are_counted(
    club: ClubInATest, minh: Phone, number: int
) -> None:
    for phone in await members(club, 5):
        await phone.presses_action(f"shared:{number}")
    lan = await club.member("Lan")
    await lan.presses_action(f"shared:{number}")
    await lan.presses("Thêm")
    posts = [POST.format(n) for n in range(5)]
    clips = [f"https://www.tiktok.com/@a/video/712345678{n}" for n in range(5)]
    await lan.says("", links=(*posts, *clips))
    await minh.says(f"/thongke {number}")
    assert "Xác nhận đã chia sẻ: 6 người" in minh.last
    assert "10 liên kết, 0 ảnh" in minh.last
    assert "Liên kết theo nơi đăng: Facebook 5, TikTok 5" in minh.last


async def test_an_announcement_to_one_person_does_not_say_what_they_did(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    number = await publish(club, copies={lan.member_id: DeliveryState.SENT})
    await minh.says(f"/thongke {number}")
    await minh.says("/thongke")
    before = [message.text for message in minh.messages.values()]
    assert "Có thao tác" not in " ".join(before)
    await lan.presses_action(f"share:{number}")
    await lan.presses_action(f"shared:{number}")
    await minh.says(f"/thongke {number}")
    await minh.says("/thongke")
    assert [message.text for message in minh.messages.values()] == before * 2


@pytest.mark.parametrize(
    ("people", "said"), [(4, "không tách"), (5, "Có thao tác (bấm nút hoặc chọn một mục): 5")]
)
async def test_from_five_people_on_it_is_said_what_they_did(
    club: ClubInATest, people: int, said: str, minh: Phone
) -> None:
    phones = await members(club, people)
    number = await publish(club, copies={p.member_id: DeliveryState.SENT for p in phones})
    for phone in phones:
        await phone.presses_action(f"share:{number}")
    await minh.says(f"/thongke {number}")
    assert said in minh.last


async def test_the_list_and_the_details_count_alike(club: ClubInATest) -> None:
    phones = await members(club, len(DeliveryState) + 1)
    states = [*DeliveryState, DeliveryState.SENT]
    copies = {phone.member_id: state for phone, state in zip(phones, states, strict=True)}
    first, second = await publish(club, copies=copies), await publish(club, copies=copies)
    for phone in phones[:4]:
        await phone.presses_action(f"shared:{first}")
    await phones[0].presses("Thêm")
    await phones[0].says("", links=(POST.format(1),))
    await phones[1].presses_action(f"shared:{second}")
    async with club.reading() as tx:
        listed = await statistics.totals(tx, [first, second])
        for number in (first, second):
            days = days_since(tx.clock.now(), tx.clock.now(), SETTINGS)
            assert (await statistics.detail(tx, number, days)).totals == listed[number]
    assert (listed[first].sharers, listed[first].links, listed[second].sharers) == (4, 1, 1)
    assert listed[first].opened > 0


async def test_what_was_taken_back_does_not_count(club: ClubInATest) -> None:
    minh, phones = await club.officer("Minh"), await members(club, 5)
    number = await publish(club, copies={p.member_id: DeliveryState.SENT for p in phones})
    for phone in phones:
        await phone.presses_action(f"shared:{number}")
        await phone.presses_action(f"takeback:{number}")
    await minh.says(f"/thongke {number}")
    assert "đã chia sẻ: 0 người" in minh.last


async def test_not_for_me_changes_nothing_an_officer_sees(club: ClubInATest, minh: Phone) -> None:
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


async def test_the_last_five_are_listed_and_each_opens(club: ClubInATest, minh: Phone) -> None:
    for n in range(6):
        await publish(club, replace(VOTING_DAY, title=f"Tin <{n}>"))
        club.clock.advance(minutes=1)
    await minh.says("/thongke")
    assert "Tin &lt;1&gt;" in minh.last
    assert "Tin &lt;0&gt;" not in minh.last
    await minh.presses("Số 6")
    assert "Tin &lt;5&gt;" in minh.last
    assert "Đang chờ gửi" in minh.last


async def test_figures_of_what_has_not_gone_out_are_not_there(
    club: ClubInATest, minh: Phone
) -> None:
    number = await publish(club, state=AnnouncementState.DRAFT)
    await minh.says("/thongke")
    assert minh.last == TO_OFFICER("statistics-none")
    await minh.says(f"/thongke {number}")
    assert minh.last == TO_OFFICER("statistics-unknown")


@pytest.mark.parametrize("words", ["/thongke", "/statistics", "/thongke 1"])
async def test_members_see_no_figures(club: ClubInATest, words: str, lan: Phone) -> None:
    await publish(club)
    await lan.says(words)
    assert lan.last == VI("command-not-yours")
    await lan.presses_action("statistics:1")
    assert lan.toasts == [VI.plain("button-not-yours")]


async def test_who_opened_it_by_a_tap_is_counted_once_and_passing_by_is_no_opening(
    club: ClubInATest, minh: Phone
) -> None:
    phones = await members(club, 12)
    number = await publish(club, copies={p.member_id: DeliveryState.SENT for p in phones})
    for phone in phones[:5]:
        await phone.presses_action(f"share:{number}")
        await phone.presses_action(f"share:{number}")
    await phones[5].says(f"/thongbao {number}")
    for phone in phones[6:]:
        await phone.presses_action(f"notforme:{number}")
    await minh.says(f"/thongke {number}")
    assert "Có thao tác (bấm nút hoặc chọn một mục): 6 người" in minh.last
    assert "• 10/3: 6 · 0" in minh.last


async def test_whoever_shared_it_counts_as_having_opened_it(club: ClubInATest, minh: Phone) -> None:
    phones = await members(club, 18)
    copies = {phone.member_id: DeliveryState.SENT for phone in phones[:16]}
    number = await publish(club, copies=copies)
    for phone in phones[:5]:
        await phone.presses_action(f"share:{number}")
    # Two who opened their copy, three who did not, and two who have none.
    for phone in (*phones[:2], *phones[5:8], *phones[16:]):
        await club.in_write(shares.answer, number, phone.member_id, ShareState.SHARED)
    for counted in (
        (await club.in_read(statistics.totals, [number]))[number],
        (await club.in_read(statistics.detail, number, [])).totals,
    ):
        assert (counted.opened, counted.sharers) == (10, 7)
    await minh.says(f"/thongke {number}")
    assert "một mục): 10 người" in minh.last


async def test_no_area_shared_more_than_it_opened(club: ClubInATest, minh: Phone) -> None:
    village = [await club.member(f"S{n}", area="song-ngoc") for n in range(6)]
    number = await publish(club, copies={p.member_id: DeliveryState.SENT for p in village})
    for phone in village:
        await club.in_write(shares.answer, number, phone.member_id, ShareState.SHARED)
    counted = await club.in_read(statistics.detail, number, [])
    (of_area,) = counted.breakdown.areas.values()
    assert (of_area.sent, of_area.opened, of_area.shared) == (6, 6, 6)


async def test_figures_come_by_area_where_nobody_is_singled_out(
    club: ClubInATest, minh: Phone
) -> None:
    sandbox = [await club.member(f"T{n}", area="thi-xa") for n in range(9)]
    village = [await club.member(f"S{n}", area="song-ngoc") for n in range(5)]
    number = await publish(
        club, copies={p.member_id: DeliveryState.SENT for p in sandbox + village}
    )
    for phone in village:
        await phone.presses_action(f"shared:{number}")
    await minh.says(f"/thongke {number}")
    assert "• Thị xã Hòa An: 9 · 0 · 0" in minh.last
    assert "• Huyện Sông Ngọc: 5 · 5 · 5" in minh.last
    await sandbox[0].presses_action(f"shared:{number}")
    await minh.says(f"/thongke {number}")
    assert "• Thị xã Hòa An: 9 · – · –" in minh.last
    assert "• Huyện Sông Ngọc: 5 · – · –" in minh.last
    await sandbox[0].presses_action(f"takeback:{number}")
    async with club.store.write() as tx:
        (await tx.session.get_one(Member, village[1].member_id)).area = None
    await minh.says(f"/thongke {number}")
    assert "Sông Ngọc" not in minh.last
    assert "• 2 địa bàn ít người, gộp chung: 5 · – · 5" in minh.last


async def test_what_was_done_after_a_fortnight_counts_for_its_last_day(club: ClubInATest) -> None:
    minh, phones = await club.officer("Minh"), await members(club, 6)
    copies = {phone.member_id: DeliveryState.SENT for phone in phones}
    number = await publish(club, replace(VOTING_DAY, valid_until=None), copies=copies)
    club.clock.advance(days=13)
    for phone in phones[:5]:
        await phone.presses_action(f"shared:{number}")
    club.clock.advance(days=10)
    await phones[5].presses_action(f"shared:{number}")
    await minh.says(f"/thongke {number}")
    assert "• 23/3: 6 · 6" in minh.last


async def test_the_picture_goes_before_the_words_and_keeps_its_ground(
    minh: Phone, number: int
) -> None:
    await minh.says(f"/thongke {number}")
    assert minh.drawings[0]().startswith(PNG)
    await minh.presses("Nền tối")
    await minh.says("/thongke")
    assert "Nền sáng" in minh.labels[:8]
    await minh.presses("Nền sáng")
    assert not (await minh.member()).dark_pictures


async def test_an_officer_notes_how_far_a_public_share_went(club: ClubInATest) -> None:
    minh, lan = await club.officer("Minh"), await club.member("Nguyễn Thị Lan")
    phones = [lan, *await members(club, 4)]
    number = await publish(club, copies={p.member_id: DeliveryState.SENT for p in phones})
    await lan.presses_action(f"shared:{number}")
    await lan.presses("Thêm")
    await lan.says("", links=(POST.format(1),))
    await minh.opens(f"/thongke {number}", "Ghi lượt xem")
    assert "Lượt xem đã ghi: chưa có" in minh.last
    assert "Lan" not in minh.last
    await minh.presses("Ghi bài 1")
    await minh.says("nhiều lắm")
    assert "chưa đọc được" in minh.last
    await minh.says("1,2k")
    assert "Đã ghi: 1.200 lượt xem" in minh.last
    await minh.says(f"/thongke {number}")
    assert "do cán bộ tự ghi: 1.200" in minh.last
    await lan.presses_action(f"takeback:{number}")
    await minh.says(f"/thongke {number}")
    assert "tự ghi" not in minh.last


async def test_reach_cannot_be_noted_of_a_share_that_counts_no_more(
    minh: Phone, number: int
) -> None:
    await minh.presses_action(f"reach-of:{number}:99")
    assert "không còn được tính" in minh.toasts[-1]
    await minh.presses_action(f"reach:{number}")
    assert "chưa gửi liên kết" in minh.toasts[-1]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1200", 1200), ("1.200", 1200), ("1,200,000", 1_200_000), ("3 nghìn", 3000),
        ("3,5k", 3500), ("1.2 triệu", 1_200_000), ("0", 0), (str(MOST), MOST),
        (str(MOST + 1), None), ("", None), ("-3", None), ("12 người", None), ("1.2", None),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(typed: str, meant: int | None) -> None:
    assert read_number(typed) == meant
