"""What stays in view at the top of a chat."""

from bot.sandbox.api_error import bad_request
from bot.sandbox.json_response import JsonObject
from bot.sandbox.messages import quoted
from bot.sandbox.methods.chats import chat_of, open_chat_of
from bot.sandbox.parameters import Parameters
from bot.sandbox.people import Chat
from bot.sandbox.state import SandboxState


def pin_chat_message(world: SandboxState, parameters: Parameters) -> bool:
    """The chat says that something was pinned, in a line of its own."""
    chat = open_chat_of(world, parameters)
    message = _message(chat, parameters, "pin")
    if message["message_id"] not in chat.pinned:
        world.messages.pin(chat, message["message_id"])
        world.messages.add(chat, world.bot, {"pinned_message": quoted(message)})
    return True


def unpin_chat_message(world: SandboxState, parameters: Parameters) -> bool:
    """Without a message the one that was pinned last."""
    chat = chat_of(world, parameters)
    if parameters.given("message_id"):
        world.messages.unpin(chat, _message(chat, parameters, "unpin")["message_id"])
    elif chat.pinned:
        world.messages.unpin(chat, chat.pinned[-1])
    return True


def _message(chat: Chat, parameters: Parameters, what: str) -> JsonObject:
    message = chat.messages.get(parameters.integer("message_id"))
    if message is None:
        raise bad_request(f"message to {what} not found")
    return message
