"""The club gets another key while its bot runs: nobody notices."""

import asyncio

import pytest

from bot.cli import key_rotation
from bot.cli.owner_invite import invite_owner
from bot.demo import actions, data
from storage import audit_log
from tests.integration.conftest import MakeHome
from tests.support import in_read
from tests.support.announcements.broadcast import open_store_of
from tests.support.bot_process import BotProcess
from tests.support.code_guessers import TRIES, all_counted_anew, all_handled, counted, try_codes
from tests.support.sandbox_client import SandboxTestClient, until

STRANGERS = 40


@pytest.mark.torture
async def test_everybody_goes_on_writing_while_the_key_is_changed(
    sandbox: SandboxTestClient, make_home: MakeHome, database_url: str
) -> None:
    home = make_home(database=database_url)
    strangers = [await sandbox.add_user(f"Người lạ {n}") for n in range(STRANGERS)]
    with BotProcess(home.config):
        owner = await sandbox.add_user(data.OWNER.name)
        await until(lambda: _hears(sandbox), "the bot")
        await actions.join(owner, (await invite_owner(home.settings)).code, data.OWNER)
        officer = await sandbox.add_user(data.OFFICER.name)
        await actions.join(officer, await actions.invite(owner, "Cán bộ"), data.OFFICER)
        ha = await sandbox.add_user("Hà")
        await actions.join(ha, await actions.invite(owner, "Hội viên"), data.MEMBERS[0])
        await actions.begin_stepwise(officer)
        await officer.says(data.VOTING_DAY.title, then="nội dung")
        await actions.flag(ha, data.SCAM)

        pouring = asyncio.create_task(try_codes(strangers, 0.03))
        key_rotation.add(home.settings.key)
        await key_rotation.reseal(home.settings)
        assert not pouring.done(), "strangers wrote all the time"
        async with open_store_of(home) as store:
            await until(lambda: all_counted_anew(store, strangers), "a try of everybody")
        await key_rotation.forget_older(home.settings)
        await pouring

        written = data.VOTING_DAY
        await actions.compose_from_text(officer, written)
        await actions.submit_and_approve(officer, owner, written)
        await ha.reads(written.title, written.issuer)
        await actions.decide(officer, owner, data.SCAM, data.SCAM_VERDICT)
        await ha.reads("đã có kết luận", data.SCAM_VERDICT.source)
    async with open_store_of(home) as store:
        await until(lambda: all_handled(store, strangers), "the end of the inbox")
        assert await counted(store) == {TRIES: STRANGERS}
        assert await in_read(store, audit_log.verify) is None
    log = home.config.with_name("bot.log").read_text("utf-8")
    assert "handler failed" not in log
    assert "cannot be parsed" not in log


async def _hears(sandbox: SandboxTestClient) -> bool:
    return bool(await sandbox.calls("getUpdates"))
