"""Reads the fields of an announcement from its whole text: one pasted or forwarded message.

Nothing is invented: every value stands in the text or is parsed from it, and what is not literally
there stays empty and is asked.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import dropwhile, pairwise

from handlers.announcing.compose.html_lines import Line, joined, lines_of
from handlers.announcing.compose.link_check import links_in_html, untracked
from handlers.announcing.compose.parsing import FACT_LIMIT, LEAST_WORDS, MOST_FACTS, TITLE_LIMIT
from handlers.announcing.compose.source import Source, SourceDoubtful, read_source
from handlers.announcing.compose.stated_end import stated_end
from handlers.conversation import ClubSettings
from handlers.recognition.author_heads import without_heads
from handlers.recognition.normalization import words_of
from handlers.recognition.plain_text import utf16_length, visible
from handlers.views.announcement import Content

_BULLET = re.compile(r"(?:[-–—•●○◦■□▪▫+*👉📌✅✔🔹🔸]\ufe0f?|\d{1,2}[.)]) ?(?=\w)")
_BULLETS_LEAST = 2
"""A single line that begins with a dash may be a signature."""
_LABELLED = re.compile(r"(?:[^\w\s]+ ?)?(?:thời gian|địa điểm|đối tượng) ?: ?\w", re.IGNORECASE)
_SOURCE_LABEL = re.compile(r"(?:[^\w\s]+ ?)?(?:nguồn|source) ?: ?(?=\S)", re.IGNORECASE)
_SENTENCE_END = re.compile(
    r"(?<![^\s<>.!?…])([^\s<>.!?…]++)[.!?…](?:</[a-z]+>)*(?=\s+(?:<[^<>]+>)*(\w))"
)
"""Tried at the first letter of each word only: a long text without a space is read once."""
_ABBREVIATIONS = frozenset(["bs", "đt", "gs", "kp", "pgs", "sđt", "tp", "ths", "ts", "tt", "tx"])
"""Words, and every single letter, whose full stop ends no sentence: *TP. Hòa An*."""
_SENTENCE_TITLE_LIMIT = 80
"""UTF-16 units up to which a sentence is a title: two lines on a phone."""
_NO_SOURCE = Source()


@dataclass(frozen=True)
class WholeText:
    """The text of an announcement as an officer sent it."""

    html: str = field(default="", repr=False)
    channel_post: str = ""
    """The address of the forwarded post in a public channel; empty for anything else."""


def filled(content: Content, whole: WholeText, club: ClubSettings, now: datetime) -> Content:
    """The content with every field that the text states; time grows linearly with its length."""
    words = visible(whole.html)
    lines = _without_head(_from_first_words(lines_of(whole.html.strip())))
    limit = TITLE_LIMIT
    if _is_one_paragraph(lines):
        lines, limit = _divided(lines), _SENTENCE_TITLE_LIMIT
    title = _title(lines, limit)
    source, source_lines = _source(lines, whole)
    body: Sequence[Line] = [line for line in lines[1:] if line not in source_lines]
    if not title:
        body = _without(lines, source_lines)
    facts, fact_lines = _facts(body)
    rest = _without(body, fact_lines)
    return replace(
        content,
        title=title,
        html=untracked(joined(rest)),
        facts=facts if rest is not body else (),
        issuer=named_issuer(words, club),
        source_url=source.url,
        source_ref=source.ref,
        valid_until=stated_end(words, now, club.timezone),
    )


def named_issuer(text: str, club: ClubSettings) -> str:
    """The only issuer of the club that the text names; empty for none or several."""
    named = _named(text, club.issuers)
    return named[0] if len(named) == 1 else ""


def named_areas(content: Content, club: ClubSettings) -> list[str]:
    """Ids of the areas that title and text name: to be suggested, never chosen by themselves."""
    names = {area.name: area.id for area in club.areas}
    return [names[name] for name in _named(f"{content.title}\n{visible(content.html)}", names)]


def _named(text: str, names: Collection[str]) -> list[str]:
    """Which names stand in the text, tone marks placed either way; not one inside a longer one."""
    words = f" {words_of(text)} "
    found = []
    for name in sorted(names, key=len, reverse=True):
        if (name_words := f" {words_of(name)} ").strip() and name_words in words:
            words = words.replace(name_words, " | ")
            found.append(name)
    return [name for name in names if name in found]


def _from_first_words(lines: list[Line]) -> list[Line]:
    """The lines from the first one in which something can be seen."""
    return list(dropwhile(lambda line: line.is_closed and not line.words, lines)) or lines


def _without_head(lines: list[Line]) -> list[Line]:
    """The lines without the header that an app puts above a copied message: its sender and time."""
    if len(lines) == 1 or not re.search(r"\d", lines[0].words):
        return lines
    is_head = without_heads(f"{lines[0].words}\n_") == "_"
    return lines[1:] if is_head and lines[1].words else lines


def _is_one_paragraph(lines: Sequence[Line]) -> bool:
    """Whether the first line says everything, a line with the source aside."""
    return not any(line.words and not _SOURCE_LABEL.match(line.words) for line in lines[1:])


def _divided(lines: list[Line]) -> list[Line]:
    """One paragraph with its first sentence as a line, if that is short enough for a title."""
    html = joined(lines)
    for end in _SENTENCE_END.finditer(html.split("\n", 1)[0]):
        is_sentence = len(end[1]) > 1 and end[1].lower() not in _ABBREVIATIONS
        if is_sentence and (end[2].isupper() or end[2].isdecimal()):
            divided = lines_of(f"{html[: end.end()]}\n{html[end.end() :].lstrip()}")
            enough = len(divided[0].words.split()) >= LEAST_WORDS
            is_short = utf16_length(divided[0].words) <= _SENTENCE_TITLE_LIMIT
            return divided if enough and is_short else lines
    return lines


def _title(lines: Sequence[Line], limit: int) -> str:
    """The first line without its full stop; empty if it is too long for a title."""
    words = lines[0].words.rstrip(".").rstrip()
    return words if utf16_length(words) <= limit else ""


def _source(lines: Sequence[Line], whole: WholeText) -> tuple[Source, list[Line]]:
    """The source, and the line that says nothing else: `Nguồn:`, the last link, or the channel."""
    labelled = [line for line in lines if _SOURCE_LABEL.match(line.words)]
    if labelled:
        return _labelled_source(labelled[-1])
    trusted = [link.written for link in links_in_html(whole.html) if not link.doubts]
    for address in (*reversed(trusted), whole.channel_post):
        if (source := _read(address)).url:
            return source, []
    return _NO_SOURCE, []


def _labelled_source(line: Line) -> tuple[Source, list[Line]]:
    """What stands behind `Nguồn:`, a document number too; a doubtful address is none."""
    links = list({link.written: link for link in links_in_html(line.html)}.values())
    if any(link.doubts for link in links):
        return _NO_SOURCE, []
    stated = "" if line.has_link_behind_words else _SOURCE_LABEL.sub("", line.words, count=1)
    if (source := _read(stated)) != _NO_SOURCE:
        return source, [line] if line.is_closed else []
    return (_read(links[0].written) if len(links) == 1 else _NO_SOURCE), []


def _read(stated: str) -> Source:
    try:
        return read_source(stated)
    except SourceDoubtful:
        return _NO_SOURCE


def _facts(lines: Sequence[Line]) -> tuple[tuple[str, ...], list[Line]]:
    """Listed or labelled lines as key facts; none if there are too many, or one is too long."""
    labelled = sum(bool(_LABELLED.match(line.words)) for line in lines)
    chosen = [line for line in lines if _BULLET.match(line.words) or _LABELLED.match(line.words)]
    if len(chosen) > MOST_FACTS or (not labelled and len(chosen) < _BULLETS_LEAST):
        return (), []
    facts = tuple(_BULLET.sub("", line.words, count=1) for line in chosen)
    fit = all(utf16_length(fact) <= FACT_LIMIT for fact in facts)
    whole = all(line.is_closed and not line.has_link_behind_words for line in chosen)
    return (facts, chosen) if fit and whole and not _go_on(lines, chosen) else ((), [])


def _go_on(lines: Sequence[Line], chosen: Sequence[Line]) -> bool:
    """Whether a line behind a fact may belong to it, so that moving the fact would cut it."""
    return any(
        line in chosen and after.words and after not in chosen for line, after in pairwise(lines)
    )


def _without(lines: Sequence[Line], dropped: Sequence[Line]) -> Sequence[Line]:
    """The lines without these; all of them if nothing else says anything."""
    kept = [line for line in lines if line not in dropped]
    return kept if dropped and any(line.words for line in kept) else lines
