"""Finds personal numbers in a text: telephones, identity cards, bank accounts.

Digit groups are read from left to right. At each group dates, times and amounts are tried first, then
telephone numbers by prefix, then any other long number. Each attempt reads a bounded number of groups,
so the running time is linear in the length of the text.
"""

import re
from collections.abc import Iterator

from handlers.recognition import addresses
from handlers.recognition.digit_groups import MASK, Chain, as_digits, chains
from handlers.recognition.linked_numbers import spans_in_link
from handlers.recognition.number_words import (
    has_unit_behind,
    is_named_account,
    is_named_phone,
    is_right_behind_account,
)
from handlers.recognition.plain_numbers import (
    amount,
    date_or_time,
    hotline,
    is_list,
    is_surely_moment,
    plain_date,
)

_DIGITS_MIN = 9
"""A shorter number is not personal, unless the words before it name an account."""
_NAMED_DIGITS_MIN = 6
_DIGITS_MAX = 24
"""Maximum length of a personal number."""
_LINK = "\0"
"""Replaces every character of a link while the text around it is read."""
_JOINING_GAP = re.compile(
    r"|[^\s/\\:;|]|\s|\s?[‐‑‒–—―−-]\s?|[\s.‐‑‒–—―−-]?[()\[\]]{1,2}[\s.‐‑‒–—―−-]?"
)
"""Allowed between the groups of a number without a telephone prefix."""
_MOBILE = r"(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9\d)\d{7}"
_SUBSCRIBER = rf"(?:{_MOBILE}|1[2689]\d{{8}}|2\d{{9}})"
"""Mobile numbers, the eleven-digit ones used until 2018, and landline numbers, without the leading 0."""
_PHONE = re.compile(rf"0{_SUBSCRIBER}|(?:00)?840?{_SUBSCRIBER}")
_WITHOUT_NOUGHT = re.compile(_MOBILE)
_ABROAD_IN_THOUSANDS = re.compile(rf"84{_MOBILE}")
_SHORTEST_PHONE, _LONGEST_PHONE = 9, 15
_MASKED = re.compile(rf"\d{{2}}{MASK}+\d{{2}}")
_MASKED_SO_FAR = re.compile(rf"\d{{1,2}}|\d{{2}}{MASK}+\d{{0,2}}")
_CITIZEN = re.compile(r"0\d{11}")
"""A citizen's identity number starts with the code of a province, 001 to 096."""


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each personal number, those in links included."""
    words, linked, end = [], [], 0
    for start, stop in addresses.spans(text):
        linked += [(start + a, start + b) for a, b in spans_in_link(text[start:stop])]
        words += [text[end:start], _LINK * (stop - start)]
        end = stop
    without_links = "".join([*words, text[end:]])
    in_words = (span for chain in chains(as_digits(without_links)) for span in _in_chain(chain))
    yield from sorted([*linked, *in_words])


def _in_chain(chain: Chain) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(chain):
        stop, personal = _read(chain, at)
        if personal:
            yield chain.start(at), chain.end(stop)
        at = stop


def _read(chain: Chain, at: int) -> tuple[int, bool]:
    """The end of the number that starts at this group, and whether it is personal."""
    if stop := _masked_end(chain, at):
        return stop, True
    account = is_named_account(chain.text, chain.start(at))
    if stop := _plain_end(chain, at, account=account):
        return stop, False
    if not account and (stop := _phone_end(chain, at)):
        return stop, not _is_code(chain, at, stop)
    if not account and (stop := plain_date(chain, at)):
        return stop, False
    return _unprefixed_number(chain, at, account=account)


def _masked_end(chain: Chain, at: int) -> int | None:
    """The end of an already masked number that starts here."""
    digits = ""
    for place in range(at, min(at + _DIGITS_MAX, len(chain))):
        digits += chain.groups[place].digits
        if not _MASKED_SO_FAR.fullmatch(digits):
            return None
        if _MASKED.fullmatch(digits):
            return place + 1
    return None


def _plain_end(chain: Chain, at: int, *, account: bool) -> int | None:
    """The end of a date, time, amount or hotline that starts here."""
    if stop := date_or_time(chain, at):
        return None if _is_rather_phone(chain, at, stop) else stop
    if stop := amount(chain, at):
        return None if _is_rather_personal(chain, at, stop, account=account) else stop
    return None if account else hotline(chain, at)


def _is_rather_phone(chain: Chain, at: int, stop: int) -> bool:
    """Whether a date with a two-digit year is the start of a telephone: `09-12-34 56 78`."""
    short_year = stop - at == 3 and all(len(g.digits) <= 2 for g in chain.groups[at:stop])
    if not short_year or (stop < len(chain) and date_or_time(chain, stop)):
        return False
    return _phone_end(chain, at) is not None


def _is_rather_personal(chain: Chain, at: int, stop: int, *, account: bool) -> bool:
    """Whether a number with the form of an amount is personal."""
    digits = "".join(group.digits for group in chain.groups[at:stop])
    if has_unit_behind(chain.text, chain.end(stop)):
        return False
    if account:
        return len(digits) >= _DIGITS_MIN or not digits.endswith("000")
    if stop == at + 1:
        return _phone_end(chain, at) is not None
    if digits.endswith("000000") or len(digits) < _DIGITS_MIN:
        return False
    named = is_named_phone(chain.text, chain.start(at)) or chain.sign_ahead(at) == "+"
    return named or _ABROAD_IN_THOUSANDS.fullmatch(digits) is not None


def _is_code(chain: Chain, at: int, stop: int) -> bool:
    """Whether letters on both sides make it a code, as in `GD0912345678X`."""
    glued = chain.sign_ahead(at).isalpha() and chain.sign_behind(stop).isalpha()
    return glued and not is_named_phone(chain.text, chain.start(at))


def _phone_end(chain: Chain, at: int) -> int | None:
    """The end of a Vietnamese telephone number that starts here, recognised by prefix and length."""
    digits = ""
    for place in range(at, min(at + _LONGEST_PHONE, len(chain))):
        digits += chain.groups[place].digits
        if len(digits) > _LONGEST_PHONE or (place > at and is_surely_moment(chain, place)):
            return None
        if len(digits) < _SHORTEST_PHONE:
            continue
        if _PHONE.fullmatch(digits) and _is_shaped(chain, at, place):
            return place + 1
        if _WITHOUT_NOUGHT.fullmatch(digits) and is_named_phone(chain.text, chain.start(at)):
            return place + 1
    return None


def _is_shaped(chain: Chain, at: int, last: int) -> bool:
    """Whether slashes may be separators of a telephone number. Dates and document numbers have slashes,
    too; a telephone has no other separator, and groups of two digits each or none below three."""
    slashes = ["/" in chain.gap(place) for place in range(at + 1, last + 1)]
    if not any(slashes):
        return True
    sizes = {len(group.digits) for group in chain.groups[at : last + 1]}
    return all(slashes) and (min(sizes) >= 3 or sizes == {2})


def _unprefixed_number(chain: Chain, at: int, *, account: bool) -> tuple[int, bool]:
    """The end of a number without prefix that starts here, and whether it is personal."""
    stop, digits = at + 1, chain.groups[at].digits
    while stop < len(chain) and len(digits) < _DIGITS_MAX and _goes_on(chain, stop):
        digits += chain.groups[stop].digits
        stop += 1
    count = len(digits)
    if account and count < _DIGITS_MIN:
        close = is_right_behind_account(chain.text, chain.start(at))
        return stop, close and count >= _NAMED_DIGITS_MIN
    return stop, account or (count >= _DIGITS_MIN and not _is_harmless(chain, at, stop))


def _goes_on(chain: Chain, at: int) -> bool:
    """Whether this group may continue the number before it."""
    if not _JOINING_GAP.fullmatch(chain.gap(at)):
        return False
    if date_or_time(chain, at) or _phone_end(chain, at) or _masked_end(chain, at):
        return False
    return not _begins_amount(chain, at)


def _begins_amount(chain: Chain, at: int) -> bool:
    """Whether an amount with separators starts here, and does not continue an earlier one."""
    stop = amount(chain, at)
    if stop is None or stop == at + 1:
        return False
    sign = chain.gap(at + 1)
    return not sign.isspace() and sign != chain.gap(at)


def _is_harmless(chain: Chain, at: int, stop: int) -> bool:
    """Whether these groups are a list, a quantity or a code, not a personal number."""
    groups = [group.digits for group in chain.groups[at:stop]]
    if chain.sign_ahead(at) == "+":
        return False
    if chain.sign_ahead(at).isalpha() and not _CITIZEN.fullmatch(groups[0]):
        return not is_named_phone(chain.text, chain.start(at))
    if groups[0][0] != "0" and has_unit_behind(chain.text, chain.end(stop)):
        return True
    return is_list(groups)
