"""The context of one update: what was sent, by whom, and helpers to answer it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from handlers.conversation.i18n import Html, Speech, speech_to
from handlers.conversation.settings import ClubSettings
from handlers.messages import (
    Button,
    ButtonStyle,
    Incoming,
    Media,
    MenuChange,
    MenuEntry,
    Message,
    Reply,
    Rows,
)
from handlers.worker_tasks import Offload
from storage.conversation import state
from storage.conversation.state import ChatStep
from storage.database import Tx, id_of
from storage.models import Contact, Member, MemberState, Role

HOME_COMMAND = "menu"
"""The command that shows an officer their home: what waits for them."""
HOME_ACTION = "home"
"""The action that shows it in place of the message with the button."""

T = TypeVar("T")
KeptWrite = Callable[[Tx], Awaitable[object]]
"""Writes, in the given transaction, what stays if the handler refuses: a count against a limit."""


class UserError(Exception):
    """A refusal shown to the person; the sentence `key` says what to do instead.

    It rolls back what the handler wrote, except for what `Context.keep` wrote.
    """

    def __init__(self, key: str, **values: str | int) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


class Refused(Exception):
    """A handler raised `UserError` after it may have written: the transaction has to be rolled back.

    The update is then answered with the refusal in another transaction (`handlers.conversation.refusal`).
    """

    def __init__(self, error: UserError, kept: Sequence[KeptWrite]) -> None:
        super().__init__(error.key)
        self.error = error
        self.kept = kept


def require(condition: object, key: str, **values: str | int) -> None:
    """Checks a condition of an action, and refuses the action if it is false.

    Raises:
        UserError: the condition is false; the person is shown the sentence `key`.
    """
    if not condition:
        raise UserError(key, **values)


def found(value: T | None, key: str, **values: str | int) -> T:
    """The value, for something that a button or number names and that may no longer exist.

    Raises:
        UserError: the value is None; the person is shown the sentence `key`.
    """
    if value is None:
        raise UserError(key, **values)
    return value


@dataclass(frozen=True)
class Context:
    """Everything a handler needs; built for each update."""

    tx: Tx
    club: ClubSettings
    incoming: Incoming
    member: Member | None
    """The person, unless they are a stranger or have left. May be suspended."""
    contact: Contact | None
    say: Speech
    lookup: bytes
    """The keyed hash of the chat: the key of its step."""
    chat_step: ChatStep
    """The step of this chat as it is now; `step` and `data` are those that led to the handler."""
    menu: Callable[[Role | None, str], list[MenuEntry]]
    offload: Offload
    """Runs heavy work in a worker; raises `OffloadRequired`, after which the handler runs again."""
    command: str = ""
    """The name of the command as typed, without its slash; empty if this is none."""
    args: tuple[str, ...] = ()
    """The arguments of the action or command."""
    rest: str = ""
    """The text after the command, as typed."""
    step: str = ""
    """The step of this chat; empty if none."""
    data: dict[str, Any] = field(default_factory=dict)
    """The data of the step; empty if there is none."""
    kept: list[KeptWrite] = field(default_factory=list)
    """The writes of this update that stay if it is refused (`keep`)."""

    @property
    def now(self) -> datetime:
        """The current time of the transaction's clock."""
        return self.tx.clock.now()

    @property
    def is_member(self) -> bool:
        """Whether the person belongs to the club, suspended or not."""
        return self.member is not None

    @property
    def is_suspended(self) -> bool:
        """Whether the person is a suspended member."""
        return self.member is not None and self.member.state is MemberState.SUSPENDED

    @property
    def role(self) -> Role | None:
        """The current role; None for strangers and suspended members."""
        active = self.member is not None and self.member.state is MemberState.ACTIVE
        return self.member.role if self.member and active else None

    @property
    def current_member(self) -> Member:
        """The member; only for handlers whose route requires one."""
        if self.member is None:
            raise UserError("members-only")
        return self.member

    @property
    def member_id(self) -> int:
        """The id of the current member; only for handlers whose route requires one."""
        return id_of(self.current_member)

    def number(self, position: int = 0) -> int:
        """The integer at `position` of `args`.

        Raises:
            UserError: it is missing or not an integer, as in a forged or very old button.
        """
        try:
            value = int(self.args[position])
        except (IndexError, ValueError):
            raise self._number_missing() from None
        if not 0 <= value < 2**31:
            raise self._number_missing()
        return value

    def _number_missing(self) -> UserError:
        if self.command:
            return UserError("number-missing", command=self.command)
        return UserError("button-unknown")

    def speech(self, language: str) -> Speech:
        """Sentences in another language, for messages to somebody else."""
        return speech_to(self.club, language)

    def answering_in(self, language: str) -> "Context":
        """The same context, with answers in another language."""
        return replace(self, say=speech_to(self.club, language, self.role))

    async def keep(self, write: Callable[[Tx], Awaitable[T]]) -> T:
        """Writes what stays if the handler refuses later, such as a count against a limit.

        `UserError` rolls back all that was written, so `write` is then called once more, in the
        transaction of the refusal.
        """
        self.kept.append(write)
        return await write(self.tx)

    async def set_state(self, step: str, **data: Any) -> None:
        """Sets the step of this chat and its data."""
        await self.chat_step.put(step, data)

    async def clear_state(self) -> None:
        """Removes the step of this chat."""
        await self.chat_step.clear()

    async def end_step(self) -> None:
        """Removes the step of this chat, also if the handler refuses later: its reason is gone."""
        await self.keep(partial(state.clear, lookup=self.lookup))
        self.chat_step.forget()

    @staticmethod
    def wording(
        text: Html, rows: Rows = (), *, media: Media | None = None, preview: bool = False
    ) -> Message:
        """A message with this text and these buttons."""
        return Message(text, rows, media, preview)

    def reply(self, text: Html, rows: Rows = (), *, media: Media | None = None) -> Reply:
        """A new message."""
        return Reply(self.wording(text, rows, media=media))

    def edit(self, text: Html, rows: Rows = (), *, toast: str = "") -> Reply:
        """Replaces the message whose button was pressed; a new message if that one is lasting."""
        press = self.incoming.press
        return Reply(
            self.wording(text, rows),
            replaces=press.message_id if press and not press.is_on_lasting else "",
            toast=toast,
        )

    def toast(self, text: str, *, alert: bool = False) -> Reply:
        """Only a short line over the chat; no message changes."""
        return Reply(toast=text, alert=alert)

    def error_reply(self, refusal: UserError) -> Reply:
        """Shows a refusal: as an alert for a button, as a message for a message."""
        if self.incoming.press:
            plain = {n: Html(v) if isinstance(v, str) else v for n, v in refusal.values.items()}
            return self.toast(self.say(refusal.key, **plain), alert=True)
        return self.reply(self.say(refusal.key, **refusal.values))

    def menu_change(self) -> MenuChange:
        """Sets the person's command menu by their role and language."""
        return MenuChange(self.role, self.say.language)

    def button(
        self,
        key: str,
        action: str,
        *args: int | str,
        style: ButtonStyle | None = None,
        **values: str,
    ) -> Button:
        """A button with the sentence `key` as label and `action:args…` as action."""
        label, carried = self.say.plain(key, **values), ":".join([action, *map(str, args)])
        return Button(label, action=carried, style=style)

    def cancel_row(self) -> Rows:
        """The button that ends a step."""
        return ((self.button("cancel", "cancel"),),)

    def home_row(self) -> Rows:
        """The button from an officer's list or card back to their home; for members nothing."""
        is_officer = self.role is not None and self.role.is_officer
        return ((self.button("home-button", HOME_ACTION),),) if is_officer else ()

    def final(self, text: Html, rows: Rows = ()) -> Reply:
        """The answer that ends a task, with what can be done next; it stays above the home."""
        is_officer = self.role is not None and self.role.is_officer
        return self.edit(text, (*rows, home_below(self.say)) if is_officer else rows)


def home_below(say: Speech) -> tuple[Button, ...]:
    """The row with the button that shows an officer's home below a message that stays."""
    return (Button(say.plain("home-button"), action=f"/{HOME_COMMAND}"),)
