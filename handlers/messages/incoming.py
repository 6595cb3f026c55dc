"""Updates from messengers in a form common to all of them."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from handlers.messages.media import Address, Media
from handlers.messages.reply import LASTING
from handlers.recognition.pictures.picture_cleaning import CleanPicture


@dataclass(frozen=True)
class ButtonPress:
    """A button that was pressed."""

    id: str
    """The id that the messenger expects in the answer."""
    data: str
    """The data of the button: its action, with a mark if its message is lasting."""
    message_id: str

    @property
    def action(self) -> str:
        """The action of the button: a name and its arguments, or a command."""
        return self.data.removeprefix(LASTING)

    @property
    def is_on_lasting(self) -> bool:
        """Whether the message of this button is lasting, so that the answer is a new message."""
        return self.data.startswith(LASTING)


@dataclass(frozen=True)
class InlineSearch:
    """An inline query: text after the bot's name in another chat, which the bot does not learn."""

    id: str
    """The id that the messenger expects in the answer."""
    words: str = field(default="", repr=False)


CAPTIONS_APART = "\n\n"
"""Stands between the captions of an album in its `Incoming.text`."""


class UpdateKind(StrEnum):
    """The kind of an update."""

    MESSAGE = "message"
    EDITED = "edited"
    """The person edited a message; the new text is not read."""
    PRESS = "press"
    BLOCKED = "blocked"
    """The person blocked the bot in their messenger."""
    UNBLOCKED = "unblocked"
    WITHDRAWN = "withdrawn"
    """The person had their messenger ask the club to erase all data about them."""
    INLINE_SEARCH = "lookup"
    """An inline query in another chat."""


@dataclass(frozen=True)
class Quoted:
    """The content of the message that another one replies to, without its author."""

    text: str = field(default="", repr=False)
    links: tuple[str, ...] = field(default=(), repr=False)
    media: Media | None = None


@dataclass(frozen=True)
class Incoming:
    """One update of a person, without the author of a forwarded post.

    Refusal: no-record-of-authors.
    """

    update_key: str
    sender: Address
    kind: UpdateKind
    at: datetime
    name: str = field(default="", repr=False)
    language: str = ""
    """The language of the person's app, as an IETF tag; may be empty."""
    private: bool = True
    text: str = field(default="", repr=False)
    """As typed, without formatting; of a picture, its caption."""
    html: str = field(default="", repr=False)
    """`text` with its formatting, in Telegram's HTML subset, escaped."""
    media: Media | None = None
    more_media: tuple[Media, ...] = ()
    """The other files of an album, whose first one is `media`."""
    album: str = ""
    """An id common to all files of one album; empty for a file of its own."""
    has_unmarked_album: bool = False
    """Whether its messenger marks no albums, so that files sent right after it may belong to it."""
    is_late_part: bool = False
    """Whether other files of its album were handled before; never stored."""
    forwarded: bool = False
    channel_post: str = field(default="", repr=False)
    """The address of a forwarded post of a public channel, for a step that reads it
    (`Routes.step`); dropped at any other step before the update is stored."""
    links: tuple[str, ...] = field(default=(), repr=False)
    """Addresses in the text, including those behind words."""
    unsupported: str = ""
    """The kind of a message without text and file: `sticker`, `contact`, `location`, `venue`, `poll`,
    `dice` … (the Bot API's names)."""
    message_id: str = ""
    reply_to: str = ""
    """The id of the message this one replies to."""
    quoted: Quoted | None = None
    """That message, unless it is the bot's own."""
    pictures: tuple[CleanPicture, ...] = ()
    """The pictures of `files` that could be fetched, decoded and re-encoded, while it is handled;
    never stored."""
    thumbnails: tuple[CleanPicture, ...] = ()
    """The same of the thumbnails of its videos."""
    is_unreadable: bool = False
    """Whether it has a picture that cannot be opened safely."""
    press: ButtonPress | None = None
    inline_search: InlineSearch | None = None
    typed_choices: bool = False
    """Whether choices come as texts: an answer replaces no message and shows no toast, and more
    choices than `most_buttons` are numbered."""
    most_buttons: int = 0
    """With `typed_choices`: the most buttons of one message (`Limits.most_buttons`)."""

    @property
    def files(self) -> tuple[Media, ...]:
        """All files of the message; several for an album."""
        return (self.media, *self.more_media) if self.media else ()

    @property
    def is_sticker(self) -> bool:
        """Whether it is a sticker that is not forwarded."""
        return self.unsupported == "sticker" and not self.forwarded
