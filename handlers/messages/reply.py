"""What a person gets to read, and how the bot answers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from handlers.messages.media import Address, Media
from storage.models import Role


@dataclass(frozen=True)
class Button:
    """A button under a message: an action for the bot, an address to open, or a text to copy."""

    label: str
    action: str = ""
    url: str = ""
    copy: str = ""
    sample: bool = False
    """Only there to be looked at: where choices are numbered it gets no number and is picked by nothing."""


Rows = tuple[tuple[Button, ...], ...]
LASTING = "="
"""Before the action of every button under a message that no press may edit away."""


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


def lasting(message: Message) -> Message:
    """The same message, to stay in the chat: what answers its buttons comes below, never in its place.

    For what members read as the club's word and may want to read again: announcements, the share
    kit, verdicts, digests.
    """
    rows = tuple(
        tuple(
            replace(button, action=f"{LASTING}{button.action}")
            if button.action and not button.action.startswith(LASTING)
            else button
            for button in row
        )
        for row in message.rows
    )
    return replace(message, rows=rows)


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
    """Makes the bytes of the message's picture or file when it is sent, in a worker process: a partial of a
    function of `handlers.rendering`, so that no transaction waits for a drawing."""
    strip_or: str = field(default="", repr=False)
    """Not empty: the message's file is a stranger's, and is sent without its name and what is written
    into it; these words are sent instead of it where that cannot be done."""


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
    """The answer to a `InlineSearch`; empty when there is nothing to post."""

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
