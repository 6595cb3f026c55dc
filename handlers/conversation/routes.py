"""What a capability answers to: its commands, buttons, steps and words.

Adding a command is one decorated function in the module it belongs to and its sentences in
`locales/`; `handlers.registry` lists the modules, and `handlers.conversation.dispatcher` asks them.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

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
    """A slash command: plain Latin letters, in Vietnamese and in English; both always work."""

    vi: str
    en: str
    role: Role | None
    shown_to: Role | None
    """The least a person must be to have it in their menu."""
    in_menu: bool
    always: bool
    """Done however fast somebody writes."""
    handler: Handler

    def name(self, language: str) -> str:
        """The name shown in the menu of this language."""
        return self.en if language == "en" else self.vi


@dataclass(frozen=True)
class ActionRoute:
    """What answers a button, and who may press it."""

    handler: Handler
    role: Role | None
    always: bool = False


@dataclass(frozen=True)
class StepRoute:
    """What answers a message at a step, and who may be there."""

    handler: Listener
    role: Role | None


class Routes:
    """What one capability answers to. `role` is the least a person must be; None lets anyone in."""

    def __init__(self) -> None:
        self.commands: list[Command] = []
        self.words: dict[str, Command] = {}
        self.actions: dict[str, ActionRoute] = {}
        self.steps: dict[str, StepRoute] = {}
        self.passive_steps: set[str] = set()
        self.reply_listeners: list[Listener] = []
        self.fallbacks: dict[Role | None, Handler] = {}
        self.finders: list[Finder] = []

    def command(
        self,
        vi: str,
        en: str,
        *,
        role: Role | None = Role.MEMBER,
        shown_to: Role | None = None,
        in_menu: bool = True,
        always: bool = False,
        words: Iterable[str] = (),
    ) -> Callable[[Handler], Handler]:
        """Answers `/vi` and `/en`, and the loose `words`, which are matched without diacritics.

        The menu's line is the sentence `menu-<en>`; `shown_to` keeps it from the menus of those who
        may use it but have no use for it. What stops, leaves or erases takes no words, and is
        `always` done, even for somebody who writes too fast to be answered.
        """

        def register(handler: Handler) -> Handler:
            command = Command(vi, en, role, shown_to or role, in_menu, always, handler)
            self.commands.append(command)
            self.words.update({plain(word): command for word in words})
            return handler

        return register

    def action(
        self, name: str, *, role: Role | None = Role.MEMBER, always: bool = False
    ) -> Callable[[Handler], Handler]:
        """Answers a button whose action is `name` or `name:arg:…`; `always` as for a command."""

        def register(handler: Handler) -> Handler:
            self.actions[name] = ActionRoute(handler, role, always)
            return handler

        return register

    def step(
        self, name: str, *, role: Role | None = Role.MEMBER
    ) -> Callable[[StepListener], StepListener]:
        """Answers a message that is no command from a person who is at the step `name`.

        None leaves the message to whatever would answer it without the step.
        """

        def register(listener: StepListener) -> StepListener:
            self.steps[name] = StepRoute(listener, role)
            return listener

        return register

    def passive_step(self, name: str) -> None:
        """The step `name` holds nobody up: a message its handler leaves alone, or a command, is
        answered as if it had not been there.

        Any other step without a handler for messages waits for its buttons, and is kept.
        """
        self.passive_steps.add(name)

    def reply(self) -> Callable[[Listener], Listener]:
        """Hears a member answer an earlier message; None leaves it to the next who may know it."""

        def register(listener: Listener) -> Listener:
            self.reply_listeners.append(listener)
            return listener

        return register

    def lookup(self) -> Callable[[Finder], Finder]:
        """Says what can be posted in another chat, to members and to everybody else."""

        def register(finder: Finder) -> Finder:
            self.finders.append(finder)
            return finder

        return register

    def fallback(self, *, role: Role | None) -> Callable[[Handler], Handler]:
        """Answers any other message: of a member, or (`role=None`) of who may not act as one now."""

        def register(handler: Handler) -> Handler:
            self.fallbacks[role] = handler
            return handler

        return register
