"""SIGTERM: what is in flight is finished, and then the bot is gone."""

import pytest

from bot.app import STOP_S
from tests.integration.conftest import Home, MakeHome
from tests.support.bot_process import BotProcess
from tests.support.sandbox_client import SandboxTestClient, SandboxUser, until

_FOR_EVER_S = 3600


@pytest.mark.parametrize(
    ("answer_takes_s", "arrives"), [(1, True), (_FOR_EVER_S, False)], ids=["in time", "hangs"]
)
async def test_the_bot_ends_by_itself_when_it_is_asked_to_however_long_an_answer_takes(
    sandbox: SandboxTestClient, answer_takes_s: int, home: Home, lan: SandboxUser, *, arrives: bool
) -> None:
    await sandbox.inject_fault(method="sendMessage", delay_s=answer_takes_s)
    with BotProcess(home.config) as bot:
        await lan.sandbox.post(f"chats/{lan.id}/send", text="/trogiup")
        await until(lambda: _is_being_sent(sandbox), "the answer")
        assert await bot.stop() == 0
    arrived = [m for m in await lan.messages() if m["from"]["is_bot"]]
    assert bool(arrived) is arrives


async def test_a_bot_that_still_starts_can_be_stopped(make_home: MakeHome) -> None:
    with BotProcess(make_home().config) as bot:
        assert await bot.stop() == 0


def test_the_bot_takes_less_time_to_end_than_docker_gives_it() -> None:
    assert STOP_S < 10


async def _is_being_sent(sandbox: SandboxTestClient) -> bool:
    return bool(await sandbox.calls("sendMessage"))
