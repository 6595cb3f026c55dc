"""The methods of Zalo's Bot Platform by name. A method missing here is answered with 404.

Shapes and limits: https://bot.zaloplatforms.com/docs (sendMessage and sendPhoto: 1 to 2,000
characters; `photo` is an address; `secret_token` of 8 to 256).
"""

from urllib.parse import urlsplit

from bot.sandbox.chats.people import Chat
from bot.sandbox.content import fetching, html_text, media
from bot.sandbox.content.entities import Formatted
from bot.sandbox.content.entity_detection import with_detected
from bot.sandbox.method_call import Method
from bot.sandbox.state import SandboxState
from bot.sandbox.transport import (
    ApiError,
    JsonObject,
    Parameters,
    Upload,
    bad_request,
    forbidden,
    require,
)
from bot.sandbox.transport.origin_check import LOOPBACK_HOSTS
from bot.sandbox.updates.zalo_update_queue import PHOTO_TYPE, ZaloWebhook

TEXT_LIMIT = 2000
"""Characters of a text or caption, as sent."""
_SECRET_LENGTHS = range(8, 257)
_POLL_LIMIT_S = 50


async def get_me(state: SandboxState, _: Parameters) -> JsonObject:
    """Returns the bot's account; groups are not supported."""
    return {
        "id": state.zalo_bot["id"],
        "account_name": state.zalo_bot["first_name"],
        "display_name": state.zalo_bot["first_name"],
        "account_type": "BASIC",
        "can_join_groups": False,
    }


async def get_updates(state: SandboxState, parameters: Parameters) -> JsonObject:
    """Returns one update, which is confirmed by that; 408 after `timeout` seconds without one.

    The 408 stands in the body, as every error: public clients take another HTTP status for a failure.
    """
    if state.zalo_updates.webhook.url:
        raise ApiError(409, "Conflict: a webhook is set")
    update = await state.zalo_updates.take(
        max(0, min(parameters.integer("timeout", 30), _POLL_LIMIT_S))
    )
    if update is None:
        raise ApiError(408, "Request timeout")
    return update


async def set_webhook(state: SandboxState, parameters: Parameters) -> JsonObject:
    """Delivers updates to a loopback address, http or https; the secret is required."""
    url, secret = parameters.text("url"), parameters.text("secret_token")
    parts = urlsplit(url)
    require(
        parts.scheme in ("http", "https") and parts.hostname in LOOPBACK_HOSTS,
        "the sandbox delivers to this machine only",
    )
    require(len(secret) in _SECRET_LENGTHS, "secret_token must have 8 to 256 characters")
    return _directed(state, url, secret)


async def delete_webhook(state: SandboxState, _: Parameters) -> JsonObject:
    """Returns to polling; pending updates stay."""
    return _directed(state, "", "")


async def get_webhook_info(state: SandboxState, _: Parameters) -> JsonObject:
    """Returns the address and when it was set."""
    return state.zalo_updates.webhook.as_json()


async def send_message(state: SandboxState, parameters: Parameters) -> JsonObject:
    """Sends a text of 1 to 2,000 characters, as HTML or plain; Markdown is not parsed."""
    chat = _open_chat(state, parameters)
    text, entities = _formatted(parameters, "text")
    require(text, "text is empty")
    content: JsonObject = {"text": text}
    return _sent(state, chat, content | ({"entities": entities} if entities else {}))


async def send_photo(state: SandboxState, parameters: Parameters) -> JsonObject:
    """Fetches the picture from its loopback address, and sends it with a plain caption."""
    chat = _open_chat(state, parameters)
    caption, _ = _formatted(parameters, "caption")
    picture = await fetching.fetch(parameters.text("photo"))
    content = media.store_upload(state.files, Upload("photo.jpg", "image/jpeg", picture), "photo")
    sent = _sent(state, chat, content | ({"caption": caption} if caption else {}))
    return sent | {"message_type": PHOTO_TYPE}


async def send_voice(state: SandboxState, parameters: Parameters) -> JsonObject:
    """Fetches a voice message from its loopback address and sends it."""
    chat = _open_chat(state, parameters)
    sound = await fetching.fetch(parameters.text("voice_url") or parameters.text("voice"))
    upload = Upload("voice.m4a", "audio/mp4", sound)
    return _sent(state, chat, media.store_upload(state.files, upload, "voice"))


async def send_sticker(state: SandboxState, parameters: Parameters) -> JsonObject:
    """Sends a smiley as text for any sticker: the sandbox has no stickers of Zalo."""
    chat = _open_chat(state, parameters)
    require(parameters.text("sticker"), "sticker is empty")
    return _sent(state, chat, {"text": "🙂"})


async def send_chat_action(state: SandboxState, parameters: Parameters) -> bool:
    """Shows “typing” on open pages; other actions are refused."""
    chat = _open_chat(state, parameters)
    require(parameters.text("action") == "typing", "unknown action")
    state.events.publish("action", chat=chat.id, action="typing")
    return True


METHODS: dict[str, Method] = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendVoice": send_voice,
    "sendSticker": send_sticker,
    "sendChatAction": send_chat_action,
}


def _directed(state: SandboxState, url: str, secret: str) -> JsonObject:
    webhook = ZaloWebhook(url, secret, int(state.clock.now_s() * 1000))
    state.zalo_updates.direct_to(webhook)
    return webhook.as_json()


def _open_chat(state: SandboxState, parameters: Parameters) -> Chat:
    chat = state.directory.chats.get(parameters.text("chat_id"))
    if chat is None or chat.owner is None:
        raise bad_request("chat not found")
    if chat.owner.blocked:
        raise forbidden("the user has blocked the bot")
    if not chat.owner.started:
        raise forbidden("the user has not written to the bot")
    return chat


def _formatted(parameters: Parameters, name: str) -> Formatted:
    text = parameters.text(name)
    require(len(text) <= TEXT_LIMIT, f"{name} is longer than {TEXT_LIMIT} characters")
    mode = parameters.text("parse_mode")
    require(mode in ("", "html", "markdown"), "unknown parse_mode")
    words, entities = html_text.parse(text) if mode == "html" else (text, [])
    _, found = with_detected((words, entities))
    return words, [one for one in found if one in entities or one["type"] == "url"]


def _sent(state: SandboxState, chat: Chat, content: JsonObject) -> JsonObject:
    message = state.messages.add(chat, state.zalo_bot, content)
    return {"message_id": message["message_id"], "date": message["date"] * 1000}
