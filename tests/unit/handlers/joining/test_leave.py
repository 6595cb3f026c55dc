"""Stopping and leaving: at once, completely, and never by mistake."""

import asyncio
from datetime import date, timedelta

import pytest
from sqlmodel import select

from handlers.messages import Message
from handlers.notifications import notify
from handlers.registry import conversation
from storage.conversation import generated_files, state
from storage.database import sealing
from storage.database.engine import Store
from storage.members import members
from storage.models import (
    Announcement,
    AnnouncementState,
    AuditEntry,
    Case,
    CasePost,
    CaseState,
    Category,
    Contact,
    Delivery,
    DeliveryState,
    Flag,
    GeneratedFile,
    Member,
    MemberState,
    Proof,
    ProofKind,
    Reminder,
    Role,
    Share,
    ShareState,
    Step,
)
from tests.support import SETTINGS, ClubInATest, Phone


async def full_member(club: ClubInATest) -> Phone:
    """A member with a queued message, a reminder, a proof, a flag and a step."""
    lan = await club.member("Lan", area="thi-xa")
    async with club.store.write() as tx:
        member, now = await members.get(tx, lan.member_id), club.clock.now()
        await notify(tx, SETTINGS, [member], "a word", lambda _: Message("…"), about=None)
        announcement = Announcement(
            author_id=lan.member_id, state=AnnouncementState.SENT, created_at=now
        )
        case = Case(
            code="C1", state=CaseState.NEW, category=Category.SCAM, opened_on=date(2026, 3, 10)
        )
        tx.session.add_all([announcement, case])
        await tx.session.flush()
        assert announcement.id
        assert case.id
        share = Share(
            announcement_id=announcement.id,
            member_id=lan.member_id,
            state=ShareState.SHARED,
            at=now,
        )
        post = CasePost(case_id=case.id, first_on=date(2026, 3, 10))
        tx.session.add_all([share, post])
        await tx.session.flush()
        assert share.id
        assert post.id
        tx.session.add_all(
            [
                Reminder(announcement_id=announcement.id, member_id=lan.member_id, due_at=now),
                Proof(
                    share_id=share.id, kind=ProofKind.LINK, content_sealed=b"-", same=b"-", at=now
                ),
                Flag(
                    case_id=case.id,
                    post_id=post.id,
                    member_id=lan.member_id,
                    category=Category.SCAM,
                    flagged_on=date(2026, 3, 10),
                ),
            ]
        )
        lookup = sealing.chat_lookup(tx, lan.address.messenger, lan.address.chat)
        await state.put(tx, lookup, "somewhere", {})
        until = now + timedelta(days=1)
        await generated_files.keep(
            tx, lan.address.messenger, lan.address.chat, b"all about Lan", until
        )
    return lan


async def test_stopping_ends_everything_at_once(club: ClubInATest) -> None:
    lan = await full_member(club)
    await lan.says("/ngungnhan")
    assert "Đã ngừng" in lan.last
    assert "/caidat" in lan.last
    assert "kết luận" in lan.last
    async with club.store.read() as tx:
        assert await members.agreed(tx, lan.member_id) == set()
        assert (await tx.session.exec(select(Reminder))).all() == []
        assert not (await tx.session.exec(select(Flag))).one().wants_answer
        assert (await tx.session.exec(select(Delivery))).one().state is DeliveryState.CANCELLED
    assert (await lan.member()).state is MemberState.ACTIVE


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (DeliveryState.CLAIMED, DeliveryState.CANCELLED),
        (DeliveryState.SENDING, DeliveryState.SENDING),
        (DeliveryState.SENT, DeliveryState.SENT),
        (DeliveryState.UNCERTAIN, DeliveryState.UNCERTAIN),
    ],
)
async def test_stopping_cancels_only_what_has_not_begun_to_go(
    club: ClubInATest, before: DeliveryState, after: DeliveryState
) -> None:
    lan = await full_member(club)
    async with club.store.write() as tx:
        (await tx.session.exec(select(Delivery))).one().state = before
    await lan.says("/stop")
    async with club.store.read() as tx:
        assert (await tx.session.exec(select(Delivery))).one().state is after


async def test_stopping_touches_nobody_else(club: ClubInATest) -> None:
    lan, mai = await full_member(club), await club.member("Mai")
    await mai.says("/ngungnhan")
    async with club.store.read() as tx:
        assert len(await members.agreed(tx, lan.member_id)) == 3
        assert (await tx.session.exec(select(Delivery))).one().state is DeliveryState.QUEUED


@pytest.mark.parametrize(
    "typed", ["/ngung", "/ngungnhann", "ngung nhan", "ngừng nhận", "dung", "roi", "/roi", "stop"]
)
async def test_only_the_whole_command_stops_or_leaves(
    club: ClubInATest, typed: str, lan: Phone
) -> None:
    await lan.says(typed)
    assert len(await club.in_read(members.agreed, lan.member_id)) == 3
    assert (await lan.member()).state is MemberState.ACTIVE


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("thoát", ["Ngừng nhận mọi tin", "Rời câu lạc bộ"]),
        ("Thoát!", ["Ngừng nhận mọi tin", "Rời câu lạc bộ"]),
        ("tôi muốn thoát", ["Ngừng nhận mọi tin", "Rời câu lạc bộ"]),
        ("đừng gửi nữa", ["Ngừng nhận mọi tin"]),
        ("dừng gửi thông báo", ["Ngừng nhận mọi tin"]),
        ("tạm dừng gửi", ["Ngừng nhận mọi tin"]),
        ("Làm ơn đừng gửi tin cho tôi nữa.", ["Ngừng nhận mọi tin"]),
        ("dung nhan tin cho minh nua nhe", ["Ngừng nhận mọi tin"]),
        ("tôi không muốn nhận thông báo nữa", ["Ngừng nhận mọi tin"]),
        ("tôi muốn rời nhóm", ["Rời câu lạc bộ"]),
        ("cho em ra khỏi nhóm ạ", ["Rời câu lạc bộ"]),
        ("out nhóm", ["Rời câu lạc bộ"]),
    ],
)
async def test_who_wants_out_in_their_own_words_is_offered_it_and_nothing_is_done_yet(
    club: ClubInATest, lan: Phone, typed: str, offered: list[str]
) -> None:
    await lan.says(typed)
    assert [button.label for button in lan.buttons] == offered
    assert len(await club.in_read(members.agreed, lan.member_id)) == 3
    assert (await lan.member()).state is MemberState.ACTIVE


@pytest.mark.parametrize(
    "typed", ["đừng gửi tiền cho ai", "tôi muốn nhận tin", "không nhận được tin", "rời nhà"]
)
async def test_words_that_only_resemble_them_offer_no_way_out(lan: Phone, typed: str) -> None:
    await lan.says(typed)
    assert not {"Ngừng nhận mọi tin", "Rời câu lạc bộ"} & {b.label for b in lan.buttons}


async def test_more_words_behind_the_command_only_bring_up_the_button(
    club: ClubInATest, lan: Phone
) -> None:
    await lan.says("/ngungnhan thông báo thôi")
    assert len(await club.in_read(members.agreed, lan.member_id)) == 3
    await lan.presses("Ngừng nhận mọi tin")
    assert await club.in_read(members.agreed, lan.member_id) == set()


async def test_leaving_asks_once_and_then_erases_what_names_the_member(club: ClubInATest) -> None:
    lan = await full_member(club)
    await lan.says("/roiclb")
    assert (await lan.member()).state is MemberState.ACTIVE
    await lan.presses("Rời câu lạc bộ")
    async with club.store.read() as tx:
        member = await members.get(tx, lan.member_id)
        for table in (Contact, Step, GeneratedFile, Proof, Flag, Reminder):
            assert (await tx.session.exec(select(table))).all() == [], table
        assert len((await tx.session.exec(select(Share))).all()) == 1, "totals stay"
        assert (await tx.session.exec(select(Delivery))).one().state is DeliveryState.CANCELLED
    assert (member.state, member.name_sealed, member.area) == (MemberState.LEFT, None, None)
    assert member.left_at == club.clock.now()
    assert lan.menus[-1].role is None


async def test_who_left_is_a_stranger(lan: Phone) -> None:
    await lan.opens("/leave", "Rời câu lạc bộ")
    await lan.says("/caidat")
    assert "dành cho hội viên" in lan.last
    await lan.presses_action("leave")
    assert "chưa là hội viên" in lan.toasts[-1]


async def test_who_stays_after_all_loses_nothing(lan: Phone) -> None:
    await lan.opens("/roiclb", "Ở lại")
    assert (await lan.member()).state is MemberState.ACTIVE


async def test_an_officer_who_leaves_gives_back_role_and_cases(
    club: ClubInATest, minh: Phone
) -> None:
    async with club.store.write() as tx:
        for code, state in (("C1", CaseState.IN_REVIEW), ("C2", CaseState.DECIDED)):
            tx.session.add(
                Case(
                    code=code,
                    state=state,
                    category=Category.SCAM,
                    opened_on=date(2026, 3, 10),
                    officer_id=minh.member_id,
                    taken_at=club.clock.now(),
                )
            )
    await minh.opens("/roiclb", "Rời câu lạc bộ")
    async with club.store.read() as tx:
        member = await members.get(tx, minh.member_id)
        cases = (await tx.session.exec(select(Case).order_by("code"))).all()
        entry = (await tx.session.exec(select(AuditEntry))).one()
    assert member.role is Role.MEMBER
    assert [(c.state, c.officer_id) for c in cases] == [
        (CaseState.NEW, None),
        (CaseState.DECIDED, minh.member_id),
    ]
    assert (entry.actor, entry.action) == (member.actor, "role given up")


async def test_the_last_owner_cannot_leave(owner: Phone) -> None:
    await owner.says("/roiclb")
    assert "/loimoi" in owner.last
    await owner.presses_action("leave")
    assert (await owner.member()).role is Role.OWNER


async def test_two_owners_who_leave_at_the_same_moment_leave_one(club: ClubInATest) -> None:
    owners = [await club.officer(name, owner=True) for name in ("Hoà", "Bình")]
    for owner in owners:
        await owner.says("/roiclb")
    await asyncio.gather(*(owner.presses_action("leave") for owner in owners))
    left = await club.rows(select(Member).where(Member.role == Role.OWNER))
    assert len(left) == 1


async def test_a_suspended_member_may_still_stop_leave_and_read_the_notice(
    store: Store, lan: Phone
) -> None:
    await lan.becomes(state=MemberState.SUSPENDED)
    await lan.says("/riengtu")
    assert "Quyền riêng tư" in lan.last
    await lan.says("/ngungnhan")
    assert "Đã ngừng" in lan.last
    await lan.opens("/roiclb", "Rời câu lạc bộ")
    assert "đã rời" in lan.last


@pytest.mark.parametrize("command", ["/ngungnhan", "/roiclb"])
async def test_a_stranger_has_nothing_to_stop(club: ClubInATest, command: str) -> None:
    lan = club.stranger("Lan")
    await lan.says(command)
    assert "chưa là hội viên" in lan.last


def test_only_members_have_stopping_and_leaving_in_their_menu() -> None:
    club = conversation(SETTINGS)
    both = {"ngungnhan", "roiclb"}
    assert both <= {entry.command for entry in club.menu(Role.MEMBER, "vi")}
    assert not both & {entry.command for entry in club.menu(None, "vi")}
