"""Numbers that belong to a person – a phone, an identity card, a bank account – made unreadable.

They are kept only where the number is itself the evidence, which is in fraud (`as_kept`).
"""

import re

from handlers.recognition import addresses

_DIGITS = 9
"""Fewer are no phone, identity card or bank account: dates, prices and short numbers stay."""
_SHOWN_AHEAD, _SHOWN_BEHIND = 2, 2
_DOT = "•"
_RUN = re.compile(rf"(?<![\w.,])\+?\d(?:[ .\-]?\d){{{_DIGITS - 1},}}(?!\w)")
_AMOUNT = re.compile(r"[1-9]\d{0,2}(?:[ .]\d{3}){2,}")


def mask(text: str) -> str:
    """The text with the middle of every such number dotted out; what stands in a link stays."""
    parts, end = [], 0
    for start, stop in addresses.spans(text):
        parts += [_masked(text[end:start]), text[start:stop]]
        end = stop
    return "".join([*parts, _masked(text[end:])])


def _masked(text: str) -> str:
    return _RUN.sub(lambda found: _dotted(found[0]), text)


def _dotted(number: str) -> str:
    if _AMOUNT.fullmatch(number):
        return number
    places = [at for at, letter in enumerate(number) if letter.isdigit()]
    hidden = set(places[_SHOWN_AHEAD:-_SHOWN_BEHIND])
    return "".join(_DOT if at in hidden else letter for at, letter in enumerate(number))
