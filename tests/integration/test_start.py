"""The bot is started while Telegram is in trouble: it waits, and does not give up."""

from typing import Any

import pytest

from handlers.joining.bot_profile import introduction
from tests.integration.conftest import Home, MakeHome, running
from tests.support.sandbox_client import SandboxTestClient, until

_LANGUAGES = 3
"""Vietnamese, English, and what apps in any other language are shown."""

TROUBLES: list[dict[str, object]] = [
    {"status": 429, "retry_after": 1},
    {"status": 502},
    {"accept_then_drop": True},
]


@pytest.mark.parametrize("trouble", TROUBLES, ids=["slow down", "broken", "no answer"])
@pytest.mark.parametrize("method", ["getMe", "deleteWebhook"])
async def test_the_bot_comes_up_as_soon_as_telegram_lets_it(
    sandbox: SandboxTestClient, make_home: MakeHome, method: str, trouble: dict[str, object]
) -> None:
    await sandbox.inject_fault(method=method, **trouble)
    home = make_home()
    async with running(home.settings):
        lan = await sandbox.add_user("Lan")
        await lan.says("/trogiup", then=home.settings.club.name)
    assert len(await sandbox.calls(method)) >= 2


@pytest.mark.parametrize("language", ["vi", "en", ""])
async def test_the_bot_introduces_itself_in_both_languages(
    sandbox: SandboxTestClient, language: str, home: Home
) -> None:
    async with running(home.settings):
        await _introduced(sandbox, times=1)
        shown = [await _shown(sandbox, what, language) for what in ("Name", "ShortDescription")]
        description = await _shown(sandbox, "Description", language)
        menu = await _shown(sandbox, "Commands", language)
    words = introduction(home.settings.club, language or "vi")
    assert [shown[0]["name"], shown[1]["short_description"]] == [words.name, words.about]
    assert description["description"] == words.description
    help_ = "help" if language == "en" else "trogiup"
    assert help_ in [entry["command"] for entry in menu]


async def test_what_is_shown_already_is_not_set_again(
    sandbox: SandboxTestClient, home: Home
) -> None:
    for time in (1, 2):
        async with running(home.settings):
            await _introduced(sandbox, times=time)
    assert len(await sandbox.calls("setMyName")) == _LANGUAGES


async def _introduced(sandbox: SandboxTestClient, *, times: int) -> None:
    """Waits until the bot has said so often who it is, which it does beside its work."""

    async def done() -> bool:
        asked = await sandbox.calls("getMyShortDescription")
        told = await sandbox.calls("setMyShortDescription")
        return len(asked) == times * _LANGUAGES and len(told) == _LANGUAGES

    await until(done, "the introduction")


async def _shown(sandbox: SandboxTestClient, what: str, language: str) -> Any:
    """What Telegram shows of the account to an app in this language."""
    scope = {"scope": {"type": "all_private_chats"}} if what == "Commands" else {}
    return await sandbox.call_bot_api(f"getMy{what}", language_code=language, **scope)
