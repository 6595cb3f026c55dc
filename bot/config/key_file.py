"""The key that seals what identifies a person: 32 random bytes in a file outside the database.

The file has one key in each line, the newest first; there is more than one only while the key is being
changed. Lines that begin with `log:` prove the log's entries of keys that are gone, and open nothing.
"""

import base64
import binascii
import os
import stat
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from pydantic import SecretStr

from storage.database.vault import KEY_BYTES, Vault, link_key, new_key

_OWNER_ONLY = 0o600
_LOG = "log:"


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


@dataclass(frozen=True)
class KeyRing:
    """The club's keys, the newest first, and what proves the log of those that are gone."""

    keys: tuple[bytes, ...] = field(repr=False)
    links: tuple[bytes, ...] = field(default=(), repr=False)

    def vault(self) -> Vault:
        """A vault that seals with the newest."""
        return Vault(*self.keys, links=self.links)

    def with_new(self) -> "KeyRing":
        """The same with a fresh key before the others."""
        return KeyRing((new_key(), *self.keys), self.links)

    def with_newest_only(self) -> "KeyRing":
        """Without the older keys, but for what proves the log."""
        return KeyRing(self.keys[:1], (*map(link_key, self.keys[1:]), *self.links))

    def lines(self) -> list[str]:
        """As it is written down."""
        return [
            *(base64.b64encode(key).decode() for key in self.keys),
            *(_LOG + base64.b64encode(link).decode() for link in self.links),
        ]


def load(settings: KeySettings) -> KeyRing:
    """The club's key, and the older ones while it is being changed.

    Raises:
        KeyWrong: there is none, it is no key, or others than its owner may read it.
    """
    if text := settings.value.get_secret_value():
        return decode(text.replace(",", "\n"), "NIEMTIN_KEY")
    return _read(settings.file)


def replace_file(path: Path, ring: KeyRing) -> None:
    """Writes another ring in the place of the one that is there: all of it or nothing.

    Raises:
        OSError: it cannot be written; what was there is there still.
    """
    beside = path.with_name(f".{path.name}.new")
    beside.unlink(missing_ok=True)
    _write(beside, ring)
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def create(path: Path) -> None:
    """Writes a fresh key that only its owner can read; one that is there is never replaced.

    Raises:
        FileExistsError: a file of that name is there.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write(path, KeyRing((new_key(),)))


def _write(path: Path, ring: KeyRing) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    with os.fdopen(descriptor, "wb") as file:
        file.writelines(line.encode() + b"\n" for line in ring.lines())
        file.flush()
        os.fsync(file.fileno())


def decode(text: str, where: str) -> KeyRing:
    """Keys written as base64 or hexadecimal digits, one in each line.

    Raises:
        KeyWrong: one is neither, or not 32 bytes; or there is none.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    keys = tuple(_decoded(line, where) for line in lines if not line.startswith(_LOG))
    links = (line.removeprefix(_LOG) for line in lines if line.startswith(_LOG))
    return KeyRing(keys or (_decoded("", where),), tuple(_decoded(link, where) for link in links))


def _decoded(text: str, where: str) -> bytes:
    for read in (bytes.fromhex, _from_base64):
        with suppress(ValueError, binascii.Error):
            if len(key := read(text)) == KEY_BYTES:
                return key
    fix = f"must be {KEY_BYTES} random bytes in base64 or hexadecimal digits"
    raise KeyWrong(Flaw.NO_KEY, where, fix)


def _from_base64(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def _read(path: Path) -> KeyRing:
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
