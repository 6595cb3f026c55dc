"""Who is on the other side: people, their private chats with the bot, and groups."""

from dataclasses import dataclass, field
from itertools import count

from bot.sandbox.wire import JsonObject

FIRST_PERSON_ID = 6_000_000_001
"""Past 32 bits on purpose, as new Telegram accounts are."""


@dataclass
class Person:
    """Somebody with a phone. `note` is a label for the page, unknown to the bot."""

    id: int
    first_name: str
    language_code: str
    messenger: str
    note: str
    username: str | None = None
    started: bool = False
    blocked: bool = False

    def identity(self) -> JsonObject:
        """The Bot API's User."""
        user: JsonObject = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        if self.username:
            user["username"] = self.username
        if self.language_code:
            user["language_code"] = self.language_code
        return user

    def as_json(self) -> JsonObject:
        """What the control API tells about this person."""
        return self.identity() | {
            "language_code": self.language_code,
            "messenger": self.messenger,
            "note": self.note,
            "started": self.started,
            "blocked": self.blocked,
        }


@dataclass
class Chat:
    """A conversation and what is in it. `owner` is the person of a private chat."""

    id: int
    identity: JsonObject
    members: list[Person]
    owner: Person | None = None
    messages: dict[int, JsonObject] = field(default_factory=dict)

    @property
    def is_private(self) -> bool:
        return self.owner is not None


class Directory:
    """Everyone and every chat, by id."""

    def __init__(self) -> None:
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self._person_ids = count(FIRST_PERSON_ID)
        self._group_ids = count(1)

    def add_person(
        self, *, first_name: str, language_code: str, note: str, username: str | None
    ) -> Person:
        person = Person(
            id=next(self._person_ids),
            first_name=first_name,
            language_code=language_code,
            messenger="telegram",
            note=note,
            username=username,
        )
        self.people[person.id] = person
        self.chats[person.id] = _private_chat(person)
        return person

    def add_group(self, title: str, members: list[Person]) -> Chat:
        chat_id = -4_000_000_000 - next(self._group_ids)
        identity = {"id": chat_id, "type": "group", "title": title}
        chat = Chat(id=chat_id, identity=identity, members=members)
        self.chats[chat_id] = chat
        return chat


def _private_chat(person: Person) -> Chat:
    identity: JsonObject = {"id": person.id, "type": "private", "first_name": person.first_name}
    if person.username:
        identity["username"] = person.username
    return Chat(id=person.id, identity=identity, members=[person], owner=person)
