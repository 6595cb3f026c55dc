"""The share kit: what helps a member pass an announcement on in their own words.

It offers facts, the official link and one line that says who shares it and for whom. It never
offers a post to paste (refusal: no-pressure-to-share), and no text it offers lacks that line
(refusal: no-unattributed-text).
"""

from dataclasses import dataclass, replace
from urllib.parse import quote

from handlers.authenticity.answers import code_line
from handlers.conversation import ClubSettings, Html, Speech
from handlers.messages import Button, Message, Rows, lasting
from handlers.recognition.plain_text import utf16_length, visible_length
from handlers.views.announcement import CAPTION_LIMIT, Content, source_lines
from storage.announcements.references import Reference

LINK_LIMIT = 2048
"""Characters in the address of a Telegram button; longer ones are refused as BUTTON_URL_INVALID."""

COPY_LIMIT = 256
"""Characters a button can copy (Bot API, `CopyTextButton`)."""


@dataclass(frozen=True)
class OfferedAnnouncement:
    """An announcement that can be shared now."""

    which: Reference
    content: Content
    wording: int = 0
    """The version of its wording; a kit of an earlier wording is outdated."""
    code: str = ""
    """The code of this wording in the reader's language; the same for everybody."""

    def button(self, say: Speech, key: str, action: str, *args: str) -> Button:
        """A button that is valid for this wording only."""
        carried = [action, str(self.which.id), str(self.wording), *args]
        return Button(say.plain(key), action=":".join(carried))


def kit(offered: OfferedAnnouncement, say: Speech, club: ClubSettings, note: str = "") -> Message:
    """The kit of one announcement, as a message of its own, with `note` above it."""
    content = offered.content.in_language(say.language)
    text = _text(offered, content, say, club)
    text = Html(f"{note}\n\n{text}") if note else text
    return lasting(
        Message(text, _rows(replace(offered, content=content), say, club), copy_apart=True)
    )


def disclosure(say: Speech, club: ClubSettings) -> str:
    """The disclosure below shared content: the club and its operator, as plain text."""
    return say.plain("share-disclosure", club=club.name, operator=club.operator)


def caption(offered: OfferedAnnouncement, say: Speech, club: ClubSettings) -> Html:
    """The caption of a picture; without the source's address where that would not fit."""
    content = offered.content.in_language(say.language)
    whole = say("share-picture-caption", paste=to_paste(content, say, club))
    if visible_length(whole) > CAPTION_LIMIT:
        whole = say("share-picture-caption", paste=disclosure(say, club))
    return with_code(whole, offered.code, say)


def post(words: str, content: Content, say: Speech, club: ClubSettings) -> str:
    """The member's words with source and disclosure below."""
    return f"{words}\n\n{to_paste(content, say, club)}"


def to_paste(content: Content, say: Speech, club: ClubSettings) -> str:
    """Source and disclosure, which a member puts under their own words."""
    source = content.source_url or say.plain(
        "share-document", ref=content.source_ref, issuer=content.issuer
    )
    return f"{source}\n{disclosure(say, club)}"


def with_code(text: Html, code: str, say: Speech) -> Html:
    """A caption with the code below, where there is room for it."""
    whole = Html("\n".join(filter(None, (text, code_line(code, say)))))
    return whole if visible_length(whole) <= CAPTION_LIMIT else text


def _text(offered: OfferedAnnouncement, content: Content, say: Speech, club: ClubSettings) -> Html:
    parts = [say("announcement-head", title=content.title)]
    if content.facts:
        parts.append(Html("\n".join(say("announcement-fact", fact=fact) for fact in content.facts)))
    parts.append(source_lines(content, offered.which, say))
    parts.append(code_line(offered.code, say))
    parts.append(say("share-own-words", paste=to_paste(content, say, club)))
    return Html("\n\n".join(filter(None, parts)))


def _rows(offered: OfferedAnnouncement, say: Speech, club: ClubSettings) -> Rows:
    content = offered.content
    rows = [
        links(content, content.title, say, club),
        copying(to_paste(content, say, club), say),
        (offered.button(say, "share-write", "write"),),
        (
            offered.button(say, "share-card-square", "card", "square"),
            offered.button(say, "share-card-tall", "card", "tall"),
        ),
        (offered.button(say, "share-code", "code"),) if offered.code else (),
        (offered.button(say, "share-own-picture", "picture"),)
        if content.media or content.album
        else (),
    ]
    return (
        *(row for row in rows if row),
        (Button(say.plain("shared-button"), action=f"shared:{offered.which.id}"),),
    )


def links(content: Content, words: str, say: Speech, club: ClubSettings) -> tuple[Button, ...]:
    """Share buttons of apps that have an address for it; no text lacks the disclosure."""
    if not content.source_url:
        return ()
    addresses = {
        "share-on-facebook": _facebook(content.source_url),
        "share-on-telegram": _telegram(content, words, disclosure(say, club)),
    }
    return tuple(
        Button(say.plain(key), url=address)
        for key, address in addresses.items()
        if len(address) <= LINK_LIMIT
    )


def copying(text: str, say: Speech) -> tuple[Button, ...]:
    """A button that copies the text, if it is short enough."""
    # Zalo documents no address that opens its share dialog (only a script for web pages), and
    # pages that guess one disagree. Copying works everywhere.
    return (Button(say.plain("share-copy"), copy=text),) if utf16_length(text) <= COPY_LIMIT else ()


def _facebook(url: str) -> str:
    return f"https://www.facebook.com/sharer/sharer.php?u={quote(url, safe='')}"


def _telegram(content: Content, words: str, line: str) -> str:
    """With the words if the address stays within the limit; always with the disclosure."""
    share = f"https://t.me/share/url?url={quote(content.source_url, safe='')}&text="
    with_words = share + quote(f"{words}\n{line}", safe="")
    return with_words if len(with_words) <= LINK_LIMIT else share + quote(line, safe="")
