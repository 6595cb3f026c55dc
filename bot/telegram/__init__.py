"""The adapter for Telegram's Bot API, built on aiogram."""

from bot.telegram.deferred import import_aiogram

import_aiogram()
