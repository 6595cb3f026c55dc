"""What a message is a copy of: its text, the code in its link, its file or the look of its picture."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import structlog

from handlers.authenticity import codes, wordings
from handlers.conversation import Context
from handlers.messages import Media
from handlers.recognition.official_copy import (
    WORDS_MIN,
    CopyComparison,
    Deviation,
    Likeness,
    compare_all,
    letters,
    searchable,
)
from handlers.recognition.perceptual_hash import similar_looks
from handlers.worker_tasks import WorkerFailed
from storage.announcements import official_texts
from storage.announcements.official_texts import Known

_LETTERS_IN_EVENT_LOOP = 12_000
"""Up to this many characters are compared in the event loop, which takes some milliseconds."""
_LOOKS_IN_EVENT_LOOP = 2_000

log = structlog.stdlib.get_logger()


class Authenticity(StrEnum):
    """The answer about a message."""

    GENUINE = "genuine"
    OUTDATED = "outdated"
    """A wording that was corrected, recalled, or replaced by another verdict."""
    CHANGED = "changed"
    QUOTE = "quote"
    """A part of what holds."""
    LOOKALIKE = "lookalike"
    """A picture that looks like one of the club's, whose words nobody has compared."""


@dataclass(frozen=True)
class Suspect:
    """A message that may be a copy of what the club has sent."""

    text: str = ""
    links: tuple[str, ...] = ()
    """Addresses in it, those behind words included."""
    media: tuple[Media, ...] = ()
    looks: tuple[str, ...] = ()
    """Of its pictures (`handlers.recognition.perceptual_hash`)."""

    @property
    def hidden_links(self) -> tuple[str, ...]:
        """The addresses behind words."""
        return tuple(link for link in self.links if not _is_written(link, self.text))


def _is_written(link: str, text: str) -> bool:
    """Whether a text has this very address, not only a longer one that begins or ends with it."""
    return bool(re.search(rf"(?<![\w.@/-]){re.escape(link)}(?![\w/-]|\.\w)", text))


@dataclass(frozen=True)
class Finding:
    """What a message is a copy of, and how it relates to that."""

    authenticity: Authenticity
    known: Known
    deviations: Sequence[Deviation] = ()
    is_part: bool = False
    """Whether it is only a part of an outdated text."""


async def find(context: Context, suspect: Suspect) -> Finding | None:
    """What is known of a message, as far as this person may have it confirmed; stores nothing."""
    member_id = _reader(context)
    code = codes.code_in_link(suspect.text, suspect.links, context.club)
    suspect = _without_codes(context, suspect)
    if found := await _by_text(context, suspect, member_id):
        return found
    words = searchable(suspect.text)
    if code and not words and not suspect.links:
        known = await official_texts.with_code(context.tx, code, member_id)
        return finding_of(known) if known else None
    if words:
        return None
    return await _by_file(context, suspect, member_id) or await _by_look(
        context, suspect, member_id
    )


async def by_code(context: Context, code: str) -> Known | None:
    """The text of a code, if this person may have it confirmed; stores and counts nothing."""
    return await official_texts.with_code(context.tx, code, _reader(context)) if code else None


def _without_codes(context: Context, suspect: Suspect) -> Suspect:
    """The message without the codes of this club, which the bot adds to what is shared."""
    text = codes.without_codes(suspect.text, context.club)
    links = tuple(link for link in suspect.links if codes.without_codes(link, context.club).strip())
    return replace(suspect, text=text, links=links)


def _reader(context: Context) -> int | None:
    """The member whose copies count; None for a stranger and for a suspended member."""
    return context.member_id if context.role else None


async def _by_text(context: Context, suspect: Suspect, member_id: int | None) -> Finding | None:
    words = searchable(suspect.text)
    if words.count(" ") + 1 < WORDS_MIN:
        return None
    known = await official_texts.candidates(context.tx, words, member_id)
    return await compared(context, suspect, known)


async def compared(context: Context, suspect: Suspect, known: Sequence[Known]) -> Finding | None:
    """The text that a message is closest to, among these."""
    return closest(known, _compare(context, suspect, known))


def closest(known: Sequence[Known], comparisons: Sequence[CopyComparison | None]) -> Finding | None:
    """The finding about the text that a message is closest to."""
    found = [(one, compared) for one, compared in zip(known, comparisons, strict=True) if compared]
    if not found:
        return None
    best, comparison = min(found, key=lambda pair: _rank(*pair))
    return _finding(best, comparison)


def _compare(
    context: Context, suspect: Suspect, known: Sequence[Known]
) -> Sequence[CopyComparison | None]:
    texts = tuple(wordings.unpack(one.wording) for one in known)
    arguments = suspect.text, suspect.hidden_links, texts
    if letters(suspect.text, texts) <= _LETTERS_IN_EVENT_LOOP:
        return compare_all(*arguments)
    try:
        return context.offload(compare_all, *arguments)
    except WorkerFailed as failed:
        log.warning("comparing with official texts failed", cause=failed.cause)
        return [None] * len(known)


def _rank(known: Known, comparison: CopyComparison) -> tuple[int, bool, int, int, int]:
    """Whole copies before quotes before changed ones; then the closest, what holds, the newest."""
    order = (Likeness.WHOLE, Likeness.QUOTE, Likeness.CHANGED).index(comparison.likeness)
    if comparison.likeness is Likeness.CHANGED:
        return order, False, -comparison.matched, len(comparison.deviations), -known.id
    return order, not known.is_current, 0, 0, -known.id


def _finding(known: Known, comparison: CopyComparison) -> Finding:
    if comparison.likeness is Likeness.CHANGED:
        return Finding(Authenticity.CHANGED, known, comparison.deviations)
    is_part = comparison.likeness is Likeness.QUOTE
    if not known.is_current:
        return Finding(Authenticity.OUTDATED, known, is_part=is_part)
    return Finding(Authenticity.QUOTE if is_part else Authenticity.GENUINE, known)


def finding_of(known: Known) -> Finding:
    """An official text itself."""
    return Finding(Authenticity.GENUINE if known.is_current else Authenticity.OUTDATED, known)


async def _by_file(context: Context, suspect: Suspect, member_id: int | None) -> Finding | None:
    """The announcement whose very picture or file it is, passed on without its text."""
    files = [media.unique for media in suspect.media]
    known = await official_texts.with_media(context.tx, files, member_id)
    in_use = [one for one in known if one.is_current] or known
    if not in_use:
        return None
    is_current = in_use[0].is_current
    kind = Authenticity.QUOTE if is_current else Authenticity.OUTDATED
    return Finding(kind, in_use[0], is_part=True)


async def _by_look(context: Context, suspect: Suspect, member_id: int | None) -> Finding | None:
    """The announcement or verdict whose card looks most like the picture."""
    if not suspect.looks:
        return None
    stored = tuple(await official_texts.looks(context.tx, member_id))
    if len(stored) * len(suspect.looks) <= _LOOKS_IN_EVENT_LOOP:
        near = similar_looks(suspect.looks, stored)
    else:
        try:
            near = context.offload(similar_looks, suspect.looks, stored)
        except WorkerFailed as failed:
            log.warning("comparing with official pictures failed", cause=failed.cause)
            return None
    alike = sorted((bits, -text_id) for text_id, bits in near)
    known = await official_texts.with_ids(context.tx, [-one for _, one in alike[:1]], member_id)
    return Finding(Authenticity.LOOKALIKE, known[0]) if known else None
