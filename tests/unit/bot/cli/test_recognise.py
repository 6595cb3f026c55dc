"""`python -m bot recognise` tells which posts are the same, as if they were flagged one by one."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli.recognise import NotALine, read, recognition

RUMOUR = "Công an yêu cầu mọi người nộp 500.000 đồng để cập nhật VNeID trước ngày 15/3"
DEARER = RUMOUR.replace("500.000", "900.000")
WEATHER = "Chiều nay nhiều nơi có mưa rào và dông, bà con nhớ mang theo áo mưa khi ra đường"
SHORT_LINK = "https://vt.tiktok.com/ZSabc123/"


def lines(*posts: dict[str, Any]) -> str:
    return "\n".join(json.dumps(post) for post in posts) + "\n"


def recognised(given: str, *arguments: str) -> list[dict[str, Any]]:
    done = CliRunner().invoke(recognition, ["recognise", *arguments], given, catch_exceptions=False)
    assert done.exit_code == 0
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_each_post_is_compared_with_those_before_it() -> None:
    first, again, dearer, weather, link = recognised(
        lines(
            {"id": 1, "text": RUMOUR},
            {"id": "b", "text": RUMOUR.upper() + " 🔥"},
            {"id": 3, "text": DEARER},
            {"id": 4, "text": WEATHER},
            {"id": 5, "url": SHORT_LINK},
        )
    )
    assert (first["relation"], first["match"], first["candidates"]) == ("new", None, [])
    assert (again["relation"], again["match"], again["score"]) == ("same", 1, 1.0)
    assert again["key"] == first["key"]
    assert (dearer["relation"], dearer["match"]) == ("similar", 1)
    assert dearer["differs"] == [["500.000", "900.000"]]
    assert [name for name, _ in dearer["candidates"]] == [1, "b"]
    assert weather["relation"] == "new"
    assert (link["relation"], link["match"]) == ("unresolved", None)


def test_queries_against_a_file_are_not_added_to_it(tmp_path: Path) -> None:
    known = tmp_path / "posts.jsonl"
    known.write_text(lines({"id": 1, "text": RUMOUR}), "utf-8")
    asked = lines({"id": 2, "text": WEATHER}, {"id": 3, "text": WEATHER}, {"id": 4, "text": RUMOUR})
    relations = [one["relation"] for one in recognised(asked, "--against", str(known))]
    assert relations == ["new", "new", "same"]


@pytest.mark.parametrize("line", ["{", "[]", '{"text": "a"}', '{"id": 1}', '{"id": 1, "text": 2}'])
def test_a_line_that_cannot_be_read_is_named(line: str) -> None:
    with pytest.raises(NotALine, match="Line 2"):
        list(read([lines({"id": 1, "text": RUMOUR}), line]))
