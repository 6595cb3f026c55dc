"""The club's day on an Official Account over real HTTP: buttons, signed events, withdrawal."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.demo import actions, data
from bot.demo.actors import labels_of
from bot.demo.oa_actor import OaSandboxUser, add_oa_user
from bot.sandbox.official_account.settings import OaIdentity
from bot.store.open_store import open_clock, open_store
from bot.zalo_oa.event_webhook import PATH
from bot.zalo_oa.tokens import ACCOUNT
from storage.accounts import account_grants
from storage.accounts.account_grants import TokenPair
from storage.models import AuditAction, AuditEntry, Contact
from tests.integration.conftest import Home, JoinedClub, MakeHome, joined_club, running
from tests.support import in_write, rows_of
from tests.support.sandbox_client import SandboxTestClient, until

Club = JoinedClub[OaSandboxUser]


@pytest.fixture
async def home(make_home: MakeHome, sandbox: SandboxTestClient) -> AsyncIterator[Home]:
    """A bot with an Official Account that has granted access and knows its webhook."""
    home = make_home(zalo_oa="per_minute = 30000")
    async with running(home.settings):
        store = open_store(home.settings, await open_clock(home.settings))
        pair = await sandbox.post("oa/tokens")
        tokens = TokenPair(pair["access_token"], pair["refresh_token"], timedelta(hours=25))
        await in_write(store, account_grants.grant, ACCOUNT, OaIdentity().oa_id, tokens)
        await store.close()
        url = f"http://127.0.0.1:{home.settings.web.port}{PATH}"
        await sandbox.post("oa", webhook_url=url)
        yield home


@pytest.fixture
async def club(sandbox: SandboxTestClient, home: Home) -> Club:
    return await joined_club(sandbox, home, add_oa_user)


async def test_an_officer_and_a_member_live_the_day_by_pressing_buttons(
    sandbox: SandboxTestClient, club: Club
) -> None:
    await actions.announce(club.officer, club.owner, data.VOTING_DAY)
    copy = await club.lan.reads(data.VOTING_DAY.title, data.VOTING_DAY.issuer)
    assert "Tôi đã chia sẻ" in labels_of(copy)
    await club.lan.presses("Tôi đã chia sẻ", then="Cảm ơn bạn đã chia sẻ")
    assert not [m for m in await club.lan.messages() if "#" in str(m.get("text"))]
    assert (await sandbox.get("oa"))["sent"]


async def test_names_come_from_the_platform(club: Club) -> None:
    await club.owner.says("/hoivien Lan", then="Lan")


async def test_who_follows_is_greeted_and_nothing_more(
    sandbox: SandboxTestClient, club: Club, home: Home
) -> None:
    stranger = await add_oa_user(sandbox, "Tư")
    await stranger.follows()
    await stranger.reads("mã mời")
    await actions.announce(club.officer, club.owner, data.VOTING_DAY)
    await club.lan.reads(data.VOTING_DAY.title)
    assert data.VOTING_DAY.title not in str(await stranger.messages())


async def test_an_event_that_is_brought_twice_has_one_effect(
    sandbox: SandboxTestClient, club: Club
) -> None:
    await club.lan.says("/trogiup", then="/")
    answers = len(await club.lan.messages())
    for _ in range(2):
        await sandbox.post("oa/events/repeat")
    await club.lan.says("/caidat", then="Ngôn ngữ")
    assert len(await club.lan.messages()) == answers + 2


async def test_who_withdraws_in_zalo_is_erased_and_it_is_on_record(
    sandbox: SandboxTestClient, club: Club, home: Home
) -> None:
    store = open_store(home.settings, await open_clock(home.settings))

    async def is_erased() -> bool:
        return len(await rows_of(store, select(Contact))) == 2

    assert not await is_erased()
    await sandbox.post(f"chats/{club.lan.id}/withdraw")
    await until(is_erased, "the erasure")
    actions_done = [one.action for one in await rows_of(store, select(AuditEntry))]
    assert AuditAction.DATA_WITHDRAWN in actions_done
    await store.close()


async def test_an_account_that_withdraws_its_permission_alarms_officers(
    sandbox: SandboxTestClient, club: Club
) -> None:
    await sandbox.post("oa/revoke")
    await club.owner.reads("niemtin oa authorize")
