"""Messages of the chats. A message object is never modified: an edit replaces it."""

from itertools import count

from bot.sandbox.chats.people import TELEGRAM, Chat, Id, zalo_id
from bot.sandbox.content.media import KINDS
from bot.sandbox.instrumentation.clock import Clock
from bot.sandbox.instrumentation.events import EventHub
from bot.sandbox.transport import JsonObject


class MessageStore:
    """Adds, replaces, removes and pins messages, and publishes each change to the page."""

    def __init__(self, clock: Clock, events: EventHub) -> None:
        self._clock = clock
        self._events = events
        self._ids = count(1)

    def add(self, chat: Chat, sender: JsonObject, content: JsonObject) -> JsonObject:
        """Stores a message under a new id and returns it."""
        number = next(self._ids)
        on_telegram = chat.messenger == TELEGRAM
        message_id = number if on_telegram else zalo_id(f"message {number}")
        message = {
            "message_id": message_id,
            "from": sender,
            "chat": chat.identity,
            "date": self._clock.timestamp(),
            **content,
        }
        chat.messages[message_id] = message
        self._events.publish("message", chat=chat.id, message=message)
        return message

    def replace(self, chat: Chat, message: JsonObject) -> None:
        """Stores an edited message in place of the one with the same id."""
        chat.messages[message["message_id"]] = message
        self._events.publish("edited", chat=chat.id, message=message)

    def remove(self, chat: Chat, message_id: Id) -> None:
        """Deletes a message, and unpins it."""
        del chat.messages[message_id]
        self._events.publish("deleted", chat=chat.id, message_id=message_id)
        chat.reactions.pop(message_id, None)
        self.unpin(chat, message_id)

    def pin(self, chat: Chat, message_id: Id) -> None:
        """Puts a message on top of the chat, above those pinned before."""
        self.unpin(chat, message_id)
        chat.pinned.append(message_id)
        self._publish_pinned(chat)

    def unpin(self, chat: Chat, message_id: Id) -> None:
        """Removes a message from the top of the chat; no effect when it is not pinned."""
        if message_id in chat.pinned:
            chat.pinned.remove(message_id)
            self._publish_pinned(chat)

    def react(self, chat: Chat, message_id: Id, reactions: list[JsonObject]) -> None:
        """Replaces the bot's reactions to a message."""
        chat.reactions[message_id] = reactions
        self._events.publish("reaction", chat=chat.id, message_id=message_id, reactions=reactions)

    def _publish_pinned(self, chat: Chat) -> None:
        self._events.publish("pinned", chat=chat.id, message_ids=list(chat.pinned))


DESCRIBED = (
    *("contact", "location", "venue", "poll", "dice", "story", "checklist"),
    *("invoice", "giveaway", "giveaway_winners", "rich_message"),
)
"""Contents without a file, each a JSON object of the Bot API."""
_OTHERS = (*DESCRIBED, "sticker")


def quoted(message: JsonObject) -> JsonObject:
    """A message as `reply_to_message` carries it: without its own `reply_to_message`."""
    return {name: value for name, value in message.items() if name != "reply_to_message"}


def forwarded(message: JsonObject) -> JsonObject:
    """The content of a forward of this message; a forwarded one keeps its first origin."""
    origin = message.get("forward_origin") or {
        "type": "user",
        "sender_user": message["from"],
        "date": message["date"],
    }
    return {"forward_origin": origin, **content_of(message)}


def content_of(message: JsonObject) -> JsonObject:
    """The content that a forward of this message copies."""
    names = ("text", "entities", *KINDS, *_OTHERS, "caption", "caption_entities")
    content = {name: message[name] for name in names if name in message}
    if "reply_markup" in message and (keyboard := _outward(message["reply_markup"])):
        content["reply_markup"] = keyboard
    return content


def _outward(markup: JsonObject) -> JsonObject | None:
    """The buttons that a forward keeps: those that open an address."""
    rows = [[one for one in row if "url" in one] for row in markup["inline_keyboard"]]
    kept = [row for row in rows if row]
    return {"inline_keyboard": kept} if kept else None
