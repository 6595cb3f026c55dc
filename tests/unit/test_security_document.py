"""SECURITY.md claims nothing that no test file stands behind."""

import re

from tests.support.paths import PROJECT

TEXT = (PROJECT / "SECURITY.md").read_text("utf-8")
_CHAPTERS = 17
"""Of OWASP ASVS 5.0."""


def chapters() -> list[list[str]]:
    """The rows of the table, by their cells."""
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in TEXT.splitlines()
        if re.match(r"\| V\d", line)
    ]


def test_every_test_that_is_named_is_there() -> None:
    named = set(re.findall(r"`((?:[\w/]+/)?test_\w+\.py)`", TEXT))
    found = {str(path.relative_to(PROJECT)) for path in (PROJECT / "tests").rglob("test_*.py")}
    short = {path.rpartition("/")[2] for path in found}
    assert named
    assert {name for name in named if name not in (found if "/" in name else short)} == set()


def test_every_chapter_says_whether_it_is_met() -> None:
    assert [row[0].split()[0] for row in chapters()] == [f"V{n + 1}" for n in range(_CHAPTERS)]
    assert {row[1] for row in chapters()} <= {"yes", "in part", "no", "does not apply"}


def test_what_is_met_names_the_test_that_shows_it() -> None:
    for chapter, met, why in chapters():
        assert len(why) > 10, chapter
        assert met == "does not apply" or "test_" in why, chapter
