"""A running bot hears of a new key within a second: the key can be changed while the club goes on."""

import asyncio
from pathlib import Path

import structlog

from bot.config import key_file
from bot.config.key_file import KeySettings, KeyWrong
from scheduler.pacing.event_wait import wait_for
from storage.database.vault import Vault

LOOK_S = 1.0

log = structlog.stdlib.get_logger()


class KeyReloader:
    """Looks whether the key file was written anew, and gives what it holds to the vault."""

    def __init__(self, settings: KeySettings, vault: Vault) -> None:
        self._settings = settings
        self._vault = vault
        self._seen = _mark(settings.file)

    async def run(self, stop: asyncio.Event) -> None:
        """Looks until `stop`; a key from the environment cannot change under a running process."""
        while not stop.is_set():
            if not self._settings.value.get_secret_value():
                self.reload_if_changed()
            await wait_for(stop, LOOK_S)

    def reload_if_changed(self) -> None:
        """Takes over what is new; a file that is of no use changes nothing."""
        mark = _mark(self._settings.file)
        if mark is None or mark == self._seen:
            return
        self._seen = mark
        try:
            ring = key_file.load(self._settings)
        except KeyWrong as wrong:
            log.error("the key file has changed and cannot be used", flaw=wrong.flaw.value)  # noqa: TRY400
            return
        self._vault.hold(*ring.keys, links=ring.links)
        log.warning("the key file has changed", keys=len(ring.keys))


def _mark(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
