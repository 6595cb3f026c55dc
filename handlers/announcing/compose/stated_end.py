"""The end of validity that a text states: `đến hết ngày 15/3/2026`, `hạn nộp: 17h 15/3`.

A date counts only behind words that say so, and only with its day and month: a forwarded text's
*tomorrow* is not today's. Two different ends are none, and so is the date of a law or a birth.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.conversation import END_OF_DAY, TimeUnclear, Unclear, read_time

_CUES_MAX = 20
_WORDS_MAX = 10
"""Words behind a cue that may belong to the date."""
_SENTENCE_END = re.compile(r"[.;!?](?=\s|$)|\n")
_CUE = re.compile(
    r"\b(?:(?P<until>đến hết|(?:có )?giá trị (?:đến|tới)(?: hết)?|hết hạn(?: vào)?"
    # Only at the beginning: elsewhere it is the document that is in force, not the announcement.
    r"|^(?:có )?hiệu lực (?:đến|tới)(?: hết)?:?"
    r"|hạn(?: chót| cuối| cùng)(?: là)?:?|hạn(?: [^\W\d_]+){0,4} ?(?::| là| đến| trước)(?: hết)?)"
    r"|(?P<before>trước)) (?=\S)"
)
_OF_A_LAW_OR_BIRTH = re.compile(
    r"\bsinh (?:từ|ngày|năm|trước|sau|đến)\b|\b(?:hiệu lực|thi hành|ban hành)\b"
)
_DAY_AND_MONTH = re.compile(r"\d{1,2} ?(?:[/.-]|tháng) ?\d{1,2}")
_GOES_ON = re.compile(r"\d|[-–—/]|(?:năm|và|hoặc|hay|đến|tháng)\b")
"""What behind a date would change it."""


def stated_end(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The only future end that a plain text states; None for none or several."""
    composed = unicodedata.normalize("NFC", text).lower()
    ends = {end for phrase in _phrases(composed) if (end := _end(*phrase, now, zone))}
    return ends.pop() if len(ends) == 1 else None


def _phrases(text: str) -> Iterator[tuple[str, bool]]:
    """What stands behind each cue, and whether it needs a time of day."""
    found = 0
    for sentence in _SENTENCE_END.split(text):
        words = " ".join(re.sub(r"[(),]", " ", sentence).split())
        for cue in _CUE.finditer(words):
            if (found := found + 1) > _CUES_MAX:
                return
            if not _OF_A_LAW_OR_BIRTH.search(words, 0, cue.start()):
                yield words[cue.end() : cue.end() + 100], cue["before"] is not None


def _end(phrase: str, needs_clock: bool, now: datetime, zone: ZoneInfo) -> datetime | None:  # noqa: FBT001
    """The time at the beginning of the phrase: the longest beginning that is one."""
    words = phrase.split()
    for count in range(min(len(words), _WORDS_MAX), 0, -1):
        beginning = " ".join(words[:count]).rstrip(":")
        if not _DAY_AND_MONTH.search(beginning):
            return None
        try:
            end = read_time(beginning, now, zone, default=None if needs_clock else END_OF_DAY)
        except TimeUnclear as unclear:
            if unclear.reason is not Unclear.UNREADABLE:
                return None
            continue
        return None if count < len(words) and _GOES_ON.match(words[count]) else end
    return None
