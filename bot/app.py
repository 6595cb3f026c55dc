"""Composition root: builds every part of the process and runs it from start to stop, in order."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import datetime
from functools import partial
from importlib.metadata import version
from typing import Any

import structlog

from bot.channels import Channels, official_account_link, open_channels, telegram_link
from bot.config.process_roles import ALL, ProcessRole, Roles, Work
from bot.config.settings import Settings
from bot.intake.flood_control import FloodControl
from bot.intake.processor import UpdateProcessor
from bot.monitoring import health_checks
from bot.monitoring.alarm_registry import alarms
from bot.receivers import EventListeners, start_receivers, webhooks
from bot.replies.router import ReplyRouter
from bot.replies.sender import ReplySender
from bot.store.key_reload import KeyReloader
from bot.store.open_store import open_clock, open_store
from bot.store.sandbox_clock import SandboxClock
from bot.web import server
from bot.web.health import Health, HealthCheck
from bot.web.metrics import Engines, Metrics, UpdateCounters
from bot.web.server import Page
from bot.web.verdicts import VerdictPages
from bot.workers.media_tasks import MediaTasks
from bot.workers.pool import Pool
from bot.zalo_oa.authorization import CALLBACK_PATH, Authorization
from bot.zalo_oa.callback import CallbackPage
from bot.zalo_oa.granted_account import GrantedAccount
from bot.zalo_oa.oauth import OAuth
from bot.zalo_oa.spending import QuotaMonitor, metering_of
from bot.zalo_oa.updates import MESSENGER
from handlers import alarm_messages
from handlers.audit import changed_settings
from handlers.conversation import ClubSettings
from handlers.conversation.dispatcher import Conversation
from handlers.flagging import reindex
from handlers.messages import Address, Charge
from handlers.registry import conversation as build_conversation
from scheduler.agenda import Agenda
from scheduler.alarm import AlarmChannel, AlarmMonitor
from scheduler.delivery.charge_reports import ChargeReports, MeteredAccount
from scheduler.delivery.progress import ProgressUpdater
from scheduler.delivery.retry_policy import RetryPolicy
from scheduler.delivery.sender import Sender
from scheduler.delivery.worker import DeliveryParts, DeliveryWorker
from scheduler.jobs import ensure_schedules, jobs
from scheduler.lease import Leadership
from scheduler.pacing.shared_rate import SharedRate
from scheduler.timetable import Timetable
from storage.database import Clock, Store, alone
from storage.database.schema import upgrade
from storage.members import members
from storage.members.name_cache import NameCache

log = structlog.stdlib.get_logger()

STOP_S = 9.0
"""Seconds for background tasks to finish; Docker sends SIGKILL 10 s after SIGTERM by default."""
_HEALTH_NAMES = {"telegram": "messenger"}
"""Names of messengers in `/healthz` that differ from their own."""


async def run(
    settings: Settings,
    stop: asyncio.Event,
    *,
    roles: Roles = ALL,
    ready: Callable[[], None] = lambda: None,
) -> None:
    """Runs until `stop`, then finishes work in progress; `ready` is called once everything runs.

    Raises:
        KeyWrong, SealBroken, SchemaTooNew, SandboxAway, TokenRefused, PortTaken: it cannot start.
    """
    async with AsyncExitStack() as exit_stack:
        clock = await open_clock(settings)
        await _prepare_database(settings, clock)
        store = open_store(settings, clock, patient=False)
        exit_stack.push_async_callback(store.close)

        counters = UpdateCounters(version("niemtin"))
        workers = await exit_stack.enter_async_context(Pool(settings.workers).kept())
        reports = ChargeReports()
        channels = open_channels(
            settings, store, workers, exit_stack, partial(_take_report, counters, reports)
        )
        club = await _club_settings(settings, channels, store, stop)
        async with alone(store.engine):
            await ensure_schedules(store, club)
            await changed_settings.note(store, club)

        for messenger, rate_limiter in channels.pairs:
            await exit_stack.enter_async_context(
                SharedRate(store, messenger.name, rate_limiter).kept()
            )

        conversation = build_conversation(club)
        deliveries = _build_deliveries(settings, club, store, channels, reports)
        wake_deliveries = partial(_wake, deliveries)
        processor = UpdateProcessor(
            store,
            conversation,
            _build_router(conversation, workers, channels),
            FloodControl(settings.flood),
            workers,
            on_queued=wake_deliveries,
            meter=counters,
            settings=settings.intake,
        )
        leadership = Leadership(store, "timetable", settings.delivery.leadership)
        timetable = Timetable(
            jobs(store.under(leadership.check), club, settings.digest, settings.retention, workers),
            leadership,
            on_work=wake_deliveries,
        )
        agenda = Agenda(store)
        agenda.add(*timetable.entries, *(one for each in deliveries for one in each.entries))
        alarm_monitor = AlarmMonitor(
            store,
            club,
            {
                messenger.name: AlarmChannel(messenger, limiter)
                for messenger, limiter in channels.pairs
            },
            alarms(settings, club, store, channels, agenda=agenda, timetable=timetable),
            is_leader=leadership.is_leader,
        )
        background_tasks: list[Work] = [
            agenda.run,
            store.changes.run,
            store.kept(NameCache).run,
            KeyReloader(settings.key, store.vault).run,
            *channels.background_tasks,
            *_quota_monitors(club, store, channels, reports),
        ]
        if ProcessRole.WEB in roles:
            agenda.add(processor.entry)
            background_tasks.append(processor.run)
        if ProcessRole.DELIVERY in roles:
            background_tasks += [worker.run for worker in deliveries]
        if ProcessRole.TIMETABLE in roles:
            background_tasks += [partial(leadership.hold, work=timetable.run), alarm_monitor.run]
        if isinstance(clock, SandboxClock):
            background_tasks.append(partial(clock.follow, agenda.note_change))

        listeners = EventListeners(
            GrantedAccount(store).id,
            partial(_tell_of_revocation, store, club),
            partial(counters.webhook_event, MESSENGER),
        )
        if settings.web.port:
            own_timetable = timetable if ProcessRole.TIMETABLE in roles else None
            engines = Engines(
                deliveries if ProcessRole.DELIVERY in roles else (), own_timetable, workers, agenda
            )
            site = server.build(
                Health(
                    _health_checks(store, channels, deliveries, workers)
                    | {"clock": partial(health_checks.clock, agenda, own_timetable)},
                    {"workers": workers.state},
                ),
                webhooks(settings, channels, processor, clock, listeners)
                if ProcessRole.WEB in roles
                else {},
                channels.files,
                _verdict_pages(settings, club, store),
                Metrics(counters, engines, store, club) if settings.web.metrics else None,
                more_pages=_callback_pages(settings, club, store, roles),
            )
            await exit_stack.enter_async_context(server.serve(site, settings.web))
        if ProcessRole.WEB in roles:
            background_tasks += await start_receivers(settings, channels, processor, clock, stop)

        log.info("the bot is up", link=club.bot_link, roles=sorted(roles))
        ready()
        telegram = channels.telegram
        introduction = telegram.account.introduce(conversation) if telegram else None
        await _run_until_stopped(background_tasks, introduction, stop)
        log.info("the bot has stopped")


async def _prepare_database(settings: Settings, clock: Clock) -> None:
    """Migrates the database to this release, in one process at a time, without a time limit."""
    store = open_store(settings, clock)
    try:
        async with alone(store.engine):
            await upgrade(store.engine)
            async with store.read() as tx:
                await members.require_member(tx)
            await reindex.keep_current(store)
    finally:
        await store.close()


async def _tell_of_revocation(store: Store, club: ClubSettings, at: datetime) -> None:
    async with store.write() as tx:
        await alarm_messages.notify_permission_revoked(tx, club, at)


def _take_report(
    counters: UpdateCounters,
    reports: ChargeReports,
    to: Address,
    charge: Charge | None,
    remaining: int | None,
) -> None:
    counters.charged(to.messenger, charge.value if charge else "unknown")
    reports.report(to, charge, remaining)


def _quota_monitors(
    club: ClubSettings, store: Store, channels: Channels, reports: ChargeReports
) -> Sequence[Work]:
    channel = channels.zalo_oa
    if channel is None:
        return ()
    metering = club.metered[channel.account.messenger.name]
    return [QuotaMonitor(store, club, metering, reports, channel.account.remaining_quota).run]


async def _club_settings(
    settings: Settings, channels: Channels, store: Store, stop: asyncio.Event
) -> ClubSettings:
    """The club's settings, completed from other tables of the configuration and the accounts."""
    zalo, messengers = settings.zalo, channels.messengers
    return replace(
        settings.club,
        kept=settings.retention,
        batch_minutes=settings.flags.batch_minutes,
        bot_link=await telegram_link(channels, store, stop),
        oa_link=await official_account_link(channels, store),
        zalo_quota=zalo.monthly_quota if zalo.is_used else 0,
        zalo_users=zalo.max_users if zalo.is_used else 0,
        zalo_link=zalo.link if zalo.is_used else "",
        console_readers=settings.zalo_oa.console_readers,
        messengers=tuple(messenger.name for messenger in messengers),
        unchangeable=tuple(m.name for m in messengers if not m.limits.edits),
        metered=metering_of(settings.zalo_oa, settings.club.timezone),
    )


def _build_deliveries(
    settings: Settings,
    club: ClubSettings,
    store: Store,
    channels: Channels,
    reports: ChargeReports,
) -> Sequence[DeliveryWorker]:
    """One worker for each messenger account."""
    deliveries = []
    for messenger, rate_limiter in channels.pairs:
        leadership = Leadership(store, f"delivery:{messenger.name}", settings.delivery.leadership)
        metering = club.metered.get(messenger.name)
        metered = MeteredAccount(metering, reports) if metering else None
        parts = DeliveryParts(
            store=store,
            club=club,
            sender=Sender(
                store, messenger, rate_limiter, RetryPolicy(settings.delivery), metered=metered
            ),
            rate_limiter=rate_limiter,
            leadership=leadership,
            progress=ProgressUpdater(store.under(leadership.check), club, messenger, rate_limiter),
        )
        deliveries.append(DeliveryWorker(parts, settings.delivery))
    # The last delivery of an announcement may be on another messenger than its progress message.
    updaters = {worker.messenger: worker.progress for worker in deliveries}
    for updater in updaters.values():
        updater.peers = updaters
    return deliveries


def _wake(deliveries: Sequence[DeliveryWorker]) -> None:
    """Makes the workers look into the outbox at once."""
    for worker in deliveries:
        worker.nudge()


def _build_router(conversation: Conversation, workers: Pool, channels: Channels) -> ReplyRouter:
    media_tasks = MediaTasks(workers, channels.messengers)
    return ReplyRouter(
        {
            messenger.name: ReplySender(messenger, rate_limiter, conversation, media_tasks)
            for messenger, rate_limiter in channels.pairs
        }
    )


def _health_checks(
    store: Store,
    channels: Channels,
    deliveries: Sequence[DeliveryWorker],
    workers: Pool,
) -> dict[str, HealthCheck]:
    """Checks by the name of their part."""
    return {
        "database": partial(health_checks.database, store),
        "queue": partial(health_checks.queue, store, deliveries),
        "workers": partial(health_checks.workers, workers),
    } | {
        _HEALTH_NAMES.get(name, name): health_checks.MessengerCheck(who_am_i)
        for name, who_am_i in channels.who_am_i.items()
    }


def _callback_pages(
    settings: Settings, club: ClubSettings, store: Store, roles: Roles
) -> Mapping[str, Page]:
    """Where the Official Account's platform leads the browser of who granted access."""
    if not settings.zalo_oa.is_used or ProcessRole.WEB not in roles:
        return {}
    authorization = Authorization(store, OAuth(settings.zalo_oa))
    return {CALLBACK_PATH: CallbackPage(authorization, club).answer}


def _verdict_pages(settings: Settings, club: ClubSettings, store: Store) -> VerdictPages | None:
    """The public list of verdicts; None unless the club has enabled it."""
    return VerdictPages(store, club, settings.web.public_url) if settings.web.verdicts else None


async def _run_until_stopped(
    background_tasks: Sequence[Work],
    introduction: Coroutine[Any, Any, None] | None,
    stop: asyncio.Event,
) -> None:
    """Runs all tasks concurrently until `stop`; when one fails, all end and its error is raised."""
    async with asyncio.TaskGroup() as tasks:
        introducing = tasks.create_task(introduction) if introduction else None
        running = [tasks.create_task(work(stop)) for work in background_tasks]
        await stop.wait()
        if introducing:
            introducing.cancel()
        log.info("the bot is stopping")
        _, late = await asyncio.wait(running, timeout=STOP_S)
        for task in late:
            task.cancel()
