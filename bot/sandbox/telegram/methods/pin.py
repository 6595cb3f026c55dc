"""`pinChatMessage` and `unpinChatMessage`."""

from bot.sandbox.chats.messages import quoted
from bot.sandbox.state import SandboxState
from bot.sandbox.telegram.methods.chats import chat_of, found_message, open_chat_of
from bot.sandbox.transport import Parameters


def pin_chat_message(state: SandboxState, parameters: Parameters) -> bool:
    """Pins a message and adds the service message; no effect when pinned already."""
    chat = open_chat_of(state, parameters)
    message = found_message(chat, parameters, "pin")
    if message["message_id"] not in chat.pinned:
        state.messages.pin(chat, message["message_id"])
        state.messages.add(chat, state.bot, {"pinned_message": quoted(message)})
    return True


def unpin_chat_message(state: SandboxState, parameters: Parameters) -> bool:
    """Unpins a message; without `message_id` the one that was pinned last."""
    chat = chat_of(state, parameters)
    if parameters.given("message_id"):
        state.messages.unpin(chat, found_message(chat, parameters, "unpin")["message_id"])
    elif chat.pinned:
        state.messages.unpin(chat, chat.pinned[-1])
    return True
