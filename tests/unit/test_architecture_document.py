"""docs/architecture.md lists modules where they are."""

import re
from collections.abc import Iterator

from tests.support.paths import PROJECT

TEXT = (PROJECT / "docs/architecture.md").read_text("utf-8")
NAMED = re.compile(r"[a-z_0-9]+")


def listed() -> Iterator[str]:
    """Folder and name of each entry of the list of modules."""
    folder = ""
    for line in TEXT.split("```text\n", 1)[1].split("```", 1)[0].splitlines():
        head, names = line[:25].strip(), line[25:]
        if "/" in line.split(" ")[0]:
            head, _, names = line.partition(" ")
        folder = head or folder
        yield from (f"{folder}{name}" for name in NAMED.findall(names))


def folders() -> set[str]:
    """Every folder of the list."""
    return {entry.rpartition("/")[0] for entry in listed()}


def test_every_listed_module_is_there() -> None:
    entries = list(listed())
    assert len(entries) > 200
    there = {e for e in entries if (PROJECT / e).is_dir() or (PROJECT / f"{e}.py").is_file()}
    assert [entry for entry in entries if entry not in there] == []


def test_every_folder_of_the_four_layers_is_listed() -> None:
    found = {
        str(path.parent.relative_to(PROJECT))
        for layer in ("bot", "handlers", "scheduler", "storage")
        for path in (PROJECT / layer).rglob("__init__.py")
    }
    assert found - folders() == set()
