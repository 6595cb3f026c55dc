"""What people do on Zalo: they send messages; there are no buttons, replies or groups."""

from collections.abc import Sequence

from bot.sandbox.chats.people import Chat, Person
from bot.sandbox.phones.user_actions import ActionImpossible
from bot.sandbox.state import SandboxState
from bot.sandbox.transport import JsonObject
from bot.sandbox.updates.zalo_update_queue import PHOTO_TYPE


def say(
    state: SandboxState, chat: Chat, person: Person, contents: Sequence[JsonObject]
) -> list[JsonObject]:
    """Sends messages one by one: Zalo's bot gets no albums and no origin of forwards."""
    if person.blocked:
        raise ActionImpossible(f"{person.first_name} has blocked the bot; unblock it first")
    if not person.started:
        person.started = True
        state.events.publish("user", user=person.as_json())
    return [_say_one(state, chat, person, content) for content in contents]


def _say_one(state: SandboxState, chat: Chat, person: Person, content: JsonObject) -> JsonObject:
    visible_content = {name: value for name, value in content.items() if name != "forward_origin"}
    message = state.messages.add(chat, person.identity(), visible_content)
    event, content_fields = _event_of(state, message)
    envelope = {
        "from": {"id": person.id, "display_name": person.first_name, "is_bot": False},
        "chat": {"id": chat.id, "chat_type": "PRIVATE"},
        "message_id": message["message_id"],
        "date": int(state.clock.now_s() * 1000),
    }
    state.zalo_updates.push(envelope | content_fields, f"message.{event}.received")
    return message


def _event_of(state: SandboxState, message: JsonObject) -> tuple[str, JsonObject]:
    """The event name and the fields of the message that the bot receives."""
    if "photo" in message:
        return "image", _picture(state, message)
    if "sticker" in message:
        return "sticker", {"sticker": message["sticker"], "url": f"{state.url}/zalo/sticker"}
    if "voice" in message:
        return "voice", {"voice_url": f"{state.url}/zalo/voice"}
    if "text" in message:
        return "text", {"text": message["text"]}
    return "unsupported", {}


def _picture(state: SandboxState, message: JsonObject) -> JsonObject:
    """Zalo's updates have the address in `photo_url`, some of them in `photo` as well."""
    address = f"{state.url}/zalo/files/{message['photo'][-1]['file_id']}"
    return {
        "message_type": PHOTO_TYPE,
        "photo_url": address,
        **({"photo": address} if message["date"] % 2 else {}),
        **({"caption": message["caption"]} if "caption" in message else {}),
    }
