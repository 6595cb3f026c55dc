"""A pytest plugin that names a test as soon as it has failed.

pytest itself does so after the last test, so that a run which is ended early would not say what
failed.
"""

import pytest

_LETTERS_MAX = 300


def pytest_configure(config: pytest.Config) -> None:
    """Adds the plugin to the process that writes, which is not an xdist worker."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(_FailuresAtOnce(config))


class _FailuresAtOnce:
    """Writes a line for each failure: the test, and how it ended."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Writes the line below the dots so far."""
        reporter = self._config.pluginmanager.get_plugin("terminalreporter")
        if report.failed and isinstance(reporter, pytest.TerminalReporter):
            end = report.longreprtext.strip().rpartition("\n")[2]
            reporter.write_line(f"\n{report.nodeid}: {end[:_LETTERS_MAX]}", red=True)
