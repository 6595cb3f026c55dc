"""People, their private chats with the bot, and groups."""

import hashlib
from dataclasses import dataclass, field
from itertools import count
from typing import TypeAlias

from bot.sandbox.transport import JsonObject

FIRST_PERSON_ID = 6_000_000_001
"""More than 32 bits, as the ids of new Telegram accounts."""

TELEGRAM, ZALO, ZALO_OA = "telegram", "zalo", "zalo_oa"
MESSENGERS = (TELEGRAM, ZALO, ZALO_OA)

FIRST_OA_USER_ID = 5_207_731_846_290_000_001
"""Of 19 digits, as Zalo's ids of people who talk with an Official Account."""

Id: TypeAlias = int | str
"""The id of a person, chat or message: a number on Telegram, a string on Zalo."""

_NUMBER_DIGITS = 16
"""Digits of the longest id that is a number (52 bits); a longer one is a string everywhere."""


def id_from_text(text: str) -> Id:
    """The id written as text: a number for Telegram's ids, the text itself for Zalo's."""
    digits = text.removeprefix("-")
    is_number = digits.isdecimal() and digits.isascii() and len(digits) <= _NUMBER_DIGITS
    return int(text) if is_number else text


@dataclass
class Person:
    """A simulated user. `note` is a label for the page; the bot does not see it."""

    id: Id
    first_name: str
    language_code: str
    messenger: str
    note: str
    username: str | None = None
    started: bool = False
    blocked: bool = False
    follows: bool = False
    """Follows the Official Account; only there."""
    interacted_at_s: float | None = None
    """The last interaction with the Official Account, in seconds since 1970; None before the first."""

    def identity(self) -> JsonObject:
        """The Bot API's `User`."""
        user: JsonObject = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        if self.username:
            user["username"] = self.username
        if self.language_code:
            user["language_code"] = self.language_code
        return user

    def as_json(self) -> JsonObject:
        """The user as the control API shows it."""
        described = self.identity() | {
            "language_code": self.language_code,
            "messenger": self.messenger,
            "note": self.note,
            "started": self.started,
            "blocked": self.blocked,
        }
        if self.messenger == ZALO_OA:
            described |= {"follows": self.follows, "interacted_at": self.interacted_at_s}
        return described


@dataclass
class Chat:
    """A chat with its messages by id. `owner` is the person of a private chat, None for a group."""

    id: Id
    identity: JsonObject
    members: list[Person]
    owner: Person | None = None
    messages: dict[Id, JsonObject] = field(default_factory=dict)
    pinned: list[Id] = field(default_factory=list)
    """Messages at the top of the chat, the one pinned last at the end."""
    reactions: dict[Id, list[JsonObject]] = field(default_factory=dict)
    """The bot's reactions, by the message."""
    unseen: list[str] = field(default_factory=list)
    """Messages of the Official Account that the person has not opened yet."""

    @property
    def messenger(self) -> str:
        """The messenger of the chat's owner; groups exist on Telegram alone."""
        return TELEGRAM if self.owner is None else self.owner.messenger

    @property
    def is_private(self) -> bool:
        """True for a chat of one person with the bot."""
        return self.owner is not None


class Directory:
    """All people and chats, by id."""

    def __init__(self) -> None:
        self.people: dict[Id, Person] = {}
        self.chats: dict[Id, Chat] = {}
        self._person_ids = count(FIRST_PERSON_ID)
        self._group_ids = count(1)

    def add_person(
        self,
        *,
        first_name: str,
        language_code: str,
        note: str,
        username: str | None,
        messenger: str = TELEGRAM,
    ) -> Person:
        """Creates a person and their private chat, which has the same id."""
        number = next(self._person_ids)
        person = Person(
            id=_person_id(messenger, number),
            first_name=first_name,
            language_code=language_code,
            messenger=messenger,
            note=note,
            username=username,
        )
        self.people[person.id] = person
        self.chats[person.id] = _private_chat(person)
        return person

    def add_group(self, title: str, members: list[Person]) -> Chat:
        """Creates a group on Telegram; its id is negative, as there."""
        chat_id = -4_000_000_000 - next(self._group_ids)
        chat = Chat(
            id=chat_id, identity={"id": chat_id, "type": "group", "title": title}, members=members
        )
        self.chats[chat_id] = chat
        return chat


def zalo_id(seed: str) -> str:
    """An id in Zalo's format: 20 hexadecimal digits, of which at least one is a letter."""
    return hashlib.sha256(seed.encode()).hexdigest()[:19] + "a"


def _person_id(messenger: str, number: int) -> Id:
    if messenger == ZALO_OA:
        return str(FIRST_OA_USER_ID + number - FIRST_PERSON_ID)
    return zalo_id(f"person {number}") if messenger == ZALO else number


def _private_chat(person: Person) -> Chat:
    identity: JsonObject = {"id": person.id, "type": "private", "first_name": person.first_name}
    if person.username:
        identity["username"] = person.username
    return Chat(id=person.id, identity=identity, members=[person], owner=person)
