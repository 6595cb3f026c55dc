"""Tells whether any sealed name has changed, without opening one.

Every sealing has a random nonce (`storage.database.vault`), so eight bytes of it are the mark of one
name as it is stored now. One statement gives a digest of all marks; it differs once a name was added,
changed or erased, by whichever process.
"""

import hashlib
from dataclasses import dataclass

from sqlalchemy import LargeBinary, func, literal
from sqlmodel import col, select

from storage.database import Tx
from storage.models import Member

_BEGIN, MARK_BYTES = 4, 8
"""Where the nonce begins behind the key id, and how much of it is the mark."""


def mark_of(sealed: bytes) -> bytes:
    """The mark of a sealed name."""
    return sealed[_BEGIN : _BEGIN + MARK_BYTES]


def digest_of(marks: bytes | bytearray) -> bytes:
    """The digest of these marks, one behind the other in the order of the members' ids."""
    return hashlib.sha256(marks).digest()


@dataclass(frozen=True)
class StoredMarks:
    """The marks of all names in the database."""

    count: int
    digest: bytes


async def stored_marks(tx: Tx) -> StoredMarks:
    """How many names there are, and the digest of their marks."""
    mark = func.substr(Member.name_sealed, _BEGIN + 1, MARK_BYTES, type_=LargeBinary)
    rows = (
        select((mark if tx.on_postgresql else func.hex(mark)).label("mark"))
        .where(col(Member.name_sealed).is_not(None))
        .order_by(col(Member.id))
        .subquery()
    )
    if tx.on_postgresql:
        joined = func.string_agg(rows.c.mark, literal(b"", LargeBinary), type_=LargeBinary)
        digest = func.sha256(joined, type_=LargeBinary)
        count, found = await tx.one(select(func.count(), digest).select_from(rows))
        return StoredMarks(count, found or digest_of(b""))
    # SQLite concatenates texts only, and has no hash function.
    joined_text = await tx.one(select(func.group_concat(rows.c.mark, "")).select_from(rows))
    marks = bytes.fromhex(joined_text or "")
    return StoredMarks(len(marks) // MARK_BYTES, digest_of(marks))
