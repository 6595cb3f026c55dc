"""`/thongke`: announcements in numbers. Totals only: nobody is named, nobody is ranked (refusal 3)."""

from functools import partial

from handlers.announcing.compose.quota import quota_line
from handlers.announcing.progress_message import doubt_ways
from handlers.conversation.context import Context, UserError
from handlers.conversation.i18n import Html
from handlers.conversation.routes import Routes
from handlers.messages import Answer, Media, MediaKind, Reply, Rows
from handlers.rendering import bar_chart
from handlers.rendering.bar_chart import Chart
from handlers.reports import charts
from handlers.reports.announcement_figures import Details, days_since, in_words
from handlers.views.announcement import unpack
from handlers.views.announcement_totals import shown_totals
from storage.announcements import published
from storage.announcements.published import Published
from storage.announcements.statistics import Totals
from storage.models import Role
from storage.outbox import mailings
from storage.reports import batch_totals

routes = Routes()

_LAST = 5
_ALL = "all"


@routes.command("thongke", "statistics", role=Role.OFFICER)
async def show(turn: Context) -> Answer:
    """The last announcements in short; with a number, that one in full."""
    if turn.args:
        return await _in_full(turn, turn.number())
    return await _last(turn)


@routes.action("statistics", role=Role.OFFICER)
async def open_one(turn: Context) -> Answer:
    """One announcement in full, as it stands at this moment."""
    return await _in_full(turn, turn.number())


@routes.action("statistics-dark", role=Role.OFFICER)
async def turn_dark(turn: Context) -> Answer:
    """The same once more on the other ground, which charts have from now on."""
    turn.who.dark_pictures = turn.args[:1] == ("on",)
    if turn.args[1:] == (_ALL,):
        return (await _last(turn))[:1]
    return (await _in_full(turn, turn.number(1)))[:1]


async def _last(turn: Context) -> Answer:
    found = await published.newest(turn.tx, limit=_LAST)
    if not found:
        return [turn.reply(turn.say("statistics-none"))]
    totals = await batch_totals.totals(turn.tx, [one.number for one in found])
    named = [(f"{one.number}. {_title(one)}", totals[one.number]) for one in found]
    lines = [_in_short(turn, one, totals[one.number]) for one in found]
    lines += await quota_line(turn)
    text = Html("\n\n".join([turn.say("statistics-head"), *lines]))
    return [
        _drawn(turn, charts.of_several(named, turn.say), _ALL),
        turn.reply(text, _buttons(turn, found)),
    ]


def _drawn(turn: Context, chart: Chart, which: str) -> Reply:
    """The picture; it says in one line what it shows, and the other ground is one tap away."""
    dark = turn.who.dark_pictures
    key, other = ("statistics-light", "off") if dark else ("statistics-dark", "on")
    rows = ((turn.button(key, "statistics-dark", other, which),),)
    media = Media(MediaKind.PHOTO, name="thong-ke.png")
    caption = turn.say("statistics-caption", title=chart.title)
    return Reply(
        turn.wording(caption, rows, media=media),
        draw=partial(bar_chart.draw, chart, turn.club.palette, dark=dark),
    )


def _buttons(turn: Context, found: list[Published]) -> Rows:
    return (
        tuple(
            turn.button("statistics-open", "statistics", one.number, number=str(one.number))
            for one in found
        ),
        (turn.button("statistics-export", "/xuat"),),
    )


def _in_short(turn: Context, one: Published, totals: Totals) -> Html:
    known = shown_totals(totals)
    named = {"number": str(one.number), "title": _title(one), "sent": known.sent.said(turn.say)}
    if known.opened is None or known.shared is None:
        return turn.say("statistics-line-few", **named)
    done = {"opened": known.opened.said(turn.say), "shared": known.shared.said(turn.say)}
    return turn.say("statistics-line", **named, **done)


async def _in_full(turn: Context, number: int) -> Answer:
    details = await _details(turn, number)
    mailing = await mailings.of_announcement(turn.tx, number)
    doubts = doubt_ways(turn.say, mailing, details.totals.deliveries) if mailing else ()
    noting = ((turn.button("reach-note", "reach", number),),) if details.totals.links else ()
    proofs = ((turn.button("statistics-see-proofs", "proofs", number),),)
    return [
        _drawn(turn, charts.of_one(details, turn.say), str(number)),
        turn.reply(in_words(details, turn.say), (*doubts, *noting, *proofs)),
    ]


async def _details(turn: Context, number: int) -> Details:
    found = await published.find(turn.tx, number)
    if found is None:
        raise UserError("statistics-unknown")
    began = await published.sent_at(turn.tx, number) or turn.now
    days = days_since(began, turn.now, turn.club)
    counted = await batch_totals.detail(turn.tx, number, days)
    return Details(number, _title(found), counted.totals, counted.breakdown, turn.club)


def _title(one: Published) -> str:
    return unpack(one.content).title
