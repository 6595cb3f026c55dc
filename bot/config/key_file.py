"""The key file: 32 random bytes outside the database, which encrypt personal data.

The file has one key per line, the newest first; more than one only during a rotation. Lines that
begin with `log:` verify audit log entries of removed keys, and decrypt nothing.
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

from storage.database import KEY_BYTES, Vault, link_key, new_key

_OWNER_ONLY = 0o600
_LOG = "log:"


class Flaw(StrEnum):
    """Why the key cannot be used."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    OPEN = "open"
    """Other users may read the file."""
    NO_KEY = "no-key"


class KeyWrong(Exception):
    """The key cannot be used; the text says why and what to do, and never shows the key."""

    def __init__(self, flaw: Flaw, where: str, fix: str) -> None:
        super().__init__(f"{where}: {fix}")
        self.flaw = flaw
        self.where = where


@dataclass(frozen=True)
class KeySettings:
    """Where the key is: in a file, or in NIEMTIN_KEY, which takes precedence."""

    file: Path = Path("data/niemtin.key")
    value: SecretStr = field(default_factory=lambda: SecretStr(""))


@dataclass(frozen=True)
class KeyRing:
    """The club's keys, the newest first, and what verifies the log of removed keys."""

    keys: tuple[bytes, ...] = field(repr=False)
    links: tuple[bytes, ...] = field(default=(), repr=False)

    def vault(self) -> Vault:
        """A vault that encrypts with the newest key and decrypts with all."""
        return Vault(*self.keys, links=self.links)

    def with_new(self) -> "KeyRing":
        """The ring with a new key before the others."""
        return KeyRing((new_key(), *self.keys), self.links)

    def with_newest_only(self) -> "KeyRing":
        """The ring without the older keys, which are reduced to what verifies the log."""
        return KeyRing(self.keys[:1], (*map(link_key, self.keys[1:]), *self.links))

    def lines(self) -> list[str]:
        """The lines of the key file."""
        return [
            *(base64.b64encode(key).decode() for key in self.keys),
            *(_LOG + base64.b64encode(link).decode() for link in self.links),
        ]


def load(settings: KeySettings) -> KeyRing:
    """The keys from the environment or the file.

    Raises:
        KeyWrong: there is none, one is invalid, or other users may read the file.
    """
    if text := settings.value.get_secret_value():
        return decode(text.replace(",", "\n"), "NIEMTIN_KEY")
    return _read(settings.file)


def replace_file(path: Path, ring: KeyRing) -> None:
    """Replaces the file atomically.

    Raises:
        OSError: it cannot be written; the old file is unchanged.
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
    """Writes a file with a new key, readable by its owner only.

    Raises:
        FileExistsError: a file of that name exists; it is not replaced.
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
    """Parses keys in base64 or hexadecimal digits, one per line.

    Raises:
        KeyWrong: there is none, or one is neither, or not 32 bytes.
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
    raise KeyWrong(
        Flaw.NO_KEY, where, f"must be {KEY_BYTES} random bytes in base64 or hexadecimal digits"
    )


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
