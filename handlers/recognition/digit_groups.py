"""Splits a text into digit groups, and into chains of groups that only signs separate."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from handlers.recognition.plain_text import INVISIBLE

MASK = "•"
"""Replaces a masked digit. It counts as a digit, so masking is idempotent."""
_KEYCAP = "\u20e3"
"""Combining keycap, drawn around the digit before it, as in 0️⃣."""
_UNSEEN = f"{INVISIBLE}{_KEYCAP}"
_GROUP = re.compile(rf"[\d{MASK}](?:[{_UNSEEN}]*[\d{MASK}])*")
_SIGNS = r" \t\u00a0\u2000-\u200a\u202f\u3000.,:;/\\|_~*'’·‧∙()\[\]+⁄‐‑‒–—―−-"
_GAP = re.compile(rf"[{_SIGNS}]{{0,3}}")
_NOT_SEEN = re.compile(f"[{_UNSEEN}]+")
_WIDEST_GAP = 12
_FAR = 64
"""Characters before or after a group that are searched for a visible one."""
_LETTER_FOR_DIGIT = re.compile(
    rf"(?<![^\W\d_])[oO](?=[\d.{MASK}]{{2}})|(?<=[\d{MASK}])[oOlI](?=[\d{MASK}])"
)
_AS_DIGIT = str.maketrans("oOlI", "0011")


@dataclass(frozen=True)
class Group:
    """A run of digits without a visible character between them; zero-width characters are allowed."""

    start: int
    end: int
    digits: str
    """In ASCII; `MASK` for a masked digit."""


@dataclass(frozen=True)
class Chain:
    """Digit groups with at most a few signs between two of them."""

    text: str
    groups: Sequence[Group]
    moments: dict[int, bool] = field(default_factory=dict, compare=False, repr=False)
    """Cache of `plain_numbers.is_surely_moment` by group index; several attempts ask for the same index."""

    def __len__(self) -> int:
        return len(self.groups)

    def gap(self, at: int) -> str:
        """The visible characters before this group; empty before the first."""
        if at == 0:
            return ""
        return _NOT_SEEN.sub("", self.text[self.groups[at - 1].end : self.groups[at].start])

    def start(self, at: int) -> int:
        """Start offset of this group in the text."""
        return self.groups[at].start

    def end(self, stop: int) -> int:
        """End offset of the group before `stop`."""
        return self.groups[stop - 1].end

    def sign_ahead(self, at: int) -> str:
        """The visible character before this group; empty if there is none near."""
        start = self.start(at)
        before = self.text[max(0, start - _FAR) : start]
        return _NOT_SEEN.sub("", before)[-1:]

    def sign_behind(self, stop: int) -> str:
        """The visible character after the group before `stop`; empty if there is none near."""
        end = self.end(stop)
        return _NOT_SEEN.sub("", self.text[end : end + _FAR])[:1]


def as_digits(text: str) -> str:
    """The text with letters replaced that stand for digits: `O9l2` becomes `0912`. Its length stays."""
    return _LETTER_FOR_DIGIT.sub(lambda found: found[0].translate(_AS_DIGIT), text)


def chains(text: str) -> Iterator[Chain]:
    """Every chain of a text that `as_digits` returned."""
    groups: list[Group] = []
    for match in _GROUP.finditer(text):
        group = Group(match.start(), match.end(), _digits(match[0]))
        if groups and not _are_joined(text[groups[-1].end : group.start]):
            yield Chain(text, groups)
            groups = []
        if groups or group.digits[0] != MASK:
            groups.append(group)
    if groups:
        yield Chain(text, groups)


def _digits(found: str) -> str:
    return "".join(c if c == MASK else str(int(c)) for c in found if c == MASK or c.isdecimal())


def _are_joined(gap: str) -> bool:
    """Whether two groups may be one number; a comma with a space separates two numbers."""
    if len(gap) > _WIDEST_GAP:
        return False
    seen = _NOT_SEEN.sub("", gap)
    enumerates = len(seen) > 1 and ("," in seen or ";" in seen)
    return not enumerates and _GAP.fullmatch(seen) is not None
