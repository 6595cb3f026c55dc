"""docs/glossary.md names classes, tables and words that exist."""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from sqlmodel import SQLModel

from storage import models
from tests.support.paths import PROJECT

GLOSSARY = (PROJECT / "docs/glossary.md").read_text("utf-8")
COLUMNS = ("people", "vietnamese", "english", "class", "table")


@cache
def locale(language: str) -> str:
    """All sentences of a language, in lower case."""
    return (PROJECT / f"handlers/locales/{language}.ftl").read_text("utf-8").lower()


def rows() -> Iterator[dict[str, str]]:
    """The rows of all tables of the glossary, without their heads."""
    for line in GLOSSARY.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and cells[0] != "people say":
            yield dict(zip(COLUMNS, cells, strict=True))


ROWS = tuple(rows())


def code(cell: str) -> list[str]:
    """What a cell holds in backticks."""
    return re.findall(r"`([\w.]+)`", cell)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["people"])
def test_words_stand_on_the_screen(row: dict[str, str]) -> None:
    for column, language in (("vietnamese", "vi"), ("english", "en")):
        for word in row[column].split(", "):
            assert word.lower() in locale(language), (language, word)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["people"])
def test_classes_and_tables_exist(row: dict[str, str]) -> None:
    for name in code(row["class"]):
        owner, _, value = name.partition(".")
        assert hasattr(models, owner), name
        assert not value or hasattr(getattr(models, owner), value), name
    for name in code(row["table"]):
        assert name in SQLModel.metadata.tables, name


def test_a_table_stands_beside_its_class() -> None:
    for row in ROWS:
        if tables := code(row["table"]):
            assert [name.lower() for name in code(row["class"])] == tables
