"""Finds the chat and message that a call names, and checks that the bot may write there."""

from bot.sandbox.chats.people import Chat
from bot.sandbox.state import SandboxState
from bot.sandbox.transport import JsonObject, Parameters, bad_request, forbidden, require


def chat_of(state: SandboxState, parameters: Parameters, name: str = "chat_id") -> Chat:
    """The chat of this parameter. Raises ApiError when it is missing or unknown; no @usernames."""
    require(parameters.text(name), f"{name} is empty")
    chat = state.directory.chats.get(parameters.integer(name))
    if chat is None:
        raise bad_request("chat not found")
    return chat


def open_chat_of(state: SandboxState, parameters: Parameters) -> Chat:
    """A chat the bot may write to. Raises ApiError (403) when blocked or not started."""
    chat = chat_of(state, parameters)
    if chat.owner is not None:
        if chat.owner.blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.owner.started:
            raise forbidden("bot can't initiate conversation with a user")
    return chat


def message_to_edit(state: SandboxState, chat: Chat, parameters: Parameters) -> JsonObject:
    """A message of the bot. Raises ApiError when there is none or it is another's."""
    message = specified_message(chat, parameters, "edit")
    require(message["from"]["id"] == state.bot["id"], "message can't be edited")
    return message


def specified_message(chat: Chat, parameters: Parameters, purpose: str) -> JsonObject:
    """The message `message_id` names. Raises ApiError when it is not given or not found."""
    require(parameters.integer("message_id"), "message identifier is not specified")
    return found_message(chat, parameters, purpose)


def found_message(chat: Chat, parameters: Parameters, purpose: str) -> JsonObject:
    """As `specified_message`, but a missing `message_id` is answered as one that is not found."""
    message = chat.messages.get(parameters.integer("message_id"))
    if message is None:
        raise bad_request(f"message to {purpose} not found")
    return message
