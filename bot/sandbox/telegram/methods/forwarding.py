"""`forwardMessage` and `copyMessage`."""

from bot.sandbox.chats.messages import content_of, forwarded
from bot.sandbox.content import keyboards, texts
from bot.sandbox.state import SandboxState
from bot.sandbox.telegram.methods.chats import chat_of, found_message, open_chat_of
from bot.sandbox.telegram.methods.send import deliver
from bot.sandbox.transport import JsonObject, Parameters, require


def forward_message(state: SandboxState, parameters: Parameters) -> JsonObject:
    """Sends a message of a chat again, with its origin. Leaves out `video_start_timestamp`."""
    source = _source(state, parameters, "forward")
    require(_is_movable(source), "message can't be forwarded")
    return deliver(state, open_chat_of(state, parameters), parameters, forwarded(source))


def copy_message(state: SandboxState, parameters: Parameters) -> JsonObject:
    """Sends the content of a message without its origin; a new caption replaces that of a file."""
    source = _source(state, parameters, "copy")
    require(_is_movable(source), "message can't be copied")
    content = content_of(source)
    content.pop("reply_markup", None)
    if parameters.given("caption") and "text" not in content:
        content.pop("caption", None)
        content.pop("caption_entities", None)
        content |= texts.caption_fields(texts.caption_of(parameters))
    markup = keyboards.read(parameters)
    sent = deliver(state, open_chat_of(state, parameters), parameters, content, markup)
    return {"message_id": sent["message_id"]}


def _source(state: SandboxState, parameters: Parameters, purpose: str) -> JsonObject:
    chat = chat_of(state, parameters, "from_chat_id")
    return found_message(chat, parameters, purpose)


def _is_movable(message: JsonObject) -> bool:
    """False for protected messages, and for service messages such as a pin."""
    return not message.get("has_protected_content") and bool(content_of(message))
