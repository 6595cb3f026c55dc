"""Reloads the key file within a second, so that the key can be rotated while the bot runs."""

import asyncio
from pathlib import Path

import structlog

from bot.config import key_file
from bot.config.key_file import KeySettings, KeyWrong
from storage.database import Vault
from storage.database.event_wait import wait_for

POLL_EVERY_S = 1.0

log = structlog.stdlib.get_logger()


class KeyReloader:
    """Reloads the keys into the vault when the key file has changed."""

    def __init__(self, settings: KeySettings, vault: Vault) -> None:
        self._settings = settings
        self._vault = vault
        self._seen = _fingerprint(settings.file)

    async def run(self, stop: asyncio.Event) -> None:
        """Polls the file until `stop`; a key from the environment cannot change."""
        while not stop.is_set():
            if not self._settings.value.get_secret_value():
                self.reload_if_changed()
            await wait_for(stop, POLL_EVERY_S)

    def reload_if_changed(self) -> None:
        """Reloads a changed file; an invalid one changes nothing."""
        fingerprint = _fingerprint(self._settings.file)
        if fingerprint is None or fingerprint == self._seen:
            return
        self._seen = fingerprint
        try:
            ring = key_file.load(self._settings)
        except KeyWrong as wrong:
            log.error("key file changed but invalid, keeping the old keys", flaw=wrong.flaw.value)  # noqa: TRY400
            return
        self._vault.hold(*ring.keys, links=ring.links)
        log.warning("key file reloaded", keys=len(ring.keys))


def _fingerprint(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
