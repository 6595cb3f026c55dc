"""Settings of the worker processes: their number, and the limits of a task."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class WorkerSettings:
    """The defaults keep the bot and its workers under 1 GB together."""

    count: int = 2
    """Processes at most; each is started on demand."""
    memory_mb: int = 320
    """Megabytes that one process may allocate (RLIMIT_DATA)."""
    task_s: int = 15
    """Seconds of CPU time for one task."""
    wall_s: int = 120
    """Seconds of wall time for one task; more, since the machine may be busy."""
    idle: timedelta = timedelta(minutes=1)
    """A worker without a task for this long is ended."""
