"""The only place where things are built and wired: the whole life of the process, in order."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from typing import Any

import structlog

from bot.config.process_roles import ALL, ProcessRole, Roles, Work
from bot.config.settings import Settings
from bot.intake.flood_control import FloodControl
from bot.intake.poll_loop import retry_until_reachable
from bot.intake.processor import UpdateProcessor
from bot.monitoring import health_checks
from bot.monitoring.alarm_registry import alarms
from bot.receivers import start_telegram_receiver, start_zalo_receiver, webhooks
from bot.replies.router import ReplyRouter
from bot.replies.sender import ReplySender
from bot.store.key_reload import KeyReloader
from bot.store.open_store import open_clock, open_store
from bot.store.sandbox_clock import SandboxClock
from bot.telegram.account import Account
from bot.web import server
from bot.web.health import Check, Health
from bot.web.metrics import Engines, Metrics, UpdateCounters
from bot.web.signed_files import Files
from bot.web.verdicts import VerdictPages
from bot.workers.media_tasks import MediaTasks
from bot.workers.pool import Pool
from bot.zalo.channel import ZaloChannel, open_channel
from handlers.audit import changed_settings
from handlers.conversation.dispatcher import Conversation
from handlers.conversation.settings import ClubSettings
from handlers.flagging import reindex
from handlers.messages import Messenger
from handlers.registry import conversation
from scheduler.alarm import AlarmChannel, AlarmMonitor
from scheduler.delivery.progress import ProgressUpdater
from scheduler.delivery.retry_policy import RetryPolicy
from scheduler.delivery.sender import Sender
from scheduler.delivery.worker import DeliveryParts, DeliveryWorker
from scheduler.jobs import ensure_schedules, jobs
from scheduler.lease import Leadership
from scheduler.pacing.limiter import RateLimiter
from scheduler.pacing.shared_rate import SharedRate
from scheduler.timetable import Timetable
from storage.database.clock import Clock
from storage.database.engine import Store, alone
from storage.database.schema import upgrade
from storage.members import members

log = structlog.stdlib.get_logger()

STOP_S = 9.0
"""How long what is under way may take to finish; whoever sent SIGTERM waits 10 s."""


@dataclass(frozen=True)
class Parts:
    """What one running club consists of, wired up and not yet begun."""

    conversation: Conversation
    intake: UpdateProcessor
    deliveries: tuple[DeliveryWorker, ...]
    """One for each messenger account."""
    keep_time: Work
    """The timetable, while this process leads."""
    alarm: AlarmMonitor
    health: Health
    metrics: Metrics
    shares: tuple[SharedRate, ...]
    """Of each account's pace, this process's."""


async def run(
    settings: Settings,
    stop: asyncio.Event,
    *,
    roles: Roles = ALL,
    ready: Callable[[], None] = lambda: None,
) -> None:
    """Lives until `stop`, then finishes what is under way; `ready` is called once it answers.

    Raises:
        KeyWrong, SealBroken, SchemaTooNew, SandboxAway, TokenRefused, PortTaken: it cannot begin.
    """
    async with AsyncExitStack() as life:
        clock = await open_clock(settings)
        await _prepare(settings, clock)
        store = open_store(settings, clock, patient=False)
        life.push_async_callback(store.close)
        account = Account(settings.telegram)
        life.push_async_callback(account.close)

        lent = Files(store, account.messenger.fetch, _own_address(settings))
        zalo = open_channel(settings.zalo, settings.pace, store, settings.club.timezone, lent.link)
        if zalo is not None:
            life.push_async_callback(zalo.account.close)
        lines = _messengers(settings, account, zalo)
        messengers = [messenger for messenger, _ in lines]

        link = await retry_until_reachable(account.link, stop) or ""
        club = replace(
            settings.club,
            kept=settings.retention,
            batch_minutes=settings.flags.batch_minutes,
            bot_link=link,
            zalo_quota=settings.zalo.monthly_quota if settings.zalo.is_used else 0,
            messengers=tuple(one.name for one in messengers),
            unchangeable=tuple(one.name for one in messengers if not one.limits.edits),
        )
        async with alone(store.engine):
            await ensure_schedules(store, club)
            await changed_settings.note(store, club)
        workers = await life.enter_async_context(Pool(settings.workers).kept())
        parts = _wire(
            settings, club, store, account, zalo, workers=workers, lines=lines, roles=roles
        )
        for share in parts.shares:
            await life.enter_async_context(share.kept())
        works = [KeyReloader(settings.key, store.vault).run, *_background_tasks(parts, roles)]
        if zalo is not None:
            works.append(zalo.meter.run)
        if isinstance(clock, SandboxClock):
            works.append(clock.follow)
        if settings.web.port:
            hooks = webhooks(settings, parts.intake, clock) if ProcessRole.WEB in roles else {}
            measured = parts.metrics if settings.web.metrics else None
            public = _public(settings, club, store)
            site = server.build(parts.health, hooks, lent, public, measured)
            await life.enter_async_context(server.serve(site, settings.web))
        if ProcessRole.WEB in roles:
            works += await start_telegram_receiver(settings, account, parts.intake, clock, stop)
            works += await start_zalo_receiver(settings, zalo, parts.intake, stop) if zalo else []

        log.info("the bot is up", link=club.bot_link, roles=sorted(roles))
        ready()
        await _run_until_stopped(works, account.introduce(parts.conversation), stop)
        log.info("the bot has stopped")


def _messengers(
    settings: Settings, account: Account, zalo: ZaloChannel | None
) -> list[tuple[Messenger, RateLimiter]]:
    """Where the club can be reached: what it sends through, and how fast it may."""
    telegram = (account.messenger, RateLimiter(settings.pace, time.monotonic))
    return [telegram, (zalo.account.messenger, zalo.pace)] if zalo else [telegram]


async def _prepare(settings: Settings, clock: Clock) -> None:
    """Brings the database to this release, however long that takes; by one process at a time."""
    store = open_store(settings, clock)
    try:
        async with alone(store.engine):
            await upgrade(store.engine)
            async with store.read() as tx:
                await members.require_member(tx)
            await reindex.keep_current(store)
    finally:
        await store.close()


def _background_tasks(parts: Parts, roles: Roles) -> list[Work]:
    """What goes on in a process with these roles."""
    works: Mapping[ProcessRole, Sequence[Work]] = {
        ProcessRole.WEB: [parts.intake.run],
        ProcessRole.DELIVERY: [delivery.run for delivery in parts.deliveries],
        ProcessRole.TIMETABLE: [parts.keep_time, parts.alarm.run],
    }
    return [work for role in ProcessRole if role in roles for work in works[role]]


def _wire(
    settings: Settings,
    club: ClubSettings,
    store: Store,
    account: Account,
    zalo: ZaloChannel | None,
    *,
    workers: Pool,
    lines: Sequence[tuple[Messenger, RateLimiter]],
    roles: Roles,
) -> Parts:
    talk = conversation(club)
    deliveries = tuple(_delivery(settings, club, store, *line) for line in lines)
    _link_progress(deliveries)
    shares = tuple(SharedRate(store, messenger.name, pace) for messenger, pace in lines)

    def nudge() -> None:
        for delivery in deliveries:
            delivery.nudge()

    meters = UpdateCounters(version("niemtin"))
    pictures = MediaTasks(workers, [messenger for messenger, _ in lines])
    posts = {
        messenger.name: ReplySender(messenger, pace, talk, pictures) for messenger, pace in lines
    }
    intake = UpdateProcessor(
        store,
        talk,
        ReplyRouter(posts),
        FloodControl(settings.flood),
        workers,
        on_committed=nudge,
        meter=meters,
        settings=settings.intake,
    )
    leadership = Leadership(store, "timetable", settings.delivery.leadership)
    as_leader = store.under(leadership.check)
    due = jobs(as_leader, club, settings.digest, settings.retention, workers)
    timetable = Timetable(
        due,
        on_work=nudge,
        # Cut off, it tries all the same: that it cannot is what officers have to learn.
        leads=lambda: leadership.term is not None or leadership.is_cut_off,
    )

    async def keep_time(stop: asyncio.Event) -> None:
        await leadership.hold(stop, partial(timetable.run, stop))

    told = {messenger.name: AlarmChannel(messenger, pace) for messenger, pace in lines}
    watched = alarms(settings, club, store, account, zalo, timetable=timetable)
    alarm = AlarmMonitor(store, club, told, watched, leads=lambda: leadership.term is not None)
    looks: dict[str, Check] = {
        "database": partial(health_checks.database, store),
        **(
            {"clock": partial(health_checks.clock, timetable)}
            if ProcessRole.TIMETABLE in roles
            else {}
        ),
        "queue": partial(health_checks.queue, store, deliveries),
        "messenger": health_checks.MessengerCheck(account.who_am_i),
        "workers": partial(health_checks.workers, workers),
        **({"zalo": health_checks.MessengerCheck(zalo.account.who_am_i)} if zalo else {}),
    }
    engines = Engines(
        deliveries if ProcessRole.DELIVERY in roles else (),
        timetable if ProcessRole.TIMETABLE in roles else None,
        workers,
    )
    metrics = Metrics(meters, engines, store, club.timezone)
    return Parts(
        talk,
        intake,
        deliveries,
        keep_time,
        alarm,
        Health(looks, {"workers": workers.state}),
        metrics,
        shares,
    )


def _link_progress(deliveries: Sequence[DeliveryWorker]) -> None:
    """An announcement may end with the last copy on one messenger and be watched on another."""
    for one in deliveries:
        one.progress.elsewhere = [other.progress for other in deliveries if other is not one]


def _delivery(
    settings: Settings, club: ClubSettings, store: Store, messenger: Messenger, pace: RateLimiter
) -> DeliveryWorker:
    leadership = Leadership(store, f"delivery:{messenger.name}", settings.delivery.leadership)
    as_leader = store.under(leadership.check)
    parts = DeliveryParts(
        store=store,
        club=club,
        sender=Sender(store, messenger, pace, RetryPolicy(settings.delivery)),
        rate_limiter=pace,
        leadership=leadership,
        progress=ProgressUpdater(as_leader, club, messenger, pace),
    )
    return DeliveryWorker(parts, settings.delivery)


def _own_address(settings: Settings) -> str:
    """Where files that are lent can be fetched; the sandbox is on this very machine."""
    web = settings.web
    nearby = f"http://127.0.0.1:{web.port}" if settings.telegram.sandbox and web.port else ""
    return web.public_url or nearby


def _public(settings: Settings, club: ClubSettings, store: Store) -> VerdictPages | None:
    """The list of verdicts, where the club wants everybody to read it."""
    return VerdictPages(store, club, settings.web.public_url) if settings.web.verdicts else None


async def _run_until_stopped(
    works: Sequence[Work], first: Coroutine[Any, Any, None], stop: asyncio.Event
) -> None:
    """Everything side by side; when one part breaks, all of it ends and the error is raised."""
    async with asyncio.TaskGroup() as tasks:
        introducing = tasks.create_task(first)
        going = [tasks.create_task(work(stop)) for work in works]
        await stop.wait()
        introducing.cancel()
        log.info("the bot is stopping")
        _, late = await asyncio.wait(going, timeout=STOP_S)
        for task in late:
            task.cancel()
