"""Command menus, by scope and language (`setMyCommands`)."""

import re
from typing import NamedTuple

from bot.sandbox.chats.people import Id, Person
from bot.sandbox.transport import JsonObject, bad_request, require

COUNT_LIMIT = 100
DESCRIPTION_LIMIT = 256
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"(?:[a-z]{2,3})?")
_PLAIN_SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
_CHAT_SCOPES = ("chat", "chat_administrators", "chat_member")


class Scope(NamedTuple):
    """A `BotCommandScope`: its type and, for the scopes of one chat, the chat's id (else 0)."""

    kind: str = "default"
    chat_id: Id = 0


class CommandMenus:
    """Command lists by scope and language code."""

    def __init__(self) -> None:
        self._lists: dict[tuple[Scope, str], list[JsonObject]] = {}

    def set(self, scope: Scope, language: str, commands: list[JsonObject]) -> None:
        """Replaces the list of this scope and language."""
        self._lists[scope, language] = commands

    def get(self, scope: Scope, language: str) -> list[JsonObject]:
        """The list of exactly this scope and language; empty when not set."""
        return self._lists.get((scope, language), [])

    def delete(self, scope: Scope, language: str) -> None:
        """Removes the list of this scope and language."""
        self._lists.pop((scope, language), None)

    def shown_to(self, person: Person) -> list[JsonObject]:
        """The menu of a private chat: narrowest scope first, in each the person's language."""
        for scope in (Scope("chat", person.id), Scope("all_private_chats"), Scope("default")):
            for language in dict.fromkeys((person.language_code, "")):
                if commands := self._lists.get((scope, language)):
                    return commands
        return []


def read_scope(given: object) -> Scope:
    """Reads a `BotCommandScope`; none means the default. Raises ApiError for an unknown type."""
    if given is None:
        return Scope()
    kind = given.get("type") if isinstance(given, dict) else None
    if kind in _PLAIN_SCOPES:
        return Scope(str(kind))
    if kind in _CHAT_SCOPES and isinstance(given, dict):
        return Scope(str(kind), _chat_id(given.get("chat_id")))
    raise bad_request("can't parse BotCommandScope: Unsupported type specified")


def read_language(code: str) -> str:
    """Returns a code of two or three letters, or an empty one; raises ApiError for others."""
    require(_LANGUAGE.fullmatch(code), "invalid language code specified")
    return code


def read_commands(given: object) -> list[JsonObject]:
    """Reads an array of `BotCommand`. Raises ApiError with Telegram's messages."""
    if not isinstance(given, list):
        raise bad_request("expected an Array of BotCommand")
    require(len(given) <= COUNT_LIMIT, "BOT_COMMANDS_TOO_MUCH")
    return [_command(one) for one in given]


def _command(given: object) -> JsonObject:
    if not isinstance(given, dict):
        raise bad_request("expected an Object as BotCommand")
    command = str(given.get("command", "")).removeprefix("/")
    description = str(given.get("description", ""))
    require(_COMMAND.fullmatch(command), "BOT_COMMAND_INVALID")
    require(1 <= len(description) <= DESCRIPTION_LIMIT, "BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": description}


def _chat_id(given: object) -> int:
    try:
        return int(str(given))
    except ValueError:
        raise bad_request("chat not found") from None
