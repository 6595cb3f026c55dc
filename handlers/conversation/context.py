"""One turn of a conversation: what was said, by whom, and the ways to answer it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar

from handlers.conversation.i18n import Html, Speech, speech_to
from handlers.conversation.settings import ClubSettings
from handlers.messages import Button, Incoming, Media, MenuChange, MenuEntry, Message, Reply, Rows
from handlers.worker_tasks import Offload
from storage.conversation import state
from storage.database.engine import Tx
from storage.database.ids import id_of
from storage.models import Contact, Member, MemberState, Role

T = TypeVar("T")


class UserError(Exception):
    """The person asked for something that cannot be done; the sentence `key` says what to do.

    Nothing the handler wrote before raising it is kept, except for what `Context.count` counted.
    """

    def __init__(self, key: str, **values: str | int) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


@dataclass(frozen=True)
class Context:
    """Everything a handler needs; made anew for each update."""

    tx: Tx
    club: ClubSettings
    incoming: Incoming
    member: Member | None
    """The person, unless they are a stranger or have left. May be suspended."""
    contact: Contact | None
    say: Speech
    lookup: bytes
    """The keyed hash of the chat: the key of its step."""
    menu: Callable[[Role | None, str], list[MenuEntry]]
    offload: Offload
    """Has heavy work computed; lets `OffloadRequired` through, and the handler begins anew."""
    args: tuple[str, ...] = ()
    """What stands behind the name of the action or command."""
    rest: str = ""
    """Everything behind the command, as typed."""
    step: str = ""
    """The step this chat is at, if any."""
    data: dict[str, Any] = field(default_factory=dict)
    """What the step remembers; empty when there is none."""
    counts: list[Callable[[], Awaitable[object]]] = field(default_factory=list)
    """What was counted in this turn (`count`)."""

    @property
    def now(self) -> datetime:
        return self.tx.clock.now()

    @property
    def is_member(self) -> bool:
        return self.member is not None

    @property
    def is_suspended(self) -> bool:
        return self.member is not None and self.member.state is MemberState.SUSPENDED

    @property
    def role(self) -> Role | None:
        """What this person may do now; None for strangers and for members who are suspended."""
        active = self.member is not None and self.member.state is MemberState.ACTIVE
        return self.member.role if self.member and active else None

    @property
    def current_member(self) -> Member:
        """The member; only for handlers whose route asks for one."""
        if self.member is None:
            raise UserError("members-only")
        return self.member

    @property
    def member_id(self) -> int:
        return id_of(self.current_member)

    def number(self, position: int = 0) -> int:
        """The whole number at `position` of `args`.

        Raises:
            UserError: it is missing or is no number, as in a forged or very old button.
        """
        try:
            value = int(self.args[position])
        except (IndexError, ValueError):
            raise UserError("button-unknown" if self.incoming.press else "number-missing") from None
        if not 0 <= value < 2**31:
            raise UserError("button-unknown" if self.incoming.press else "number-missing")
        return value

    def speech(self, language: str) -> Speech:
        """The words of another language, for what somebody else will read."""
        return speech_to(self.club, language)

    def answering_in(self, language: str) -> "Context":
        """The same turn, with its answers in another language."""
        return replace(self, say=speech_to(self.club, language, self.role))

    async def count(self, counting: Callable[[], Awaitable[T]]) -> T:
        """Counts against a limit; it stays counted when the person is refused later in the turn.

        `UserError` takes back all that was written, so `counting` is then called once more.
        """
        self.counts.append(counting)
        return await counting()

    async def set_state(self, step: str, **data: Any) -> None:
        """From now on this chat is at `step`, which remembers `data`."""
        await state.put(self.tx, self.lookup, step, data)

    async def clear_state(self) -> None:
        """This chat is at no step any more."""
        await state.clear(self.tx, self.lookup)

    @staticmethod
    def wording(
        text: Html, rows: Rows = (), *, media: Media | None = None, preview: bool = False
    ) -> Message:
        """A message of this text and these buttons."""
        return Message(text, rows, media, preview)

    def reply(self, text: Html, rows: Rows = (), *, media: Media | None = None) -> Reply:
        """A new message under what was said."""
        return Reply(self.wording(text, rows, media=media))

    def edit(self, text: Html, rows: Rows = (), *, toast: str = "") -> Reply:
        """Takes the place of the message whose button was pressed, unless that one is to stay."""
        press = self.incoming.press
        return Reply(
            self.wording(text, rows),
            replaces=press.message_id if press and not press.is_on_lasting else "",
            toast=toast,
        )

    def toast(self, text: str, *, alert: bool = False) -> Reply:
        """Only a short line over the chat; the messages stay as they are."""
        return Reply(toast=text, alert=alert)

    def error_reply(self, sorry: UserError) -> Reply:
        """Says what cannot be done: over the chat for a button, under it for a message."""
        if self.incoming.press:
            plain = {n: Html(v) if isinstance(v, str) else v for n, v in sorry.values.items()}
            return self.toast(self.say(sorry.key, **plain), alert=True)
        return self.reply(self.say(sorry.key, **sorry.values))

    def menu_change(self) -> MenuChange:
        """The person's command menu follows their role and language."""
        return MenuChange(self.role, self.say.language)

    def button(self, key: str, action: str, *args: int | str, **values: str) -> Button:
        """A button whose label is the sentence `key` and whose action is `action:args…`."""
        return Button(self.say.plain(key, **values), action=":".join([action, *map(str, args)]))
