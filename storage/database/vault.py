"""Seals what identifies a person under a key that is not in the database.

See docs/decisions/0027-key-outside-the-database.md.

A sealed value is `key id (4 bytes) | nonce (12 bytes) | AES-256-GCM ciphertext and tag`. The field it
belongs to and what identifies its row are authenticated with it, so that a value moved to another column
or row does not open (`storage.database.sealing`). The key id lets an old key open what a rotation has not reached
yet.
"""

import hashlib
import hmac
import os
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
_ID_BYTES = 4
_NONCE_BYTES = 12


class SealBroken(Exception):
    """A sealed value does not open: another key, another field or row, or damage."""


Part = int | str | bytes
"""One value of what identifies a row."""


class Vault:
    """Encrypts (seals), decrypts (opens) and hashes values; knows nothing of tables.

    The first key seals and hashes. Older keys only open and find values that a rotation has not
    reached.
    """

    def __init__(self, key: bytes, *older_keys: bytes, links: Sequence[bytes] = ()) -> None:
        self.hold(key, *older_keys, links=links)

    def __repr__(self) -> str:
        return "Vault(…)"

    def hold(self, key: bytes, *older_keys: bytes, links: Sequence[bytes] = ()) -> None:
        """Replaces the keys; the newest is first.

        `links` are the `link_key`s of keys that are gone: they prove old entries of the log, and
        open nothing.
        """
        keys = (key, *older_keys)
        self._sealing_id = _key_id(key)
        self._ciphers = {_key_id(k): AESGCM(_derive(k, "seal")) for k in keys}
        self._lookup_keys = {_key_id(k): _derive(k, "lookup") for k in keys}
        self._link_keys = (*map(link_key, keys), *links)

    @property
    def is_rotating(self) -> bool:
        """Whether there is an older key, which values may be sealed with."""
        return len(self._ciphers) > 1

    @property
    def sealing_id(self) -> bytes:
        """The key id that every value sealed now begins with."""
        return self._sealing_id

    def knows(self, sealed: bytes) -> bool:
        """Whether the key that sealed this value is known."""
        return sealed[:_ID_BYTES] in self._ciphers

    def seal(self, field: str, value: str, row: Part, *more: Part) -> bytes:
        """`value` sealed for `field` of one row; sealing it twice gives different bytes."""
        nonce = os.urandom(_NONCE_BYTES)
        cipher = self._ciphers[self._sealing_id]
        return (
            self._sealing_id
            + nonce
            + cipher.encrypt(nonce, value.encode(), _place(field, row, *more))
        )

    def open(self, field: str, sealed: bytes, row: Part, *more: Part) -> str:
        """The value that was sealed for `field` of this row.

        Raises:
            SealBroken: the value was sealed under an unknown key, for another field or row, or is
                damaged.
        """
        cipher = self._ciphers.get(sealed[:_ID_BYTES])
        nonce = sealed[_ID_BYTES : _ID_BYTES + _NONCE_BYTES]
        if cipher is None:
            raise SealBroken(field)
        try:
            return cipher.decrypt(
                nonce, sealed[_ID_BYTES + _NONCE_BYTES :], _place(field, row, *more)
            ).decode()
        except (InvalidTag, TypeError, ValueError) as broken:
            raise SealBroken(field) from broken

    def lookup(self, kind: str, *values: str) -> bytes:
        """A keyed hash (32 bytes), by which `values` can be found without being stored."""
        return _mac(self._lookup_keys[self._sealing_id], [kind, *values])

    def lookups(self, kind: str, *values: str) -> tuple[bytes, ...]:
        """The keyed hash under every key, the newest first: one of them is the stored one."""
        return tuple(_mac(key, [kind, *values]) for key in self._lookup_keys.values())

    def lookup_beside(self, sealed: bytes, kind: str, *values: str) -> bytes:
        """The keyed hash under the key that sealed `sealed`.

        Raises:
            SealBroken: that key is unknown.
        """
        key = self._lookup_keys.get(sealed[:_ID_BYTES])
        if key is None:
            raise SealBroken(kind)
        return _mac(key, [kind, *values])

    def chain(self, previous: bytes, *values: str) -> tuple[bytes, ...]:
        """The audit log's link: a keyed hash over the entry before and this entry's values.

        One for every key there has been, the newest first.
        """
        return tuple(_mac(key, [previous.hex(), *values]) for key in self._link_keys)


def new_key() -> bytes:
    """A fresh key for a new club."""
    return os.urandom(KEY_BYTES)


def link_key(key: bytes) -> bytes:
    """What proves the entries of the log that were made under `key`, and does nothing else."""
    return _derive(key, "audit chain")


def _derive(key: bytes, use: str) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"niemtin {use}".encode()).derive(key)


def _key_id(key: bytes) -> bytes:
    return hashlib.sha256(b"niemtin key id" + key).digest()[:_ID_BYTES]


def _mac(key: bytes, values: Sequence[str]) -> bytes:
    return hmac.digest(key, _framed([value.encode() for value in values]), "sha256")


def _place(field: str, *row: Part) -> bytes:
    """The associated data of a value: its field and its row. None is refused as part of a row."""
    return _framed([field.encode(), *map(_part, row)])


def _part(value: Part) -> bytes:
    match value:
        case int():
            return b"number" + str(value).encode()
        case str():
            return b"text" + value.encode()
        case bytes():
            return b"bytes" + value
    raise TypeError(f"a row is not identified by a {type(value).__name__}")


def _framed(values: Sequence[bytes]) -> bytes:
    # Each value has its length before it, so that ("ab", "c") and ("a", "bc") differ.
    return b"".join([len(value).to_bytes(8) + value for value in values])
