"""What people do on their phones: messages, forwards, button presses, blocking."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from bot.sandbox.chats.messages import forwarded, quoted
from bot.sandbox.chats.pending_queries import PendingQuery
from bot.sandbox.chats.people import TELEGRAM, Chat, Id, Person
from bot.sandbox.state import SandboxState
from bot.sandbox.transport import JsonObject

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
_CHAT_INSTANCE = "-4920116523581027342"
_album_ids = count(13_900_000_000_000_001)


class ActionImpossible(Exception):
    """A phone cannot do this; the message tells a developer why."""


@dataclass(frozen=True)
class Pressed:
    """The effect of a button: a callback query, an address to open, a copied text, or a typed one."""

    query: PendingQuery[JsonObject] | None = None
    url: str | None = None
    copied: str | None = None
    typed: str | None = None


class UserActions:
    """Performs actions of people on Telegram and creates the updates they cause."""

    def __init__(self, state: SandboxState) -> None:
        self._state = state

    def say(self, chat: Chat, person: Person, contents: Sequence[JsonObject]) -> list[JsonObject]:
        """Sends messages, several files as one album; each message is an update of its own."""
        if person.blocked and chat.is_private:
            raise ActionImpossible(f"{person.first_name} has blocked the bot; unblock it first")
        is_album = len(contents) > 1 and "text" not in contents[0]
        album = {"media_group_id": str(next(_album_ids))} if is_album else {}
        self._open(person, chat)
        return [self._say_one(chat, person, content | album) for content in contents]

    def start(self, person: Person, payload: str) -> JsonObject:
        """Presses START; `payload` is that of the link which opened the chat, or empty."""
        if payload and not _PAYLOAD.fullmatch(payload):
            raise ActionImpossible("A start payload has 1 to 64 of A-Z, a-z, 0-9, _ and -")
        text = f"/start {payload}".strip()
        command: list[JsonObject] = [{"type": "bot_command", "offset": 0, "length": len("/start")}]
        return self.say(
            self._state.directory.chats[person.id], person, [{"text": text, "entities": command}]
        )[0]

    def reply(self, chat: Chat, message_id: Id) -> JsonObject:
        """The field that makes a message a reply to this one."""
        return {"reply_to_message": quoted(message_in(chat, message_id))}

    def forward(self, chat: Chat, message_id: Id) -> JsonObject:
        """The content of a forward of this message; a forwarded one keeps its first origin."""
        message = message_in(chat, message_id)
        if message.get("has_protected_content"):
            raise ActionImpossible("This message is protected and cannot be forwarded")
        return forwarded(message)

    def outside_origin(self, described: dict[str, Any]) -> JsonObject:
        """The `MessageOrigin` of a post that comes from outside the sandbox."""
        date = self._state.clock.timestamp()
        channel = described.get("channel")
        if not isinstance(channel, dict):
            name = str(described.get("sender_name") or "")
            if not name:
                raise ActionImpossible("A forward needs from_chat, sender_name or channel")
            return {"type": "hidden_user", "sender_user_name": name, "date": date}
        title = str(channel.get("title") or "Kênh")
        chat: JsonObject = {"id": _channel_id(title), "type": "channel", "title": title}
        if channel.get("username"):
            chat["username"] = str(channel["username"])
        message_id = channel.get("message_id", 1)
        if not isinstance(message_id, int):
            raise ActionImpossible("“message_id” of a channel's post is a whole number")
        return {"type": "channel", "chat": chat, "message_id": message_id, "date": date}

    def press(
        self, chat: Chat, person: Person, message_id: Id, *, label: str | None, data: str | None
    ) -> Pressed:
        """Presses the button with this label or this callback data."""
        message = message_in(chat, message_id)
        button = find_button(message, label, data)
        if "url" in button:
            return Pressed(url=button["url"])
        for kind in ("web_app", "login_url"):
            if kind in button:
                return Pressed(url=button[kind]["url"])
        if "copy_text" in button:
            return Pressed(copied=button["copy_text"]["text"])
        if (words := _inline_words(button)) is not None:
            return Pressed(typed=f"@{self._state.bot['username']} {words}")
        return Pressed(
            query=self._send_callback_query(chat, person, message, button["callback_data"])
        )

    def look_up(self, person: Person, words: str) -> PendingQuery[list[JsonObject]]:
        """Types the bot's name and these words in another chat (inline mode)."""
        if not self._state.inline_mode:
            raise ActionImpossible(
                "This bot cannot be typed into other chats; @BotFather can allow it"
            )
        query = self._state.inline_queries.add(person.id)
        asked = {
            "id": query.id,
            "from": person.identity(),
            "query": words,
            "offset": "",
            "chat_type": "private",
        }
        self._state.updates.push("inline_query", person.id, asked)
        return query

    def set_blocked(self, person: Person, *, blocked: bool) -> None:
        """Blocks or unblocks the bot; on Telegram it gets `my_chat_member`."""
        if person.blocked == blocked:
            return
        person.blocked = blocked
        self._state.events.publish("block", chat=person.id, blocked=blocked)
        self._publish_person(person)
        if person.messenger != TELEGRAM:
            return  # Zalo sends the bot no update about this.
        chat = self._state.directory.chats[person.id]
        self._membership(chat, person, *("member", "kicked") if blocked else ("kicked", "member"))

    def create_group(self, title: str, members: list[Person]) -> Chat:
        """Creates a group with the bot; the first member counts as who added it."""
        chat = self._state.directory.add_group(title, members)
        self._membership(chat, members[0], "left", "member")
        return chat

    def _send_callback_query(
        self, chat: Chat, person: Person, message: JsonObject, data: str
    ) -> PendingQuery[JsonObject]:
        if person.blocked and chat.is_private:
            raise ActionImpossible(f"{person.first_name} has blocked the bot; unblock it first")
        query = self._state.callback_queries.add(chat.id)
        asked = {
            "id": query.id,
            "from": person.identity(),
            "message": message,
            "chat_instance": _CHAT_INSTANCE,
            "data": data,
        }
        self._state.updates.push("callback_query", chat.id, asked)
        return query

    def _say_one(self, chat: Chat, person: Person, content: JsonObject) -> JsonObject:
        message = self._state.messages.add(chat, person.identity(), content)
        if chat.is_private or self._is_visible_to_bot(message):
            self._state.updates.push("message", chat.id, message)
        return message

    def _is_visible_to_bot(self, message: JsonObject) -> bool:
        """True when the bot gets a group's message in privacy mode: commands, replies, mentions."""
        bot = self._state.bot
        if message.get("reply_to_message", {}).get("from", {}).get("id") == bot["id"]:
            return True
        text = str(message.get("text") or message.get("caption") or "").lower()
        return f"@{bot['username']}".lower() in text or _is_common_command(text)

    def _open(self, person: Person, chat: Chat) -> None:
        if chat.is_private and not person.started:
            person.started = True
            self._publish_person(person)

    def _membership(self, chat: Chat, by: Person, old: str, new: str) -> None:
        self._state.updates.push(
            "my_chat_member",
            chat.id,
            {
                "chat": chat.identity,
                "from": by.identity(),
                "date": self._state.clock.timestamp(),
                "old_chat_member": self._bot_member(old),
                "new_chat_member": self._bot_member(new),
            },
        )

    def _bot_member(self, status: str) -> JsonObject:
        member = {"user": self._state.bot, "status": status}
        return member | {"until_date": 0} if status == "kicked" else member

    def _publish_person(self, person: Person) -> None:
        self._state.events.publish("user", user=person.as_json())


def _is_common_command(text: str) -> bool:
    word = text.split(maxsplit=1)[0] if text.strip() else ""
    return word.startswith("/") and "@" not in word


def message_in(chat: Chat, message_id: Id) -> JsonObject:
    """A message of the chat. Raises ActionImpossible when there is none with this id."""
    if message_id not in chat.messages:
        raise ActionImpossible(f"There is no message {message_id} in chat {chat.id}")
    return chat.messages[message_id]


def find_button(message: JsonObject, label: str | None, data: str | None) -> JsonObject:
    """The button with this label or data. Raises ActionImpossible when there is none."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    buttons: list[JsonObject] = [button for row in rows for button in row]
    for button in buttons:
        if label is not None and button["text"] == label:
            return button
        if data is not None and button.get("callback_data") == data:
            return button
    labels = ", ".join(f"“{button['text']}”" for button in buttons) or "none"
    wanted = label if label is not None else data
    raise ActionImpossible(
        f"There is no button “{wanted}” under this message; its buttons: {labels}"
    )


def _inline_words(button: JsonObject) -> str | None:
    """The inline query that a button types; None for a button that types none."""
    for kind in ("switch_inline_query", "switch_inline_query_current_chat"):
        if kind in button:
            return str(button[kind])
    chosen = button.get("switch_inline_query_chosen_chat")
    return None if chosen is None else str(chosen.get("query", ""))


def _channel_id(title: str) -> int:
    """An id derived from the title, so that a channel keeps its id between posts."""
    return -1_001_000_000_000 - sum((index + 1) * ord(char) for index, char in enumerate(title))
