"""The club gets another key while its bot runs: nobody notices."""

import asyncio

import pytest

from bot import rotation
from bot.demo import deeds, story
from bot.officers import invite_owner
from storage import audit_log
from tests.integration.broadcast import memory_of
from tests.integration.conftest import MakeHome
from tests.integration.guessing import TRIES, all_handled, counted, try_codes
from tests.integration.process import BotProcess
from tests.integration.town import TownUnderTest, until

STRANGERS = 40


@pytest.mark.torture
async def test_everybody_goes_on_writing_while_the_key_is_changed(
    town: TownUnderTest, make_home: MakeHome, database_url: str
) -> None:
    home = make_home(database=database_url)
    strangers = [await town.person(f"Người lạ {n}") for n in range(STRANGERS)]
    with BotProcess(home.config):
        owner = await town.person(story.OWNER.name)
        await until(lambda: _hears(town), "the bot")
        await deeds.join(owner, (await invite_owner(home.settings)).code, story.OWNER)
        officer = await town.person(story.OFFICER.name)
        await deeds.join(officer, await deeds.invite(owner, "Cán bộ"), story.OFFICER)
        ha = await town.person("Hà")
        await deeds.join(ha, await deeds.invite(owner, "Hội viên"), story.MEMBERS[0])
        await officer.says("/soan", then="Tiêu đề")
        await officer.says(story.VOTING_DAY.title, then="nội dung")
        await deeds.flag(ha, story.SCAM)

        pouring = asyncio.create_task(try_codes(strangers, 0.03))
        rotation.add(home.settings.key)
        await rotation.reseal(home.settings)
        assert not pouring.done(), "strangers wrote all the time"
        await rotation.forget_older(home.settings)
        await pouring

        written = story.VOTING_DAY
        await deeds.compose_from_text(officer, written)
        await deeds.have_approved(officer, owner, written)
        await ha.reads(written.title, written.issuer)
        await deeds.decide(officer, owner, story.SCAM, story.SCAM_VERDICT)
        await ha.reads("đã có câu trả lời", story.SCAM_VERDICT.source)
    async with memory_of(home) as memory:
        await until(lambda: all_handled(memory, strangers), "the end of the inbox")
        assert await counted(memory) == {TRIES: STRANGERS}
        async with memory.read() as tx:
            assert await audit_log.verify(tx) is None
    log = home.config.with_name("bot.log").read_text("utf-8")
    assert "could not be handled" not in log
    assert "cannot be read" not in log


async def _hears(town: TownUnderTest) -> bool:
    return bool(await town.calls("getUpdates"))
