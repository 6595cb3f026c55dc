"""Lists that are longer than a screen."""

from collections.abc import Sequence
from typing import TypeVar

from handlers.conversation.context import Context
from handlers.messages import Rows

PER_PAGE = 5
FETCHED = PER_PAGE + 1
"""One more than is shown, to know whether there is another page."""

Line = TypeVar("Line")


def shown(fetched: Sequence[Line]) -> Sequence[Line]:
    """The lines of this page, of the `FETCHED` asked for."""
    return fetched[:PER_PAGE]


def ways(
    context: Context, action: str, page: int, fetched: Sequence[object], *, per_page: int = PER_PAGE
) -> Rows:
    """The buttons to the page before and the page after, where there is one."""
    before = (context.button("page-previous", action, page - 1),) if page else ()
    after = (context.button("page-next", action, page + 1),) if len(fetched) > per_page else ()
    return (before + after,) if before or after else ()
