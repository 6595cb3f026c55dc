"""`/choxuly`: the cases that wait, most flagged first; never who sent them in.

Refusal: no-disclosure-of-flaggers.
"""

from dataclasses import replace

from handlers.conversation import Context, Html, Page, Routes, UserError, paged
from handlers.deciding.card_details import is_late
from handlers.flagging.post import unpack
from handlers.flagging.post_text import excerpt
from handlers.messages import Answer, Button, Rows
from handlers.views.verdict import day_of, say_short_day
from storage.cases import posts, queue, verdict_proposals
from storage.cases.queue import Order, QueueFilter, QueueQuery
from storage.database import batch_clock
from storage.models import Case, CaseState, Category, Role

routes = Routes()

_SHOWN_CHARACTERS = 100
_PER_ROW = 2
_ANY = "any"


@routes.command(
    "choxuly",
    "queue",
    role=Role.OFFICER,
    also=["hangdoi"],
    words=["chờ xử lý", "hàng đợi", "queue"],
)
@paged(routes, "queue", role=Role.OFFICER)
async def show(context: Context, page: Page) -> tuple[Html, Rows]:
    """The cases that wait; a button may ask for another filter or another order."""
    query = _query(context)
    shown, others = page.split(
        await queue.queue(context.tx, query, limit=page.limit, offset=page.offset),
        *_query_args(query),
    )
    lines = [await _line(context, n, case) for n, case in enumerate(shown, start=1)]
    cases = tuple((_open(context, n, case),) for n, case in enumerate(shown, start=1))
    text = Html("\n\n".join([await _head(context, query), *lines]))
    return text, (*cases, *others, *_navigation(context, query))


@routes.action("queuefilter", role=Role.OFFICER)
async def choose_filter(context: Context) -> Answer:
    """The filters and categories of the queue, as buttons."""
    query = _query(context)
    filters = [await _filter_button(context, query, choice) for choice in QueueFilter]
    categories = [_category_button(context, query, category) for category in (None, *Category)]
    back = (context.button("back", "queue", 0, *_query_args(query)),)
    return [context.edit(context.say("case-filter"), (*_rows(filters), *_rows(categories), back))]


def _rows(buttons: list[Button]) -> Rows:
    return tuple(tuple(buttons[at : at + _PER_ROW]) for at in range(0, len(buttons), _PER_ROW))


async def _filter_button(context: Context, query: QueueQuery, choice: QueueFilter) -> Button:
    filtered = replace(query, filter=choice)
    count = await queue.count(context.tx, filtered)
    mark = context.say.plain("case-filter-mark") if choice is query.filter else ""
    label = context.say.plain(f"case-sight-{choice.value}", count=str(count))
    return Button(f"{mark}{label}", action=_action(filtered))


def _category_button(context: Context, query: QueueQuery, category: Category | None) -> Button:
    filtered = replace(query, category=category)
    mark = context.say.plain("case-filter-mark") if category is query.category else ""
    key = f"flag-category-{category.value}" if category else "case-any-category"
    return Button(f"{mark}{context.say.plain(key)}", action=_action(filtered))


def _query(context: Context) -> QueueQuery:
    """The filter, order and category that the button carries; by command, the defaults.

    Raises:
        UserError: the button carries an unknown value, as a forged one may.
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


def _query_args(query: QueueQuery) -> tuple[str, str, str]:
    return query.filter.value, query.order.value, query.category.value if query.category else _ANY


def _action(query: QueueQuery) -> str:
    return ":".join(["queue", "0", *_query_args(query)])


async def _head(context: Context, query: QueueQuery) -> Html:
    count = await queue.count(context.tx, query)
    name = query.filter.value
    head = (
        context.say(f"case-list-{name}", count=count) if count else context.say(f"case-none-{name}")
    )
    if query.category is None:
        return head
    category = context.say(f"flag-category-{query.category.value}")
    return Html(f"{head}\n{context.say('case-only-category', category=category)}")


def _navigation(context: Context, query: QueueQuery) -> Rows:
    """Buttons to the filters, the other order, the cases of the other state and the figures."""
    other = Order.AGE if query.order is Order.FLAGS else Order.FLAGS
    order = context.button(
        f"case-order-{other.value}", "queue", 0, *_query_args(replace(query, order=other))
    )
    filters = context.button("case-filter-button", "queuefilter", 0, *_query_args(query))
    figures = context.button("case-figures-button", "casefigures")
    if query.filter is QueueFilter.DECIDED:
        return ((filters, order), (context.button("case-queue-button", "queue", 0), figures))
    return (
        (filters, order),
        (context.button("case-decided-button", "queue", 0, QueueFilter.DECIDED.value), figures),
    )


def _open(context: Context, number: int, case: Case) -> Button:
    category = context.say.plain(f"flag-category-{case.category.value}")
    return context.button("case-open", "case", case.code, number=str(number), category=category)


async def _line(context: Context, number: int, case: Case) -> Html:
    """One line of the list: number of flags, category, day, state, and the beginning of the post."""
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
    return (
        Html()
        if content is None
        else excerpt(unpack(content), context.say, characters=_SHOWN_CHARACTERS)
    )
