"""Officers hear of trouble in the same minute, even if nothing can be written into the outbox."""

from collections.abc import Mapping

import pytest

from handlers.alarm_messages import AlarmKind
from handlers.messages import TokenRefused, Unreachable
from scheduler.alarm import Alarm, AlarmChannel, AlarmMonitor
from scheduler.pacing.limiter import RateLimiter
from scheduler.settings import PaceSettings
from storage.database import sealing
from storage.members import members
from storage.models import Contact, Purpose
from tests.support import ClubInATest, Phone
from tests.support.databases import SqliteTestDatabase
from tests.support.manual_clock import SimulatedTime
from tests.support.scripted_messenger import ScriptedMessenger

CALM_S = 600


class Guard:
    """An alarm, the trouble it watches over, and what it has told."""

    def __init__(self, club: ClubInATest) -> None:
        self.trouble = ""
        self.messenger = ScriptedMessenger()
        self.time = SimulatedTime()
        pace = RateLimiter(PaceSettings(per_second=1000), self.time, self.time.sleep)
        self.zalo = ScriptedMessenger(name="zalo")
        channels = {one.name: AlarmChannel(one, pace) for one in (self.messenger, self.zalo)}
        alarms = [
            Alarm(AlarmKind.CLOCK, self.wrong),
            Alarm(AlarmKind.DISK, self.room),
            Alarm(AlarmKind.GRANT, self.access),
        ]
        self.disk: Mapping[str, str] | None = None
        self.grant: Mapping[str, str] | None = None
        self.leads, self.breaks = True, False
        self.alarm = AlarmMonitor(
            club.store,
            club.settings,
            channels,
            alarms,
            is_leader=lambda: self.leads,
            monotonic=self.time,
        )

    async def room(self) -> Mapping[str, str] | None:
        return self.disk

    async def access(self) -> Mapping[str, str] | None:
        return self.grant

    async def wrong(self) -> Mapping[str, str] | None:
        if self.breaks:
            raise OSError
        return {} if self.trouble else None

    async def look(self, trouble: str) -> None:
        self.trouble = trouble
        self.time.seconds += 1
        await self.alarm.check()

    def heard(self, phone: Phone) -> int:
        return len(self.messenger.texts(phone.address.chat))


@pytest.fixture
async def empty_database(sqlite_test_database: SqliteTestDatabase) -> SqliteTestDatabase:
    """It makes no difference on which database nothing can be written."""
    await sqlite_test_database.empty()
    return sqlite_test_database


@pytest.fixture
def watch(club: ClubInATest) -> Guard:
    return Guard(club)


async def test_officers_hear_of_trouble_once_and_once_when_it_is_over(
    club: ClubInATest, watch: Guard
) -> None:
    hoa, lan = await club.officer("Hoa"), await club.member("Lan")
    await watch.look("")
    for trouble in ("not done: digests", "not done: digests", "", ""):
        await watch.look(trouble)
    assert (watch.heard(hoa), watch.heard(lan)) == (2, 0)
    first, last = watch.messenger.texts(hoa.address.chat)
    assert "trục trặc" in first
    assert "bình thường" in last


async def test_nothing_is_said_while_all_is_well(club: ClubInATest, watch: Guard) -> None:
    hoa = await club.officer("Hoa")
    await watch.look("")
    await watch.look("")
    assert watch.heard(hoa) == 0


async def test_an_officer_who_did_not_agree_to_be_told_of_duties_is_not(
    club: ClubInATest, watch: Guard
) -> None:
    hoa = await club.officer("Hoa")
    await club.in_write(members.withdraw, hoa.member_id, [Purpose.DUTIES])
    await watch.look("")
    await watch.look("not done: digests")
    assert watch.heard(hoa) == 0


async def test_trouble_that_comes_and_goes_is_not_told_each_time(
    club: ClubInATest, watch: Guard
) -> None:
    hoa = await club.officer("Hoa")
    for trouble in ("", "no tick", "", "no tick", ""):
        await watch.look(trouble)
    assert watch.heard(hoa) == 2
    watch.time.seconds += CALM_S + 1
    await watch.look("no tick")
    assert watch.heard(hoa) == 3


async def test_one_officer_who_cannot_be_reached_does_not_keep_the_others_from_hearing(
    club: ClubInATest, watch: Guard
) -> None:
    hoa, minh = await club.officer("Hoa"), await club.officer("Minh")
    watch.messenger.fails(hoa.address.chat, Unreachable())
    await watch.look("")
    await watch.look("no tick")
    assert watch.heard(minh) == 1


async def test_each_trouble_is_told_and_ended_for_itself(club: ClubInATest, watch: Guard) -> None:
    hoa = await club.officer("Hoa")
    await watch.look("")
    watch.disk = {"free": "7"}
    await watch.look("no tick")
    watch.disk = None
    await watch.look("no tick")
    told = watch.messenger.texts(hoa.address.chat)
    assert [
        words for words in ("hẹn giờ", "7 MB", "đủ dung lượng") if any(words in t for t in told)
    ] == [
        "hẹn giờ",
        "7 MB",
        "đủ dung lượng",
    ]
    assert len(told) == 3


async def test_of_several_processes_only_the_leader_tells_what_all_of_them_see(
    club: ClubInATest, watch: Guard
) -> None:
    hoa = await club.officer("Hoa")
    watch.leads, watch.disk = False, {"free": "7"}
    await watch.look("")
    await watch.look("")
    assert watch.heard(hoa) == 0
    await watch.look("no tick")
    assert watch.heard(hoa) == 1, "its own clock is its own matter"


async def test_what_cannot_be_looked_at_stays_as_it_was(club: ClubInATest, watch: Guard) -> None:
    hoa = await club.officer("Hoa")
    await watch.look("")
    await watch.look("no tick")
    watch.breaks = True
    await watch.look("")
    assert watch.heard(hoa) == 1
    watch.breaks = False
    await watch.look("")
    assert watch.heard(hoa) == 2


async def test_an_officer_whose_messenger_refuses_the_bot_hears_of_it_on_the_other(
    club: ClubInATest, watch: Guard
) -> None:
    hoa = await club.officer("Hoa")
    async with club.store.write() as tx:
        contact = Contact(
            member_id=hoa.member_id,
            messenger="zalo",
            lookup=sealing.chat_lookup(tx, "zalo", "z9"),
            preferred=False,
        )
        await sealing.add(tx, contact, chat="z9")
    watch.messenger.fails(hoa.address.chat, TokenRefused("Unauthorized"))
    await watch.look("")
    await watch.look("no tick")
    assert (watch.heard(hoa), len(watch.zalo.texts("z9"))) == (0, 1)


async def test_an_alarm_that_gets_worse_is_told_again(club: ClubInATest, watch: Guard) -> None:
    hoa = await club.officer("Hoa")
    for stage, days in (("soon", "14"), ("soon", "13"), ("urgent", "3"), ("lost", "0")):
        watch.grant = {"stage": stage, "days": days}
        await watch.look("")
        watch.time.seconds += CALM_S
        await watch.look("")
    watch.grant = None
    await watch.look("")
    soon, urgent, lost, over = watch.messenger.texts(hoa.address.chat)
    assert "còn 14 ngày" in soon
    assert "còn 3 ngày" in urgent
    assert "không còn cấp quyền" in lost
    assert "đã cấp quyền" in over
