"""Citations in code and documents, and those among them that lead nowhere.

A citation is a decision's file (docs/decisions/….md), a refusal's name, a link of a document, or the
name of a module, test or document in backticks.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.support.paths import PROJECT

CODE = ("bot", "handlers", "scheduler", "storage", "tests")
DOCUMENTS = ("SECURITY.md", "CONTRIBUTING.md", "PRIVACY.md", "README*.md", "docs/*.md")
NOT_WRITTEN_YET = ("bot/viber",)
"""The example of docs/new-messenger.md."""

_ENDINGS = ("py", "md", "toml", "ftl", "yaml", "yml", "js", "css", "html", "txt", "service")
_NUMBERED = re.compile(r"\b(?:decision|refusal|habit)s? \d+")
_DECISION = re.compile(r"docs/decisions/[\w.-]+\.md")
_REFUSAL = re.compile(r"\brefusal: ([a-z]+(?:-[a-z]+)+)", re.IGNORECASE)
_LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)(?:#[^)]*)?\)")
_QUOTED = re.compile(r"``?([^`\n]+)``?")
_UNQUOTED = re.compile(r"(?<![\w./:-])\w[\w/]*\.(?:py|md)\b")
_PATH = re.compile(rf"[\w./-]+\.(?:{'|'.join(_ENDINGS)})|[\w.-]+(?:/[\w.-]+)+/?")
_MODULE = re.compile(rf"(?:{'|'.join(CODE)})(?:\.\w+)+")


def sources() -> list[Path]:
    """Every module of ours."""
    return [path for folder in CODE for path in sorted((PROJECT / folder).rglob("*.py"))]


def documents() -> list[Path]:
    """Documents of the project, without decisions."""
    return [path for pattern in DOCUMENTS for path in sorted(PROJECT.glob(pattern))]


def decisions() -> list[Path]:
    """Decision records and their list."""
    return sorted((PROJECT / "docs/decisions").glob("*.md"))


def docstrings(source: str) -> Iterator[str]:
    """The strings of a module that stand for themselves: docstrings, also of attributes."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            text = node.value.value
            if isinstance(text, str):
                yield text


def numbered(text: str) -> list[str]:
    """Citations by a number, which mean nothing within this project."""
    return _NUMBERED.findall(text)


def lost_decisions(text: str) -> list[str]:
    """Cited decisions without a file."""
    return [name for name in _DECISION.findall(text) if not (PROJECT / name).is_file()]


def lost_refusals(text: str) -> list[str]:
    """Cited refusals without a heading in docs/design.md."""
    return [name for name in _REFUSAL.findall(text) if name not in refusals()]


def lost_links(text: str, folder: Path) -> list[str]:
    """Relative links of a document in `folder` that lead to no file."""
    return [name for name in _LINK.findall(text) if not (folder / name).exists()]


def lost_names(text: str) -> list[str]:
    """Paths and modules that do not exist: all in backticks, and modules and documents without.

    A bare file name may be anywhere in the project.
    """
    names = [one.strip() for one in (*_QUOTED.findall(text), *_UNQUOTED.findall(text))]
    return [name for name in dict.fromkeys(names) if _leads_nowhere(name)]


def _leads_nowhere(name: str) -> bool:
    if name.startswith(NOT_WRITTEN_YET):
        return False
    if _MODULE.fullmatch(name) and not name.endswith(tuple(f".{one}" for one in _ENDINGS)):
        return not _is_module(name)
    if not _PATH.fullmatch(name):
        return False
    first, slash, _ = name.partition("/")
    if not slash:
        return name not in _file_names()
    if first in (*CODE, "docs", "deploy"):
        return not (PROJECT / name).exists()
    return name.endswith(".py") and not any(path.endswith(f"/{name}") for path in _paths())


def _is_module(name: str) -> bool:
    """Whether a dotted name is a module, or stands in the longest part of it that is one."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        path = PROJECT.joinpath(*parts[:length])
        module = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        if length == len(parts) and (path.is_dir() or module.is_file()):
            return True
        if module.is_file():
            siblings = path.glob("*.py") if path.is_dir() else [module]
            words = "".join(one.read_text("utf-8") for one in siblings)
            return all(re.search(rf"\b{part}\b", words) for part in parts[length:])
    return False


@cache
def refusals() -> frozenset[str]:
    """The names that docs/design.md gives the refusals."""
    text = (PROJECT / "docs/design.md").read_text("utf-8")
    return frozenset(re.findall(r"^### `([\w-]+)`$", text, re.MULTILINE))


@cache
def _paths() -> frozenset[str]:
    """All files of the project that somebody wrote, from its root."""
    roots = [PROJECT / name for name in (*CODE, "docs", "deploy")]
    nested = [path for root in roots for path in root.rglob("*") if path.is_file()]
    return frozenset(str(path.relative_to(PROJECT)) for path in (*nested, *PROJECT.glob("*.*")))


@cache
def _file_names() -> frozenset[str]:
    return frozenset(Path(path).name for path in _paths()) | _MADE_ELSEWHERE


_MADE_ELSEWHERE = frozenset({"config.toml"})
"""Files that the bot writes at run time."""
