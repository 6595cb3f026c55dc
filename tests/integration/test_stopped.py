"""SIGTERM: what is in flight is finished, and then the bot is gone."""

import pytest

from tests.integration.conftest import MakeHome
from tests.integration.process import BotProcess
from tests.integration.town import TownUnderTest, until


@pytest.mark.parametrize(
    ("answer_takes_s", "arrives"), [(1, True), (60, False)], ids=["in time", "hangs"]
)
async def test_the_bot_ends_within_ten_seconds_of_being_asked_to(
    town: TownUnderTest, make_home: MakeHome, answer_takes_s: int, *, arrives: bool
) -> None:
    home = make_home()
    lan = await town.person("Lan")
    await town.trouble(method="sendMessage", delay_s=answer_takes_s)
    with BotProcess(home.config) as bot:
        await lan.town.post(f"chats/{lan.id}/send", text="/trogiup")
        await until(lambda: _is_being_sent(town), "the answer")
        assert await bot.stop(patience_s=10) == 0
    arrived = [m for m in await lan.messages() if m["from"]["is_bot"]]
    assert bool(arrived) is arrives


async def _is_being_sent(town: TownUnderTest) -> bool:
    return bool(await town.calls("sendMessage"))
