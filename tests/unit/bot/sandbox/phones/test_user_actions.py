"""What people can do on their phones, and what the bot hears of it."""

import asyncio
from typing import Any

import pytest

from tests.support.sandbox_server import SandboxServer, form, picture
from tests.support.waiting import time_limit


async def _ask(sandbox: SandboxServer, chat: int, **button: object) -> int:
    markup = {"inline_keyboard": [[{"text": "Có", "callback_data": "y"}, button or _NO]]}
    sent = await sandbox.api("sendMessage", chat_id=chat, text="Bạn rõ chưa?", reply_markup=markup)
    return int(sent.result["message_id"])


_NO: dict[str, object] = {"text": "Chưa", "callback_data": "n"}


async def _refused(sandbox: SandboxServer, path: str, **fields: Any) -> str:
    answer = await sandbox.post(path, fields)
    assert answer.status == 400
    return str(answer.body["error"])


async def test_the_bot_cannot_write_first(sandbox: SandboxServer) -> None:
    chat = await sandbox.add_user()
    refusal = "Forbidden: bot can't initiate conversation with a user"
    assert (await sandbox.api("sendMessage", chat_id=chat, text="Chào")).refusal == refusal
    await sandbox.do(chat, "start")
    assert (await sandbox.api("sendMessage", chat_id=chat, text="Chào")).status == 200


async def test_a_phone_tells_whether_it_started_and_blocked(sandbox: SandboxServer) -> None:
    chat = await sandbox.add_user("Hoa", note="cán bộ", language_code="en")
    (before,) = (await sandbox.get("/sandbox/users")).body
    await sandbox.do(chat, "start")
    await sandbox.do(chat, "block")
    (after,) = (await sandbox.get("/sandbox/users")).body
    assert (before["note"], before["language_code"]) == ("cán bộ", "en")
    assert (before["started"], before["blocked"]) == (False, False)
    assert (after["started"], after["blocked"]) == (True, True)


@pytest.mark.parametrize("kind", ["video", "animation", "video_note"])
async def test_a_video_comes_with_the_small_picture_that_was_sent_behind_it(
    sandbox: SandboxServer, kind: str
) -> None:
    chat = await sandbox.add_user()
    files = (kind, "a.mp4", b"film"), ("thumbnail", "a.jpg", picture(640, 480))
    sent = await sandbox.show(chat, form(*files))
    small = sent[kind]["thumbnail"]
    assert (small["width"], small["height"]) == (320, 240)
    assert "file_path" in (await sandbox.api("getFile", file_id=small["file_id"])).result


@pytest.mark.parametrize("before", [(), (("photo", "a.png", picture()),)])
async def test_only_a_video_has_a_small_picture(
    sandbox: SandboxServer, before: tuple[tuple[str, str, bytes], ...]
) -> None:
    chat = await sandbox.add_user()
    data = form(*before, ("thumbnail", "a.jpg", picture()))
    path = f"{sandbox.address.url}/sandbox/chats/{chat}/send"
    async with sandbox.http.post(path, data=data) as answer:
        assert answer.status == 400
        assert "thumbnail" in (await answer.json())["error"]


async def test_a_messenger_that_is_not_played_here_is_refused(sandbox: SandboxServer) -> None:
    said = await _refused(sandbox, "/sandbox/users", first_name="Lan", messenger="viber")
    assert "zalo" in said


@pytest.mark.parametrize("payload", ["a" * 65, "có dấu", "a b"])
async def test_a_deep_link_carries_only_what_telegram_lets_through(
    sandbox: SandboxServer, payload: str
) -> None:
    chat = await sandbox.add_user()
    assert "payload" in await _refused(sandbox, f"/sandbox/chats/{chat}/start", payload=payload)
    assert (await sandbox.do(chat, "start", payload="a" * 64))["text"] == "/start " + "a" * 64


async def test_somebody_who_blocked_the_bot_is_out_of_reach(
    sandbox: SandboxServer, chat: int
) -> None:
    message = await _ask(sandbox, chat)
    await sandbox.do(chat, "block")
    blocked = "Forbidden: bot was blocked by the user"
    assert (await sandbox.api("sendMessage", chat_id=chat, text="Chào")).refusal == blocked
    assert (await sandbox.api("sendChatAction", chat_id=chat, action="typing")).refusal == blocked
    assert "unblock" in await _refused(sandbox, f"/sandbox/chats/{chat}/send", text="Chào")
    press = {"message_id": message, "data": "y"}
    assert "unblock" in await _refused(sandbox, f"/sandbox/chats/{chat}/press", **press)
    await sandbox.do(chat, "unblock")
    assert (await sandbox.api("sendMessage", chat_id=chat, text="Chào")).status == 200


async def test_blocking_twice_is_told_once(sandbox: SandboxServer, chat: int) -> None:
    await sandbox.do(chat, "block")
    await sandbox.do(chat, "block")
    assert len(await sandbox.updates()) == 1


async def test_an_officer_can_write_in_bold(sandbox: SandboxServer, chat: int) -> None:
    said = await sandbox.say(chat, "<b>Quan trọng</b>", parse_mode="HTML")
    assert said["text"] == "Quan trọng"
    assert said["entities"] == [{"type": "bold", "offset": 0, "length": 10}]
    assert "parse_mode" in await _refused(
        sandbox, f"/sandbox/chats/{chat}/send", text="x", parse_mode="Markdown"
    )


async def test_a_reply_carries_the_message_it_replies_to(sandbox: SandboxServer, chat: int) -> None:
    asked = (await sandbox.api("sendMessage", chat_id=chat, text="Bạn ở đâu?")).result
    await sandbox.say(chat, "Ở phường 5", reply_to=asked["message_id"])
    (update,) = await sandbox.updates()
    assert update["message"]["reply_to_message"]["text"] == "Bạn ở đâu?"


async def test_a_message_can_be_forwarded_from_phone_to_phone(sandbox: SandboxServer) -> None:
    lan, minh = await sandbox.add_started_user("Lan"), await sandbox.add_started_user("Minh")
    said = await sandbox.say(lan, "Nghe nói đổi ngày")
    await sandbox.do(minh, "send", forward={"from_chat": lan, "message_id": said["message_id"]})
    update = (await sandbox.updates())[-1]
    origin = update["message"]["forward_origin"]
    assert update["message"]["from"]["first_name"] == "Minh"
    assert (origin["type"], origin["sender_user"]["first_name"]) == ("user", "Lan")


async def test_a_forwarded_forward_keeps_its_first_origin(
    sandbox: SandboxServer, chat: int
) -> None:
    post = {"channel": {"title": "Tin nóng", "username": "tinnong"}, "text": "Tin giả"}
    first = await sandbox.do(chat, "send", forward=post)
    again = {"from_chat": chat, "message_id": first["message_id"]}
    second = await sandbox.do(chat, "send", forward=again)
    assert second["forward_origin"] == first["forward_origin"]


async def test_a_forward_keeps_links_but_no_answering_buttons(
    sandbox: SandboxServer, chat: int
) -> None:
    message = await _ask(sandbox, chat, text="Nguồn", url="https://baucu.example.vn/")
    again = {"from_chat": chat, "message_id": message}
    forwarded = await sandbox.do(chat, "send", forward=again)
    (row,) = forwarded["reply_markup"]["inline_keyboard"]
    assert [button["text"] for button in row] == ["Nguồn"]


async def test_a_protected_message_cannot_be_forwarded(sandbox: SandboxServer, chat: int) -> None:
    sent = await sandbox.api("sendMessage", chat_id=chat, text="Riêng", protect_content=True)
    again = {"from_chat": chat, "message_id": sent.result["message_id"]}
    assert "protected" in await _refused(sandbox, f"/sandbox/chats/{chat}/send", forward=again)


async def test_a_post_from_outside_may_have_a_picture(sandbox: SandboxServer, chat: int) -> None:
    photo = ("photo", "a.png", picture())
    post = '{"sender_name": "Người dưng", "text": "Xem này"}'
    shown = await sandbox.show(chat, form(photo, forward=post))
    assert shown["forward_origin"]["sender_user_name"] == "Người dưng"
    assert (shown["caption"], len(shown["photo"])) == ("Xem này", 1)
    known = {"sender_name": "Khác", "photo": shown["photo"][-1]["file_id"]}
    assert "photo" in await sandbox.do(chat, "send", forward=known)


async def test_a_button_is_pressed_by_its_label_or_its_data(
    sandbox: SandboxServer, chat: int
) -> None:
    message = await _ask(sandbox, chat)
    await sandbox.do(chat, "press", message_id=message, label="Chưa")
    await sandbox.do(chat, "press", message_id=message, data="y")
    pressed = [update["callback_query"]["data"] for update in await sandbox.updates()]
    assert pressed == ["n", "y"]


async def test_a_button_that_is_not_there_cannot_be_pressed(
    sandbox: SandboxServer, chat: int
) -> None:
    message = await _ask(sandbox, chat)
    path = f"/sandbox/chats/{chat}/press"
    assert "“Có”, “Chưa”" in await _refused(sandbox, path, message_id=message, label="Rồi")
    assert "no message" in await _refused(sandbox, path, message_id=999, label="Có")
    assert "label" in await _refused(sandbox, path, message_id=message)


async def test_some_buttons_never_reach_the_bot(sandbox: SandboxServer, chat: int) -> None:
    link = await _ask(sandbox, chat, text="Nguồn", url="https://baucu.example.vn/")
    copy = await _ask(sandbox, chat, text="Chép", copy_text={"text": "15/3"})
    opened = await sandbox.do(chat, "press", message_id=link, label="Nguồn")
    copied = await sandbox.do(chat, "press", message_id=copy, label="Chép")
    assert opened == {"url": "https://baucu.example.vn/"}
    assert copied == {"copied": "15/3"}
    assert await sandbox.updates() == []


async def test_a_press_can_wait_for_its_answer(sandbox: SandboxServer, chat: int) -> None:
    message = await _ask(sandbox, chat)
    async with time_limit(), asyncio.TaskGroup() as group:
        press = group.create_task(
            sandbox.do(chat, "press", message_id=message, data="y", wait=True)
        )
        (update,) = await sandbox.updates(timeout=10)
        query = update["callback_query"]["id"]
        await sandbox.api("answerCallbackQuery", callback_query_id=query, text="Cảm ơn bạn")
    assert press.result()["answer"] == {"text": "Cảm ơn bạn", "show_alert": False}


async def test_an_album_is_limited_to_ten(sandbox: SandboxServer, chat: int) -> None:
    files = [("photo", "a.png", picture())] * 10
    assert len((await sandbox.show(chat, form(*files)))["messages"]) == 10
    path = f"{sandbox.address.url}/sandbox/chats/{chat}/send"
    async with sandbox.http.post(path, data=form(*files, files[0])) as answer:
        assert answer.status == 400


async def test_the_bytes_of_a_picture_can_be_shown_and_of_a_document_only_saved(
    sandbox: SandboxServer, chat: int
) -> None:
    shown = await sandbox.show(chat, form(("photo", "a.png", picture())))
    given = await sandbox.show(chat, form(("document", "a.html", b"<script>alert(1)</script>")))
    base = f"{sandbox.address.url}/sandbox/files/"
    async with sandbox.http.get(base + shown["photo"][-1]["file_id"]) as photo:
        assert photo.content_type == "image/jpeg"
        assert "Content-Disposition" not in photo.headers
    async with sandbox.http.get(base + given["document"]["file_id"]) as document:
        assert document.headers["Content-Disposition"] == "attachment"
        assert document.headers["X-Content-Type-Options"] == "nosniff"


async def test_in_a_group_the_bot_hears_only_what_is_meant_for_it(sandbox: SandboxServer) -> None:
    lan, minh = await sandbox.add_started_user("Lan"), await sandbox.add_started_user("Minh")
    members = {"title": "Tổ 5", "members": [lan, minh]}
    group = (await sandbox.post("/sandbox/groups", members)).body["id"]
    await sandbox.forget_updates()
    for text in (
        "Chào cả nhà",
        "/trogiup",
        "/trogiup@bot_khac",
        "hỏi @niemtin_bot",
        "/a@niemtin_bot",
    ):
        await sandbox.say(group, text, **{"as": lan})
    heard = [update["message"]["text"] for update in await sandbox.updates()]
    assert heard == ["/trogiup", "hỏi @niemtin_bot", "/a@niemtin_bot"]


async def test_a_reply_to_the_bot_is_heard_in_a_group(sandbox: SandboxServer) -> None:
    lan = await sandbox.add_started_user("Lan")
    group = (await sandbox.post("/sandbox/groups", {"title": "Tổ 5", "members": [lan]})).body["id"]
    await sandbox.forget_updates()
    sent = (await sandbox.api("sendMessage", chat_id=group, text="Xin nhắn riêng")).result
    await sandbox.say(group, "được", **{"as": lan, "reply_to": sent["message_id"]})
    (update,) = await sandbox.updates()
    assert update["message"]["chat"]["type"] == "group"


async def test_only_a_member_speaks_in_a_group(sandbox: SandboxServer) -> None:
    lan, stranger = await sandbox.add_started_user("Lan"), await sandbox.add_user("Lạ")
    group = (await sandbox.post("/sandbox/groups", {"title": "Tổ 5", "members": [lan]})).body["id"]
    path = f"/sandbox/chats/{group}/send"
    assert "not in this group" in await _refused(sandbox, path, text="x", **{"as": stranger})
    assert "as" in await _refused(sandbox, path, text="x")


async def test_the_menu_is_the_narrowest_and_in_the_persons_language(
    sandbox: SandboxServer,
) -> None:
    chat = await sandbox.add_started_user(language_code="vi")
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
        await sandbox.api("setMyCommands", **fields)
        (shown,) = (await sandbox.get(f"/sandbox/chats/{chat}/commands")).body
        assert shown["command"] == name


async def test_a_text_that_does_not_fit_is_sent_as_several_messages(sandbox: SandboxServer) -> None:
    chat = await sandbox.add_user()
    await sandbox.do(chat, "start")
    assert "messages" not in (await sandbox.do(chat, "send", text="a" * 4096))
    sent = (await sandbox.do(chat, "send", text="a" * 4096 + "b"))["messages"]
    assert [one["text"] for one in sent] == ["a" * 4096, "b"]
    assert not any("media_group_id" in one for one in sent)
    assert [one["message_id"] for one in sent] == sorted(one["message_id"] for one in sent)


async def test_a_phone_cuts_at_the_best_place_of_the_last_half(sandbox: SandboxServer) -> None:
    chat = await sandbox.add_user()
    await sandbox.do(chat, "start")
    words, sentence = "từ " * 1000, "Hết câu. "
    sent = (await sandbox.do(chat, "send", text=f"{words}{sentence}{words}"))["messages"]
    assert [one["text"] for one in sent] == [f"{words}{sentence}".strip(), words.strip()]
