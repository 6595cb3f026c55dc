"""Whom a call is about, and whether the bot may speak there."""

from bot.sandbox.api_error import bad_request, forbidden
from bot.sandbox.json_response import JsonObject
from bot.sandbox.parameters import Parameters
from bot.sandbox.people import Chat
from bot.sandbox.state import SandboxState


def chat_of(world: SandboxState, parameters: Parameters) -> Chat:
    """Raises Refusal when the chat is missing or unknown."""
    given = parameters.text("chat_id")
    if not given:
        raise bad_request("chat_id is empty")
    chat = world.directory.chats.get(parameters.integer("chat_id"))
    if chat is None:
        raise bad_request("chat not found")
    return chat


def open_chat_of(world: SandboxState, parameters: Parameters) -> Chat:
    """A chat the bot may write in. Raises Refusal when it may not."""
    chat = chat_of(world, parameters)
    if chat.owner is not None:
        if chat.owner.blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.owner.started:
            raise forbidden("bot can't initiate conversation with a user")
    return chat


def message_to_edit(world: SandboxState, chat: Chat, parameters: Parameters) -> JsonObject:
    """The bot's own message. Raises Refusal when there is none or it is not the bot's."""
    message_id = parameters.integer("message_id")
    if not message_id:
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(message_id)
    if message is None:
        raise bad_request("message to edit not found")
    if message["from"]["id"] != world.bot["id"]:
        raise bad_request("message can't be edited")
    return message
