"""Every method of the sandbox, called by both libraries as they call Telegram."""

import asyncio

import pytest

from bot.sandbox.telegram.methods import METHODS
from tests.contract import media_cases, other_bots_cases
from tests.contract.clients import Client
from tests.contract.library_cases import CASES, Case, CaseContext, case
from tests.support.sandbox_server import SandboxServer, form, picture

__all__ = ["media_cases", "other_bots_cases"]


@case("getMe")
async def the_bot_knows_itself(context: CaseContext) -> None:
    me = await context.client.call("get_me")
    assert (me.is_bot, me.username) == (True, "niemtin_bot")


@case("getUpdates")
async def a_message_of_a_person_reaches_the_bot(context: CaseContext) -> None:
    await context.sandbox.say(context.chat, "Chào bot, xem https://vneid.gov.vn nhé")
    (update,) = await context.client.call("get_updates", timeout=1, allowed_updates=["message"])
    assert (update.message.from_user.first_name, update.message.chat.id) == ("Lan", context.chat)
    assert [entity.type for entity in update.message.entities] == ["url"]
    assert await context.client.call("get_updates", offset=update.update_id + 1) in ([], ())


@case("getUpdates")
async def a_command_is_marked_as_one(context: CaseContext) -> None:
    await context.sandbox.do(context.chat, "start", payload="moi_123")
    (update,) = await context.client.call("get_updates")
    assert update.message.text == "/start moi_123"
    assert [entity.type for entity in update.message.entities] == ["bot_command"]


@case("getUpdates")
async def a_forward_says_where_it_comes_from(context: CaseContext) -> None:
    channel = {"channel": {"title": "Tin nóng", "username": "tinnong"}, "text": "Đổi ngày bầu cử!"}
    await context.sandbox.do(context.chat, "send", forward=channel)
    await context.sandbox.do(
        context.chat, "send", forward={"sender_name": "Ai đó", "text": "Nghe nói"}
    )
    post = await context.sandbox.say(context.chat, "Của tôi")
    again = {"from_chat": context.chat, "message_id": post["message_id"]}
    await context.sandbox.do(context.chat, "send", forward=again)
    updates = await context.client.call("get_updates")
    origins = [update.message.forward_origin for update in updates]
    assert [origin and origin.type for origin in origins] == [
        "channel",
        "hidden_user",
        None,
        "user",
    ]


@case("getUpdates", "getFile")
async def an_album_arrives_with_one_group_id_and_can_be_fetched(context: CaseContext) -> None:
    photos = [("photo", f"{number}.png", picture(400, 300)) for number in range(2)]
    await context.sandbox.show(context.chat, form(*photos, caption="Hai ảnh"))
    first, second = await context.client.call("get_updates")
    assert first.message.media_group_id == second.message.media_group_id
    assert (first.message.caption, second.message.caption) == ("Hai ảnh", None)
    largest = first.message.photo[-1]
    assert (largest.width, largest.height) == (400, 300)
    assert (await context.client.download(largest.file_id))[:2] == b"\xff\xd8"


@case("getUpdates")
async def a_block_and_its_end_are_told(context: CaseContext) -> None:
    await context.sandbox.do(context.chat, "block")
    await context.sandbox.do(context.chat, "unblock")
    updates = await context.client.call("get_updates")
    states = [update.my_chat_member.new_chat_member.status for update in updates]
    assert states == ["kicked", "member"]


@case("getUpdates")
async def a_group_that_took_the_bot_in_is_told(context: CaseContext) -> None:
    members = [context.chat, await context.sandbox.add_user("Minh")]
    await context.sandbox.post("/sandbox/groups", {"title": "Tổ 5", "members": members})
    (update,) = await context.client.call("get_updates")
    assert update.my_chat_member.chat.type == "group"
    assert update.my_chat_member.old_chat_member.status == "left"


@case("sendMessage")
async def a_formatted_message_arrives_on_the_phone(context: CaseContext) -> None:
    sent = await context.client.call(
        "send_message",
        chat_id=context.chat,
        text="<b>Bầu cử</b> 15/3 🗳 <a href='https://baucu.example.vn'>xem</a>",
        parse_mode="HTML",
        disable_notification=True,
        protect_content=True,
        link_preview_options=context.client.types.LinkPreviewOptions(is_disabled=True),
        reply_markup=context.client.keyboard(
            [{"text": "Có", "callback_data": "yes"}, {"text": "Nguồn", "url": "https://a.vn/"}],
            [{"text": "Chép", "copy_text": context.client.types.CopyTextButton(text="chép")}],
        ),
    )
    (_, shown) = await context.sandbox.messages(context.chat)
    assert shown["text"] == sent.text == "Bầu cử 15/3 🗳 xem"
    assert [(one.type, one.offset, one.length) for one in sent.entities] == [
        ("bold", 0, 6),
        ("text_link", 15, 3),
    ]
    assert sent.reply_markup.inline_keyboard[0][0].callback_data == "yes"
    assert sent.has_protected_content


@case("sendMessage")
async def markdown_is_read_in_both_versions(context: CaseContext) -> None:
    texts = {
        "MarkdownV2": r"*Bầu cử* _15/3_ [xem](https://a.vn/) 1\.5",
        "Markdown": "*Bầu cử* _15/3_ 1.5",
    }
    kinds = []
    for mode, text in texts.items():
        sent = await context.client.call(
            "send_message", chat_id=context.chat, text=text, parse_mode=mode
        )
        kinds.append([one.type for one in sent.entities])
    assert kinds == [["bold", "italic", "text_link"], ["bold", "italic"]]
    shown = (await context.sandbox.messages(context.chat))[-2:]
    assert [one["text"] for one in shown] == ["Bầu cử 15/3 xem 1.5", "Bầu cử 15/3 1.5"]


@case("sendMessage", "editMessageText")
async def a_person_is_mentioned_by_id(context: CaseContext) -> None:
    sent = await context.client.call(
        "send_message",
        chat_id=context.chat,
        text=f'<a href="tg://user?id={context.chat}">bạn</a> <a href="tg://user?id=1">ai</a>',
        parse_mode="HTML",
    )
    assert [(one.type, one.user.first_name) for one in sent.entities] == [("text_mention", "Lan")]
    edited = await context.client.call(
        "edit_message_text",
        chat_id=context.chat,
        message_id=sent.message_id,
        text=f"[bạn](tg://user?id={context.chat})",
        parse_mode="MarkdownV2",
    )
    assert edited.entities[0].user.id == context.chat


@case("sendMessage")
async def a_reply_shows_what_it_replies_to(context: CaseContext) -> None:
    asked = await context.sandbox.say(context.chat, "Đi bầu ở đâu?")
    answer = await context.client.call(
        "send_message",
        chat_id=context.chat,
        text="Ở nhà văn hóa.",
        reply_parameters=context.client.types.ReplyParameters(message_id=asked["message_id"]),
    )
    assert answer.reply_to_message.text == "Đi bầu ở đâu?"


@case("sendMessage")
async def entities_may_come_as_objects(context: CaseContext) -> None:
    bold = context.client.types.MessageEntity(type="bold", offset=3, length=2)
    sent = await context.client.call(
        "send_message", chat_id=context.chat, text="🗳 Đi", entities=[bold]
    )
    assert [(one.type, one.offset, one.length) for one in sent.entities] == [("bold", 3, 2)]


@case("sendMessage")
async def a_moment_in_the_text_keeps_its_time(context: CaseContext) -> None:
    sent = await context.client.call(
        "send_message",
        chat_id=context.chat,
        text='Đến <tg-time unix="1773532800">7:00, Chủ Nhật</tg-time>',
        parse_mode="HTML",
    )
    (moment,) = sent.entities
    assert (moment.type, moment.offset, moment.length) == ("date_time", 4, 14)
    assert moment.date_time_format == ""
    (_, shown) = await context.sandbox.messages(context.chat)
    assert shown["text"] == "Đến 7:00, Chủ Nhật"
    assert shown["entities"][0]["unix_time"] == 1_773_532_800


@case("sendMessage")
async def a_moment_may_come_as_an_object(context: CaseContext) -> None:
    moment = context.client.types.MessageEntity(
        type="date_time", offset=0, length=2, unix_time=1_773_532_800, date_time_format="tDw"
    )
    sent = await context.client.call(
        "send_message", chat_id=context.chat, text="Hạn", entities=[moment]
    )
    assert [(one.type, one.date_time_format) for one in sent.entities] == [("date_time", "wDt")]


@case("sendMessage")
async def a_button_has_the_style_it_was_given(context: CaseContext) -> None:
    row = [{"text": "Giữ", "callback_data": "keep"}, {"text": "Xem", "url": "https://a.vn/"}]
    row += [{"text": "Thu hồi", "callback_data": "recall", "style": "danger"}]
    row[1]["style"] = "primary"
    keyboard = context.client.keyboard(row)
    sent = await context.client.call(
        "send_message", chat_id=context.chat, text="Thu hồi?", reply_markup=keyboard
    )
    shown = sent.reply_markup.inline_keyboard[0]
    assert [button.style for button in shown] == [None, "primary", "danger"]


@case("sendPhoto")
async def a_picture_is_sent_once_and_known_by_its_id(context: CaseContext) -> None:
    photo = context.client.file("bang-ron.png", picture(1000, 500))
    sent = await context.client.call(
        "send_photo", chat_id=context.chat, photo=photo, caption="<i>Lịch</i>", parse_mode="HTML"
    )
    assert [size.width for size in sent.photo] == [90, 320, 800, 1000]
    assert (sent.caption, sent.caption_entities[0].type) == ("Lịch", "italic")
    again = await context.client.call(
        "send_photo", chat_id=context.chat, photo=sent.photo[-1].file_id
    )
    assert again.photo[-1].file_unique_id == sent.photo[-1].file_unique_id


@case("sendDocument", "getFile")
async def a_document_comes_back_byte_for_byte(context: CaseContext) -> None:
    document = context.client.file("Thông báo.pdf", b"%PDF-1.7 ...")
    sent = await context.client.call("send_document", chat_id=context.chat, document=document)
    assert sent.document.file_name == "Thông báo.pdf"
    assert await context.client.download(sent.document.file_id) == b"%PDF-1.7 ..."


@case("editMessageText")
async def an_edit_is_seen_on_the_phone(context: CaseContext) -> None:
    sent = await context.client.call(
        "send_message",
        chat_id=context.chat,
        text="Sáng",
        reply_markup=context.client.keyboard([{"text": "Có", "callback_data": "yes"}]),
    )
    edited = await context.client.call(
        "edit_message_text", chat_id=context.chat, message_id=sent.message_id, text="Chiều"
    )
    (_, shown) = await context.sandbox.messages(context.chat)
    assert shown["text"] == edited.text == "Chiều"
    assert edited.edit_date is not None
    assert edited.reply_markup is None


@case("editMessageCaption")
async def a_caption_can_be_changed(context: CaseContext) -> None:
    sent = await context.client.call(
        "send_photo",
        chat_id=context.chat,
        photo=context.client.file("a.png", picture()),
        caption="Cũ",
    )
    edited = await context.client.call(
        "edit_message_caption", chat_id=context.chat, message_id=sent.message_id, caption="Mới"
    )
    assert (edited.caption, edited.photo[-1].file_id) == ("Mới", sent.photo[-1].file_id)


@case("editMessageReplyMarkup")
async def buttons_can_be_taken_away(context: CaseContext) -> None:
    sent = await context.client.call(
        "send_message",
        chat_id=context.chat,
        text="Bạn đã chia sẻ chưa?",
        reply_markup=context.client.keyboard([{"text": "Rồi", "callback_data": "x" * 64}]),
    )
    edited = await context.client.call(
        "edit_message_reply_markup", chat_id=context.chat, message_id=sent.message_id
    )
    assert edited.reply_markup is None


@case("deleteMessage")
async def a_deleted_message_is_gone(context: CaseContext) -> None:
    sent = await context.client.call("send_message", chat_id=context.chat, text="Nhầm")
    assert await context.client.call(
        "delete_message", chat_id=context.chat, message_id=sent.message_id
    )
    assert len(await context.sandbox.messages(context.chat)) == 1


@case("answerCallbackQuery")
async def a_press_is_answered(context: CaseContext) -> None:
    sent = await context.client.call(
        "send_message",
        chat_id=context.chat,
        text="Bạn đã chia sẻ chưa?",
        reply_markup=context.client.keyboard([{"text": "Rồi", "callback_data": "shared:7"}]),
    )
    await context.sandbox.do(context.chat, "press", message_id=sent.message_id, label="Rồi")
    (update,) = await context.client.call("get_updates")
    query = update.callback_query
    assert (query.data, query.message.message_id) == ("shared:7", sent.message_id)
    assert await context.client.call(
        "answer_callback_query", callback_query_id=query.id, text="Cảm ơn bạn", show_alert=True
    )


@case("answerInlineQuery")
async def what_is_typed_in_another_chat_is_answered(context: CaseContext) -> None:
    typing = asyncio.create_task(
        context.sandbox.do(context.chat, "inline", query="bầu cử"),
        name="the app of the one who types",
    )
    (update,) = await context.client.call("get_updates", timeout=10)
    query = update.inline_query
    assert (query.query, query.from_user.id) == ("bầu cử", context.chat)
    types = context.client.types
    article = types.InlineQueryResultArticle(
        id="12",
        title="Ngày bầu cử",
        input_message_content=types.InputTextMessageContent(
            message_text="<b>Ngày bầu cử</b>", parse_mode="HTML"
        ),
        reply_markup=context.client.keyboard([{"text": "Nguồn", "url": "https://a.vn/"}]),
    )
    assert await context.client.call(
        "answer_inline_query", inline_query_id=query.id, results=[article], is_personal=True
    )
    (offered,) = (await typing)["results"]
    assert (offered["title"], offered["message"]["text"]) == ("Ngày bầu cử", "Ngày bầu cử")
    assert offered["message"]["entities"] == [{"type": "bold", "offset": 0, "length": 11}]


@case("sendChatAction")
async def the_bot_can_show_that_it_types(context: CaseContext) -> None:
    assert await context.client.call("send_chat_action", chat_id=context.chat, action="typing")


@case("setMyCommands", "getMyCommands", "deleteMyCommands")
async def menus_follow_scope_and_language(context: CaseContext) -> None:
    types = context.client.types
    general = [types.BotCommand(command="help", description="Help")]
    own = [types.BotCommand(command="trogiup", description="Trợ giúp")]
    scope = types.BotCommandScopeChat(chat_id=context.chat)
    await context.client.call("set_my_commands", commands=general)
    await context.client.call("set_my_commands", commands=own, scope=scope, language_code="vi")
    (kept,) = await context.client.call("get_my_commands", scope=scope, language_code="vi")
    assert kept.command == "trogiup"
    assert await _menu(context) == ["trogiup"]
    await context.client.call("delete_my_commands", scope=scope, language_code="vi")
    assert await _menu(context) == ["help"]


async def _menu(context: CaseContext) -> list[str]:
    answer = await context.sandbox.get(f"/sandbox/chats/{context.chat}/commands")
    return [command["command"] for command in answer.body]


@case("getChat")
async def a_chat_can_be_looked_up(context: CaseContext) -> None:
    chat = await context.client.call("get_chat", chat_id=context.chat)
    assert (chat.type, chat.first_name) == ("private", "Lan")


@case("setMyName", "getMyName")
async def the_bot_has_a_name_per_language(context: CaseContext) -> None:
    await context.client.call("set_my_name", name="Trust", language_code="en")
    assert (await context.client.call("get_my_name", language_code="en")).name == "Trust"
    assert (await context.client.call("get_my_name")).name == "niềm tin"


@case("setMyDescription", "getMyDescription", "setMyShortDescription", "getMyShortDescription")
async def the_bot_describes_itself(context: CaseContext) -> None:
    await context.client.call("set_my_description", description="Kênh tin chính thức")
    await context.client.call("set_my_short_description", short_description="Tin đúng")
    described = await context.client.call("get_my_description")
    shortly = await context.client.call("get_my_short_description")
    assert described.description == "Kênh tin chính thức"
    assert shortly.short_description == "Tin đúng"


@case("setWebhook", "getWebhookInfo", "deleteWebhook")
async def a_webhook_can_be_set_looked_at_and_deleted(context: CaseContext) -> None:
    await context.client.call(
        "set_webhook",
        url="http://127.0.0.1:1/telegram",
        secret_token="s3cret",
        max_connections=5,
        allowed_updates=["message"],
    )
    info = await context.client.call("get_webhook_info")
    assert (info.url, info.max_connections) == ("http://127.0.0.1:1/telegram", 5)
    assert list(info.allowed_updates) == ["message"]
    assert await context.client.call("delete_webhook", drop_pending_updates=True)
    assert (await context.client.call("get_webhook_info")).url == ""


@pytest.mark.parametrize(
    "run", dict.fromkeys(function for _, function in CASES), ids=lambda run: run.__name__
)
async def test_both_libraries_find_telegram_here(
    run: Case, client: Client, sandbox: SandboxServer
) -> None:
    await run(CaseContext(client, sandbox, await sandbox.add_started_user()))


def test_no_method_is_without_its_case() -> None:
    assert {method for method, _ in CASES} == set(METHODS)
