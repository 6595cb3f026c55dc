"""The routes of a capability: its commands, buttons, steps, words and listeners.

Adding a command is one decorated function in the module it belongs to and its sentences in
`locales/`; `handlers.registry` lists the modules, `handlers.conversation.route_table` merges them.
"""

import re
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import TypeVar

from handlers.conversation.console_notice import first_notice
from handlers.conversation.context import Context
from handlers.messages import Answer, Suggestion
from handlers.recognition.plain_text import plain
from storage.models import Role

Handler = Callable[[Context], Awaitable[Answer]]
Listener = Callable[[Context], Awaitable[Answer | None]]
Finder = Callable[[Context], Awaitable[Sequence[Suggestion]]]
StepListener = TypeVar("StepListener", bound=Listener)


@dataclass(frozen=True)
class Command:
    """A slash command: plain Latin letters, in Vietnamese and in English; all names always work."""

    vi: str
    en: str
    also: tuple[str, ...]
    """Further names, such as earlier ones; no menu shows them."""
    role: Role | None
    shown_to: Role | None
    """The lowest role whose menu contains it."""
    in_menu: bool
    always: bool
    """Whether flood control lets it through."""
    needs_slash: bool
    """Whether the name alone is never read as the command, because it is also an everyday word."""
    for_others: str
    """The command that it is to people below its role; empty where they are refused."""
    handler: Handler

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it answers to."""
        return (self.vi, self.en, *self.also)

    def name(self, language: str) -> str:
        """The name shown in the menu of this language."""
        return self.en if language == "en" else self.vi


@dataclass(frozen=True)
class ActionRoute:
    """The handler of a button, and the lowest role that may press it."""

    handler: Handler
    role: Role | None
    always: bool = False


@dataclass(frozen=True)
class StepRoute:
    """The handler of a message at a step, and the lowest role that may use it."""

    handler: Listener
    role: Role | None
    reads_channel_post: bool = False
    """Whether it reads `Incoming.channel_post`, which is dropped at any other step."""
    takes_late_parts: bool = False
    """Whether it may know the album of a late part (`Incoming.is_late_part`)."""


class Routes:
    """The routes of one capability. `role` is the lowest role allowed; None allows anyone."""

    def __init__(self, *, confidential: bool = False) -> None:
        """`confidential`: what people write here concerns them alone, so they are told first who can
        read along on their messenger (`handlers.conversation.console_notice`)."""
        self._confidential = confidential
        self.commands: list[Command] = []
        self.words: dict[str, Command] = {}
        self.words_at_any_step: dict[str, Command] = {}
        self.phrases: list[tuple[re.Pattern[str], Command]] = []
        self.actions: dict[str, ActionRoute] = {}
        self.steps: dict[str, StepRoute] = {}
        self.passive_steps: set[str] = set()
        self.brief_steps: set[str] = set()
        self.reply_listeners: list[Listener] = []
        self.fallbacks: dict[Role | None, Handler] = {}
        self.finders: list[Finder] = []
        self.withdrawals: list[Handler] = []

    def command(
        self,
        vi: str,
        en: str,
        *,
        role: Role | None = Role.MEMBER,
        shown_to: Role | None = None,
        in_menu: bool = True,
        always: bool = False,
        needs_slash: bool = False,
        for_others: str = "",
        also: Iterable[str] = (),
        words: Iterable[str] = (),
        phrases: str = "",
        at_any_step: Iterable[str] = (),
    ) -> Callable[[Handler], Handler]:
        """Answers `/vi`, `/en` and the names of `also`, and the loose `words`, which are matched without
        diacritics. `phrases` is a pattern of further whole messages, lower case without diacritics.
        Words of `at_any_step` count even where a text is asked for, so their diacritics matter.

        The line in the menu is the sentence `menu-<en>`; `shown_to` hides it from lower roles that
        may use it. Commands that stop, leave or erase have no words and are `always` handled, even
        if flood control drops other updates of the sender.
        """

        def register(handler: Handler) -> Handler:
            told = self._told(handler)
            command = Command(
                vi,
                en,
                tuple(also),
                role,
                shown_to or role,
                in_menu,
                always,
                needs_slash or always,
                for_others,
                told,
            )
            self.commands.append(command)
            self.words.update({plain(word): command for word in words})
            self.words_at_any_step.update(dict.fromkeys(at_any_step, command))
            if phrases:
                self.phrases.append((re.compile(phrases), command))
            return handler

        return register

    def action(
        self, name: str, *, role: Role | None = Role.MEMBER, always: bool = False
    ) -> Callable[[Handler], Handler]:
        """Answers a button whose action is `name` or `name:arg:…`; `always` as for a command."""

        def register(handler: Handler) -> Handler:
            self.actions[name] = ActionRoute(self._told(handler), role, always)
            return handler

        return register

    def step(
        self,
        name: str,
        *,
        role: Role | None = Role.MEMBER,
        reads_channel_post: bool = False,
        takes_late_parts: bool = False,
    ) -> Callable[[StepListener], StepListener]:
        """Answers a message that is not a command while the chat is at the step `name`.

        None passes the message on to the routes that come after steps. A late part of an album is
        passed to a step that `takes_late_parts` only, and by None to the answer that it came late.
        """

        def register(listener: StepListener) -> StepListener:
            self.steps[name] = StepRoute(
                self._told(listener), role, reads_channel_post, takes_late_parts
            )
            return listener

        return register

    def _told(self, handler: StepListener) -> StepListener:
        return _telling_who_reads(handler) if self._confidential else handler

    def passive_step(self, name: str) -> None:
        """Marks the step `name` as optional: a message that its handler passes on is answered as if
        there were no step, and a command ends it.

        Any other step without a handler waits for its buttons and stays.
        """
        self.passive_steps.add(name)

    def brief_step(self, name: str) -> None:
        """Marks the step `name` as passive, and as ended by any button and any command."""
        self.passive_step(name)
        self.brief_steps.add(name)

    def reply(self) -> Callable[[Listener], Listener]:
        """Handles a member's reply to an earlier message; None passes it to the next listener."""

        def register(listener: Listener) -> Listener:
            self.reply_listeners.append(self._told(listener))
            return listener

        return register

    def lookup(self) -> Callable[[Finder], Finder]:
        """Finds suggestions for inline queries, for members and for everybody else."""

        def register(finder: Finder) -> Finder:
            self.finders.append(finder)
            return finder

        return register

    def withdrawal(self) -> Callable[[Handler], Handler]:
        """Handles `UpdateKind.WITHDRAWN`, of members and of everybody else."""

        def register(handler: Handler) -> Handler:
            self.withdrawals.append(handler)
            return handler

        return register

    def fallback(self, *, role: Role | None) -> Callable[[Handler], Handler]:
        """Answers any other message of a member; with `role=None`, of strangers and suspended ones."""

        def register(handler: Handler) -> Handler:
            self.fallbacks[role] = self._told(handler)
            return handler

        return register


def _telling_who_reads(handler: StepListener) -> StepListener:
    """The handler, with the notice before its first answer to a chat that has not had it."""

    @wraps(handler)
    async def told(context: Context) -> Answer | None:
        answer = await handler(context)
        return [*first_notice(context, context.contact), *answer] if answer else answer

    return told  # type: ignore[return-value]
