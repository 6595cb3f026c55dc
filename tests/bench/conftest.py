"""Figures, printed as a table and kept as `build/bench.json`."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.integration.conftest import make_home, town

__all__ = ["make_home", "town"]

_BUILD = Path(__file__).parents[2] / "build"
Note = Callable[[str, float], None]


@pytest.fixture
def note(capsys: pytest.CaptureFixture[str]) -> Iterator[Note]:
    """Takes down one figure; the name says its unit."""
    figures: dict[str, float] = {}
    yield figures.__setitem__
    file = _BUILD / "bench.json"
    known = json.loads(file.read_text("utf-8")) if file.exists() else {}
    _BUILD.mkdir(exist_ok=True)
    file.write_text(json.dumps(known | figures, indent=2), "utf-8")
    with capsys.disabled():
        print()
        for name, figure in figures.items():
            print(f"  {name:<44} {figure:>10.2f}")
