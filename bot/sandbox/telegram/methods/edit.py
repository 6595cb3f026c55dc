"""`editMessageText`, `editMessageCaption`, `editMessageMedia`, `editMessageReplyMarkup`, `deleteMessage(s)`."""

from bot.sandbox.chats.mentions import with_known_people
from bot.sandbox.chats.people import Chat
from bot.sandbox.content import keyboards, media, texts
from bot.sandbox.state import SandboxState
from bot.sandbox.telegram.methods.chats import (
    chat_of,
    message_to_edit,
    open_chat_of,
    specified_message,
)
from bot.sandbox.telegram.methods.media_group import input_media
from bot.sandbox.telegram.methods.send import link_preview, structure
from bot.sandbox.transport import JsonObject, Parameters, bad_request, require

DELETION_LIMIT_S = 48 * 3600
"""Seconds after sending within which a message can still be deleted for everyone."""

DELETED_AT_ONCE = 100

_COMPARED = ("text", "entities", "caption", "caption_entities", "reply_markup", *media.KINDS)
_MEDIA_FLAGS = ("has_media_spoiler", "show_caption_above_media")
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def edit_message_text(state: SandboxState, parameters: Parameters) -> JsonObject:
    """Replaces text and keyboard of a text message. Leaves out inline messages."""
    text = texts.text_of(parameters)
    markup = keyboards.read(parameters)
    chat = open_chat_of(state, parameters)
    message = message_to_edit(state, chat, parameters)
    require("text" in message, "there is no text in the message to edit")
    changes = {"link_preview_options": link_preview(parameters), "reply_markup": markup}
    return _edit(state, chat, message, {"entities": None, **texts.text_fields(text), **changes})


def edit_message_caption(state: SandboxState, parameters: Parameters) -> JsonObject:
    """Replaces caption and keyboard of a message with a file. Leaves out inline messages."""
    caption = texts.caption_of(parameters)
    markup = keyboards.read(parameters)
    chat = open_chat_of(state, parameters)
    message = message_to_edit(state, chat, parameters)
    require("text" not in message, "there is no caption in the message to edit")
    changes = {"caption": None, "caption_entities": None, **texts.caption_fields(caption)}
    return _edit(state, chat, message, changes | {"reply_markup": markup})


def edit_message_media(state: SandboxState, parameters: Parameters) -> JsonObject:
    """Replaces the file, caption and keyboard of a message; a text becomes one with a file."""
    item = structure(parameters, "media", "InputMedia")
    if not isinstance(item, dict) or item.get("type") not in media.KINDS:
        raise bad_request("can't parse InputMedia: wrong type")
    content = input_media(state, parameters, item)
    markup = keyboards.read(parameters)
    chat = open_chat_of(state, parameters)
    message = message_to_edit(state, chat, parameters)
    require(
        "text" in message or any(kind in message for kind in media.KINDS),
        "there is no media in the message to edit",
    )
    former = dict.fromkeys((*_COMPARED, *_MEDIA_FLAGS, "link_preview_options"))
    return _edit(state, chat, message, {**former, **content, "reply_markup": markup})


def edit_message_reply_markup(state: SandboxState, parameters: Parameters) -> JsonObject:
    """Replaces the keyboard, or removes it when none is given."""
    markup = keyboards.read(parameters)
    chat = open_chat_of(state, parameters)
    return _edit(state, chat, message_to_edit(state, chat, parameters), {"reply_markup": markup})


def delete_message(state: SandboxState, parameters: Parameters) -> bool:
    """Deletes a message up to 48 hours old; in a private chat also the person's own."""
    chat = chat_of(state, parameters)
    message = specified_message(chat, parameters, "delete")
    require(_is_deletable(state, chat, message), "message can't be deleted")
    require(_is_recent(state, message), "message can't be deleted for everyone")
    state.messages.remove(chat, message["message_id"])
    return True


def delete_messages(state: SandboxState, parameters: Parameters) -> bool:
    """Deletes up to 100 messages; those that are not there or cannot be deleted are skipped."""
    ids = structure(parameters, "message_ids", "message identifiers")
    if not isinstance(ids, list) or not all(isinstance(one, int) for one in ids):
        raise bad_request("expected an Array of Numbers as message identifiers")
    require(ids, "message identifiers are not specified")
    require(len(ids) <= DELETED_AT_ONCE, "too many message identifiers specified")
    chat = chat_of(state, parameters)
    for message_id in dict.fromkeys(ids):
        message = chat.messages.get(message_id)
        if message and _is_deletable(state, chat, message) and _is_recent(state, message):
            state.messages.remove(chat, message_id)
    return True


def _is_deletable(state: SandboxState, chat: Chat, message: JsonObject) -> bool:
    return chat.is_private or message["from"]["id"] == state.bot["id"]


def _is_recent(state: SandboxState, message: JsonObject) -> bool:
    return state.clock.now_s() - int(message["date"]) <= DELETION_LIMIT_S


def _edit(state: SandboxState, chat: Chat, message: JsonObject, changes: JsonObject) -> JsonObject:
    """Stores the changed message; ApiError when nothing changes. None removes a field."""
    changes = with_known_people(changes, state.directory)
    edited = {name: value for name, value in (message | changes).items() if value is not None}
    require(not all(edited.get(name) == message.get(name) for name in _COMPARED), _NOT_MODIFIED)
    edited["edit_date"] = state.clock.timestamp()
    state.messages.replace(chat, edited)
    return edited
