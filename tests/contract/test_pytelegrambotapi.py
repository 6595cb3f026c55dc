"""pyTelegramBotAPI talks to the sandbox as to Telegram: a bot as its users write one.

It writes names of files without quotes, sends forms, and answers updates from handlers in threads.
"""

import asyncio
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
import telebot
import telebot.types
from aiohttp import web
from telebot import TeleBot, apihelper
from telebot.apihelper import ApiTelegramException

from tests.support.sandbox_server import SandboxServer, eventually, listening, picture

Run = Callable[[Callable[[Any, int], Any]], Any]
types: Any = telebot.types
"""As its users take them: nothing is checked for None."""


@pytest.fixture
def bot(sandbox: SandboxServer, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A bot whose handlers answer commands, presses, texts and files, in the thread that calls it."""
    monkeypatch.setattr(apihelper, "API_URL", sandbox.address.url + "/bot{0}/{1}")
    monkeypatch.setattr(apihelper, "FILE_URL", sandbox.address.url + "/file/bot{0}/{1}")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    opened: Any = TeleBot(sandbox.token, threaded=False, parse_mode="MarkdownV2")

    def welcome(message: Any) -> None:
        markup = types.InlineKeyboardMarkup(
            [[types.InlineKeyboardButton("Rồi", callback_data="shared:7")]]
        )
        opened.reply_to(message, r"*Chào* bạn\!", reply_markup=markup)

    def thanks(query: Any) -> None:
        opened.answer_callback_query(query.id, "Cảm ơn bạn")
        place = {"chat_id": query.message.chat.id, "message_id": query.message.message_id}
        opened.edit_message_text("Đã ghi: `shared`", **place)

    def give_back(message: Any) -> None:
        path = opened.get_file(message.document.file_id).file_path
        opened.send_document(
            message.chat.id, opened.download_file(path), visible_file_name="Thông báo (2).pdf"
        )

    opened.register_message_handler(welcome, commands=["start", "help"])
    opened.register_callback_query_handler(thanks, func=lambda _: True)
    opened.register_message_handler(give_back, content_types=["document"])
    return opened


@pytest.fixture
async def chat(sandbox: SandboxServer) -> int:
    return await sandbox.add_started_user()


@pytest.fixture
def run(bot: Any, chat: int) -> Run:
    """Calls something of the bot in a thread, because the library blocks."""

    async def call(work: Callable[[Any, int], Any]) -> Any:
        return await asyncio.to_thread(work, bot, chat)

    return call


def _handle_updates(bot: Any, _chat: int) -> None:
    bot.process_new_updates(bot.get_updates(offset=bot.last_update_id + 1))


async def test_a_command_is_answered_with_a_button(
    sandbox: SandboxServer, run: Run, chat: int
) -> None:
    await sandbox.do(chat, "start")
    await run(_handle_updates)
    (*_, shown) = await sandbox.messages(chat)
    assert (shown["text"], shown["entities"][0]["type"]) == ("Chào bạn!", "bold")
    assert shown["reply_to_message"]["text"] == "/start"
    await sandbox.do(chat, "press", message_id=shown["message_id"], label="Rồi")
    await run(_handle_updates)
    (*_, edited) = await sandbox.messages(chat)
    assert (edited["message_id"], edited["text"]) == (shown["message_id"], "Đã ghi: shared")
    assert "reply_markup" not in edited


async def test_a_file_comes_back_with_its_name(sandbox: SandboxServer, run: Run, chat: int) -> None:
    sent = await run(
        lambda bot, chat: bot.send_document(chat, b"%PDF", visible_file_name="Thông báo.pdf")
    )
    assert sent.document.file_name == "Thông báo.pdf"
    form = {"from_chat": chat, "message_id": sent.message_id}
    await sandbox.do(chat, "send", forward=form)
    await run(_handle_updates)
    (*_, shown) = await sandbox.messages(chat)
    assert shown["document"]["file_name"] == "Thông báo (2).pdf"


async def test_pictures_and_albums_are_sent_and_edited(run: Run) -> None:
    def work(bot: Any, chat: int) -> tuple[Any, Any, Any]:
        photo = bot.send_photo(chat, picture(), caption="_Lịch_", has_spoiler=True)
        media = [
            types.InputMediaPhoto(
                photo.photo[-1].file_id, caption="*Hai* ảnh", parse_mode="Markdown"
            ),
            types.InputMediaPhoto(types.InputFile(BytesIO(picture()))),
        ]
        album = bot.send_media_group(chat, media)
        file = types.InputMediaDocument(types.InputFile(BytesIO(b"x"), file_name="Lịch.txt"))
        edited = bot.edit_message_media(file, chat, photo.message_id)
        return photo, album, edited

    photo, album, edited = await run(work)
    assert (photo.caption, photo.caption_entities[0].type) == ("Lịch", "italic")
    assert [one.caption for one in album] == ["Hai ảnh", None]
    assert len({one.media_group_id for one in album}) == 1
    assert edited.document.file_name == "Lịch.txt"


async def test_what_other_bots_call_first_is_there(run: Run) -> None:
    def work(bot: Any, chat: int) -> None:
        first = bot.send_message(chat, "Một", disable_web_page_preview=True)
        assert bot.copy_message(chat, chat, first.message_id).message_id > first.message_id
        assert bot.forward_message(chat, chat, first.message_id).forward_origin.type == "user"
        assert bot.set_message_reaction(chat, first.message_id, [types.ReactionTypeEmoji("👍")])
        assert bot.get_chat_member(chat, bot.get_me().id).status == "member"
        assert bot.send_venue(chat, 10.5, 106.5, "Nhà văn hóa", "Tổ 5").venue.address == "Tổ 5"
        assert bot.send_sticker(chat, picture(kind="WEBP")).sticker.width == 512
        assert bot.get_chat_menu_button(chat).type == "commands"
        assert bot.delete_messages(chat, [first.message_id])

    await run(work)


async def test_a_refusal_has_telegrams_words(run: Run) -> None:
    with pytest.raises(ApiTelegramException, match="Character '!' is reserved"):
        await run(lambda bot, chat: bot.send_message(chat, "Chào!"))


async def test_updates_come_to_a_webhook(
    sandbox: SandboxServer, bot: Any, run: Run, chat: int
) -> None:
    async def handle(request: web.Request) -> web.Response:
        update = types.Update.de_json(await request.text())
        await asyncio.to_thread(bot.process_new_updates, [update])
        return web.Response()

    async def answered() -> bool:
        return bool((await sandbox.messages(chat))[-1].get("text") == "Chào bạn!")

    async with listening("/telegram", handle) as url:
        assert await run(lambda bot, _: bot.set_webhook(url, secret_token="s3cret"))
        await sandbox.say(chat, "/help")
        await eventually(answered)
        assert await run(lambda bot, _: bot.delete_webhook())
