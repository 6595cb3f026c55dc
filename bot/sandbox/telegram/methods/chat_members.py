"""`getChatMember`: what somebody is in a chat."""

from bot.sandbox.chats.people import Chat, Id
from bot.sandbox.state import SandboxState
from bot.sandbox.telegram.methods.chats import chat_of
from bot.sandbox.transport import JsonObject, Parameters, bad_request, require


def get_chat_member(state: SandboxState, parameters: Parameters) -> JsonObject:
    """Returns a `ChatMember`: who added the bot to a group is its owner, nobody an administrator."""
    chat = chat_of(state, parameters)
    user_id = parameters.integer("user_id")
    require(user_id > 0, "invalid user_id specified")
    if user_id == state.bot["id"]:
        return {"status": "member", "user": state.bot}
    person = state.directory.people.get(user_id)
    if person is None:
        raise bad_request("member not found")
    return {"user": person.identity(), **_standing(chat, user_id)}


def _standing(chat: Chat, user_id: Id) -> JsonObject:
    ids = [member.id for member in chat.members]
    if user_id not in ids:
        return {"status": "left"}
    if not chat.is_private and user_id == ids[0]:
        return {"status": "creator", "is_anonymous": False}
    return {"status": "member"}
