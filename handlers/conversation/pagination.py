"""Lists that are longer than a screen: one page at a time, with buttons to the pages around it.

A capability decorates the function that shows one page with `paged`; it fetches `Page.limit` rows
from `Page.offset` on and takes the rows to show and the buttons from `Page.split`.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from handlers.conversation.context import Context
from handlers.conversation.i18n import Html
from handlers.conversation.routes import Handler, Routes
from handlers.messages import Answer, Rows
from storage.models import Role

PER_PAGE = 5

Row = TypeVar("Row")


@dataclass(frozen=True)
class Page:
    """One page of a list."""

    context: Context
    action: str
    """The action that turns the page."""
    number: int = 0
    """Counted from 0."""
    position: int = 0
    """Index of the page number among the arguments of the action."""
    per_page: int = PER_PAGE
    labels: tuple[str, str] = ("page-previous", "page-next")
    """The sentences on the two buttons."""

    @property
    def offset(self) -> int:
        """How many rows stand on the pages before."""
        return self.number * self.per_page

    @property
    def limit(self) -> int:
        """One row more than is shown: if it exists, there is a next page."""
        return self.per_page + 1

    def within(self, count: int) -> "Page":
        """This page, or the last one of `count` rows: a list may have become shorter."""
        return replace(self, number=min(self.number, max(count - 1, 0) // self.per_page))

    def split(self, fetched: Sequence[Row], *args: int | str) -> tuple[Sequence[Row], Rows]:
        """The rows to show of those fetched, and the row of buttons to the pages around this one.

        `args` are the arguments of the action besides the number of the page.
        """
        previous, following = self.labels
        neighbours = [(previous, self.number - 1)] if self.number else []
        neighbours += [(following, self.number + 1)] if len(fetched) > self.per_page else []
        before, after = args[: self.position], args[self.position :]
        buttons = tuple(
            self.context.button(key, self.action, *before, number, *after)
            for key, number in neighbours
        )
        return fetched[: self.per_page], (buttons,) if buttons else ()


ShowPage = Callable[[Context, Page], Awaitable[tuple[Html, Rows]]]
"""The text of one page and all its buttons."""


def paged(
    routes: Routes,
    action: str,
    *,
    role: Role | None = Role.MEMBER,
    position: int = 0,
    per_page: int = PER_PAGE,
) -> Callable[[ShowPage], Handler]:
    """Makes the decorated function a handler that shows the first page, and routes `action`.

    The number of the page is the argument at `position` of the action. A button with a number turns
    the page in its place. Without one, where other arguments come before it, it opens the list: the
    first page comes below, and what else the button carries is left to the function.

    Every page of a list for officers ends with the button to their home.
    """

    def register(show_page: ShowPage) -> Handler:
        async def screen(context: Context, number: int) -> tuple[Html, Rows]:
            text, rows = await show_page(context, Page(context, action, number, position, per_page))
            is_of_officers = role is not None and role.is_officer
            return text, (*rows, *context.home_row()) if is_of_officers else rows

        async def show_first(context: Context) -> Answer:
            return [context.edit(*await screen(context, 0))]

        @routes.action(action, role=role)
        async def turn_page(context: Context) -> Answer:
            if position and not "".join(context.args[position : position + 1]).isdecimal():
                return [context.reply(*await screen(context, 0))]
            return [context.edit(*await screen(context, context.number(position)))]

        return show_first

    return register
