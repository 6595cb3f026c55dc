"""`/tiendo`: any officer can pause an announcement, let it go on, or give up the rest of it."""

import pytest
from sqlmodel import select

from handlers.conversation.i18n import Speech
from storage.models import (
    Announcement,
    AnnouncementState,
    DeliveryState,
    Mailing,
    MailingKind,
    MailingState,
    Role,
)
from storage.outbox import deliveries, mailings, recipients
from tests.support import LEASE, SETTINGS, ClubInATest, Outbox, Phone, audit_actions, publish

S = DeliveryState
VI = Speech("vi", SETTINGS.timezone)
TO_OFFICER = Speech("vi", SETTINGS.timezone, you=SETTINGS.address("vi", Role.OFFICER))
MORE = VI.plain("aftercare-button")


async def going_out(club: ClubInATest, *copies: DeliveryState) -> tuple[int, list[Phone]]:
    """An announcement that is going out, a copy in each of these states; its number and the members."""
    phones = [await club.member(f"Hội viên {n}") for n in range(len(copies))]
    states = {phone.member_id: state for phone, state in zip(phones, copies, strict=True)}
    number = await publish(club, copies=states, state=AnnouncementState.SENDING)
    async with club.store.write() as tx:
        (await tx.session.exec(select(Mailing))).one().state = MailingState.SENDING
    return number, phones


async def mailing_state(club: ClubInATest) -> MailingState:
    async with club.reading() as tx:
        return (await tx.session.exec(select(Mailing))).one().state


async def fill(club: ClubInATest) -> None:
    async with club.store.write() as tx:
        while await recipients.fill_next_range(tx, members=100):
            pass


async def test_an_officer_sees_what_is_going_out_with_its_bar(
    club: ClubInATest, minh: Phone
) -> None:
    await going_out(club, S.SENT, S.QUEUED)
    await minh.says("/tiendo")
    assert "░░░░░░░░░░ 0 %" in minh.last
    assert [b.label for b in minh.buttons] == ["Tạm dừng", "Ngừng hẳn", MORE, "🏠 Trang chính"]


@pytest.mark.parametrize("name", ["/tamdung", "/pause"])
async def test_pausing_is_a_further_name_of_the_command(
    club: ClubInATest, minh: Phone, name: str
) -> None:
    await going_out(club, S.SENT, S.QUEUED)
    await minh.says(name)
    assert "Tạm dừng" in [b.label for b in minh.buttons]


@pytest.mark.parametrize(
    "typed",
    ["dừng gửi", "Dừng gửi thông báo!", "tạm dừng gửi", "cho mình ngừng gửi nhé", "stop sending"],
)
async def test_an_officer_who_writes_to_stop_sending_gets_what_goes_out(
    club: ClubInATest, minh: Phone, typed: str
) -> None:
    await going_out(club, S.SENT, S.QUEUED)
    await minh.says(typed)
    progress, receiving = (message.text for message in list(minh.messages.values())[-2:])
    assert "░░░░░░░░░░ 0 %" in progress
    assert receiving == TO_OFFICER("progress-stop-receiving")
    await minh.presses("Tạm dừng")
    assert await mailing_state(club) is MailingState.PAUSED


@pytest.mark.parametrize("typed", ["đừng gửi cho tôi nữa", "dừng nhận"])
async def test_an_officer_who_wants_no_messages_is_offered_to_stop_them(
    minh: Phone, typed: str
) -> None:
    await minh.says(typed)
    assert [button.label for button in minh.buttons] == ["Ngừng nhận mọi tin"]


async def test_nothing_going_out_is_said(club: ClubInATest, minh: Phone) -> None:
    await publish(club)
    await minh.says("/progress")
    assert minh.last == TO_OFFICER("progress-none")


async def test_what_is_paused_is_not_sent_and_goes_on_when_told(
    club: ClubInATest, minh: Phone, box: Outbox
) -> None:
    _, (lan, hoa) = await going_out(club, S.SENT, S.QUEUED)
    await minh.opens("/tiendo", "Tạm dừng")
    assert "tạm dừng gửi" in minh.last
    assert await box.claim() == []
    await minh.presses("Gửi tiếp")
    await fill(club)
    assert await mailing_state(club) is MailingState.SENDING
    going = {row.member_id for row in await box.claim()}
    assert hoa.member_id in going
    assert lan.member_id not in going
    assert await audit_actions(club) == ["sending paused", "sending resumed"]


async def test_each_change_is_said_at_once_by_a_toast(club: ClubInATest, minh: Phone) -> None:
    await going_out(club, S.QUEUED)
    await minh.opens("/tiendo", "Tạm dừng", "Gửi tiếp", "Ngừng hẳn")
    await minh.presses("Ngừng hẳn")
    assert minh.toasts == ["Đã tạm dừng.", "Đang gửi tiếp.", "Đã ngừng hẳn."]


async def test_what_a_worker_holds_when_the_officer_pauses_does_not_leave(
    club: ClubInATest, minh: Phone, box: Outbox
) -> None:
    await going_out(club, S.QUEUED)
    (row,) = await box.claim()
    await minh.opens("/tiendo", "Tạm dừng")
    assert await box.begin(row) == set()
    assert await box.states() == [S.QUEUED]


async def test_nobody_gets_it_twice_because_it_was_paused(
    club: ClubInATest, minh: Phone, box: Outbox
) -> None:
    _, phones = await going_out(club, S.SENT, S.QUEUED)
    await minh.opens("/tiendo", "Tạm dừng", "Gửi tiếp")
    await fill(club)
    rows = {row.member_id: row.state for row in await box.rows()}
    assert [rows[phone.member_id] for phone in phones] == [S.SENT, S.QUEUED]


async def test_giving_up_the_rest_takes_one_more_yes(
    club: ClubInATest, minh: Phone, box: Outbox
) -> None:
    await going_out(club, S.SENT, S.SENDING, S.CLAIMED, S.QUEUED)
    await minh.opens("/tiendo", "Ngừng hẳn")
    assert "một số người chưa có" in minh.last
    assert await mailing_state(club) is MailingState.SENDING
    await minh.presses("Ngừng hẳn")
    assert await box.states() == [S.SENT, S.SENDING, S.CANCELLED, S.CANCELLED]
    assert "không tách" in minh.last
    assert await audit_actions(club) == ["sending cancelled"]


async def test_what_has_left_before_the_rest_was_given_up_counts_as_sent(
    club: ClubInATest, minh: Phone
) -> None:
    number, _ = await going_out(club, S.SENT, S.QUEUED)
    await minh.presses_action("sending-cancel-sure:1")
    assert "░░░░░░░░░░ 0 %" in minh.last
    async with club.reading() as tx:
        announcement = await tx.session.get_one(Announcement, number)
    assert announcement.state is AnnouncementState.SENT


async def test_what_was_paused_before_everybody_was_on_its_list_goes_to_the_others_too(
    club: ClubInATest, minh: Phone, box: Outbox
) -> None:
    await going_out(club, S.SENT, S.QUEUED)
    async with club.store.write() as tx:
        (await tx.session.exec(select(Mailing))).one().state = MailingState.FILLING
    await club.member("Người cuối danh sách")
    await minh.presses_action("sending-pause:1")
    await fill(club)
    before = len(await box.rows())
    await minh.presses_action("sending-resume:1")
    await fill(club)
    assert len(await box.rows()) > before
    assert await mailing_state(club) is MailingState.SENDING


async def test_after_a_pause_the_speed_is_measured_anew(club: ClubInATest, minh: Phone) -> None:
    await going_out(club, S.SENT, S.QUEUED)
    async with club.store.write() as tx:
        mailing = (await tx.session.exec(select(Mailing))).one()
        mailing.samples = [[tx.clock.now().timestamp(), 0]]
    await minh.presses_action("sending-pause:1")
    club.clock.advance(seconds=20)
    await minh.presses_action("sending-resume:1")
    assert "Tốc độ" not in minh.last


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        (MailingKind.ANNOUNCEMENT, "progress-cancel-question"),
        (MailingKind.CORRECTION, "correction-cancel-question"),
        (MailingKind.RECALL, "recall-cancel-question"),
    ],
)
async def test_giving_up_is_asked_for_what_it_is(
    club: ClubInATest, kind: MailingKind, asked: str, minh: Phone
) -> None:
    await going_out(club, S.QUEUED)
    async with club.store.write() as tx:
        (await tx.session.exec(select(Mailing))).one().kind = kind
    await minh.presses_action("sending-cancel:1")
    assert minh.last == TO_OFFICER(asked, number="1", left="một số")


async def test_who_has_it_can_still_read_what_was_cancelled(club: ClubInATest, minh: Phone) -> None:
    number, (lan, _) = await going_out(club, S.SENT, S.QUEUED)
    await minh.opens("/tiendo", "Ngừng hẳn", "Ngừng hẳn")
    await lan.says(f"/thongbao {number}")
    assert "Ngày bầu cử" in lan.last


async def test_no_is_no(club: ClubInATest, minh: Phone) -> None:
    await going_out(club, S.QUEUED)
    await minh.opens("/tiendo", "Ngừng hẳn", "Không, xem tiến độ")
    assert "đang gửi" in minh.last
    assert await mailing_state(club) is MailingState.SENDING


@pytest.mark.parametrize("action", ["pause", "resume", "cancel", "cancel-sure"])
async def test_a_button_of_what_is_over_changes_nothing(
    club: ClubInATest, action: str, minh: Phone
) -> None:
    await publish(club)
    await minh.presses_action(f"sending-{action}:1")
    assert "đã gửi xong" in minh.last
    assert await mailing_state(club) is MailingState.DONE
    assert await audit_actions(club) == []


async def test_a_second_officer_who_pauses_too_changes_nothing(
    club: ClubInATest, minh: Phone, thu: Phone
) -> None:
    await going_out(club, S.QUEUED)
    for officer in (minh, thu):
        await officer.presses_action("sending-pause:1")
        assert "tạm dừng gửi" in officer.last
    assert await audit_actions(club) == ["sending paused"]


async def test_only_announcements_are_steered(club: ClubInATest, minh: Phone, lan: Phone) -> None:
    notice = await Outbox(club.store).mail(lan.member_id)
    await minh.presses_action(f"sending-pause:{notice}")
    assert minh.toasts == [VI.plain("button-unknown")]
    assert await mailing_state(club) is MailingState.SENDING


async def test_members_steer_nothing(club: ClubInATest, lan: Phone) -> None:
    await going_out(club, S.QUEUED)
    await lan.presses_action("sending-cancel-sure:1")
    assert await mailing_state(club) is MailingState.SENDING
    await lan.says("/tiendo")
    assert lan.last == VI("command-not-yours")


async def test_what_is_cancelled_is_over_for_the_worker_too(
    club: ClubInATest, minh: Phone, box: Outbox
) -> None:
    await going_out(club, S.QUEUED)
    (row,) = await box.claim()
    await minh.presses_action("sending-cancel-sure:1")
    assert await box.begin(row) == set()
    async with club.store.write() as tx:
        assert await mailings.finish(tx) == []
        await deliveries.recover(tx, lease=LEASE)
    assert await box.states() == [S.CANCELLED]
