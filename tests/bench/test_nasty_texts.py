"""No text of the greatest length makes reading it much slower than a natural one of that length."""

import time
from collections.abc import Callable, Iterator
from heapq import nlargest

import pytest

from tests.bench.conftest import Note
from tests.bench.text_readers import FOR_EACH, RECOGNITION
from tests.support.costly_texts import directory, nasty, natural, press_review

AT_MOST, AT_MOST_FOR_EACH = 5.0, 15.0
"""Times as long as for the natural text."""
NATURAL = (natural(), press_review(), directory())
_SUSPECTS = 8
"""So many texts that seemed the slowest are measured again, more exactly."""
_MEASURED_S = 0.05
_REPEATED = 3
_LEAST_MS = 0.5
"""Below this nobody waits for it, and a ratio says nothing."""


@pytest.mark.bench
@pytest.mark.timeout(3600)
def test_no_nasty_text_takes_much_longer_than_a_natural_one(note: Note) -> None:
    worst = dict(_ratios(note))
    recognition = [found[0] for name, found in worst.items() if name in RECOGNITION]
    note("nasty texts: the worst ratio of recognition", max(recognition))
    limits = dict.fromkeys(RECOGNITION, AT_MOST) | dict.fromkeys(FOR_EACH, AT_MOST_FOR_EACH)
    assert {name: found for name, found in worst.items() if found[0] > limits[name]} == {}


def _ratios(note: Note) -> Iterator[tuple[str, tuple[float, str]]]:
    """By what reads: how many times as long it takes, and for which text."""
    texts = dict(nasty())
    for name, function in {**RECOGNITION, **FOR_EACH}.items():
        usual_s = max(_seconds(function, text) for text in NATURAL)
        suspects = nlargest(_SUSPECTS, texts, key=lambda one: _once(function, texts[one]))
        measured = {one: _seconds(function, texts[one]) for one in suspects}
        slowest = max(measured, key=measured.__getitem__)
        ratio = measured[slowest] / max(usual_s, _LEAST_MS / 1000)
        note(f"nasty texts, {name}: ms for a natural one", usual_s * 1000)
        note(f"nasty texts, {name}: times as long for the worst", ratio)
        yield name, (ratio, slowest)


def _once(function: Callable[[str], object], text: str) -> float:
    began = time.perf_counter()
    function(text)
    return time.perf_counter() - began


def _seconds(function: Callable[[str], object], text: str) -> float:
    """Of the processor, for one call; the least of some measurements."""
    many = max(1, int(_MEASURED_S / max(_once(function, text), 1e-6)))
    return min(_seconds_each(function, text, many) for _ in range(_REPEATED))


def _seconds_each(function: Callable[[str], object], text: str, many: int) -> float:
    began = time.process_time()
    for _ in range(many):
        function(text)
    return (time.process_time() - began) / many
