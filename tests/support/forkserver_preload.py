"""Read in by the process that every bot of a test is a copy of: what each would first do for itself."""

import gc

gc.disable()  # Nothing of what is read in is rubbish, and looking for some takes seconds.

import bot.app  # noqa: F401
import tests.support.bot_process  # noqa: F401
from handlers.conversation.i18n import bundle
from handlers.conversation.settings import LANGUAGES

for language in LANGUAGES:
    bundle(language)
gc.freeze()
gc.enable()
