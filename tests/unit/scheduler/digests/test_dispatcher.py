"""Digests go out by themselves: once for each slot, and only when there is something to tell."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlmodel import col, select

from handlers.messages.reply import LASTING
from handlers.rendering import bar_chart
from scheduler.digests import member_digest
from scheduler.digests.dispatcher import DigestDispatcher
from scheduler.settings import DigestSettings
from storage import schedules
from storage.announcements import reminders, shares
from storage.database.ids import id_of
from storage.members import members, suspensions
from storage.models import (
    Announcement,
    AnnouncementState,
    Delivery,
    DeliveryState,
    Mailing,
    MailingKind,
    Member,
    MemberState,
    Purpose,
    Rating,
    RequestKind,
    ScheduleKind,
    ShareState,
    Slot,
    SlotOutcome,
)
from storage.privacy import data_requests
from tests.support import (
    ClubInATest,
    InlineWorkers,
    ManualClock,
    Phone,
    add_announcement,
    add_decided_case,
    in_read,
    in_write,
)
from tests.support.meeting_rows import CONTENT, add_meeting
from tests.support.scripted_messenger import DeliveryHarness

TEN = 10 * 60
TITLE = "Ngày bầu cử"


class Desk:
    """The digests of one club. It is nine o'clock; the digest is at ten."""

    def __init__(self, club: ClubInATest) -> None:
        self.club = club
        self.store = club.store
        self.clock = club.clock
        self.digests = DigestDispatcher(
            club.store, club.settings, DigestSettings(), InlineWorkers()
        )
        self.harness = DeliveryHarness(club)

    async def reader(self, name: str, *, area: str | None = None, language: str = "vi") -> Phone:
        """A member who chose ten o'clock every day."""
        phone = await self.club.member(name, area=area, language=language)
        async with self.store.write() as tx:
            member = await tx.session.get_one(Member, phone.member_id)
            member.digest_minute, member.digest_days = TEN, schedules.EVERY_DAY
            await self._ensure(tx, ScheduleKind.MEMBER_DIGEST, TEN)
        return phone

    async def officer(self, name: str) -> Phone:
        """An officer, in a club whose officers' digest comes at ten."""
        phone = await self.club.officer(name)
        await in_write(self.store, self._ensure, ScheduleKind.OFFICER_DIGEST, TEN)
        return phone

    async def _ensure(self, tx: object, kind: ScheduleKind, minute: int) -> None:
        await schedules.ensure(
            tx,  # type: ignore[arg-type]
            kind,
            minute=minute,
            days=schedules.EVERY_DAY,
            timezone=self.club.settings.timezone,
        )

    async def ten_o_clock(self, *, late: timedelta = timedelta()) -> None:
        """Lets it be ten, or later, and does what is due."""
        self.clock.advance(hours=1, seconds=late.total_seconds())
        await self.digests.send_due()

    async def deliver(self) -> None:
        """Lets the worker send everything that is queued."""
        async with self.harness.running():
            await self.harness.until(lambda states: DeliveryState.QUEUED not in states)

    def texts(self, phone: Phone) -> list[str]:
        return self.harness.messenger.texts(phone.address.chat)

    async def outcomes(self) -> list[SlotOutcome]:
        async with self.store.read() as tx:
            rows = await tx.session.exec(select(Slot.outcome).order_by(col(Slot.id)))
            return [SlotOutcome(outcome) for outcome in rows.all()]

    async def mailings(self) -> list[Mailing]:
        async with self.store.read() as tx:
            query = select(Mailing).where(Mailing.kind == MailingKind.DIGEST)
            return list((await tx.session.exec(query)).all())


@pytest.fixture
def desk(club: ClubInATest) -> Desk:
    return Desk(club)


@pytest.fixture
async def lan(desk: Desk) -> Phone:
    """Lan, who reads the digest at ten."""
    return await desk.reader("Lan")


async def test_what_is_new_reaches_the_member_at_their_hour(desk: Desk, lan: Phone) -> None:
    number = await add_announcement(desk.store, lan.member_id, TITLE)
    await desk.digests.send_due()
    assert await desk.outcomes() == []
    await desk.ten_o_clock()
    await desk.deliver()
    assert await desk.outcomes() == [SlotOutcome.SENT]
    (text,) = desk.texts(lan)
    assert TITLE in text
    (_, message) = desk.harness.messenger.sent[0]
    assert message.rows[0][0].action == f"{LASTING}read:{number}"


async def test_a_slot_is_never_sent_twice(desk: Desk, lan: Phone) -> None:
    await add_announcement(desk.store, lan.member_id, TITLE)
    await desk.ten_o_clock()
    await DigestDispatcher(
        desk.store, desk.club.settings, DigestSettings(), InlineWorkers()
    ).send_due()
    desk.clock.advance(hours=-2)
    await desk.digests.send_due()
    desk.clock.advance(hours=2)
    await desk.digests.send_due()
    await desk.deliver()
    assert len(desk.texts(lan)) == 1


async def test_with_nothing_new_nobody_gets_anything(desk: Desk, lan: Phone) -> None:
    await desk.ten_o_clock()
    assert await desk.outcomes() == [SlotOutcome.EMPTY]
    assert await desk.harness.box.rows() == []
    assert desk.texts(lan) == []


async def test_what_was_told_is_not_told_again(desk: Desk, lan: Phone) -> None:
    await add_announcement(desk.store, lan.member_id, TITLE)
    await desk.ten_o_clock()
    await desk.deliver()
    desk.clock.advance(hours=23)
    await add_announcement(desk.store, lan.member_id, "Cấm đường Trần Phú")
    await desk.ten_o_clock()
    await desk.deliver()
    first, second = desk.texts(lan)
    assert TITLE in first
    assert TITLE not in second
    assert "Cấm đường" in second


async def test_what_a_digest_could_not_tell_is_in_the_next(desk: Desk, lan: Phone) -> None:
    await add_announcement(desk.store, lan.member_id, TITLE)
    await desk.ten_o_clock()
    async with desk.store.write() as tx:
        (await tx.session.exec(select(Delivery))).one().state = DeliveryState.FAILED
    desk.clock.advance(hours=23)
    await desk.ten_o_clock()
    await desk.deliver()
    (text,) = desk.texts(lan)
    assert TITLE in text


async def test_a_first_digest_reaches_a_week_back_and_no_further(desk: Desk, lan: Phone) -> None:
    now = desk.clock.now()
    week_before_ten = now + timedelta(hours=1) - timedelta(days=7, seconds=10)
    await add_announcement(desk.store, lan.member_id, "Vừa quá", at=week_before_ten)
    await add_announcement(
        desk.store, lan.member_id, "Còn kịp", at=week_before_ten + timedelta(seconds=1)
    )
    await desk.ten_o_clock()
    await desk.deliver()
    (text,) = desk.texts(lan)
    assert "Còn kịp" in text
    assert "Vừa quá" not in text


async def test_what_is_over_is_not_told(desk: Desk, lan: Phone) -> None:
    await add_announcement(desk.store, lan.member_id, TITLE, valid_for=timedelta(hours=1))
    await desk.ten_o_clock()
    assert await desk.outcomes() == [SlotOutcome.EMPTY]


async def test_drafts_and_scheduled_announcements_stay_inside_the_club(
    desk: Desk, lan: Phone
) -> None:
    for state in (AnnouncementState.DRAFT, AnnouncementState.SCHEDULED):
        await add_announcement(desk.store, lan.member_id, TITLE, state=state)
    await desk.ten_o_clock()
    assert await desk.outcomes() == [SlotOutcome.EMPTY]


async def test_members_read_what_concerns_their_area(desk: Desk) -> None:
    lan = await desk.reader("Lan", area="thi-xa")
    hoa = await desk.reader("Hoa", area="song-ngoc")
    minh = await desk.reader("Minh")
    await add_announcement(desk.store, lan.member_id, TITLE, areas=("thi-xa",))
    await desk.ten_o_clock()
    await desk.deliver()
    assert len(desk.texts(lan)) == len(desk.texts(minh)) == 1
    assert desk.texts(hoa) == []


async def test_members_who_read_the_same_share_one_wording(desk: Desk) -> None:
    lan = await desk.reader("Lan", area="thi-xa")
    john = await desk.reader("John", area="song-ngoc", language="en")
    await add_announcement(desk.store, lan.member_id, TITLE)
    await desk.ten_o_clock()
    await desk.deliver()
    assert len(await desk.mailings()) == 1
    assert "Bản tin" in desk.texts(lan)[0]
    assert "Digest" in desk.texts(john)[0]


async def test_only_those_who_agreed_to_the_digest_and_chose_this_hour_get_it(
    desk: Desk, lan: Phone
) -> None:
    never = await desk.club.member("Không chọn", purposes=(Purpose.ANNOUNCEMENTS,))
    other, suspended = await desk.reader("Giờ khác"), await desk.reader("Tạm dừng")
    async with desk.store.write() as tx:
        never_ = await tx.session.get_one(Member, never.member_id)
        never_.digest_minute, never_.digest_days = TEN, schedules.EVERY_DAY
        (await tx.session.get_one(Member, other.member_id)).digest_minute = TEN + 1
        (await tx.session.get_one(Member, suspended.member_id)).state = MemberState.SUSPENDED
    await add_announcement(desk.store, lan.member_id, TITLE)
    await desk.ten_o_clock()
    assert [row.member_id for row in await desk.harness.box.rows()] == [lan.member_id]


async def test_at_most_three_verdicts_those_most_people_asked_about(desk: Desk, lan: Phone) -> None:
    for flags in (1, 4, 3, 2):
        await add_decided_case(desk.store, lan.member_id, f"tin giả số {flags}", flags=flags)
    await add_decided_case(desk.store, lan.member_id, "chuyện đùa", rating=Rating.SATIRE, flags=9)
    await desk.ten_o_clock()
    await desk.deliver()
    (text,) = desk.texts(lan)
    assert [n for n in range(1, 10) if f"tin giả số {n}" in text] == [2, 3, 4]
    assert "chuyện đùa" not in text


@pytest.mark.parametrize(
    ("late", "outcome"),
    [
        (timedelta(hours=6), SlotOutcome.SENT),
        (timedelta(hours=6, seconds=1), SlotOutcome.SKIPPED),
    ],
)
async def test_a_digest_that_is_too_late_to_be_of_use_is_skipped(
    desk: Desk, late: timedelta, outcome: SlotOutcome, lan: Phone
) -> None:
    await add_announcement(desk.store, lan.member_id, TITLE)
    await desk.ten_o_clock(late=late)
    assert await desk.outcomes() == [outcome]


async def test_after_an_hour_of_downtime_the_digest_comes_late_but_comes(
    desk: Desk, lan: Phone
) -> None:
    await add_announcement(desk.store, lan.member_id, TITLE)
    await desk.ten_o_clock(late=timedelta(hours=1))
    await desk.deliver()
    assert len(desk.texts(lan)) == 1


async def test_days_of_downtime_do_not_pile_up(desk: Desk, lan: Phone) -> None:
    await add_announcement(desk.store, lan.member_id, TITLE)
    await desk.ten_o_clock(late=timedelta(days=3))
    await desk.digests.send_due()
    await desk.deliver()
    assert await desk.outcomes() == [*3 * [SlotOutcome.SKIPPED], SlotOutcome.SENT]
    assert len(desk.texts(lan)) == 1


async def test_a_digest_that_could_not_leave_for_half_a_day_is_not_sent_any_more(
    desk: Desk, clock: ManualClock, lan: Phone
) -> None:
    await add_announcement(desk.store, lan.member_id, TITLE)
    await desk.ten_o_clock()
    clock.advance(hours=21)  # the next morning, after the quiet hours
    await desk.deliver()
    assert desk.texts(lan) == []


async def test_many_readers_are_told_range_by_range_each_once(desk: Desk) -> None:
    desk.digests = DigestDispatcher(
        desk.store, desk.club.settings, DigestSettings(range_members=2), InlineWorkers()
    )
    phones = [await desk.reader(f"Hội viên {n}") for n in range(5)]
    await add_announcement(desk.store, phones[0].member_id, TITLE)
    await desk.ten_o_clock()
    await desk.deliver()
    assert [len(desk.texts(phone)) for phone in phones] == 5 * [1]
    assert len(await desk.mailings()) == 1
    assert await desk.outcomes() == [SlotOutcome.SENT]


async def test_a_process_that_ends_in_the_middle_leaves_the_rest_to_the_next(desk: Desk) -> None:
    phones = [await desk.reader(f"Hội viên {n}") for n in range(5)]
    await add_announcement(desk.store, phones[0].member_id, TITLE)
    desk.clock.advance(hours=1)
    two = DigestSettings(range_members=2)
    (schedule,) = await in_read(desk.store, schedules.due, ScheduleKind.MEMBER_DIGEST)
    taken = await in_write(desk.store, schedules.take, schedule, desk.club.settings.timezone)
    assert taken is not None
    assert await in_write(
        desk.store, member_digest.fill_next_range, desk.club.settings, two, id_of(taken[1])
    )
    await desk.deliver()
    assert await desk.outcomes() == [SlotOutcome.UNDER_WAY]
    desk.clock.advance(hours=1)
    await add_announcement(desk.store, phones[0].member_id, "Tin ra sau")
    await desk.digests.send_due()
    await desk.deliver()
    texts = [desk.texts(phone) for phone in phones]
    assert [len(each) for each in texts] == 5 * [1]
    assert not any("Tin ra sau" in text for each in texts for text in each), "told tomorrow"
    assert await desk.outcomes() == [SlotOutcome.SENT]


async def test_what_came_while_a_digest_was_made_is_in_the_next(desk: Desk, lan: Phone) -> None:
    await add_announcement(desk.store, lan.member_id, TITLE)
    await desk.ten_o_clock(late=timedelta(hours=1))
    await add_announcement(desk.store, lan.member_id, "Tin ra sau")
    await desk.deliver()
    desk.clock.advance(hours=22)
    await desk.ten_o_clock()
    await desk.deliver()
    first, second = desk.texts(lan)
    assert (TITLE in first, "Tin ra sau" in first) == (True, False)
    assert (TITLE in second, "Tin ra sau" in second) == (False, True)


@pytest.mark.parametrize(("readers", "spread"), [(9, False), (10, True)])
async def test_many_digests_leave_one_after_the_other(
    desk: Desk, readers: int, spread: bool
) -> None:
    for n in range(readers):
        phone = await desk.reader(f"Hội viên {n}")
    await add_announcement(desk.store, phone.member_id, TITLE)
    await desk.ten_o_clock()
    now = desk.clock.now()
    moments = {row.not_before for row in await desk.harness.box.rows()}
    assert (moments == {now}) is not spread
    assert all(now <= moment < now + timedelta(seconds=1) for moment in moments)


async def test_who_paused_the_digest_gets_none_until_the_pause_is_over(
    desk: Desk, lan: Phone
) -> None:
    await add_announcement(desk.store, lan.member_id, TITLE)
    async with desk.store.write() as tx:
        member = await tx.session.get_one(Member, lan.member_id)
        member.digest_paused_until = desk.clock.now() + timedelta(hours=1, seconds=1)
    await desk.ten_o_clock()
    assert await desk.outcomes() == [SlotOutcome.EMPTY]
    desk.clock.advance(hours=23)
    await desk.ten_o_clock()
    await desk.deliver()
    assert TITLE in desk.texts(lan)[0]


async def test_what_a_member_asked_to_be_reminded_of_stands_beside_the_news(
    desk: Desk, lan: Phone
) -> None:
    hoa = await desk.reader("Hoa")
    old = await add_announcement(
        desk.store, lan.member_id, "Mang theo giấy tờ", at=desk.clock.now() - timedelta(days=20)
    )
    await in_write(
        desk.store, reminders.ask, old, lan.member_id, desk.clock.now() + timedelta(hours=20)
    )
    await add_announcement(desk.store, lan.member_id, TITLE)
    await desk.ten_o_clock()
    await desk.deliver()
    assert "Bạn nhờ nhắc:\n• Số 1: Mang theo giấy tờ" in desk.texts(lan)[0]
    assert "Mang theo giấy tờ" not in desk.texts(hoa)[0]


async def test_a_reminder_alone_is_no_news(desk: Desk, lan: Phone) -> None:
    old = await add_announcement(
        desk.store, lan.member_id, "Mang theo giấy tờ", at=desk.clock.now() - timedelta(days=20)
    )
    await in_write(
        desk.store, reminders.ask, old, lan.member_id, desk.clock.now() + timedelta(hours=20)
    )
    await desk.ten_o_clock()
    assert await desk.outcomes() == [SlotOutcome.EMPTY]


async def test_what_was_put_right_is_told_to_who_had_read_the_wrong_words(
    desk: Desk, lan: Phone
) -> None:
    wrong = await add_announcement(desk.store, lan.member_id, TITLE)
    await desk.ten_o_clock()
    await desk.deliver()
    desk.clock.advance(hours=22)
    correction = await add_announcement(desk.store, lan.member_id, TITLE)
    async with desk.store.write() as tx:
        (await tx.session.get_one(Announcement, correction)).corrects_id = wrong
    desk.clock.advance(hours=1)
    await desk.ten_o_clock()
    await desk.deliver()
    text = desk.texts(lan)[-1]
    assert f"Vừa được đính chính:\n• Số {wrong}: {TITLE}" in text
    assert "Thông báo mới" not in text


async def test_a_meeting_is_told_of_and_who_gets_no_invitations_is_asked_once(desk: Desk) -> None:
    lan, hoa = await desk.reader("Lan"), await desk.reader("Hoa")
    await in_write(desk.store, members.withdraw, hoa.member_id, [Purpose.MEETINGS])
    await add_meeting(desk.club, begins_in=timedelta(days=1, hours=6))
    await desk.ten_o_clock()
    await desk.deliver()
    assert "Cuộc họp sắp tới" in desk.texts(lan)[0]
    assert "nhận lời mời họp không" not in desk.texts(lan)[0]
    assert "nhận lời mời họp không" in desk.texts(hoa)[0]
    desk.clock.advance(hours=23)
    await desk.ten_o_clock()
    await desk.deliver()
    assert len(desk.texts(hoa)) == 2
    assert "nhận lời mời họp không" not in desk.texts(hoa)[1]


async def test_a_meeting_far_away_is_told_of_while_it_is_new(desk: Desk, lan: Phone) -> None:
    await add_meeting(desk.club, begins_in=timedelta(days=20))
    await desk.ten_o_clock()
    await desk.deliver()
    desk.clock.advance(hours=23)
    await desk.ten_o_clock()
    await desk.deliver()
    assert len(desk.texts(lan)) == 1


async def test_a_meeting_elsewhere_is_no_news(desk: Desk, lan: Phone) -> None:
    elsewhere = replace(CONTENT, areas=("song-ngoc",))
    await add_meeting(desk.club, content=elsewhere, begins_in=timedelta(days=1))
    await desk.ten_o_clock()
    await desk.deliver()
    assert desk.texts(lan) == []


async def test_officers_read_what_waits_for_them(desk: Desk) -> None:
    minh = await desk.officer("Minh")
    yesterday = desk.clock.now() - timedelta(days=1)
    await add_announcement(desk.store, minh.member_id, TITLE, at=yesterday)
    for state in (AnnouncementState.AWAITING_APPROVAL, AnnouncementState.SCHEDULED):
        await add_announcement(desk.store, minh.member_id, TITLE, state=state)
    await desk.ten_o_clock()
    await desk.deliver()
    (text,) = desk.texts(minh)
    assert "Chờ duyệt: 1" in text
    assert "Đã hẹn giờ: 1" in text
    assert "1 thông báo đã gửi" in text
    (_, message) = desk.harness.messenger.sent[0]
    assert [button.action for row in message.rows for button in row] == ["/choduyet", "/thongke"]


async def test_officers_read_that_an_appeal_waits(desk: Desk) -> None:
    minh, lan = await desk.officer("Minh"), await desk.club.member("Lan")
    async with desk.store.write() as tx:
        member, officer = await lan.member(), await minh.member()
        made = await suspensions.suspend(tx, await tx.session.merge(member), officer, "Gửi rác.")
        await suspensions.appeal(tx, made, "Tôi không gửi tin ấy.")
    await desk.ten_o_clock()
    await desk.deliver()
    (text,) = desk.texts(minh)
    assert "Khiếu nại chờ quyết định: 1" in text


async def test_officers_with_nothing_to_do_are_left_in_peace(desk: Desk) -> None:
    minh = await desk.officer("Minh")
    await desk.ten_o_clock()
    assert await desk.outcomes() == [SlotOutcome.EMPTY]
    assert desk.texts(minh) == []


async def test_members_never_get_the_officers_digest(desk: Desk) -> None:
    minh, lan = await desk.officer("Minh"), await desk.club.member("Lan")
    await add_announcement(
        desk.store, minh.member_id, TITLE, state=AnnouncementState.AWAITING_APPROVAL
    )
    await desk.ten_o_clock()
    async with desk.store.read() as tx:
        told = (await tx.session.exec(select(Delivery.member_id))).all()
    assert minh.member_id in told
    assert lan.member_id not in told


async def test_officers_see_what_was_shared_yesterday_in_a_small_chart(desk: Desk) -> None:
    minh = await desk.officer("Minh")
    sharers = [await desk.club.member(f"Lan {place}") for place in range(5)]
    withdrawn = AnnouncementState.WITHDRAWN
    await add_announcement(desk.store, minh.member_id, TITLE, state=withdrawn)
    announcement_id = await add_announcement(desk.store, minh.member_id, TITLE)
    async with desk.store.write() as tx:
        for lan in sharers:
            await shares.answer(tx, announcement_id, lan.member_id, ShareState.SHARED)
    await desk.ten_o_clock()
    desk.clock.advance(hours=23)
    await desk.ten_o_clock()
    await desk.deliver()
    (_, message) = desk.harness.messenger.sent[-1]
    assert "5 lượt chia sẻ (số\u00a01:\u00a05)" in message.text
    (figures,) = (
        button
        for row in message.rows
        for button in row
        if button.action == f"statistics:{announcement_id}"
    )
    assert (figures.label, figures.listed) == ("Số liệu số 1", f"Số liệu: {TITLE}")
    assert message.media is not None
    assert Image.open(BytesIO(message.media.content)).width == bar_chart.WIDTH
    assert "Lan" not in message.text


async def test_only_owners_read_of_requests_about_data(desk: Desk) -> None:
    minh, hanh = await desk.officer("Minh"), await desk.club.officer("Hạnh", owner=True)
    lan = await desk.club.member("Lan")
    await in_write(
        desk.store, data_requests.ask, lan.member_id, RequestKind.CORRECTION, "Sai địa bàn"
    )
    await desk.ten_o_clock()
    await desk.deliver()
    assert "Yêu cầu về dữ liệu cá nhân: 1" in desk.texts(hanh)[0]
    assert desk.texts(minh) == []


async def test_officers_read_which_digests_were_left_out(desk: Desk) -> None:
    minh = await desk.officer("Minh")
    await desk.reader("Lan")
    await desk.ten_o_clock(late=timedelta(hours=7))
    desk.clock.advance(hours=16)
    await desk.ten_o_clock()
    await desk.deliver()
    assert "đã bỏ qua vì bot ngừng chạy quá lâu: 10:00, Thứ Ba 10/3/2026" in desk.texts(minh)[-1]


async def test_news_is_named_by_its_number_and_opened_by_its_id(desk: Desk, lan: Phone) -> None:
    await add_announcement(desk.store, lan.member_id, "Bỏ dở", state=AnnouncementState.WITHDRAWN)
    announcement_id = await add_announcement(desk.store, lan.member_id, TITLE)
    await desk.ten_o_clock()
    await desk.deliver()
    (_, message) = desk.harness.messenger.sent[-1]
    assert f"Số 1: {TITLE}" in message.text
    first = message.rows[0][0]
    assert (first.label, first.action) == ("Đọc số 1", f"{LASTING}read:{announcement_id}")
    assert first.listed == TITLE
