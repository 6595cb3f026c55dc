"""Redaction of personal numbers: telephone, identity card, bank account.

Only in fraud is a number kept, since it is the evidence there (`as_kept`).
"""

from handlers.recognition.digit_groups import MASK, as_digits
from handlers.recognition.personal_numbers import spans

_SHOWN_AHEAD, _SHOWN_BEHIND = 2, 2


def mask(text: str) -> str:
    """The text with every personal number redacted but for its first and last two digits.

    Idempotent: a redacted number is recognised and stays as it is.
    """
    digits = as_digits(text)
    parts, end = [], 0
    for start, stop in spans(text):
        parts += [text[end:start], _dotted(text[start:stop], digits[start:stop])]
        end = stop
    return "".join([*parts, text[end:]])


def _dotted(number: str, digits: str) -> str:
    places = [at for at, sign in enumerate(digits) if sign == MASK or sign.isdecimal()]
    hidden = set(places[_SHOWN_AHEAD:-_SHOWN_BEHIND])
    return "".join(MASK if at in hidden else sign for at, sign in enumerate(number))
