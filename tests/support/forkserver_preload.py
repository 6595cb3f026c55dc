"""Imported by the fork server before any bot starts; see `tests/support/bot_process.py`."""

import gc

gc.disable()  # Nothing that is imported here is ever freed.

import bot.app  # noqa: F401
import tests.support.bot_process  # noqa: F401
from aiogram.methods import Response
from aiogram.types import Message, Update
from handlers.conversation.i18n import bundle
from handlers.conversation.settings import LANGUAGES

for language in LANGUAGES:
    bundle(language)
# Built on first use (`bot/telegram/deferred.py`), which takes each bot 0.15 s of processor time.
for parsed in (Update, Message, Response[Message]):
    parsed.model_rebuild()
gc.freeze()
gc.enable()
