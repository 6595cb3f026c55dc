"""Opens the clock and the database of a club.

Apart from `bot.app`, so that a command without a messenger does not import one's library.
"""

from pathlib import Path

from bot.config import key_file
from bot.config.settings import Settings
from bot.store.sandbox_clock import SandboxClock
from storage.database import Clock, RandomIds, Store, SystemClock, open_engine


async def open_clock(settings: Settings) -> Clock:
    """The sandbox's clock where there is one, otherwise the system clock."""
    if not settings.telegram.sandbox:
        return SystemClock()
    clock = SandboxClock(settings.telegram.api_url)
    await clock.read()
    return clock


def open_store(settings: Settings, clock: Clock, *, patient: bool = True) -> Store:
    """The club's database; the folder of an SQLite file is created when it is missing.

    `patient` is as for `open_engine`.
    """
    vault = key_file.load(settings.key).vault()
    engine = open_engine(settings.database, patient=patient)
    if engine.dialect.name == "sqlite" and engine.url.database:
        Path(engine.url.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Store(engine, vault, clock, RandomIds(), batches=settings.flags)
