"""Finds the official text that a message copies: by its words, a code in a link, its file or its pictures.

Of a picture the words are compared that a machine read in it. It may misread them, so they can show that
a copy was changed, never that it is genuine.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from handlers.authenticity import codes, wordings
from handlers.conversation import Context
from handlers.messages import Media
from handlers.recognition.match_keys import ENOUGH_CHARACTERS
from handlers.recognition.official_copy import (
    WORDS_MIN,
    CopyComparison,
    CopyKind,
    Deviation,
    PictureComparison,
    Wording,
    compare_all,
    compare_pictures,
    letters,
    searchable,
)
from handlers.recognition.pictures.perceptual_hash import similar_cards
from handlers.worker_tasks import offload_or
from storage.announcements import official_texts
from storage.announcements.official_texts import KnownText

_LETTERS_IN_EVENT_LOOP = 12_000
"""Up to so many characters are compared in the event loop, which takes a few milliseconds."""
_PICTURES_IN_EVENT_LOOP = 2_000
_CARDS_MAX = 6
"""Cards that look like a picture and whose words are compared with those read in it."""
_CLOSE_TO_BEST = 0.8
"""A text that has so much of the most words in common may be the one that a picture shows."""


class Authenticity(StrEnum):
    """The answer about a message."""

    GENUINE = "genuine"
    OUTDATED = "outdated"
    """A text that was corrected or recalled since, or replaced by another verdict."""
    CHANGED = "changed"
    QUOTE = "quote"
    """A part of a current text, unchanged."""
    LOOKALIKE = "lookalike"
    """A picture that looks like a text of the club; the words read in it do not show that it was changed."""


@dataclass(frozen=True)
class ReceivedMessage:
    """A message that may be a copy of an official text."""

    text: str = ""
    links: tuple[str, ...] = ()
    """Addresses in it, link targets included."""
    coded_links: tuple[str, ...] = ()
    """Addresses in QR codes of its pictures. Everybody can copy a code into another picture, so a code
    of the club in one only says which text the picture is to be compared with."""
    media: tuple[Media, ...] = ()
    card_hashes: tuple[str, ...] = ()
    """Perceptual hashes of its pictures (`handlers.recognition.pictures.perceptual_hash`)."""
    picture_words: str = ""
    """The words that were read in its pictures, which may be misread."""

    @property
    def hidden_links(self) -> tuple[str, ...]:
        """The link targets that are not written in the text."""
        return tuple(link for link in self.links if not _is_written(link, self.text))


def _is_written(link: str, text: str) -> bool:
    """Whether a text has this very address, not only a longer one that begins or ends with it."""
    return bool(re.search(rf"(?<![\w.@/-]){re.escape(link)}(?![\w/-]|\.\w)", text))


@dataclass(frozen=True)
class Finding:
    """What a message is a copy of, and how it relates to that."""

    authenticity: Authenticity
    known: KnownText
    deviations: Sequence[Deviation] = ()
    is_part: bool = False
    """Whether it is only a part of an outdated text."""
    is_read: bool = False
    """Whether words that a machine read in a picture were compared."""


async def find(context: Context, message: ReceivedMessage) -> Finding | None:
    """The official text that a message copies, if this person may have it confirmed; stores nothing."""
    member_id = _reader(context)
    code = codes.code_in_link(message.text, message.links, context.club)
    message = _without_codes(context, message)
    words = searchable(message.text)
    if found := await _by_text(context, message, words, member_id):
        return found
    if code and not words and not message.links:
        known = await official_texts.with_code(context.tx, code, member_id)
        return finding_of(known) if known else None
    if not words and (found := await _by_file(context, message, member_id)):
        return found
    found = await _by_picture(context, message, member_id)
    is_remark = len(message.text.strip()) < ENOUGH_CHARACTERS
    # What a longer text says is not known to be the club's, whatever picture it comes with.
    return found if is_remark or (found and found.authenticity is Authenticity.CHANGED) else None


async def by_code(context: Context, code: str) -> KnownText | None:
    """The text of a code, if this person may have it confirmed; stores and counts nothing."""
    return await official_texts.with_code(context.tx, code, _reader(context)) if code else None


def _without_codes(context: Context, message: ReceivedMessage) -> ReceivedMessage:
    """The message without the codes of this club, which the bot adds to what is shared."""
    text = codes.without_codes(message.text, context.club)
    links = tuple(link for link in message.links if codes.without_codes(link, context.club).strip())
    return replace(message, text=text, links=links)


def _reader(context: Context) -> int | None:
    """The member whose received announcements may be confirmed; None for strangers and suspended members."""
    return context.member_id if context.role else None


async def _by_text(
    context: Context, message: ReceivedMessage, words: str, member_id: int | None
) -> Finding | None:
    if words.count(" ") + 1 < WORDS_MIN:
        return None
    known = await official_texts.candidates(context.tx, words, member_id)
    return closest(known, _compare(context, message, known))


def compared(context: Context, message: ReceivedMessage, known: KnownText) -> Finding | None:
    """How a message, or the words in its pictures, relate to this text; None for another text."""
    by_text = closest([known], _compare(context, message, [known]))
    return by_text or _closest_picture(
        [known], _compare_pictures(context, message.picture_words, [known], frozenset())
    )


def closest(
    known: Sequence[KnownText], comparisons: Sequence[CopyComparison | None]
) -> Finding | None:
    """The finding about the text that a message is closest to."""
    found = [(one, compared) for one, compared in zip(known, comparisons, strict=True) if compared]
    if not found:
        return None
    best, comparison = min(found, key=lambda pair: _rank(*pair))
    return _finding(best, comparison)


def _compare(
    context: Context, message: ReceivedMessage, known: Sequence[KnownText]
) -> Sequence[CopyComparison | None]:
    texts = tuple(wordings.unpack(one.wording) for one in known)
    arguments = message.text, message.hidden_links, texts
    if letters(message.text, texts) <= _LETTERS_IN_EVENT_LOOP:
        return compare_all(*arguments)
    return offload_or(context.offload, [None] * len(known), compare_all, *arguments)


def _rank(known: KnownText, comparison: CopyComparison) -> tuple[int, bool, int, int, int]:
    """Sort key: whole copies, then quotes, then changed ones; of these the closest, else current, then newest."""
    order = (CopyKind.WHOLE, CopyKind.QUOTE, CopyKind.CHANGED).index(comparison.kind)
    if comparison.kind is CopyKind.CHANGED:
        return order, False, -comparison.matched, len(comparison.deviations), -known.id
    return order, not known.is_current, 0, 0, -known.id


def _finding(known: KnownText, comparison: CopyComparison) -> Finding:
    if comparison.kind is CopyKind.CHANGED:
        return Finding(Authenticity.CHANGED, known, comparison.deviations)
    is_part = comparison.kind is CopyKind.QUOTE
    if not known.is_current:
        return Finding(Authenticity.OUTDATED, known, is_part=is_part)
    return Finding(Authenticity.QUOTE if is_part else Authenticity.GENUINE, known)


def finding_of(known: KnownText) -> Finding:
    """The finding about an official text itself, as found by its code."""
    return Finding(Authenticity.GENUINE if known.is_current else Authenticity.OUTDATED, known)


async def _by_file(
    context: Context, message: ReceivedMessage, member_id: int | None
) -> Finding | None:
    """The announcement whose picture or file the message has, without its text."""
    files = [media.unique for media in message.media]
    known = await official_texts.with_media(context.tx, files, member_id)
    in_use = [one for one in known if one.is_current] or known
    if not in_use:
        return None
    is_current = in_use[0].is_current
    kind = Authenticity.QUOTE if is_current else Authenticity.OUTDATED
    return Finding(kind, in_use[0], is_part=True)


async def _by_picture(
    context: Context, message: ReceivedMessage, member_id: int | None
) -> Finding | None:
    """The text that a picture shows: by the words read in it, else by its look, else by a code in it."""
    alike = await _similar_cards(context, message, member_id)
    coded = await _coded(context, message, member_id)
    read = searchable(message.picture_words)
    by_words = await official_texts.candidates(context.tx, read, member_id) if read else []
    known = list({one.id: one for one in (*alike, *coded, *by_words)}.values())
    # In an album it is not known which picture the words were read in.
    is_one = len(message.card_hashes) == 1
    is_alike = frozenset(one.id for one in alike if is_one)
    comparisons = _compare_pictures(context, message.picture_words, known, is_alike)
    if found := _closest_picture(known, comparisons):
        return found
    seen = [*alike, *coded]
    return Finding(Authenticity.LOOKALIKE, seen[0]) if seen else None


async def _similar_cards(
    context: Context, message: ReceivedMessage, member_id: int | None
) -> list[KnownText]:
    """The announcements and verdicts whose cards are most similar to the picture, the closest first."""
    if not message.card_hashes:
        return []
    stored = tuple(await official_texts.card_hashes(context.tx, member_id))
    if len(stored) * len(message.card_hashes) <= _PICTURES_IN_EVENT_LOOP:
        near = similar_cards(message.card_hashes, stored)
    else:
        near = offload_or(context.offload, [], similar_cards, message.card_hashes, stored)
    ids = dict.fromkeys(one for one, _ in sorted(near, key=lambda one: (one[1], -one[0])))
    return await official_texts.with_ids(context.tx, list(ids)[:_CARDS_MAX], member_id)


async def _coded(
    context: Context, message: ReceivedMessage, member_id: int | None
) -> list[KnownText]:
    """The text whose code stands in the picture, which may say anything else."""
    code = codes.code_in_link("", message.coded_links, context.club)
    known = await official_texts.with_code(context.tx, code, member_id) if code else None
    return [known] if known else []


def has_words_of(context: Context, read: str, known: Sequence[KnownText]) -> bool:
    """Whether the words that were read in a picture are those of one of these texts, changed or not."""
    return any(_compare_pictures(context, read, known, frozenset()))


def _compare_pictures(
    context: Context,
    read: str,
    known: Sequence[KnownText],
    is_alike: frozenset[int],
) -> Sequence[PictureComparison | None]:
    texts = tuple(map(_with_code, known))
    arguments = read, texts, tuple(one.id in is_alike for one in known)
    if letters(read, texts) <= _LETTERS_IN_EVENT_LOOP:
        return compare_pictures(*arguments)
    return offload_or(context.offload, [None] * len(known), compare_pictures, *arguments)


def _with_code(known: KnownText) -> Wording:
    """The wording with the code that its cards show."""
    wording = wordings.unpack(known.wording)
    return replace(wording, extras=(*wording.extras, codes.grouped(known.code)))


def _closest_picture(
    known: Sequence[KnownText], comparisons: Sequence[PictureComparison | None]
) -> Finding | None:
    """The finding about the text that most words in a picture are of; of several, one that none contradict."""
    found = [(one, compared) for one, compared in zip(known, comparisons, strict=True) if compared]
    if not found:
        return None
    most = max(comparison.matched for _, comparison in found)
    close = [pair for pair in found if pair[1].matched >= _CLOSE_TO_BEST * most]
    best, comparison = min(close, key=lambda pair: _picture_rank(*pair))
    kind = Authenticity.CHANGED if comparison.deviations else Authenticity.LOOKALIKE
    return Finding(kind, best, comparison.deviations, is_read=True)


def _picture_rank(known: KnownText, comparison: PictureComparison) -> tuple[int, int, bool, int]:
    return len(comparison.deviations), -comparison.matched, not known.is_current, -known.id
