"""From an invite to a member; and what nobody learns by guessing codes."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import SQLModel, select

from handlers.conversation.i18n import nearest
from handlers.conversation.settings import Area
from handlers.views import privacy_notice
from storage.database.engine import Store
from storage.database.ids import id_of
from storage.members import invites, members
from storage.models import AuditEntry, Consent, Invite, MemberState, Purpose, Role
from tests.support import ClubInATest, Phone, publish

NOT_A_CODE = "CCCCC-CCCCC"


async def invite(
    club: ClubInATest, *, role: Role = Role.MEMBER, uses: int = 5, area: str | None = None
) -> str:
    return await club.in_write(
        invites.create,
        role=role,
        area=area,
        uses=uses,
        valid_for=timedelta(days=7),
        created_by=None,
    )


async def joined(club: ClubInATest, name: str, code: str) -> Phone:
    phone = club.stranger(name)
    await phone.opens(f"/start {code}", "Tôi đồng ý")
    return phone


async def rows_of_every_table(club: ClubInATest) -> dict[str, int]:
    async with club.store.read() as tx:
        counts = {
            table.name: len((await tx.execute(table.select())).all())
            for table in SQLModel.metadata.sorted_tables
        }
    return {name: count for name, count in counts.items() if count}


async def standing(club: ClubInATest, phone: Phone) -> set[Purpose]:
    member = await phone.member()
    return await club.in_read(members.agreed, id_of(member))


@pytest.fixture
async def code(club: ClubInATest) -> str:
    """The code of an invite for five members."""
    return await invite(club)


@pytest.fixture
def stranger(club: ClubInATest) -> Phone:
    """Lan, whom the club does not know."""
    return club.stranger("Lan")


@pytest.mark.parametrize("typed", ["/start {}", "{}", "mã của mình là {}", "{} nhé"])
async def test_nothing_is_stored_about_somebody_who_has_not_agreed(
    club: ClubInATest, typed: str, code: str, stranger: Phone
) -> None:
    await stranger.says("/start", "xin chào bạn", typed.format(code))
    await stranger.presses("English", "Read in full", "Back", "Don’t join")
    assert "stored nothing" in stranger.last
    assert await rows_of_every_table(club) == {"invite": 1}


async def test_the_welcome_names_the_club_its_operator_and_what_is_kept(
    club: ClubInATest, stranger: Phone
) -> None:
    await stranger.says(f"/start {await invite(club)}")
    assert club.settings.name in stranger.last
    assert club.settings.operator in stranger.last
    assert stranger.last.count("•") == 3
    assert "mời bạn tham gia" in stranger.last
    assert [b.label for b in stranger.buttons] == [
        "Tôi đồng ý, tham gia",
        "Đọc đầy đủ",
        "Không tham gia",
        "English",
    ]


async def test_a_stranger_without_an_invite_learns_how_one_is_invited(stranger: Phone) -> None:
    await stranger.says("/start")
    assert "lời mời" in stranger.last
    assert "/riengtu" in stranger.last
    await stranger.presses("English")
    assert "/privacy" in stranger.last


async def test_who_agrees_is_a_member_and_has_agreed_to_no_purpose_yet(club: ClubInATest) -> None:
    lan = await joined(club, "Lan", await invite(club, area="song-ngoc"))
    member = await lan.member()
    assert (member.role, member.area, member.language) == (Role.MEMBER, "song-ngoc", "vi")
    assert await standing(club, lan) == set()
    assert [b.label[0] for b in lan.buttons[:2]] == ["☐", "☐"]
    assert lan.menus[-1].role is Role.MEMBER


async def test_joining_takes_five_taps_and_messages_and_is_one_screen(club: ClubInATest) -> None:
    await publish(club)
    lan = club.stranger("Lan")
    done = [
        await lan.says(f"/start {await invite(club)}"),
        await lan.presses("Tôi đồng ý"),
        await lan.presses("Tất cả"),
        await lan.presses("Huyện Sông Ngọc"),
    ]
    assert len(lan.messages) == 1, "joining is one message that changes in place"
    assert "Thông báo chính thức" in lan.last
    assert "hằng ngày, 19:30" in lan.last
    assert lan.labels == ["Đọc 1 thông báo", "Ngày giờ nhận bản tin"]
    done.append(await lan.presses("Đọc 1 thông báo"))
    assert "1 thông báo còn hiệu lực" in lan.last
    assert len(done) <= 6
    member = await lan.member()
    assert (member.area, member.digest_days, member.digest_minute) == ("song-ngoc", 127, 1170)
    assert await standing(club, lan) == {Purpose.ANNOUNCEMENTS, Purpose.DIGEST, Purpose.MEETINGS}


@pytest.mark.parametrize(
    ("tag", "is_asked"),
    [("vi", False), ("vi-VN", False), ("en", False), ("EN-gb", False), ("ru", True), ("", True)],
)
async def test_the_language_is_asked_only_when_the_app_does_not_name_one_of_ours(
    club: ClubInATest, tag: str, is_asked: bool
) -> None:
    lan = club.stranger("Lan", language=tag)
    code = await invite(club)
    await lan.says(f"/start {code}")
    await lan.presses_action(f"join:{nearest(tag)}:{code}")
    assert ("ngôn ngữ nào" in lan.last) == is_asked
    if is_asked:
        await lan.presses("English")
        assert "What would you like to get?" in lan.last
        assert (await lan.member()).language == "en"
        assert lan.menus[-1].language == "en"


async def test_who_pressed_the_other_language_before_joining_is_not_asked_again(
    club: ClubInATest,
) -> None:
    lan = club.stranger("Lan", language="ru")
    await lan.opens(f"/start {await invite(club)}", "English", "I agree")
    assert "What would you like to get?" in lan.last


async def test_on_zalo_it_is_vietnamese_unless_they_choose_the_other(club: ClubInATest) -> None:
    lan = club.stranger("Lan", language="", messenger="zalo")
    await lan.says(f"/start {await invite(club)}")
    assert "English" in lan.labels
    await lan.says("1")
    assert "muốn nhận gì" in lan.last
    assert (await lan.member()).language == "vi"
    await lan.says(str(lan.labels.index("Tất cả") + 1))
    assert "địa bàn nào" in lan.last
    await lan.says("1")
    assert "Thông báo chính thức" in lan.last


async def test_an_officer_who_takes_all_gets_the_duties_as_well(club: ClubInATest) -> None:
    minh = await joined(club, "Minh", await invite(club, role=Role.OFFICER))
    assert [b.label[0] for b in minh.buttons[:3]] == ["☐", "☐", "☐"]
    await minh.presses("Tất cả")
    assert await standing(club, minh) == set(Purpose)


async def test_in_a_club_without_areas_all_of_them_ends_joining(club: ClubInATest) -> None:
    small = ClubInATest(club.store, club.clock, replace(club.settings, areas=()))
    lan = await joined(small, "Lan", await invite(small))
    await lan.presses("Tất cả")
    assert "Xong rồi" in lan.last


async def test_the_area_of_the_invite_is_kept_by_going_on(club: ClubInATest) -> None:
    lan = await joined(club, "Lan", await invite(club, area="song-ngoc"))
    await lan.presses("Thông báo", "Tiếp tục")
    assert "● Huyện Sông Ngọc" in lan.labels
    await lan.presses("Tiếp tục")
    assert "Xong rồi" in lan.last
    assert (await lan.member()).area == "song-ngoc"


async def test_a_long_list_of_areas_turns_its_pages_while_joining(club: ClubInATest) -> None:
    areas = tuple(Area(f"xa-{n}", f"Xã số {n}") for n in range(13))
    large = ClubInATest(club.store, club.clock, replace(club.settings, areas=areas))
    lan = await joined(large, "Lan", await invite(large))
    await lan.presses("Tất cả", "Trang sau")
    assert "địa bàn nào" in lan.last
    await lan.presses("Xã số 12")
    assert "Xong rồi" in lan.last
    assert (await lan.member()).area == "xa-12"


@pytest.mark.parametrize("action", ["join-area:nowhere", "join-area::9", "join-area::x"])
async def test_a_forged_area_changes_nothing(club: ClubInATest, action: str) -> None:
    lan = await joined(club, "Lan", await invite(club, area="song-ngoc"))
    await lan.presses_action(action)
    assert lan.toasts
    assert (await lan.member()).area == "song-ngoc"


async def test_the_hour_of_the_digest_can_be_changed_from_the_last_screen(
    club: ClubInATest,
) -> None:
    lan = await joined(club, "Lan", await invite(club))
    await lan.presses("Tất cả", "Toàn tỉnh")
    assert "Đọc" not in "".join(lan.labels), "nothing is current"
    await lan.presses("Ngày giờ nhận bản tin", "21:00")
    assert (await lan.member()).digest_minute == 1260


async def test_a_digest_without_a_day_is_not_promised(club: ClubInATest) -> None:
    lan = await joined(club, "Lan", await invite(club))
    await lan.presses("Bản tin")
    await lan.presses_action("set-days:joining:0")
    await lan.presses_action("joined")
    assert "không tự gửi gì" in lan.last


async def test_who_chose_nothing_reads_what_that_means_and_can_change_it(
    club: ClubInATest,
) -> None:
    lan = await joined(club, "Lan", await invite(club))
    await lan.presses("Tiếp tục")
    assert "không tự gửi gì" in lan.last
    assert await standing(club, lan) == set()
    await lan.presses("Chọn mục muốn nhận", "Thông báo", "Tiếp tục", "Toàn tỉnh")
    assert "không tự gửi gì" not in lan.last
    assert "Chọn mục muốn nhận" not in lan.labels
    assert await standing(club, lan) == {Purpose.ANNOUNCEMENTS}


async def test_a_consent_keeps_what_was_read_when_and_in_which_language(
    club: ClubInATest, stranger: Phone
) -> None:
    await stranger.opens(f"/start {await invite(club)}", "English", "I agree", "Announcements")
    (consent,) = await club.rows(select(Consent))
    assert consent.purpose is Purpose.ANNOUNCEMENTS
    assert (consent.text_version, consent.language) == (privacy_notice.VERSION, "en")
    assert consent.given_at == club.clock.now()


@pytest.mark.parametrize(
    "change", ["lower", "dashes", "spaces", "look-alikes", "link", "full width"]
)
async def test_a_code_is_understood_however_it_is_typed(
    club: ClubInATest, change: str, code: str
) -> None:
    typed = {
        "lower": code.lower(),
        "dashes": f"{code[:3]}-{code[3:]}",
        "spaces": f"{code[:5]} {code[5:]}",
        "look-alikes": code.translate(str.maketrans("5826", "SBZG")),
        "link": f"https://t.me/niemtin_bot?start={code}",
        "full width": "".join(chr(ord(c) + 0xFEE0) for c in code),
    }[change]
    lan = club.stranger("Lan")
    await lan.says(typed)
    assert lan.buttons[0].label == "Tôi đồng ý, tham gia"


async def test_no_answer_tells_one_useless_code_from_another(club: ClubInATest) -> None:
    over, used_up, revoked = [await invite(club, uses=1) for _ in range(3)]
    await joined(club, "Mai", used_up)
    async with club.store.write() as tx:
        every = (await tx.session.exec(select(Invite).order_by("id"))).all()
        every[0].expires_at = club.clock.now()
        every[2].revoked_at = club.clock.now()
    answers = set()
    for code in (over, used_up, revoked, NOT_A_CODE):
        lan = club.stranger("Lan")
        await lan.says(f"/start {code}")
        answers.add(lan.last)
    assert len(answers) == 1


async def test_after_ten_wrong_codes_even_a_right_one_has_to_wait_an_hour(
    club: ClubInATest, code: str, stranger: Phone
) -> None:
    for _ in range(10):
        await stranger.says(NOT_A_CODE)
    await stranger.says(code)
    assert "thử lại sau 10:00" in stranger.last
    await stranger.presses_action(f"join:vi:{code}")
    assert "thử lại sau 10:00" in stranger.last
    club.clock.advance(hours=1)
    await stranger.says(code)
    assert stranger.buttons[0].label == "Tôi đồng ý, tham gia"


async def test_nine_wrong_codes_do_not_make_anybody_wait(code: str, stranger: Phone) -> None:
    for _ in range(9):
        await stranger.says(NOT_A_CODE)
    await stranger.says(code)
    assert stranger.buttons[0].label == "Tôi đồng ý, tham gia"


async def test_a_code_in_a_forged_button_is_a_try_like_any_other(stranger: Phone) -> None:
    for number in range(10):
        await stranger.presses_action(f"{'join' if number % 2 else 'welcome'}:vi:CCCCCCCCCC")
    assert "thử lại sau" in stranger.last


async def test_joining_forgets_the_wrong_codes_before_it(
    club: ClubInATest, stranger: Phone
) -> None:
    await stranger.says(NOT_A_CODE)
    await stranger.says(await invite(club))
    await stranger.presses("Tôi đồng ý")
    assert "codeattempts" not in await rows_of_every_table(club)


async def test_talk_is_not_taken_for_a_wrong_code(club: ClubInATest, stranger: Phone) -> None:
    for talk in ("xin chào bạn", "hội viên ơi", "cho mình hỏi", "alo"):
        await stranger.says(talk)
        assert "Muốn tham gia, bạn cần có lời mời" in stranger.last
    assert await rows_of_every_table(club) == {}


async def test_two_people_with_a_code_for_one_let_one_in(club: ClubInATest) -> None:
    code = await invite(club, uses=1)
    lan, mai = club.stranger("Lan"), club.stranger("Mai")
    for phone in (lan, mai):
        await phone.says(code)
    await asyncio.gather(lan.presses("Tôi đồng ý"), mai.presses("Tôi đồng ý"))
    assert (await rows_of_every_table(club))["member"] == 1
    assert any("không dùng được" in phone.last for phone in (lan, mai))


async def test_agreeing_twice_makes_one_member(club: ClubInATest, code: str) -> None:
    lan = await joined(club, "Lan", code)
    await lan.presses("Tất cả")
    await lan.presses_action(f"join:vi:{code}")
    assert (await rows_of_every_table(club))["member"] == 1
    assert "đang là hội viên" in lan.last


@pytest.mark.parametrize("uses", [1, 5])
async def test_who_taps_the_consent_twice_still_chooses_what_to_receive(
    club: ClubInATest, stranger: Phone, uses: int
) -> None:
    code = await invite(club, uses=uses)
    await stranger.opens(f"/start {code}", "Tôi đồng ý")
    choices = stranger.last
    assert "muốn nhận gì" in choices
    await stranger.presses_action(f"join:vi:{code}")
    assert stranger.last == choices
    await stranger.presses("Tất cả")
    assert await standing(club, stranger)


async def test_who_left_and_comes_back_has_agreed_to_nothing(club: ClubInATest, code: str) -> None:
    lan = await joined(club, "Lan", code)
    await lan.presses("Thông báo")
    await lan.opens("/roiclb", "Rời câu lạc bộ")
    await lan.says(code)
    await lan.presses("Tôi đồng ý")
    member = await lan.member()
    assert member.state is MemberState.ACTIVE
    assert await standing(club, lan) == set()


async def test_an_officers_invite_says_what_officers_see_and_that_actions_are_logged(
    club: ClubInATest,
) -> None:
    minh = club.stranger("Minh")
    await minh.says(await invite(club, role=Role.OFFICER))
    assert "nhật ký" in minh.last
    await minh.presses("Tôi đồng ý")
    assert minh.last.startswith("Anh/chị đã vào câu lạc bộ")
    assert (await minh.member()).role is Role.OFFICER
    assert minh.menus[-1].role is Role.OFFICER
    assert any("Việc của cán bộ" in label for label in minh.labels)
    (entry,) = await club.rows(select(AuditEntry))
    assert (entry.action, entry.details["role"]) == ("role taken", "officer")


async def test_a_member_who_takes_up_an_officers_invite_is_raised_and_keeps_everything(
    club: ClubInATest,
) -> None:
    minh = await club.member("Minh", area="thi-xa", purposes=(Purpose.ANNOUNCEMENTS,))
    await minh.says(f"/start {await invite(club, role=Role.OFFICER, uses=1)}")
    assert (await minh.member()).role is Role.MEMBER, "not before agreeing"
    await minh.presses("Tôi đồng ý")
    member = await minh.member()
    assert (member.role, member.area) == (Role.OFFICER, "thi-xa")
    assert await standing(club, minh) == {Purpose.ANNOUNCEMENTS}
    assert (await rows_of_every_table(club))["auditentry"] == 1


async def test_an_owner_is_not_lowered_by_an_officers_invite(club: ClubInATest) -> None:
    code = await invite(club, role=Role.OFFICER, uses=1)
    hoa = await club.officer("Hoà", owner=True)
    await hoa.says(f"/start {code}")
    await hoa.presses_action(f"join:vi:{code}")
    assert (await hoa.member()).role is Role.OWNER
    async with club.store.read() as tx:
        assert (await tx.session.exec(select(Invite))).one().uses_left == 1


async def test_a_suspended_member_cannot_come_in_by_another_invite(
    club: ClubInATest, store: Store
) -> None:
    code = await invite(club, role=Role.OFFICER)
    lan = await club.member("Lan")
    await lan.becomes(state=MemberState.SUSPENDED)
    for text in (f"/start {code}", code):
        await lan.says(text)
        assert "tạm dừng" in lan.last
    await lan.presses_action(f"join:vi:{code}")
    assert "tạm dừng" in lan.toasts[-1]
    assert (await lan.member()).role is Role.MEMBER


@pytest.mark.parametrize("typed", ["/start", "/start tb12"])
async def test_a_member_who_starts_again_is_greeted(typed: str, lan: Phone) -> None:
    await lan.says(typed)
    assert "đang là hội viên" in lan.last


@pytest.mark.parametrize("action", ["join", "join:xx:A", "welcome", "notice:fr", "decline"])
async def test_a_forged_button_of_a_stranger_does_nothing(
    club: ClubInATest, action: str, stranger: Phone
) -> None:
    await stranger.presses_action(action)
    assert stranger.toasts[0].startswith("Lựa chọn này không còn dùng được")
    assert await rows_of_every_table(club) == {}
