"""Compares a text with an official text: a whole copy, a quote, a changed copy, or another text.

See docs/decisions/0035-genuine-outdated-changed-quoted.md.
"""

from handlers.recognition.official_copy.alignment import Deviation
from handlers.recognition.official_copy.comparison import (
    WORDS_MIN,
    CopyComparison,
    CopyKind,
    Wording,
    compare,
    compare_all,
    letters,
    searchable,
)
from handlers.recognition.official_copy.picture_text import (
    PictureComparison,
    compare_picture,
    compare_pictures,
)
from handlers.recognition.official_copy.words import WORDS_MAX

__all__ = [
    "WORDS_MAX",
    "WORDS_MIN",
    "CopyComparison",
    "CopyKind",
    "Deviation",
    "PictureComparison",
    "Wording",
    "compare",
    "compare_all",
    "compare_picture",
    "compare_pictures",
    "letters",
    "searchable",
]
