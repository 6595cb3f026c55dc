"""A club that is on Zalo alone, and one that cannot reach Telegram."""

from dataclasses import replace

import pytest
from pydantic import SecretStr

from bot import receivers
from bot.cli.owner_invite import invite_owner
from bot.config.settings import Settings
from bot.demo import actions, data
from bot.demo.zalo_actor import add_zalo_user
from bot.telegram.settings import TelegramSettings
from tests.integration.conftest import MakeHome, free_port, running
from tests.support.sandbox_client import SandboxTestClient


@pytest.fixture
def on_both(make_home: MakeHome) -> Settings:
    return make_home(zalo="").settings


async def test_a_club_without_telegram_lives_on_zalo_alone(
    sandbox: SandboxTestClient, on_both: Settings
) -> None:
    settings = replace(on_both, telegram=replace(on_both.telegram, token=SecretStr("")))
    invite = await invite_owner(settings)
    assert not invite.link
    async with running(settings):
        owner = await add_zalo_user(sandbox, data.OWNER.name)
        await actions.join(owner, invite.code, data.OWNER)
        officer = await add_zalo_user(sandbox, data.OFFICER.name)
        await actions.join(officer, await actions.invite(owner, "Cán bộ"), data.OFFICER)
        assert "Trên Zalo, gửi mã này cho bot" in str(await owner.messages())
        assert "t.me" not in str(await owner.messages())

        await actions.announce(officer, owner, data.VOTING_DAY)
        await owner.reads(data.VOTING_DAY.title, data.VOTING_DAY.issuer)


async def test_zalo_goes_on_while_telegram_cannot_be_reached(
    sandbox: SandboxTestClient, on_both: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receivers, "_SET_UP_S", 0.1)
    away = TelegramSettings(token=on_both.telegram.token, api_url=f"http://127.0.0.1:{free_port()}")
    async with running(replace(on_both, telegram=away)):
        lan = await add_zalo_user(sandbox, "Lan")
        await lan.says("xin chào", then="Đây là bot của")
