"""A pytest plugin that reports a run's processor time, with every process it started."""

import contextlib
import ctypes
import os
import resource
import sys
import time

import pytest

_PR_SET_CHILD_SUBREAPER = 36
"""Linux: a descendant whose parent has ended becomes a child of this process."""
_END_TIMEOUT_S = 10.0
"""How long processes that are about to end are waited for; one that hangs is left out."""
_POLL_S = 0.05


def pytest_configure(config: pytest.Config) -> None:
    """Makes the controller the parent of servers and browsers that outlive whoever started them.

    The system adds a process's time to that of the parent that waits for its end.
    """
    if sys.platform == "linux" and not hasattr(config, "workerinput"):
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Writes the sum; the xdist workers have ended by now."""
    _wait_for_children()
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    seconds = sum(usage.ru_utime + usage.ru_stime for usage in usages)
    terminalreporter.write_line(f"{seconds:.0f} s of processor time, with every process it started")


def _wait_for_children() -> None:
    deadline = time.monotonic() + _END_TIMEOUT_S
    with contextlib.suppress(ChildProcessError):
        while time.monotonic() < deadline:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                time.sleep(_POLL_S)
