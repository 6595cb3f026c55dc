"""The reach of a public share, as an officer reads it on the post and enters it.

Officers see numbers of shares and no names (refusal: no-pressure-to-share).
"""

import re

from handlers.conversation import Context, Html, Page, Routes, UserError, require
from handlers.messages import Answer
from handlers.recognition.plain_text import plain
from handlers.reports.announcement_figures import platform_name
from handlers.views.announcement_reference import named
from storage import audit_log
from storage.models import AuditAction, Role
from storage.reports import share_reach
from storage.reports.share_reach import ShareWithLinks

routes = Routes()

MOST = 100_000_000
"""About the population of Vietnam; a larger number is a typing error."""
_STEP = "reach"
_WRITTEN = re.compile(r"(\d{1,3}(?:[.,\s]\d{3})+|\d+)")
_SHORTENED = re.compile(r"(\d+(?:[.,]\d+)?)\s*(k|nghin|ngan|n|m|tr|trieu)")
_TIMES = {"m": 1_000_000, "tr": 1_000_000, "trieu": 1_000_000}


@routes.action("reach", role=Role.OFFICER)
async def show(context: Context) -> Answer:
    """Lists the shares of an announcement that have a link, with the reach entered for each."""
    which = await named(context)
    page = Page(context, "reach", context.number(1) if len(context.args) > 1 else 0, position=1)
    fetched = await share_reach.linked(context.tx, which.id, limit=page.limit, offset=page.offset)
    require(fetched, "reach-none")
    shown, others = page.split(fetched, which.id)
    placed = list(enumerate(shown, start=page.offset + 1))
    lines = [_line(context, place, linked) for place, linked in placed]
    text = Html("\n\n".join([context.say("reach-head", number=which.label), *lines]))
    notes = tuple(
        context.button("reach-pick", "reach-of", which.id, linked.share_id, place=str(place))
        for place, linked in placed
    )
    return [context.reply(text, (notes, *others))]


@routes.action("reach-of", role=Role.OFFICER)
async def ask(context: Context) -> Answer:
    """Asks the officer for the number of views of a public post; the next message is the answer."""
    await _linked(context, context.number(), context.number(1))
    await context.set_state(_STEP, announcement=context.number(), share=context.number(1))
    return [context.reply(context.say("reach-ask"), context.cancel_row())]


@routes.step(_STEP, role=Role.OFFICER)
async def note(context: Context) -> Answer:
    """Stores the number of views; 0 deletes it."""
    seen = read_number(context.incoming.text)
    if seen is None or context.incoming.media or context.incoming.forwarded:
        raise UserError("reach-unclear")
    about, share_id = int(context.data["announcement"]), int(context.data["share"])
    await _linked(context, about, share_id)
    await context.clear_state()
    await share_reach.note(context.tx, about, share_id, seen or None)
    await audit_log.record(
        context.tx, context.current_member, AuditAction.REACH_NOTED, announcement=about, reach=seen
    )
    again = ((context.button("reach-more", "reach", about),),)
    return [context.reply(context.say("reach-noted", reach=context.say.number(seen)), again)]


def read_number(text: str) -> int | None:
    """Parses a count: `1200`, `1.200`, `1,2k`, `3 nghìn`; None if it is no number."""
    typed = plain(text).strip()
    if short := _SHORTENED.fullmatch(typed):
        number = float(short[1].replace(",", ".")) * _TIMES.get(short[2], 1000)
    elif long := _WRITTEN.fullmatch(typed):
        number = float(re.sub(r"\D", "", long[1]))
    else:
        return None
    return round(number) if number <= MOST else None


async def _linked(context: Context, announcement_id: int, share_id: int) -> None:
    """Checks that the share still counts and belongs to this announcement."""
    require(await share_reach.counts(context.tx, announcement_id, share_id), "reach-gone")


def _line(context: Context, place: int, one: ShareWithLinks) -> Html:
    seen = context.say("reach-unknown") if one.reach is None else context.say.number(one.reach)
    each = "\n".join(
        f"{platform_name(platform, context.say)}: {url}" for platform, url in one.links
    )
    return context.say("reach-line", place=str(place), links=each, reach=seen)
