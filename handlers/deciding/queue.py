"""`/hangdoi`: the cases that wait, most flagged first; never who sent them in (refusal 6)."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.conversation import pagination
from handlers.conversation.context import Context, UserError
from handlers.conversation.i18n import Html
from handlers.conversation.routes import Routes
from handlers.deciding.card_details import is_late
from handlers.flagging.post import unpack
from handlers.flagging.post_text import excerpt
from handlers.messages import Answer, Button, Reply, Rows
from handlers.views.verdict import day_of, say_short_day
from storage.cases import posts, queue, verdict_proposals
from storage.cases.queue import Order, QueueFilter, QueueQuery
from storage.database import batch_clock
from storage.models import Case, CaseState, Category, Role

routes = Routes()

_SHOWN_CHARACTERS = 100
_PER_ROW = 2
_ANY = "any"


@routes.command("hangdoi", "queue", role=Role.OFFICER, words=["hàng đợi", "queue"])
async def show(turn: Context) -> Answer:
    """The first page of what waits."""
    return [await _page(turn, _view(turn), 0)]


@routes.action("queue", role=Role.OFFICER)
async def turn_page(turn: Context) -> Answer:
    """Another page, another sight or another order of it, in its place."""
    return [await _page(turn, _view(turn), turn.number())]


@routes.action("queuefilter", role=Role.OFFICER)
async def choose_sight(turn: Context) -> Answer:
    """Which cases should be looked at?"""
    view = _view(turn)
    sights = [await _sight(turn, view, sight) for sight in QueueFilter]
    categories = [_category(turn, view, category) for category in (None, *Category)]
    back = (turn.button("back", "queue", 0, *_named(view)),)
    text = turn.say("case-filter")
    return [turn.instead(text, (*_rows(sights), *_rows(categories), back))]


def _rows(buttons: list[Button]) -> Rows:
    return tuple(tuple(buttons[at : at + _PER_ROW]) for at in range(0, len(buttons), _PER_ROW))


async def _sight(turn: Context, view: QueueQuery, sight: QueueFilter) -> Button:
    there = replace(view, sight=sight)
    count = await queue.count(turn.tx, there)
    mark = turn.say.plain("case-filter-mark") if sight is view.sight else ""
    label = turn.say.plain(f"case-sight-{sight.value}", count=str(count))
    return Button(f"{mark}{label}", action=_action(0, there))


def _category(turn: Context, view: QueueQuery, category: Category | None) -> Button:
    there = replace(view, category=category)
    mark = turn.say.plain("case-filter-mark") if category is view.category else ""
    key = f"flag-category-{category.value}" if category else "case-any-category"
    return Button(f"{mark}{turn.say.plain(key)}", action=_action(0, there))


def _view(turn: Context) -> QueueQuery:
    """What the button asks for.

    Raises:
        Sorry: there is no such sight, as in a forged button.
    """
    args = (*turn.args[1:4], "", "", "") if turn.incoming.press else ("", "", "")
    try:
        return QueueQuery(
            sight=QueueFilter(args[0] or QueueFilter.OPEN),
            order=Order(args[1] or Order.FLAGS),
            category=None if args[2] in {"", _ANY} else Category(args[2]),
            officer_id=turn.member_id,
            today=day_of(turn.now, turn.club),
            deadlines=turn.club.deadlines.by_category,
        )
    except ValueError:
        raise UserError("button-unknown") from None


def _named(view: QueueQuery) -> tuple[str, str, str]:
    return view.sight.value, view.order.value, view.category.value if view.category else _ANY


def _action(page: int, view: QueueQuery) -> str:
    return ":".join(["queue", str(page), *_named(view)])


async def _page(turn: Context, view: QueueQuery, page: int) -> Reply:
    offset = page * pagination.PER_PAGE
    fetched = await queue.queue(turn.tx, view, limit=pagination.FETCHED, offset=offset)
    count = await queue.count(turn.tx, view)
    key = f"case-list-{view.sight.value}"
    head = turn.say(key, count=count) if count else turn.say(f"case-none-{view.sight.value}")
    if view.category:
        category = turn.say(f"flag-category-{view.category.value}")
        head = Html(f"{head}\n{turn.say('case-only-category', category=category)}")
    return await _list(
        turn, head, fetched, (*_turning(turn, view, page, fetched), *_ways(turn, view))
    )


def _turning(turn: Context, view: QueueQuery, page: int, fetched: Sequence[Case]) -> Rows:
    before = (turn.button("page-previous", "queue", page - 1, *_named(view)),) if page else ()
    more = len(fetched) > pagination.PER_PAGE
    after = (turn.button("page-next", "queue", page + 1, *_named(view)),) if more else ()
    return (before + after,) if before or after else ()


def _ways(turn: Context, view: QueueQuery) -> Rows:
    other = Order.AGE if view.order is Order.FLAGS else Order.FLAGS
    order = turn.button(
        f"case-order-{other.value}", "queue", 0, *_named(replace(view, order=other))
    )
    sights = turn.button("case-filter-button", "queuefilter", 0, *_named(view))
    figures = turn.button("case-figures-button", "casefigures")
    if view.sight is QueueFilter.DECIDED:
        return ((sights, order), (turn.button("case-queue-button", "queue", 0), figures))
    decided = turn.button("case-decided-button", "queue", 0, QueueFilter.DECIDED.value)
    return ((sights, order), (decided, figures))


async def _list(turn: Context, head: Html, fetched: Sequence[Case], ways: Rows) -> Reply:
    lines = list(enumerate(pagination.shown(fetched), start=1))
    said = [await _line(turn, number, case) for number, case in lines]
    opens = tuple((_open(turn, number, case),) for number, case in lines)
    return turn.instead(Html("\n\n".join([head, *said])), opens + ways)


def _open(turn: Context, number: int, case: Case) -> Button:
    category = turn.say.plain(f"flag-category-{case.category.value}")
    return turn.button("case-open", "case", case.code, number=str(number), category=category)


async def _line(turn: Context, number: int, case: Case) -> Html:
    """How many, what, since which day, how far it is, and how the post begins."""
    facts = turn.say(
        "case-line",
        number=str(number),
        flags=batch_clock.shown_count(turn.tx, case),
        category=turn.say(f"flag-category-{case.category.value}"),
        day=say_short_day(case.opened_on, turn.say),
    )
    marks = " · ".join([facts, *await _marks(turn, case)])
    content = await posts.first_content(turn.tx, case)
    return Html(f"{marks}\n{_excerpt(turn, content)}".rstrip())


async def _marks(turn: Context, case: Case) -> list[Html]:
    marks = []
    if case.state is CaseState.IN_REVIEW:
        asked = await verdict_proposals.waiting(turn.tx, case)
        marks.append(turn.say("case-mark-proposed" if asked else "case-mark-taken"))
    if case.state is CaseState.WAITING:
        marks.append(turn.say("case-mark-waiting"))
    if is_late(turn, case):
        marks.append(turn.say("case-mark-late"))
    return marks


def _excerpt(turn: Context, content: str | None) -> Html:
    if content is None:
        return Html()
    return excerpt(unpack(content), turn.say, characters=_SHOWN_CHARACTERS)
