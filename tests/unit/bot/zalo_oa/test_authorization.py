"""An admin grants access in the browser: each wrong turn is a sentence, and nothing secret is told."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from urllib.parse import parse_qs, urlencode, urlsplit

import aiohttp
import pytest
from aiohttp import web
from sqlmodel import select
from structlog.testing import capture_logs

from bot.zalo_oa.authorization import (
    CALLBACK_PATH,
    Authorization,
    NotGranted,
    Redirect,
    pasted,
    redirect_of,
)
from bot.zalo_oa.callback import CallbackPage
from bot.zalo_oa.oauth import OAuth
from bot.zalo_oa.tokens import ACCOUNT, Tokens
from storage.accounts import account_grants
from storage.database import Store
from storage.models import AccountAuthorization, GrantLoss
from storage.privacy.retention_purge import purge_expired
from tests.support import SETTINGS, ClubInATest, ManualClock, audit_entries, in_write, rows_of
from tests.support.account_rows import stored_grant
from tests.support.counting_clock import CountingClock
from tests.support.oauth_server import (
    APP_ID,
    Held,
    Moment,
    OAuthServer,
    bad_gateway_after,
    declines,
    drop_after,
)
from tests.support.waiting import in_time, until_true

CALLBACK = "https://bot.example.vn/zalo-oa/callback"
OA = "2718281828459045235"


@pytest.fixture
def authorization(store: Store, platform: OAuthServer) -> Authorization:
    """What the command line and the web process have."""
    return Authorization(store, OAuth(platform.settings))


async def agreed(
    authorization: Authorization, platform: OAuthServer, **options: bool
) -> dict[str, str]:
    """The query with which the platform leads the browser back, once the admin has agreed."""
    page = urlsplit(await authorization.begin(CALLBACK, **options))
    asked = {name: value for name, (value,) in parse_qs(page.query).items()}
    assert page.path == "/v4/oa/permission"
    assert (asked["app_id"], asked["redirect_uri"]) == (APP_ID, CALLBACK)
    code = platform.code_for(asked["code_challenge"])
    return {"code": code, "oa_id": OA, "state": asked["state"]}


async def problem(authorization: Authorization, query: dict[str, str]) -> str:
    with pytest.raises(NotGranted) as raised:
        await authorization.complete(redirect_of(query))
    return raised.value.key


@pytest.mark.parametrize("named", [OA, ""])
@pytest.mark.parametrize("is_pasted", [True, False])
async def test_tokens_of_another_account_are_refused_whatever_the_redirect_names(
    club: ClubInATest,
    platform: OAuthServer,
    authorization: Authorization,
    named: str,
    *,
    is_pasted: bool,
) -> None:
    platform.account_id = OA
    await authorization.complete(redirect_of(await agreed(authorization, platform)))
    before = await stored_grant(club.store)
    platform.account_id = "3141592653589793238"
    query = await agreed(authorization, platform) | {"oa_id": named}
    complete = authorization.complete_pasted if is_pasted else authorization.complete
    redirect = Redirect(query["code"], "", named) if is_pasted else redirect_of(query)
    with pytest.raises(NotGranted) as raised:
        await complete(redirect)
    assert raised.value.key == "other-account"
    with pytest.raises(NotGranted) as raised:
        await authorization.is_done()
    assert raised.value.key == "other-account"
    assert await stored_grant(club.store) == before
    query = await agreed(authorization, platform, replaces_account=True) | {"oa_id": named}
    await authorization.complete(redirect_of(query))
    status = await club.in_read(account_grants.status, ACCOUNT)
    assert status is not None
    assert status.account_id == platform.account_id


async def test_access_is_granted_and_used(
    club: ClubInATest, platform: OAuthServer, authorization: Authorization
) -> None:
    query = await agreed(authorization, platform)
    assert not await authorization.is_done()
    await authorization.complete(redirect_of(query))
    assert await authorization.is_done()
    assert await Tokens(club.store, OAuth(platform.settings)).current() == platform.access_token
    assert await audit_entries(club) == [("account granted", {"account": OA})]


async def test_the_verifier_goes_with_the_code_alone(
    store: Store, platform: OAuthServer, authorization: Authorization
) -> None:
    query = await agreed(authorization, platform)
    query["code"] = platform.issue_code(verifier="another-verifier")
    assert await problem(authorization, query) == "declined"
    with pytest.raises(AssertionError):
        await stored_grant(store)


async def test_a_link_works_once(platform: OAuthServer, authorization: Authorization) -> None:
    query = await agreed(authorization, platform)
    await authorization.complete(redirect_of(query))
    assert await problem(authorization, query) == "used"
    assert platform.calls == 1


async def test_two_processes_that_get_the_same_code_exchange_it_once(
    platform: OAuthServer, authorization: Authorization
) -> None:
    query = await agreed(authorization, platform)
    both = [authorization.complete(redirect_of(query)) for _ in range(2)]
    results = await asyncio.gather(*both, return_exceptions=True)
    assert sorted(type(one).__name__ for one in results) == ["NoneType", "NotGranted"]
    assert platform.calls == 1


async def test_a_link_works_for_ten_minutes(
    store: Store, platform: OAuthServer, authorization: Authorization, clock: ManualClock
) -> None:
    query = await agreed(authorization, platform)
    clock.advance(minutes=10, seconds=-1)
    await in_write(store, purge_expired)
    assert await rows_of(store, select(AccountAuthorization))
    clock.advance(seconds=1)
    assert await problem(authorization, query) == "none"
    with pytest.raises(NotGranted, match="none"):
        await authorization.is_done()
    await in_write(store, purge_expired)
    assert not await rows_of(store, select(AccountAuthorization))
    assert platform.calls == 0


@pytest.mark.parametrize("state", ["", "somebody-elses", "ё", "\udcff"])
async def test_a_code_without_the_state_of_the_link_is_not_exchanged(
    platform: OAuthServer, authorization: Authorization, state: str
) -> None:
    query = await agreed(authorization, platform)
    assert await problem(authorization, query | {"state": state}) == "other-link"
    assert platform.calls == 0
    await authorization.complete(redirect_of(query))


async def test_an_older_link_is_void(platform: OAuthServer, authorization: Authorization) -> None:
    older = await agreed(authorization, platform)
    newer = await agreed(authorization, platform)
    assert await problem(authorization, older) == "other-link"
    await authorization.complete(redirect_of(newer))


async def test_nothing_is_granted_where_nobody_asked(
    platform: OAuthServer, authorization: Authorization
) -> None:
    assert await problem(authorization, {"code": platform.issue_code(), "state": "x"}) == "none"


async def test_another_account_is_granted_only_where_that_was_meant(
    store: Store, platform: OAuthServer, authorization: Authorization
) -> None:
    await authorization.complete(redirect_of(await agreed(authorization, platform)))
    query = await agreed(authorization, platform) | {"oa_id": "999"}
    assert await problem(authorization, query) == "other-account"
    assert platform.calls == 1
    query = await agreed(authorization, platform, replaces_account=True) | {"oa_id": "999"}
    await authorization.complete(redirect_of(query))
    assert (await stored_grant(store)).access_token == platform.access_token


@pytest.mark.parametrize(
    ("code", "key"),
    [(-14002, "app-14002"), (-14003, "app-14003"), (-14004, "app-14004"), (-14099, "declined")],
)
async def test_an_error_code_of_the_platform_has_its_sentence(
    platform: OAuthServer, authorization: Authorization, code: int, key: str
) -> None:
    query = await agreed(authorization, platform)
    platform.next_call(declines(code))
    assert await problem(authorization, query) == key
    with pytest.raises(NotGranted, match=key):
        await authorization.is_done()


async def test_a_refusal_of_the_admin_or_an_error_of_the_page_is_said(
    platform: OAuthServer, authorization: Authorization
) -> None:
    query = await agreed(authorization, platform)
    assert await problem(authorization, {"state": query["state"]}) == "no-code"
    assert await problem(authorization, {"error_code": "-14003"}) == "app-14003"
    await authorization.complete(redirect_of(query))


async def test_a_code_can_be_tried_again_if_the_platform_was_not_reached(
    store: Store, platform: OAuthServer, authorization: Authorization
) -> None:
    query = await agreed(authorization, platform)
    away = Authorization(store, OAuth(replace(platform.settings, oauth_url="http://127.0.0.1:1")))
    with pytest.raises(NotGranted, match="unreachable") as raised:
        await away.complete(redirect_of(query))
    assert raised.value.may_retry
    await authorization.complete(redirect_of(query))


@pytest.mark.parametrize("fault", [drop_after, bad_gateway_after])
async def test_a_lost_answer_means_another_link(
    platform: OAuthServer, authorization: Authorization, fault: object
) -> None:
    query = await agreed(authorization, platform)
    platform.next_call(fault)  # type: ignore[arg-type]
    assert await problem(authorization, query) == "answer-lost"
    assert await problem(authorization, query) == "used"
    await authorization.complete(redirect_of(await agreed(authorization, platform)))


async def test_no_renewal_is_under_way_while_a_code_is_exchanged(
    store: Store, platform: OAuthServer, authorization: Authorization, clock: ManualClock
) -> None:
    await authorization.complete(redirect_of(await agreed(authorization, platform)))
    clock.advance(hours=26)
    held = Held(Moment.CARRIED_OUT)
    platform.next_call(held)
    renewing = asyncio.create_task(Tokens(store, OAuth(platform.settings)).current())
    await in_time(held.is_there.wait())
    query = await agreed(authorization, platform)
    reading = CountingClock(clock)
    web_process = Store(store.engine, store.vault, reading, store.ids)
    other = Authorization(web_process, OAuth(platform.settings))
    granting = asyncio.create_task(other.complete(redirect_of(query)))
    await until_true(
        lambda: reading.times > 8 or platform.calls > 2, "a process that waits or calls"
    )
    held.go_on.set()
    await in_time(renewing)
    await in_time(granting)
    assert platform.most_at_once == 1
    assert (await stored_grant(store)).access_token == platform.access_token


async def test_a_lost_grant_is_granted_anew(
    store: Store, platform: OAuthServer, authorization: Authorization, clock: ManualClock
) -> None:
    await authorization.complete(redirect_of(await agreed(authorization, platform)))
    clock.advance(hours=26)
    platform.issue()
    tokens = Tokens(store, OAuth(platform.settings))
    with pytest.raises(Exception, match="granted anew"):
        await tokens.current()
    assert (await stored_grant(store)).lost is GrantLoss.REFUSED
    await authorization.complete(redirect_of(await agreed(authorization, platform)))
    assert await tokens.current() == platform.access_token


@pytest.fixture
async def address(authorization: Authorization) -> AsyncIterator[str]:
    """The callback address of a web process."""
    app = web.Application()
    app.router.add_get(CALLBACK_PATH, CallbackPage(authorization, SETTINGS).answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}{CALLBACK_PATH}"
    await runner.cleanup()


async def test_the_web_process_completes_what_the_command_line_began(
    platform: OAuthServer, authorization: Authorization, address: str
) -> None:
    query = await agreed(authorization, platform)
    with capture_logs() as logs:
        async with aiohttp.ClientSession() as browser:
            async with browser.get(f"{address}?{urlencode(query)}") as answer:
                page, status = await answer.text(), answer.status
                assert answer.headers["Referrer-Policy"] == "no-referrer"
            async with browser.get(f"{address}?{urlencode(query)}") as answer:
                again, refused = await answer.text(), answer.status
    assert (status, refused) == (200, 400)
    assert "Đã cấp quyền xong" in page
    assert "đã được dùng rồi" in again
    secrets = (query["code"], query["state"], platform.access_token, platform.refresh_token)
    assert not [one for one in secrets if one in page + again + str(logs)]


async def test_the_platforms_words_are_shown_without_what_was_sent(
    platform: OAuthServer, authorization: Authorization, address: str
) -> None:
    query = await agreed(authorization, platform)
    query["code"] = "<b>no-such-code</b>"
    async with (
        aiohttp.ClientSession() as browser,
        browser.get(f"{address}?{urlencode(query)}") as answer,
    ):
        page = await answer.text()
    assert "Invalid code …" in page
    assert "no-such-code" not in page


def test_a_pasted_address_or_code_is_read() -> None:
    address = f"{CALLBACK}?code=Ab-1_cdefgh%3D&oa_id={OA}&state=XYZ"
    expected = Redirect("Ab-1_cdefgh=", "XYZ", OA)
    for text in (address, f"  {address}\n", address.partition("?")[2], f"{address}#x"):
        assert pasted(text) == expected, text
    assert pasted("Ab-1_cdefgh") == Redirect("Ab-1_cdefgh", "", "")
    error = pasted("https://oauth.zaloapp.com/v4/oa/permission/error?error_code=-14003")
    assert error == Redirect("", "", "", -14003)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "code",
        "https://bot.example.vn/",
        "http://[",
        "?code=",
        "xin chào",
        "a" * 5000,
        "?error=access_denied",
        "?error_code=--",
        "code=%00%00%00%00%00%00%00%00%00",
    ],
)
def test_anything_else_is_not(text: str) -> None:
    assert pasted(text) is None


async def test_a_code_is_pasted_without_its_address(
    store: Store, platform: OAuthServer, authorization: Authorization
) -> None:
    query = await agreed(authorization, platform)
    assert query["code"] not in repr(redirect_of(query))
    redirect = pasted(query["code"])
    assert redirect is not None
    await authorization.complete_pasted(redirect)
    assert (await stored_grant(store)).access_token == platform.access_token
