"""The commands a phone's menu offers, by scope and language."""

import re
from typing import NamedTuple

from bot.sandbox.chats.people import Id, Person
from bot.sandbox.transport.api_error import bad_request
from bot.sandbox.transport.json_response import JsonObject

COUNT_LIMIT = 100
DESCRIPTION_LIMIT = 256
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"(?:[a-z]{2,3})?")
_PLAIN_SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
_CHAT_SCOPES = ("chat", "chat_administrators", "chat_member")


class Scope(NamedTuple):
    """The kind of scope and, where it is one chat, its id (0 elsewhere)."""

    kind: str = "default"
    chat_id: Id = 0


class CommandBook:
    """Lists of commands, as `setMyCommands` left them."""

    def __init__(self) -> None:
        self._lists: dict[tuple[Scope, str], list[JsonObject]] = {}

    def set(self, scope: Scope, language: str, commands: list[JsonObject]) -> None:
        self._lists[scope, language] = commands

    def get(self, scope: Scope, language: str) -> list[JsonObject]:
        return self._lists.get((scope, language), [])

    def delete(self, scope: Scope, language: str) -> None:
        self._lists.pop((scope, language), None)

    def shown_to(self, person: Person) -> list[JsonObject]:
        """The menu in this person's private chat: the narrowest scope, their language first."""
        scopes = (Scope("chat", person.id), Scope("all_private_chats"), Scope("default"))
        for scope in scopes:
            for language in dict.fromkeys((person.language_code, "")):
                if commands := self._lists.get((scope, language)):
                    return commands
        return []


def read_scope(given: object) -> Scope:
    """Raises Refusal when it is none of Telegram's scopes."""
    if given is None:
        return Scope()
    kind = given.get("type") if isinstance(given, dict) else None
    if kind in _PLAIN_SCOPES:
        return Scope(str(kind))
    if kind in _CHAT_SCOPES and isinstance(given, dict):
        return Scope(str(kind), _chat_id(given.get("chat_id")))
    raise bad_request("can't parse BotCommandScope: Unsupported type specified")


def read_language(code: str) -> str:
    if not _LANGUAGE.fullmatch(code):
        raise bad_request("invalid language code specified")
    return code


def read_commands(given: object) -> list[JsonObject]:
    """Raises Refusal with Telegram's texts when a command breaks a rule."""
    if not isinstance(given, list):
        raise bad_request("expected an Array of BotCommand")
    if len(given) > COUNT_LIMIT:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return [_command(one) for one in given]


def _command(given: object) -> JsonObject:
    if not isinstance(given, dict):
        raise bad_request("expected an Object as BotCommand")
    command = str(given.get("command", "")).removeprefix("/")
    description = str(given.get("description", ""))
    if not _COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= DESCRIPTION_LIMIT:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": description}


def _chat_id(given: object) -> int:
    try:
        return int(str(given))
    except ValueError:
        raise bad_request("chat not found") from None
