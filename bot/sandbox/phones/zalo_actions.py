"""What people do on their Zalo phones, and what the bot hears of it."""

from collections.abc import Sequence

from bot.sandbox.chats.people import Chat, Person
from bot.sandbox.phones.user_actions import Impossible
from bot.sandbox.state import SandboxState
from bot.sandbox.transport.json_response import JsonObject


def say(
    state: SandboxState, chat: Chat, person: Person, contents: Sequence[JsonObject]
) -> list[JsonObject]:
    """Sends messages one by one: Zalo knows no albums, and shows nobody where a forward is from."""
    if person.blocked:
        raise Impossible(f"{person.first_name} has blocked the bot; unblock it first")
    if not person.started:
        person.started = True
        state.events.publish("user", user=person.as_json())
    return [_say_one(state, chat, person, content) for content in contents]


def _say_one(state: SandboxState, chat: Chat, person: Person, content: JsonObject) -> JsonObject:
    kept = {name: value for name, value in content.items() if name != "forward_origin"}
    message = state.messages.add(chat, person.identity(), kept)
    event, told = _heard(state, message)
    sender = {"id": person.id, "display_name": person.first_name, "is_bot": False}
    outline = {
        "from": sender,
        "chat": {"id": chat.id, "chat_type": "PRIVATE"},
        "message_id": message["message_id"],
        "date": int(state.clock.now_s() * 1000),
    }
    state.mailbox.push(outline | told, f"message.{event}.received")
    return message


def _heard(state: SandboxState, message: JsonObject) -> tuple[str, JsonObject]:
    """The event's name, and what of the message the bot is told."""
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
    """Zalo has been seen to write the address under either name; here they take turns."""
    address = f"{state.url}/zalo/files/{message['photo'][-1]['file_id']}"
    name = "photo" if message["date"] % 2 else "photo_url"
    return {name: address, **({"caption": message["caption"]} if "caption" in message else {})}
