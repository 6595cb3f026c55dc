"""Numbers and codes that nobody can guess, passed in so that tests can choose them."""

import secrets
from typing import Protocol

# No 0/O, 1/I/L, U/V: a code is read aloud over the phone and typed on a small keyboard.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"
_POSITIVE_63_BITS = (1 << 63) - 1


class Ids(Protocol):
    """A source of numbers and codes."""

    def number(self) -> int:
        """A random number from 1 to 2**63 - 1."""

    def code(self, length: int) -> str:
        """`length` random letters of `ALPHABET`."""


class RandomIds:
    """The operating system's randomness."""

    def number(self) -> int:
        return secrets.randbelow(_POSITIVE_63_BITS) + 1

    def code(self, length: int) -> str:
        return "".join(secrets.choice(ALPHABET) for _ in range(length))
