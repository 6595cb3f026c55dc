"""Receiving updates: by webhook where the bot has a public address, otherwise by polling."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import structlog

from bot.channels import Channels
from bot.config.process_roles import Work
from bot.config.settings import ConfigWrong, Settings
from bot.intake.poll_loop import retry_until_reachable
from bot.intake.processor import UpdateProcessor
from bot.telegram import updates
from bot.telegram.account import Account
from bot.web import server, webhook
from bot.web.webhook import Webhook
from bot.zalo import updates as zalo_updates
from bot.zalo.channel import ZaloChannel
from bot.zalo_oa import event_webhook
from bot.zalo_oa.event_webhook import EventWebhook
from handlers.messages import Refused, TokenRefused
from storage.database import Clock

_SET_UP_S = 15.0
"""Seconds that the start of a bot on several messengers waits for all of them."""

log = structlog.stdlib.get_logger()


async def start_receivers(
    settings: Settings,
    channels: Channels,
    processor: UpdateProcessor,
    clock: Clock,
    stop: asyncio.Event,
) -> list[Work]:
    """Sets up webhook or polling on every messenger; returns the background tasks that this needs.

    A messenger that cannot be reached does not hold up the others: it is set up in the background.

    Raises:
        ConfigWrong: a messenger refuses the webhook, or Zalo the token.
        TokenRefused: Telegram does not accept the token.
    """
    starts: list[Coroutine[Any, Any, list[Work]]] = []
    if channels.telegram is not None:
        account = channels.telegram.account
        starts.append(_start_telegram_receiver(settings, account, processor, clock, stop))
    if channels.zalo is not None:
        starts.append(_start_zalo_receiver(settings, channels.zalo, processor, stop))
    if channels.zalo_oa is not None:
        _note_event_webhook(settings)
    if len(starts) == 1:
        return await starts[0]
    if not starts:
        return []
    tasks = [asyncio.create_task(start) for start in starts]
    done, late = await asyncio.wait(tasks, timeout=_SET_UP_S, return_when=asyncio.FIRST_EXCEPTION)
    try:
        started = [work for task in done for work in task.result()]
    except BaseException:
        for task in late:
            task.cancel()
        raise
    return [*started, *(partial(_receive_once_set_up, task) for task in late)]


async def _receive_once_set_up(starting: "asyncio.Task[list[Work]]", stop: asyncio.Event) -> None:
    """Receives from a messenger that could not be reached at the start of the bot."""
    try:
        works = await starting
    except (ConfigWrong, TokenRefused) as error:
        # The other messengers go on; an alarm tells officers of a token that is refused.
        log.exception("updates are not received", kind=type(error).__name__)
        return
    async with asyncio.TaskGroup() as tasks:
        for work in works:
            tasks.create_task(work(stop))


async def _start_telegram_receiver(
    settings: Settings,
    account: Account,
    processor: UpdateProcessor,
    clock: Clock,
    stop: asyncio.Event,
) -> list[Work]:
    if url := settings.web.address_of(webhook.TELEGRAM_PATH):
        with _webhook_accepted("Telegram"):
            await retry_until_reachable(partial(account.receive_by_webhook, url), stop)
        return []
    await retry_until_reachable(account.receive_by_polling, stop)
    return [account.polling(processor.receive, clock).run]


async def _start_zalo_receiver(
    settings: Settings, zalo: ZaloChannel, processor: UpdateProcessor, stop: asyncio.Event
) -> list[Work]:
    try:
        if url := settings.web.address_of(webhook.ZALO_PATH):
            with _webhook_accepted("Zalo"):
                await retry_until_reachable(partial(zalo.account.receive_by_webhook, url), stop)
            return []
        await retry_until_reachable(zalo.account.receive_by_polling, stop)
    except TokenRefused:
        fix = "Zalo does not accept it; set NIEMTIN_ZALO_TOKEN to the one of Zalo Bot Manager"
        raise ConfigWrong(f"zalo.token: {fix}") from None
    return [zalo.account.polling(processor.receive).run]


def _note_event_webhook(settings: Settings) -> None:
    """Says which address belongs into the console of the Official Account: no call can set it."""
    if not settings.zalo_oa.console_readers:
        log.warning("set zalo_oa.console_readers: who administers the Official Account")
    if not settings.zalo_oa.webhook_key.get_secret_value():
        log.warning("the Official Account brings no updates: set NIEMTIN_ZALO_OA_SECRET")
    elif url := settings.web.address_of(event_webhook.PATH):
        log.info("webhook of the Official Account, to be set in the app's console", url=url)
    elif not settings.telegram.sandbox:
        log.warning("the Official Account brings no updates: set web.public_url")


@contextmanager
def _webhook_accepted(messenger: str) -> Iterator[None]:
    try:
        yield
    except Refused as refused:
        fix = f"{messenger} refuses it as the address of a webhook ({refused})"
        raise ConfigWrong(f"web.public_url: {fix}") from None


@dataclass(frozen=True)
class EventListeners:
    """What the events of the Official Account's webhook lead to, beside updates."""

    account_id: Callable[[], Awaitable[str]]
    """The id of the club's account; empty while it is not known."""
    on_revoked: Callable[[datetime], Awaitable[None]]
    count: Callable[[str], None]
    """Gets the outcome of each request."""


def webhooks(
    settings: Settings,
    channels: Channels,
    processor: UpdateProcessor,
    clock: Clock,
    listeners: EventListeners,
) -> dict[str, server.Webhook]:
    """The webhook handlers by path; without a public URL only that of the Official Account.

    It cannot be polled, and in the sandbox a local address is enough.
    """
    found: dict[str, server.Webhook] = {}
    if channels.zalo_oa is not None and settings.zalo_oa.webhook_key.get_secret_value():
        found[event_webhook.PATH] = EventWebhook(
            settings.zalo_oa.app_id,
            settings.zalo_oa.webhook_key,
            channels.zalo_oa.payloads,
            processor.receive,
            clock=clock,
            repeats_known_for=settings.retention.inbox_keys,
            account_id=listeners.account_id,
            on_revoked=listeners.on_revoked,
            count=listeners.count,
        )
    if not settings.web.public_url:
        return found
    if settings.telegram.is_used:
        found[webhook.TELEGRAM_PATH] = Webhook(
            webhook.TELEGRAM_HEADER,
            settings.telegram.webhook_secret,
            partial(updates.read, clock=clock),
            processor.receive,
        )
    if settings.zalo.is_used:
        found[webhook.ZALO_PATH] = Webhook(
            webhook.ZALO_HEADER, settings.zalo.webhook_secret, zalo_updates.read, processor.receive
        )
    return found
