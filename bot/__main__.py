"""The command line `niemtin`, or `python -m bot`. Errors are printed as sentences.

Modules that import a messenger's library are imported by the commands that need them: its types
take seconds to build, and most commands call no messenger.
"""

import asyncio
import gc
import os
import signal
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated, NoReturn

import structlog
import typer
from asyncpg import (  # type: ignore[import-untyped]
    InsufficientPrivilegeError,
    InvalidAuthorizationSpecificationError,
    InvalidCatalogNameError,
    PostgresError,
)
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.backup import to_postgresql
from bot.backup.open_existing import ArchiveError
from bot.cli import init_config, init_prompts
from bot.cli.archive import archive
from bot.cli.key_rotation import RotationError, rotation
from bot.cli.oa_authorize import official_account
from bot.cli.options import CONFIG, ConfigPath, Language, speech
from bot.cli.recognise import NotALine, recognition
from bot.config import log_setup
from bot.config.key_file import KeyWrong
from bot.config.process_roles import ALL, ProcessRole, Roles, only
from bot.config.settings import ConfigWrong, Settings, load, must_have_messenger
from bot.sandbox.serve import DEFAULT_PORT, serve
from bot.sandbox.state import SandboxSettings
from bot.sandbox.transport import ApiError
from bot.sandbox.updates.webhook_delivery import read_url
from bot.store.sandbox_clock import SandboxAway
from bot.web.server import PortTaken
from handlers.conversation import Speech
from handlers.messages import MessengerError, TokenRefused
from handlers.mydata import policy_document
from storage.database import SealBroken, open_engine
from storage.database.schema import SchemaTooNew, upgrade
from storage.privacy.retention_policy import RetentionSettings

log = structlog.stdlib.get_logger()

WRONG_CONFIG = 2
FAILED = 1

_WRONG = (ConfigWrong, KeyWrong, PortTaken)
"""Errors whose text is printed as it is: it says what to do."""
_PERMANENT_ERRORS = (
    *_WRONG,
    TokenRefused,
    SealBroken,
    SchemaTooNew,
    PermissionError,
    NotADirectoryError,
    InvalidAuthorizationSpecificationError,
    InvalidCatalogNameError,
    InsufficientPrivilegeError,
)
"""Errors that a restart does not resolve: an operator has to act first."""
_FILE_IS_WRONG = frozenset(
    {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM}
)
_PRIMARY = 0xFF
"""Bits of the primary code in SQLite's extended codes: https://sqlite.org/rescode.html"""

_SENTENCES: dict[type[Exception], str] = {
    SealBroken: "This key does not open this database: bring back the club's own key file.",
    SchemaTooNew: "The database was written by a newer release of this bot: install that one.",
    SandboxAway: "No sandbox answers at telegram.api_url: start it with `niemtin sandbox`.",
    TokenRefused: "Telegram does not accept the token: set NIEMTIN_TELEGRAM_TOKEN to the one "
    "that @BotFather gave you.",
    MessengerError: "Telegram cannot be reached: look at the network, then try again.",
    init_config.NoExample: "config.example.toml was not found: get it from the project's repository.",
    PermissionError: "A file or folder of the club cannot be read or written: look at whose it is.",
    OSError: "The database cannot be reached: look at database.url.",
    SQLAlchemyError: "The database cannot be used: look at database.url, the disk and permissions.",
    PostgresError: "The database does not let the bot in: look at database.url.",
}

cli = typer.Typer(
    help="The chat bot of a club that helps its province get correct official information.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
officer = typer.Typer(help="Officers of the club.", no_args_is_help=True)
cli.add_typer(officer, name="officer")
cli.add_typer(archive)
cli.add_typer(rotation, name="key")
cli.add_typer(recognition)
cli.add_typer(official_account, name="oa")

Port = Annotated[int, typer.Option(help="The port of the sandbox and its page.", max=65_535)]


@cli.command()
def run(
    config: ConfigPath = CONFIG,
    *,
    role: Annotated[
        ProcessRole | None,
        typer.Option(help="Only this part of the work, beside other processes; else everything."),
    ] = None,
    port: Annotated[
        int | None, typer.Option(help="Listen here instead of at web.port.", max=65_535)
    ] = None,
) -> None:
    """Runs the bot until Ctrl-C or SIGTERM."""
    settings = load(config, os.environ)
    must_have_messenger(settings)
    if port is not None:
        settings = replace(settings, web=replace(settings.web, port=port))
    roles = only(role, settings) if role else ALL
    log_setup.set_up(settings.log)
    asyncio.run(_until_stopped(settings, roles))


@cli.command()
def demo(
    port: Port = DEFAULT_PORT,
    *,
    seed: Annotated[bool, typer.Option(help="Begin with a club that has some history.")] = True,
) -> None:
    """Runs a demo: sandbox, bot and a small club on this machine; no token, no network."""
    log_setup.set_up(log_setup.LogSettings(level=log_setup.LogLevel.WARNING))
    asyncio.run(_play_demo(port, seed=seed))


def _on_this_machine(url: str) -> str:
    try:
        return url and read_url(url)
    except ApiError as refusal:
        raise typer.BadParameter(refusal.description) from None


@cli.command()
def sandbox(
    port: Port = DEFAULT_PORT,
    *,
    oa_webhook: Annotated[
        str,
        typer.Option(
            help="Where events of the Official Account go, as entered in Zalo's console.",
            callback=_on_this_machine,
        ),
    ] = "",
) -> None:
    """Runs a local stand-in for Telegram and Zalo, with a page to chat in."""
    asyncio.run(_serve_sandbox(port, SandboxSettings(oa_webhook_url=oa_webhook)))


@cli.command()
def init(
    config: ConfigPath = CONFIG,
    *,
    name: Annotated[str, typer.Option(help="What the club is called.")] = "",
    operator: Annotated[str, typer.Option(help="The body that answers for it.")] = "",
    contact: Annotated[str, typer.Option(help="Where people can ask or complain.")] = "",
    issuers: Annotated[str, typer.Option(help="Who issues announcements, with ; between.")] = "",
    areas: Annotated[str, typer.Option(help="The province's areas, with ; between.")] = "",
    timezone: Annotated[str, typer.Option(help="The club's time zone.")] = "",
) -> None:
    """Asks for the settings of a new club and writes config.toml and the key. Overwrites no file.

    With --name, --operator and --contact it asks nothing; set the token in the environment.
    """
    init_config.must_be_free(config)
    key = init_config.write(
        config,
        init_prompts.hold(init_prompts.Given(name, operator, contact, issuers, areas, timezone)),
    )
    load(config, {})
    typer.echo(f"\nWritten: {config}\nWritten: {key} – keep a copy of it apart from the database.")
    typer.echo("Next: `niemtin officer add`, then `niemtin doctor`, then `niemtin run`.")


@cli.command()
def migrate(
    config: ConfigPath = CONFIG,
    *,
    to: Annotated[
        str, typer.Option(help="Move the club to this empty PostgreSQL database: postgresql://…")
    ] = "",
) -> None:
    """Migrates the database to this release, or (with --to) a stopped club to PostgreSQL."""
    settings = load(config, os.environ)
    if to:
        to_postgresql.tell(settings, asyncio.run(to_postgresql.move(settings, to)), typer.echo)
        return
    asyncio.run(_migrate(settings))
    typer.echo("The database has the schema of this release.")


@cli.command("doctor")
def examine(
    config: ConfigPath = CONFIG,
    lang: Annotated[
        Language | None, typer.Option(help="The language to speak; else that of LANG.")
    ] = None,
) -> None:
    """Checks configuration, key, database, disk, clock, token and webhook; says what to do."""
    say = speech(lang)
    try:
        settings = load(config, os.environ)
    except ConfigWrong as wrong:
        typer.echo(f"✗ {say.plain('doctor-part-config')}: {wrong}")
        raise typer.Exit(WRONG_CONFIG) from None
    if not asyncio.run(_examine(settings, config, say)):
        raise typer.Exit(FAILED)


@cli.command()
def privacy(
    config: Annotated[Path | None, typer.Option("--config", help="Whose times to tell.")] = None,
) -> None:
    """Prints which personal data is kept, why and how long, table by table: PRIVACY.md."""
    kept = load(config, os.environ).retention if config else RetentionSettings()
    typer.echo(policy_document.document(kept), nl=False)


@officer.command("add")
def add_officer(config: ConfigPath = CONFIG) -> None:
    """Creates an invite for an owner: one use, valid for 24 hours."""
    from bot.cli import owner_invite  # noqa: PLC0415

    settings = load(config, os.environ)
    invite = asyncio.run(owner_invite.invite_owner(settings))
    until = invite.valid_until.astimezone(settings.club.timezone)
    if invite.link:
        typer.echo(f"{invite.qr()}\nLink: {invite.link}")
    how = (
        "send it to the bot, or open the link on the phone" if invite.link else "send it to the bot"
    )
    typer.echo(f"Code: {invite.code}  ({how})")
    typer.echo(f"For one owner, until {until:%H:%M %d/%m/%Y}. It cannot be shown again.")


async def _until_stopped(settings: Settings, roles: Roles) -> None:
    from bot import app  # noqa: PLC0415

    async with _stopping() as stop:
        await app.run(settings, stop, roles=roles, ready=_freeze_gc)


def _freeze_gc() -> None:
    """Excludes all objects so far from garbage collection, so that a full one stays short."""
    gc.collect()
    gc.freeze()


async def _play_demo(port: int, *, seed: bool) -> None:
    from bot.demo import runner  # noqa: PLC0415

    async with _stopping() as stop:
        try:
            await runner.run(port, stop, typer.echo, seed=seed)
        except OSError:
            raise PortTaken(_taken(port)) from None


async def _serve_sandbox(port: int, settings: SandboxSettings) -> None:
    oa = settings.oa
    try:
        async with _stopping() as stop, serve(settings, port=port) as address:
            typer.echo(f"The sandbox is at {address.url}")
            typer.echo(f"Its bot's token: {settings.token}")
            typer.echo(f"Its Official Account's app: {oa.app_id}, secret key {oa.app_secret},")
            typer.echo(f"OA secret key {oa.oa_secret}\nCtrl-C stops it.")
            await stop.wait()
    except OSError:
        raise PortTaken(_taken(port)) from None


def _taken(port: int) -> str:
    return f"Port {port} is taken by another program: choose another one with --port."


async def _migrate(settings: Settings) -> None:
    engine = open_engine(settings.database)
    try:
        await upgrade(engine)
    finally:
        await engine.dispose()


async def _examine(settings: Settings, path: Path, say: Speech) -> bool:
    from bot.cli import doctor  # noqa: PLC0415

    found = doctor.config(path)
    is_well = found.problem is None
    typer.echo(found.line(say))
    async for finding in doctor.examine(settings):
        is_well = is_well and finding.problem is None
        typer.echo(finding.line(say))
    return is_well


@asynccontextmanager
async def _stopping() -> AsyncIterator[asyncio.Event]:
    """An event that Ctrl-C and SIGTERM set."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    yield stop


def _fail(sentence: str, code: int = FAILED) -> NoReturn:
    typer.echo(sentence, err=True)
    raise SystemExit(code)


def main(arguments: Sequence[str] | None = None) -> None:
    """The console script; `arguments` default to those of this process."""
    log_setup.set_up(log_setup.LogSettings())
    try:
        cli(arguments)
    except Exception as error:  # noqa: BLE001 - the last place that can turn it into a sentence
        cause = _first(error)
        _fail(_sentence(cause), WRONG_CONFIG if _is_wrong_config(cause) else FAILED)


def _is_wrong_config(error: BaseException) -> bool:
    """Whether a restart without a change would fail in the same way."""
    code = getattr(error.orig if isinstance(error, DBAPIError) else None, "sqlite_errorcode", 0)
    return isinstance(error, _PERMANENT_ERRORS) or code & _PRIMARY in _FILE_IS_WRONG


def _first(error: BaseException) -> BaseException:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def _sentence(error: BaseException) -> str:
    if isinstance(
        error, (*_WRONG, init_config.AlreadyThere, ArchiveError, NotALine, RotationError)
    ):
        return str(error)
    for kind, sentence in _SENTENCES.items():
        if isinstance(error, kind):
            return sentence
    log.critical("unexpected error, stopping", exc_info=error)
    return "The bot has stopped because of a fault of its own; the log says where."


if __name__ == "__main__":
    main()
