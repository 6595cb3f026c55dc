"""Every citation leads somewhere: decisions, refusals, links, and paths and modules in backticks."""

from pathlib import Path

import pytest

from tests.support import citations
from tests.support.paths import PROJECT

THIS = Path(__file__)
"""Cites what does not exist, on purpose."""
ALL = [
    path
    for path in (*citations.sources(), *citations.documents(), *citations.decisions())
    if path != THIS
]
PAGES = [*citations.documents(), *citations.decisions(), PROJECT / "deploy/README.md"]


def name(path: Path) -> str:
    """How a file is called in the report."""
    return str(path.relative_to(PROJECT))


def test_there_are_eleven_refusals() -> None:
    assert len(citations.refusals()) == 11


def test_nothing_is_cited_by_a_number() -> None:
    found = {name(path): citations.numbered(path.read_text("utf-8")) for path in ALL}
    assert {path: cited for path, cited in found.items() if cited} == {}


def test_every_cited_decision_has_its_file() -> None:
    found = {name(path): citations.lost_decisions(path.read_text("utf-8")) for path in ALL}
    assert {path: lost for path, lost in found.items() if lost} == {}


def test_every_cited_refusal_has_its_heading() -> None:
    found = {name(path): citations.lost_refusals(path.read_text("utf-8")) for path in ALL}
    assert {path: lost for path, lost in found.items() if lost} == {}


def test_every_refusal_is_cited_by_code() -> None:
    code = "".join(path.read_text("utf-8") for path in citations.sources() if path != THIS)
    assert {one for one in citations.refusals() if f"efusal: {one}" not in code} == set()


def test_every_decision_is_in_the_list() -> None:
    listed = (PROJECT / "docs/decisions/README.md").read_text("utf-8")
    files = [path.name for path in citations.decisions() if path.name != "README.md"]
    assert [one for one in files if f"({one})" not in listed] == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_and_path_of_a_document_exists(page: Path) -> None:
    text = page.read_text("utf-8")
    assert citations.lost_links(text, page.parent) == []
    assert citations.lost_names(text) == []


def test_every_path_and_module_in_a_docstring_exists() -> None:
    found = {
        name(path): [
            lost
            for words in citations.docstrings(path.read_text("utf-8"))
            for lost in citations.lost_names(words)
        ]
        for path in citations.sources()
    }
    assert {path: lost for path, lost in found.items() if lost} == {}


def test_a_number_is_noticed() -> None:
    assert citations.numbered("kept sealed (decision 6)") == ["decision 6"]
    assert citations.numbered("as refusals 2 and 3 say, and habit 8") == ["refusals 2", "habit 8"]


def test_a_decision_without_a_file_is_noticed() -> None:
    text = "See docs/decisions/0018-durable-outbox.md and docs/decisions/0099-nobody-decided.md."
    assert citations.lost_decisions(text) == ["docs/decisions/0099-nobody-decided.md"]


def test_a_refusal_without_a_heading_is_noticed() -> None:
    text = "Refusal: no-record-of-authors. Not so (refusal: no-counting-of-stars)."
    assert citations.lost_refusals(text) == ["no-counting-of-stars"]


def test_a_link_that_leads_nowhere_is_noticed() -> None:
    text = "[here](design.md#purpose) [nowhere](nowhere.md) [outside](https://example.org/x.md)"
    assert citations.lost_links(text, PROJECT / "docs") == ["nowhere.md"]


@pytest.mark.parametrize(
    "lost",
    [
        "storage/outbox.py",
        "storage/outbox/turns.py",
        "tests/unit/test_nothing.py",
        "docs/nothing.md",
        "post_office.py",
        "compose/nothing.py",
        "storage.doubts",
        "storage.outbox.doubts",
        "storage.outbox.deliveries.nothing_of_that_name",
    ],
)
def test_a_path_or_module_that_does_not_exist_is_noticed(lost: str) -> None:
    there = "`storage/outbox/deliveries.py` `storage.outbox.deliveries` `deliveries.py` `bot/web`"
    assert citations.lost_names(f"{there} `{lost}`") == [lost]


@pytest.mark.parametrize("other", ["config.toml", "/healthz", "case:17", "web.public_url", "a/b"])
def test_what_is_no_path_of_ours_is_left_alone(other: str) -> None:
    assert citations.lost_names(f"`{other}`") == []
