"""`sendMessage`, the methods that send one file, and `sendChatAction`."""

from collections.abc import Callable

from bot.sandbox.chats.mentions import with_known_people
from bot.sandbox.chats.messages import quoted
from bot.sandbox.chats.people import Chat
from bot.sandbox.content import keyboards, media, stickers, texts
from bot.sandbox.state import SandboxState
from bot.sandbox.telegram.methods.chats import open_chat_of
from bot.sandbox.transport import JsonObject, Parameters, bad_request, require

ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


def send_message(state: SandboxState, parameters: Parameters) -> JsonObject:
    """Sends a text with entities, keyboard, reply and link preview options.

    Leaves out topics, effects and silent sending.
    """
    text = texts.text_of(parameters)
    markup = keyboards.read(parameters)
    chat = open_chat_of(state, parameters)
    content = texts.text_fields(text)
    if preview := link_preview(parameters):
        content["link_preview_options"] = preview
    return deliver(state, chat, parameters, content, markup)


def sender_of(kind: str) -> Callable[[SandboxState, Parameters], JsonObject]:
    """Makes `sendPhoto`, `sendVideo` and the like, for files of this kind."""

    def send(state: SandboxState, parameters: Parameters) -> JsonObject:
        return _send_media(state, parameters, kind)

    return send


def send_chat_action(state: SandboxState, parameters: Parameters) -> bool:
    """Shows an action such as “typing” on open pages; it is not stored."""
    action = parameters.text("action")
    require(action in ACTIONS, "wrong parameter action in request")
    state.events.publish("action", chat=open_chat_of(state, parameters).id, action=action)
    return True


def link_preview(parameters: Parameters) -> JsonObject | None:
    """The `link_preview_options` as given; None when missing or no object.

    `disable_web_page_preview` is their form before Bot API 7.0, which Telegram still reads.
    """
    if not parameters.given("link_preview_options"):
        return {"is_disabled": True} if parameters.flag("disable_web_page_preview") else None
    options = structure(parameters, "link_preview_options", "link preview options")
    return options if isinstance(options, dict) else None


def structure(parameters: Parameters, name: str, called: str) -> object:
    """A parameter in JSON. Raises ApiError, which calls it `called`, when it is malformed."""
    try:
        return parameters.structure(name)
    except (ValueError, RecursionError):
        raise bad_request(f"can't parse {called} JSON object") from None


def _send_media(state: SandboxState, parameters: Parameters, kind: str) -> JsonObject:
    caption = texts.caption_of(parameters)
    markup = keyboards.read(parameters)
    chat = open_chat_of(state, parameters)
    content = media.outgoing_content(state.files, parameters, kind) | texts.caption_fields(caption)
    return deliver(state, chat, parameters, content | media_flags(parameters), markup)


def media_flags(parameters: Parameters) -> JsonObject:
    """The fields that show a picture under a spoiler, or below its caption."""
    fields = {
        "has_media_spoiler": parameters.flag("has_spoiler"),
        "show_caption_above_media": parameters.flag("show_caption_above_media"),
    }
    return {name: value for name, value in fields.items() if value}


def deliver(
    state: SandboxState,
    chat: Chat,
    parameters: Parameters,
    content: JsonObject,
    markup: JsonObject | None = None,
) -> JsonObject:
    """Adds a message of the bot with the reply, protection and keyboard of its parameters."""
    content |= _reply(chat, parameters)
    if parameters.flag("protect_content"):
        content["has_protected_content"] = True
    if markup is not None:
        content["reply_markup"] = markup
    return state.messages.add(chat, state.bot, with_known_people(content, state.directory))


def _reply(chat: Chat, parameters: Parameters) -> JsonObject:
    if parameters.given("reply_parameters"):
        reply = structure(parameters, "reply_parameters", "reply parameters")
    else:
        reply = _legacy_reply(parameters)
    if reply is None:
        return {}
    if not isinstance(reply, dict):
        raise bad_request("object expected as reply parameters")
    message_id = reply.get("message_id")
    message = chat.messages.get(message_id) if isinstance(message_id, int) else None
    if message is not None:
        return {"reply_to_message": quoted(message)}
    if reply.get("allow_sending_without_reply"):
        return {}
    raise bad_request("message to be replied not found")


def _legacy_reply(parameters: Parameters) -> JsonObject | None:
    """The form of `reply_parameters` before Bot API 7.0, which Telegram still reads; None without one."""
    message_id = parameters.integer("reply_to_message_id")
    if message_id <= 0:
        return None
    allowed = parameters.flag("allow_sending_without_reply")
    return {"message_id": message_id, "allow_sending_without_reply": allowed}


def send_sticker(state: SandboxState, parameters: Parameters) -> JsonObject:
    """Sends a sticker: an upload, or the id of one that was sent."""
    markup = keyboards.read(parameters)
    chat = open_chat_of(state, parameters)
    content = stickers.outgoing_sticker(state.files, parameters)
    return deliver(state, chat, parameters, content, markup)
