"""Short links to files: each is a row, found by a number and a code that only the club's key makes.

A link is the same for everybody who is sent the file, and that it was opened is recorded nowhere.
"""

from base64 import b32encode
from datetime import datetime
from hmac import compare_digest

from sqlmodel import col, delete, select

from storage.database import Tx, id_of, sealing
from storage.models import FileLink

_FIELD = "filelink.target"
_KIND = "file link"
_CODE_BYTES = 10
"""80 bits, 16 letters: guessing one within a week would take more than 10^17 requests a second."""
_DIGITS_MAX = 9


class NoSuchLink(ValueError):
    """A name that was guessed, or damaged on the way."""


async def make(tx: Tx, target: str, until: datetime) -> str:
    """Stores what a link leads to until then; returns the name that the link ends in."""
    row = FileLink(expires_at=until)
    await sealing.add(tx, row, target=target)
    number = str(id_of(row))
    return f"{number}.{_code(tx.vault.lookup(_KIND, number))}"


async def target(tx: Tx, name: str) -> str | None:
    """What the link of this name leads to; None once it has expired.

    Raises:
        NoSuchLink: the club never made a link of this name.
        SealBroken: what it leads to stands under a key that is not here.
    """
    number, _, code = name.partition(".")
    if not (number.isascii() and number.isdecimal() and len(number) <= _DIGITS_MAX):
        raise NoSuchLink
    codes = (_code(one) for one in tx.vault.lookups(_KIND, number))
    if not any(compare_digest(one.encode(), code.encode()) for one in codes):
        raise NoSuchLink
    row = await tx.first(
        select(FileLink).where(FileLink.id == int(number), FileLink.expires_at > tx.clock.now())
    )
    return sealing.opened(tx, _FIELD, row.target_sealed, row) if row else None


def _code(keyed_hash: bytes) -> str:
    return b32encode(keyed_hash[:_CODE_BYTES]).decode().lower()


async def purge(tx: Tx, before: datetime) -> int:
    """Deletes links that expire until `before`; returns how many."""
    return await tx.count_changed(delete(FileLink).where(col(FileLink.expires_at) <= before))
