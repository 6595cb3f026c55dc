"""The processor time of a run: of its workers, and of every process that any of them starts."""

import contextlib
import ctypes
import os
import resource
import sys
import time

import pytest

_ADOPT_ORPHANS = 36
"""Linux's PR_SET_CHILD_SUBREAPER: whoever loses its parent becomes this process's child."""
_ENDING_S = 10.0
"""How long processes that are about to end are waited for; one that hangs is left out."""
_GLANCE_S = 0.05


def pytest_configure(config: pytest.Config) -> None:
    """Servers and browsers outlive whoever started them, and count only for who sees them end."""
    if sys.platform == "linux" and not hasattr(config, "workerinput"):
        ctypes.CDLL(None).prctl(_ADOPT_ORPHANS, 1, 0, 0, 0)


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """By now the workers have ended."""
    _see_them_end()
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    seconds = sum(one.ru_utime + one.ru_stime for one in used)
    terminalreporter.write_line(f"{seconds:.0f} s of processor time, with every process it started")


def _see_them_end() -> None:
    latest = time.monotonic() + _ENDING_S
    with contextlib.suppress(ChildProcessError):
        while time.monotonic() < latest:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                time.sleep(_GLANCE_S)
