"""Messages and replies that the bot sends."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from handlers.messages.map_point import MapPoint
from handlers.messages.media import Address, Media
from handlers.messages.window import MessagingWindow
from storage.models import Role


class ButtonStyle(StrEnum):
    """The colour of a button, where a mistake costs something; other messengers ignore it.

    https://core.telegram.org/bots/api#inlinekeyboardbutton
    """

    DANGER = "danger"
    """Red: what cannot be taken back."""
    SUCCESS = "success"
    """Green: what others then receive or rely on."""
    PRIMARY = "primary"
    """Blue: the usual next step."""


@dataclass(frozen=True)
class Button:
    """A button under a message: an action for the bot, an address to open, or a text to copy."""

    label: str
    action: str = ""
    url: str = ""
    copy: str = ""
    sample: bool = False
    """Shown without effect: it is not a numbered choice on messengers without buttons."""
    style: ButtonStyle | None = None
    listed: str = ""
    """The label in a list of numbered choices, where a number in `label` would be a second one;
    empty: `label`."""


Rows = tuple[tuple[Button, ...], ...]
LASTING = "="
"""Prefix of the action of every button of a lasting message, which no press replaces."""


def as_listed(rows: Rows) -> Rows:
    """The buttons with the labels that they have in a list of numbered choices."""
    return tuple(tuple(replace(b, label=b.listed or b.label) for b in row) for row in rows)


@dataclass(frozen=True)
class Album:
    """2 to 10 pictures and videos shown together; an album has no buttons."""

    media: tuple[Media, ...]
    text: str = field(default="", repr=False)
    """The caption, in Telegram's HTML subset."""


@dataclass(frozen=True)
class Message:
    """One message. `text` is Telegram's HTML subset, already escaped."""

    text: str = field(repr=False)
    rows: Rows = ()
    media: Media | None = None
    preview: bool = False
    """Whether the messenger may show a preview of the first link."""
    silent: bool = False
    album: Album | None = None
    """Pictures and videos sent before it."""
    point: MapPoint | None = None
    """A place, shown on a map before the text where the messenger can, else as a link in it; not
    together with an album."""
    pinned: bool = False
    """Whether it is pinned in the chat."""
    copy_apart: bool = False
    """Whether what stands in `<pre>` is to be copied: where an app copies whole messages only, it is
    sent as a message of its own."""
    mailing_picture: bool = False
    """Whether a delivery with words of its own is sent with the picture of its mailing, which is
    stored once for all of them."""

    def parts(self, *, maps: bool = False) -> "tuple[Part, ...]":
        """The parts to send in order: the album or the map, then text and buttons.

        `maps`: whether the messenger has messages that are a point on a map (`Limits.maps`).
        """
        if self.album is not None:
            return self.album, replace(self, album=None)
        if self.point is not None and maps:
            return self.point, replace(self, point=None)
        return (self,)


def lasting(message: Message) -> Message:
    """The message, marked as lasting: answers to its buttons come below, never in its place.

    For messages that members may want to read again: announcements, the share kit, verdicts,
    digests.
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


Part = Message | Album | MapPoint
"""What one call to the messenger sends."""


@dataclass(frozen=True)
class Reply:
    """One answer to one person. Without `message` only the button press is answered."""

    message: Message | None = None
    replaces: str = ""
    """The id of the message that this one replaces."""
    toast: str = ""
    """A short line shown over the chat after a button press."""
    alert: bool = False
    """Whether the person must close the toast."""
    draw: Callable[[], bytes] | None = field(default=None, repr=False, compare=False)
    """Renders the message's picture or file in a worker process when it is sent: a partial of a
    function of `handlers.rendering`, so that no transaction waits for it."""
    strip_or: str = field(default="", repr=False)
    """If not empty, the file is sent without name and metadata; this text is sent instead of a file
    whose metadata cannot be removed."""


@dataclass(frozen=True)
class MenuChange:
    """Sets the command menu of a chat to that of this role and language."""

    role: Role | None
    language: str
    to: Address | None = None
    """The chat; None is the sender of the update."""


@dataclass(frozen=True)
class Suggestion:
    """One result of an inline query, to be posted in another chat."""

    id: str
    """At most 64 bytes."""
    title: str
    description: str
    message: Message
    """The message to post, without buttons that work in the chat with the bot only."""


@dataclass(frozen=True)
class Suggestions:
    """The answer to an inline query (`InlineSearch`); empty when there is nothing to post."""

    found: tuple[Suggestion, ...]


Answer = Sequence[Reply | MenuChange | Suggestions]


@dataclass(frozen=True)
class MenuEntry:
    """One line of the command menu."""

    command: str
    description: str


@dataclass(frozen=True)
class Limits:
    """The limits of a messenger, in characters as it counts them."""

    text: int
    caption: int
    most_buttons: int
    """The most buttons of one message; 0: none. More choices than that become numbered choices."""
    pins: bool = False
    """Whether a message can be pinned in a chat."""
    maps: bool = False
    """Whether a message can be a point on a map."""
    edits: bool = True
    """Whether sent messages can be edited and deleted; else a new message is sent instead."""
    window: MessagingWindow | None = None
    """When the account may write to a person; None where it always may."""
