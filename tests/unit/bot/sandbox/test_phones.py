"""What people can do on their phones, and what the bot hears of it."""

import asyncio
from typing import Any

import pytest

from tests.support.sandbox_stage import Stage, form, picture
from tests.support.waiting import patience


async def _ask(stage: Stage, chat: int, **button: object) -> int:
    markup = {"inline_keyboard": [[{"text": "Có", "callback_data": "y"}, button or _NO]]}
    sent = await stage.api("sendMessage", chat_id=chat, text="Bạn rõ chưa?", reply_markup=markup)
    return int(sent.result["message_id"])


_NO: dict[str, object] = {"text": "Chưa", "callback_data": "n"}


async def _refused(stage: Stage, path: str, **fields: Any) -> str:
    answer = await stage.post(path, fields)
    assert answer.status == 400
    return str(answer.body["error"])


async def test_the_bot_cannot_write_first(stage: Stage) -> None:
    chat = await stage.person()
    refusal = "Forbidden: bot can't initiate conversation with a user"
    assert (await stage.api("sendMessage", chat_id=chat, text="Chào")).refusal == refusal
    await stage.do(chat, "start")
    assert (await stage.api("sendMessage", chat_id=chat, text="Chào")).status == 200


async def test_a_phone_tells_whether_it_started_and_blocked(stage: Stage) -> None:
    chat = await stage.person("Hoa", note="cán bộ", language_code="en")
    (before,) = (await stage.get("/sandbox/users")).body
    await stage.do(chat, "start")
    await stage.do(chat, "block")
    (after,) = (await stage.get("/sandbox/users")).body
    assert (before["note"], before["language_code"]) == ("cán bộ", "en")
    assert (before["started"], before["blocked"]) == (False, False)
    assert (after["started"], after["blocked"]) == (True, True)


async def test_a_messenger_that_is_not_played_here_is_refused(stage: Stage) -> None:
    said = await _refused(stage, "/sandbox/users", first_name="Lan", messenger="viber")
    assert "zalo" in said


@pytest.mark.parametrize("payload", ["a" * 65, "có dấu", "a b"])
async def test_a_deep_link_carries_only_what_telegram_lets_through(
    stage: Stage, payload: str
) -> None:
    chat = await stage.person()
    assert "payload" in await _refused(stage, f"/sandbox/chats/{chat}/start", payload=payload)
    assert (await stage.do(chat, "start", payload="a" * 64))["text"] == "/start " + "a" * 64


async def test_somebody_who_blocked_the_bot_is_out_of_reach(stage: Stage) -> None:
    chat = await stage.friend()
    message = await _ask(stage, chat)
    await stage.do(chat, "block")
    blocked = "Forbidden: bot was blocked by the user"
    assert (await stage.api("sendMessage", chat_id=chat, text="Chào")).refusal == blocked
    assert (await stage.api("sendChatAction", chat_id=chat, action="typing")).refusal == blocked
    assert "unblock" in await _refused(stage, f"/sandbox/chats/{chat}/send", text="Chào")
    press = {"message_id": message, "data": "y"}
    assert "unblock" in await _refused(stage, f"/sandbox/chats/{chat}/press", **press)
    await stage.do(chat, "unblock")
    assert (await stage.api("sendMessage", chat_id=chat, text="Chào")).status == 200


async def test_blocking_twice_is_told_once(stage: Stage) -> None:
    chat = await stage.friend()
    await stage.do(chat, "block")
    await stage.do(chat, "block")
    assert len(await stage.updates()) == 1


async def test_an_officer_can_write_in_bold(stage: Stage) -> None:
    chat = await stage.friend()
    said = await stage.say(chat, "<b>Quan trọng</b>", parse_mode="HTML")
    assert said["text"] == "Quan trọng"
    assert said["entities"] == [{"type": "bold", "offset": 0, "length": 10}]
    assert "parse_mode" in await _refused(
        stage, f"/sandbox/chats/{chat}/send", text="x", parse_mode="Markdown"
    )


async def test_a_reply_carries_the_message_it_replies_to(stage: Stage) -> None:
    chat = await stage.friend()
    asked = (await stage.api("sendMessage", chat_id=chat, text="Bạn ở đâu?")).result
    await stage.say(chat, "Ở phường 5", reply_to=asked["message_id"])
    (update,) = await stage.updates()
    assert update["message"]["reply_to_message"]["text"] == "Bạn ở đâu?"


async def test_a_message_can_be_forwarded_from_phone_to_phone(stage: Stage) -> None:
    lan, minh = await stage.friend("Lan"), await stage.friend("Minh")
    said = await stage.say(lan, "Nghe nói đổi ngày")
    await stage.do(minh, "send", forward={"from_chat": lan, "message_id": said["message_id"]})
    update = (await stage.updates())[-1]
    origin = update["message"]["forward_origin"]
    assert update["message"]["from"]["first_name"] == "Minh"
    assert (origin["type"], origin["sender_user"]["first_name"]) == ("user", "Lan")


async def test_a_forwarded_forward_keeps_its_first_origin(stage: Stage) -> None:
    chat = await stage.friend()
    post = {"channel": {"title": "Tin nóng", "username": "tinnong"}, "text": "Tin giả"}
    first = await stage.do(chat, "send", forward=post)
    again = {"from_chat": chat, "message_id": first["message_id"]}
    second = await stage.do(chat, "send", forward=again)
    assert second["forward_origin"] == first["forward_origin"]


async def test_a_forward_keeps_links_but_no_answering_buttons(stage: Stage) -> None:
    chat = await stage.friend()
    message = await _ask(stage, chat, text="Nguồn", url="https://baucu.example.vn/")
    again = {"from_chat": chat, "message_id": message}
    forwarded = await stage.do(chat, "send", forward=again)
    (row,) = forwarded["reply_markup"]["inline_keyboard"]
    assert [button["text"] for button in row] == ["Nguồn"]


async def test_a_protected_message_cannot_be_forwarded(stage: Stage) -> None:
    chat = await stage.friend()
    sent = await stage.api("sendMessage", chat_id=chat, text="Riêng", protect_content=True)
    again = {"from_chat": chat, "message_id": sent.result["message_id"]}
    assert "protected" in await _refused(stage, f"/sandbox/chats/{chat}/send", forward=again)


async def test_a_post_from_outside_may_have_a_picture(stage: Stage) -> None:
    chat = await stage.friend()
    photo = ("photo", "a.png", picture())
    post = '{"sender_name": "Người dưng", "text": "Xem này"}'
    shown = await stage.show(chat, form(photo, forward=post))
    assert shown["forward_origin"]["sender_user_name"] == "Người dưng"
    assert (shown["caption"], len(shown["photo"])) == ("Xem này", 1)
    known = {"sender_name": "Khác", "photo": shown["photo"][-1]["file_id"]}
    assert "photo" in await stage.do(chat, "send", forward=known)


async def test_a_button_is_pressed_by_its_label_or_its_data(stage: Stage) -> None:
    chat = await stage.friend()
    message = await _ask(stage, chat)
    await stage.do(chat, "press", message_id=message, label="Chưa")
    await stage.do(chat, "press", message_id=message, data="y")
    pressed = [update["callback_query"]["data"] for update in await stage.updates()]
    assert pressed == ["n", "y"]


async def test_a_button_that_is_not_there_cannot_be_pressed(stage: Stage) -> None:
    chat = await stage.friend()
    message = await _ask(stage, chat)
    path = f"/sandbox/chats/{chat}/press"
    assert "“Có”, “Chưa”" in await _refused(stage, path, message_id=message, label="Rồi")
    assert "no message" in await _refused(stage, path, message_id=999, label="Có")
    assert "label" in await _refused(stage, path, message_id=message)


async def test_some_buttons_never_reach_the_bot(stage: Stage) -> None:
    chat = await stage.friend()
    link = await _ask(stage, chat, text="Nguồn", url="https://baucu.example.vn/")
    copy = await _ask(stage, chat, text="Chép", copy_text={"text": "15/3"})
    opened = await stage.do(chat, "press", message_id=link, label="Nguồn")
    copied = await stage.do(chat, "press", message_id=copy, label="Chép")
    assert opened == {"url": "https://baucu.example.vn/"}
    assert copied == {"copied": "15/3"}
    assert await stage.updates() == []


async def test_a_press_can_wait_for_its_answer(stage: Stage) -> None:
    chat = await stage.friend()
    message = await _ask(stage, chat)
    async with patience(), asyncio.TaskGroup() as group:
        press = group.create_task(stage.do(chat, "press", message_id=message, data="y", wait=True))
        (update,) = await stage.updates(timeout=10)
        query = update["callback_query"]["id"]
        await stage.api("answerCallbackQuery", callback_query_id=query, text="Cảm ơn bạn")
    assert press.result()["answer"] == {"text": "Cảm ơn bạn", "show_alert": False}


async def test_an_album_is_limited_to_ten(stage: Stage) -> None:
    chat = await stage.friend()
    files = [("photo", "a.png", picture())] * 10
    assert len((await stage.show(chat, form(*files)))["messages"]) == 10
    path = f"{stage.address.url}/sandbox/chats/{chat}/send"
    async with stage.http.post(path, data=form(*files, files[0])) as answer:
        assert answer.status == 400


async def test_the_bytes_of_a_picture_can_be_shown_and_of_a_document_only_saved(
    stage: Stage,
) -> None:
    chat = await stage.friend()
    shown = await stage.show(chat, form(("photo", "a.png", picture())))
    given = await stage.show(chat, form(("document", "a.html", b"<script>alert(1)</script>")))
    base = f"{stage.address.url}/sandbox/files/"
    async with stage.http.get(base + shown["photo"][-1]["file_id"]) as photo:
        assert photo.content_type == "image/jpeg"
        assert "Content-Disposition" not in photo.headers
    async with stage.http.get(base + given["document"]["file_id"]) as document:
        assert document.headers["Content-Disposition"] == "attachment"
        assert document.headers["X-Content-Type-Options"] == "nosniff"


async def test_in_a_group_the_bot_hears_only_what_is_meant_for_it(stage: Stage) -> None:
    lan, minh = await stage.friend("Lan"), await stage.friend("Minh")
    members = {"title": "Tổ 5", "members": [lan, minh]}
    group = (await stage.post("/sandbox/groups", members)).body["id"]
    await stage.forget_updates()
    for text in (
        "Chào cả nhà",
        "/trogiup",
        "/trogiup@bot_khac",
        "hỏi @niemtin_bot",
        "/a@niemtin_bot",
    ):
        await stage.say(group, text, **{"as": lan})
    heard = [update["message"]["text"] for update in await stage.updates()]
    assert heard == ["/trogiup", "hỏi @niemtin_bot", "/a@niemtin_bot"]


async def test_a_reply_to_the_bot_is_heard_in_a_group(stage: Stage) -> None:
    lan = await stage.friend("Lan")
    group = (await stage.post("/sandbox/groups", {"title": "Tổ 5", "members": [lan]})).body["id"]
    await stage.forget_updates()
    sent = (await stage.api("sendMessage", chat_id=group, text="Xin nhắn riêng")).result
    await stage.say(group, "được", **{"as": lan, "reply_to": sent["message_id"]})
    (update,) = await stage.updates()
    assert update["message"]["chat"]["type"] == "group"


async def test_only_a_member_speaks_in_a_group(stage: Stage) -> None:
    lan, stranger = await stage.friend("Lan"), await stage.person("Lạ")
    group = (await stage.post("/sandbox/groups", {"title": "Tổ 5", "members": [lan]})).body["id"]
    path = f"/sandbox/chats/{group}/send"
    assert "not in this group" in await _refused(stage, path, text="x", **{"as": stranger})
    assert "as" in await _refused(stage, path, text="x")


async def test_the_menu_is_the_narrowest_and_in_the_persons_language(stage: Stage) -> None:
    chat = await stage.friend(language_code="vi")
    private = {"type": "all_private_chats"}
    own = {"type": "chat", "chat_id": chat}
    steps = [
        ("chung", None, ""),
        ("chung_vi", None, "vi"),
        ("rieng", private, ""),
        ("rieng_vi", private, "vi"),
        ("cua_toi", own, ""),
        ("cua_toi_vi", own, "vi"),
    ]
    for name, scope, language in steps:
        command = [{"command": name, "description": "x"}]
        fields = {"commands": command, "scope": scope, "language_code": language}
        await stage.api("setMyCommands", **fields)
        (shown,) = (await stage.get(f"/sandbox/chats/{chat}/commands")).body
        assert shown["command"] == name


async def test_a_text_that_does_not_fit_is_sent_as_several_messages(stage: Stage) -> None:
    chat = await stage.person()
    await stage.do(chat, "start")
    assert "messages" not in (await stage.do(chat, "send", text="a" * 4096))
    sent = (await stage.do(chat, "send", text="a" * 4096 + "b"))["messages"]
    assert [one["text"] for one in sent] == ["a" * 4096, "b"]
    assert not any("media_group_id" in one for one in sent)
    assert [one["message_id"] for one in sent] == sorted(one["message_id"] for one in sent)


async def test_a_phone_cuts_at_the_best_place_of_the_last_half(stage: Stage) -> None:
    chat = await stage.person()
    await stage.do(chat, "start")
    words, sentence = "từ " * 1000, "Hết câu. "
    sent = (await stage.do(chat, "send", text=f"{words}{sentence}{words}"))["messages"]
    assert [one["text"] for one in sent] == [f"{words}{sentence}".strip(), words.strip()]
