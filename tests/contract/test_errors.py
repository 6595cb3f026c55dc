"""What the sandbox refuses reaches both libraries as their own typed errors, in Telegram's words."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest

from tests.contract.clients import CLIENTS, Client, Failure
from tests.support.sandbox_server import SandboxServer, picture

HOURS_48 = 48 * 3600


@dataclass(frozen=True)
class CaseContext:
    """A library, the other side, Lan who pressed START, and what the bot last sent her."""

    client: Client
    sandbox: SandboxServer
    chat: int
    message_id: int

    async def send(self, **parameters: Any) -> Any:
        return await self.client.call("send_message", **{"chat_id": self.chat, **parameters})

    async def edit(self, **parameters: Any) -> Any:
        place = {"chat_id": self.chat, "message_id": self.message_id}
        return await self.client.call("edit_message_text", **{**place, **parameters})

    async def delete(self, **parameters: Any) -> Any:
        place = {"chat_id": self.chat, "message_id": self.message_id}
        return await self.client.call("delete_message", **{**place, **parameters})

    async def button(self, **fields: Any) -> Any:
        return await self.send(text="Chào", reply_markup=self.client.keyboard([fields]))

    async def photo(self, photo: Any, **parameters: Any) -> Any:
        return await self.client.call("send_photo", chat_id=self.chat, photo=photo, **parameters)


async def _to_a_blocker(context: CaseContext) -> None:
    await context.sandbox.do(context.chat, "block")
    await context.send(text="Chào")


async def _to_a_stranger(context: CaseContext) -> None:
    await context.send(chat_id=await context.sandbox.add_user("Người lạ"), text="Chào")


async def _delete_late(context: CaseContext) -> None:
    await context.sandbox.advance(HOURS_48 + 1)
    await context.delete()


async def _edit_of_anothers(context: CaseContext) -> None:
    said = await context.sandbox.say(context.chat, "Của tôi")
    await context.edit(message_id=said["message_id"], text="Của bot")


async def _reply_to_nothing(context: CaseContext) -> None:
    nothing = context.client.types.ReplyParameters(message_id=999_999)
    await context.send(text="Chào", reply_parameters=nothing)


async def _poll_beside_a_webhook(context: CaseContext) -> None:
    await context.client.call("set_webhook", url="http://127.0.0.1:1/")
    await context.client.call("get_updates")


async def _with_fault(context: CaseContext, **fault: Any) -> None:
    await context.sandbox.post("/sandbox/faults", {"method": "sendMessage", **fault})
    await context.send(text="Chào")


async def _commands(context: CaseContext, command: str, description: str = "x") -> None:
    one = {"command": command, "description": description}
    await context.client.call("set_my_commands", commands=[context.client.types.BotCommand(**one)])


def _bad(text: str, run: Callable[[CaseContext], Awaitable[object]]) -> Any:
    return pytest.param(Failure.BAD_REQUEST, f"Bad Request: {text}", run, id=text)


def _row(failure: Failure, text: str, run: Callable[[CaseContext], Awaitable[object]]) -> Any:
    return pytest.param(failure, text, run, id=text)


ERRORS = [
    _bad("chat not found", lambda s: s.send(chat_id=42, text="Chào")),
    _bad("message text is empty", lambda s: s.send(text=" \n ")),
    _bad("message is too long", lambda s: s.send(text="ạ" * 4097)),
    _bad(
        "message caption is too long",
        lambda s: s.photo(s.client.file("a.png", picture()), caption="ạ" * 1025),
    ),
    _bad("unsupported parse_mode", lambda s: s.send(text="Chào", parse_mode="BBCode")),
    _bad(
        'can\'t parse entities: Unsupported start tag "tin" at byte offset 6',
        lambda s: s.send(text="Chào <tin>", parse_mode="HTML"),
    ),
    _bad(
        "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        lambda s: s.send(text="<b>Chào", parse_mode="HTML"),
    ),
    _bad(
        "can't parse entities: Character '.' is reserved and must be escaped with the preceding '\\'",
        lambda s: s.send(text="*1.5*", parse_mode="MarkdownV2"),
    ),
    _bad(
        "can't parse entities: Can't find end of the entity starting at byte offset 6",
        lambda s: s.send(text="Chào *b", parse_mode="Markdown"),
    ),
    _bad(
        "can't parse inline keyboard button: invalid button style specified",
        lambda s: s.button(text="Có", callback_data="yes", style="loud"),
    ),
    _bad(
        "can't parse entities: Invalid date format used",
        lambda s: s.send(text='<tg-time unix="1" format="x">nay</tg-time>', parse_mode="HTML"),
    ),
    _bad("BUTTON_DATA_INVALID", lambda s: s.button(text="Có", callback_data="ế" * 21 + "xx")),
    _bad(
        "inline keyboard button URL 'http://localhost/a' is invalid: Wrong HTTP URL",
        lambda s: s.button(text="Xem", url="http://localhost/a"),
    ),
    _bad("BUTTON_URL_INVALID", lambda s: s.button(text="Xem", url="https://a.vn/" + "x" * 2048)),
    _bad(
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        lambda s: s.button(text="Chỉ có chữ"),
    ),
    _bad("message to be replied not found", _reply_to_nothing),
    _bad(
        "message is not modified: specified new message content and reply markup are exactly "
        "the same as a current content and reply markup of the message",
        lambda s: s.edit(text="Bản đầu"),
    ),
    _bad("message to edit not found", lambda s: s.edit(message_id=999_999, text="x")),
    _bad("message can't be edited", _edit_of_anothers),
    _bad(
        "there is no caption in the message to edit",
        lambda s: s.client.call(
            "edit_message_caption", chat_id=s.chat, message_id=s.message_id, caption="x"
        ),
    ),
    _bad("message to delete not found", lambda s: s.delete(message_id=999_999)),
    _bad("message can't be deleted for everyone", _delete_late),
    _bad(
        "query is too old and response timeout expired or query ID is invalid",
        lambda s: s.client.call("answer_callback_query", callback_query_id="1"),
    ),
    _bad("IMAGE_PROCESS_FAILED", lambda s: s.photo(s.client.file("a.png", b"not a picture"))),
    _bad("wrong file identifier/HTTP URL specified", lambda s: s.photo("AgACnothing")),
    _bad("failed to get HTTP URL content", lambda s: s.photo("https://a.vn/a.jpg")),
    _bad("invalid file_id", lambda s: s.client.call("get_file", file_id="AgACnothing")),
    _bad("BOT_COMMAND_INVALID", lambda s: _commands(s, "Trợ giúp")),
    _bad(
        "wrong parameter action in request",
        lambda s: s.client.call("send_chat_action", chat_id=s.chat, action="sleeping"),
    ),
    _bad(
        "bad webhook: An HTTPS URL must be provided for webhook",
        lambda s: s.client.call("set_webhook", url="ftp://127.0.0.1/"),
    ),
    _row(Failure.FORBIDDEN, "Forbidden: bot was blocked by the user", _to_a_blocker),
    _row(
        Failure.FORBIDDEN, "Forbidden: bot can't initiate conversation with a user", _to_a_stranger
    ),
    _row(
        Failure.CONFLICT,
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first",
        _poll_beside_a_webhook,
    ),
    _row(
        Failure.SERVER_ERROR,
        "Internal Server Error",
        lambda s: _with_fault(s, status=500),
    ),
    _row(Failure.NETWORK, "", lambda s: _with_fault(s, accept_then_drop=True)),
]


@pytest.fixture
async def context(client: Client, sandbox: SandboxServer) -> CaseContext:
    chat = await sandbox.add_started_user()
    sent = await client.call("send_message", chat_id=chat, text="Bản đầu")
    return CaseContext(client, sandbox, chat, sent.message_id)


@pytest.mark.parametrize(("failure", "text", "run"), ERRORS)
async def test_a_refusal_is_the_librarys_own_error(
    context: CaseContext,
    failure: Failure,
    text: str,
    run: Callable[[CaseContext], Awaitable[object]],
) -> None:
    with pytest.raises(context.client.errors[failure]) as raised:
        await run(context)
    assert _same_words(text, str(raised.value)), str(raised.value)


async def test_a_flood_says_how_long_to_wait(context: CaseContext) -> None:
    with pytest.raises(context.client.errors[Failure.RETRY_AFTER]) as raised:
        await _with_fault(context, status=429, retry_after=7)
    assert re.search("Retry in (7 seconds|0:00:07)", str(raised.value))


async def test_a_group_that_moved_says_where_to(context: CaseContext) -> None:
    with pytest.raises(context.client.errors[Failure.MIGRATED]) as raised:
        await _with_fault(context, status=400, migrate_to_chat_id=-1001)
    assert "-1001" in str(raised.value)


@pytest.mark.parametrize("library", CLIENTS)
async def test_a_wrong_token_is_told_apart(library: str, sandbox: SandboxServer) -> None:
    async with CLIENTS[library](sandbox.address.url, "1000000001:wrong") as stranger:
        with pytest.raises(stranger.errors[Failure.UNAUTHORIZED]):
            await stranger.call("get_me")


def _same_words(wanted: str, got: str) -> bool:
    """python-telegram-bot drops “Bad Request: ” and capitalises; aiogram adds words before."""
    return wanted.removeprefix("Bad Request: ").lower() in got.lower()
