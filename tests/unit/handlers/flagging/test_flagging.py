"""A member sends in a post that looks wrong, and hears what is known of it."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from handlers.messages import Answer, ButtonPress, UpdateKind
from handlers.worker_tasks import Offload, offloading
from storage.cases import flag_rate_limit
from storage.conversation import state
from storage.database import sealing
from storage.models import Case, CaseState, Category, Flag, FlagAllowance, Member, MemberState
from tests.support.case_actions import PICTURE, RUMOUR, SCOPE, SEND, flag, the_case, the_cases
from tests.support.club import ClubInATest
from tests.support.databases import others_wait
from tests.support.waiting import in_time


async def test_a_forwarded_post_takes_one_tap_to_become_a_case(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await lan.says(RUMOUR, forwarded=True)
    assert SCOPE in lan.last
    assert "500.000" in lan.last
    assert await the_cases(club) == []
    await lan.presses(SEND)
    case = await the_case(club)
    assert case.code in lan.last
    assert "đừng chuyển tiếp" in lan.last
    assert (case.flags, case.state, case.category) == (1, CaseState.NEW, Category.UNKNOWN)


async def test_on_zalo_it_is_one_number(club: ClubInATest) -> None:
    lan = await club.member("Lan", messenger="zalo")
    await lan.says(RUMOUR, forwarded=True)
    assert lan.labels[0] == SEND
    await lan.says("1")
    case = await the_case(club)
    assert case.code in lan.last
    await lan.says("lừa đảo")
    assert "Loại tin" in lan.last
    assert (await the_case(club)).category is Category.SCAM


async def test_what_is_not_sent_yet_lives_only_in_the_sealed_step(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await lan.says(RUMOUR, forwarded=True)
    async with club.reading() as tx:
        lookup = sealing.chat_lookup(tx, lan.address.messenger, lan.address.chat)
        assert await state.find(tx, lookup) is not None
    await lan.says("/huy")
    async with club.reading() as tx:
        assert await state.find(tx, lookup) is None
    assert await the_cases(club) == []


async def test_an_opinion_is_given_up_with_a_plain_cancel(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await lan.says("Tôi thấy cách làm đường của xã như vậy là quá chậm và tốn kém", forwarded=True)
    assert "không xét ý kiến, phê bình" in lan.last
    await lan.presses("Huỷ")
    assert "Bot không gửi và không lưu gì" in lan.last
    assert await the_cases(club) == []


async def test_a_member_is_counted_once_for_a_case(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await flag(lan)
    await lan.says(RUMOUR, forwarded=True)
    assert "Bạn đã báo tin này rồi" in lan.last
    assert (await the_case(club)).flags == 1


async def test_pressing_send_twice_sends_once(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await lan.says(RUMOUR, forwarded=True)
    send = next(button.action for button in lan.buttons if button.label == SEND)
    await lan.presses_action(send)
    await lan.presses_action(send)
    assert "chưa gửi gì" in lan.toasts[-1]
    assert (await the_case(club)).flags == 1


async def test_the_button_of_an_earlier_post_does_not_send_a_later_one(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await lan.says(RUMOUR, forwarded=True)
    old = next(button.action for button in lan.buttons if button.label == SEND)
    await lan.says("/huy")
    await lan.says(RUMOUR.replace("500", "600"), forwarded=True)
    await lan.presses_action(old)
    assert await the_cases(club) == []


@pytest.mark.parametrize(
    "action",
    [
        "flag-send",
        "flag-send:X",
        "flag-as:X:scam",
        "flag-as",
        "flag-this",
        "follow",
        "follow:NONE12",
        "verdict:NONE12",
        "verdict",
        "reported:-1",
        "reported:x",
        "flag-as:NONE12:scam",
        "flag-drop",
        "flag-answer",
        "flag-answer:1",
        "flag-answer:x",
    ],
)
async def test_a_forged_button_does_no_harm(club: ClubInATest, action: str) -> None:
    lan = await club.member("Lan")
    await lan.presses_action(action)
    assert lan.toasts
    assert await the_cases(club) == []


async def test_only_the_day_of_a_flag_is_kept(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    club.clock.advance(hours=15.5)  # 0:30 on the 11th in Vietnam, still the 10th in UTC
    await flag(lan)
    async with club.reading() as tx:
        row = (await tx.session.exec(select(Flag))).one()
    assert str(row.flagged_on) == str((await the_case(club)).opened_on) == "2026-03-11"
    stored = Flag.model_fields | Case.model_fields
    moments = {name for name in stored if name.endswith("_at")}
    assert moments == {"taken_at", "closed_at", "notify_at", "stopped_at"}
    assert row.notify_at is row.stopped_at is None


async def test_twenty_flags_an_hour_and_then_a_kind_pause(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    for number in range(flag_rate_limit.FLAGS_PER_HOUR):
        await flag(lan, f"{RUMOUR} lần {number}")
    assert len(await the_cases(club)) == flag_rate_limit.FLAGS_PER_HOUR
    await lan.says(RUMOUR, forwarded=True)
    assert "10:00" in lan.last
    assert len(await the_cases(club)) == flag_rate_limit.FLAGS_PER_HOUR
    club.clock.advance(hours=1)
    await flag(lan)
    assert len(await the_cases(club)) == flag_rate_limit.FLAGS_PER_HOUR + 1


async def test_the_count_of_an_hour_says_neither_who_nor_when_and_goes(club: ClubInATest) -> None:
    lan, hoa = await club.member("Lan"), await club.member("Hoa")
    await flag(lan)
    club.clock.advance(minutes=61)
    await flag(hoa)
    async with club.reading() as tx:
        (row,) = (await tx.session.exec(select(FlagAllowance))).all()
    assert row.hour_ends_at.minute == 0
    assert row.hour_ends_at - club.clock.now() < timedelta(hours=1)


async def test_the_list_shows_what_became_of_every_post(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await lan.says("/tindabao")
    assert "chưa báo tin nào" in lan.last
    for number in range(6):
        await flag(lan, f"{RUMOUR} lần {number}")
    await lan.says("/reported")
    assert lan.last.count("đang chờ xử lý") == 5
    assert lan.last.count("cập nhật VNeID") == 5, "how each of them begins"
    await lan.presses("Trang sau")
    assert lan.last.count("đang chờ xử lý") == 1
    await lan.presses("Trang trước")
    assert lan.last.count("đang chờ xử lý") == 5


async def test_a_member_reads_only_verdicts_of_their_own_flags(club: ClubInATest) -> None:
    lan, hoa = await club.member("Lan"), await club.member("Hoa")
    await flag(lan)
    code = (await the_case(club)).code
    await hoa.presses_action(f"verdict:{code}")
    await hoa.presses_action(f"follow:{code}")
    assert len(hoa.toasts) == 2
    assert (await the_case(club)).flags == 1


async def test_a_suspended_member_sends_nothing_in(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await lan.says(RUMOUR, forwarded=True)
    async with club.store.write() as tx:
        (await tx.session.get_one(Member, lan.member_id)).state = MemberState.SUSPENDED
    await lan.presses(SEND)
    await lan.says(RUMOUR, forwarded=True)
    assert SCOPE not in lan.last
    assert await the_cases(club) == []


@pytest.mark.parametrize("post", [{"text": RUMOUR}, {"text": "", "media": PICTURE}])
async def test_who_was_quicker_by_a_moment_is_joined(
    club: ClubInATest, post: dict[str, Any]
) -> None:
    """The same post comes in between looking for it and opening a case of it.

    On SQLite, which has one writer, the slower one does not look before the other has ended.
    """
    lan, minh = await club.member("Lan"), await club.member("Minh")
    for phone in (lan, minh):
        await phone.says(post["text"], forwarded=True, media=post.get("media"))
    (send,) = [button.action for button in lan.buttons if SEND in button.label]
    press = ButtonPress(str(club.next_number()), send, "0")
    async with club.store.write() as tx:

        async def attempt(offload: Offload) -> Answer:
            incoming = lan.incoming(UpdateKind.PRESS, press=press)
            return await club.conversation.answer(tx, incoming, offload)

        await offloading(club.workers, club.store, attempt)
        slower = asyncio.create_task(minh.presses(SEND))
        await others_wait(tx)
    await in_time(slower)
    assert (await the_case(club)).flags == 2


async def test_two_members_at_the_same_moment_make_one_case(club: ClubInATest) -> None:
    phones = [await club.member(f"Hội viên {number}") for number in range(5)]
    for phone in phones:
        await phone.says(RUMOUR, forwarded=True)
    await asyncio.gather(*(phone.presses(SEND) for phone in phones))
    assert (await the_case(club)).flags == len(phones)
