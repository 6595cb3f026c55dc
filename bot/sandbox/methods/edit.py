"""Changing and deleting what was sent."""

from bot.sandbox import keyboards, texts
from bot.sandbox.api_error import bad_request
from bot.sandbox.json_response import JsonObject
from bot.sandbox.methods.chats import chat_of, message_to_edit, open_chat_of
from bot.sandbox.methods.send import link_preview
from bot.sandbox.parameters import Parameters
from bot.sandbox.people import Chat
from bot.sandbox.state import SandboxState

DELETION_LIMIT_S = 48 * 3600
"""Seconds after sending within which a message can still be deleted for everyone."""

_COMPARED = ("text", "entities", "caption", "caption_entities", "reply_markup")
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def edit_message_text(world: SandboxState, parameters: Parameters) -> JsonObject:
    text, entities = texts.text_of(parameters)
    markup = keyboards.read(parameters)
    chat = open_chat_of(world, parameters)
    message = message_to_edit(world, chat, parameters)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    texts.check_text_length(text)
    changes = {
        "text": text,
        "entities": entities or None,
        "link_preview_options": link_preview(parameters),
        "reply_markup": markup,
    }
    return _edit(world, chat, message, changes)


def edit_message_caption(world: SandboxState, parameters: Parameters) -> JsonObject:
    caption, entities = texts.caption_of(parameters)
    markup = keyboards.read(parameters)
    chat = open_chat_of(world, parameters)
    message = message_to_edit(world, chat, parameters)
    if "text" in message:
        raise bad_request("there is no caption in the message to edit")
    texts.check_caption_length(caption)
    changes = {
        "caption": caption or None,
        "caption_entities": entities or None,
        "reply_markup": markup,
    }
    return _edit(world, chat, message, changes)


def edit_message_reply_markup(world: SandboxState, parameters: Parameters) -> JsonObject:
    markup = keyboards.read(parameters)
    chat = open_chat_of(world, parameters)
    message = message_to_edit(world, chat, parameters)
    return _edit(world, chat, message, {"reply_markup": markup})


def delete_message(world: SandboxState, parameters: Parameters) -> bool:
    """In a private chat the bot may also delete what the person wrote."""
    chat = chat_of(world, parameters)
    message_id = parameters.integer("message_id")
    if not message_id:
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(message_id)
    if message is None:
        raise bad_request("message to delete not found")
    if not chat.is_private and message["from"]["id"] != world.bot["id"]:
        raise bad_request("message can't be deleted")
    if world.clock.now_s() - message["date"] > DELETION_LIMIT_S:
        raise bad_request("message can't be deleted for everyone")
    world.messages.remove(chat, message_id)
    return True


def _edit(world: SandboxState, chat: Chat, message: JsonObject, changes: JsonObject) -> JsonObject:
    """Puts the changed message in place. A keyboard that is not sent again goes away."""
    merged = message | changes
    edited = {name: value for name, value in merged.items() if value is not None}
    if all(edited.get(name) == message.get(name) for name in _COMPARED):
        raise bad_request(_NOT_MODIFIED)
    edited["edit_date"] = world.clock.timestamp()
    world.messages.replace(chat, edited)
    return edited
