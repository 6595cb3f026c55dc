"""`/thongke`: announcements in numbers. Totals only: nobody is named, nobody is ranked (refusal 3)."""

from handlers.announcement import unpack
from handlers.messages import Answer, Reply, Rows
from handlers.progress import doubt_ways
from handlers.routes import Routes
from handlers.speech import Html
from handlers.turn import Sorry, Turn
from storage import mailings, published, statistics
from storage.models import DeliveryState, Role
from storage.published import Published
from storage.statistics import Totals

routes = Routes()

_LAST = 5


@routes.command("thongke", "statistics", role=Role.OFFICER)
async def show(turn: Turn) -> Answer:
    """The last announcements in short; with a number, that one in full."""
    if turn.args:
        return [await _in_full(turn, turn.number())]
    return [await _last(turn)]


@routes.action("statistics", role=Role.OFFICER)
async def open_one(turn: Turn) -> Answer:
    """One announcement in full, as it stands at this moment."""
    return [await _in_full(turn, turn.number())]


async def _last(turn: Turn) -> Reply:
    found = await published.newest(turn.tx, limit=_LAST)
    if not found:
        return turn.reply(turn.say("statistics-none"))
    totals = await statistics.totals(turn.tx, [one.number for one in found])
    lines = [_in_short(turn, one, totals[one.number]) for one in found]
    text = Html("\n\n".join([turn.say("statistics-head"), *lines]))
    return turn.reply(text, _buttons(turn, found))


def _buttons(turn: Turn, found: list[Published]) -> Rows:
    return (
        tuple(
            turn.button("statistics-open", "statistics", one.number, number=str(one.number))
            for one in found
        ),
    )


def _in_short(turn: Turn, one: Published, totals: Totals) -> Html:
    return turn.say(
        "statistics-line",
        number=str(one.number),
        title=unpack(one.content).title,
        sent=totals.copies(DeliveryState.SENT),
        shared=totals.sharers,
    )


async def _in_full(turn: Turn, number: int) -> Reply:
    totals = (await statistics.totals(turn.tx, [number]))[number]
    text = await _figures(turn, number, totals)
    mailing = await mailings.of_announcement(turn.tx, number)
    return turn.reply(text, doubt_ways(turn.say, mailing, totals.deliveries) if mailing else ())


async def _figures(turn: Turn, number: int, totals: Totals) -> Html:
    found = await published.find(turn.tx, number)
    if found is None:
        raise Sorry("statistics-unknown")
    return turn.say(
        "statistics-full",
        number=str(number),
        title=unpack(found.content).title,
        sent=totals.copies(DeliveryState.SENT),
        waiting=totals.waiting,
        gone=totals.copies(DeliveryState.GONE),
        failed=totals.copies(DeliveryState.FAILED),
        uncertain=totals.copies(DeliveryState.UNCERTAIN),
        shared=totals.sharers,
        links=totals.links,
        pictures=totals.pictures,
    )
