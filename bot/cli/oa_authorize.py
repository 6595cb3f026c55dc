"""`oa authorize`: leads an administrator through granting access to the Official Account."""

import asyncio
import os
from typing import Annotated
from urllib.parse import urlsplit

import typer

from bot.cli.options import CONFIG, ConfigPath, Language, speech
from bot.config.settings import ConfigWrong, Settings, is_loopback, load
from bot.store.open_store import open_clock, open_store
from bot.zalo_oa.authorization import CALLBACK_PATH, Authorization, NotGranted, Redirect, pasted
from bot.zalo_oa.oauth import OAuth
from handlers.conversation import Speech
from storage.database.schema import upgrade

official_account = typer.Typer(help="The Official Account on Zalo.", no_args_is_help=True)


@official_account.command("authorize")
def authorize(
    config: ConfigPath = CONFIG,
    *,
    callback: Annotated[
        str, typer.Option(help="The callback address in Zalo's console; else that of the bot.")
    ] = "",
    other_account: Annotated[
        bool, typer.Option("--other-account", help="Grant another account than so far.")
    ] = False,
    lang: Annotated[
        Language | None, typer.Option(help="The language to speak; else that of LANG.")
    ] = None,
) -> None:
    """Leads through the grant of access to the Official Account, in the browser of its admin."""
    settings, say = load(config, os.environ), speech(lang)
    if not settings.zalo_oa.is_used:
        raise ConfigWrong(say.plain("oa-no-app"))
    try:
        asyncio.run(_authorize(settings, say, callback, replaces_account=other_account))
    except NotGranted as problem:
        typer.echo(f"✗ {_described(problem, say)}", err=True)
        raise typer.Exit(1) from None
    typer.echo(f"✓ {say.plain('oa-granted')}")


async def _authorize(
    settings: Settings, say: Speech, callback: str, *, replaces_account: bool
) -> None:
    own = settings.web.address_of(CALLBACK_PATH)
    typer.echo(say.plain("oa-beforehand", app=settings.zalo_oa.app_id))
    address = callback or own or _ask_callback(say)
    if not _is_callback(address):
        raise NotGranted("callback", address=address)
    store = open_store(settings, await open_clock(settings))
    try:
        await upgrade(store.engine)
        authorization = Authorization(store, OAuth(settings.zalo_oa))
        page = await authorization.begin(address, replaces_account=replaces_account)
        typer.echo(say.plain("oa-open-page", callback=address, page=page))
        await _finish(authorization, say, is_own=address == own)
    finally:
        await store.close()


async def _finish(authorization: Authorization, say: Speech, *, is_own: bool) -> None:
    """Asks for the address until it has been exchanged, here or by the web process."""
    while True:
        text = _ask(say.plain("oa-paste-or-enter" if is_own else "oa-paste"))
        if not text:
            if is_own and await authorization.is_done():
                return
            typer.echo(say.plain("oa-nothing-yet" if is_own else "oa-not-an-address"))
            continue
        redirect = pasted(text)
        if redirect is None:
            typer.echo(say.plain("oa-not-an-address"))
        elif await _is_exchanged(authorization, redirect, say):
            return


async def _is_exchanged(authorization: Authorization, redirect: Redirect, say: Speech) -> bool:
    try:
        await authorization.complete_pasted(redirect)
    except NotGranted as problem:
        if problem.key == "used" and await authorization.is_done():
            return True
        if not problem.may_retry:
            raise
        typer.echo(f"✗ {_described(problem, say)}")
        return False
    return True


def _ask_callback(say: Speech) -> str:
    return _ask(say.plain("oa-which-callback"))


def _ask(question: str) -> str:
    return str(typer.prompt(question, default="", show_default=False)).strip()


def _described(problem: NotGranted, say: Speech) -> str:
    return say.plain(f"oa-problem-{problem.key}", **problem.values)


def _is_callback(address: str) -> bool:
    """Whether the platform can accept the address: https with a host, and no query."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    is_safe = parts.scheme == "https" or (
        parts.scheme == "http" and is_loopback(parts.hostname or "")
    )
    return is_safe and bool(parts.hostname) and not parts.query and not parts.fragment
