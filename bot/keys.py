"""The key that seals what identifies a person: 32 random bytes in a file outside the database."""

import base64
import binascii
import os
import stat
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from pydantic import SecretStr

from storage.vault import KEY_BYTES, new_key

_OWNER_ONLY = 0o600


class Flaw(StrEnum):
    MISSING = "missing"
    UNREADABLE = "unreadable"
    OPEN = "open"
    """Others than its owner may read it."""
    NO_KEY = "no-key"


class KeyWrong(Exception):
    """The key cannot be used; the text says why and what to do, and never shows the key."""

    def __init__(self, flaw: Flaw, where: str, fix: str) -> None:
        super().__init__(f"{where}: {fix}")
        self.flaw = flaw
        self.where = where


@dataclass(frozen=True)
class KeySettings:
    """Where the key is: in a file, or in NIEMTIN_KEY, which wins."""

    file: Path = Path("data/niemtin.key")
    value: SecretStr = field(default_factory=lambda: SecretStr(""))


def load(settings: KeySettings) -> bytes:
    """The club's key.

    Raises:
        KeyWrong: there is none, it is no key, or others than its owner may read it.
    """
    if text := settings.value.get_secret_value():
        return decode(text, "NIEMTIN_KEY")
    return _read(settings.file)


def create(path: Path) -> None:
    """Writes a fresh key that only its owner can read; one that is there is never replaced.

    Raises:
        FileExistsError: a file of that name is there.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    with os.fdopen(descriptor, "wb") as file:
        file.write(base64.b64encode(new_key()) + b"\n")
        file.flush()
        os.fsync(file.fileno())


def decode(text: str, where: str) -> bytes:
    """The key written as base64 or hexadecimal digits.

    Raises:
        KeyWrong: it is neither, or not 32 bytes.
    """
    text = text.strip()
    for read in (bytes.fromhex, _from_base64):
        with suppress(ValueError, binascii.Error):
            if len(key := read(text)) == KEY_BYTES:
                return key
    fix = f"must be {KEY_BYTES} random bytes in base64 or hexadecimal digits"
    raise KeyWrong(Flaw.NO_KEY, where, fix)


def _from_base64(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def _read(path: Path) -> bytes:
    try:
        mode = path.stat().st_mode
        text = path.read_text("ascii")
    except FileNotFoundError:
        fix = "`niemtin init` makes one; for a club that exists, bring back its own key"
        raise KeyWrong(Flaw.MISSING, str(path), f"there is no key file; {fix}") from None
    except UnicodeDecodeError:
        raise KeyWrong(Flaw.NO_KEY, str(path), "this is not a key file") from None
    except OSError as error:
        fix = f"the key file cannot be read ({type(error).__name__})"
        raise KeyWrong(Flaw.UNREADABLE, str(path), fix) from None
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        fix = f"others on this machine can read the key; run: chmod 600 {path}"
        raise KeyWrong(Flaw.OPEN, str(path), fix)
    return decode(text, str(path))
