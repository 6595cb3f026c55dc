"""Recognises numbers without personal data: dates, times, amounts and hotlines.

Each function gets a chain and a group index, and reads a bounded number of groups from there. It
returns the index after the last group of the number, or None if no such number starts there.
"""

import re
from collections.abc import Sequence

from handlers.recognition.digit_groups import Chain
from handlers.recognition.number_words import has_unit_behind, is_named_amount

_DAY = re.compile(r"0?[1-9]|[12]\d|3[01]")
_MONTH = re.compile(r"0?[1-9]|1[0-2]")
_YEAR = re.compile(r"(?:1[5-9]|20|21)\d\d")
_SHORT_YEAR = re.compile(r"\d\d")
_COMPACT = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_ORDERS = ((_DAY, _MONTH, _YEAR), (_YEAR, _MONTH, _DAY), (_DAY, _MONTH, _SHORT_YEAR))
_NEAR_YEAR = re.compile(r"(?:19|20|21)\d\d")
_PAIRS = ((_MONTH, _YEAR), (_NEAR_YEAR, _NEAR_YEAR))
_DATE_SIGNS = frozenset("/.-‐‑‒–—―−⁄")
_HOUR = re.compile(r"[01]?\d|2[0-4]")
_SIXTIETHS = re.compile(r"[0-5]\d")
_THOUSANDS = frozenset(".,'’ \u00a0\u2009\u202f")
_SPACES = frozenset(" \u00a0\u2009\u202f")
_MOST_THOUSANDS = 6
_SHORTEST_LONG_AMOUNT = 9
_HOTLINE = re.compile(r"1[89]00(?:\d{4}|\d{6})")
_SHORT_HOTLINES = {"111", "112", "113", "114", "115", "1022", "1800", "1900"}
_LONGEST_HOTLINE = 10


def date_or_time(chain: Chain, at: int) -> int | None:
    """The end of a time, or of a date with separators, that starts here."""
    return _time(chain, at) or _date(chain, at)


def is_surely_moment(chain: Chain, at: int) -> bool:
    """Whether a time or a date with a four-digit year starts here, which no telephone number contains."""
    if at not in chain.moments:
        chain.moments[at] = _is_surely_moment(chain, at)
    return chain.moments[at]


def _is_surely_moment(chain: Chain, at: int) -> bool:
    if any(sign.isspace() for sign in chain.gap(at)) and _time(chain, at):
        return True
    stop = _date(chain, at)
    years = (group for group in chain.groups[at:stop] if len(group.digits) == 4)
    return stop == at + 3 and any(years)


def plain_date(chain: Chain, at: int) -> int | None:
    """The end of a date that is separated by spaces only: `15 03 2026`."""
    if any(chain.gap(place) not in _SPACES for place in range(at + 1, min(at + 3, len(chain)))):
        return None
    return next((at + 3 for order in _ORDERS[:2] if _reads(chain, at, order)), None)


def amount(chain: Chain, at: int) -> int | None:
    """The end of an amount that starts here: `1.500.000`, `500 000 000 đồng`, `1500000`."""
    first = chain.groups[at].digits
    if not first.isdecimal() or first[0] == "0":
        return None
    if len(first) > 3:
        return _amount_in_one(chain, at)
    return _amount_in_thousands(chain, at)


def hotline(chain: Chain, at: int) -> int | None:
    """The end of a number with the prefix 1800 or 1900, which belongs to a company or an authority."""
    digits = ""
    for place in range(at, min(at + 4, len(chain))):
        if place > at and len(chain.gap(place)) > 1:
            return None
        digits += chain.groups[place].digits
        if _HOTLINE.fullmatch(digits):
            return place + 1
        if len(digits) >= _LONGEST_HOTLINE:
            return None
    return None


def is_list(groups: Sequence[str]) -> bool:
    """Whether these groups are a list of days, years, rounded figures or hotlines."""
    if len(groups) < 2:
        return False
    return all(map(_is_listed, groups)) or all(
        len(digits) <= 4 and digits[-1] == "0" and digits[0] != "0" for digits in groups
    )


def _is_listed(digits: str) -> bool:
    return len(digits) <= 2 or digits in _SHORT_HOTLINES or bool(_YEAR.fullmatch(digits))


def _time(chain: Chain, at: int) -> int | None:
    if not _reads(chain, at, (_HOUR, _SIXTIETHS)) or chain.gap(at + 1) != ":":
        return None
    if at + 2 == len(chain) or chain.gap(at + 2) != ":":
        return at + 2
    return at + 3 if _SIXTIETHS.fullmatch(chain.groups[at + 2].digits) else None


def _date(chain: Chain, at: int) -> int | None:
    if _COMPACT.fullmatch(chain.groups[at].digits):
        return at + 1
    stop = _date_end(chain, at)
    if stop is None or stop == len(chain):
        return stop
    following = chain.gap(stop)
    goes_on = not following.isspace() and following == chain.gap(at + 1)
    return None if goes_on and not (_date_end(chain, stop) or _time(chain, stop)) else stop


def _date_end(chain: Chain, at: int) -> int | None:
    """The end of groups with the form of a date, whatever follows them."""
    for order in _ORDERS:
        if _reads(chain, at, order) and _sign(chain, at + 1) == _sign(chain, at + 2) != "":
            return at + 3
    for pair in _PAIRS:
        if _reads(chain, at, pair) and _sign(chain, at + 1):
            return at + 2
    if _reads(chain, at, (_DAY, _MONTH)) and _sign(chain, at + 1) == "/":
        return at + 2
    return None


def _sign(chain: Chain, at: int) -> str:
    sign = chain.gap(at).strip()
    return sign if sign in _DATE_SIGNS else ""


def _reads(chain: Chain, at: int, order: Sequence[re.Pattern[str]]) -> bool:
    groups = chain.groups[at : at + len(order)]
    pairs = zip(order, groups, strict=False)
    return len(groups) == len(order) and all(part.fullmatch(g.digits) for part, g in pairs)


def _amount_in_one(chain: Chain, at: int) -> int | None:
    digits = chain.groups[at].digits
    short = len(digits) < _SHORTEST_LONG_AMOUNT and digits.endswith("000")
    sure = short or digits.endswith("000000") or has_unit_behind(chain.text, chain.end(at + 1))
    return at + 1 if sure else None


def _amount_in_thousands(chain: Chain, at: int) -> int | None:
    if at + 1 == len(chain) or (sign := chain.gap(at + 1)) not in _THOUSANDS:
        return None
    stop = at + 1
    while stop < min(len(chain), at + 1 + _MOST_THOUSANDS) and _is_thousand(chain, stop, sign):
        stop += 1
    if stop == at + 1:
        return None
    if sign in _SPACES:
        return stop if _is_surely_amount(chain, at, stop) else None
    if stop < len(chain) and chain.gap(stop) == sign:
        return None
    return stop + 1 if _is_fraction(chain, stop, sign) else stop


def _is_thousand(chain: Chain, at: int, sign: str) -> bool:
    digits = chain.groups[at].digits
    return chain.gap(at) == sign and len(digits) == 3 and digits.isdecimal()


def _is_fraction(chain: Chain, at: int, sign: str) -> bool:
    """Whether a decimal fraction follows, as `,50` after `1.500.000`."""
    if at == len(chain) or chain.gap(at) not in {".", ","} - {sign}:
        return False
    return len(chain.groups[at].digits) <= 2


def _is_surely_amount(chain: Chain, at: int, stop: int) -> bool:
    """Whether groups of three with spaces are an amount; telephones and accounts are also written so."""
    if chain.groups[stop - 1].digits == "000" or has_unit_behind(chain.text, chain.end(stop)):
        return True
    rounded = all(group.digits[-1] == "0" for group in chain.groups[at:stop])
    return rounded or is_named_amount(chain.text, chain.start(at))
