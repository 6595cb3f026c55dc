"""Everything that reads a stranger's text, by name: what a nasty text may make slow."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from html import escape
from zoneinfo import ZoneInfo

from bot.zalo import plain_text
from handlers.announcing.compose import link_check
from handlers.conversation.i18n import Speech
from handlers.conversation.time_parser import TimeUnclear, read_clock, read_time
from handlers.flagging.post import FlaggedPost, as_kept, post_of
from handlers.flagging.post_text import in_short
from handlers.flagging.redaction import mask
from handlers.messages import Address, Incoming, UpdateKind
from handlers.recognition import (
    abbreviations,
    addresses,
    author_heads,
    homographs,
    match_keys,
    normalization,
    platforms,
)
from handlers.recognition.official_copy import Wording, compare_picture
from handlers.recognition.plain_text import legible, plain
from handlers.recognition.ranking import KnownPost, rank
from handlers.recognition.syllables import bare, place_tone_mark
from handlers.recognition.text_similarity import differences, prepare, score
from handlers.views.announcement import Content
from handlers.views.defang import defang
from storage.cases.search.terms import terms_of
from storage.models import Category
from tests.support.costly_texts import natural

SAY = Speech("vi", ZoneInfo("Asia/Ho_Chi_Minh"))
NOW = datetime(2026, 3, 10, 2, tzinfo=UTC)

_IN_ADDRESSES = (
    "{}",
    "https://{}",
    "https://a.vn/{}",
    "https://a.vn/?{}",
    "https://facebook.com/{}",
    "https://l.facebook.com/l.php?u={}",
    "https://t.me/{}",
    "https://{}.bit.ly/a",
)

_OFFICIAL = Wording(((natural(), True),))


def _incoming(text: str) -> Incoming:
    return Incoming(
        update_key="1",
        sender=Address("telegram", "1"),
        kind=UpdateKind.MESSAGE,
        at=NOW,
        text=text,
        html=escape(text),
    )


def _time(text: str) -> object:
    try:
        return read_time(text, NOW, ZoneInfo("UTC"))
    except TimeUnclear:
        return None


def _clock(text: str) -> object:
    try:
        return read_clock(text)
    except TimeUnclear:
        return None


def _compared(text: str) -> object:
    """With its own second half, and with itself but for one word."""
    words = match_keys.reading(text)
    half, other = words[len(words) // 2 :], words.replace(" ", " 7 ", 1)
    known = [KnownPost(1, None, half), KnownPost(2, None, other)]
    return rank(match_keys.Identity(words=words), known), differences(words, half)


def _scored(text: str) -> object:
    words = bare(text.lower())
    return score(prepare(words), prepare(words[len(words) // 3 :]))


def _written_on_zalo(text: str) -> object:
    return plain_text.split(plain_text.read(f"<b>{escape(text)}</b>"))


def _inside(read: Callable[[str], object], form: str) -> Callable[[str], object]:
    return lambda text: read(form.format(text))


def _with_addresses() -> Iterator[tuple[str, Callable[[str], object]]]:
    for form in _IN_ADDRESSES:
        yield f"addresses.read {form}", _inside(addresses.read, form)
        yield f"disguises.read {form}", _inside(homographs.read, form)


RECOGNITION: Mapping[str, Callable[[str], object]] = {
    "spans": lambda text: list(addresses.spans(text)),
    **dict(_with_addresses()),
    "is_name": homographs.is_name,
    "site_of": homographs.site_of,
    "platform_of": lambda text: platforms.platform_of(f"https://a.vn/{text}"),
    "is_shortener": platforms.is_shortener,
    "without_heads": author_heads.without_heads,
    "words_of": normalization.words_of,
    "fold": normalization.fold,
    "expand_abbreviations": lambda text: abbreviations.expand_abbreviations(
        text.split(), with_marks=True
    ),
    "place_tone_mark": place_tone_mark,
    "reading": match_keys.reading,
    "fingerprint": match_keys.fingerprint,
    "identify": match_keys.identify,
    "rank and differences": _compared,
    "score": _scored,
    "terms_of": terms_of,
    "mask": mask,
    "untappable": defang,
    "in_short": lambda text: in_short(FlaggedPost(text), SAY, characters=300),
    "post_of": lambda text: post_of(_incoming(text)),
    "as_kept": lambda text: as_kept(post_of(_incoming(text)), Category.RUMOUR),
    "plain": plain,
    "legible": legible,
    "compare_picture": lambda text: compare_picture(text, _OFFICIAL, is_alike=True),
    "read_time": _time,
    "read_clock": _clock,
    "say": lambda text: SAY("flag-words", text=text),
}
FOR_EACH: Mapping[str, Callable[[str], object]] = {
    "links_of": lambda text: link_check.links_of(Content(html=escape(text), title="")),
    "links.warnings": lambda text: link_check.warnings(SAY, [text]),
    "written on Zalo": _written_on_zalo,
}
"""What does something for each address or each sign, of which a nasty text has more."""
