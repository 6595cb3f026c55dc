"""Methods that this bot does not call, but those of others do: forwards, copies, places, stickers."""

from typing import Any

import telegram

from tests.contract.clients import Client
from tests.contract.library_cases import CASES, CaseContext, case
from tests.support.sandbox_server import picture

__all__ = ["CASES"]


async def _sent(context: CaseContext, text: str, **fields: Any) -> Any:
    return await context.client.call("send_message", chat_id=context.chat, text=text, **fields)


@case("forwardMessage", "copyMessage")
async def a_message_is_forwarded_with_its_origin_and_copied_without(context: CaseContext) -> None:
    said = await context.sandbox.say(context.chat, "Của tôi")
    place = {
        "chat_id": await context.sandbox.add_started_user("Minh"),
        "from_chat_id": context.chat,
    }
    which = place | {"message_id": said["message_id"]}
    forward = await context.client.call("forward_message", **which)
    assert (forward.text, forward.forward_origin.sender_user.first_name) == ("Của tôi", "Lan")
    copy = await context.client.call("copy_message", **which)
    shown = (await context.sandbox.messages(place["chat_id"]))[-1]
    assert (shown["message_id"], shown["text"]) == (copy.message_id, "Của tôi")
    assert "forward_origin" not in shown


@case("copyMessage")
async def a_copy_of_a_file_may_have_another_caption(context: CaseContext) -> None:
    photo = context.client.file("a.png", picture())
    sent = await context.client.call(
        "send_photo", chat_id=context.chat, photo=photo, caption="<b>Cũ</b>", parse_mode="HTML"
    )
    which = {"from_chat_id": context.chat, "message_id": sent.message_id}
    await context.client.call("copy_message", chat_id=context.chat, **which)
    await context.client.call("copy_message", chat_id=context.chat, caption="Mới", **which)
    kept, changed = (await context.sandbox.messages(context.chat))[-2:]
    assert (kept["caption"], changed["caption"]) == ("Cũ", "Mới")
    assert ("caption_entities" in kept, "caption_entities" in changed) == (True, False)
    assert kept["photo"] == changed["photo"]


@case("forwardMessage", "copyMessage")
async def a_protected_message_stays_where_it_is(context: CaseContext) -> None:
    sent = await _sent(context, "Nội bộ", protect_content=True)
    which = {"from_chat_id": context.chat, "message_id": sent.message_id}
    for method, verb in (("forwardMessage", "forwarded"), ("copyMessage", "copied")):
        answer = await context.sandbox.api(method, chat_id=context.chat, **which)
        assert answer.refusal == f"Bad Request: message can't be {verb}"


@case("deleteMessages")
async def several_messages_are_deleted_at_once(context: CaseContext) -> None:
    ids = [(await _sent(context, text)).message_id for text in ("Nhầm", "Lại nhầm")]
    assert await context.client.call(
        "delete_messages", chat_id=context.chat, message_ids=[*ids, 999_999]
    )
    assert len(await context.sandbox.messages(context.chat)) == 1


@case("editMessageMedia")
async def a_picture_is_replaced_by_another_file(context: CaseContext) -> None:
    photo = context.client.file("a.png", picture())
    sent = await context.client.call(
        "send_photo", chat_id=context.chat, photo=photo, caption="Cũ", has_spoiler=True
    )
    assert sent.has_media_spoiler
    file = _inside_media(context.client, "Lịch.pdf", b"%PDF")
    document = context.client.types.InputMediaDocument(media=file, caption="Mới")
    which = {"chat_id": context.chat, "message_id": sent.message_id}
    edited = await context.client.call("edit_message_media", media=document, **which)
    assert (edited.document.file_name, edited.caption) == ("Lịch.pdf", "Mới")
    assert not edited.photo
    (*_, shown) = await context.sandbox.messages(context.chat)
    assert {"photo", "has_media_spoiler"}.isdisjoint(shown)


@case("editMessageMedia")
async def a_text_becomes_a_picture(context: CaseContext) -> None:
    sent = await _sent(context, "<b>Chờ ảnh</b>", parse_mode="HTML")
    photo = _inside_media(context.client, "a.png", picture())
    edited = await context.client.call(
        "edit_message_media",
        media=context.client.types.InputMediaPhoto(media=photo),
        chat_id=context.chat,
        message_id=sent.message_id,
    )
    assert edited.photo
    assert not edited.text


@case("setMessageReaction")
async def the_bot_reacts_to_a_message(context: CaseContext) -> None:
    said = await context.sandbox.say(context.chat, "Xong rồi")
    which = {"chat_id": context.chat, "message_id": said["message_id"]}
    heart = context.client.types.ReactionTypeEmoji(emoji="❤")
    path = f"/sandbox/chats/{context.chat}/reactions"
    assert await context.client.call("set_message_reaction", reaction=[heart], **which)
    found = (await context.sandbox.get(path)).body
    assert found == {str(said["message_id"]): [{"type": "emoji", "emoji": "❤"}]}
    assert await context.client.call("set_message_reaction", reaction=[], **which)
    assert (await context.sandbox.get(path)).body == {str(said["message_id"]): []}
    wrong = [{"type": "emoji", "emoji": "🐌"}]
    answer = await context.sandbox.api("setMessageReaction", reaction=wrong, **which)
    assert answer.refusal == "Bad Request: REACTION_INVALID"


@case("getChatMember")
async def a_member_of_a_group_is_told_from_a_stranger(context: CaseContext) -> None:
    minh, stranger = [await context.sandbox.add_user(name) for name in ("Minh", "Người lạ")]
    members = [context.chat, minh]
    group = (
        await context.sandbox.post("/sandbox/groups", {"title": "Tổ 5", "members": members})
    ).body
    people = [context.chat, minh, stranger, 1_000_000_001]
    found = [
        await context.client.call("get_chat_member", chat_id=group["id"], user_id=user_id)
        for user_id in people
    ]
    assert [one.user.id for one in found] == people
    assert [one.status for one in found] == ["creator", "member", "left", "member"]


@case("setChatMenuButton", "getChatMenuButton")
async def the_menu_button_can_be_set(context: CaseContext) -> None:
    types = context.client.types
    app = types.MenuButtonWebApp(text="Mở", web_app=types.WebAppInfo(url="https://a.vn/app"))
    own = {"chat_id": context.chat}
    assert await context.client.call("set_chat_menu_button", menu_button=app, **own)
    assert (await context.client.call("get_chat_menu_button", **own)).text == "Mở"
    assert (await context.client.call("get_chat_menu_button")).type == "commands"
    default = types.MenuButtonDefault()
    assert await context.client.call("set_chat_menu_button", menu_button=default, **own)
    assert (await context.client.call("get_chat_menu_button", **own)).type == "commands"


@case("sendLocation", "sendVenue")
async def places_are_shown_on_the_phone(context: CaseContext) -> None:
    point = {"latitude": 10.5, "longitude": 106.25}
    sent = await context.client.call("send_location", chat_id=context.chat, **point)
    assert (sent.location.latitude, sent.location.longitude) == (10.5, 106.25)
    house = {"title": "Nhà văn hóa", "address": "Tổ 5"}
    sent = await context.client.call("send_venue", chat_id=context.chat, **point, **house)
    assert (sent.venue.title, sent.venue.location.latitude) == ("Nhà văn hóa", 10.5)
    for missing, words in (
        ("latitude", "latitude is empty"),
        ("title", "venue title must be non-empty"),
    ):
        fields = {**point, **house, missing: ""}
        answer = await context.sandbox.api("sendVenue", chat_id=context.chat, **fields)
        assert answer.refusal == f"Bad Request: {words}"


@case("sendSticker")
async def stickers_are_sent_as_files_and_by_id(context: CaseContext) -> None:
    file = context.client.file("a.webp", picture(kind="WEBP"))
    sent = await context.client.call("send_sticker", chat_id=context.chat, sticker=file, emoji="👍")
    assert (sent.sticker.emoji, sent.sticker.is_video) == ("👍", False)
    assert await context.client.download(sent.sticker.file_id)
    said = await context.sandbox.do(context.chat, "send", sticker="🎉")
    for known, emoji in ((sent.sticker.file_id, "👍"), (said["sticker"]["file_id"], "🎉")):
        again = await context.client.call("send_sticker", chat_id=context.chat, sticker=known)
        assert again.sticker.emoji == emoji


@case("sendMessage")
async def buttons_may_open_apps_and_type_for_a_person(context: CaseContext) -> None:
    types = context.client.types
    keyboard = context.client.keyboard(
        [{"text": "Mở", "web_app": types.WebAppInfo(url="https://a.vn/app")}],
        [{"text": "Vào", "login_url": types.LoginUrl(url="https://a.vn/login")}],
        [{"text": "Gửi", "switch_inline_query": ""}],
        [{"text": "Tìm", "switch_inline_query_current_chat": "bầu cử"}],
    )
    sent = await _sent(context, "Chọn", reply_markup=keyboard)
    outcomes = [
        await context.sandbox.do(context.chat, "press", message_id=sent.message_id, label=label)
        for label in ("Mở", "Vào", "Gửi", "Tìm")
    ]
    assert outcomes == [
        {"url": "https://a.vn/app"},
        {"url": "https://a.vn/login"},
        {"typed": "@niemtin_bot "},
        {"typed": "@niemtin_bot bầu cử"},
    ]


@case("sendMessage")
async def a_button_that_cannot_be_here_is_refused_for_what_it_is(context: CaseContext) -> None:
    for button, words in (
        ({"web_app": {"url": "http://a.vn"}}, "inline keyboard button Web App URL 'http://a.vn' is invalid: Only HTTPS links are allowed"),
        ({"pay": True}, "BUTTON_TYPE_INVALID"),
        ({"callback_game": {}}, "BUTTON_TYPE_INVALID"),
    ):  # fmt: skip
        markup = {"inline_keyboard": [[{"text": "x", **button}]]}
        answer = await context.sandbox.api(
            "sendMessage", chat_id=context.chat, text="x", reply_markup=markup
        )
        assert answer.refusal == f"Bad Request: {words}"


@case("sendMessage")
async def parameters_of_older_versions_still_count(context: CaseContext) -> None:
    asked = await context.sandbox.say(context.chat, "Ở đâu?")
    old = {"chat_id": context.chat, "text": "https://a.vn", "disable_web_page_preview": True}
    sent = (
        await context.sandbox.api("sendMessage", **old, reply_to_message_id=asked["message_id"])
    ).result
    assert sent["reply_to_message"]["text"] == "Ở đâu?"
    assert sent["link_preview_options"] == {"is_disabled": True}
    answer = await context.sandbox.api("sendMessage", **old, reply_to_message_id=999_999)
    assert answer.refusal == "Bad Request: message to be replied not found"
    alone = {"reply_to_message_id": 999_999, "allow_sending_without_reply": True}
    assert (
        "reply_to_message" not in (await context.sandbox.api("sendMessage", **old, **alone)).result
    )


@case("sendAudio", "sendVideo")
async def what_the_bot_says_of_a_file_is_kept(context: CaseContext) -> None:
    sound = await context.client.call(
        "send_audio",
        chat_id=context.chat,
        audio=context.client.file("a.mp3", b"x"),
        title="Bản tin",
        performer="Đài xã",
        duration=75,
    )
    assert (sound.audio.title, sound.audio.performer) == ("Bản tin", "Đài xã")
    film = await context.client.call(
        "send_video",
        chat_id=context.chat,
        video=context.client.file("a.mp4", b"x"),
        duration=30,
        width=1280,
        height=720,
    )
    (*_, first, second) = await context.sandbox.messages(context.chat)
    assert (first["audio"]["duration"], second["video"]["duration"]) == (75, 30)
    assert (film.video.width, film.video.height) == (1280, 720)


def _inside_media(client: Client, name: str, content: bytes) -> Any:
    """A file inside an `InputMedia`; python-telegram-bot must be told that it stands there."""
    if client.types is telegram:
        return telegram.InputFile(content, filename=name, attach=True)
    return client.file(name, content)
