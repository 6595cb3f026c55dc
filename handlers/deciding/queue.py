"""`/hangdoi`: the cases that wait, most flagged first; never who sent them in (refusal 6)."""

from collections.abc import Sequence

from handlers import paging
from handlers.flagging.post import unpack
from handlers.flagging.showing import in_short
from handlers.messages import Answer, Button, Reply, Rows
from handlers.routes import Routes
from handlers.speech import Html
from handlers.turn import Turn
from handlers.verdict import say_short_day
from storage import casework, posts
from storage.casework import Sight, View
from storage.models import Case, CaseState, Role

routes = Routes()

_SHOWN_CHARACTERS = 100


@routes.command("hangdoi", "queue", role=Role.OFFICER, words=["hàng đợi", "queue"])
async def show(turn: Turn) -> Answer:
    """The first page of what waits."""
    return [await _open_cases(turn, 0)]


@routes.action("queue", role=Role.OFFICER)
async def turn_page(turn: Turn) -> Answer:
    """Another page of what waits, in its place."""
    return [await _open_cases(turn, turn.number())]


@routes.action("decided", role=Role.OFFICER)
async def show_decided(turn: Turn) -> Answer:
    """Cases that have their verdict, for looking at one anew."""
    page = turn.number()
    fetched = await _fetch(turn, page, decided=True)
    head = turn.say("case-decided-list" if fetched else "case-none-decided")
    other = turn.button("case-queue-button", "queue", 0)
    return [
        await _list(turn, head, fetched, (*paging.ways(turn, "decided", page, fetched), (other,)))
    ]


async def _open_cases(turn: Turn, page: int) -> Reply:
    fetched = await _fetch(turn, page, decided=False)
    count = await casework.count_open(turn.tx)
    head = turn.say("case-queue", count=count) if count else turn.say("case-queue-empty")
    other = turn.button("case-decided-button", "decided", 0)
    return await _list(turn, head, fetched, (*paging.ways(turn, "queue", page, fetched), (other,)))


async def _fetch(turn: Turn, page: int, *, decided: bool) -> Sequence[Case]:
    view = View(Sight.DECIDED if decided else Sight.OPEN)
    offset = page * paging.PER_PAGE
    return await casework.queue(turn.tx, view, limit=paging.FETCHED, offset=offset)


async def _list(turn: Turn, head: Html, fetched: Sequence[Case], ways: Rows) -> Reply:
    lines = list(enumerate(paging.shown(fetched), start=1))
    text = Html("\n\n".join([head, *[await _line(turn, number, case) for number, case in lines]]))
    opens = tuple((_open(turn, number, case),) for number, case in lines)
    return turn.instead(text, opens + ways)


def _open(turn: Turn, number: int, case: Case) -> Button:
    category = turn.say.plain(f"flag-category-{case.category.value}")
    return turn.button("case-open", "case", case.code, number=str(number), category=category)


async def _line(turn: Turn, number: int, case: Case) -> Html:
    """How many, what, since which day, whether somebody is on it, and how the post begins."""
    taken = case.state is CaseState.IN_REVIEW
    content = await posts.first_content(turn.tx, case)
    post = in_short(unpack(content), turn.say, characters=_SHOWN_CHARACTERS) if content else Html()
    facts = turn.say(
        "case-line-taken" if taken else "case-line",
        number=str(number),
        flags=case.flags,
        category=turn.say(f"flag-category-{case.category.value}"),
        day=say_short_day(case.opened_on, turn.say),
    )
    return Html(f"{facts}\n{post}".rstrip())
