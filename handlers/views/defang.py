"""Defanging: text of strangers shown so that no app turns a word into a link."""

import re
from html import escape

from handlers.conversation import Html

_WORD = re.compile(r"\S+")
_MIGHT_BE_TAPPED = re.compile(r"://|www\.|@|[^\W\d]\.[^\W\d]|(?<![\w/])/[A-Za-z]")
"""A command such as `/xoa` too: a tap on it would send it in the reader's name."""


def defang(text: str) -> Html:
    """The text, with every word that an app might turn into a link set as code."""
    return Html(_WORD.sub(_as_code, escape(text, quote=False)))


def _as_code(word: re.Match[str]) -> str:
    return f"<code>{word[0]}</code>" if _MIGHT_BE_TAPPED.search(word[0]) else word[0]
