"""`/canbo`: roles are offered, given and taken, and the club keeps an owner."""

import asyncio

import pytest
from sqlmodel import select

from handlers.people import role_change
from storage.members import members
from storage.models import Case, CaseState, Category, Member, Purpose, Role
from tests.support import ClubInATest, Phone, audit_actions, audit_entries, newest_for, waiting_for


async def open_card(phone: Phone, other: Phone) -> None:
    await phone.opens("/canbo", other.name)


async def test_owners_see_officers_and_owners_page_by_page(club: ClubInATest, owner: Phone) -> None:
    for number in range(5):
        await club.officer(f"Cán bộ {number}")
    await club.member("Lan")
    await owner.says("/canbo")
    assert [b.label for b in owner.buttons][:2] == ["Hoà · Chủ nhiệm", "Cán bộ 0 · Cán bộ"]
    assert not any("Cán bộ 4" in label for label in owner.labels)
    await owner.presses("Trang sau")
    assert owner.buttons[0].label == "Cán bộ 4 · Cán bộ"
    assert not any("Lan" in label for label in owner.labels)


async def test_officers_do_not_give_roles(minh: Phone, binh: Phone) -> None:
    await minh.says("/canbo")
    assert "dành cho" in minh.last
    await minh.presses_action(f"role-yes:{binh.member_id}:officer:owner")
    await minh.presses_action(f"offer:{binh.member_id}")
    assert (
        minh.toasts
        == ["Mục này dành cho người khác. Gõ /trogiup để xem anh/chị có thể làm gì."] * 2
    )
    assert (await binh.member()).role is Role.OFFICER


def test_each_press_on_the_way_to_another_role_is_an_owners_alone() -> None:
    """Whoever forges the second press has not come by the first."""
    assert {press.role for press in role_change.routes.actions.values()} == {Role.OWNER}


async def test_an_officer_is_made_an_owner_after_one_question(
    club: ClubInATest, owner: Phone, minh: Phone
) -> None:
    await open_card(owner, minh)
    await owner.presses("Nâng lên chủ nhiệm")
    assert (await minh.member()).role is Role.OFFICER, "asked first"
    await owner.presses("Đồng ý")
    member = await minh.member()
    assert member.role is Role.OWNER
    assert minh.menus[-1].role is Role.OWNER
    assert "chủ nhiệm" in (await newest_for(minh)).text
    assert await audit_entries(club) == [
        ("role changed", {"member": member.actor, "before": "officer", "after": "owner"})
    ]


async def test_who_goes_back_on_the_question_sees_the_card_again(owner: Phone, minh: Phone) -> None:
    await open_card(owner, minh)
    await owner.presses("Nâng lên chủ nhiệm", "Quay lại")
    assert "Vai trò: Cán bộ" in owner.last
    assert (await minh.member()).role is Role.OFFICER


async def test_a_former_officer_has_no_duties_no_cases_and_a_members_menu(
    club: ClubInATest, owner: Phone, minh: Phone
) -> None:
    async with club.store.write() as tx:
        tx.session.add(
            Case(
                code="C1",
                state=CaseState.IN_REVIEW,
                category=Category.SCAM,
                opened_on=club.clock.now().date(),
                officer_id=minh.member_id,
            )
        )
    await open_card(owner, minh)
    await owner.presses("Cho thôi", "Đồng ý")
    async with club.store.read() as tx:
        case = (await tx.session.exec(select(Case))).one()
        agreed = await members.agreed(tx, minh.member_id)
    assert (case.state, case.officer_id) == (CaseState.NEW, None)
    assert agreed == {*Purpose} - {Purpose.DUTIES}
    assert minh.menus[-1].role is Role.MEMBER
    await minh.says("/soan")
    assert "dành cho cán bộ" in minh.last


async def test_a_question_answered_too_late_changes_nothing(club: ClubInATest) -> None:
    hoa, binh, minh = (
        await club.officer("Hoà", owner=True),
        await club.officer("Bình", owner=True),
        await club.officer("Minh"),
    )
    for phone in (hoa, binh):
        await open_card(phone, minh)
        await phone.presses("Nâng lên chủ nhiệm")
    await hoa.presses("Đồng ý")
    await binh.presses("Đồng ý")
    assert "vừa thay đổi" in binh.toasts[-1]
    assert len(await audit_entries(club)) == 1


async def test_a_question_about_an_owner_is_not_an_answer_about_an_officer(
    club: ClubInATest,
) -> None:
    hoa, binh, minh = [await club.officer(name, owner=True) for name in ("Hoà", "Bình", "Minh")]
    for phone, change in ((hoa, "Cho thôi"), (binh, "Chuyển về cán bộ")):
        await open_card(phone, minh)
        await phone.presses(change)
    await binh.presses("Đồng ý")
    await hoa.presses("Đồng ý")
    assert (await minh.member()).role is Role.OFFICER


@pytest.mark.parametrize("role", ["officer", "member"])
async def test_nobody_can_remove_the_last_owner(role: str, owner: Phone) -> None:
    await open_card(owner, owner)
    await owner.presses_action(f"role:{owner.member_id}:{role}")
    await owner.presses_action(f"role-yes:{owner.member_id}:owner:{role}")
    assert all("chủ nhiệm duy nhất" in toast for toast in owner.toasts)
    assert (await owner.member()).role is Role.OWNER


async def test_an_owner_may_step_down_when_there_is_another(club: ClubInATest) -> None:
    hoa, _ = await club.officer("Hoà", owner=True), await club.officer("Bình", owner=True)
    await open_card(hoa, hoa)
    await hoa.presses("Chuyển về cán bộ", "Đồng ý")
    assert (await hoa.member()).role is Role.OFFICER
    assert await waiting_for(hoa) == [], "nobody is told what they did themselves"


async def test_two_owners_who_demote_each_other_at_the_same_moment_leave_one(
    club: ClubInATest,
) -> None:
    hoa, binh = await club.officer("Hoà", owner=True), await club.officer("Bình", owner=True)
    await asyncio.gather(
        hoa.presses_action(f"role-yes:{binh.member_id}:owner:member"),
        binh.presses_action(f"role-yes:{hoa.member_id}:owner:member"),
    )
    owners = await club.rows(select(Member).where(Member.role == Role.OWNER))
    assert len(owners) == 1


@pytest.mark.parametrize(
    "action",
    ["role", "role:x", "role:1", "role:1:king", "role-yes:1:owner", "role-yes:99:officer:owner"],
)
async def test_a_forged_change_of_role_changes_nothing(club: ClubInATest, action: str) -> None:
    hoa, _ = await club.officer("Hoà", owner=True), await club.officer("Bình", owner=True)
    await hoa.presses_action(action)
    assert len(hoa.toasts) == 1
    assert await audit_entries(club) == []


async def test_a_member_is_not_made_an_officer_by_a_forged_button(
    club: ClubInATest, owner: Phone, lan: Phone
) -> None:
    await club.officer("Bình", owner=True)
    await owner.presses_action(f"role-yes:{lan.member_id}:member:officer")
    assert (await lan.member()).role is Role.MEMBER


async def offered(club: ClubInATest) -> tuple[Phone, Phone]:
    hoa, lan = await club.officer("Hoà", owner=True), await club.member("Lan")
    await hoa.opens("/hoivien lan", "Lan", "Mời làm cán bộ")
    await newest_for(lan)
    return hoa, lan


async def test_a_member_becomes_an_officer_only_by_saying_yes(club: ClubInATest) -> None:
    _, lan = await offered(club)
    assert (await lan.member()).role is Role.MEMBER
    await lan.presses("Tôi nhận lời")
    assert (await lan.member()).role is Role.OFFICER
    assert lan.menus[-1].role is Role.OFFICER
    assert Purpose.DUTIES not in await club.in_read(members.agreed, lan.member_id), (
        "their own choice"
    )
    assert await audit_actions(club) == ["role offered", "role taken"]


async def test_a_member_may_say_no_and_the_offer_is_over(club: ClubInATest) -> None:
    _, lan = await offered(club)
    yes = next(b.action for b in lan.buttons if "nhận lời" in b.label)
    await lan.presses("Không, cảm ơn")
    await lan.presses_action(yes)
    assert "không còn hiệu lực" in lan.last
    assert (await lan.member()).role is Role.MEMBER


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("Không, cảm ơn", "Lan</b> cảm ơn lời mời, nhưng chưa nhận"),
        ("Tôi nhận lời", "Lan</b> đã nhận lời"),
    ],
    ids=["no", "yes"],
)
async def test_the_owner_hears_what_the_answer_was(
    club: ClubInATest, answer: str, told: str
) -> None:
    hoa, lan = await offered(club)
    await lan.presses(answer)
    assert told in (await newest_for(hoa)).text


async def test_a_new_officer_is_spoken_to_as_one_from_the_first_word(club: ClubInATest) -> None:
    _, lan = await offered(club)
    before = set(lan.messages)
    await lan.presses("Tôi nhận lời")
    read = [message.text for number, message in lan.messages.items() if number not in before]
    assert any("Anh/chị có ba việc chính" in text for text in read)
    assert not any("Bạn" in text for text in read)


async def test_an_offer_is_for_one_person_and_one_time(club: ClubInATest) -> None:
    hoa, lan = await offered(club)
    mai = await club.member("Mai")
    yes = next(b.action for b in lan.buttons if "nhận lời" in b.label)
    await mai.presses_action(yes)
    assert (await mai.member()).role is Role.MEMBER
    await lan.presses_action(yes)
    await open_card(hoa, lan)
    await hoa.presses("Cho thôi", "Đồng ý")
    await lan.presses_action(yes)
    assert (await lan.member()).role is Role.MEMBER


@pytest.mark.parametrize(("second", "role"), [(-1, Role.OFFICER), (0, Role.MEMBER)])
async def test_an_offer_stands_for_seven_days(club: ClubInATest, second: int, role: Role) -> None:
    _, lan = await offered(club)
    club.clock.advance(days=7, seconds=second)
    await lan.presses("Tôi nhận lời")
    assert (await lan.member()).role is role


async def test_the_offer_of_an_owner_who_is_one_no_longer_is_void(club: ClubInATest) -> None:
    hoa, lan = await offered(club)
    binh = await club.officer("Bình", owner=True)
    await open_card(binh, hoa)
    await binh.presses("Chuyển về cán bộ", "Đồng ý")
    await lan.presses("Tôi nhận lời")
    assert (await lan.member()).role is Role.MEMBER
