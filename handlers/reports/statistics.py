"""`/thongke`: figures of announcements. Totals only, without names and rankings.

Refusal: no-pressure-to-share.
"""

from functools import partial

from handlers.announcing.after_sending import change_rows
from handlers.announcing.compose.quota import quota_line
from handlers.announcing.progress_message import uncertain_rows
from handlers.conversation import Context, Html, Routes, found, home_below
from handlers.messages import Answer, Media, MediaKind, Reply, Rows
from handlers.rendering import bar_chart
from handlers.rendering.bar_chart import Chart
from handlers.reports import charts, meeting_figures
from handlers.reports.announcement_figures import Details, days_since, in_words
from handlers.views.announcement import unpack
from handlers.views.announcement_reference import named
from handlers.views.announcement_totals import shown_totals
from handlers.views.spending_lines import month_lines
from storage.announcements import published, references
from storage.announcements.published import Published
from storage.announcements.references import Reference
from storage.announcements.statistics import Totals
from storage.models import Role
from storage.outbox import charges, mailings
from storage.reports import batch_totals

routes = Routes()

_LAST = 5
_ALL = "all"


@routes.command("thongke", "statistics", role=Role.OFFICER)
async def show(context: Context) -> Answer:
    """Shows the newest announcements in short; with a number, that one in full."""
    return await (_in_full(context, await named(context)) if context.args else _last(context))


@routes.action("statistics", role=Role.OFFICER)
async def open_one(context: Context) -> Answer:
    """Shows the current figures of one announcement in full."""
    return await _in_full(context, await named(context))


@routes.action("statistics-dark", role=Role.OFFICER)
async def turn_dark(context: Context) -> Answer:
    """Draws the chart on the other background and keeps that choice for later charts."""
    context.current_member.dark_pictures = context.args[:1] == ("on",)
    if context.args[1:] == (_ALL,):
        return (await _last(context))[:1]
    which = await references.of(context.tx, context.number(1))
    return (await _in_full(context, which))[:1]


async def _last(context: Context) -> Answer:
    announcements = await published.newest(context.tx, limit=_LAST)
    if not announcements:
        of_meetings = await meeting_figures.lines(context)
        none = context.say("statistics-none")
        return [context.final(Html("\n\n".join((none, *of_meetings))))]
    totals = await batch_totals.totals(context.tx, [one.id for one in announcements])
    named = [(f"{one.label}. {_title(one)}", totals[one.id]) for one in announcements]
    lines = [_in_short(context, one, totals[one.id]) for one in announcements]
    lines += await quota_line(context)
    lines += await meeting_figures.lines(context)
    for metering in context.club.metered.values():
        month = await charges.month(context.tx, metering)
        lines.append(Html("\n".join(month_lines(metering, month, context.say))))
    text = Html("\n\n".join([context.say("statistics-head"), *lines]))
    return [
        _drawn(context, charts.of_several(named, context.say), _ALL),
        context.reply(text, _buttons(context, announcements)),
    ]


def _drawn(context: Context, chart: Chart, which: str) -> Reply:
    """The chart with a one-line caption and a button for the other background."""
    dark = context.current_member.dark_pictures
    key, other = ("statistics-light", "off") if dark else ("statistics-dark", "on")
    rows = ((context.button(key, "statistics-dark", other, which),),)
    media = Media(MediaKind.PHOTO, name="thong-ke.png")
    return Reply(
        context.wording(context.say("statistics-caption", title=chart.title), rows, media=media),
        draw=partial(bar_chart.draw, chart, context.club.palette, dark=dark),
    )


def _buttons(context: Context, found: list[Published]) -> Rows:
    return (
        tuple(
            context.button("statistics-open", "statistics", one.id, number=one.label)
            for one in found
        ),
        (context.button("statistics-export", "/xuatsolieu"),),
        home_below(context.say),
    )


def _in_short(context: Context, one: Published, totals: Totals) -> Html:
    shown = shown_totals(totals)
    named = {"number": one.label, "title": _title(one), "sent": shown.sent.said(context.say)}
    if shown.opened is None or shown.shared is None:
        return context.say("statistics-line-few", **named)
    done = {"opened": shown.opened.said(context.say), "shared": shown.shared.said(context.say)}
    return context.say("statistics-line", **named, **done)


async def _in_full(context: Context, which: Reference) -> Answer:
    details = await _details(context, which)
    mailing = await mailings.of_announcement(context.tx, which.id)
    doubts = uncertain_rows(context.say, mailing, details.totals.deliveries) if mailing else ()
    noting = ((context.button("reach-note", "reach", which.id),),) if details.totals.links else ()
    proofs = ((context.button("statistics-see-proofs", "proofs", which.id),),)
    changes = await change_rows(context, which)
    return [
        _drawn(context, charts.of_one(details, context.say), str(which.id)),
        context.reply(
            in_words(details, context.say),
            (*doubts, *noting, *proofs, *changes, home_below(context.say)),
        ),
    ]


async def _details(context: Context, which: Reference) -> Details:
    announcement = found(await published.find(context.tx, which.id), "statistics-unknown")
    days = days_since(announcement.sent_at or context.now, context.now, context.club)
    counted = await batch_totals.detail(context.tx, which.id, days)
    return Details(
        which.label,
        _title(announcement),
        counted.totals,
        counted.breakdown,
        context.club,
        (await charges.of_announcements(context.tx, [which.id])).get(which.id),
    )


def _title(one: Published) -> str:
    return unpack(one.content).title
