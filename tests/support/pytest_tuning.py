"""A pytest plugin that makes the run shorter and changes no result.

`tests/conftest.py` loads it. Without it all tests pass as well:

- Without the garbage collector's settings each xdist worker needs about 3 s more processor time to
  import the tests, on every run.
- Without the order of the tests the worker that got all of `tests/browser` and `tests/integration`,
  which mostly wait for other processes, goes on alone when the others have finished.
"""

import gc
from collections.abc import Generator, Sequence
from itertools import islice

import pytest

from bot.telegram.deferred import import_aiogram

_MOSTLY_WAITING = {"browser", "integration"}
"""Folders whose tests wait for other processes and leave the processor to the other workers."""
_GC_THRESHOLDS = (50_000, 20, 20)
"""Allocations until the youngest generation is collected, and how many of its collections until the
next older one's. Python's default of about 2,000 allocations is for small processes.
"""


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Imports the tests without garbage collections, and exempts their modules from later ones.

    Modules and collected tests live until the end of the run, so every collection would traverse
    them and free nothing.
    """
    gc.disable()
    import_aiogram()  # Before a test imports aiogram itself, which builds all its types at once.
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(*_GC_THRESHOLDS)
        gc.enable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Sorts the tests so that all xdist workers but one begin with those that mostly wait.

    With `--dist worksteal` each worker begins with an equal, contiguous part of the list and, when
    it has finished, takes tests from the ends of the others' parts. One worker begins with tests
    that need the processor, so that the processor is busy while the others wait.
    """
    workers = int(getattr(config, "workerinput", {}).get("workercount", 1))
    waiting = [item for item in items if _MOSTLY_WAITING.intersection(item.path.parts)]
    # The tests in a browser stay together: each worker that has some starts a browser.
    waiting.sort(key=lambda item: "browser" not in item.path.parts)
    is_waiting = set(waiting)
    computing = [item for item in items if item not in is_waiting]
    items[:] = _distributed(waiting, computing, workers)


def _distributed(
    waiting: Sequence[pytest.Item], computing: Sequence[pytest.Item], workers: int
) -> list[pytest.Item]:
    """The parts of all workers in order: first its share of `waiting`, then some of `computing`."""
    waiters = max(1, workers - 1)
    part = (len(waiting) + len(computing)) // workers
    waiting_part = -(-len(waiting) // waiters)
    rest = iter(computing)
    order: list[pytest.Item] = []
    for worker in range(workers):
        start = worker * waiting_part
        own = waiting[start : start + waiting_part] if worker < waiters else []
        order += [*own, *islice(rest, max(0, part - len(own)))]
    return [*order, *rest]
