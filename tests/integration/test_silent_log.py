"""At the loudest level, the log holds nothing of what people write, are called or send."""

from io import BytesIO

import aiohttp
from PIL import Image

from bot.cli.owner_invite import invite_owner
from bot.demo import actions, data
from tests.integration.conftest import Home
from tests.support.bot_process import BotProcess
from tests.support.sandbox_client import SandboxTestClient, text_of, until

_ARTIST, _PHONE, _PLACE = "Nguyen-Thi-Artist", "Phone-Model-X77", "Song-Ngoc-Village"
_ARTIST_TAG, _MODEL_TAG, _DESCRIPTION_TAG = 0x013B, 0x0110, 0x010E


def picture(kind: str) -> bytes:
    image, exif, file = Image.new("RGB", (320, 240), "green"), Image.Exif(), BytesIO()
    exif[_ARTIST_TAG], exif[_MODEL_TAG], exif[_DESCRIPTION_TAG] = _ARTIST, _PHONE, _PLACE
    image.save(file, kind, exif=exif)
    return file.getvalue()


async def test_the_loudest_log_holds_nothing_of_a_message(
    sandbox: SandboxTestClient, home: Home
) -> None:
    text = home.config.read_text("utf-8").replace("[log]\n", '[log]\nlevel = "debug"\n')
    home.config.write_text(text, "utf-8")
    with BotProcess(home.config) as bot:
        owner = await sandbox.add_user(data.OWNER.name)
        await until(lambda: _is_asked(sandbox), "the bot")
        await actions.join(owner, (await invite_owner(home.settings)).code, data.OWNER)
        lan = await sandbox.add_user("Trần-Thị-Lan")
        await actions.join(lan, await actions.invite(owner, "Hội viên"), data.MEMBERS[0])
        await actions.flag(lan, data.SCAM)
        for kind in ("jpeg", "png", "tiff"):
            before = await lan.messages()
            await _send(sandbox, lan.id, kind, picture(kind))
            answer = await lan.reads_new(before, "")
            assert "trục trặc" not in text_of(answer)
            if kind == "jpeg":
                await lan.presses("Gửi kiểm tra", then="Mã theo dõi")
            else:
                await lan.says("/huy")
        await bot.stop()
    log = home.config.with_name("bot.log").read_text("utf-8")
    assert "the bot is up" in log
    words = {word for line in data.SCAM.text.split() if len(word := line.strip(".,:!?")) > 6}
    secrets = {_ARTIST, _PHONE, _PLACE, data.OWNER.name, "Trần-Thị-Lan", *words}
    assert {secret for secret in secrets if secret in log} == set()


async def _is_asked(sandbox: SandboxTestClient) -> bool:
    return bool(await sandbox.calls("getUpdates"))


async def _send(sandbox: SandboxTestClient, chat: object, kind: str, content: bytes) -> None:
    form = aiohttp.FormData()
    field = "photo" if kind == "jpeg" else "document"
    form.add_field(field, content, filename=f"club.{kind}", content_type=f"image/{kind}")
    async with (
        aiohttp.ClientSession() as http,
        http.post(f"{sandbox.url}/sandbox/chats/{chat}/send", data=form) as answer,
    ):
        assert answer.status == 200, await answer.text()
