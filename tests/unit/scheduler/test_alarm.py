"""Officers hear of trouble in the same minute, even if nothing can be written into the outbox."""

import pytest

from handlers.messages import Unreachable
from scheduler.alarm import Alarm, Line
from scheduler.pacing import Pace
from scheduler.settings import PaceSettings
from storage import people
from storage.models import Purpose
from tests.club import ClubInATest, Phone
from tests.databases import SqlitePlace
from tests.unit.scheduler.sendings import ScriptedMessenger
from tests.unit.scheduler.timing import SleptTime

CALM_S = 600


class Watch:
    """An alarm, the trouble it watches over, and what it has told."""

    def __init__(self, club: ClubInATest) -> None:
        self.trouble = ""
        self.messenger = ScriptedMessenger()
        self.time = SleptTime()
        pace = Pace(PaceSettings(per_second=1000), self.time, self.time.sleep)
        lines = {"telegram": Line(self.messenger, pace)}
        self.alarm = Alarm(club.store, club.settings, lines, lambda: self.trouble, self.time)

    async def look(self, trouble: str) -> None:
        self.trouble = trouble
        await self.alarm.look()

    def heard(self, phone: Phone) -> int:
        return len(self.messenger.texts(phone.address.chat))


@pytest.fixture
async def place(sqlite_place: SqlitePlace) -> SqlitePlace:
    """It makes no difference on which database nothing can be written."""
    await sqlite_place.empty()
    return sqlite_place


@pytest.fixture
def watch(club: ClubInATest) -> Watch:
    return Watch(club)


async def test_officers_hear_of_trouble_once_and_once_when_it_is_over(
    club: ClubInATest, watch: Watch
) -> None:
    hoa, lan = await club.officer("Hoa"), await club.member("Lan")
    await watch.look("")
    for trouble in ("not done: digests", "not done: digests", "", ""):
        await watch.look(trouble)
    assert (watch.heard(hoa), watch.heard(lan)) == (2, 0)
    first, last = watch.messenger.texts(hoa.address.chat)
    assert "trục trặc" in first
    assert "bình thường" in last


async def test_nothing_is_said_while_all_is_well(club: ClubInATest, watch: Watch) -> None:
    hoa = await club.officer("Hoa")
    await watch.look("")
    await watch.look("")
    assert watch.heard(hoa) == 0


async def test_an_officer_who_did_not_agree_to_be_told_of_duties_is_not(
    club: ClubInATest, watch: Watch
) -> None:
    hoa = await club.officer("Hoa")
    async with club.store.write() as tx:
        await people.withdraw(tx, hoa.member_id, [Purpose.DUTIES])
    await watch.look("")
    await watch.look("not done: digests")
    assert watch.heard(hoa) == 0


async def test_trouble_that_comes_and_goes_is_not_told_each_time(
    club: ClubInATest, watch: Watch
) -> None:
    hoa = await club.officer("Hoa")
    for trouble in ("", "no tick", "", "no tick", ""):
        await watch.look(trouble)
    assert watch.heard(hoa) == 2
    watch.time.seconds += CALM_S + 1
    await watch.look("no tick")
    assert watch.heard(hoa) == 3


async def test_one_officer_who_cannot_be_reached_does_not_keep_the_others_from_hearing(
    club: ClubInATest, watch: Watch
) -> None:
    hoa, minh = await club.officer("Hoa"), await club.officer("Minh")
    watch.messenger.fails(hoa.address.chat, Unreachable())
    await watch.look("")
    await watch.look("no tick")
    assert watch.heard(minh) == 1
