"""Worker tasks computed at once in the process of the test."""

from collections.abc import Callable

from handlers.worker_tasks import Args, T


class InlineWorkers:
    """Implements `handlers.worker_tasks.Workers`."""

    async def run(self, task: Callable[[*Args], T], *args: *Args) -> T:
        """Computes the task at once."""
        return task(*args)
