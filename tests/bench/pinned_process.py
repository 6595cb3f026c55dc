"""Work done in a process of its own, on one core, so that what it costs is its own cost."""

import asyncio
import gc
import multiprocessing
import os
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

_MEGABYTE = 1 << 20
_KILOBYTE = 1 << 10
_CORES = sorted(os.sched_getaffinity(0))
OURS, THEIRS = _CORES[0], _CORES[-1]
"""The core of what is measured, and the core of the server it talks to."""

Work = Callable[..., Awaitable[Any]]
"""A function of a module, so that another process can find it."""


@dataclass(frozen=True)
class Cost:
    """What some work took."""

    took_s: float
    cpu_s: float
    rss_mb: float
    """The most memory the process ever held, its libraries included."""
    found: Any
    """What the work returned."""


def cost_of(work: Work, *given: object) -> Cost:
    """Does the work on `OURS` and returns what it cost; the libraries are read before."""
    ours, its = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_run, args=(its, work, given))
    process.start()
    its.close()
    try:
        cost = ours.recv()
    except EOFError:
        raise RuntimeError(f"{work.__name__} broke; its error is above") from None
    finally:
        process.join()
    assert isinstance(cost, Cost)
    return cost


def stay_on(core: int) -> None:
    """This process runs on no other core from now on."""
    os.sched_setaffinity(0, {core})


def _run(its: Connection, work: Work, given: tuple[object, ...]) -> None:
    stay_on(OURS)
    gc.freeze()
    began_s, cpu_s = time.perf_counter(), time.process_time()
    found = asyncio.run(_do(work, given))
    took_s, cpu_s = time.perf_counter() - began_s, time.process_time() - cpu_s
    its.send(Cost(took_s, cpu_s, most_memory_mb(), found))


async def _do(work: Work, given: tuple[object, ...]) -> Any:
    return await work(*given)


def most_memory_mb() -> float:
    """The most this process ever held in memory, in megabytes.

    Not `ru_maxrss`: that begins with what the process held that started this one.
    """
    kilobytes = re.search(
        r"^VmHWM:\s+(\d+) kB$", Path("/proc/self/status").read_text(), re.MULTILINE
    )
    assert kilobytes
    return int(kilobytes[1]) * _KILOBYTE / _MEGABYTE
