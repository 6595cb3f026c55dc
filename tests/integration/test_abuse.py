"""A sample of what nobody should send, over real HTTP: an answer to each, and no traceback."""

from io import BytesIO

import aiohttp
import pytest
from PIL import Image

from bot.cli.owner_invite import invite_owner
from bot.sandbox.content.entities import utf16_length
from tests.integration.conftest import Home, MakeHome
from tests.support.bot_process import BotProcess
from tests.support.hostile_updates import NAMES, TEXTS
from tests.support.sandbox_client import (
    ExpectationFailed,
    SandboxTestClient,
    SandboxUser,
    bot_texts,
    until,
)

CAN_BE_SENT = [text for text in TEXTS[::3] if text.strip() and 0 < utf16_length(text) <= 4096]


@pytest.fixture
def home(make_home: MakeHome) -> Home:
    return make_home()


async def test_every_text_gets_an_answer(sandbox: SandboxTestClient, home: Home) -> None:
    owner, stranger = (
        await sandbox.add_user("Hạnh <b>&amp;</i>"),
        await sandbox.add_user("\u202eAi"),
    )
    with BotProcess(home.config):
        await _joins(owner, home)
        for person in (owner, stranger):
            for text in CAN_BE_SENT:
                await _is_answered(person, text=text)
                await _is_answered(person, forward={"sender_name": "<b>", "text": text})
                # Posts in a row are asked about once, and what follows joins them in silence.
                await _is_answered(person, text="/huy")
    _nothing_broke(home)


async def test_a_person_may_be_called_anything(sandbox: SandboxTestClient, home: Home) -> None:
    people = [await sandbox.add_user(name) for name in NAMES if name.strip()]
    with BotProcess(home.config):
        for person in people:
            await _is_answered(person, text="/trogiup")
    _nothing_broke(home)


async def test_a_picture_of_a_stranger_is_not_fetched(
    sandbox: SandboxTestClient, home: Home
) -> None:
    """A member's is, to know it again; what is too large for that is told by its size."""
    stranger = await sandbox.add_user("Hạnh")
    with BotProcess(home.config):
        before = len(await bot_texts(stranger))
        await _sends_picture(stranger)

        async def came() -> bool:
            return len(await bot_texts(stranger)) > before

        await until(came, "an answer to the picture")
        assert await sandbox.calls("getFile") == []
    _nothing_broke(home)


async def _joins(owner: SandboxUser, home: Home) -> None:
    await owner.starts((await invite_owner(home.settings)).code)
    await owner.presses("Tôi đồng ý", then="muốn nhận gì")


async def _is_answered(person: SandboxUser, **body: object) -> None:
    before = await bot_texts(person)
    try:
        await person.sandbox.post(f"chats/{person.id}/send", **body)
    except ExpectationFailed:
        return  # The sandbox does not let it through, as Telegram would not.

    async def came() -> bool:
        return await bot_texts(person) != before

    await until(came, f"an answer to {body!r:.80}")


async def _sends_picture(person: SandboxUser) -> None:
    content = BytesIO()
    Image.new("1", (4_000, 4_000)).save(content, "PNG")
    form = aiohttp.FormData()
    form.add_field("photo", content.getvalue(), filename="<b>.png", content_type="image/png")
    url = f"{person.sandbox.url}/sandbox/chats/{person.id}/send"
    async with aiohttp.ClientSession() as http, http.post(url, data=form) as answer:
        assert answer.status == 200, await answer.text()


def _nothing_broke(home: Home) -> None:
    log = (home.folder / "bot.log").read_text("utf-8")
    assert "Traceback" not in log
    assert "[error" not in log
