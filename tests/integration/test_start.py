"""The bot is started while Telegram is in trouble: it waits, and does not give up."""

import pytest

from tests.integration.conftest import MakeHome, running
from tests.integration.town import TownUnderTest

TROUBLES: list[dict[str, object]] = [
    {"status": 429, "retry_after": 1},
    {"status": 502},
    {"accept_then_drop": True},
]


@pytest.mark.parametrize("trouble", TROUBLES, ids=["slow down", "broken", "no answer"])
@pytest.mark.parametrize("method", ["getMe", "deleteWebhook"])
async def test_the_bot_comes_up_as_soon_as_telegram_lets_it(
    town: TownUnderTest, make_home: MakeHome, method: str, trouble: dict[str, object]
) -> None:
    await town.trouble(method=method, **trouble)
    home = make_home()
    async with running(home.settings):
        lan = await town.person("Lan")
        await lan.says("/trogiup", then=home.settings.club.name)
    assert len(await town.calls(method)) >= 2
