"""Settings are changed on the server; officers hear of it, and the log keeps it."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import col, select

from handlers.audit import changed_settings
from handlers.audit.changed_settings import Setting
from handlers.conversation.i18n import bundle
from handlers.conversation.settings import Area, CaseDeadlines, ClubSettings
from scheduler.digests import officer_digest
from storage.database.engine import Store
from storage.models import AuditEntry, Role
from storage.privacy.data_requests import RequestLimits
from storage.privacy.retention_policy import RetentionSettings
from tests.support import SETTINGS, ClubInATest, InlineWorkers, ManualClock, Phone, rows_of
from tests.support.metered_account import METERING, OA

OTHERS: dict[Setting, ClubSettings] = {
    Setting.NAME: replace(SETTINGS, name="Câu lạc bộ khác"),
    Setting.OPERATOR: replace(SETTINGS, operator="Sở khác"),
    Setting.CONTACT: replace(SETTINGS, contact="0200 555 0100"),
    Setting.ISSUERS: replace(SETTINGS, issuers=("Sở Y tế",)),
    Setting.AREAS: replace(SETTINGS, areas=(Area("xa-moi", "Xã Mới"),)),
    Setting.ADDRESS: replace(SETTINGS, officers_are_called="đồng chí"),
    Setting.COLOURS: replace(SETTINGS, accent="#123456"),
    Setting.DEADLINES: replace(SETTINGS, deadlines=CaseDeadlines(scam=timedelta(days=3))),
    Setting.DATA_REQUESTS: replace(SETTINGS, data_requests=RequestLimits(correction_days=7)),
    Setting.RETENTION: replace(SETTINGS, kept=RetentionSettings(shares=timedelta(days=9))),
    Setting.MESSENGERS: replace(SETTINGS, messengers=("telegram", "zalo")),
    Setting.TIMEZONE: replace(SETTINGS, timezone=ZoneInfo("Asia/Bangkok")),
    Setting.APPROVALS: replace(SETTINGS, approvals=SETTINGS.approvals + 1),
    Setting.VERDICT_APPROVAL: replace(SETTINGS, verdict_approval=not SETTINGS.verdict_approval),
    Setting.OFFICER_DIGEST: replace(SETTINGS, officer_digest_minute=9 * 60 + 5),
    Setting.QUIET_HOURS: replace(SETTINGS, quiet_begin_minute=0, quiet_end_minute=0),
    Setting.ZALO_QUOTA: replace(SETTINGS, zalo_quota=500),
    Setting.SPENDING: replace(SETTINGS, metered={OA: METERING}),
    Setting.CONSOLE_READERS: replace(SETTINGS, console_readers="Văn phòng Ủy ban tỉnh"),
    Setting.ZALO_USERS: replace(SETTINGS, zalo_users=50),
    Setting.ZALO_LINK: replace(SETTINGS, zalo_link="https://zalo.me/niemtin"),
    Setting.FLAG_BATCHES: replace(SETTINGS, batch_minutes=0),
    Setting.SEARCHES: replace(SETTINGS, searches_per_hour=61),
}


async def changes(store: Store) -> Sequence[AuditEntry]:
    return await rows_of(store, select(AuditEntry).order_by(col(AuditEntry.id)))


async def begin(club: ClubInATest, *settings: ClubSettings) -> None:
    """The bot starts with one configuration after the other."""
    for one in settings:
        await changed_settings.note(club.store, one)


async def test_a_first_start_and_one_with_the_same_settings_change_nothing(
    club: ClubInATest,
) -> None:
    await begin(club, SETTINGS, replace(SETTINGS), SETTINGS)
    assert await changes(club.store) == []


async def test_each_change_is_one_entry_of_nobody_and_of_that_setting_alone(
    club: ClubInATest,
) -> None:
    await begin(club, SETTINGS)
    for setting, changed in OTHERS.items():
        await begin(club, changed, changed, SETTINGS)
        *_, there, back = await changes(club.store)
        assert there.details["setting"] == back.details["setting"] == setting
        assert there.actor == 0
    assert len(await changes(club.store)) == 2 * len(Setting)


def test_whatever_the_club_decides_is_watched_or_no_business_of_its_own() -> None:
    """`bot_link` and `oa_link` are what messengers say, `unchangeable` what an app can do; colours are two fields."""
    watched = {
        one.name
        for changed in OTHERS.values()
        for one in fields(ClubSettings)
        if getattr(changed, one.name) != getattr(SETTINGS, one.name)
    }
    no_business = {"bot_link", "oa_link", "unchangeable", "colour"}
    assert {one.name for one in fields(ClubSettings)} - watched <= no_business
    assert set(OTHERS) == set(Setting)


async def test_what_members_read_of_the_club_is_not_repeated_in_the_log(club: ClubInATest) -> None:
    await begin(club, SETTINGS, OTHERS[Setting.CONTACT])
    (entry,) = await changes(club.store)
    assert entry.details == {"setting": Setting.CONTACT}


async def test_officers_see_what_was_changed_from_what_to_what(
    club: ClubInATest, binh: Phone
) -> None:
    await binh.presses_action("settings-changed")
    assert binh.last == "Chưa có cài đặt nào đổi."
    await begin(club, SETTINGS, OTHERS[Setting.APPROVALS], SETTINGS)
    await begin(club, OTHERS[Setting.VERDICT_APPROVAL], OTHERS[Setting.QUIET_HOURS])
    await binh.presses_action("settings-changed")
    for line in (
        "“số người duyệt một thông báo”: 1 → 2",
        "“kết luận phải có người thứ hai duyệt”: không → có",
        "“giờ yên lặng”: 21:30–6:30 → không",
    ):
        assert line in binh.last, binh.last


async def test_a_member_does_not_see_it(club: ClubInATest, lan: Phone) -> None:
    await begin(club, SETTINGS, OTHERS[Setting.APPROVALS])
    await lan.presses_action("settings-changed")
    assert lan.toasts == ["Mục này dành cho người khác. Gõ /trogiup để xem bạn có thể làm gì."]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.OWNER])
async def test_the_digest_of_the_next_day_names_it_and_opens_it(
    club: ClubInATest, clock: ManualClock, role: Role
) -> None:
    await begin(club, SETTINGS, OTHERS[Setting.APPROVALS], OTHERS[Setting.QUIET_HOURS])
    clock.advance(days=1)
    found = await club.in_read(officer_digest.gather, SETTINGS)
    assert found.settings == [Setting.APPROVALS, Setting.QUIET_HOURS]
    reader = officer_digest.Reader("vi", role, dark=False)
    (packed,) = await officer_digest.write(found, reader, SETTINGS, clock.now(), InlineWorkers())
    assert "đã đổi, từ hôm qua: số người duyệt một thông báo, giờ yên lặng" in packed
    assert '"settings-changed"' in packed


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_setting_has_a_name(language: str) -> None:
    sentences = bundle(language)
    assert all(sentences.has_message(f"journal-setting-{one}") for one in Setting)
