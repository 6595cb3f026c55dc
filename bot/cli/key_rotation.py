"""`key new`, `key rotate`, `key drop`: key rotation while the bot runs."""

import asyncio
import os
import time
from collections.abc import Callable

import typer

from bot.backup.open_existing import existing
from bot.cli.options import CONFIG, ConfigPath
from bot.config import key_file
from bot.config.key_file import KeySettings
from bot.config.settings import Settings, load
from bot.store.key_reload import POLL_EVERY_S
from storage import audit_log
from storage.maintenance import key_rotation
from storage.members import invites

_RELOADED_AFTER_S = 5 * POLL_EVERY_S
"""Seconds after which every running process has reloaded the key file."""

rotation = typer.Typer(help="Another key that seals, for a running club.", no_args_is_help=True)


class RotationError(Exception):
    """The command failed; the text is one sentence that says why and what to do."""


@rotation.command("new")
def new(config: ConfigPath = CONFIG) -> None:
    """Adds a new key before the present one. A running bot loads it within a second."""
    settings = load(config, os.environ)
    add(settings.key)
    typer.echo(f"Written: a new key before the old one in {settings.key.file}; keep a copy of it.")
    typer.echo("Where the bot runs on other machines too, put the same file there.")
    typer.echo("Next: `niemtin key rotate`.")


@rotation.command("rotate")
def rotate(config: ConfigPath = CONFIG) -> None:
    """Encrypts everything under the newest key, while the bot runs; can be repeated."""
    asyncio.run(reseal(load(config, os.environ)))
    typer.echo("Everything stands under the new key. Next: `niemtin key drop`.")


@rotation.command("drop")
def drop(config: ConfigPath = CONFIG) -> None:
    """Removes the older keys, once nothing is encrypted with them."""
    settings = load(config, os.environ)
    ended = asyncio.run(forget_older(settings))
    typer.echo(f"Written: {settings.key.file} holds one key. Invites that ended with it: {ended}.")
    typer.echo("Backups from before still need the old key: keep it with them, or delete both.")


def add(settings: KeySettings) -> None:
    """Writes a new key before the others.

    Raises:
        RotationError: a rotation is in progress, or the key is not in a file.
        KeyWrong: the present key cannot be used.
    """
    _must_be_a_file(settings)
    ring = key_file.load(settings)
    if len(ring.keys) > 1:
        raise RotationError(
            "A new key is there already: finish with `niemtin key rotate` and `niemtin key drop`."
        )
    key_file.replace_file(settings.file, ring.with_new())


async def reseal(settings: Settings, wall: Callable[[], float] = time.time) -> None:
    """Waits until every running process has the new key, then encrypts everything with it.

    Raises:
        RotationError: there is no new key, or a value cannot be decrypted with any key.
        ArchiveError: there is no database of a club.
    """
    if len(key_file.load(settings.key).keys) == 1:
        raise RotationError("There is only one key: `niemtin key new` makes another one first.")
    if not settings.key.value.get_secret_value():
        await asyncio.sleep(
            max(0.0, settings.key.file.stat().st_mtime + _RELOADED_AFTER_S - wall())
        )
    async with existing(settings) as store:
        if left := await key_rotation.rekey(store):
            raise RotationError(
                f"{left} values stand under another key still. If the bot runs anywhere with the "
                "old key only, give it the new one; then `niemtin key rotate` again."
            )


async def forget_older(settings: Settings) -> int:
    """Removes all keys but the newest; returns how many open invites that revokes.

    Raises:
        RotationError: some values still need the older keys.
        ArchiveError: there is no database of a club.
    """
    _must_be_a_file(settings.key)
    ring = key_file.load(settings.key)
    if len(ring.keys) == 1:
        raise RotationError("There is only one key: nothing is to be dropped.")
    async with existing(settings) as store, store.write() as tx:
        closed_at = await audit_log.key_changed_at(tx)
        if closed_at is None or await key_rotation.count_remaining(tx):
            raise RotationError(
                "Something stands under the old key still: `niemtin key rotate` first."
            )
        ended = await invites.revoke_older(tx, closed_at)
    key_file.replace_file(settings.key.file, ring.with_newest_only())
    return ended


def _must_be_a_file(settings: KeySettings) -> None:
    if settings.value.get_secret_value():
        raise RotationError(
            "The key comes from NIEMTIN_KEY: write it into the file that key.file names, unset "
            "NIEMTIN_KEY, restart the bot, and begin again."
        )
