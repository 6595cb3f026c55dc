"""Receiving updates: by webhook where the bot has a public address, otherwise by polling."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from bot.config.process_roles import Work
from bot.config.settings import ConfigWrong, Settings
from bot.intake.poll_loop import retry_until_reachable
from bot.intake.processor import UpdateProcessor
from bot.telegram import updates
from bot.telegram.account import Account
from bot.web import webhook
from bot.web.webhook import Webhook
from bot.zalo import updates as zalo_updates
from bot.zalo.channel import ZaloChannel
from handlers.messages import Refused, TokenRefused
from storage.database import Clock


async def start_telegram_receiver(
    settings: Settings,
    account: Account,
    processor: UpdateProcessor,
    clock: Clock,
    stop: asyncio.Event,
) -> list[Work]:
    """Sets up webhook or polling on Telegram; returns the background tasks that this needs.

    Raises:
        ConfigWrong: Telegram refuses the webhook.
        TokenRefused: Telegram does not accept the token.
    """
    if url := settings.web.address_of(webhook.TELEGRAM_PATH):
        with _webhook_accepted("Telegram"):
            await retry_until_reachable(partial(account.receive_by_webhook, url), stop)
        return []
    await retry_until_reachable(account.receive_by_polling, stop)
    return [account.polling(processor.receive, clock).run]


async def start_zalo_receiver(
    settings: Settings, zalo: ZaloChannel, processor: UpdateProcessor, stop: asyncio.Event
) -> list[Work]:
    """Sets up webhook or polling on Zalo; returns the background tasks that this needs.

    Raises:
        ConfigWrong: Zalo refuses the webhook or the token.
    """
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


@contextmanager
def _webhook_accepted(messenger: str) -> Iterator[None]:
    try:
        yield
    except Refused as refused:
        fix = f"{messenger} refuses it as the address of a webhook ({refused})"
        raise ConfigWrong(f"web.public_url: {fix}") from None


def webhooks(settings: Settings, processor: UpdateProcessor, clock: Clock) -> dict[str, Webhook]:
    """The webhook handlers by path; none without a public URL."""
    if not settings.web.public_url:
        return {}
    telegram = Webhook(
        webhook.TELEGRAM_HEADER,
        settings.telegram.webhook_secret,
        partial(updates.read, clock=clock),
        processor.receive,
    )
    if not settings.zalo.is_used:
        return {webhook.TELEGRAM_PATH: telegram}
    return {
        webhook.TELEGRAM_PATH: telegram,
        webhook.ZALO_PATH: Webhook(
            webhook.ZALO_HEADER, settings.zalo.webhook_secret, zalo_updates.read, processor.receive
        ),
    }
