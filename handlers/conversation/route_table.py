"""The routes of all capabilities in one table, and which of them an update names."""

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from handlers.conversation.invite_code import code_in
from handlers.conversation.routes import (
    ActionRoute,
    Command,
    Finder,
    Handler,
    Listener,
    Routes,
    StepRoute,
)
from handlers.messages import Incoming, UpdateKind
from handlers.recognition.plain_text import plain
from storage.models import Role

_LONGEST_PHRASE = 100
"""Characters of a message that may ask for a command in words."""
_NEAR = 0.75
"""How much of a mistyped command has to be right, from 0 to 1."""
_RANK = {None: 0, Role.MEMBER: 1, Role.OFFICER: 2, Role.OWNER: 3}


class RouteTable:
    """Every command, word, action, step and listener of the bot, by name."""

    def __init__(self, capabilities: Iterable[Routes], officers_menu: Sequence[str]) -> None:
        self.commands: dict[str, Command] = {}
        """By every name: Vietnamese, English and earlier ones."""
        self.words: dict[str, Command] = {}
        self._words_at_any_step: dict[str, Command] = {}
        self._phrases: list[tuple[re.Pattern[str], Command]] = []
        self.actions: dict[str, ActionRoute] = {}
        self.steps: dict[str, StepRoute] = {}
        self.reply_listeners: list[Listener] = []
        self.finders: list[Finder] = []
        self.withdrawals: list[Handler] = []
        self._menu: list[Command] = []
        self._passive_steps: set[str] = set()
        self._brief_steps: set[str] = set()
        self._fallbacks: dict[Role | None, Handler] = {}
        for routes in capabilities:
            self._add(routes)
        self._officers_menu = [self.commands[name] for name in officers_menu]

    def _add(self, routes: Routes) -> None:
        self._menu += [command for command in routes.commands if command.in_menu]
        for command in routes.commands:
            self.commands |= dict.fromkeys(command.names, command)
        self.words |= routes.words
        self._words_at_any_step |= routes.words_at_any_step
        self._phrases += routes.phrases
        self.actions |= routes.actions
        self.steps |= routes.steps
        self.reply_listeners += routes.reply_listeners
        self.finders += routes.finders
        self.withdrawals += routes.withdrawals
        self._passive_steps |= routes.passive_steps
        self._brief_steps |= routes.brief_steps
        self._fallbacks |= routes.fallbacks

    def menu(self, role: Role | None) -> list[Command]:
        """The commands in the menu of a person of this role, those of the highest role first.

        Officers have too many commands for a menu: theirs is the given one, if there is one.
        """
        if role and role.is_officer and self._officers_menu:
            return self._officers_menu
        return sorted(
            [c for c in self._menu if is_allowed(role, c.shown_to)],
            key=lambda command: -_RANK[command.shown_to],
        )

    def worded(self, text: str) -> Command | None:
        """The command that a message asks for in words; None for any other message."""
        if len(text) > _LONGEST_PHRASE:
            return None
        words = plain(text).rstrip(" .!")
        if command := self.words.get(words):
            return command
        return next((one for pattern, one in self._phrases if pattern.fullmatch(words)), None)

    def worded_at_any_step(self, text: str) -> Command | None:
        """The command that a message asks for even where a text is expected; None for any other."""
        return self._words_at_any_step.get(text.strip().lower().rstrip(" .!"))

    def nearest_name(self, typed: str, role: Role | None) -> str:
        """The name of a command for this role that somebody who mistyped it may mean; else empty."""
        names = [name for name, one in self.commands.items() if is_allowed(role, one.role)]
        found = get_close_matches(typed, names, n=1, cutoff=_NEAR)
        return found[0] if found else ""

    def fallback(self, role: Role | None) -> Handler:
        """The handler of a message that no other route answers."""
        return self._fallbacks[Role.MEMBER if role else None]

    def is_passive(self, step: str) -> bool:
        """Whether a message or a command may ignore this step."""
        return step in self._passive_steps

    def is_brief(self, step: str) -> bool:
        """Whether any button and any command end this step."""
        return step in self._brief_steps

    def is_always_handled(self, incoming: Incoming) -> bool:
        """Whether flood control lets this update through: stopping, leaving, erasing."""
        if incoming.kind is UpdateKind.PRESS and incoming.press:
            action = self.actions.get(incoming.press.action.partition(":")[0])
            return action is not None and action.always
        command = self.commands.get(split_command(incoming.text)[0])
        is_ordered = command is not None and command.always and not incoming.forwarded
        has_text = incoming.kind in (
            UpdateKind.MESSAGE,
            UpdateKind.EDITED,
            UpdateKind.INLINE_SEARCH,
        )
        return is_ordered or not has_text

    def is_bare_command(self, text: str) -> bool:
        """Whether this is a command without its slash: `soan`, `thongke 12`.

        A command that stops, leaves or erases needs its slash, and so does one whose name is also an
        everyday word.
        """
        name, _, rest = text.strip().lower().partition(" ")
        command = self.commands.get(name)
        is_plain = not rest or rest.strip().isdecimal() or code_in(rest) is not None
        return command is not None and not command.needs_slash and is_plain


def is_allowed(role: Role | None, least: Role | None) -> bool:
    """Whether a person of this role may use a route that asks for at least the other one."""
    return _RANK[role] >= _RANK[least]


def addressee_of(text: str) -> str:
    """The bot that a command names: `/soan@niemtin_bot now` → `niemtin_bot`, or an empty text."""
    command = re.match(r"/[^\s@]*@(\S+)", text)
    return command[1].lower() if command else ""


def split_command(text: str) -> tuple[str, str]:
    """`/soan@niemtin_bot now` → (`soan`, `now`); the name is empty where there is no command."""
    command = re.match(r"/(\S*)\s*(.*)", text, re.DOTALL)
    if command is None:
        return "", ""
    return command[1].partition("@")[0].lower(), command[2].strip()
