"""Seals what identifies a person under a key that is not in the database (decision 14).

A sealed value is `key id (4 bytes) | nonce (12 bytes) | AES-256-GCM ciphertext and tag`. The field it
belongs to is authenticated with it, so that a value moved to another column does not open. The key id
lets an old key open what a rotation has not reached yet.
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
    """A sealed value does not open: another key, another field, or damage."""


class Vault:
    """Seals, opens and looks up; knows nothing of tables.

    The first key seals and hashes, the others only open.
    """

    def __init__(self, key: bytes, *older_keys: bytes) -> None:
        self._sealing_id = _key_id(key)
        self._ciphers = {_key_id(k): AESGCM(_derive(k, "seal")) for k in (key, *older_keys)}
        self._lookup_key = _derive(key, "lookup")
        self._chain_key = _derive(key, "audit chain")

    def __repr__(self) -> str:
        return "Vault(…)"

    def seal(self, field: str, value: str) -> bytes:
        """`value` sealed for `field`; sealing the same value twice gives different bytes."""
        nonce = os.urandom(_NONCE_BYTES)
        cipher = self._ciphers[self._sealing_id]
        return self._sealing_id + nonce + cipher.encrypt(nonce, value.encode(), field.encode())

    def open(self, field: str, sealed: bytes) -> str:
        """What was sealed for `field`.

        Raises:
            SealBroken: the value was sealed under an unknown key, for another field, or is damaged.
        """
        cipher = self._ciphers.get(sealed[:_ID_BYTES])
        nonce = sealed[_ID_BYTES : _ID_BYTES + _NONCE_BYTES]
        if cipher is None:
            raise SealBroken(field)
        try:
            return cipher.decrypt(
                nonce, sealed[_ID_BYTES + _NONCE_BYTES :], field.encode()
            ).decode()
        except (InvalidTag, ValueError) as broken:
            raise SealBroken(field) from broken

    def lookup(self, kind: str, *values: str) -> bytes:
        """A keyed hash (32 bytes) to find `values` by without keeping them."""
        return _mac(self._lookup_key, [kind, *values])

    def chain(self, previous: bytes, *values: str) -> bytes:
        """The audit log's link: a keyed hash over the entry before and this entry's values."""
        return _mac(self._chain_key, [previous.hex(), *values])


def new_key() -> bytes:
    """A fresh key for a new club."""
    return os.urandom(KEY_BYTES)


def _derive(key: bytes, use: str) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"niemtin {use}".encode()).derive(key)


def _key_id(key: bytes) -> bytes:
    return hashlib.sha256(b"niemtin key id" + key).digest()[:_ID_BYTES]


def _mac(key: bytes, values: Sequence[str]) -> bytes:
    # Lengths are part of what is hashed, so that ("ab", "c") and ("a", "bc") differ.
    framed = b"".join(len(v.encode()).to_bytes(8) + v.encode() for v in values)
    return hmac.digest(key, framed, "sha256")
