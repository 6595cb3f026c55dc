"""`/nhatky`: what officers did is there afterwards, in words, and names nobody who left."""

import re
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlalchemy import text

from handlers.conversation.i18n import bundle
from storage import audit_log
from storage.members import invites, members
from storage.models import AuditAction, Role
from tests.support import (
    VOTING_DAY,
    ClubInATest,
    Phone,
    ask_reporters,
    compose_draft,
    decided,
    edit_title,
    flag,
    newest_for,
    open_first_waiting,
    publish,
    submit_draft,
    taken,
)
from tests.support.paths import PROJECT
from tests.unit.handlers.questions.test_questions import ANSWER, GENERAL, answer, asked, take

Action = Callable[[ClubInATest, Phone], Awaitable[object]]
REASON = "Đăng lại nhiều lần tin chưa kiểm chứng"


async def submitting(_: ClubInATest, minh: Phone) -> None:
    await submit_draft(minh)


async def editing(_: ClubInATest, minh: Phone) -> None:
    await submit_draft(minh)
    await edit_title(minh, "Ngày bầu cử đã đổi")


async def discarding(_: ClubInATest, minh: Phone) -> None:
    await compose_draft(minh)
    await minh.presses_action("draft-discard-sure:1:1")


async def withdrawing(_: ClubInATest, minh: Phone) -> None:
    number = await submit_draft(minh)
    await minh.presses_action(f"approval-reopen:{number}:1")


async def approving(club: ClubInATest, minh: Phone) -> None:
    await submit_draft(await club.officer("Bình"))
    await open_first_waiting(minh)
    await minh.presses("Duyệt")


async def refusing(club: ClubInATest, minh: Phone) -> None:
    await submit_draft(await club.officer("Bình"))
    await open_first_waiting(minh)
    await minh.presses("Không duyệt")
    await minh.says("Thiếu giờ đóng cửa")


async def scheduling(club: ClubInATest, minh: Phone) -> None:
    await submit_draft(await club.officer("Bình"), when="19h30 mai")
    await open_first_waiting(minh)
    await minh.presses("Duyệt")


async def unscheduling(club: ClubInATest, minh: Phone) -> None:
    await scheduling(club, minh)
    await minh.presses_action("approval-reopen:1:1")


async def inviting(_: ClubInATest, minh: Phone) -> None:
    await minh.opens("/loimoi", "Tạo lời mời")


async def shortening(club: ClubInATest, minh: Phone) -> None:
    await an_invite(club, minh)
    await minh.presses_action("invite-shorten:1")


async def revoking(club: ClubInATest, minh: Phone) -> None:
    await an_invite(club, minh)
    await minh.presses_action("invite-revoke:1")


async def an_invite(club: ClubInATest, by: Phone) -> None:
    await club.in_write(
        invites.create,
        role=Role.MEMBER,
        area=None,
        uses=5,
        valid_for=timedelta(days=7),
        created_by=by.member_id,
    )


async def taking_a_case(club: ClubInATest, minh: Phone) -> None:
    await flag(await club.member("Lan"))
    await taken(minh, club)


async def giving_a_case_back(club: ClubInATest, minh: Phone) -> None:
    await taking_a_case(club, minh)
    await minh.presses("Trả lại")


async def closing_a_case(club: ClubInATest, minh: Phone) -> None:
    await flag(await club.member("Lan"))
    code = await taken(minh, club)
    await minh.presses_action(f"casescopeyes:{code}")


async def deciding(club: ClubInATest, minh: Phone) -> None:
    await flag(await club.member("Lan"))
    await decided(minh, club)


async def taking_a_question(club: ClubInATest, minh: Phone) -> None:
    await asked(club)
    await take(minh)


async def giving_a_question_back(club: ClubInATest, minh: Phone) -> None:
    await taking_a_question(club, minh)
    await minh.presses_action("question-return:1")


async def closing_a_question(club: ClubInATest, minh: Phone) -> None:
    await taking_a_question(club, minh)
    await minh.presses_action("question-close:1")


async def answering(club: ClubInATest, minh: Phone) -> None:
    await asked(club)
    await answer(minh)
    await minh.presses_action("question-send:1")


async def publishing(club: ClubInATest, minh: Phone) -> None:
    await asked(club, about=await publish(club, VOTING_DAY))
    await answer(minh)
    await minh.presses_action("question-send:1")
    await minh.presses_action("question-publish:1")
    await minh.says(GENERAL, ANSWER)
    await minh.presses_action("question-publish-yes:1")


async def unpublishing(club: ClubInATest, minh: Phone) -> None:
    await publishing(club, minh)
    await minh.presses_action("faq-remove-yes:1")


async def suspending(club: ClubInATest, minh: Phone) -> Phone:
    lan = await club.member("Lan")
    await minh.opens("/hoivien Lan", "Lan", "Tạm dừng tư cách hội viên")
    await minh.says(REASON)
    await minh.presses("Tạm dừng")
    return lan


async def lifting(club: ClubInATest, minh: Phone) -> None:
    lan = await suspending(club, minh)
    await minh.presses_action(f"lift-yes:{lan.member_id}")


async def judging(club: ClubInATest, minh: Phone) -> None:
    lan = await suspending(club, await club.officer("Bình"))
    await lan.says("/khieunai Tôi chỉ đăng một lần và đã gỡ ngay")
    await minh.says("/khieunai")
    await minh.presses_action("judge:1:lift")
    await minh.says("Đã xem lại: bài đã được gỡ trong ngày")
    await minh.presses("Quyết định và gửi")


async def offering(club: ClubInATest, minh: Phone) -> None:
    lan = await club.member("Lan")
    await minh.presses_action(f"offer:{lan.member_id}")


async def accepting(club: ClubInATest, minh: Phone) -> None:
    lan = await club.member("Lan")
    await minh.presses_action(f"offer:{lan.member_id}")
    await newest_for(lan)
    await lan.presses_action("offer-yes:1")


async def promoting(club: ClubInATest, minh: Phone) -> None:
    binh = await club.officer("Bình")
    await minh.presses_action(f"role-yes:{binh.member_id}:officer:owner")


async def moving(_: ClubInATest, minh: Phone) -> None:
    async with minh.club.store.write() as tx:
        member = await members.get(tx, minh.member_id)
        await audit_log.record(tx, member, AuditAction.RECORD_MOVED, role=member.role.value)


async def asking_reporters(club: ClubInATest, minh: Phone) -> None:
    await flag(await club.member("Lan"))
    await ask_reporters(minh, club, "Tin này ở nhóm nào?")


async def closing_that_question(club: ClubInATest, minh: Phone) -> None:
    await asking_reporters(club, minh)
    await minh.presses("Thêm…", "Đóng câu hỏi")


MINH = "Minh (chủ nhiệm): "
ACTIONS: list[tuple[Action, str]] = [
    (submitting, f"{MINH}gửi duyệt thông báo số N1, bản 1"),
    (editing, f"{MINH}sửa thông báo số N1, bản 2"),
    (discarding, f"{MINH}bỏ bản nháp số N1"),
    (withdrawing, f"{MINH}rút thông báo số N1 về, bản 1"),
    (approving, f"{MINH}duyệt thông báo số 1, bản 1"),
    (approving, f"{MINH}cho gửi thông báo số 1, bản 1"),
    (refusing, f"{MINH}không duyệt thông báo số N1, bản 1"),
    (scheduling, f"{MINH}hẹn giờ gửi thông báo số N1, bản 1"),
    (unscheduling, f"{MINH}huỷ lịch gửi thông báo số N1, bản 1"),
    (inviting, f"{MINH}tạo lời mời cho "),
    (shortening, f"{MINH}rút ngắn lời mời 1"),
    (revoking, f"{MINH}thu hồi lời mời 1"),
    (taking_a_case, f"{MINH}nhận vụ việc "),
    (giving_a_case_back, f"{MINH}trả lại vụ việc "),
    (closing_a_case, f"{MINH}đóng vụ việc "),
    (asking_reporters, f"{MINH}hỏi người đã báo vụ việc "),
    (closing_that_question, f"{MINH}đóng câu hỏi cho người báo vụ việc "),
    (deciding, "lần 1: Lừa đảo"),
    (taking_a_question, f"{MINH}nhận câu hỏi 1"),
    (giving_a_question_back, f"{MINH}trả lại câu hỏi 1"),
    (closing_a_question, f"{MINH}đóng câu hỏi 1"),
    (answering, f"{MINH}trả lời câu hỏi 1"),
    (publishing, f"{MINH}thêm câu 1 vào Hỏi – đáp của thông báo số 1"),
    (unpublishing, f"{MINH}gỡ câu 1 khỏi Hỏi – đáp của thông báo số 1"),
    (suspending, f"{MINH}tạm dừng tư cách hội viên của Lan (hội viên)"),
    (lifting, f"{MINH}khôi phục tư cách hội viên của Lan (hội viên)"),
    (judging, f"{MINH}quyết định khiếu nại của Lan (hội viên): khôi phục tư cách hội viên"),
    (offering, f"{MINH}mời Lan (hội viên) làm cán bộ"),
    (accepting, "Lan (cán bộ): nhận vai trò cán bộ"),
    (promoting, f"{MINH}đổi vai trò của Bình (chủ nhiệm): cán bộ → chủ nhiệm"),
    (moving, f"{MINH}chuyển sang tài khoản khác, vai trò chủ nhiệm"),
]


@pytest.fixture
async def minh(club: ClubInATest) -> Phone:
    """The owner Minh."""
    return await club.officer("Minh", owner=True)


@pytest.mark.parametrize(("action", "told"), ACTIONS, ids=lambda one: getattr(one, "__name__", ""))
async def test_what_an_officer_did_is_in_the_log(
    club: ClubInATest, action: Action, told: str, minh: Phone
) -> None:
    await action(club, minh)
    await minh.says("/nhatky")
    assert told in minh.last, minh.last
    assert await club.in_read(audit_log.verify) is None


@pytest.mark.parametrize("language", ["vi", "en"])
def test_there_is_a_sentence_for_every_action(language: str) -> None:
    sentences = bundle(language)
    keys = {one: f"journal-action-{one.replace(' ', '-')}" for one in AuditAction}
    assert [one for one, key in keys.items() if not sentences.has_message(key)] == []


def test_every_action_is_recorded_somewhere() -> None:
    files = [f for layer in ("bot", "handlers", "storage") for f in (PROJECT / layer).rglob("*.py")]
    code = "".join(file.read_text("utf-8") for file in files)
    assert set(re.findall(r"AuditAction\.([A-Z_]+)", code)) == set(AuditAction.__members__)


async def entries(club: ClubInATest, number: int, by: Phone | None = None) -> None:
    for one in range(1, number + 1):
        async with club.store.write() as tx:
            member = await members.get(tx, by.member_id) if by else None
            await audit_log.record(
                tx, member, AuditAction.INVITE_MADE, role=Role.MEMBER.value, uses=one
            )


async def test_an_officer_who_is_no_owner_does_not_read_it(club: ClubInATest, binh: Phone) -> None:
    await entries(club, 1)
    await binh.says("/nhatky")
    assert "dành cho chủ nhiệm" in binh.last
    await binh.presses_action("journal:0")
    await binh.presses_action("journal-check")
    assert (
        binh.toasts
        == ["Mục này dành cho người khác. Gõ /trogiup để xem anh/chị có thể làm gì."] * 2
    )


async def test_the_newest_comes_first_and_the_rest_page_by_page(
    club: ClubInATest, minh: Phone
) -> None:
    await entries(club, 9)
    await minh.says("/journal")
    assert minh.last.index("cho 9 ") < minh.last.index("cho 2 ")
    assert "cho 1 hội viên" not in minh.last
    await minh.presses("Trang sau")
    assert "Người quản trị máy chủ: tạo lời mời cho 1 hội viên" in minh.last
    assert minh.buttons[0].label.endswith("Trang trước")


async def test_an_empty_log_says_so(minh: Phone) -> None:
    await minh.says("/nhatky")
    assert minh.last == "Nhật ký chưa ghi việc nào."
    await minh.presses_action("journal-check")
    assert minh.toasts == ["Nhật ký chưa ghi việc nào."]


@pytest.mark.parametrize(
    ("leave", "yes"), [("/roiclb", "Rời câu lạc bộ"), ("/xoadulieu", "Xoá dữ liệu của tôi")]
)
async def test_who_left_is_named_no_more_and_the_log_stays_whole(
    club: ClubInATest, leave: str, yes: str, minh: Phone
) -> None:
    binh = await club.officer("Bình Trần")
    await entries(club, 1, by=binh)
    await minh.says("/nhatky")
    assert "Bình Trần (cán bộ)" in minh.last
    await binh.says(leave)
    await binh.presses(yes)
    await minh.says("/nhatky")
    assert "Bình" not in minh.last
    assert "Người đã rời: tạo lời mời cho 1 hội viên" in minh.last
    assert await club.in_read(audit_log.verify) is None


async def test_a_name_with_html_in_it_is_shown_as_it_is(club: ClubInATest) -> None:
    minh = await club.officer("<b>Minh & Co", owner=True)
    await entries(club, 1, by=minh)
    await minh.says("/nhatky")
    assert "&lt;b&gt;Minh &amp; Co (chủ nhiệm)" in minh.last


async def test_an_owner_has_the_log_checked_and_gets_a_mark_to_keep(
    club: ClubInATest, minh: Phone
) -> None:
    await entries(club, 3)
    await minh.opens("/nhatky", "Kiểm tra nhật ký")
    head = await club.in_read(audit_log.head)
    assert head is not None
    assert "nguyên vẹn, đến mục 3" in minh.toasts[-1]
    assert head.short in minh.toasts[-1]


async def test_an_owner_is_told_which_entry_was_changed(club: ClubInATest, minh: Phone) -> None:
    await entries(club, 3)
    on_sqlite = club.store.engine.dialect.name == "sqlite"
    guard = "auditentry_no_update" if on_sqlite else "auditentry_append_only ON auditentry"
    async with club.store.engine.begin() as connection:
        await connection.execute(text(f"DROP TRIGGER {guard}"))
        await connection.execute(text("UPDATE auditentry SET actor = 7 WHERE id = 2"))
    await minh.opens("/nhatky", "Kiểm tra nhật ký")
    assert "mục 2 không khớp" in minh.toasts[-1]
