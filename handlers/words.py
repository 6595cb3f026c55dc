"""Reading what people type: with or without diacritics, capitals and stray spaces."""

import unicodedata

_D = str.maketrans("đĐ", "dD")


def plain(text: str) -> str:
    """Lower case, no diacritics, single spaces: `  Trợ  GIÚP ` → `tro giup`."""
    decomposed = unicodedata.normalize("NFD", text.translate(_D).lower())
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(letters.split())
