"""`/thuhoi`: one officer takes an announcement back, asked once more, and everybody else is told."""

from dataclasses import replace

import pytest
from sqlmodel import select

from handlers.conversation.i18n import Speech
from handlers.messages import Answer, Reply
from handlers.notifications import choose
from storage.announcements import announcements
from storage.database.engine import Store
from storage.models import (
    AnnouncementState,
    Delivery,
    DeliveryState,
    MailingKind,
    MailingState,
    Role,
)
from tests.support import (
    SETTINGS,
    VOTING_DAY,
    ClubInATest,
    ManualClock,
    Phone,
    add_recipients,
    audit_actions,
    begin_stepwise,
    correct,
    deliveries_of,
    mailings_of,
    original_mailing,
    publish_copies,
    submit_correction,
    waiting_for,
)
from tests.support.probed_club import buttons_of

S = DeliveryState
VI = Speech("vi", SETTINGS.timezone)
TO_OFFICER = Speech("vi", SETTINGS.timezone, you=SETTINGS.address("vi", Role.OFFICER))

pytestmark = pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)


async def recall(officer: Phone, number: int) -> None:
    await officer.opens(f"/thuhoi {number}", "Sai ngày hoặc giờ", "Thu hồi ngay")


async def state_of(club: ClubInATest, number: int) -> AnnouncementState:
    found = await club.in_read(announcements.find, number)
    assert found is not None
    return found.state


async def test_it_is_asked_once_plainly_and_no_is_no(
    club: ClubInATest, minh: Phone, lan: Phone, number: int
) -> None:
    await minh.says(f"/thuhoi {number}")
    assert "Sẽ xoá một số bản đã gửi" in minh.last
    assert await state_of(club, number) is AnnouncementState.SENT
    await minh.presses("Không thu hồi")
    assert minh.last == VI("recalling-kept", number=str(number))
    assert await state_of(club, number) is AnnouncementState.SENT
    assert await mailings_of(club, MailingKind.RECALL) == []


async def test_it_is_offered_below_the_figures_until_it_is_done(
    club: ClubInATest, minh: Phone, number: int
) -> None:
    def offered(answer: Answer) -> set[str]:
        shown = [one.message for one in answer if isinstance(one, Reply) and one.message]
        return {button.label for button in buttons_of(shown)} & {"Đính chính", "Thu hồi"}

    assert offered(await minh.says(f"/thongke {number}")) == {"Đính chính", "Thu hồi"}
    await minh.presses("Thu hồi", "Sai ngày hoặc giờ", "Thu hồi ngay")
    assert offered(await minh.says(f"/thongke {number}")) == set()


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("Thu hồi thông báo số 4", "recalling-which"),
        ("thu hồi tin đã gửi", "recalling-which"),
        ("Tôi muốn đính chính thông báo", "correcting-which"),
        ("đính chính", "correcting-which"),
        ("recall announcement 4", "recalling-which"),
    ],
)
async def test_plain_words_lead_to_the_choice_of_an_announcement(
    club: ClubInATest, minh: Phone, number: int, words: str, asked: str
) -> None:
    await minh.says(words)
    assert minh.last == TO_OFFICER(asked)


async def test_the_second_press_takes_back_every_copy_that_may_be_there(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    hoa, nam = await club.member("Hoa"), await club.member("Nam")
    number = await publish_copies(club, [(lan, S.SENT), (hoa, S.UNCERTAIN), (nam, S.GONE)])
    await recall(minh, number)
    assert await state_of(club, number) is AnnouncementState.RECALLED
    (mailing,) = await mailings_of(club, MailingKind.RECALL)
    assert mailing.watcher_id == minh.member_id
    await add_recipients(club)
    assert set(await deliveries_of(club, mailing)) == {lan.member_id, hoa.member_id}


async def test_whoever_has_a_copy_reads_which_one_it_was_and_why(
    club: ClubInATest, minh: Phone, lan: Phone, number: int
) -> None:
    await recall(minh, number)
    (mailing,) = await mailings_of(club, MailingKind.RECALL)
    told = choose(mailing.bodies, "vi").text
    assert f"số {number} “{VOTING_DAY.title}”" in told
    assert "Lý do: <i>Sai ngày hoặc giờ</i>" in told
    assert "không còn hiệu lực" in told
    assert "Wrong date or time" in choose(mailing.bodies, "en").text


async def test_the_reason_can_be_typed_and_is_shown_as_members_will_read_it(
    club: ClubInATest, minh: Phone, lan: Phone, number: int
) -> None:
    await minh.says(f"/thuhoi {number}")
    await minh.says("Dời sang  22/3 < mưa lớn")
    assert "Lý do: <i>Dời sang 22/3 &lt; mưa lớn</i>" in minh.last
    assert await state_of(club, number) is AnnouncementState.SENT
    await minh.presses("Thu hồi ngay")
    (mailing,) = await mailings_of(club, MailingKind.RECALL)
    assert "Dời sang 22/3" in choose(mailing.bodies, "vi").text


async def test_another_reason_replaces_the_first_and_a_long_one_is_refused(
    club: ClubInATest, minh: Phone, lan: Phone, number: int
) -> None:
    await minh.opens(f"/thuhoi {number}", "Sai địa điểm")
    await minh.says("Nhầm tên xã")
    assert "Nhầm tên xã" in minh.last
    await minh.says("a" * 201)
    await minh.presses_action(f"recall-sure:{number}")
    (mailing,) = await mailings_of(club, MailingKind.RECALL)
    assert "Nhầm tên xã" in choose(mailing.bodies, "vi").text


async def test_without_a_reason_nothing_is_recalled(
    club: ClubInATest, minh: Phone, lan: Phone, number: int
) -> None:
    await minh.says(f"/thuhoi {number}")
    await minh.presses_action(f"recall-sure:{number}")
    assert minh.toasts == [TO_OFFICER.plain("recalling-begin-anew", number=str(number))]
    assert await state_of(club, number) is AnnouncementState.SENT


async def test_who_has_none_yet_gets_none(club: ClubInATest, minh: Phone, lan: Phone) -> None:
    hoa, nam = await club.member("Hoa"), await club.member("Nam")
    copies = [(lan, S.QUEUED), (hoa, S.CLAIMED), (nam, S.SENDING)]
    number = await publish_copies(club, copies, state=MailingState.SENDING)
    await recall(minh, number)
    mailing = await original_mailing(club, number)
    assert mailing.state is MailingState.CANCELLED
    rows = await deliveries_of(club, mailing)
    assert [rows[phone.member_id].state for phone, _ in copies] == [
        S.CANCELLED,
        S.CANCELLED,
        S.SENDING,
    ]
    await add_recipients(club)
    (taking_back,) = await mailings_of(club, MailingKind.RECALL)
    assert set(await deliveries_of(club, taking_back)) == {nam.member_id}


async def test_nobody_reads_shares_or_lists_it_any_more(
    minh: Phone, lan: Phone, number: int
) -> None:
    await recall(minh, number)
    await lan.says("/thongbao")
    assert lan.last == VI("reading-none")


async def test_who_had_a_copy_reads_why_it_was_recalled_and_who_had_none_that_it_was(
    club: ClubInATest, minh: Phone, lan: Phone, number: int
) -> None:
    hoa = await club.member("Hoa")
    await recall(minh, number)
    for ask in (lan.says(f"/thongbao {number}"), lan.presses_action(f"read:{number}")):
        await ask
        assert "Lý do: <i>Sai ngày hoặc giờ</i>" in lan.messages.popitem()[1].text
    await hoa.says(f"/thongbao {number}")
    assert hoa.last == VI("reading-recalled", number=str(number))


@pytest.mark.parametrize("button", ["share", "shared", "notforme", "remind", "faq"])
async def test_the_buttons_of_a_copy_left_over_say_that_it_was_recalled(
    minh: Phone, lan: Phone, button: str, number: int
) -> None:
    await recall(minh, number)
    await lan.presses_action(f"{button}:{number}:copy")
    assert lan.toasts == [VI.plain("reading-recalled", number=str(number))]


async def test_corrections_under_way_and_half_written_end(
    club: ClubInATest, minh: Phone, lan: Phone, thu: Phone, number: int
) -> None:
    await correct(minh, thu, number)
    await submit_correction(thu, number, "Sửa lần thứ hai.")
    await recall(minh, number)
    (under_way,) = await mailings_of(club, MailingKind.CORRECTION)
    assert under_way.state is MailingState.CANCELLED
    await minh.says("/choduyet")
    assert minh.last == TO_OFFICER("announcing-nothing-waits")
    await thu.says(f"/dinhchinh {number}")
    assert thu.last == VI("recalling-already", number=str(number))


async def test_it_is_in_the_log_and_every_other_officer_is_told(
    club: ClubInATest, minh: Phone, lan: Phone, thu: Phone
) -> None:
    await recall(minh, await publish_copies(club, [(lan, S.SENT)]))
    assert await audit_actions(club) == ["announcement recalled"]
    told = (await waiting_for(thu))[-1].text
    assert "thu hồi" in told
    assert "Sai ngày hoặc giờ" in told
    assert await waiting_for(minh) == []


async def test_a_second_recall_says_that_it_is_done(
    club: ClubInATest, minh: Phone, lan: Phone, number: int
) -> None:
    await recall(minh, number)
    await minh.presses_action(f"recall-sure:{number}")
    assert minh.toasts == [VI.plain("recalling-already", number=str(number))]
    assert len(await mailings_of(club, MailingKind.RECALL)) == 1


async def test_members_recall_nothing(club: ClubInATest, lan: Phone, number: int) -> None:
    await lan.presses_action(f"recall-sure:{number}")
    assert lan.toasts == [VI.plain("button-not-yours")]
    assert await state_of(club, number) is AnnouncementState.SENT


async def test_what_has_not_gone_out_cannot_be_recalled(club: ClubInATest, minh: Phone) -> None:
    await begin_stepwise(minh)
    await minh.says("Tiêu đề")
    await minh.presses_action("recall-sure:1")
    assert minh.toasts == [TO_OFFICER.plain("picking-unknown", number="N1")]


async def test_without_a_number_the_newest_are_offered(
    minh: Phone, lan: Phone, number: int
) -> None:
    await minh.says("/recall")
    assert [button.action for button in minh.buttons] == [f"recall:{number}"]


@pytest.mark.parametrize("command", ["thuhoi", "dinhchinh"])
async def test_the_officer_is_told_before_where_nothing_that_was_sent_can_be_changed(
    store: Store, clock: ManualClock, command: str
) -> None:
    club = ClubInATest(store, clock, replace(SETTINGS, unchangeable=("zalo",)))
    minh, lan, ha = await club.officer("Minh"), await club.member("Lan"), await club.member("Hà")
    number = await publish_copies(club, [(lan, S.SENT), (ha, S.SENT)])
    assert "Zalo" not in await planned(minh, number, command)
    await arrived_by_zalo(club, ha)
    assert "Riêng trên Zalo" in (told := await planned(minh, number, command))
    assert "một số người" in told


async def planned(officer: Phone, number: int, command: str) -> str:
    """What an officer reads about the copies before they are touched."""
    if command == "thuhoi":
        await officer.says(f"/thuhoi {number}")
    else:
        await officer.says("/huy")
        await submit_correction(officer, number, f"Lời mới sau {len(officer.messages)} tin.")
        await officer.opens("/choduyet", "✏️")
    return officer.last


async def arrived_by_zalo(club: ClubInATest, who: Phone) -> None:
    async with club.store.write() as tx:
        mine = select(Delivery).where(Delivery.member_id == who.member_id)
        (await tx.session.exec(mine)).one().via = "zalo"
