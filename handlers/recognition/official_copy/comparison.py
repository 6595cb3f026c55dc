"""Compares a text with an official text: a whole copy, a quote, a changed copy, or another text.

The texts are compared word by word. Only provable noise is ignored: diacritics left out of a whole
text, spacing, capitals, decoration, headers of forwarded messages, and lines that the bot adds. Any
other word that is new or different makes a copy *changed*. Words left out make it a *quote*, unless
that changes the meaning of the rest: an amount, a date, a name or a negation is missing inside a
sentence.

See docs/decisions/0035-genuine-outdated-changed-quoted.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from enum import StrEnum

from handlers.recognition.addresses import spans
from handlers.recognition.official_copy.alignment import Alignment, Deviation
from handlers.recognition.official_copy.words import (
    WORDS_MAX,
    ReadText,
    Word,
    bare_keys,
    has_diacritics,
    link_key,
    read_lines,
    without_diacritics,
)
from handlers.recognition.syllables import bare

WORDS_MIN = 6
"""Fewer words in common make no copy: phrases such as thanks are in many texts."""
_WHOLE, _NEARLY_ALL, _MOST, _SOME = 0.9, 0.8, 0.6, 0.3
"""Shares of the words in common from which a text is a changed copy (`_is_changed_copy`)."""
_RUN_MIN = 4
"""A changed copy has at least so many words in a row in common with the official text."""


class CopyKind(StrEnum):
    """How a text relates to an official text."""

    WHOLE = "whole"
    """It has every required word and no other."""
    QUOTE = "quote"
    """It has some of the words and no other."""
    CHANGED = "changed"


@dataclass(frozen=True)
class Wording:
    """An official text as copies are compared with it."""

    lines: tuple[tuple[str, bool], ...]
    """Its lines in order, as plain text, each with whether it is required in a copy: title and text are,
    the lines that the bot adds above and below are not."""
    extras: tuple[str, ...] = ()
    """Other lines that the bot may add: in a share kit, or the choices of a message."""
    links: tuple[str, ...] = ()
    """Link targets in it."""
    disputed: tuple[str, ...] = ()
    """Lines that say what others claim: alone they are no quote of the text."""


@dataclass(frozen=True)
class CopyComparison:
    """The result for one official text."""

    kind: CopyKind
    deviations: tuple[Deviation, ...] = ()
    """For a changed copy: the words that differ, in the order of the text."""
    matched: int = 0
    """Number of words in common."""


def searchable(text: str) -> str:
    """The words of a text without diacritics, by which copies are searched."""
    return " ".join(bare(word.key) for word in read_lines([(text, True)], WORDS_MAX).words)


def letters(theirs: str, wordings: Sequence[Wording]) -> int:
    """Number of characters that `compare_all` reads, as a measure of its running time."""
    ours = sum(len(line) for wording in wordings for line, _ in wording.lines)
    return ours + len(theirs) * max(1, len(wordings))


def compare_all(
    theirs: str, links: tuple[str, ...], wordings: tuple[Wording, ...]
) -> list[CopyComparison | None]:
    """The comparison of one text with each of the wordings; None where it is another text."""
    return [compare(theirs, links, wording) for wording in wordings]


def compare(theirs: str, links: tuple[str, ...], wording: Wording) -> CopyComparison | None:
    """The comparison of a text with one wording; None if it is another text.

    `links` are the link targets of the text: one that the official text does not have is a change.
    """
    ours = read_lines(wording.lines, WORDS_MAX)
    extras = [read_lines([(line, False)], WORDS_MAX).keys for line in wording.extras]
    own = _lines_of(ours)
    around = [extra for extra in extras if bare_keys(extra) not in own]
    new = _without_extra_lines(read_lines([(theirs, True)], WORDS_MAX + 1), around)
    if not ours.words or not WORDS_MIN <= len(new.words) <= WORDS_MAX:
        return None
    if not any(has_diacritics(word.key) for word in new.words):
        ours, extras = without_diacritics(ours), [[bare(key) for key in extra] for extra in extras]
        new = without_diacritics(new)
    matcher = SequenceMatcher(None, ours.keys, new.keys, autojunk=False)
    blocks = matcher.get_matching_blocks()
    matched = sum(block.size for block in blocks)
    disputed = [read_lines([(line, True)], WORDS_MAX).keys for line in wording.disputed]
    if is_disputed_only(disputed, ours, blocks):
        return None
    alignment = Alignment(ours, new, extras)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            alignment.add(i1, i2, j1, j2)
    other_links = [
        Deviation("", link) for link in links if link_key(link) not in _links_of(wording)
    ]
    deviations = (*alignment.deviations, *other_links)
    if deviations:
        is_copy = _is_changed_copy(ours, new, matched, max(block.size for block in blocks))
        changed = CopyComparison(CopyKind.CHANGED, deviations, matched)
        return changed if is_copy or not alignment.deviations else None
    if matched < WORDS_MIN:
        return None
    return CopyComparison(CopyKind.QUOTE if alignment.leaves_out else CopyKind.WHOLE, (), matched)


def is_disputed_only(
    disputed: Iterable[Sequence[str]], ours: ReadText, blocks: Iterable[Match]
) -> bool:
    """Whether all that is the same are lines that repeat what others claim, given by their keys."""
    known = set(map(bare_keys, disputed))
    if not known:
        return False
    lines: dict[int, list[str]] = {}
    for word in ours.words:
        lines.setdefault(word.part, []).append(word.key)
    parts = {part for part, keys in lines.items() if bare_keys(keys) in known}
    same = (word for block in blocks for word in ours.words[block.a : block.a + block.size])
    return all(word.part in parts for word in same)


def _is_changed_copy(ours: ReadText, new: ReadText, matched: int, run: int) -> bool:
    """Whether enough is the same for a copy, whatever differs."""
    required = sum(word.is_required for word in ours.words)
    of_new, of_ours = matched / len(new.words), matched / max(required, 1)
    if matched < WORDS_MIN or run < min(_RUN_MIN, required):
        return False
    if of_ours >= _WHOLE:
        return of_new >= _SOME
    return of_new >= _NEARLY_ALL or (of_new >= _MOST and of_ours >= _MOST)


def _without_extra_lines(new: ReadText, extras: Sequence[Sequence[str]]) -> ReadText:
    """The text without extra lines of the bot; diacritics do not count."""
    known = set(map(bare_keys, extras))
    lines: dict[int, list[Word]] = {}
    for word in new.words:
        lines.setdefault(word.part, []).append(word)
    kept = [
        word
        for line in lines.values()
        if tuple(bare(one.key) for one in line) not in known
        for word in line
    ]
    return ReadText(kept, new.written)


def _lines_of(text: ReadText) -> frozenset[tuple[str, ...]]:
    """The keys of each line that a copy must have, without diacritics."""
    lines: dict[int, list[str]] = {}
    for word in text.words:
        if word.is_required:
            lines.setdefault(word.part, []).append(word.key)
    return frozenset(map(bare_keys, lines.values()))


def _links_of(wording: Wording) -> frozenset[str]:
    text = "\n".join(line for line, _ in wording.lines)
    written = (text[start:stop] for start, stop in spans(text))
    return frozenset(map(link_key, (*wording.links, *written)))
