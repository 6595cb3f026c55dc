"""How many worker processes there are, and what one task may use."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class WorkerSettings:
    """The defaults keep bot and workers together under 1 GB."""

    count: int = 2
    """Processes at most; each is started when it is needed."""
    memory_mb: int = 224
    """Megabytes that one process may allocate (RLIMIT_DATA)."""
    task_s: int = 15
    """Seconds of processor for one task."""
    wall_s: int = 120
    """Seconds on the clock for one task: more, since a busy machine is slow, but not for ever."""
    idle: timedelta = timedelta(minutes=1)
    """A worker without a task for this long is ended."""
