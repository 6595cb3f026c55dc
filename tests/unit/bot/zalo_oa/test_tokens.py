"""The access token is renewed in time, once, and no grant is lost that could have been kept."""

import asyncio

import pytest
from aiohttp import web
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import update
from structlog.testing import capture_logs

from bot.zalo_oa.oauth import OAuth
from bot.zalo_oa.tokens import ACCOUNT, LEASE, Tokens, store_patiently
from handlers.messages import TokenRefused, Unreachable
from storage.accounts import account_grants
from storage.accounts.account_grants import REFRESH_TOKEN_LIFE
from storage.database import Store, Tx
from storage.maintenance import after_restore, key_rotation
from storage.models import GrantLoss, Lease
from tests.conftest import KEY
from tests.support import ManualClock, in_write
from tests.support.account_rows import granted_pair, stored_grant
from tests.support.counting_clock import CountingClock
from tests.support.database_faults import failing_statements
from tests.support.oauth_server import (
    WRONG_SECRET,
    Fault,
    Held,
    Moment,
    OAuthServer,
    bad_gateway_after,
    bad_gateway_before,
    declines,
    drop_after,
    drop_before,
)
from tests.support.waiting import begun, in_time, run_other_tasks, until_true

STORING = "UPDATE accountgrant SET version="


def tokens_of(store: Store, platform: OAuthServer) -> Tokens:
    """The tokens of another process: it shares nothing but the database."""
    other = Store(store.engine, store.vault, store.clock, store.ids, batches=store.batches)
    return Tokens(other, OAuth(platform.settings))


@pytest.fixture
def tokens(store: Store, granted: OAuthServer) -> Tokens:
    """The tokens of this process."""
    return tokens_of(store, granted)


async def renewing_until(platform: OAuthServer, tokens: Tokens, held: Held) -> "asyncio.Task[str]":
    """A renewal whose call waits where `held` holds it."""
    platform.next_call(held)
    renewing = asyncio.create_task(tokens.current())
    await in_time(held.is_there.wait())
    return renewing


async def loss(store: Store, tokens: Tokens) -> GrantLoss | None:
    """Why the grant is lost, which whoever wants to send is told, too."""
    with pytest.raises(TokenRefused, match="granted anew"):
        await tokens.current()
    return (await stored_grant(store)).lost


async def test_a_token_is_renewed_two_hours_before_it_ends_and_no_sooner(
    store: Store, tokens: Tokens, granted: OAuthServer, clock: ManualClock
) -> None:
    first = granted.access_token
    clock.advance(hours=23, seconds=-1)
    assert (await tokens.current(), granted.calls) == (first, 0)
    clock.advance(seconds=1)
    assert await tokens.current() == granted.access_token != first
    assert granted.renewals == 1
    kept = await stored_grant(store)
    assert (kept.access_token, kept.refresh_token) == (granted.access_token, granted.refresh_token)


async def test_a_token_in_use_costs_no_query(
    store: Store, tokens: Tokens, granted: OAuthServer
) -> None:
    await tokens.current()
    with pytest.raises(AssertionError), failing_statements(store, "SELECT", ValueError()):
        assert await tokens.current() == granted.access_token


async def test_it_is_renewed_again_and_again(
    tokens: Tokens, granted: OAuthServer, clock: ManualClock
) -> None:
    for times in range(1, 8):
        clock.advance(hours=25)
        assert await tokens.current() == granted.access_token
        assert granted.renewals == times


async def test_two_processes_renew_once_and_both_have_the_new_token(
    store: Store, granted: OAuthServer, clock: ManualClock
) -> None:
    clock.advance(hours=25)
    held = Held(Moment.CARRIED_OUT)
    granted.next_call(held)
    both = [tokens_of(store, granted) for _ in range(2)]
    waiting = [asyncio.create_task(one.current()) for one in both for _ in range(3)]
    await in_time(held.is_there.wait())
    await run_other_tasks()
    held.go_on.set()
    assert {await in_time(one) for one in waiting} == {granted.access_token}
    assert (granted.calls, granted.renewals, granted.most_at_once) == (1, 1, 1)


async def test_a_refused_token_is_renewed_once_for_everybody(
    store: Store, granted: OAuthServer, clock: ManualClock
) -> None:
    both = [tokens_of(store, granted) for _ in range(2)]
    refused = await both[0].current()
    assert await both[1].current() == refused
    clock.advance(minutes=1)
    fresh = await asyncio.gather(*(one.renewed(refused) for one in both for _ in range(3)))
    assert set(fresh) == {granted.access_token}
    assert granted.renewals == 1


async def test_a_process_with_an_old_token_takes_the_one_that_another_has_stored(
    store: Store, granted: OAuthServer, clock: ManualClock
) -> None:
    one, other = (tokens_of(store, granted) for _ in range(2))
    old = await other.current()
    clock.advance(minutes=1)
    await one.renewed(old)
    assert await other.renewed(old) == granted.access_token
    assert granted.renewals == 1


async def test_a_token_refused_right_after_it_was_issued_is_not_renewed_for_every_message(
    tokens: Tokens, granted: OAuthServer, clock: ManualClock
) -> None:
    clock.advance(seconds=59)
    with pytest.raises(Unreachable):
        await tokens.renewed(granted.access_token)
    assert granted.calls == 0
    clock.advance(seconds=1)
    await tokens.renewed(granted.access_token)
    assert granted.calls == 1


async def test_access_that_was_never_granted_is_said(store: Store, platform: OAuthServer) -> None:
    with pytest.raises(TokenRefused, match="not granted yet"):
        await tokens_of(store, platform).current()
    assert platform.calls == 0


@pytest.mark.parametrize("fault", [drop_after, bad_gateway_after])
async def test_a_lost_answer_is_a_lost_grant_once_the_platform_refuses_the_old_token(
    store: Store, tokens: Tokens, granted: OAuthServer, clock: ManualClock, fault: Fault
) -> None:
    clock.advance(hours=26)
    granted.next_call(fault)
    with pytest.raises(Unreachable):
        await tokens.current()
    assert (await stored_grant(store)).lost is None
    clock.advance(seconds=2)
    with capture_logs() as logs:
        assert await loss(store, tokens) is GrantLoss.ANSWER_LOST
    assert "run niemtin oa authorize" in str(logs)
    assert granted.refresh_token not in str(logs)
    calls = granted.calls
    await loss(store, tokens)
    assert granted.calls == calls, "a lost grant is not tried again"


@pytest.mark.parametrize("fault", [drop_before, bad_gateway_before, declines(-14999)])
async def test_a_call_that_was_not_carried_out_costs_nothing(
    tokens: Tokens, granted: OAuthServer, clock: ManualClock, fault: Fault
) -> None:
    clock.advance(hours=26)
    granted.next_call(fault, fault)
    for wait_s in (2, 4):
        with pytest.raises(Unreachable):
            await tokens.current()
        clock.advance(seconds=wait_s - 1)
        with pytest.raises(Unreachable):
            await tokens.current()
        clock.advance(seconds=1)
    assert granted.calls == 2, "it waits between two attempts"
    assert await tokens.current() == granted.access_token
    assert granted.renewals == 1


async def test_a_server_that_was_never_reached_has_used_nothing_up(
    store: Store, tokens: Tokens, granted: OAuthServer, clock: ManualClock
) -> None:
    there, granted.url = granted.url, "http://127.0.0.1:1"
    clock.advance(hours=26)
    with pytest.raises(Unreachable, match="ClientConnectorError"):
        await tokens_of(store, granted).current()
    clock.advance(minutes=5)
    granted.url = there
    granted.issue()  # Somebody else has renewed, so that this token is refused.
    assert await loss(store, tokens) is GrantLoss.REFUSED


async def test_a_token_that_still_works_is_used_while_it_cannot_be_renewed(
    tokens: Tokens, granted: OAuthServer, clock: ManualClock
) -> None:
    granted.next_call(bad_gateway_before)
    clock.advance(hours=25, seconds=-1)
    assert await tokens.current() == granted.access_token
    assert (granted.calls, granted.renewals) == (1, 0)


async def test_a_wrong_secret_stops_the_account_and_loses_nothing(
    store: Store, tokens: Tokens, granted: OAuthServer, clock: ManualClock
) -> None:
    clock.advance(hours=26)
    granted.next_call(declines(WRONG_SECRET))
    with pytest.raises(TokenRefused, match="-14004"):
        await tokens.current()
    clock.advance(seconds=2)
    assert await tokens.current() == granted.access_token


@pytest.mark.parametrize(("short_s", "reason"), [(1, GrantLoss.REFUSED), (0, GrantLoss.EXPIRED)])
async def test_a_refused_token_is_called_expired_after_its_ninety_days(
    store: Store,
    tokens: Tokens,
    granted: OAuthServer,
    clock: ManualClock,
    short_s: int,
    reason: GrantLoss,
) -> None:
    clock.advance(seconds=REFRESH_TOKEN_LIFE.total_seconds() - short_s)
    granted.next_call(declines(-118))
    assert await loss(store, tokens) is reason


async def test_whoever_waits_may_go_and_the_new_tokens_are_stored_all_the_same(
    store: Store, tokens: Tokens, granted: OAuthServer, clock: ManualClock
) -> None:
    clock.advance(hours=26)
    held = Held(Moment.CARRIED_OUT)
    waiting = await renewing_until(granted, tokens, held)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    closing = await begun(tokens.close())
    held.go_on.set()
    await in_time(closing)
    assert (await stored_grant(store)).access_token == granted.access_token


async def test_tokens_that_cannot_be_stored_are_stored_as_soon_as_it_is_possible(
    store: Store, tokens: Tokens, granted: OAuthServer, clock: ManualClock
) -> None:
    clock.advance(hours=26)
    broken = OperationalError("UPDATE", None, Exception("disk I/O error"))
    with failing_statements(store, STORING, broken, times=2):
        assert await in_time(tokens.current()) == granted.access_token
    assert (await stored_grant(store)).refresh_token == granted.refresh_token
    assert granted.renewals == 1


async def test_a_token_is_not_used_before_it_is_stored(
    store: Store, tokens: Tokens, granted: OAuthServer, clock: ManualClock
) -> None:
    clock.advance(hours=26)
    async with store.read() as tx:
        before = await account_grants.load(tx, ACCOUNT)
    held = Held(Moment.CARRIED_OUT)
    waiting = await renewing_until(granted, tokens, held)
    during = await stored_grant(store)
    assert before is not None
    assert (before.attempts, during.attempts) == (0, 1), "it is recorded before the call"
    held.go_on.set()
    assert await in_time(waiting) == (await stored_grant(store)).access_token


async def test_after_a_crash_another_process_waits_for_the_lease_and_tries_the_old_token(
    store: Store, granted: OAuthServer, clock: ManualClock
) -> None:
    clock.advance(hours=26)
    await _crash_during_renewal(store, granted)
    waiting = await begun(tokens_of(store, granted).current())
    await run_other_tasks()
    assert granted.calls == 1
    clock.advance(seconds=LEASE.total_seconds())
    assert await in_time(waiting) == granted.access_token
    assert granted.renewals == 1


async def test_a_crash_after_the_platform_renewed_is_known_as_a_lost_answer(
    store: Store, granted: OAuthServer, clock: ManualClock
) -> None:
    clock.advance(hours=26)
    await _crash_during_renewal(store, granted)
    granted.issue()
    clock.advance(seconds=LEASE.total_seconds())
    assert await loss(store, tokens_of(store, granted)) is GrantLoss.ANSWER_LOST


async def _crash_during_renewal(store: Store, platform: OAuthServer) -> None:
    """A process ends between its record and the answer; the call is not carried out."""
    held = Held(Moment.ARRIVED)

    async def not_carried_out(moment: Moment) -> web.StreamResponse | None:
        await held(moment)
        return await drop_before(moment)

    platform.next_call(not_carried_out)
    crashed = tokens_of(store, platform)
    waiting = asyncio.create_task(crashed.current())
    await in_time(held.is_there.wait())
    with failing_statements(store, "UPDATE", ConnectionError("the process is gone")):
        assert crashed._renewal is not None
        crashed._renewal.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    held.go_on.set()


async def test_a_call_in_flight_is_waited_for_even_if_its_lease_was_taken(
    store: Store, granted: OAuthServer, clock: ManualClock
) -> None:
    clock.advance(hours=26)
    held = Held(Moment.ARRIVED)
    renewing = await renewing_until(granted, tokens_of(store, granted), held)
    async with store.write() as tx:
        await tx.execute(update(Lease).values(until=clock.now()))
    reading = CountingClock(clock)
    other = Store(store.engine, store.vault, reading, store.ids)
    waiting = asyncio.create_task(Tokens(other, OAuth(granted.settings)).current())
    await until_true(
        lambda: reading.times > 8 or granted.calls > 1, "another process that waits or calls"
    )
    held.go_on.set()
    assert await in_time(renewing) == await in_time(waiting) == granted.access_token
    assert (granted.renewals, granted.most_at_once) == (1, 1)


async def test_a_process_that_was_paused_brings_the_only_tokens_that_work(
    store: Store, granted: OAuthServer, clock: ManualClock
) -> None:
    """Its lease is over, and another one has taken the grant for lost."""
    clock.advance(hours=26)
    held = Held(Moment.CARRIED_OUT)
    paused = await renewing_until(granted, tokens_of(store, granted), held)
    clock.advance(seconds=LEASE.total_seconds())
    other = tokens_of(store, granted)
    assert await loss(store, other) is GrantLoss.ANSWER_LOST
    held.go_on.set()
    assert await in_time(paused) == granted.access_token
    assert await other.current() == granted.access_token


async def test_tokens_that_a_person_granted_meanwhile_stay(
    store: Store, granted: OAuthServer, clock: ManualClock
) -> None:
    clock.advance(hours=26)
    held = Held(Moment.CARRIED_OUT)
    waiting = await renewing_until(granted, tokens_of(store, granted), held)
    granted.issue()
    await in_write(store, account_grants.grant, ACCOUNT, "", granted_pair(granted))
    held.go_on.set()
    assert await in_time(waiting) == granted.access_token
    assert (await stored_grant(store)).lost is None


async def test_an_error_of_the_database_is_no_message_that_may_have_arrived(
    store: Store, tokens: Tokens
) -> None:
    broken = OperationalError("SELECT", None, Exception("disk I/O error"))
    with failing_statements(store, "accountgrant", broken), pytest.raises(Unreachable) as raised:
        await tokens.current()
    assert isinstance(raised.value.__cause__, DBAPIError)


async def test_what_no_database_can_store_is_not_tried_for_ever(store: Store) -> None:
    async def fail(tx: Tx) -> None:
        raise OverflowError

    with pytest.raises(OverflowError):
        await in_time(store_patiently(store, fail))


async def test_it_is_renewed_also_while_nothing_is_sent(
    store: Store, tokens: Tokens, granted: OAuthServer, clock: ManualClock
) -> None:
    clock.advance(hours=23)
    held, stop = Held(Moment.ARRIVED), asyncio.Event()
    granted.next_call(held)
    running = asyncio.create_task(tokens.run(stop))
    await in_time(held.is_there.wait())
    stop.set()
    held.go_on.set()
    await in_time(running)
    assert (await stored_grant(store)).access_token == granted.access_token


@pytest.mark.parametrize(
    "life", ["3600", "a while", "0", "", "60", "1796000400123", "99999999999999"]
)
async def test_a_token_with_a_short_life_or_none_that_can_be_read_is_renewed_within_the_hour(
    tokens: Tokens, granted: OAuthServer, clock: ManualClock, life: str
) -> None:
    granted.expires_in = life
    clock.advance(hours=26)
    await tokens.current()
    clock.advance(minutes=45, seconds=-1)
    await tokens.current()
    assert granted.renewals == 1
    clock.advance(seconds=1)
    await tokens.current()
    assert granted.renewals == 2


async def test_after_a_restore_the_token_of_the_backup_is_tried_at_once(
    store: Store, granted: OAuthServer
) -> None:
    await in_write(store, after_restore.hold_back)
    assert await tokens_of(store, granted).current() == granted.access_token
    assert granted.renewals == 1


async def test_after_a_restore_a_token_that_was_renewed_since_is_known_as_the_backups(
    store: Store, granted: OAuthServer
) -> None:
    granted.issue()
    await in_write(store, after_restore.hold_back)
    assert await loss(store, tokens_of(store, granted)) is GrantLoss.RESTORED


async def test_tokens_that_come_during_a_change_of_key_are_stored_under_the_new_one(
    store: Store, tokens: Tokens, granted: OAuthServer, clock: ManualClock
) -> None:
    clock.advance(hours=26)
    held = Held(Moment.CARRIED_OUT)
    waiting = await renewing_until(granted, tokens, held)
    store.vault.hold(bytes(range(1, 33)), KEY)
    assert await key_rotation.rekey(store) == 0
    held.go_on.set()
    assert await in_time(waiting) == granted.access_token
    async with store.read() as tx:
        assert await key_rotation.count_remaining(tx) == 0
