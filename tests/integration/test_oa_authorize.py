"""`oa authorize`, typed as an administrator types it, and the callback on a running bot."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest

from bot.cli.oa_grant import examine
from bot.config.settings import load
from bot.store.open_store import open_clock, open_store
from bot.store.sandbox_clock import SandboxClock
from bot.zalo_oa.authorization import CALLBACK_PATH, Authorization
from bot.zalo_oa.oauth import OAuth
from bot.zalo_oa.tokens import ACCOUNT, Tokens
from storage.accounts import account_grants
from storage.database.schema import upgrade
from tests.integration.conftest import Home, MakeHome, running
from tests.support import in_write
from tests.support.account_rows import stored_grant
from tests.support.bot_process import run_command
from tests.support.oauth_server import APP_ID, SECRET, OAuthServer, declines, oauth_server
from tests.support.sandbox_client import SandboxTestClient

SECRETS = {"NIEMTIN_ZALO_OA_APP_SECRET": SECRET}


@pytest.fixture
async def server() -> AsyncIterator[OAuthServer]:
    """The platform's OAuth server."""
    async with oauth_server() as there:
        yield there


@pytest.fixture
def home(make_home: MakeHome, server: OAuthServer) -> Home:
    """A club with an Official Account and no public address."""
    return with_account(make_home(), server)


def with_account(home: Home, server: OAuthServer) -> Home:
    lines = f'app_id = "{APP_ID}"\noa_secret = "signs"\noauth_url = "{server.url}"'
    text = home.config.read_text("utf-8").replace("[zalo_oa]\n", f"[zalo_oa]\n{lines}\n")
    home.config.write_text(
        text.replace('#api_url = "https://openapi', f'api_url = "{server.url}"\n#')
    )
    return replace(home, settings=load(home.config, SECRETS))


async def authorizes(home: Home, *answers: str, options: tuple[str, ...] = ()) -> tuple[int, str]:
    """Types the command and these answers; nothing secret and no traceback is ever to be read."""
    words = ("oa", "authorize", "--config", str(home.config), *options)
    stdin = "".join(f"{answer}\n" for answer in answers)
    code, said = await asyncio.to_thread(run_command, home.folder, *words, stdin=stdin, **SECRETS)
    assert "Traceback" not in said
    assert SECRET not in said
    return code, said


async def test_without_a_public_address_the_code_is_pasted(home: Home, server: OAuthServer) -> None:
    callback = "https://hoaan.example/zalo"
    address = f"{callback}?oa_id=271828&code={server.issue_code()}"
    code, said = await authorizes(home, callback, "", "https://hoaan.example/", address)
    assert code == 0, said
    assert said.count("That is not the address") == 2
    assert "redirect_uri=https%3A%2F%2Fhoaan.example%2Fzalo" in said
    assert "Access is granted" in said
    store = open_store(home.settings, await open_clock(home.settings))
    grant = await stored_grant(store)
    assert grant.access_token == server.access_token
    is_well, key, values = await examine(home.settings)
    assert (is_well, key, values["days"]) == (True, "doctor-oa-granted", "89")
    await in_write(
        store, account_grants.note_failure, ACCOUNT, grant.version, "-14004", unused=True
    )
    is_well, key, values = await examine(home.settings)
    assert (is_well, key, values["failure"]) == (False, "doctor-oa-failing", "-14004")
    await store.close()


async def test_a_wrong_secret_is_said_in_the_language_asked_for(
    home: Home, server: OAuthServer
) -> None:
    server.next_call(declines(-14004))
    options = ("--lang", "vi", "--callback", "https://hoaan.example/zalo")
    code, said = await authorizes(home, server.issue_code(), options=options)
    assert code == 1
    assert "sai khoá bí mật của ứng dụng" in said


@pytest.mark.parametrize(
    "address", ["http://hoaan.example/", "hoaan.example", "https://", "https://h.example/?a=1"]
)
async def test_a_callback_that_the_platform_does_not_take_is_named(
    home: Home, address: str
) -> None:
    code, said = await authorizes(home, options=("--callback", address))
    assert code == 1
    assert "callback address cannot be used" in said


async def test_who_ends_the_input_ends_the_command(home: Home) -> None:
    code, said = await authorizes(home, options=("--callback", "https://hoaan.example/zalo"))
    assert (code, "Aborted" in said) == (1, True)


async def test_a_club_without_an_app_is_told_what_to_set(make_home: MakeHome) -> None:
    code, said = await authorizes(make_home())
    assert code == 2
    assert "zalo_oa.app_id, zalo_oa.app_secret: missing" in said


async def test_a_running_bot_receives_what_the_command_began(
    make_home: MakeHome, server: OAuthServer
) -> None:
    home = with_account(make_home(webhook=True), server)
    settings = home.settings
    own = settings.web.address_of(CALLBACK_PATH)
    store = open_store(settings, await open_clock(settings))
    await upgrade(store.engine)
    page = await Authorization(store, OAuth(settings.zalo_oa)).begin(own)
    asked = {name: value for name, (value,) in parse_qs(urlsplit(page).query).items()}
    back = {"code": server.code_for(asked["code_challenge"]), "state": asked["state"]}
    async with (
        running(settings),
        aiohttp.ClientSession() as browser,
        browser.get(own, params=back) as answer,
    ):
        assert (answer.status, "Đã cấp quyền xong" in await answer.text()) == (200, True)
    assert (await stored_grant(store)).access_token == server.access_token
    await store.close()


async def test_with_a_public_address_enter_says_whether_something_came(
    make_home: MakeHome, server: OAuthServer
) -> None:
    home = with_account(make_home(webhook=True), server)
    code, said = await authorizes(home, "", server.issue_code())
    assert code == 0, said
    assert "Nothing has reached the bot yet" in said
    assert "zalo-oa%2Fcallback" in said


async def test_the_doctor_says_whether_access_is_granted(home: Home, server: OAuthServer) -> None:
    words = ("doctor", "--lang", "en", "--config", str(home.config))
    await asyncio.to_thread(run_command, home.folder, "migrate", *words[3:], **SECRETS)
    _, said = await asyncio.to_thread(run_command, home.folder, *words, **SECRETS)
    assert "✗ Access to the Official Account: not granted" in said
    await authorizes(
        home, server.issue_code(), options=("--callback", "https://hoaan.example/zalo")
    )
    _, said = await asyncio.to_thread(run_command, home.folder, *words, **SECRETS)
    assert "✓ Access to the Official Account: in order" in said
    assert "(in 89 days)" in said


async def test_the_sandboxs_page_leads_to_the_running_bot_which_renews_the_access(
    make_home: MakeHome, sandbox: SandboxTestClient
) -> None:
    settings = make_home(webhook=True, zalo_oa="").settings
    clock = await open_clock(settings)
    store = open_store(settings, clock)
    await upgrade(store.engine)
    oauth = OAuth(settings.zalo_oa)
    page = await Authorization(store, oauth).begin(settings.web.address_of(CALLBACK_PATH))
    async with running(settings), aiohttp.ClientSession() as browser, browser.get(page) as answer:
        assert (answer.status, "Đã cấp quyền xong" in await answer.text()) == (200, True)
    tokens = Tokens(store, oauth)
    first = await tokens.current()
    await sandbox.advance_by(hours=24)
    assert isinstance(clock, SandboxClock)
    await clock.read()
    assert await tokens.current() != first
    await store.close()
