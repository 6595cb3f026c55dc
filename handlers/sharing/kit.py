"""The share kit: what helps a member pass an announcement on in their own words.

It offers facts, the official link and one line that says who shares it and for whom. It never
offers a post to paste (refusal 3), and no text it offers lacks that line (refusal 2).
"""

from urllib.parse import quote

from handlers.announcement import Content, source_lines
from handlers.messages import Button, Message, Rows
from handlers.settings import ClubSettings
from handlers.speech import Html, Speech

LINK_LIMIT = 2048
"""Characters in the address of a Telegram button; longer ones are refused as BUTTON_URL_INVALID."""

COPY_LIMIT = 256
"""Characters a button can copy (Bot API, `CopyTextButton`)."""


def kit(content: Content, number: int, say: Speech, club: ClubSettings) -> Message:
    """The kit of one announcement, as a message of its own."""
    wording = content.in_language(say.language)
    return Message(_text(wording, number, say, club), _rows(wording, number, say, club))


def disclosure(say: Speech, club: ClubSettings) -> str:
    """Who shares it and for whom, without HTML."""
    return say.plain("share-disclosure", club=club.name, operator=club.operator)


def to_paste(content: Content, say: Speech, club: ClubSettings) -> str:
    """What a member puts under their own words: where to check it, and the disclosure."""
    source = content.source_url or say.plain(
        "share-document", ref=content.source_ref, issuer=content.issuer
    )
    return f"{source}\n{disclosure(say, club)}"


def _text(content: Content, number: int, say: Speech, club: ClubSettings) -> Html:
    parts = [say("announcement-head", title=content.title)]
    if content.facts:
        parts.append(Html("\n".join(say("announcement-fact", fact=fact) for fact in content.facts)))
    parts.append(source_lines(content, number, say))
    parts.append(say("share-own-words", paste=to_paste(content, say, club)))
    return Html("\n\n".join(parts))


def _rows(content: Content, number: int, say: Speech, club: ClubSettings) -> Rows:
    rows = [_links(content, say, club), _copy(content, say, club)]
    confirm = Button(say.plain("shared-button"), action=f"shared:{number}")
    return (*(row for row in rows if row), (confirm,))


def _links(content: Content, say: Speech, club: ClubSettings) -> tuple[Button, ...]:
    if not content.source_url:
        return ()
    links = {
        "share-on-facebook": _facebook(content.source_url),
        "share-on-telegram": _telegram(content, disclosure(say, club)),
    }
    return tuple(
        Button(say.plain(key), url=link) for key, link in links.items() if len(link) <= LINK_LIMIT
    )


def _copy(content: Content, say: Speech, club: ClubSettings) -> tuple[Button, ...]:
    # Zalo documents no address that opens its share dialog (only a script for web pages), and
    # pages that guess one disagree. Copying works everywhere.
    text = to_paste(content, say, club)
    return (Button(say.plain("share-copy"), copy=text),) if len(text) <= COPY_LIMIT else ()


def _facebook(url: str) -> str:
    return f"https://www.facebook.com/sharer/sharer.php?u={quote(url, safe='')}"


def _telegram(content: Content, line: str) -> str:
    """With the title when the address does not grow too long; never without the disclosure."""
    share = f"https://t.me/share/url?url={quote(content.source_url, safe='')}&text="
    titled = share + quote(f"{content.title}\n{line}", safe="")
    return titled if len(titled) <= LINK_LIMIT else share + quote(line, safe="")
