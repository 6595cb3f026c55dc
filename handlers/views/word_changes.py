"""The places in which a text was changed, with a few unchanged words around each."""

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_WORDS_AROUND = 3
"""Unchanged words on each side of a change."""


@dataclass(frozen=True)
class ChangedPlace:
    """One changed place of a text; each part is words separated by single spaces, or empty."""

    before: str
    """The unchanged words in front of the change."""
    removed: str
    added: str
    behind: str
    """The unchanged words behind the change."""


def changed_places(old: str, new: str) -> Iterator[ChangedPlace]:
    """The changed places of a plain text, in its order; spaces and line breaks do not count."""
    before, after = old.split(), new.split()
    # Its heuristic for popular words keeps the comparison of repetitive texts short.
    matcher = difflib.SequenceMatcher(None, before, after)
    for code in matcher.get_opcodes():
        if code[0] != "equal":
            yield _place(before, after, code[1:])


def _place(before: Sequence[str], after: Sequence[str], at: Sequence[int]) -> ChangedPlace:
    old_begin, old_end, new_begin, new_end = at
    return ChangedPlace(
        before=" ".join(after[max(0, new_begin - _WORDS_AROUND) : new_begin]),
        removed=" ".join(before[old_begin:old_end]),
        added=" ".join(after[new_begin:new_end]),
        behind=" ".join(after[new_end : new_end + _WORDS_AROUND]),
    )
