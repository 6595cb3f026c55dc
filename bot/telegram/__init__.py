"""Telegram's Bot API, spoken by aiogram."""

from bot.telegram.deferred import import_aiogram

import_aiogram()
