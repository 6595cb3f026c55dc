"""*Remind me*: once, when the member chose, and never against their will."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from handlers.conversation.i18n import Speech
from handlers.notifications import choose
from handlers.recognition.plain_text import visible_length
from handlers.sharing.reminders import reminder, send_due_reminders
from handlers.views.announcement import TEXT_LIMIT, Content, excess
from storage.announcements import shares
from storage.members import members
from storage.models import Delivery, Mailing, MemberState, Reminder, ShareState
from storage.privacy import leaving
from tests.support import SETTINGS, VOTING_DAY, ClubInATest, Outbox, Phone, publish
from tests.support.announcements.records import numbered

VI = Speech("vi", SETTINGS.timezone)


async def ring(club: ClubInATest) -> int:
    """The timetable's tick."""
    return await club.in_write(send_due_reminders, club.settings)


async def set_for(club: ClubInATest) -> list[datetime]:
    return await club.rows(select(Reminder.due_at))


async def queued(club: ClubInATest) -> list[tuple[Mailing, Delivery]]:
    """The reminders in the outbox."""
    async with club.reading() as tx:
        found = (await tx.session.exec(select(Mailing, Delivery).join(Delivery))).all()
        return [(mailing, row) for mailing, row in found if mailing.subject.startswith("reminder")]


async def test_three_times_are_offered_in_the_morning(club: ClubInATest, lan: Phone) -> None:
    await lan.presses_action(f"remind:{await publish(club)}")
    times = ["Sau 1 giờ", "Tối nay, 19:30", "Sáng mai, 7:00", "Giờ khác…"]
    assert [b.label for b in lan.buttons] == times


async def test_tonight_is_offered_until_it_is_half_past_seven(
    club: ClubInATest, lan: Phone, number: int
) -> None:
    club.clock.advance(hours=10, minutes=29)
    await lan.presses_action(f"remind:{number}")
    assert "Tối nay, 19:30" in [b.label for b in lan.buttons]
    club.clock.advance(minutes=1)
    await lan.presses_action(f"remind:{number}")
    assert "Tối nay, 19:30" not in [b.label for b in lan.buttons]


async def test_no_time_after_valid_until_is_offered(club: ClubInATest, lan: Phone) -> None:
    noon = replace(VOTING_DAY, valid_until=datetime(2026, 3, 10, 5, 0, tzinfo=UTC))
    await lan.presses_action(f"remind:{await publish(club, noon)}")
    assert [b.label for b in lan.buttons] == ["Sau 1 giờ", "Giờ khác…"]


async def test_when_it_is_nearly_over_there_is_nothing_to_choose(
    club: ClubInATest, lan: Phone
) -> None:
    in_an_hour = replace(VOTING_DAY, valid_until=club.clock.now() + timedelta(hours=1))
    await lan.presses_action(f"remind:{await publish(club, in_an_hour)}")
    assert "không đặt lời nhắc được nữa" in lan.toasts[-1]


async def test_the_time_chosen_is_said_in_full(club: ClubInATest, lan: Phone) -> None:
    await lan.presses_action(f"remind:{await publish(club)}")
    await lan.presses("Tối nay")
    assert "19:30, Thứ Ba 10/3/2026" in lan.last
    assert await set_for(club) == [datetime(2026, 3, 10, 12, 30, tzinfo=UTC)]


async def types_a_time(club: ClubInATest, typed: str, content: Content = VOTING_DAY) -> Phone:
    """A member who wants another time than those offered. It is 9:00 on a Tuesday."""
    lan = await club.member("Lan")
    await lan.presses_action(f"remind:{await publish(club, content)}")
    await lan.presses("Giờ khác")
    await lan.says(typed)
    return lan


async def test_any_time_can_be_typed(club: ClubInATest) -> None:
    lan = await types_a_time(club, "19h mai")
    assert "19:00, Thứ Tư 11/3/2026" in lan.last
    assert await set_for(club) == [datetime(2026, 3, 11, 12, 0, tzinfo=UTC)]


@pytest.mark.parametrize("typed", ["5 rưỡi chiều", "5 ruoi chieu", "17h30"])
async def test_a_time_may_be_typed_instead_of_one_that_is_offered(
    club: ClubInATest, lan: Phone, number: int, typed: str
) -> None:
    await lan.presses_action(f"remind:{number}")
    await lan.says(typed)
    assert await set_for(club) == [datetime(2026, 3, 10, 10, 30, tzinfo=UTC)]


async def test_what_is_no_time_is_answered_as_if_none_had_been_offered(
    club: ClubInATest, lan: Phone, number: int
) -> None:
    await lan.presses_action(f"remind:{number}")
    await lan.says("/caidat")
    await lan.presses_action(f"remind:{number}")
    await lan.says("cảm ơn")
    before = lan.last
    await lan.says("17h30")
    assert VI("announcing-time-unreadable") not in (before, lan.last)
    assert await set_for(club) == []


async def test_a_time_that_is_unclear_may_be_typed_again(club: ClubInATest) -> None:
    lan = await types_a_time(club, "khi nào rảnh")
    assert lan.last == VI("announcing-time-unreadable")
    await lan.says("19h mai")
    assert len(await set_for(club)) == 1


async def test_a_time_in_the_quiet_hours_says_that_it_comes_in_the_morning(
    club: ClubInATest,
) -> None:
    lan = await types_a_time(club, "23h mai")
    assert "6:30, Thứ Năm 12/3/2026" in lan.last
    assert VI("remind-rests") in lan.last


async def test_a_reminder_is_set_within_a_year(club: ClubInATest) -> None:
    lan = await types_a_time(club, "9:00 12/3/2027", replace(VOTING_DAY, valid_until=None))
    assert lan.last == VI("remind-too-far")
    assert await set_for(club) == []
    await lan.says("9:00 11/3/2027")
    assert len(await set_for(club)) == 1


async def test_a_typed_time_after_the_end_is_refused(club: ClubInATest) -> None:
    noon = replace(VOTING_DAY, valid_until=datetime(2026, 3, 10, 5, 0, tzinfo=UTC))
    lan = await types_a_time(club, "12h hôm nay", noon)
    assert "đã hết hiệu lực" in lan.last
    assert await set_for(club) == []
    await lan.says("11:59 hôm nay")
    assert len(await set_for(club)) == 1


async def test_choosing_again_replaces_the_first_choice(
    club: ClubInATest, lan: Phone, number: int
) -> None:
    await lan.presses_action(f"remindat:{number}:tonight")
    await lan.presses_action(f"remind:{number}")
    assert "19:30, Thứ Ba 10/3/2026" in lan.last
    await lan.presses("Sáng mai")
    assert await set_for(club) == [datetime(2026, 3, 11, 0, 0, tzinfo=UTC)]


async def test_a_reminder_can_be_dropped(club: ClubInATest, lan: Phone) -> None:
    await lan.presses_action(f"remindat:{await publish(club)}:hour")
    await lan.presses("Bỏ nhắc")
    assert await set_for(club) == []


async def test_a_button_from_yesterday_sets_nothing_in_the_past(
    club: ClubInATest, lan: Phone, number: int
) -> None:
    club.clock.advance(hours=12)
    await lan.presses_action(f"remindat:{number}:tonight")
    assert lan.toasts == [VI.plain("remind-past")]
    assert await set_for(club) == []


async def test_a_time_nobody_offered_is_refused(lan: Phone, number: int) -> None:
    for forged in (f"remindat:{number}:never", f"remindat:{number}"):
        await lan.presses_action(forged)
        assert lan.toasts[-1] == VI.plain("button-unknown")


async def test_the_copy_comes_once_and_not_a_second_early(club: ClubInATest, lan: Phone) -> None:
    await lan.presses_action(f"remindat:{await publish(club)}:hour")
    club.clock.advance(minutes=59, seconds=59)
    assert await ring(club) == 0
    club.clock.advance(seconds=1)
    assert await ring(club) == 1
    assert await ring(club) == 0
    [(mailing, delivery)] = await queued(club)
    assert delivery.member_id == lan.member_id
    assert mailing.valid_until == VOTING_DAY.valid_until
    message = choose(mailing.bodies, "vi")
    assert message.text.startswith(VI("remind-head"))
    assert VOTING_DAY.title in message.text
    assert next(b.label for row in message.rows for b in row) == "Chia sẻ"


def test_a_copy_as_long_as_can_be_comes_without_the_line_that_would_not_fit() -> None:
    room = -excess(replace(VOTING_DAY, html=""), numbered(12), VI)
    line = len(f"{VI('remind-head')}\n\n".encode("utf-16-le")) // 2
    for length, has_line in ((room - line, True), (room - line + 1, False)):
        message = reminder(replace(VOTING_DAY, html="a" * length), numbered(12), VI)
        assert message.text.startswith(VI("remind-head")) is has_line
        assert visible_length(message.text) <= TEXT_LIMIT


async def test_one_evening_is_one_mailing_for_everybody(club: ClubInATest, number: int) -> None:
    for name in ("Lan", "Mai"):
        await (await club.member(name)).presses_action(f"remindat:{number}:tonight")
    club.clock.advance(hours=11)
    assert await ring(club) == 2
    assert len({mailing.id for mailing, _ in await queued(club)}) == 1


async def test_a_member_can_be_reminded_again_another_day(
    club: ClubInATest, lan: Phone, number: int
) -> None:
    for _ in range(2):
        await lan.presses_action(f"remindat:{number}:hour")
        club.clock.advance(hours=1)
        assert await ring(club) == 1
    assert len(await queued(club)) == 2


async def test_a_member_who_stopped_gets_no_reminder(club: ClubInATest, lan: Phone) -> None:
    await lan.presses_action(f"remindat:{await publish(club)}:hour")
    async with club.store.write() as tx:
        await leaving.stop(tx, await members.get(tx, lan.member_id))
    club.clock.advance(hours=2)
    assert await ring(club) == 0


async def test_a_member_who_left_or_is_suspended_gets_no_reminder(
    club: ClubInATest, lan: Phone, number: int
) -> None:
    for state in (MemberState.LEFT, MemberState.SUSPENDED):
        await lan.becomes(state=MemberState.ACTIVE)
        await lan.presses_action(f"remindat:{number}:hour")
        await lan.becomes(state=state)
        club.clock.advance(hours=1)
        assert await ring(club) == 0
    assert await set_for(club) == []


async def test_a_bot_that_was_down_past_valid_until_reminds_nobody(
    club: ClubInATest, lan: Phone
) -> None:
    await lan.presses_action(f"remindat:{await publish(club)}:morning")
    club.clock.advance(days=6)
    assert await ring(club) == 0
    assert await set_for(club) == []


async def due_for(club: ClubInATest, who: Phone, number: int) -> Outbox:
    """A reminder of this member is queued."""
    await who.presses_action(f"remind:{number}")
    await who.presses("Sau 1 giờ")
    club.clock.advance(hours=1)
    assert await ring(club) == 1
    return Outbox(club.store)


async def test_who_has_shared_it_is_not_reminded(
    club: ClubInATest, lan: Phone, number: int
) -> None:
    await lan.presses_action(f"remind:{number}")
    await lan.presses("Sau 1 giờ")
    await lan.presses_action(f"shared:{number}")
    assert await set_for(club) == []


@pytest.mark.parametrize("answer", ["shared", "notforme"])
async def test_a_reminder_that_is_queued_when_the_member_answers_is_not_sent(
    club: ClubInATest, lan: Phone, number: int, answer: str
) -> None:
    box = await due_for(club, lan, number)
    await lan.presses_action(f"{answer}:{number}")
    assert await box.claim() == []


async def test_a_reminder_that_is_claimed_when_the_member_shares_is_not_sent(
    club: ClubInATest, lan: Phone, number: int
) -> None:
    box = await due_for(club, lan, number)
    (row,) = await box.claim()
    await club.in_write(shares.answer, number, lan.member_id, ShareState.SHARED)
    assert await box.begin(row) == set()


async def test_a_reminder_queued_by_another_process_beside_the_share_is_not_sent(
    club: ClubInATest, lan: Phone, number: int
) -> None:
    box = await due_for(club, lan, number)
    await club.in_write(shares.answer, number, lan.member_id, ShareState.SHARED)
    assert await box.claim() == []


async def test_who_has_shared_it_is_told_that_no_reminder_is_needed(
    lan: Phone, number: int
) -> None:
    await lan.presses_action(f"shared:{number}")
    await lan.presses_action(f"remind:{number}")
    assert "không cần nhắc nữa" in lan.toasts[-1]
