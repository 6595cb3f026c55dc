"""Interrupts a computation after so much processor time of this process."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raises `TimeoutError` in the body once the process has used so many seconds of processor time.

    Native code is not interrupted: the error is raised where it returns. For the main thread only,
    the one that receives signals, and not nested; SIGPROF is not used for anything else in a worker.
    """

    def interrupt(_: int, __: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGPROF, interrupt)
    signal.setitimer(signal.ITIMER_PROF, max(seconds, 1e-6))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
