"""What people do on their Zalo phones, and what the bot hears of it."""

from collections.abc import Sequence

from bot.sandbox.json_response import JsonObject
from bot.sandbox.people import Chat, Person
from bot.sandbox.phones import Impossible
from bot.sandbox.state import SandboxState


def say(
    world: SandboxState, chat: Chat, person: Person, contents: Sequence[JsonObject]
) -> list[JsonObject]:
    """Sends messages one by one: Zalo knows no albums, and shows nobody where a forward is from."""
    if person.blocked:
        raise Impossible(f"{person.first_name} has blocked the bot; unblock it first")
    if not person.started:
        person.started = True
        world.events.publish("user", user=person.as_json())
    return [_say_one(world, chat, person, content) for content in contents]


def _say_one(world: SandboxState, chat: Chat, person: Person, content: JsonObject) -> JsonObject:
    kept = {name: value for name, value in content.items() if name != "forward_origin"}
    message = world.messages.add(chat, person.identity(), kept)
    event, told = _heard(world, message)
    sender = {"id": person.id, "display_name": person.first_name, "is_bot": False}
    outline = {
        "from": sender,
        "chat": {"id": chat.id, "chat_type": "PRIVATE"},
        "message_id": message["message_id"],
        "date": int(world.clock.now_s() * 1000),
    }
    world.mailbox.push(outline | told, f"message.{event}.received")
    return message


def _heard(world: SandboxState, message: JsonObject) -> tuple[str, JsonObject]:
    """The event's name, and what of the message the bot is told."""
    if "photo" in message:
        return "image", _picture(world, message)
    if "sticker" in message:
        return "sticker", {"sticker": message["sticker"], "url": f"{world.url}/zalo/sticker"}
    if "voice" in message:
        return "voice", {"voice_url": f"{world.url}/zalo/voice"}
    if "text" in message:
        return "text", {"text": message["text"]}
    return "unsupported", {}


def _picture(world: SandboxState, message: JsonObject) -> JsonObject:
    """Zalo has been seen to write the address under either name; here they take turns."""
    address = f"{world.url}/zalo/files/{message['photo'][-1]['file_id']}"
    name = "photo" if message["date"] % 2 else "photo_url"
    return {name: address, **({"caption": message["caption"]} if "caption" in message else {})}
