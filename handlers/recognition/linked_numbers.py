"""Finds personal numbers in a link: `https://wa.me/84912345678`, `?phone=0912345678`.

The numbers of a link to a post are ignored: they are the post id.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from handlers.recognition import addresses
from handlers.recognition.digit_groups import MASK

_CONTACTS = (
    "wa.me",
    "whatsapp.com",
    "zalo.me",
    "viber.com",
    "viber.click",
    "vietqr.io",
    "vietqr.net",
)
"""Hosts whose links hold a person's telephone or account number."""
_D = rf"[\d{MASK}]"
_NUMBER = re.compile(rf"(?<![^\W_]){_D}{{9,19}}(?![^\W_])|(?<=%2[Bb]){_D}{{9,15}}(?![^\W_])")
_LONGEST_OF_CONTACT = 16
"""Longer numbers are ids of Zalo's Official Accounts."""
_PHONE = re.compile(rf"0[235789{MASK}]{_D}{{8,9}}")
_NAMED = re.compile(
    rf"(?<=[?&;])(?:phone|tel|sdt|mobile|number|acc|account|account_?(?:no|number)|acc_?no|stk|cccd|cmnd"
    rf"|so_?dien_?thoai|so_?tai_?khoan)=(?:\+|%2B|%20)?({_D}{{6,19}})(?!{_D})",
    re.IGNORECASE,
)


def spans_in_link(link: str) -> Iterator[tuple[int, int]]:
    """Start and end of each personal number in the link."""
    address = addresses.read(link)
    if address is None or address.is_post:
        return
    host = urlsplit(address.full).hostname or ""
    contact = any(host == known or host.endswith("." + known) for known in _CONTACTS)
    found = {match.span(1) for match in _NAMED.finditer(link)}
    for match in _NUMBER.finditer(link):
        if _is_personal(match, link, contact=contact):
            found.add(match.span())
    yield from sorted(found)


def _is_personal(match: re.Match[str], link: str, *, contact: bool) -> bool:
    if contact:
        return len(match[0]) < _LONGEST_OF_CONTACT
    abroad = link.endswith(("+", "%2B", "%2b"), 0, match.start())
    return abroad or _PHONE.fullmatch(match[0]) is not None
