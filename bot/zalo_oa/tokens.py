"""The access token of the Official Account: renewed in time, by one process at a time.

A refresh token works once, and the old access token dies as the new one is issued. An answer that is
lost can therefore cost the grant, which only a person can give anew. So:

- A renewal runs under a lease. The other processes wait for it and read what it stored.
- That it begins is committed before the call, and both new tokens before either is used.
- A renewal in flight is not cancelled with whoever waits for it. Tokens that cannot be stored are
  kept and stored as soon as the database allows it.
- After a crash or a lost answer the old refresh token is tried again: it works if the call never
  reached the platform. Only the platform's own refusal ends the grant.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TypeVar

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.zalo_oa.oauth import (
    APP_IS_REFUSED,
    CALL_TIMEOUT_S,
    TOKEN_IS_DEAD,
    AnswerLost,
    Declined,
    NotReached,
    OAuth,
)
from handlers.messages import MessengerError, TokenRefused, Unreachable
from scheduler.lease import Leadership
from storage.accounts import account_grants
from storage.accounts.account_grants import Grant, TokenPair
from storage.database import Store, Tx
from storage.database.backoff import Backoff
from storage.database.event_wait import wait_for
from storage.database.leases import LeaseLost

ACCOUNT = "zalo_oa"
RENEW_BEFORE = timedelta(hours=2)
"""How long before its end an access token is renewed."""
LEASE = timedelta(seconds=CALL_TIMEOUT_S + 10)
"""Longer than a call may take, so that nobody else renews while one is under way."""
LEASE_NAME = f"tokens:{ACCOUNT}"
_TOO_NEW = timedelta(minutes=1)
"""A token this new is not renewed when it is refused, or every message would renew it again."""
_BACKOFF = Backoff(first_s=2.0, max_s=300.0)
_STORE_BACKOFF = Backoff(first_s=0.2, max_s=5.0)
_CHECK_EVERY_S = 60.0
_POLL_S = 0.2
_PATIENCE_S = 2 * LEASE.total_seconds()
"""How long a message waits for another process's renewal; that of a crashed one ends before."""
_CLOSING_S = 60.0

T = TypeVar("T")

log = structlog.stdlib.get_logger()


class Tokens:
    """The access token for the calls of one process; close it before the store."""

    def __init__(self, store: Store, oauth: OAuth) -> None:
        self._store = store
        self._oauth = oauth
        self._leadership = Leadership(store, LEASE_NAME, LEASE)
        self._as_leader = store.under(self._leadership.check)
        self._cached: Grant | None = None
        self._renewal: asyncio.Task[bool] | None = None

    async def current(self) -> str:
        """A valid access token; renews it when it is due.

        Raises:
            TokenRefused: access must be granted anew, or the platform refuses the app.
            Unreachable: there is none for now.
        """
        if self._cached is not None and not self._is_due(self._cached):
            return self._cached.access_token
        return await self._obtain("")

    async def renewed(self, refused: str) -> str:
        """A valid access token after the platform has refused `refused`; raises as `current`."""
        self._cached = None
        return await self._obtain(refused)

    async def run(self, stop: asyncio.Event) -> None:
        """Renews the token also while nothing is sent, until `stop`."""
        told = ""
        while not stop.is_set():
            try:
                await self.current()
                told = ""
            except MessengerError as error:
                if str(error) != told:
                    told = str(error)
                    log.warning("no access token for the Official Account", reason=told)
            await wait_for(stop, _CHECK_EVERY_S)

    async def close(self) -> None:
        """Waits until a renewal in flight is stored."""
        if self._renewal is not None:
            await asyncio.wait({self._renewal}, timeout=_CLOSING_S)

    async def _obtain(self, refused: str) -> str:
        try:
            return await self._wait_for_token(refused)
        except MessengerError:
            raise
        except Exception as error:
            # Whoever sends takes another error for a message that may have arrived.
            log.warning("access token not readable", kind=type(error).__name__)
            raise Unreachable("the access token cannot be read") from error

    async def _wait_for_token(self, refused: str) -> str:
        deadline = time.monotonic() + _PATIENCE_S
        while time.monotonic() < deadline:
            grant = await self._load()
            if not self._needs_renewal(grant, refused):
                self._cached = grant
                return grant.access_token
            may_try = self._may_try(grant, refused) and not self._is_under_way(grant)
            is_led = may_try and await self._renew(refused)
            if not is_led and self._still_works(grant, refused):
                return grant.access_token
            if not is_led and (problem := self._problem(grant, refused)):
                raise problem
            if not is_led:
                await asyncio.sleep(_POLL_S)
        raise Unreachable("another process is renewing the access token")

    async def _load(self) -> Grant:
        async with self._store.read() as tx:
            grant = await account_grants.load(tx, ACCOUNT)
        if grant is None:
            raise TokenRefused("access to the Official Account is not granted yet")
        if grant.lost is not None:
            raise TokenRefused(f"access must be granted anew ({grant.lost.value})")
        return grant

    def _needs_renewal(self, grant: Grant, refused: str) -> bool:
        return grant.access_token == refused or self._is_due(grant)

    def _is_due(self, grant: Grant) -> bool:
        # A token with a life of less than two hours would always be due.
        ahead = min(RENEW_BEFORE, (grant.access_expires_at - grant.obtained_at) / 4)
        return self._now() >= grant.access_expires_at - ahead

    def _still_works(self, grant: Grant, refused: str) -> bool:
        return grant.access_token != refused and self._now() < grant.access_expires_at

    def _may_try(self, grant: Grant, refused: str) -> bool:
        return self._problem(grant, refused) is None

    def _problem(self, grant: Grant, refused: str) -> MessengerError | None:
        """Why the grant is not to be renewed now; None if it is."""
        if grant.access_token == refused and self._is_within(grant.obtained_at, _TOO_NEW):
            return Unreachable("the platform refuses an access token that it has just issued")
        if not grant.failure or grant.attempted_at is None:
            return None
        delay = timedelta(seconds=_BACKOFF.delay_s(grant.attempts - 1))
        if not self._is_within(grant.attempted_at, delay):
            return None
        if grant.failure in map(str, APP_IS_REFUSED):
            return TokenRefused(f"the platform refuses the app ({grant.failure})")
        return Unreachable(f"the access token could not be renewed ({grant.failure})")

    async def _renew(self, refused: str) -> bool:
        """Renews, or waits for the renewal of this process; False while another process renews."""
        if self._renewal is None or self._renewal.done():
            self._renewal = asyncio.create_task(self._renew_as_leader(refused))
        return await asyncio.shield(self._renewal)

    async def _renew_as_leader(self, refused: str) -> bool:
        await self._leadership.renew()
        if not self._leadership.is_leader():
            return False
        try:
            if grant := await self._begin(refused):
                await self._call(grant)
        except LeaseLost:
            return False
        finally:
            await self._leadership.give_back()
        return True

    async def _begin(self, refused: str) -> Grant | None:
        """Records that a renewal begins; None if there is nothing to renew any more.

        Raises:
            LeaseLost: another process has the lease, or may have a call in flight all the same.
        """
        async with self._as_leader.write() as tx:
            grant = await account_grants.load(tx, ACCOUNT, locked=True)
            if (
                grant is None
                or not self._needs_renewal(grant, refused)
                or not self._may_try(grant, refused)
            ):
                return None
            if self._is_under_way(grant):
                raise LeaseLost(LEASE_NAME)
            return grant if await account_grants.begin_renewal(tx, ACCOUNT, grant.version) else None

    async def _call(self, grant: Grant) -> None:
        try:
            pair = await self._oauth.refresh(grant.refresh_token)
        except Declined as declined:
            await self._declined(grant, declined.code)
        except NotReached as error:
            await self._failed(grant, str(error), unused=True)
        except AnswerLost as error:
            await self._failed(grant, str(error), unused=False)
        else:
            await self._keep(grant, pair)

    async def _declined(self, grant: Grant, code: int) -> None:
        if code not in TOKEN_IS_DEAD:
            await self._failed(grant, str(code), unused=True)
            return
        async with self._store.write() as tx:
            loss = await account_grants.lose(tx, ACCOUNT, grant.version, str(code))
        if loss is not None:
            log.error(
                "access to the Official Account is lost, run niemtin oa authorize",
                code=code,
                reason=loss.value,
            )

    async def _failed(self, grant: Grant, failure: str, *, unused: bool) -> None:
        log.warning("access token not renewed, trying again", failure=failure, unused=unused)
        async with self._store.write() as tx:
            await account_grants.note_failure(tx, ACCOUNT, grant.version, failure, unused=unused)

    async def _keep(self, grant: Grant, pair: TokenPair) -> None:
        async def keep(tx: Tx) -> bool:
            return await account_grants.keep(tx, ACCOUNT, grant.version, pair)

        is_kept = await store_patiently(self._store, keep)
        log.info("access token renewed", is_kept=is_kept)

    def _is_under_way(self, grant: Grant) -> bool:
        """Whether a call may be in flight: of a process that is paused, or lost its lease otherwise."""
        return not grant.failure and self._is_within(grant.attempted_at, LEASE)

    def _is_within(self, since: datetime | None, span: timedelta) -> bool:
        """Whether less than `span` has passed; false if the clock was set back since."""
        return since is not None and timedelta() <= self._now() - since < span

    def _now(self) -> datetime:
        return self._store.clock.now()


async def store_patiently(store: Store, work: Callable[[Tx], Awaitable[T]]) -> T:
    """Stores new tokens, however long the database takes for it: no others work any more.

    Every error of the database is met again, also one that no repetition usually helps against: an
    operator can mend a database while these tokens are held here, and they exist nowhere else.
    """
    for delay_s in _STORE_BACKOFF.delays():
        try:
            async with store.write() as tx:
                return await work(tx)
        except (SQLAlchemyError, OSError) as error:
            log.error("new tokens not stored, trying again", kind=type(error).__name__)  # noqa: TRY400
            await asyncio.sleep(delay_s)
    raise AssertionError("the delays never end")
