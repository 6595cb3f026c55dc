"""`/hangdoi`: the cases that wait, most flagged first; never who sent them in.

Refusal: no-disclosure-of-flaggers.
"""

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
async def show(context: Context) -> Answer:
    """The first page of what waits."""
    return [await _page(context, _view(context), 0)]


@routes.action("queue", role=Role.OFFICER)
async def turn_page(context: Context) -> Answer:
    """Another page, another sight or another order of it, in its place."""
    return [await _page(context, _view(context), context.number())]


@routes.action("queuefilter", role=Role.OFFICER)
async def choose_sight(context: Context) -> Answer:
    """Which cases should be looked at?"""
    view = _view(context)
    sights = [await _sight(context, view, sight) for sight in QueueFilter]
    categories = [_category(context, view, category) for category in (None, *Category)]
    back = (context.button("back", "queue", 0, *_named(view)),)
    text = context.say("case-filter")
    return [context.edit(text, (*_rows(sights), *_rows(categories), back))]


def _rows(buttons: list[Button]) -> Rows:
    return tuple(tuple(buttons[at : at + _PER_ROW]) for at in range(0, len(buttons), _PER_ROW))


async def _sight(context: Context, view: QueueQuery, sight: QueueFilter) -> Button:
    there = replace(view, filter=sight)
    count = await queue.count(context.tx, there)
    mark = context.say.plain("case-filter-mark") if sight is view.filter else ""
    label = context.say.plain(f"case-sight-{sight.value}", count=str(count))
    return Button(f"{mark}{label}", action=_action(0, there))


def _category(context: Context, view: QueueQuery, category: Category | None) -> Button:
    there = replace(view, category=category)
    mark = context.say.plain("case-filter-mark") if category is view.category else ""
    key = f"flag-category-{category.value}" if category else "case-any-category"
    return Button(f"{mark}{context.say.plain(key)}", action=_action(0, there))


def _view(context: Context) -> QueueQuery:
    """What the button asks for.

    Raises:
        UserError: there is no such sight, as in a forged button.
    """
    args = (*context.args[1:4], "", "", "") if context.incoming.press else ("", "", "")
    try:
        return QueueQuery(
            filter=QueueFilter(args[0] or QueueFilter.OPEN),
            order=Order(args[1] or Order.FLAGS),
            category=None if args[2] in {"", _ANY} else Category(args[2]),
            officer_id=context.member_id,
            today=day_of(context.now, context.club),
            deadlines=context.club.deadlines.by_category,
        )
    except ValueError:
        raise UserError("button-unknown") from None


def _named(view: QueueQuery) -> tuple[str, str, str]:
    return view.filter.value, view.order.value, view.category.value if view.category else _ANY


def _action(page: int, view: QueueQuery) -> str:
    return ":".join(["queue", str(page), *_named(view)])


async def _page(context: Context, view: QueueQuery, page: int) -> Reply:
    offset = page * pagination.PER_PAGE
    fetched = await queue.queue(context.tx, view, limit=pagination.FETCHED, offset=offset)
    count = await queue.count(context.tx, view)
    key = f"case-list-{view.filter.value}"
    head = context.say(key, count=count) if count else context.say(f"case-none-{view.filter.value}")
    if view.category:
        category = context.say(f"flag-category-{view.category.value}")
        head = Html(f"{head}\n{context.say('case-only-category', category=category)}")
    return await _list(
        context, head, fetched, (*_turning(context, view, page, fetched), *_ways(context, view))
    )


def _turning(context: Context, view: QueueQuery, page: int, fetched: Sequence[Case]) -> Rows:
    before = (context.button("page-previous", "queue", page - 1, *_named(view)),) if page else ()
    more = len(fetched) > pagination.PER_PAGE
    after = (context.button("page-next", "queue", page + 1, *_named(view)),) if more else ()
    return (before + after,) if before or after else ()


def _ways(context: Context, view: QueueQuery) -> Rows:
    other = Order.AGE if view.order is Order.FLAGS else Order.FLAGS
    order = context.button(
        f"case-order-{other.value}", "queue", 0, *_named(replace(view, order=other))
    )
    sights = context.button("case-filter-button", "queuefilter", 0, *_named(view))
    figures = context.button("case-figures-button", "casefigures")
    if view.filter is QueueFilter.DECIDED:
        return ((sights, order), (context.button("case-queue-button", "queue", 0), figures))
    decided = context.button("case-decided-button", "queue", 0, QueueFilter.DECIDED.value)
    return ((sights, order), (decided, figures))


async def _list(context: Context, head: Html, fetched: Sequence[Case], ways: Rows) -> Reply:
    lines = list(enumerate(pagination.shown(fetched), start=1))
    said = [await _line(context, number, case) for number, case in lines]
    opens = tuple((_open(context, number, case),) for number, case in lines)
    return context.edit(Html("\n\n".join([head, *said])), opens + ways)


def _open(context: Context, number: int, case: Case) -> Button:
    category = context.say.plain(f"flag-category-{case.category.value}")
    return context.button("case-open", "case", case.code, number=str(number), category=category)


async def _line(context: Context, number: int, case: Case) -> Html:
    """How many, what, since which day, how far it is, and how the post begins."""
    facts = context.say(
        "case-line",
        number=str(number),
        flags=batch_clock.shown_count(context.tx, case),
        category=context.say(f"flag-category-{case.category.value}"),
        day=say_short_day(case.opened_on, context.say),
    )
    marks = " · ".join([facts, *await _marks(context, case)])
    content = await posts.first_content(context.tx, case)
    return Html(f"{marks}\n{_excerpt(context, content)}".rstrip())


async def _marks(context: Context, case: Case) -> list[Html]:
    marks = []
    if case.state is CaseState.IN_REVIEW:
        asked = await verdict_proposals.waiting(context.tx, case)
        marks.append(context.say("case-mark-proposed" if asked else "case-mark-taken"))
    if case.state is CaseState.WAITING:
        marks.append(context.say("case-mark-waiting"))
    if is_late(context, case):
        marks.append(context.say("case-mark-late"))
    return marks


def _excerpt(context: Context, content: str | None) -> Html:
    if content is None:
        return Html()
    return excerpt(unpack(content), context.say, characters=_SHOWN_CHARACTERS)
