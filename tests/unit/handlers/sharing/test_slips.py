"""A slip of the thumb destroys nothing: no official text, no confirmation, no proof, no wish to hear."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from handlers.conversation.i18n import Speech
from handlers.messages import Media, MediaKind, Message, lasting
from handlers.messages.reply import LASTING
from handlers.recognition.match_keys import ENOUGH_CHARACTERS
from handlers.sharing.kit import OfferedAnnouncement, kit
from handlers.sharing.proof.add_proof import EXPECTED_FOR
from handlers.views.announcement import member_copy
from storage.announcements import share_proofs, shares
from storage.conversation import state
from storage.database import sealing
from storage.members import members
from storage.models import Case, CasePost, CaseState, Category, Consent, Flag, Purpose, Role
from tests.support import SETTINGS, VOTING_DAY, ClubInATest, Phone, publish, the_cases
from tests.support.announcements.records import numbered

VI = Speech("vi", SETTINGS.timezone)
LINK = "https://www.facebook.com/permalink.php?story_fbid=12345&id=456"
PICTURE = Media(MediaKind.PHOTO, file="f", unique="u")
MESSENGERS = pytest.mark.parametrize("messenger", ["telegram", "zalo"])


async def reader(club: ClubInATest, messenger: str = "telegram") -> tuple[Phone, int, str]:
    """A member with a copy of an announcement, its number, and the id of the copy."""
    lan = await club.member("Lan", messenger=messenger)
    number = await publish(club)
    return lan, number, lan.gets(member_copy(VOTING_DAY, numbered(number), VI))


async def share_of(club: ClubInATest, phone: Phone, number: int) -> list[str] | None:
    """The proofs of the member's share; None when it does not count."""
    async with club.reading() as tx:
        share = await shares.counted(tx, number, phone.member_id)
        return [one.content for one in await share_proofs.of_share(tx, share)] if share else None


# --- nothing official is edited away


@pytest.fixture
async def number(club: ClubInATest, lan: Phone) -> int:
    """The number of an announcement of which Lan has a copy."""
    number = await publish(club)
    lan.gets(member_copy(VOTING_DAY, numbered(number), VI))
    return number


async def test_a_copy_stays_whatever_is_pressed_under_it_and_however_often(
    club: ClubInATest,
) -> None:
    lan, _, copy = await reader(club)
    shown = lan.messages[copy]
    for button in [*shown.rows[0], *shown.rows[1], *shown.rows[2]] * 2:
        await lan.presses_action(button.action, copy)
        assert lan.messages[copy] == shown


async def test_shared_tapped_twice_shows_the_confirmation_below_the_copy(
    club: ClubInATest,
) -> None:
    lan, _, copy = await reader(club)
    for _ in range(2):
        await lan.presses_action(lan.messages[copy].rows[0][1].action, copy)
    assert "đã xác nhận chia sẻ" in lan.last
    assert lan.messages[copy] == member_copy(VOTING_DAY, numbered(1), VI)


async def test_the_kit_stays_when_shared_is_pressed_under_it(lan: Phone, number: int) -> None:
    given = lan.gets(kit(OfferedAnnouncement(numbered(number), VOTING_DAY), VI, SETTINGS))
    shown = lan.messages[given]
    await lan.presses_action(f"shared:{number}")
    await lan.presses_action(shown.rows[-1][0].action, given)
    assert lan.messages[given] == shown


async def test_a_members_own_words_stay_when_shared_is_pressed_under_them(
    lan: Phone, number: int
) -> None:
    await lan.presses_action(f"share:{number}")
    await lan.presses("Viết bài")
    await lan.says("Chủ nhật này nhà mình nhớ đi bầu nhé")
    await lan.presses("Vậy là đủ")
    words, shown = next(reversed(lan.messages.items()))
    assert "nhà mình nhớ đi bầu" in shown.text
    for _ in range(2):
        await lan.presses_action(shown.rows[-1][-1].action, words)
    assert lan.messages[words] == shown


def test_a_message_is_marked_to_stay_once_only() -> None:
    copy = member_copy(VOTING_DAY, numbered(1), VI)
    assert lasting(copy) == copy
    actions = [button.action for row in copy.rows for button in row]
    assert all(action.startswith(LASTING) for action in actions)
    assert lasting(Message("lời nhắn")) == Message("lời nhắn")


# --- *not for me* right under *share*


@MESSENGERS
async def test_not_for_me_asks_before_it_deletes_a_confirmation_and_its_proofs(
    club: ClubInATest, messenger: str
) -> None:
    lan, number, copy = await reader(club, messenger)
    await lan.presses_action(f"shared:{number}")
    await lan.says(LINK, links=(LINK,))
    await lan.presses_action(f"notforme:{number}", copy)
    assert "1 minh chứng" in lan.last
    assert await share_of(club, lan, number) is not None
    await lan.presses("Giữ nguyên")
    assert len(await share_of(club, lan, number) or []) == 1
    await lan.presses_action(f"notforme:{number}", copy)
    await lan.presses("Bỏ xác nhận của tôi")
    assert await share_of(club, lan, number) is None


# --- stopping


@MESSENGERS
async def test_who_stopped_by_a_slip_has_everything_again_in_one_tap(
    club: ClubInATest, messenger: str
) -> None:
    lan = await club.member(
        "Lan", purposes=(Purpose.ANNOUNCEMENTS, Purpose.DIGEST), messenger=messenger
    )
    await lan.says("/ngungnhan")
    assert await club.in_read(members.agreed, lan.member_id) == set()
    await lan.presses("nhận lại như trước")
    agreed = await club.in_read(members.agreed, lan.member_id)
    assert agreed == {Purpose.ANNOUNCEMENTS, Purpose.DIGEST}


async def test_undoing_a_stop_agrees_to_nothing_that_was_not_agreed_to(club: ClubInATest) -> None:
    lan = await club.member("Lan", purposes=(Purpose.DIGEST,))
    await lan.opens("/ngungnhan", "nhận lại như trước")
    assert await club.in_read(members.agreed, lan.member_id) == {Purpose.DIGEST}


async def test_undoing_a_stop_gives_no_duties_to_who_is_no_officer_any_more(
    club: ClubInATest, minh: Phone
) -> None:
    await minh.says("/ngungnhan")
    await minh.becomes(role=Role.MEMBER)
    await minh.presses("nhận lại như trước")
    agreed = await club.in_read(members.agreed, minh.member_id)
    assert agreed == {*Purpose} - {Purpose.DUTIES}


@MESSENGERS
async def test_undoing_a_stop_agrees_to_the_text_that_was_read_in_its_language(
    club: ClubInATest, messenger: str
) -> None:
    lan = await club.member("Lan", purposes=(Purpose.DIGEST,), messenger=messenger)
    await lan.says("/ngungnhan")
    await lan.becomes(language="en")
    await lan.presses("nhận lại như trước")
    rows = await club.rows(select(Consent).order_by(col(Consent.id)))
    assert [(row.text_version, row.language) for row in rows] == [("1", "vi")] * 2
    assert [row.withdrawn_at is None for row in rows] == [False, True]


@MESSENGERS
@pytest.mark.parametrize(("more", "works"), [(-1, True), (0, False)])
async def test_a_stop_is_undone_for_half_an_hour(
    club: ClubInATest, messenger: str, more: int, *, works: bool
) -> None:
    lan = await club.member("Lan", purposes=(Purpose.DIGEST,), messenger=messenger)
    await lan.says("/ngungnhan")
    club.clock.advance(minutes=30, seconds=more)
    await lan.presses("nhận lại như trước")
    assert bool(await club.in_read(members.agreed, lan.member_id)) is works
    assert (
        "/caidat" in "".join([lan.last, *lan.toasts])
        and "30 phút" in "".join([lan.last, *lan.toasts])
    ) is not works


async def test_what_was_decided_after_a_stop_is_not_undone_with_it(club: ClubInATest) -> None:
    lan = await club.member("Lan", purposes=(Purpose.ANNOUNCEMENTS, Purpose.DIGEST))
    await lan.says("/ngungnhan")
    club.clock.advance(seconds=1)
    async with club.store.write() as tx:
        member = await members.get(tx, lan.member_id)
        await members.agree(tx, member, Purpose.DIGEST, text_version="2", language="vi")
        await members.withdraw(tx, lan.member_id, [Purpose.DIGEST])
    await lan.presses("nhận lại như trước")
    assert await club.in_read(members.agreed, lan.member_id) == {Purpose.ANNOUNCEMENTS}


async def test_an_earlier_no_is_not_undone_with_a_stop(club: ClubInATest) -> None:
    lan = await club.member("Lan", purposes=(Purpose.ANNOUNCEMENTS, Purpose.DIGEST))
    await club.in_write(members.withdraw, lan.member_id, [Purpose.DIGEST])
    club.clock.advance(seconds=1)
    await lan.opens("/ngungnhan", "nhận lại như trước")
    assert await club.in_read(members.agreed, lan.member_id) == {Purpose.ANNOUNCEMENTS}


@MESSENGERS
async def test_only_the_flags_that_a_stop_ended_are_answered_again(
    club: ClubInATest, messenger: str
) -> None:
    lan = await club.member("Lan", messenger=messenger)
    async with club.store.write() as tx:
        for code, wanted in (("C1", True), ("C2", False)):
            day, scam = club.clock.now().date(), Category.SCAM
            case = Case(code=code, state=CaseState.NEW, category=scam, opened_on=day)
            tx.session.add(case)
            await tx.session.flush()
            assert case.id
            post = CasePost(case_id=case.id, first_on=day)
            tx.session.add(post)
            await tx.session.flush()
            assert post.id
            flag = Flag(
                case_id=case.id,
                post_id=post.id,
                member_id=lan.member_id,
                category=scam,
                flagged_on=day,
                wants_answer=wanted,
            )
            tx.session.add(flag)
    await lan.says("/ngungnhan")
    assert await wanted_answers(club) == [False, False]
    await lan.presses("nhận lại như trước")
    assert await wanted_answers(club) == [True, False]


async def wanted_answers(club: ClubInATest) -> list[bool]:
    flags = await club.rows(select(Flag).order_by(col(Flag.id)))
    return [flag.wants_answer for flag in flags]


async def test_what_was_being_written_goes_on_after_a_stop_and_its_undo(
    club: ClubInATest, lan: Phone
) -> None:
    async with club.store.write() as tx:
        lookup = sealing.chat_lookup(tx, lan.address.messenger, lan.address.chat)
        await state.put(tx, lookup, "somewhere", {"said": "một nửa"})
    await lan.opens("/ngungnhan", "nhận lại như trước")
    found = await club.in_read(state.find, lookup)
    assert found
    assert found.data == {"said": "một nửa"}


async def test_who_had_agreed_to_nothing_is_offered_no_undo(club: ClubInATest) -> None:
    lan = await club.member("Lan", purposes=())
    await lan.says("/ngungnhan")
    assert lan.buttons == []


@pytest.mark.parametrize(
    "action",
    ["unstop", "unstop:", "unstop:everything", "unstop:0", f"unstop:{10**30}", "unstop:-9"],
)
async def test_a_forged_undo_agrees_to_nothing(club: ClubInATest, action: str) -> None:
    lan = await club.member("Lan", purposes=())
    await lan.presses_action(action)
    assert await club.in_read(members.agreed, lan.member_id) == set()


# --- a link right after the thanks


@MESSENGERS
async def test_a_link_right_after_the_thanks_is_the_proof(
    club: ClubInATest, messenger: str
) -> None:
    lan, number, _ = await reader(club, messenger)
    await lan.presses_action(f"shared:{number}")
    club.clock.advance(seconds=EXPECTED_FOR.total_seconds() - 1)
    await lan.says(LINK, links=(LINK,))
    assert len(await share_of(club, lan, number) or []) == 1
    assert any("đây là tin cần kiểm tra" in label for label in lan.labels)


async def test_a_link_ten_minutes_after_the_thanks_is_asked_about_with_the_share_first(
    club: ClubInATest, lan: Phone, number: int
) -> None:
    await lan.presses_action(f"shared:{number}")
    club.clock.advance(seconds=EXPECTED_FOR.total_seconds())
    await lan.says(LINK, links=(LINK,))
    assert await share_of(club, lan, number) == []
    assert lan.buttons[0].label == f"Đây là nơi tôi chia sẻ thông báo số {number}"
    await lan.presses("Đây là nơi tôi chia sẻ")
    assert len(await share_of(club, lan, number) or []) == 1


async def test_what_was_meant_to_be_checked_is_no_proof_after_one_tap(
    club: ClubInATest, lan: Phone, number: int
) -> None:
    await lan.presses_action(f"shared:{number}")
    await lan.says(LINK, links=(LINK,))
    await lan.presses("đây là tin cần kiểm tra")
    assert await share_of(club, lan, number) == []
    assert any("Gửi kiểm tra" in label for label in lan.labels)


async def test_only_what_was_sent_last_is_taken_back_to_be_checked(
    club: ClubInATest, lan: Phone, number: int
) -> None:
    await lan.presses_action(f"shared:{number}")
    await lan.says(LINK, links=(LINK,))
    other = LINK.replace("12345", "99999")
    await lan.says(other, links=(other,))
    await lan.presses("đây là tin cần kiểm tra")
    (kept,) = await share_of(club, lan, number) or []
    assert "12345" in kept


async def test_a_doubtful_link_that_is_none_after_all_is_checked_as_it_was_sent(
    club: ClubInATest, lan: Phone, number: int
) -> None:
    await lan.presses_action(f"shared:{number}")
    page = "https://trang-nao-do.vn"
    await lan.says(page, links=(page,))
    await lan.presses("dùng liên kết này")
    assert len(await share_of(club, lan, number) or []) == 1
    await lan.presses("đây là tin cần kiểm tra")
    assert await share_of(club, lan, number) == []
    assert "trang-nao-do" in lan.last


async def test_a_forwarded_post_right_after_the_thanks_is_one_to_be_checked(
    club: ClubInATest, lan: Phone, number: int
) -> None:
    await lan.presses_action(f"shared:{number}")
    await lan.says(LINK, links=(LINK,), forwarded=True)
    assert await share_of(club, lan, number) == []
    assert not any("nơi tôi chia sẻ" in label for label in lan.labels)


@pytest.mark.parametrize(("letters", "taken"), [(ENOUGH_CHARACTERS - 1, 1), (ENOUGH_CHARACTERS, 0)])
async def test_a_link_in_words_of_its_own_is_a_post_that_was_pasted(
    club: ClubInATest, letters: int, taken: int, lan: Phone, number: int
) -> None:
    await lan.presses_action(f"shared:{number}")
    await lan.says(LINK + " " + "a" * (letters - 1), links=(LINK,))
    assert len(await share_of(club, lan, number) or []) == taken


async def test_a_picture_sent_later_is_asked_for_again_and_why_is_said(
    club: ClubInATest, lan: Phone, number: int
) -> None:
    await lan.presses_action(f"shared:{number}")
    club.clock.advance(hours=2)
    await lan.sends(PICTURE)
    await lan.presses("Đây là nơi tôi chia sẻ")
    assert lan.last == VI("proof-picture-again")


@MESSENGERS
@pytest.mark.parametrize(
    "words",
    [
        "Mình đăng ở hội phụ huynh lớp 3A rồi nhé",
        "Đăng trong nhóm Zalo của tổ dân phố 5, chiều nay",
    ],
)
async def test_words_after_a_share_may_be_where_it_was_shared(
    club: ClubInATest, messenger: str, words: str
) -> None:
    lan, number, _ = await reader(club, messenger)
    await lan.presses_action(f"shared:{number}")
    await lan.says(words)
    assert lan.buttons[0].label == f"Đây là nơi tôi chia sẻ thông báo số {number}"
    await lan.presses("Đây là nơi tôi chia sẻ")
    assert await share_of(club, lan, number) == [words]


@pytest.mark.parametrize(
    ("after", "offered"), [(timedelta(days=1), True), (timedelta(days=1, seconds=1), False)]
)
async def test_a_share_of_days_ago_is_not_offered(
    club: ClubInATest, after: timedelta, lan: Phone, number: int, *, offered: bool
) -> None:
    await lan.presses_action(f"shared:{number}")
    club.clock.advance(seconds=after.total_seconds())
    await lan.says(LINK, links=(LINK,))
    assert any("nơi tôi chia sẻ" in label for label in lan.labels) is offered


async def test_a_share_does_not_disturb_what_is_being_asked(
    club: ClubInATest, lan: Phone, number: int
) -> None:
    await lan.says("Nghe nói ngày mai cả tỉnh mất điện để sửa lưới, chuẩn bị nước đi bà con")
    await lan.presses_action(f"shared:{number}")
    await lan.presses("Gửi kiểm tra", "Lừa đảo")
    assert [case.state for case in await the_cases(club)] == [CaseState.NEW]


# --- what an officer types


@MESSENGERS
@pytest.mark.parametrize("role", [Role.OFFICER, Role.OWNER])
async def test_an_officers_words_never_fall_into_flagging_by_themselves(
    club: ClubInATest, messenger: str, role: Role
) -> None:
    minh = await club.member("Minh", role=role, messenger=messenger)
    await minh.says("Thông cáo báo chí: sáng 15/3 toàn tỉnh bầu cử, phòng phiếu mở từ 7 giờ.")
    assert "để làm gì" in minh.last
    assert not any("Gửi kiểm tra" in label for label in minh.labels)


async def test_an_officer_may_flag_what_they_typed_all_the_same(minh: Phone) -> None:
    await minh.says("Chuyển 500 nghìn là được bầu hai lần, liên hệ số này để đăng ký")
    await minh.presses("Báo đây là tin nghi vấn")
    assert any("Gửi kiểm tra" in label for label in minh.labels)


async def test_a_post_that_an_officer_forwards_is_flagged_as_a_members(minh: Phone) -> None:
    await minh.says("Chuyển 500 nghìn là được bầu hai lần", forwarded=True)
    assert any("Gửi kiểm tra" in label for label in minh.labels)


async def test_the_pictures_of_an_officers_album_are_asked_about_once(minh: Phone) -> None:
    await minh.sends_album(*(Media(MediaKind.PHOTO, str(n), str(n)) for n in range(3)))
    assert len(minh.messages) == 1
