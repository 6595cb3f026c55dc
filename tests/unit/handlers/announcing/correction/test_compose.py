"""`/dinhchinh`: other words for what went out, approved like an announcement, for everyone who has it."""

from dataclasses import replace

import pytest
from sqlmodel import select

from handlers.conversation.i18n import Speech
from handlers.messages import Media, MediaKind, Message
from handlers.notifications import choose, pack_text
from handlers.views.announcement import Content, unpack
from storage.announcements import announcements, published
from storage.models import (
    Announcement,
    AnnouncementState,
    DeliveryState,
    Mailing,
    MailingKind,
    MailingState,
    Role,
)
from storage.outbox import enqueue
from tests.support import (
    NEW_TEXT,
    SETTINGS,
    VOTING_DAY,
    ClubInATest,
    Outbox,
    Phone,
    add_recipients,
    approve_correction,
    audit_actions,
    begin_stepwise,
    correct,
    deliveries_of,
    mailings_of,
    messages_of,
    original_mailing,
    publish_copies,
    submit_card,
    submit_correction,
    waiting_for,
)

S = DeliveryState
VI = Speech("vi", SETTINGS.timezone)
TO_OFFICER = Speech("vi", SETTINGS.timezone, you=SETTINGS.address("vi", Role.OFFICER))
CORRECTED = "✏️ <b>Đã đính chính</b>"

pytestmark = pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)


async def readable(club: ClubInATest, number: int) -> Content:
    found = await club.in_read(published.find, number)
    assert found is not None
    return unpack(found.content)


async def state_of(club: ClubInATest, number: int) -> AnnouncementState:
    found = await club.in_read(announcements.find, number)
    assert found is not None
    return found.state


@pytest.fixture
async def thu(club: ClubInATest) -> Phone:
    return await club.officer("Thu")


async def test_nothing_changes_before_another_officer_approves(
    club: ClubInATest, minh: Phone, lan: Phone, number: int
) -> None:
    await submit_correction(minh, number)
    assert (await readable(club, number)).html == VOTING_DAY.html
    assert await mailings_of(club, MailingKind.CORRECTION) == []


async def test_once_approved_every_copy_is_to_be_corrected_and_its_owner_told(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone
) -> None:
    hoa, nam, tam = [await club.member(name) for name in ("Hoa", "Nam", "Tâm")]
    copies = [(lan, S.SENT), (hoa, S.UNCERTAIN), (nam, S.SENDING), (tam, S.CANCELLED)]
    number = await publish_copies(club, copies)
    await correct(minh, thu, number)
    (mailing,) = await mailings_of(club, MailingKind.CORRECTION)
    assert (mailing.announcement_id, mailing.state) == (number, MailingState.FILLING)
    notice = choose(mailing.bodies, "vi")
    assert "đính chính" in notice.text
    assert notice.silent
    await add_recipients(club)
    assert set(await deliveries_of(club, mailing)) == {lan.member_id, hoa.member_id, nam.member_id}


async def test_the_officer_sees_the_copy_exactly_as_it_will_be(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone, number: int
) -> None:
    await submit_correction(minh, number)
    await thu.says("/choduyet")
    answer = messages_of(await thu.presses("✏️"))
    await thu.presses("Duyệt")
    now = choose((await original_mailing(club, number)).bodies, "vi")
    assert now.text == answer[1].text
    assert now.text.startswith(CORRECTED)
    assert NEW_TEXT in now.text
    assert f"Thông báo số {number}" in now.text


async def test_the_approver_reads_what_it_changes_in_what_was_sent(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone
) -> None:
    await submit_correction(minh, await publish_copies(club, [(lan, S.SENT)]))
    await thu.opens("/choduyet", "✏️")
    assert "Người soạn: <b>Minh</b>" in thu.last
    assert "• Nội dung: " in thu.last
    assert "• Tiêu đề: " not in thu.last


async def test_it_says_how_many_copies_it_is_about(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    await submit_correction(minh, await publish_copies(club, [(lan, S.SENT), (minh, S.GONE)]))
    await minh.opens("/choduyet", "✏️")
    assert "một số bản đã gửi" in minh.last


async def test_from_then_on_members_read_share_and_list_the_new_words(
    minh: Phone, thu: Phone, lan: Phone, number: int
) -> None:
    await minh.opens(f"/dinhchinh {number}", "Ý chính")
    await minh.says("Từ 7 giờ đến 18 giờ")
    await minh.presses("Xong")
    await submit_card(minh)
    await approve_correction(thu)
    await lan.says(f"/thongbao {number}")
    assert CORRECTED in lan.last
    assert "18 giờ" in lan.last
    await lan.presses("Chia sẻ")
    assert "18 giờ" in lan.last
    assert "19 giờ" not in lan.last
    await lan.says("/thongbao")
    assert [button.action for button in lan.buttons] == [f"read:{number}"]


async def test_the_correction_has_no_number_of_its_own(
    minh: Phone, thu: Phone, lan: Phone, number: int
) -> None:
    await correct(minh, thu, number)
    await lan.says(f"/thongbao {number + 1}")
    assert lan.last == VI("reading-unknown")
    await minh.says(f"/dinhchinh {number + 1}")
    assert minh.last == TO_OFFICER("picking-unknown", number=str(number + 1))


async def test_who_still_waits_gets_the_new_words_at_once(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone, hoa: Phone
) -> None:
    number = await publish_copies(
        club, [(lan, S.SENT), (hoa, S.QUEUED)], state=MailingState.SENDING
    )
    await correct(minh, thu, number)
    await add_recipients(club)
    (mailing,) = await mailings_of(club, MailingKind.CORRECTION)
    assert set(await deliveries_of(club, mailing)) == {lan.member_id}
    assert NEW_TEXT in choose((await original_mailing(club, number)).bodies, "vi").text


async def test_what_was_claimed_in_the_old_words_does_not_leave(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone
) -> None:
    number = await publish_copies(club, [(lan, S.QUEUED)], state=MailingState.SENDING)
    box = Outbox(club.store)
    (old,) = await box.claim()
    await correct(minh, thu, number)
    assert await box.begin(old) == set()
    again = [row for row in await box.claim() if row.member_id == lan.member_id]
    assert [row.wording for row in again] == [1]
    assert await box.begin(*again) == {again[0].id}


async def test_a_copy_that_waits_in_words_of_its_own_takes_the_new_ones(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone
) -> None:
    number = await publish_copies(club, [(lan, S.QUEUED)], state=MailingState.SENDING)
    async with club.store.write() as tx:
        row = (await deliveries_of(club, await original_mailing(club, number)))[lan.member_id]
        tx.session.add(row)
        row.body_sealed = enqueue.sealed_body(
            tx, row.mailing_id, lan.member_id, pack_text(Message("(gửi lại) bản cũ"))
        )
    await correct(minh, thu, number)
    (row,) = (await deliveries_of(club, await original_mailing(club, number))).values()
    assert row.body_sealed is None


async def test_it_can_be_corrected_twice_and_the_second_replaces_the_first(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone, number: int
) -> None:
    await correct(minh, thu, number)
    await add_recipients(club)
    await correct(thu, minh, number, "Sửa lần thứ hai.")
    first, second = await mailings_of(club, MailingKind.CORRECTION)
    assert (first.state, second.state) == (MailingState.CANCELLED, MailingState.FILLING)
    assert "(lần 2)" in choose((await original_mailing(club, number)).bodies, "vi").text
    assert (await readable(club, number)).html == "Sửa lần thứ hai."


async def test_two_corrections_at_once_the_later_one_has_to_begin_anew(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone, number: int
) -> None:
    await submit_correction(minh, number, "Lời của Minh.")
    await submit_correction(thu, number, "Lời của Thu.")
    await thu.says("/choduyet")
    await thu.presses("✏️", "Duyệt")
    await approve_correction(minh)
    assert minh.toasts[-1] == TO_OFFICER.plain("correcting-stale", number=str(number))
    assert (await readable(club, number)).html == "Lời của Minh."
    await thu.says(f"/dinhchinh {number}")
    assert any("Lời của Minh." in message.text for message in list(thu.messages.values())[-3:])


async def test_a_correction_that_changes_nothing_is_not_sent_in(
    minh: Phone, lan: Phone, number: int
) -> None:
    await minh.opens(f"/dinhchinh {number}", "Gửi duyệt")
    assert minh.toasts == [TO_OFFICER.plain("correcting-unchanged")]


async def test_an_edit_voids_the_approval_that_was_asked_for(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone, number: int
) -> None:
    await submit_correction(minh, number)
    await thu.opens("/choduyet", "✏️")
    await minh.presses_action(f"compose-edit:{number + 1}:text")
    await minh.says("Lại khác nữa.", html="Lại khác nữa.")
    await thu.presses("Duyệt")
    assert (await readable(club, number)).html == VOTING_DAY.html


async def test_a_correction_waits_for_no_morning_and_needs_no_leave_for_the_night(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone
) -> None:
    number = await publish_copies(
        club, [(lan, S.SENT)], replace(VOTING_DAY, urgent=True, valid_until=None)
    )
    await submit_correction(minh, number)
    club.clock.advance(hours=13)
    await thu.presses_action(f"night-yes:{number + 1}:1")
    assert thu.toasts == [TO_OFFICER.plain("night-not-urgent")]
    await thu.presses_action(f"approval-give:{number + 1}:1")
    assert (await readable(club, number)).html != VOTING_DAY.html


async def test_what_was_recalled_meanwhile_is_corrected_no_more(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone, number: int
) -> None:
    await submit_correction(minh, number)
    async with club.store.write() as tx:
        (await tx.session.get_one(Announcement, number)).state = AnnouncementState.RECALLED
    await thu.presses_action(f"approval-give:{number + 1}:1")
    assert thu.toasts == [TO_OFFICER.plain("correcting-recalled", number=str(number))]
    assert await mailings_of(club, MailingKind.CORRECTION) == []


async def test_nobody_approves_their_own_correction(
    club: ClubInATest, minh: Phone, lan: Phone, number: int
) -> None:
    await submit_correction(minh, number)
    await minh.presses_action(f"approval-give:{number + 1}:1")
    assert minh.toasts == [TO_OFFICER.plain("announcing-own-approval")]
    assert (await readable(club, number)).html == VOTING_DAY.html


async def test_new_wording_is_asked_about_campaigning_again(
    minh: Phone, lan: Phone, number: int
) -> None:
    await minh.opens(f"/dinhchinh {number}", "Nội dung")
    await minh.says("Hãy bầu cho ông A.")
    await minh.presses("Gửi duyệt", "Có")
    assert "không vận động" in minh.last


async def test_picture_recipients_and_hour_cannot_be_changed_any_more(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    picture = replace(VOTING_DAY, media=Media(MediaKind.PHOTO, "file"))
    number = await publish_copies(club, [(lan, S.SENT)], picture)
    await minh.says(f"/dinhchinh {number}")
    asks = [b.action.split(":")[-1] for b in minh.buttons if b.action.startswith("compose-edit")]
    assert {"text", "facts", "source"} <= set(asks)
    assert not {"media", "areas", "urgent", "send-at"} & set(asks)
    await minh.presses_action(f"compose-edit:{number + 1}:media")
    assert minh.toasts == [VI.plain("button-unknown")]
    await minh.presses_action(f"compose-drop:{number + 1}")
    assert minh.toasts == [VI.plain("button-unknown")] * 2


async def test_an_unfinished_correction_goes_on_where_it_was(
    minh: Phone, lan: Phone, number: int
) -> None:
    await minh.opens(f"/dinhchinh {number}", "Tiêu đề")
    await minh.says("Tiêu đề mới")
    await minh.says("/huy")
    await minh.says(f"/dinhchinh {number}")
    assert any("Tiêu đề mới" in message.text for message in minh.messages.values())
    await minh.says("/soan")
    assert f"✏️ Đính chính {number} · Tiêu đề mới" in minh.labels


async def test_without_a_number_the_newest_are_offered(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    await minh.says("/correct")
    assert minh.last == TO_OFFICER("picking-none")
    number = await publish_copies(club, [(lan, S.SENT)])
    await minh.says("/dinhchinh")
    assert [button.action for button in minh.buttons] == [f"correct:{number}"]


async def test_what_has_not_gone_out_is_edited_and_not_corrected(
    club: ClubInATest, minh: Phone
) -> None:
    await begin_stepwise(minh)
    await minh.says("Tiêu đề")
    await minh.says("/dinhchinh 1")
    assert minh.last == TO_OFFICER("picking-unknown", number="1")


async def test_members_correct_nothing(lan: Phone, number: int) -> None:
    await lan.says(f"/dinhchinh {number}")
    assert lan.last == VI("command-not-yours")
    await lan.presses_action(f"correct:{number}")
    assert lan.toasts == [VI.plain("button-not-yours")]


async def test_the_log_and_the_author_hear_of_it(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone, number: int
) -> None:
    await correct(minh, thu, number)
    assert await audit_actions(club) == [
        "correction submitted",
        "correction approved",
        "correction sent",
    ]
    assert TO_OFFICER("correcting-please-approve", number=str(number), title=VOTING_DAY.title) in [
        notice.text for notice in await waiting_for(thu)
    ]
    assert f"Đính chính thông báo số {number}" in (await waiting_for(minh))[-1].text


async def test_a_refused_correction_goes_back_to_its_author(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone, number: int
) -> None:
    await submit_correction(minh, number)
    await thu.opens("/choduyet", "✏️", "Không duyệt")
    await thu.says("Còn sai giờ")
    assert "Còn sai giờ" in (await waiting_for(minh))[-1].text
    assert await state_of(club, number + 1) is AnnouncementState.DRAFT
    assert await state_of(club, number) is AnnouncementState.SENT


async def told_after(
    club: ClubInATest, officers: tuple[Phone, Phone], number: int, *corrections: str
) -> str:
    """The notice of the last of these corrections of the text, each approved in turn."""
    for text in corrections:
        await correct(*officers, number, text)
    return choose((await mailings_of(club, MailingKind.CORRECTION))[-1].bodies, "vi").text


@pytest.fixture
async def hours(club: ClubInATest, lan: Phone) -> int:
    """An announcement that reached Lan and has hours in its text."""
    content = replace(VOTING_DAY, html="Điểm bỏ phiếu mở cửa từ 19:30 ngày 15/3 ở xã.")
    return await publish_copies(club, [(lan, S.SENT)], content)


async def test_the_notice_says_which_hour_became_which(
    club: ClubInATest, minh: Phone, thu: Phone, hours: int
) -> None:
    text = "Điểm bỏ phiếu mở cửa từ 20:00 ngày 15/3 ở xã."
    told = await told_after(club, (minh, thu), hours, text)
    assert "<b>Đã sửa:</b> mở cửa từ 19:30 → <b>20:00</b> ngày 15/3 ở\n" in told


async def test_of_a_correction_that_replaces_an_unfinished_one_both_changes_are_told(
    club: ClubInATest, minh: Phone, thu: Phone, hours: int
) -> None:
    first = "Điểm bỏ phiếu mở cửa từ 20:00 ngày 15/3 ở xã."
    told = await told_after(club, (minh, thu), hours, first, first.replace("15/3", "22/3"))
    assert "19:30 → <b>20:00</b>" in told
    assert "15/3 → <b>22/3</b>" in told


async def test_what_everybody_was_told_before_is_not_told_again(
    club: ClubInATest, minh: Phone, thu: Phone, hours: int
) -> None:
    first = "Điểm bỏ phiếu mở cửa từ 20:00 ngày 15/3 ở xã."
    await told_after(club, (minh, thu), hours, first)
    async with club.store.write() as tx:
        (mailing,) = await tx.all(select(Mailing).where(Mailing.kind == MailingKind.CORRECTION))
        mailing.state = MailingState.DONE
    told = await told_after(club, (minh, thu), hours, first.replace("15/3", "22/3"))
    assert "19:30" not in told
    assert "15/3 → <b>22/3</b>" in told
