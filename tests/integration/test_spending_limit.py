"""Two processes send for an account that charges, and are killed again and again: no limit is exceeded."""

import asyncio
import random
from collections import Counter
from datetime import timedelta

import pytest

from bot.sandbox.official_account.settings import OaIdentity
from bot.store.open_store import open_clock
from bot.zalo_oa.settings import ZaloOaSettings
from bot.zalo_oa.tokens import ACCOUNT
from bot.zalo_oa.updates import MESSENGER
from storage.accounts import account_grants
from storage.accounts.account_grants import TokenPair
from storage.database.engine import Store
from storage.models import (
    Announcement,
    AnnouncementState,
    DeliveryState,
    Lane,
    MailingKind,
    MailingState,
    Purpose,
)
from storage.outbox import charges, enqueue
from storage.outbox.metering import Allowance
from tests.integration.conftest import Home, MakeHome
from tests.support import in_read, in_write
from tests.support.announcements.broadcast import delivery_states, open_store_of
from tests.support.bulk_members import add_members
from tests.support.databases import PostgresqlTestDatabase
from tests.support.delivery_processes import DeliveryProcess, delivery_processes, wait_for_leader
from tests.support.sandbox_client import SandboxTestClient, until

SEED = 15_03_2026
S = DeliveryState
_PRICE = ZaloOaSettings().price_dong
_DELIVERY = 'lease = "2 seconds"\nleadership = "1 second"\nahead_s = 0.05\nbatch = 20'
_END_S = 1200.0
_ENDED = {S.SENT, S.UNCERTAIN, S.NOT_NOW}


@pytest.mark.parametrize(
    ("recipients", "limit", "quota", "kills"),
    [
        (60, 15, 10, 1),
        pytest.param(10_000, 1000, 500, 40, marks=[pytest.mark.torture, pytest.mark.timeout(3600)]),
    ],
)
async def test_killed_processes_never_spend_one_message_more_than_allowed(
    sandbox: SandboxTestClient,
    postgresql_test_database: PostgresqlTestDatabase,
    make_home: MakeHome,
    recipients: int,
    limit: int,
    quota: int,
    kills: int,
) -> None:
    await postgresql_test_database.empty()
    home = make_home(
        database=postgresql_test_database.url,
        delivery=_DELIVERY,
        zalo_oa=f"per_minute = 60000\nannouncement_messages = {limit}\n"
        f"announcement_dong = {limit * _PRICE}\nmonth_messages = {limit}\n"
        f"month_dong = {limit * _PRICE}",
    )
    chats = await _add_followers(sandbox, recipients)
    await sandbox.advance_by(days=3)
    await sandbox.post("oa", package_quota=quota, balance_dong=10**9, calls_per_minute=0)
    async with open_store_of(home) as store:
        await _grant_access(sandbox, store)
        number = await _announce(store, home, chats, limit)
        async with delivery_processes(home, 2) as processes:
            await _kill_again_and_again(store, processes, kills)
            await until(lambda: _has_ended(store), "the end of the announcement", _END_S)
        states = await delivery_states(store)
        cost = (await in_read(store, charges.of_announcements, [number]))[number]
    charged = (await sandbox.get("oa"))["sent"]
    print(f"\n{dict(states)} {charged} {cost}")
    assert states.total() == recipients
    await _check_received(sandbox, states)
    # What was uncertain counts as spent, whether it arrived or not.
    assert charged["purchase_quota"] <= cost.paid == limit
    assert charged["sub_quota"] <= quota
    assert cost.dong == limit * _PRICE


async def _add_followers(sandbox: SandboxTestClient, count: int) -> list[str]:
    """People who have followed the account."""
    chats = []
    for number in range(count):
        person = await sandbox.post("users", first_name=f"P{number}", messenger=MESSENGER)
        chats.append(str(person["id"]))
        await sandbox.post(f"chats/{person['id']}/follow")
    return chats


async def _grant_access(sandbox: SandboxTestClient, store: Store) -> None:
    pair = await sandbox.post("oa/tokens")
    tokens = TokenPair(pair["access_token"], pair["refresh_token"], timedelta(hours=25))
    await in_write(store, account_grants.grant, ACCOUNT, OaIdentity().oa_id, tokens)


async def _announce(store: Store, home: Home, chats: list[str], limit: int) -> int:
    """Makes them members who last wrote three days ago, and opens an announcement to all."""
    now = (await open_clock(home.settings)).now()
    members = dict(enumerate(chats, start=1))
    async with store.write() as tx:
        await add_members(
            tx, members, messenger=MESSENGER, last_interaction=now - timedelta(days=3)
        )
        announcement = Announcement(state=AnnouncementState.SENDING, created_at=now, sent_at=now)
        tx.session.add(announcement)
        await tx.session.flush()
        assert announcement.id is not None
        await enqueue.open_mailing(
            tx,
            kind=MailingKind.ANNOUNCEMENT,
            subject=str(announcement.id),
            announcement_id=announcement.id,
            lane=Lane.URGENT,
            bodies={"vi": {"text": "Ngày bầu cử là Chủ nhật 15/3/2026."}},
            state=MailingState.FILLING,
            purpose=Purpose.ANNOUNCEMENTS,
            spending=Allowance(announcement.id, from_quota=True, paid_most=limit),
        )
    return announcement.id


async def _kill_again_and_again(store: Store, processes: list[DeliveryProcess], kills: int) -> None:
    chance, term = random.Random(SEED), 0
    for _ in range(kills):
        leader, term = await wait_for_leader(store, processes, after=term - 1, messenger=MESSENGER)
        await _wait_for_more(store)
        await asyncio.sleep(chance.uniform(0, 0.3))
        if await _has_ended(store):
            return
        leader.kill_and_restart()
        _, term = await wait_for_leader(store, processes, after=term, messenger=MESSENGER)


async def _wait_for_more(store: Store) -> None:
    before = (await delivery_states(store))[S.SENT]

    async def is_more() -> bool:
        return (await delivery_states(store))[S.SENT] > before or await _has_ended(store)

    await until(is_more, "another message")


async def _has_ended(store: Store) -> bool:
    states = await delivery_states(store)
    return bool(states) and not states.keys() - _ENDED


async def _check_received(sandbox: SandboxTestClient, states: Counter[DeliveryState]) -> None:
    """Nobody got it twice, and everybody whose row says so got it."""
    received = Counter(one["user_id"] for one in await sandbox.get("oa/sent"))
    assert set(received.values()) <= {1}
    assert states[S.SENT] <= len(received) <= states[S.SENT] + states[S.UNCERTAIN]
