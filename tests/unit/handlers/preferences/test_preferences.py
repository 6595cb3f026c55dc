"""`/caidat`: what is chosen can be changed, one tap each, in one message."""

from dataclasses import replace

import pytest
from sqlmodel import select

from handlers.conversation.area_picker import ON_A_PAGE
from handlers.conversation.i18n import Speech
from handlers.conversation.settings import Area
from storage.database.engine import Store
from storage.members import members
from storage.models import Consent, Purpose, Role, Schedule
from tests.support import SETTINGS, ClubInATest, ManualClock, Phone

VI = Speech("vi", SETTINGS.timezone)


async def agreed(club: ClubInATest, phone: Phone) -> set[Purpose]:
    return await club.in_read(members.agreed, phone.member_id)


async def test_the_settings_show_what_is_chosen_now(club: ClubInATest) -> None:
    lan = await club.member("Lan", area="thi-xa", purposes=(Purpose.ANNOUNCEMENTS,))
    await lan.says("/caidat")
    assert "thông báo" in lan.last
    assert "Thị xã Hòa An" in lan.last
    assert [b.label for b in lan.buttons[:2]] == ["☑ Thông báo", "☐ Bản tin tổng hợp"]


async def test_a_purpose_is_switched_off_and_on_in_the_same_message(club: ClubInATest) -> None:
    lan = await club.member("Lan", purposes=(Purpose.ANNOUNCEMENTS,))
    await lan.opens("/caidat", "Thông báo")
    assert await agreed(club, lan) == set()
    await lan.presses("Thông báo")
    assert await agreed(club, lan) == {Purpose.ANNOUNCEMENTS}
    assert len(lan.messages) == 1
    assert len(await club.rows(select(Consent))) == 2, "a consent is not revived"


async def test_an_old_button_that_says_off_never_switches_on(club: ClubInATest) -> None:
    lan = await club.member("Lan", purposes=(Purpose.ANNOUNCEMENTS,))
    for _ in range(2):
        await lan.presses_action("set-want:settings:announcements:off")
        assert await agreed(club, lan) == set()


async def test_duties_are_offered_to_officers_only(club: ClubInATest, lan: Phone) -> None:
    await lan.says("/caidat")
    assert not any("cán bộ" in label for label in lan.labels)
    await lan.presses_action("set-want:settings:duties:on")
    assert Purpose.DUTIES not in await agreed(club, lan)
    minh = await club.officer("Minh")
    await minh.opens("/caidat", "Việc của cán bộ")
    assert Purpose.DUTIES not in await agreed(club, minh)


async def test_the_language_changes_at_once_with_the_menu(lan: Phone) -> None:
    await lan.opens("/caidat", "Ngôn ngữ", "English")
    assert "Which language" in lan.last
    assert (lan.menus[-1].role, lan.menus[-1].language) == (Role.MEMBER, "en")
    await lan.presses("Back")
    assert "Your settings" in lan.last


async def test_who_switches_the_digest_on_is_asked_for_the_days(club: ClubInATest) -> None:
    lan = await club.member("Lan", purposes=())
    await lan.opens("/caidat", "Bản tin")
    assert "ngày nào" in lan.last


async def test_who_switches_the_digest_on_gets_it_daily_until_they_choose(
    club: ClubInATest,
) -> None:
    lan = await club.member("Lan", purposes=())
    await lan.opens("/caidat", "Bản tin")
    assert "hằng ngày, 19:30" in lan.last
    assert "● Hằng ngày" in lan.labels
    (schedule,) = await club.rows(select(Schedule))
    assert (schedule.days, schedule.minute) == (127, 19 * 60 + 30)


async def test_switching_the_digest_on_again_keeps_the_days_that_were_chosen(
    club: ClubInATest,
) -> None:
    lan = await club.member("Lan", purposes=(Purpose.DIGEST,))
    await lan.presses_action("set-days:settings:1")
    await lan.presses_action("set-want:settings:digest:off")
    await lan.presses_action("set-want:settings:digest:on")
    assert (await lan.member()).digest_days == 1


async def test_the_digest_gets_a_schedule_for_its_days_and_hour(club: ClubInATest) -> None:
    lan = await club.member("Lan", purposes=(Purpose.DIGEST,))
    await lan.opens("/caidat", "Ngày giờ", "T2", "T5", "7:00")
    assert "Thứ Hai, Thứ Năm, 7:00" in lan.last
    schedules = await club.rows(select(Schedule))
    assert (0b1001, 7 * 60) in {(s.days, s.minute) for s in schedules}


async def test_without_consent_to_the_digest_there_is_no_schedule(club: ClubInATest) -> None:
    lan = await club.member("Lan", purposes=())
    await lan.presses_action("set-days:settings:127")
    assert (await club.rows(select(Schedule))) == []


@pytest.mark.parametrize(
    ("typed", "minute"), [("19h30", 1170), ("7 giờ sáng", 420), ("21:05", 1265), ("0h00", 0)]
)
async def test_the_hour_can_be_typed(club: ClubInATest, typed: str, minute: int) -> None:
    lan = await club.member("Lan", purposes=(Purpose.DIGEST,))
    await lan.presses_action("set-other-hour:settings")
    await lan.says(typed)
    assert (await lan.member()).digest_minute == minute
    assert lan.buttons, "the page of the digest is there again"


@pytest.mark.parametrize("typed", ["25h", "hello", "", "19h30 mai"])
async def test_an_hour_that_cannot_be_read_is_asked_for_again(
    club: ClubInATest, typed: str
) -> None:
    lan = await club.member("Lan", purposes=(Purpose.DIGEST,))
    await lan.presses_action("set-other-hour:settings")
    await lan.says(typed)
    assert "19h30" in lan.last
    assert (await lan.member()).digest_minute == 19 * 60 + 30
    await lan.says("8h")
    assert (await lan.member()).digest_minute == 8 * 60


@pytest.mark.parametrize("typed", ["25h", "19h3o", "24:00", "99"])
async def test_a_second_hour_that_cannot_be_read_is_said_to_be_unclear(
    club: ClubInATest, typed: str
) -> None:
    lan = await club.member("Lan", purposes=(Purpose.DIGEST,))
    await lan.presses_action("set-other-hour:settings")
    await lan.says("8h", typed)
    assert lan.last == VI("preferences-hour-unclear")
    assert (await lan.member()).digest_minute == 8 * 60
    await lan.says("9h")
    assert (await lan.member()).digest_minute == 9 * 60


@pytest.mark.parametrize("typed", ["chào bạn", "113 là số giả mạo à", "8 người bị lừa"])
async def test_after_an_hour_other_words_are_heard_for_themselves(
    club: ClubInATest, typed: str
) -> None:
    lan = await club.member("Lan", purposes=(Purpose.DIGEST,))
    await lan.presses_action("set-other-hour:settings")
    await lan.says("8h", typed)
    assert lan.last == VI("flag-unsure")


async def test_going_back_gives_up_typing_the_hour(club: ClubInATest) -> None:
    lan = await club.member("Lan", purposes=(Purpose.DIGEST,))
    await lan.presses_action("set-other-hour:settings")
    await lan.presses("Quay lại")
    await lan.says("8h")
    assert (await lan.member()).digest_minute == 19 * 60 + 30


@pytest.mark.parametrize(
    "action",
    [
        "set-page:settings:nowhere",
        "set-page:elsewhere:area",
        "set-want:settings:everything:on",
        "set-want:settings:digest",
        "set-want:settings:digest:perhaps",
        "set-language:settings:fr",
        "set-language",
        "set-area:settings:nowhere",
        "set-area:settings::1",
        "set-days:settings:128",
        "set-hour:settings:1440",
        "set-hour:settings:-1",
        "set-hour:settings",
        "set-other-hour:elsewhere",
    ],
)
async def test_a_forged_setting_changes_nothing(club: ClubInATest, action: str) -> None:
    lan = await club.member("Lan", purposes=())
    before = await lan.member()
    await lan.presses_action(action)
    assert lan.toasts[0].startswith("Lựa chọn này không còn dùng được")
    assert (await lan.member()).model_dump() == before.model_dump()
    assert await agreed(club, lan) == set()


@pytest.mark.parametrize("action", ["set-days:settings:127", "set-hour:settings:1439"])
async def test_the_largest_days_and_hour_are_taken(club: ClubInATest, action: str) -> None:
    lan = await club.member("Lan", purposes=(Purpose.DIGEST,))
    await lan.presses_action(action)
    assert lan.toasts == []


async def test_a_long_list_of_areas_is_shown_page_by_page(store: Store, clock: ManualClock) -> None:
    areas = tuple(Area(f"xa-{n}", f"Xã {n}") for n in range(ON_A_PAGE + 1))
    club = ClubInATest(store, clock, replace(SETTINGS, areas=areas))
    lan = await club.member("Lan", area="xa-3")
    await lan.presses_action("set-page:settings:area")
    assert "● Xã 3" in lan.labels
    await lan.presses("Trang sau")
    assert (await lan.member()).area == "xa-3", "turning the page chooses nothing"
    await lan.presses(f"Xã {ON_A_PAGE}")
    assert (await lan.member()).area == f"xa-{ON_A_PAGE}"
    await lan.presses_action("set-area:settings::0")
    await lan.presses("Toàn tỉnh")
    assert (await lan.member()).area is None


async def test_a_club_without_areas_does_not_ask_for_one(store: Store, clock: ManualClock) -> None:
    lan = await ClubInATest(store, clock, replace(SETTINGS, areas=())).member("Lan")
    await lan.says("/caidat")
    assert "Địa bàn" not in lan.last + "".join(lan.labels)
