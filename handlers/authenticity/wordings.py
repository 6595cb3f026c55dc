"""Official texts as copies are compared with them: what a copy must contain, and what the bot adds."""

import re
from collections.abc import Iterable
from html import unescape

from pydantic import TypeAdapter

from handlers.conversation import ClubSettings, Html, Speech
from handlers.messages import Rows
from handlers.recognition.official_copy import Wording
from handlers.recognition.plain_text import visible
from handlers.views.announcement import Content, share_rows, source_lines
from handlers.views.verdict import verdict_rows, verdict_text
from storage.announcements.references import Reference
from storage.models import Verdict

_HREF = re.compile(r"""<a href=(?:"([^"]*)"|'([^']*)')""")
_CHOICES = 9
_WORDING = TypeAdapter(Wording)


def pack(wording: Wording) -> str:
    """The wording as JSON."""
    return _WORDING.dump_json(wording).decode()


def unpack(packed: str) -> Wording:
    """The wording that was packed."""
    return _WORDING.validate_json(packed)


def of_announcement(content: Content, which: Reference, say: Speech, club: ClubSettings) -> Wording:
    """An announcement: title, text and facts are required; the marks above and the source lines below
    may be missing in a copy, but not differ."""
    written = content.in_language(say.language)
    lines = [*_above(content, say), (written.title, True), *_lines(written.html, is_required=True)]
    lines += [(visible(say("announcement-fact", fact=fact)), True) for fact in written.facts]
    lines += _lines(source_lines(written, which, say), is_required=False)
    return Wording(
        lines=tuple(lines),
        extras=(*_around(content, which, say, club), *_choices(share_rows(which.id, say), say)),
        links=_hrefs(written.html),
        disputed=_words_of_copies(lines, say),
    )


def of_notice(text: Html, say: Speech) -> Wording:
    """A notice that an announcement was corrected or recalled: all of it is required."""
    return Wording(tuple(_lines(text, is_required=True)), _choices((), say))


def of_verdict(verdict: Verdict, code: str, say: Speech, club: ClubSettings) -> Wording:
    """A verdict: rating, claim and explanation are required, sources and footer are not."""
    sources = {visible(say("verdict-source", url=url)) for url in verdict.sources}
    footer = visible(say("verdict-foot", day=say.day(verdict.decided_at), code=code))
    below = {*sources, footer, visible(say("verdict-sources"))}
    if verdict.valid_until:
        below.add(visible(say("verdict-valid-until", when=say.moment(verdict.valid_until))))
    lines = _lines(verdict_text(verdict, code, say), is_required=True)
    return Wording(
        lines=tuple((line, line not in below) for line, _ in lines),
        extras=(
            *_disclosures(say, club),
            *_written(say("verdict-notice", code=code)),
            *_choices(verdict_rows(code, verdict.version, say), say),
        ),
        disputed=(
            *_written(say("verdict-claim", claim=verdict.claim)),
            *_words_of_copies(lines, say),
        ),
    )


def _words_of_copies(lines: Iterable[tuple[str, bool]], say: Speech) -> tuple[str, ...]:
    """The lines that repeat what a forged copy says, in the answer to it."""
    label = visible(say("genuine-differs", ours="", theirs="")).splitlines()[-1].strip()
    return tuple(line for line, _ in lines if line.strip().startswith(label))


def _above(content: Content, say: Speech) -> list[tuple[str, bool]]:
    lines: list[tuple[str, bool]] = []
    if content.corrected:
        lines.append((visible(say("announcement-corrected", times=content.corrected)), False))
    if content.urgent:
        lines.append((visible(say("announcement-head-urgent", title="")).strip(), False))
    return lines


def _around(content: Content, which: Reference, say: Speech, club: ClubSettings) -> tuple[str, ...]:
    """The lines that the bot adds in a share kit, a caption, an album and a second copy."""
    album = say("announcement-album", issuer=content.issuer, number=which.label)
    document = say.plain("share-document", ref=content.source_ref, issuer=content.issuer)
    return (
        *_disclosures(say, club),
        *_written(album),
        *_written(say("copy-again")),
        *_written(say("share-own-words", paste="")),
        *_written(say("share-picture-caption", paste="")),
        *_written(say("share-corrected", number=which.label)),
        content.source_url or document,
    )


def _disclosures(say: Speech, club: ClubSettings) -> tuple[str, ...]:
    names = {"club": club.name, "operator": club.operator}
    return say.plain("share-disclosure", **names), say.plain("posting-disclosure", **names)


def _choices(rows: Rows, say: Speech) -> tuple[str, ...]:
    """The lines that offer buttons as numbered choices."""
    labels = [button.label for row in rows for button in row]
    numbered = (f"{at}. {label}" for label in labels for at in range(1, _CHOICES + 1))
    return (*numbered, *_written(say("choices-hint")))


def _written(html: Html) -> list[str]:
    return [line for line, _ in _lines(html, is_required=False)]


def _lines(html: str, *, is_required: bool) -> list[tuple[str, bool]]:
    return [(line, is_required) for line in visible(html).splitlines() if line.strip()]


def _hrefs(html: str) -> tuple[str, ...]:
    return tuple(unescape(one or other) for one, other in _HREF.findall(html))
