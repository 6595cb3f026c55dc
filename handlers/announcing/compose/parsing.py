"""Reads an officer's message into the announcement; each function raises UserError if it cannot."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from handlers.announcing.compose.link_check import untracked
from handlers.announcing.compose.source import SourceDoubtful, is_bare_source, read_source
from handlers.conversation import (
    END_OF_DAY,
    Context,
    TimeUnclear,
    UserError,
    read_time,
    require,
    within,
)
from handlers.messages import Media, MediaKind
from handlers.recognition.plain_text import plain
from handlers.views.announcement import Content

TITLE_LIMIT = 200
ISSUER_LIMIT = 150
FACT_LIMIT = 150
MOST_FACTS = 3
MOST_IN_ALBUM = 10
"""Telegram's limit: https://core.telegram.org/bots/api#sendmediagroup"""
LEAST_WORDS = 3
"""A body of fewer words is a slip: a choice that was typed, such as `1`."""
LONGEST_REPEAT = timedelta(days=92)
SENDABLE = (MediaKind.PHOTO, MediaKind.VIDEO, MediaKind.DOCUMENT)
GROUPED = (MediaKind.PHOTO, MediaKind.VIDEO)
_YES_OR_NO = {
    **dict.fromkeys(("co", "yes", "y"), "yes"),
    **dict.fromkeys(("khong", "ko", "no", "n"), "no"),
}
_NOW = {"ngay", "gui ngay", "bay gio", "now"}


def title(context: Context, content: Content) -> Content:
    """The title, as one line of at most `TITLE_LIMIT` characters."""
    return replace(content, title=_line(_text(context), TITLE_LIMIT))


def text(context: Context, content: Content) -> Content:
    """The body with its formatting; tracking parameters are removed from its links."""
    require_some_words(_text(context))
    return replace(content, html=untracked(context.incoming.html.strip()))


def require_some_words(body: str) -> None:
    """Refuses what is no body of an announcement.

    Raises:
        UserError: it has fewer than `LEAST_WORDS` words.
    """
    words = [word for word in body.split() if any(map(str.isalnum, word))]
    require(len(words) >= LEAST_WORDS, "announcing-text-short", least=LEAST_WORDS)


def facts(context: Context, content: Content) -> Content:
    """One fact a line; a new message adds to facts that are still being gathered."""
    before = () if "facts" in content.answered else content.facts
    lines = (line.strip().lstrip("•-*+").strip() for line in _text(context).splitlines())
    gathered = (*before, *(_line(line, FACT_LIMIT) for line in lines if line))
    require(gathered, "announcing-text-wanted")
    require(len(gathered) <= MOST_FACTS, "announcing-facts-too-many", limit=MOST_FACTS)
    return replace(content, facts=gathered)


def media(context: Context, content: Content) -> Content:
    """A picture, video or document by its id, or an album, of which further parts may come."""
    sent = context.incoming.files
    require(sent and all(file.kind in SENDABLE for file in sent), "announcing-media-wanted")
    sent = tuple(replace(file, content=b"") for file in sent)
    if context.incoming.album:
        return _with_album_files(content, sent)
    return replace(content, media=sent[0], album=())


def _with_album_files(content: Content, sent: Sequence[Media]) -> Content:
    """Adds the files to the album that is being gathered, as many as fit, or starts a new album."""
    require(all(file.kind in GROUPED for file in sent), "announcing-album-kinds")
    before = gathered(content)
    require(len(before) != MOST_IN_ALBUM, "announcing-album-full", limit=MOST_IN_ALBUM)
    return replace(content, media=None, album=(*before, *sent)[:MOST_IN_ALBUM])


def gathered(content: Content) -> tuple[Media, ...]:
    """The files of the album that is being gathered; none when the question is answered."""
    return () if "media" in content.answered else content.album


def whole_album(content: Content) -> Content:
    """The finished album; an album of one file becomes a single file."""
    if len(content.album) != 1:
        return content
    return replace(content, media=content.album[0], album=())


def repeat_until(context: Context, content: Content) -> Content:
    """The end of the recurrence: later than the second sending, at most `LONGEST_REPEAT` away."""
    until = _time(context, END_OF_DAY)
    first = content.send_at or context.now
    require(until > first + timedelta(days=1), "announcing-repeat-too-short")
    require(until <= first + LONGEST_REPEAT, "announcing-repeat-too-long", days=LONGEST_REPEAT.days)
    return replace(content, repeat_until=until)


def issuer(context: Context, content: Content) -> Content:
    """Who issues it, as one line; a bare address or document number is refused, since that is a source."""
    require(not is_bare_source(_text(context)), "announcing-issuer-is-source")
    return replace(content, issuer=_line(_text(context), ISSUER_LIMIT))


def source(context: Context, content: Content) -> Content:
    """Where it can be checked: an https address, the number of a document, or both."""
    try:
        parsed = read_source(_text(context))
    except SourceDoubtful as doubtful:
        raise UserError(f"announcing-source-{doubtful.doubt.value}") from None
    return replace(content, source_url=parsed.url, source_ref=parsed.ref)


def valid_until(context: Context, content: Content) -> Content:
    """A time; a day alone means its end."""
    return lasting(content, _time(context, END_OF_DAY))


def english_title(context: Context, content: Content) -> Content:
    """The title of the English version, as one line."""
    return replace(content, title_en=_line(_text(context), TITLE_LIMIT))


def english_text(context: Context, content: Content) -> Content:
    """The body of the English version, with its formatting."""
    require_some_words(_text(context))
    return replace(content, html_en=untracked(context.incoming.html.strip()))


def send_at(context: Context, content: Content) -> Content:
    """A future time, or *now*: as soon as it is approved."""
    if plain(_text(context)) in _NOW:
        return replace(content, send_at=None)
    return _in_order(replace(content, send_at=_time(context)))


def yes_or_no(typed: str) -> str | None:
    """`có`, `khong`, `Yes` …; None for anything else."""
    return _YES_OR_NO.get(plain(typed).rstrip(".!"))


def by_button(_context: Context, _content: Content) -> Content:
    """Refuses a typed answer: this question has buttons only."""
    raise UserError("announcing-press-a-button")


def lasting(content: Content, until: datetime) -> Content:
    """The content with this end, which must be later than the time it is sent."""
    return _in_order(replace(content, valid_until=until))


def _in_order(content: Content) -> Content:
    require(
        not content.send_at or not content.valid_until or content.send_at < content.valid_until,
        "announcing-over-before-sent",
    )
    return content


def _text(context: Context) -> str:
    require(not context.incoming.media and context.incoming.text.strip(), "announcing-text-wanted")
    return context.incoming.text.strip()


def _line(written: str, limit: int) -> str:
    return within(" ".join(written.split()), limit)


def _time(context: Context, default: time | None = None) -> datetime:
    try:
        return read_time(_text(context), context.now, context.club.timezone, default=default)
    except TimeUnclear as unclear:
        raise UserError(f"announcing-time-{unclear.reason.value}") from None
