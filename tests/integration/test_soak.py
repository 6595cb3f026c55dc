"""Fifty members and their officers do everything at random while everything goes wrong."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import pytest
from sqlmodel import col, select

from bot.store.open_store import open_clock, open_store
from storage import audit_log
from storage.database.engine import Store
from storage.database.ids import id_of
from storage.database.schema import upgrade
from storage.inbox import updates
from storage.members import members
from storage.models import CodeAttempts, Delivery, DeliveryState, InboxUpdate, Purpose, Role
from tests.integration.conftest import Home, MakeHome
from tests.soak.fault_injection import FaultInjector
from tests.soak.simulated_people import TRIES, CodeGuesser, RandomUser, announce_forever
from tests.support.bot_process import BotProcess
from tests.support.sandbox_client import SandboxTestClient, SandboxUser, bot_texts, until

MEMBERS = 50
LISTENERS = 10
"""Of them; they only listen, so that every message they have was sent to them unasked."""
STRANGERS = 5
SEED = 15_03_2026
_HASTE_S = 20.0
"""How long an officer waits for an answer before they begin anew: some are lost on the way."""
_OPEN = (DeliveryState.QUEUED, DeliveryState.CLAIMED, DeliveryState.SENDING)


@dataclass
class SoakUsers:
    """Everybody, by what they do."""

    officers: list[SandboxUser]
    listeners: dict[int, SandboxUser]
    """By their member's number."""
    busy: list[RandomUser]
    strangers: list[CodeGuesser]


@pytest.fixture
def home(make_home: MakeHome) -> Home:
    """A worker that was killed keeps its place only for a moment."""
    return make_home(delivery='lease = "3 seconds"\nleadership = "2 seconds"')


@pytest.fixture
async def club_store(home: Home) -> AsyncIterator[Store]:
    """The club's database, by the clock the bot follows."""
    store = open_store(home.settings, await open_clock(home.settings))
    await upgrade(store.engine)
    yield store
    await store.close()


@pytest.fixture
async def hasty_sandbox(sandbox: SandboxTestClient) -> AsyncIterator[SandboxTestClient]:
    """The same sandbox with a shorter timeout."""
    async with aiohttp.ClientSession() as http:
        yield SandboxTestClient(http, sandbox.url, _HASTE_S)


@pytest.fixture
async def users(
    sandbox: SandboxTestClient, hasty_sandbox: SandboxTestClient, club_store: Store
) -> SoakUsers:
    """A club that has been there for a while: nobody has to join first."""
    officers = [
        await _belongs(hasty_sandbox, club_store, f"Cán bộ {n}", Role.OFFICER) for n in range(2)
    ]
    members = [
        await _belongs(sandbox, club_store, f"Hội viên {n}", Role.MEMBER) for n in range(MEMBERS)
    ]
    strangers = [await sandbox.add_user(f"Người lạ {n}") for n in range(STRANGERS)]
    return SoakUsers(
        officers=[phone for _, phone in officers],
        listeners=dict(members[:LISTENERS]),
        busy=[RandomUser(phone, SEED + number) for number, phone in members[LISTENERS:]],
        strangers=[CodeGuesser(phone, SEED - int(phone.id)) for phone in strangers],
    )


@pytest.mark.parametrize(
    ("spells", "spell_s"), [(1, 12.0), pytest.param(10, 60.0, marks=pytest.mark.soak)]
)
async def test_nothing_is_lost_or_done_twice_while_everything_goes_wrong(
    sandbox: SandboxTestClient,
    home: Home,
    club_store: Store,
    users: SoakUsers,
    spells: int,
    spell_s: float,
) -> None:
    faults = FaultInjector(sandbox, SEED)
    living = [
        *(person.act_forever() for person in (*users.busy, *users.strangers)),
        announce_forever(*users.officers),
        faults.inject_faults(),
    ]
    tasks = [asyncio.create_task(one) for one in living]
    await faults.run_with_kills(
        home.config, spells, spell_s, lambda: _somebody_was_told(club_store, users)
    )
    await _calm_down(sandbox, tasks)
    with BotProcess(home.config) as bot:
        await until(lambda: _has_fetched_all(sandbox), "the bot")
        await until(lambda: _all_is_done(club_store), "the end of all work")
        assert await bot.stop() == 0

    await _nothing_in_the_log(home)
    updates = await _every_update_was_taken_once(club_store, users)
    sent = await _every_message_came_once(club_store, users)
    print(
        f"\n{updates} updates, {dict(sent)} messages to those who listen, "
        f"{faults.faults} faults, {faults.kills} kills"
    )


async def _somebody_was_told(club_store: Store, users: SoakUsers) -> bool:
    """Whether something has reached one of those who listen."""
    async with club_store.read() as tx:
        sent = select(Delivery.id).where(
            Delivery.state == DeliveryState.SENT,
            col(Delivery.member_id).in_(users.listeners),
        )
        return (await tx.session.exec(sent.limit(1))).first() is not None


async def _has_fetched_all(sandbox: SandboxTestClient) -> bool:
    return not (await sandbox.call_bot_api("getWebhookInfo"))["pending_update_count"]


async def _belongs(
    sandbox: SandboxTestClient, club_store: Store, name: str, role: Role
) -> tuple[int, SandboxUser]:
    phone = await sandbox.add_user(name)
    await phone.starts()
    async with club_store.write() as tx:
        member = await members.add(
            tx,
            messenger="telegram",
            chat=str(phone.id),
            name=name,
            role=role,
            language="vi",
            area=None,
        )
        theirs = [one for one in Purpose if one is not Purpose.DUTIES or role.is_officer]
        await members.agree(tx, member, *theirs, text_version="1", language="vi")
        return id_of(member), phone


async def _calm_down(sandbox: SandboxTestClient, tasks: list[asyncio.Task[None]]) -> None:
    """Nobody does anything any more; whoever failed before that says why."""
    for task in tasks:
        task.cancel()
    for ended in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(ended, Exception):
            raise ended
    await sandbox.clear_faults()


async def _all_is_done(club_store: Store) -> bool:
    async with club_store.read() as tx:
        due = col(Delivery.not_before) <= club_store.clock.now()
        query = select(Delivery.id).where(col(Delivery.state).in_(_OPEN), due)
        waiting = (await tx.session.exec(query)).first()
        return waiting is None and await updates.oldest(tx) is None


async def _nothing_in_the_log(home: Home) -> None:
    log = (home.folder / "bot.log").read_text("utf-8")
    assert "Traceback" not in log
    assert not re.search(r"\[(error|critical)", log)


async def _every_update_was_taken_once(club_store: Store, users: SoakUsers) -> int:
    """The numbers leave no gap, nothing waits, and what can be counted was counted once."""
    async with club_store.read() as tx:
        taken = (await tx.session.exec(select(InboxUpdate))).all()
        tried = (await tx.session.exec(select(CodeAttempts.wrong))).all()
        assert await audit_log.verify(tx) is None
    numbers = sorted(int(one.update_key) for one in taken)
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    assert len(numbers) >= sum(one.updates for one in (*users.busy, *users.strangers))
    assert not any(one.payload_sealed for one in taken)
    assert sorted(tried) == sorted(one.updates for one in users.strangers)
    for stranger in users.strangers:
        assert len(await bot_texts(stranger.phone)) <= stranger.updates <= TRIES
    return len(numbers)


async def _every_message_came_once(club_store: Store, users: SoakUsers) -> Counter[DeliveryState]:
    """What was sent is there once; what may be there is marked as uncertain, and not repeated."""
    states: Counter[DeliveryState] = Counter()
    for number, phone in users.listeners.items():
        async with club_store.read() as tx:
            query = select(Delivery).where(Delivery.member_id == number)
            deliveries = (await tx.session.exec(query)).all()
        states.update(one.state for one in deliveries)
        known = [m for one in deliveries for m in one.message_ids]
        said = [m for m in await phone.messages() if "pinned_message" not in m]
        there = [str(m["message_id"]) for m in said if m["from"]["is_bot"]]
        unclear = [one for one in deliveries if one.state is DeliveryState.UNCERTAIN]
        greeting = 1
        assert len(known) == len(set(known))
        assert set(known) <= set(there)
        assert len(there) <= len(known) + len(unclear) + greeting
    assert states[DeliveryState.SENT]
    return states
