"""Processes that renew the Official Account's token whenever it is due, to be killed."""

import asyncio
import os
import random
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from multiprocessing.process import BaseProcess
from pathlib import Path

from aiohttp import web
from sqlmodel import select

from bot.zalo_oa.oauth import OAuth
from bot.zalo_oa.settings import ZaloOaSettings
from bot.zalo_oa.tokens import ACCOUNT, LEASE, LEASE_NAME, Tokens
from handlers.messages import MessengerError
from storage.accounts import account_grants
from storage.accounts.account_grants import Grant
from storage.database.engine import DatabaseSettings, Store, open_engine
from storage.database.ids import RandomIds
from storage.database.vault import Vault
from storage.models import Lease
from tests.support.account_rows import granted_pair, stored_grant
from tests.support.bot_process import FORK_SERVER
from tests.support.oauth_server import Fault, Held, Moment, OAuthServer, drop_before
from tests.support.transactions import in_write
from tests.support.waiting import in_time, poll

_KEY = bytes(range(32))
_PAUSE_S = 0.01
_LATER_S = 0.05
_SEED = 15_03_2026


class FileClock:
    """A clock that several processes read from one file; it moves only by `advance`."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def now(self) -> datetime:
        """The time in the file."""
        return datetime.fromtimestamp(float(self._file.read_text()), UTC)

    def set(self, moment: datetime) -> None:
        """Writes the time in one step, so that no reader sees half of it."""
        written = self._file.with_suffix(".new")
        written.write_text(str(moment.timestamp()))
        written.replace(self._file)

    def advance(self, span: timedelta) -> None:
        """Moves on."""
        self.set(self.now() + span)


def opened(database_url: str, clock: FileClock) -> Store:
    """The database, as each of the processes opens it."""
    return Store(open_engine(DatabaseSettings(url=database_url)), Vault(_KEY), clock, RandomIds())


def renew_for_ever(database_url: str, clock_file: str, settings: ZaloOaSettings) -> None:
    """What a process does until it is killed."""
    log = Path(clock_file).with_name(f"{os.getpid()}.log").open("ab")
    os.dup2(log.fileno(), 1)
    os.dup2(log.fileno(), 2)
    store = opened(database_url, FileClock(Path(clock_file)))
    asyncio.run(_renew(store, settings, _token_file(Path(clock_file).parent, os.getpid())))


async def _renew(store: Store, settings: ZaloOaSettings, token_file: Path) -> None:
    tokens = Tokens(store, OAuth(settings))
    while True:
        with suppress(MessengerError):
            _tell(token_file, await tokens.current())
        await asyncio.sleep(_PAUSE_S)


def _tell(token_file: Path, token: str) -> None:
    token_file.write_text(token)


def _token_file(folder: Path, pid: int | None) -> Path:
    """Where a process says which token it has."""
    return folder / f"{pid}.token"


class Kill(StrEnum):
    """When a process is killed, and what becomes of its call."""

    CALL_LOST = "the call arrives and is not carried out"
    CALL_CARRIED_OUT = "the call arrives and is carried out later"
    BEFORE_ANSWER = "the call is carried out and not answered"
    WITH_ANSWER = "the answer has just left"
    ANY_TIME = "any time"


class KilledRenewals:
    """Two processes that share one grant; one or both are killed during each renewal."""

    def __init__(self, store: Store, clock: FileClock, server: OAuthServer, folder: Path) -> None:
        self._store, self._clock, self._server, self._folder = store, clock, server, folder
        self._arguments = (
            store.engine.url.render_as_string(hide_password=False),
            str(folder / "clock"),
            server.settings,
        )
        self._random = random.Random(_SEED)
        self._processes: list[BaseProcess] = []
        self._dead: set[int] = set()
        self.tally: Counter[str] = Counter()
        """Kind of kill and what became of the grant, with the number of times."""

    async def run(self, kills: int) -> None:
        """Kills this many processes, and checks after each what has become of the grant."""
        await self._grant()
        try:
            for number in range(kills):
                self._restart()
                await self._round(list(Kill)[number % len(Kill)])
        finally:
            for process in self._processes:
                _kill(process)

    async def _round(self, kind: Kill) -> None:
        await poll(self._all_have_the_token)
        server, before = self._server, await stored_grant(self._store)
        renewals = server.renewals
        await self._kill_during_renewal(kind)
        self._restart()
        after = await self._settled(before)
        stored = after.refresh_token == server.refresh_token
        # A grant is lost only where the only new tokens were in the killed process.
        assert (after.lost is None) == stored
        if kind is Kill.CALL_LOST:
            assert stored
        # Nobody renews twice.
        assert server.renewals - renewals == 1
        assert server.most_at_once == 1
        self.tally[f"{kind.value}: {'kept' if stored else 'lost'}"] += 1
        if not stored:
            await self._grant()

    async def _all_have_the_token(self) -> bool:
        """Whether no process is looking for a token: the clock moves for all at once then."""
        files = [_token_file(self._folder, one.pid) for one in self._processes]
        return all(one.exists() and one.read_text() == self._server.access_token for one in files)

    async def _kill_during_renewal(self, kind: Kill) -> None:
        moment = Moment.ARRIVED if kind in (Kill.CALL_LOST, Kill.CALL_CARRIED_OUT) else None
        held = Held(moment or Moment.CARRIED_OUT)
        if kind is not Kill.ANY_TIME:
            self._server.next_call(_lost_after(held) if kind is Kill.CALL_LOST else held)
        self._clock.advance(timedelta(hours=24))
        if kind is Kill.ANY_TIME:
            await asyncio.sleep(self._random.uniform(0, _LATER_S))
        else:
            await in_time(held.is_there.wait())
        if kind is Kill.WITH_ANSWER:
            held.go_on.set()
            await asyncio.sleep(self._random.uniform(0, _LATER_S) / 2)
        await self._kill_whoever_renews()
        held.go_on.set()

    async def _kill_whoever_renews(self) -> None:
        """The holder of the lease, or any; sometimes both."""
        holder = await self._holder()
        both = self._random.random() < 0.25
        victims = [one for one in self._processes if both or one.pid == holder]
        for process in victims or self._processes[:1]:
            _kill(process)

    def _restart(self) -> None:
        for process in self._processes:
            if not process.is_alive():
                self._dead.add(process.pid or 0)
        self._processes = [one for one in self._processes if one.is_alive()]
        while len(self._processes) < 2:
            process = FORK_SERVER.Process(target=renew_for_ever, args=self._arguments)
            process.start()
            self._dead.discard(process.pid or 0)
            self._processes.append(process)

    async def _settled(self, before: Grant) -> Grant:
        """The grant once it has been renewed, or is lost."""

        async def is_settled() -> bool:
            ended = {one.pid: one.exitcode for one in self._processes if not one.is_alive()}
            assert not ended, f"processes that nobody killed have ended: {ended}"
            if await self._holder() in self._dead:
                self._clock.advance(LEASE)
            grant = await stored_grant(self._store)
            return grant.lost is not None or grant.version > before.version

        await poll(is_settled)
        return await stored_grant(self._store)

    async def _holder(self) -> int:
        """Process id of whoever has the lease now; 0 when it is free."""
        async with self._store.read() as tx:
            lease = await tx.first(select(Lease).where(Lease.name == LEASE_NAME))
            if lease is None or not lease.holder or lease.until <= tx.clock.now():
                return 0
            return int(lease.holder.partition(":")[0])

    async def _grant(self) -> None:
        self._server.issue()
        await in_write(self._store, account_grants.grant, ACCOUNT, "", granted_pair(self._server))


def _lost_after(held: Held) -> Fault:
    async def fault(moment: Moment) -> web.StreamResponse | None:
        await held(moment)
        return await drop_before(moment)

    return fault


def _kill(process: BaseProcess) -> None:
    process.kill()
    process.join()
