"""The content of an announcement, and the copy of it that members get."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter

from handlers.conversation import Html, Speech
from handlers.messages import Album, Button, Media, Message, Rows, lasting
from handlers.recognition.plain_text import visible_length
from storage.announcements.references import Reference

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
"""Telegram's limits, in UTF-16 code units once the formatting is taken off (Bot API, sendMessage
and sendPhoto)."""

SAMPLE = Reference(0)
"""In place of an announcement: a sample without a number."""


CAMPAIGN_DENIED = "campaign"
"""In `Content.answered`: its author has said that this wording supports and opposes no candidate."""
_TITLE_ON_A_BUTTON = 40


class Repeat(StrEnum):
    """How an announcement recurs, at the time of day of its first sending."""

    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True)
class Content:
    """One version of an announcement. `html` is Telegram's HTML subset, already escaped."""

    title: str = ""
    html: str = ""
    facts: tuple[str, ...] = ()
    media: Media | None = None
    album: tuple[Media, ...] = ()
    """Several pictures or videos, instead of `media`."""
    preview: bool = False
    """Whether the messenger shows a preview of the first link."""
    issuer: str = ""
    source_url: str = ""
    source_ref: str = ""
    """The number of the document, where there is no address."""
    valid_until: datetime | None = None
    urgent: bool = False
    proofs: bool = True
    """Whether a member who shared it may add where; never has to."""
    title_en: str = ""
    html_en: str = ""
    areas: tuple[str, ...] = ()
    """Ids of the areas it is for; empty means everyone."""
    officers_only: bool = False
    """Whether it is for officers alone: then it is not offered for sharing."""
    send_at: datetime | None = None
    """None means as soon as it is approved."""
    repeat: Repeat | None = None
    repeat_until: datetime | None = None
    """Nothing is repeated after it; needed where there is a `repeat`."""
    first: str = ""
    """Who has priority if the quota does not suffice (`storage.models.Mailing.first`)."""
    from_quota: bool = True
    """Whether copies may be taken from the quota of an account's package."""
    paid_most: int = 0
    """How many messages may be paid for, where they are not always free."""
    checked: tuple[str, ...] = ()
    """Doubtful links that the author has confirmed (`handlers.announcing.compose.link_check`)."""
    corrected: int = 0
    """How often it has been corrected since it was sent, this version included."""
    answered: tuple[str, ...] = ()
    """Which questions the author has answered (`handlers.announcing.compose.fields`)."""
    is_stepwise: bool = False
    """Whether the author is answering every question in turn, and has not seen the card yet."""

    @property
    def is_for_sharing(self) -> bool:
        """Whether it may be passed on; then everybody may have it confirmed."""
        return not self.officers_only

    def without_marks(self) -> "Content":
        """The content without what only its author is asked or confirms."""
        return replace(self, checked=(), answered=(), is_stepwise=False)

    def in_language(self, language: str) -> "Content":
        """The content with title and text in this language, if the author wrote them.

        The key facts exist in Vietnamese only, so the English version has none.
        """
        if language == "en" and self.html_en:
            return replace(self, title=self.title_en or self.title, html=self.html_en, facts=())
        return self


def reworded(before: Content, after: Content) -> Content:
    """The changed content; if its wording differs, its author is asked again whether it campaigns."""
    if _wording(before) == _wording(after):
        return after
    return replace(after, answered=tuple(sorted({*after.answered} - {CAMPAIGN_DENIED})))


def _wording(content: Content) -> tuple[object, ...]:
    english = (content.title_en, content.html_en)
    return (content.title, content.html, content.facts, content.media, content.album, *english)


def short_title(content: Content) -> str:
    """The title, cut to what a button can show; of an untitled draft, a dash."""
    title = content.title or "–"
    return f"{title[:_TITLE_ON_A_BUTTON]}…" if len(title) > _TITLE_ON_A_BUTTON else title


_CONTENT = TypeAdapter(Content)


def pack(content: Content) -> dict[str, Any]:
    """The content as JSON, as a version stores it."""
    packed: dict[str, Any] = _CONTENT.dump_python(content, mode="json", exclude_defaults=True)
    return packed


def unpack(packed: Mapping[str, object]) -> Content:
    """The content that was packed."""
    return _CONTENT.validate_python(packed)


def member_copy(content: Content, announcement: Reference, say: Speech) -> Message:
    """The message that members get: title, text, key facts, issuer, source, buttons."""
    text = _text(content.in_language(say.language), announcement, say)
    rows = share_rows(announcement.id, say, for_sharing=content.is_for_sharing)
    if content.album:
        head = say("announcement-album", issuer=content.issuer, number=announcement.label)
        album = Album(content.album, head)
        copy = Message(text, rows, preview=content.preview, album=album, pinned=content.urgent)
    else:
        copy = Message(text, rows, content.media, preview=content.preview, pinned=content.urgent)
    return lasting(copy)


def share_rows(announcement_id: int, say: Speech, *, for_sharing: bool = True) -> Rows:
    """The buttons of every copy (`handlers.sharing` and `handlers.questions` answer them).

    They cannot change once the copy is sent, so *Hỏi – đáp* is included before anybody asked.
    """

    def button(key: str, action: str) -> Button:
        return Button(say.plain(key), action=f"{action}:{announcement_id}")

    if not for_sharing:
        return ((button("faq-button", "faq"),),)
    return (
        (button("share-button", "share"), button("shared-button", "shared")),
        (button("not-for-me-button", "notforme"), button("remind-button", "remind")),
        (button("faq-button", "faq"),),
    )


def _text(content: Content, announcement: Reference, say: Speech) -> Html:
    head = "announcement-head-urgent" if content.urgent else "announcement-head"
    parts = [say(head, title=content.title), Html(content.html)]
    if content.corrected:
        parts.insert(0, say("announcement-corrected", times=content.corrected))
    if content.facts:
        parts.append(Html("\n".join(say("announcement-fact", fact=fact) for fact in content.facts)))
    parts.append(source_lines(content, announcement, say))
    return Html("\n\n".join(parts))


def source_lines(content: Content, announcement: Reference, say: Speech) -> Html:
    """The issuer, the source, the end of validity and the number.

    Refusal: no-unattributed-text.
    """
    lines = [say("announcement-issuer", issuer=content.issuer)]
    if content.source_url:
        lines.append(say("announcement-source-url", url=content.source_url))
    if content.source_ref:
        lines.append(say("announcement-source-ref", ref=content.source_ref))
    if content.valid_until:
        lines.append(say("announcement-valid-until", when=say.moment(content.valid_until)))
    if announcement != SAMPLE:
        lines.append(say("announcement-number", number=announcement.label))
    return Html("\n".join(lines))


def excess(content: Content, announcement: Reference, say: Speech) -> int:
    """By how many UTF-16 units the copy exceeds the limit of a message; not positive if it fits."""
    limit = CAPTION_LIMIT if content.media else TEXT_LIMIT
    return visible_length(member_copy(content, announcement, say).text) - limit
