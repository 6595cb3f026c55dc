"""`run` ends with 2 where somebody has to mend something first, and with 1 where time may do it."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.config.key_file import create
from bot.sandbox.state import SandboxSettings
from bot.store.open_store import open_store
from storage.database.clock import SystemClock
from storage.members import members
from storage.models import Role
from tests.integration.conftest import Home, MakeHome
from tests.support import in_write
from tests.support.bot_process import run_command
from tests.support.sandbox_client import SandboxTestClient

Spoil = Callable[[Home], None]


def no_token(home: Home) -> None:
    sandbox, config = SandboxSettings(), home.config.read_text()
    for token in (sandbox.token, sandbox.zalo_token):
        config = config.replace(token, "")
    home.config.write_text(config)


def no_real_token(home: Home) -> None:
    home.config.write_text(home.config.read_text().replace(SandboxSettings().token, "token"))


def another_bots_token(home: Home) -> None:
    token = SandboxSettings().token
    home.config.write_text(home.config.read_text().replace(token, token[:-1] + "x"))


def another_zalo_bots_token(home: Home) -> None:
    token = SandboxSettings().zalo_token
    home.config.write_text(home.config.read_text().replace(token, token + "x"))


def another_key(home: Home) -> None:
    home.settings.key.file.unlink()
    create(home.settings.key.file)


def an_open_key(home: Home) -> None:
    home.settings.key.file.chmod(0o644)


def no_database(home: Home) -> None:
    Path(make_url(home.settings.database.url).database or "").write_bytes(b"x" * 5000)


def a_folder_for_a_database(home: Home) -> None:
    file = Path(make_url(home.settings.database.url).database or "")
    file.unlink()
    file.mkdir()


def a_newer_database(home: Home) -> None:
    with closing(sqlite3.connect(make_url(home.settings.database.url).database or "")) as db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
        db.commit()


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (no_token, "telegram.token: is missing: set NIEMTIN_TELEGRAM_TOKEN"),
        (no_real_token, "set NIEMTIN_TELEGRAM_TOKEN"),
        (another_bots_token, "set NIEMTIN_TELEGRAM_TOKEN"),
        (another_zalo_bots_token, "set NIEMTIN_ZALO_TOKEN"),
        (another_key, "bring back the club's own key file"),
        (an_open_key, "chmod 600"),
        (no_database, "The database cannot be used"),
        (a_folder_for_a_database, "The database cannot be used"),
        (a_newer_database, "newer release"),
    ],
)
async def test_what_does_not_get_better_by_itself_is_not_tried_again(
    make_home: MakeHome, spoil: Spoil, says: str
) -> None:
    home = make_home(zalo="")
    await asyncio.to_thread(run_command, home.folder, "migrate")
    store = open_store(home.settings, SystemClock())
    await in_write(
        store,
        members.add,
        messenger="telegram",
        chat="7",
        name="Hạnh",
        role=Role.OWNER,
        language="vi",
        area=None,
    )
    await store.close()
    spoil(home)
    code, said = await asyncio.to_thread(run_command, home.folder, "run")
    assert says in said
    assert code == 2


async def test_an_address_that_telegram_refuses_is_not_tried_again(
    sandbox: SandboxTestClient, make_home: MakeHome
) -> None:
    home = make_home(webhook=True)
    trouble = {"status": 400, "description": "Bad Request: bad webhook: no such host"}
    await sandbox.inject_fault(method="setWebhook", **trouble)
    code, said = await asyncio.to_thread(run_command, home.folder, "run")
    assert "web.public_url: Telegram refuses it" in said
    assert code == 2


async def test_a_sandbox_that_is_away_is_worth_another_try(home: Home) -> None:
    url = home.settings.telegram.api_url
    home.config.write_text(home.config.read_text().replace(url, "http://127.0.0.1:9"))
    code, said = await asyncio.to_thread(run_command, home.folder, "run")
    assert "No sandbox answers" in said
    assert code == 1
