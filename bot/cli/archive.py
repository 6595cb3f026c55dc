"""`export`, `backup` and `audit` on the command line."""

import asyncio
import os
from pathlib import Path
from typing import Annotated

import typer

from bot.backup import audit_log, backup, export, restore
from bot.cli.options import CONFIG, ConfigPath
from bot.config.settings import Settings, load

archive = typer.Typer()
audit = typer.Typer(help="The log of what officers do.", no_args_is_help=True)
archive.add_typer(audit, name="audit")


@archive.command("export")
def export_lines(config: ConfigPath = CONFIG) -> None:
    """Prints announcements, totals and verdicts as JSON lines, without data of members."""
    asyncio.run(_print(load(config, os.environ)))


@archive.command("backup")
def back_up(
    target: Annotated[Path, typer.Argument(help="The file to write; nothing is replaced.")],
    config: ConfigPath = CONFIG,
) -> None:
    """Copies the database of a running club, and verifies the copy by restoring it."""
    kept = asyncio.run(backup.back_up(load(config, os.environ), target))
    typer.echo(
        f"Written: {kept.file} ({kept.rows} rows). Restored in a temporary place: all there,"
    )
    typer.echo(f"the key opens it, and the log is whole up to entry {kept.log_entries}.")
    typer.echo("The key is not in it: keep a copy of the key somewhere else.")


@archive.command("restore")
def bring_back(
    source: Annotated[
        Path | None, typer.Argument(help="What `backup` wrote; nothing after pg_restore.")
    ] = None,
    config: ConfigPath = CONFIG,
) -> None:
    """Restores a backup while the bot is stopped; nothing is sent a second time."""
    done = asyncio.run(restore.restore(load(config, os.environ), source))
    typer.echo(f"The club is back: {done.place}.")
    typer.echo(
        f"Announcements paused, since copies may have arrived: {done.held_back.paused}. "
        f"Scheduled ones that are drafts again: {done.held_back.reopened}."
    )
    typer.echo("Before `niemtin run`, read “After a restore” in docs/operations.md.")


@audit.command("head")
def head(config: ConfigPath = CONFIG) -> None:
    """Prints number and hash link of the newest entry. Store it apart from the database."""
    typer.echo(asyncio.run(audit_log.head(load(config, os.environ))))


@audit.command("verify")
def verify(
    known: Annotated[
        str, typer.Option("--head", help="What `audit head` printed: a file, or the link's digits.")
    ] = "",
    config: ConfigPath = CONFIG,
) -> None:
    """Checks whether an entry was changed, deleted, moved, or (with --head) cut off the end."""
    settings = load(config, os.environ)
    typer.echo(
        asyncio.run(audit_log.verify(settings, audit_log.read_head(known) if known else None))
    )


async def _print(settings: Settings) -> None:
    async for line in export.lines(settings):
        typer.echo(line)
