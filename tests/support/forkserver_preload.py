"""Imported by the fork server before any bot starts; see `tests/support/bot_process.py`."""

import gc

gc.disable()  # Nothing that is imported here is ever freed.

import bot.app  # noqa: F401
import tests.support.bot_process  # noqa: F401
from handlers.conversation.i18n import bundle
from handlers.conversation.settings import LANGUAGES

for language in LANGUAGES:
    bundle(language)
gc.freeze()
gc.enable()
