"""`/v3.0/oa/message/cs` and `/v2.0/oa/message`: the account writes to one person."""

from collections.abc import Awaitable, Callable

from bot.sandbox.chats.messages import quoted
from bot.sandbox.chats.people import ZALO_OA, Chat, Person
from bot.sandbox.official_account.settings import STATE_BODY
from bot.sandbox.state import SandboxState
from bot.sandbox.transport import JsonObject, OaError, Parameters, check_shape
from bot.sandbox.zalo_oa.message_shape import Outgoing, object_in, read_outgoing

V3_PATH, V2_PATH = "v3.0/oa/message/cs", "v2.0/oa/message"


async def send_v3(state: SandboxState, parameters: Parameters) -> JsonObject:
    """The consultation message; OaError (-235) for the account of a state body."""
    if state.oa.settings.oa_type == STATE_BODY:
        raise OaError(-235)
    return await _send(state, parameters, V3_PATH)


async def send_v2(state: SandboxState, parameters: Parameters) -> JsonObject:
    """The old call, which state bodies still use; OaError (-240) for all other accounts."""
    if state.oa.settings.oa_type != STATE_BODY:
        raise OaError(-240)
    return await _send(state, parameters, V2_PATH)


async def _send(state: SandboxState, parameters: Parameters, path: str) -> JsonObject:
    body = parameters.as_json()
    recipient = object_in(body, "recipient", "recipient")
    message = object_in(body, "message", "message")
    outgoing = await read_outgoing(state, message)
    person, chat = known_person(state, recipient.get("user_id"))
    reply = _quote(chat, message)
    if person.blocked:
        raise OaError(-244)
    state.oa.charging.quota_type_for(person)
    sent = state.messages.add(chat, state.oa.as_sender, outgoing.content | reply)
    message_id = str(sent["message_id"])
    quota = state.oa.charging.charge(person, message_id, path)
    _tell(state, chat, person, outgoing, message_id)
    return {
        "message_id": message_id,
        "user_id": person.id,
        "sent_time": str(int(state.clock.now_s() * 1000)),
        "quota": quota | {"owner_id": state.oa.identity.oa_id},
    }


def known_person(state: SandboxState, user_id: object) -> tuple[Person, Chat]:
    """Somebody who talks with the account, and their chat; OaError (-201) for other ids."""
    chat = state.directory.chats.get(user_id) if isinstance(user_id, str) else None
    if chat is None or chat.owner is None or chat.messenger != ZALO_OA:
        raise OaError(-201, "user_id is invalid")
    return chat.owner, chat


def _quote(chat: Chat, message: JsonObject) -> JsonObject:
    message_id = message.get("quote_message_id")
    if not message_id:
        return {}
    check_shape(isinstance(message_id, str) and message_id in chat.messages, "quote_message_id")
    return {"reply_to_message": quoted(chat.messages[str(message_id)])}


def _tell(
    state: SandboxState, chat: Chat, person: Person, outgoing: Outgoing, message_id: str
) -> None:
    """The events of a message that was sent; the person has not opened it yet."""
    echo = {**outgoing.echo, "msg_id": message_id}
    state.oa.events.echo(person, f"oa_send_{outgoing.kind}", echo)
    state.oa.events.received(person, message_id)
    chat.unseen.append(message_id)


SENDING: dict[str, Callable[[SandboxState, Parameters], Awaitable[JsonObject]]] = {
    V3_PATH: send_v3,
    V2_PATH: send_v2,
}
