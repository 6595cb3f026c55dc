"""Telegram's limits, at the limit and one past it."""

from collections.abc import Awaitable, Callable

import pytest

from bot.sandbox.chats.pending_queries import CALLBACK_LIFETIME_S
from bot.sandbox.content.media import PHOTO_LIMIT
from bot.sandbox.telegram.methods.edit import DELETION_LIMIT_S
from bot.sandbox.telegram.methods.get_file import DOWNLOAD_LIMIT
from tests.support.sandbox_server import Answer, SandboxServer, form, picture

PHOTO_TOO_BIG = (
    "Bad Request: file of size 10485761 bytes is too big for a photo; "
    "the maximum size is 10485760 bytes"
)

Attempt = Callable[[SandboxServer, int, int], Awaitable[Answer]]


async def _text(sandbox: SandboxServer, chat: int, size: int) -> Answer:
    return await sandbox.api("sendMessage", chat_id=chat, text="ệ" * size)


async def _text_after_parsing(sandbox: SandboxServer, chat: int, size: int) -> Answer:
    text = f"<b>{'&amp;' * size}</b>"
    return await sandbox.api("sendMessage", chat_id=chat, text=text, parse_mode="HTML")


async def _pairs_of_units(sandbox: SandboxServer, chat: int, size: int) -> Answer:
    return await sandbox.api("sendMessage", chat_id=chat, text="🗳" * size)


async def _caption(sandbox: SandboxServer, chat: int, size: int) -> Answer:
    photo = ("photo", "a.png", picture())
    return await sandbox.upload("sendPhoto", form(photo, chat_id=str(chat), caption="ệ" * size))


async def _callback_bytes(sandbox: SandboxServer, chat: int, size: int) -> Answer:
    return await _button(sandbox, chat, callback_data="ệ" + "x" * (size - len("ệ".encode())))


async def _copied_text(sandbox: SandboxServer, chat: int, size: int) -> Answer:
    return await _button(sandbox, chat, copy_text={"text": "ệ" * size})


async def _buttons_in_a_row(sandbox: SandboxServer, chat: int, size: int) -> Answer:
    markup = {"inline_keyboard": [[{"text": "Có", "callback_data": "y"}] * size]}
    return await sandbox.api("sendMessage", chat_id=chat, text="Chào", reply_markup=markup)


async def _commands(sandbox: SandboxServer, _: int, size: int) -> Answer:
    commands = [{"command": f"lenh_{number}", "description": "x"} for number in range(size)]
    return await sandbox.api("setMyCommands", commands=commands)


async def _command_length(sandbox: SandboxServer, _: int, size: int) -> Answer:
    return await sandbox.api(
        "setMyCommands", commands=[{"command": "x" * size, "description": "x"}]
    )


async def _secret(sandbox: SandboxServer, _: int, size: int) -> Answer:
    return await sandbox.api("setWebhook", url="http://127.0.0.1:1/", secret_token="x" * size)


async def _answer_text(sandbox: SandboxServer, chat: int, size: int) -> Answer:
    query = await _press(sandbox, chat)
    return await sandbox.api("answerCallbackQuery", callback_query_id=query, text="ệ" * size)


async def _age_of_a_press(sandbox: SandboxServer, chat: int, size: int) -> Answer:
    query = await _press(sandbox, chat)
    await sandbox.advance(size)
    return await sandbox.api("answerCallbackQuery", callback_query_id=query)


async def _age_of_a_message(sandbox: SandboxServer, chat: int, size: int) -> Answer:
    sent = (await sandbox.api("sendMessage", chat_id=chat, text="Nhầm")).result
    await sandbox.advance(size)
    return await sandbox.api("deleteMessage", chat_id=chat, message_id=sent["message_id"])


async def _photo_size(sandbox: SandboxServer, chat: int, size: int) -> Answer:
    photo = picture()
    file = ("photo", "a.png", photo + bytes(size - len(photo)))
    return await sandbox.upload("sendPhoto", form(file, chat_id=str(chat)))


async def _photo_sides(sandbox: SandboxServer, chat: int, size: int) -> Answer:
    file = ("photo", "a.png", picture(size - 500, 500))
    return await sandbox.upload("sendPhoto", form(file, chat_id=str(chat)))


async def _photo_ratio(sandbox: SandboxServer, chat: int, size: int) -> Answer:
    file = ("photo", "a.png", picture(size, 10))
    return await sandbox.upload("sendPhoto", form(file, chat_id=str(chat)))


async def _download(sandbox: SandboxServer, chat: int, size: int) -> Answer:
    file = ("document", "a.bin", bytes(size))
    sent = (await sandbox.upload("sendDocument", form(file, chat_id=str(chat)))).result
    return await sandbox.api("getFile", file_id=sent["document"]["file_id"])


async def _document(sandbox: SandboxServer, chat: int, size: int) -> Answer:
    file = ("document", "a.bin", bytes(size))
    return await sandbox.upload("sendDocument", form(file, chat_id=str(chat)))


async def _button(sandbox: SandboxServer, chat: int, **action: object) -> Answer:
    markup = {"inline_keyboard": [[{"text": "Có", **action}]]}
    return await sandbox.api("sendMessage", chat_id=chat, text="Chào", reply_markup=markup)


async def _press(sandbox: SandboxServer, chat: int) -> str:
    sent = (await _button(sandbox, chat, callback_data="y")).result
    pressed = await sandbox.do(chat, "press", message_id=sent["message_id"], data="y")
    return str(pressed["callback_query_id"])


@pytest.mark.parametrize(
    ("attempt", "limit", "refusal"),
    [
        (_text, 4096, "Bad Request: message is too long"),
        (_text_after_parsing, 4096, "Bad Request: message is too long"),
        (_pairs_of_units, 2048, "Bad Request: message is too long"),
        (_caption, 1024, "Bad Request: message caption is too long"),
        (_callback_bytes, 64, "Bad Request: BUTTON_DATA_INVALID"),
        (_copied_text, 256, "Bad Request: BUTTON_COPY_TEXT_INVALID"),
        (_buttons_in_a_row, 8, "Bad Request: REPLY_MARKUP_TOO_LONG"),
        (_commands, 100, "Bad Request: BOT_COMMANDS_TOO_MUCH"),
        (_command_length, 32, "Bad Request: BOT_COMMAND_INVALID"),
        (_secret, 256, "Bad Request: secret token is too long"),
        (_answer_text, 200, "Bad Request: MESSAGE_TOO_LONG"),
        (_photo_size, PHOTO_LIMIT, PHOTO_TOO_BIG),
        (_photo_sides, 10_000, "Bad Request: PHOTO_INVALID_DIMENSIONS"),
        (_photo_ratio, 200, "Bad Request: PHOTO_INVALID_DIMENSIONS"),
        (_download, DOWNLOAD_LIMIT, "Bad Request: file is too big"),
        (_document, 50 * 1024 * 1024, "Request Entity Too Large"),
    ],
    ids=lambda value: value.__name__ if callable(value) else None,
)
async def test_the_limit_is_allowed_and_one_more_is_not(
    sandbox: SandboxServer, attempt: Attempt, limit: int, refusal: str, chat: int
) -> None:
    assert (await attempt(sandbox, chat, limit)).status == 200
    assert (await attempt(sandbox, chat, limit + 1)).refusal == refusal


@pytest.mark.parametrize(
    ("attempt", "limit_s", "refusal"),
    [
        (_age_of_a_message, DELETION_LIMIT_S, "Bad Request: message can't be deleted for everyone"),
        (
            _age_of_a_press,
            CALLBACK_LIFETIME_S,
            "Bad Request: query is too old and response timeout expired or query ID is invalid",
        ),
    ],
    ids=lambda value: value.__name__ if callable(value) else None,
)
async def test_what_is_too_old_is_refused(
    sandbox: SandboxServer, attempt: Attempt, limit_s: int, refusal: str, chat: int
) -> None:
    """The clock also runs by itself: a minute before the limit is surely within it."""
    assert (await attempt(sandbox, chat, limit_s - 60)).status == 200
    assert (await attempt(sandbox, chat, limit_s + 1)).refusal == refusal


async def test_a_body_past_every_limit_is_refused_before_it_is_read(
    sandbox: SandboxServer, chat: int
) -> None:
    file = ("document", "a.bin", bytes(52 * 1024 * 1024))
    answer = await sandbox.upload("sendDocument", form(file, chat_id=str(chat)))
    assert (answer.status, answer.refusal) == (413, "Request Entity Too Large")
