"""What people do with the Official Account: write, press buttons, follow, open the chat, withdraw.

Every action that the platform counts as an interaction opens the window anew. Leaving by `unfollow`
does not close it.
"""

from collections.abc import Sequence
from itertools import count

from bot.sandbox.chats.messages import quoted
from bot.sandbox.chats.people import Chat, Id, Person, zalo_id
from bot.sandbox.phones.oa_event_fields import SENDABLE, event_of
from bot.sandbox.phones.user_actions import ActionImpossible, Pressed, find_button, message_in
from bot.sandbox.state import SandboxState
from bot.sandbox.transport import JsonObject

_HIDDEN = "oa.query.hide"
_press_numbers = count(1)


def say(
    state: SandboxState,
    chat: Chat,
    person: Person,
    contents: Sequence[JsonObject],
    reply_to: Id | None = None,
) -> list[JsonObject]:
    """Sends messages one by one: the account gets no albums and no origin of forwards."""
    _must_not_block(person)
    if any(SENDABLE.isdisjoint(content) for content in contents):
        raise ActionImpossible(f"A Zalo phone sends one of {', '.join(sorted(SENDABLE))}")
    reply = {} if reply_to is None else {"reply_to_message": quoted(message_in(chat, reply_to))}
    open_chat(state, chat, person)
    _interact(state, person)
    return [_say_one(state, chat, person, content | reply) for content in contents]


def press(
    state: SandboxState,
    chat: Chat,
    person: Person,
    message_id: Id,
    *,
    label: str | None,
    data: str | None,
) -> Pressed:
    """Presses a button: its payload is sent as the person's text, which `oa.query.hide` does not show."""
    _must_not_block(person)
    button = find_button(message_in(chat, message_id), label, data)
    open_chat(state, chat, person)
    _interact(state, person)
    if "url" in button:
        return Pressed(url=button["url"])
    if button.get("type") != _HIDDEN:
        _say_one(state, chat, person, {"text": button["callback_data"]})
        return Pressed()
    hidden_id = zalo_id(f"press {next(_press_numbers)}")
    state.oa.events.from_person(
        person, "user_send_text", {"text": button["callback_data"], "msg_id": hidden_id}
    )
    return Pressed()


def set_following(state: SandboxState, person: Person, *, follows: bool) -> None:
    """Follows or unfollows the account; following is an interaction."""
    if person.follows == follows:
        return
    person.follows = follows
    if follows:
        _interact(state, person)
    state.oa.events.follow(person)
    state.events.publish("user", user=person.as_json())


def open_chat(state: SandboxState, chat: Chat, person: Person) -> None:
    """Opens the chat; the account learns which of its messages were seen."""
    if chat.unseen:
        state.oa.events.seen(person, list(chat.unseen))
        chat.unseen.clear()


def withdraw(state: SandboxState, person: Person) -> None:
    """Asks Zalo to have the person's data deleted by the app."""
    state.oa.events.withdraw(person)


def _must_not_block(person: Person) -> None:
    if person.blocked:
        raise ActionImpossible(f"{person.first_name} has blocked the account; unblock it first")


def _interact(state: SandboxState, person: Person) -> None:
    person.interacted_at_s = state.clock.now_s()
    person.started = True
    state.events.publish("user", user=person.as_json())


def _say_one(state: SandboxState, chat: Chat, person: Person, content: JsonObject) -> JsonObject:
    visible_content = {name: value for name, value in content.items() if name != "forward_origin"}
    message = state.messages.add(chat, person.identity(), visible_content)
    kind, fields = event_of(state, message)
    reply = message.get("reply_to_message", {}).get("message_id")
    state.oa.events.from_person(
        person,
        f"user_send_{kind}",
        {**fields, "msg_id": message["message_id"], **({"quote_msg_id": reply} if reply else {})},
    )
    return message
