"""`/hangdoi`: the cases that wait, most flagged first; never who sent them in (refusal 6)."""

from handlers import paging
from handlers.conversation import Routes
from handlers.messages import Answer, Button, Reply
from handlers.speech import Html
from handlers.turn import Turn
from handlers.verdict import say_day
from storage import cases
from storage.models import Case, CaseState, Role

routes = Routes()


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
    fetched = await cases.queue(
        turn.tx, limit=paging.FETCHED, offset=page * paging.PER_PAGE, decided=True
    )
    rows = tuple((_line(turn, case),) for case in paging.shown(fetched))
    waiting = ((turn.button("case-queue-button", "queue", 0),),)
    text = turn.say("case-decided-list" if fetched else "case-none-decided")
    return [turn.instead(text, rows + paging.ways(turn, "decided", page, fetched) + waiting)]


async def _open_cases(turn: Turn, page: int) -> Reply:
    fetched = await cases.queue(turn.tx, limit=paging.FETCHED, offset=page * paging.PER_PAGE)
    rows = tuple((_line(turn, case),) for case in paging.shown(fetched))
    decided = ((turn.button("case-decided-button", "decided", 0),),)
    ways = paging.ways(turn, "queue", page, fetched)
    return turn.instead(await _head(turn), rows + ways + decided)


async def _head(turn: Turn) -> Html:
    count = await cases.count_open(turn.tx)
    return turn.say("case-queue", count=count) if count else turn.say("case-queue-empty")


def _line(turn: Turn, case: Case) -> Button:
    """One case on one line: how many, what, since which day, and whether somebody is on it."""
    mark = "case-line-taken" if case.state is CaseState.IN_REVIEW else "case-line"
    return turn.button(
        mark,
        "case",
        case.code,
        flags=turn.say.number(case.flags),
        category=turn.say.plain(f"flag-category-{case.category.value}"),
        day=say_day(case.opened_on, turn.club, turn.say).partition(" ")[2],
    )
