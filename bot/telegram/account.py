"""The bot's account on Telegram: identity, profile, polling and webhook."""

import structlog
from aiogram import Bot
from aiogram.types import User, WebhookInfo
from aiogram.utils.token import TokenValidationError

from bot.intake.poll_loop import Receive
from bot.telegram.errors import translate
from bot.telegram.messenger import TelegramMessenger
from bot.telegram.polling import Polling
from bot.telegram.session import Session
from bot.telegram.settings import TelegramSettings
from bot.telegram.updates import WANTED
from handlers.conversation import LANGUAGES
from handlers.conversation.dispatcher import Conversation
from handlers.joining.bot_profile import Introduction, introduction
from handlers.messages import MessengerError, TokenRefused
from storage.database import Clock

log = structlog.stdlib.get_logger()

EVERYBODY_ELSE = ""
"""The language code of apps in a language that the bot does not support."""


class Account:
    """One bot on Telegram. Every call may raise `MessengerError`.

    Raises:
        TokenRefused: the token does not have the format of Telegram's tokens.
    """

    def __init__(self, settings: TelegramSettings) -> None:
        self._settings = settings
        try:
            token = settings.token.get_secret_value()
            session = Session(settings)
            self._bot = Bot(token, session=session)
        except TokenValidationError:
            raise TokenRefused("the token does not look like one of Telegram's") from None
        self.messenger = TelegramMessenger(self._bot, session)

    async def close(self) -> None:
        """Closes the connections."""
        await self._bot.session.close()

    async def who_am_i(self) -> User:
        """The account behind the token."""
        with translate():
            return await self._bot.get_me()

    async def link(self) -> str:
        """The address that opens a chat with the bot."""
        return f"https://t.me/{(await self.who_am_i()).username}"

    def polling(self, receive: Receive, clock: Clock) -> Polling:
        """A poll loop that passes updates to `receive`."""
        return Polling(self._bot, receive, clock, self._settings.poll_timeout_s)

    async def receive_by_polling(self) -> None:
        """Deletes the webhook, since Telegram refuses polling beside it; keeps pending updates."""
        with translate():
            await self._bot.delete_webhook(drop_pending_updates=False)

    async def receive_by_webhook(self, url: str) -> None:
        """Sets `url` as the webhook, with the secret in its header (`setWebhook`)."""
        secret = self._settings.webhook_secret.get_secret_value()
        with translate():
            await self._bot.set_webhook(url, secret_token=secret, allowed_updates=list(WANTED))

    async def webhook(self) -> WebhookInfo:
        """The state of the webhook (`getWebhookInfo`); an empty `url` means polling."""
        with translate():
            return await self._bot.get_webhook_info()

    async def introduce(self, conversation: Conversation) -> None:
        """Sets name, descriptions and the command menu of non-members, in every language.

        What Telegram refuses is logged and left unchanged: the bot works without it.
        """
        for language in (*LANGUAGES, EVERYBODY_ELSE):
            spoken = language or LANGUAGES[0]
            entries = conversation.menu(None, spoken)
            try:
                await self.messenger.set_menu(None, entries, language)
                await self._describe(introduction(conversation.club, spoken), language)
            except MessengerError as error:
                log.warning("the account is not described", kind=type(error).__name__)

    async def _describe(self, words: Introduction, language: str) -> None:
        """Sends only what changed: Telegram limits renaming to a few times a day."""
        bot, code = self._bot, language or None
        with translate():
            if (await bot.get_my_name(code)).name != words.name:
                await bot.set_my_name(words.name, code)
            if (await bot.get_my_description(code)).description != words.description:
                await bot.set_my_description(words.description, code)
            if (await bot.get_my_short_description(code)).short_description != words.about:
                await bot.set_my_short_description(words.about, code)
