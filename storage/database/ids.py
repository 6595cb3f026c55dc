"""Unguessable ids and codes; injected, so that tests can choose them."""

import secrets
import unicodedata
from typing import Protocol

# A code is read aloud over the phone and typed on a small keyboard that is set to Vietnamese. No
# look-alikes: 0/O/D, 1/I/L, U/V, and of S/5, B/8, Z/2, G/6 only the digit. No A, E, Y, W and D: from
# "AS", "EE" or "DD" a Vietnamese keyboard makes "Á", "Ê", "Đ".
ALPHABET = "23456789CFHJKMNPQRTX"
_LOOK_ALIKES = str.maketrans("SBZG0OD1IL", "5826QQQ7JJ")
"""Characters that no code has, to the one that each is mistaken for."""
_POSITIVE_63_BITS = (1 << 63) - 1


class Ids(Protocol):
    """A source of numbers and codes."""

    def number(self) -> int:
        """A random number from 1 to 2**63 - 1."""

    def code(self, length: int) -> str:
        """`length` random letters of `ALPHABET`."""


class StoredRow(Protocol):
    """A row whose primary key the database assigns."""

    @property
    def id(self) -> int | None:
        """The primary key; None before the row is flushed."""
        ...


def id_of(row: StoredRow) -> int:
    """The primary key of a row.

    Raises:
        ValueError: the row was never stored, so it has none.
    """
    if row.id is None:
        raise ValueError(f"this {type(row).__name__} has not been stored and has no id")
    return row.id


class RandomIds:
    """The operating system's randomness."""

    def number(self) -> int:
        """A random integer from 1 to 2**63 - 1."""
        return secrets.randbelow(_POSITIVE_63_BITS) + 1

    def code(self, length: int) -> str:
        """A random code of `length` characters of `ALPHABET`."""
        return "".join(secrets.choice(ALPHABET) for _ in range(length))


def as_code(typed: str) -> str:
    """Normalizes a typed code: capitals, no spaces or dashes, look-alikes as meant."""
    return "".join(
        c for c in unicodedata.normalize("NFKC", typed).upper() if c.isalnum()
    ).translate(_LOOK_ALIKES)
