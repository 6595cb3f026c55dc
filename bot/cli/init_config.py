"""`init`: writes `config.toml` and the key of a new club; existing files are not replaced."""

import json
import os
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.config import key_file
from handlers.recognition.plain_text import plain

_NAME = "config.example.toml"
_OWNER_ONLY = 0o600
_AREA_ID_LENGTH = 20


class AlreadyThere(Exception):
    """A file that `init` would write exists."""


class NoExample(Exception):
    """The example configuration is not installed."""


@dataclass(frozen=True)
class Answers:
    """The answers of a new club."""

    name: str
    operator: str
    contact: str
    issuers: Sequence[str]
    areas: Sequence[str]
    timezone: str = "Asia/Ho_Chi_Minh"
    token: str = field(default="", repr=False)


def example() -> Path:
    """The text of the commented configuration.

    Raises:
        NoExample: it is neither beside the program nor where an installation puts it.
    """
    for path in (
        Path(__file__).resolve().parents[2] / _NAME,
        Path(sys.prefix) / "share" / "niemtin" / _NAME,
    ):
        if path.is_file():
            return path
    raise NoExample


def write(config: Path, answers: Answers) -> Path:
    """Writes the configuration, readable by its owner only, and the key; returns the key's path.

    Raises:
        AlreadyThere: one of the two exists; nothing was written.
    """
    key = must_be_free(config)
    text = _filled_in(example().read_text("utf-8"), answers)
    descriptor = os.open(config, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    key_file.create(key)
    return key


def must_be_free(config: Path) -> Path:
    """Checks that neither file exists; returns the path of the key.

    Raises:
        AlreadyThere: one of the two exists.
    """
    key = config.parent / key_file.KeySettings().file
    for path in (config, key):
        if path.exists():
            raise AlreadyThere(f"{path} is there already; `init` replaces nothing.")
    return key


def _filled_in(text: str, answers: Answers) -> str:
    for key in ("name", "operator", "contact", "timezone"):
        text = _put(text, rf"^{key} = .*$", f"{key} = {_quoted(getattr(answers, key))}")
    text = _put(
        text, r"^issuers = \[[^\]]*^\]$", f"issuers = {_list(map(_quoted, answers.issuers))}"
    )
    text = _put(text, r"^areas = \[[^\]]*^\]$", f"areas = {_list(_areas(answers.areas))}")
    if answers.token:
        text = _put(text, r"^#token = .*$", f"token = {_quoted(answers.token)}")
    return text


def _put(text: str, pattern: str, line: str) -> str:
    return re.sub(pattern, lambda _: line, text, count=1, flags=re.MULTILINE)


def _list(items: Iterable[str]) -> str:
    lines = "".join(f"  {item},\n" for item in items)
    return f"[\n{lines}]" if lines else "[]"


def _areas(names: Sequence[str]) -> list[str]:
    ids: list[str] = []
    for name in names:
        ids.append(_free(_area_id(name), ids))
    return [
        f"{{ id = {_quoted(i)}, name = {_quoted(n)} }}" for i, n in zip(ids, names, strict=True)
    ]


def _area_id(name: str) -> str:
    """Derives an id from a name: `Xã Sông Ngọc` → `xa-song-ngoc`."""
    return re.sub(r"[^a-z0-9]+", "-", plain(name)).strip("-")[:_AREA_ID_LENGTH].strip("-")


def _free(wanted: str, taken: Sequence[str]) -> str:
    numbered = (f"{wanted[: _AREA_ID_LENGTH - 3] or 'area'}-{n}" for n in range(2, 99))
    return next(one for one in (wanted, *numbered) if one and one not in taken)


def _quoted(text: str) -> str:
    """Encodes a TOML string with JSON, whose escapes TOML supports."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
