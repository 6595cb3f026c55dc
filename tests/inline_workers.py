"""Workers of a club in a test: tasks are computed at once, in this very process."""

from collections.abc import Callable

from handlers.offload import Args, T


class InlineWorkers:
    """Implements `handlers.offload.Workers`."""

    async def run(self, task: Callable[[*Args], T], *args: *Args) -> T:
        return task(*args)
