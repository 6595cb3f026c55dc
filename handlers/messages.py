"""What comes in and what goes out, free of any messenger's types (decision 1).

The errors a messenger may raise while sending, and whether trying again can help:

    MessengerError
    ├── NotSent                 it certainly did not arrive
    │   ├── Unreachable         no connection was made: try again
    │   ├── SlowDown            too fast: everyone waits `retry_after_s`, then try again
    │   ├── ServerTrouble       the messenger failed (5xx): try again, a few times
    │   ├── NotNow              the member cannot be written to at the moment: try again tomorrow
    │   ├── QuotaSpent          the account may send no more for now: try again `at`
    │   ├── Moved               the chat has a new id: try there
    │   ├── RecipientGone       blocked, deactivated, no such chat: do not try again
    │   ├── Refused             the message itself is refused: do not try again
    │   └── TokenRefused        the account is refused: stop, and call a person
    └── FateUnknown             it left this machine and no answer came: never try again unasked
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Protocol

from pydantic import ConfigDict

from storage.models import Role


class MediaKind(StrEnum):
    PHOTO = "photo"
    DOCUMENT = "document"
    VIDEO = "video"
    ANIMATION = "animation"
    """A short moving picture without sound (GIF)."""
    VOICE = "voice"
    """Recorded in the app."""
    AUDIO = "audio"
    """A sound file."""


PICTURE_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif")
"""What the names of pictures that come as files end in."""
PICTURE_LIMIT = 10 * 1024 * 1024
"""Bytes of the largest picture that is fetched and looked at."""


@dataclass(frozen=True)
class Media:
    """A picture or file: as the messenger keeps it (`file`), or new (`content`)."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(
        ser_json_bytes="base64", val_json_bytes="base64"
    )

    kind: MediaKind
    file: str = ""
    """The messenger's id, which sends it again without its bytes."""
    unique: str = ""
    """The same for the same file, whoever sends it; cannot be used to fetch it."""
    name: str = ""
    content: bytes = field(default=b"", repr=False)
    """The bytes: of a file that the messenger does not have yet, only in direct answers; and of a
    picture that came in (`is_picture`), while it is answered. Never written down, but for a chart
    that waits in the outbox."""

    @property
    def is_picture(self) -> bool:
        """Whether it is one picture, sent as such or as a file."""
        named_so = self.name.lower().endswith(PICTURE_ENDINGS)
        return self.kind is MediaKind.PHOTO or (self.kind is MediaKind.DOCUMENT and named_so)


@dataclass(frozen=True)
class Address:
    """One chat on one messenger."""

    messenger: str
    chat: str = field(repr=False)


@dataclass(frozen=True)
class Press:
    """A button that was pressed."""

    id: str
    """What the messenger wants back when it is answered."""
    action: str
    message_id: str


@dataclass(frozen=True)
class Lookup:
    """What is typed after the bot's name in another chat. Which chat, the bot is not told."""

    id: str
    """What the messenger wants back when it is answered."""
    words: str = field(default="", repr=False)


class Happening(StrEnum):
    """What an update is about."""

    MESSAGE = "message"
    PRESS = "press"
    BLOCKED = "blocked"
    """The person stopped the bot in their messenger."""
    UNBLOCKED = "unblocked"
    LOOKUP = "lookup"
    """The person types the bot's name in another chat, to post something of it there."""


@dataclass(frozen=True)
class Quoted:
    """What the message says that another one answers; who wrote it is left out."""

    text: str = field(default="", repr=False)
    links: tuple[str, ...] = field(default=(), repr=False)
    media: Media | None = None


@dataclass(frozen=True)
class Incoming:
    """One thing a person did, with nothing in it of who wrote a forwarded post (refusal 5)."""

    update_key: str
    sender: Address
    happening: Happening
    at: datetime
    name: str = field(default="", repr=False)
    language: str = ""
    """What the person's app is set to, as an IETF tag; may be empty."""
    private: bool = True
    text: str = field(default="", repr=False)
    """As typed, without formatting; of a picture, its caption."""
    html: str = field(default="", repr=False)
    """The same in Telegram's HTML subset, escaped."""
    media: Media | None = None
    album: str = ""
    """The same for all pictures sent as one album."""
    forwarded: bool = False
    links: tuple[str, ...] = field(default=(), repr=False)
    """Addresses in the text, those behind words included."""
    unsupported: str = ""
    """What kind of message it is, when there is no file in it that the bot could keep: `sticker`,
    `contact`, `location`, `venue`, `poll`, `video_note` … (the Bot API's names)."""
    message_id: str = ""
    reply_to: str = ""
    """The id of the message this one answers."""
    quoted: Quoted | None = None
    """That message, unless it is the bot's own."""
    press: Press | None = None
    lookup: Lookup | None = None
    buttons: bool = True
    """Whether their messenger shows buttons; else choices are numbered and picked by writing."""


@dataclass(frozen=True)
class Button:
    """A button under a message: an action for the bot, an address to open, or a text to copy."""

    label: str
    action: str = ""
    url: str = ""
    copy: str = ""


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True)
class Album:
    """From 2 to 10 pictures and videos shown together; an album carries no buttons."""

    media: tuple[Media, ...]
    text: str = field(default="", repr=False)
    """What stands under it, in Telegram's HTML subset."""


@dataclass(frozen=True)
class Message:
    """What a person gets to read. `text` is Telegram's HTML subset, already escaped."""

    text: str = field(repr=False)
    rows: Rows = ()
    media: Media | None = None
    preview: bool = False
    """Whether the messenger may show a preview of the first link."""
    silent: bool = False
    album: Album | None = None
    """Pictures and videos that go before it."""
    pinned: bool = False
    """Whether it is pinned in the chat, to be found at once."""

    @property
    def parts(self) -> "tuple[Part, ...]":
        """What goes out one after the other: the album, then the words and buttons."""
        if self.album is None:
            return (self,)
        return self.album, replace(self, album=None)


Part = Message | Album
"""What one call to the messenger brings."""


@dataclass(frozen=True)
class Reply:
    """One answer to one person. Without `message` only the button is answered."""

    message: Message | None = None
    replaces: str = ""
    """The id of the message that this one takes the place of."""
    toast: str = ""
    """A short line shown over the chat when a button was pressed."""
    alert: bool = False
    """The toast has to be closed by hand."""
    draw: Callable[[], bytes] | None = field(default=None, repr=False, compare=False)
    """Makes the bytes of the message's picture when it is sent, in a thread of its own, so that no
    transaction waits for a drawing."""
    to: Address | None = field(default=None, repr=False)
    """Another chat than the one that wrote, which the outbox cannot reach: a last word to one that
    was just given up. Lost if the process is killed now."""


@dataclass(frozen=True)
class MenuChange:
    """The command menu of a chat is now that of this role and language."""

    role: Role | None
    language: str
    to: Address | None = None
    """Whose; None is the person who wrote."""


@dataclass(frozen=True)
class Suggestion:
    """Something that can be posted in another chat."""

    id: str
    """At most 64 bytes."""
    title: str
    description: str
    message: Message
    """What is posted; it has no buttons that only work in the chat with the bot."""


@dataclass(frozen=True)
class Suggestions:
    """The answer to a `Lookup`; empty when there is nothing to post."""

    found: tuple[Suggestion, ...]


Answer = Sequence[Reply | MenuChange | Suggestions]


@dataclass(frozen=True)
class MenuEntry:
    """One line of the command menu."""

    command: str
    description: str


@dataclass(frozen=True)
class Limits:
    """What fits into one message, in characters as the messenger counts them."""

    text: int
    caption: int
    buttons: bool
    """Whether messages can carry buttons; else they become numbered choices."""
    pins: bool = False
    """Whether a message can be pinned in a chat."""
    edits: bool = True
    """Whether what was sent can be changed and taken back; else a new message says what it is."""


Prepared = Callable[[Address], Awaitable[list[str]]]
"""Sends one message to one chat after the other, and fails as `Messenger.send` does."""


class Messenger(Protocol):
    """One account on one messenger. Every call but `prepare` may raise any `MessengerError`."""

    name: str
    limits: Limits

    async def send(self, to: Address, message: Message) -> list[str]:
        """Sends one message, its album first; returns the ids of the messages it became."""

    def prepare(self, part: Part) -> Prepared:
        """Makes ready what goes to many, so that each of them costs little."""

    async def pin(self, to: Address, message_id: str) -> None:
        """Keeps a message in view at the top of the chat, without ringing for it."""

    async def unpin(self, to: Address, message_id: str) -> None:
        """Lets it go again; one that is not pinned any more is fine."""

    async def edit(self, to: Address, message_id: str, message: Message) -> None:
        """Replaces a message; one that already reads so is fine."""

    async def delete(self, to: Address, message_id: str) -> None:
        """Takes a message away; one that is already gone is fine."""

    async def fetch(self, file: str, limit: int) -> bytes:
        """The bytes of a file by the messenger's id; one of more than `limit` bytes is `Refused`."""

    async def acknowledge(self, press_id: str, toast: str, *, alert: bool) -> None:
        """Answers a pressed button; one pressed too long ago is fine."""

    async def suggest(self, lookup_id: str, found: Sequence[Suggestion]) -> None:
        """Answers a lookup, for this person and a few seconds; one asked too long ago is fine."""

    async def set_menu(
        self, to: Address | None, entries: Sequence[MenuEntry], language: str
    ) -> None:
        """Sets the command menu of one chat, or with None of everybody whose app is in `language`."""

    async def typing(self, to: Address) -> None:
        """Shows that an answer is on its way."""


class MessengerError(Exception):
    """The messenger did not do what it was asked."""

    retryable: ClassVar[bool] = False


class NotSent(MessengerError):
    """It certainly did not arrive."""


class Unreachable(NotSent):
    """No connection to the messenger was made."""

    retryable = True


class SlowDown(NotSent):
    """The messenger asks everyone on this account to wait."""

    retryable = True

    def __init__(self, retry_after_s: float) -> None:
        super().__init__(f"asked to wait {retry_after_s:g} s")
        self.retry_after_s = retry_after_s


class ServerTrouble(NotSent):
    """The messenger failed by itself (5xx)."""

    retryable = True


class NotNow(NotSent):
    """The member cannot be written to at the moment."""

    retryable = True


class QuotaSpent(NotSent):
    """The account has sent all it may; there is more at a certain time."""

    retryable = True

    def __init__(self, at: datetime) -> None:
        super().__init__("this month's messages are used up")
        self.at = at


class Moved(NotSent):
    """The chat has a new id."""

    retryable = True

    def __init__(self, chat: str) -> None:
        super().__init__("the chat has a new id")
        self.chat = chat


class RecipientGone(NotSent):
    """Blocked, deactivated, or no such chat."""


class Refused(NotSent):
    """The messenger refuses this message, and would again."""


class TokenRefused(NotSent):
    """The account's token is not accepted."""


class FateUnknown(MessengerError):
    """The call left this machine and no answer came back."""
