"""What the alarm looks at: wrong at the limit, well one short of it."""

from datetime import timedelta
from pathlib import Path

import pytest
from aiogram.types import WebhookInfo

from bot.monitoring import alarm_checks
from bot.telegram.account import Account
from bot.zalo_oa.tokens import ACCOUNT
from handlers.messages import TokenRefused, Unreachable
from storage.accounts import account_grants
from storage.accounts.account_grants import TokenPair
from storage.database.engine import Store
from storage.inbox import updates
from storage.inbox.updates import NewUpdate
from storage.models import Mailing, MailingState
from storage.outbox.quiet_hours import NEVER, QuietHours
from tests.support import ClubInATest, ManualClock, Outbox, in_write
from tests.support.databases import SqliteTestDatabase
from tests.support.manual_clock import SimulatedTime

HERE = "https://bot.example.vn/telegram/webhook"


@pytest.fixture
async def empty_database(sqlite_test_database: SqliteTestDatabase) -> SqliteTestDatabase:
    """The queries are those that deliver and answer, tested on both databases there."""
    await sqlite_test_database.empty()
    return sqlite_test_database


class Asked:
    """An account that says of itself what it is told to."""

    def __init__(self, **values: object) -> None:
        usual = {"url": HERE, "has_custom_certificate": False, "pending_update_count": 1}
        self.info = WebhookInfo.model_validate(usual | values)

    async def webhook(self) -> WebhookInfo:
        return self.info


async def looked(store: Store, **values: object) -> object:
    account: Account = Asked(**values)  # type: ignore[assignment]
    return await alarm_checks.telegram_webhook(store, account, HERE)()


async def test_a_delivery_that_stays_first_in_line_for_five_minutes_is_trouble(
    club: ClubInATest,
) -> None:
    lan, time = await club.member("Lan"), SimulatedTime()
    queue = alarm_checks.OutboxCheck(club.store, "telegram", NEVER, time)
    assert await queue() is None
    await Outbox(club.store).mail(lan.member_id)
    assert await queue() is None
    time.seconds += alarm_checks.STALLED_AFTER_S - 1
    assert await queue() is None
    time.seconds += 1
    assert await queue() == {"where": "Telegram"}


async def test_a_queue_that_moves_is_no_trouble_however_long_it_is(club: ClubInATest) -> None:
    lan, time = await club.member("Lan"), SimulatedTime()
    queue = alarm_checks.OutboxCheck(club.store, "telegram", NEVER, time)
    box = Outbox(club.store)
    first = await box.mail(lan.member_id)
    await queue()
    time.seconds += alarm_checks.STALLED_AFTER_S
    async with club.store.write() as tx:
        (await tx.session.get_one(Mailing, first)).state = MailingState.PAUSED
    await box.mail(lan.member_id)
    assert await queue() is None, "another one is first now"


async def test_what_waits_for_the_morning_or_is_paused_does_not_stand(club: ClubInATest) -> None:
    lan, time = await club.member("Lan"), SimulatedTime()
    night = QuietHours(0, 24 * 60 - 1, club.settings.timezone)
    await Outbox(club.store).mail(lan.member_id)
    queue = alarm_checks.OutboxCheck(club.store, "telegram", night, time)
    await queue()
    time.seconds += alarm_checks.STALLED_AFTER_S
    assert await queue() is None


async def test_an_update_that_waits_for_more_than_two_minutes_is_trouble(
    store: Store, clock: ManualClock
) -> None:
    await in_write(store, updates.put, [NewUpdate("telegram", "1", "7", "{}")])
    check = alarm_checks.update_age(store)
    clock.advance(seconds=alarm_checks.UPDATE_AGE_MAX.total_seconds())
    assert await check() is None
    clock.advance(seconds=1)
    assert await check() == {}


@pytest.mark.parametrize(("free_mb", "wrong"), [(499, {"free": "499"}), (500, None)])
async def test_too_little_room_is_trouble(free_mb: int, wrong: object, tmp_path: Path) -> None:
    assert await alarm_checks.disk(tmp_path, lambda _: free_mb * 2**20)() == wrong


async def test_a_disk_that_is_there_can_be_asked_how_much_room_is_left(tmp_path: Path) -> None:
    free = await alarm_checks.disk(tmp_path)()
    assert free is None or int(free["free"]) < alarm_checks.FREE_DISK_MIN_MB


async def test_a_refused_token_is_trouble_and_silence_is_none() -> None:
    async def refused() -> None:
        raise TokenRefused("Unauthorized")

    async def silent() -> None:
        raise Unreachable("no answer")

    assert await alarm_checks.token("zalo", refused)() == {"where": "Zalo"}
    assert await alarm_checks.token("zalo", silent)() is None


@pytest.mark.parametrize(
    ("ago_s", "pending", "is_wrong"),
    [(599, 1, True), (600, 1, False), (10, 0, False), (100_000, 101, True), (100_000, 100, False)],
)
async def test_a_webhook_that_fails_with_something_to_bring_or_falls_behind_is_trouble(
    store: Store, clock: ManualClock, ago_s: int, pending: int, *, is_wrong: bool
) -> None:
    failed = clock.now() - timedelta(seconds=ago_s)
    found = await looked(store, last_error_date=failed, pending_update_count=pending)
    assert found == ({"where": "Telegram"} if is_wrong else None)


async def test_a_webhook_that_leads_elsewhere_is_trouble(store: Store) -> None:
    assert await looked(store) is None
    assert await looked(store, url="https://elsewhere.example") == {"where": "Telegram"}


async def test_four_fifths_of_the_people_that_zalo_serves_are_an_alarm(club: ClubInATest) -> None:
    check = alarm_checks.zalo_users(club.store, 5)
    for name in ("Lan", "Hà", "Mai"):
        await club.member(name, messenger="zalo")
    await club.member("Tú")
    assert await check() is None
    await club.member("Nga", messenger="zalo")
    assert await check() == {"most": "5"}


async def test_a_grant_is_trouble_from_fourteen_days_before_its_end(
    store: Store, clock: ManualClock
) -> None:
    grant = alarm_checks.grant(store)
    assert await grant() == {"stage": "none", "days": "0"}
    pair = TokenPair("access", "refresh", timedelta(hours=25))
    await in_write(store, account_grants.grant, ACCOUNT, "", pair)
    clock.advance(days=76, seconds=-1)
    assert await grant() is None
    clock.advance(seconds=1)
    assert await grant() == {"stage": "soon", "days": "14"}
    clock.advance(days=11, seconds=-1)
    assert await grant() == {"stage": "soon", "days": "3"}
    clock.advance(seconds=1)
    assert await grant() == {"stage": "urgent", "days": "3"}
    clock.advance(days=4)
    assert await grant() == {"stage": "urgent", "days": "0"}
    await in_write(store, account_grants.lose, ACCOUNT, 1, "-14014")
    assert await grant() == {"stage": "lost", "days": "0"}
