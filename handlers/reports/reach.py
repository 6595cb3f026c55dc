"""How far a public share went, as an officer reads it off the post and notes it by hand.

The shares have numbers, not names: who made one is nobody's business here (refusal 3).
"""

import re

from handlers.conversation import pagination
from handlers.conversation.context import Context, UserError
from handlers.conversation.i18n import Html
from handlers.conversation.routes import Routes
from handlers.messages import Answer
from handlers.recognition.plain_text import plain
from handlers.reports.announcement_figures import platform_name
from storage import audit_log
from storage.models import Role
from storage.reports import share_reach
from storage.reports.share_reach import Linked

routes = Routes()

MOST = 100_000_000
"""More than Vietnam has people; a larger number is a slip of the finger."""
_STEP = "reach"
_WRITTEN = re.compile(r"(\d{1,3}(?:[.,\s]\d{3})+|\d+)")
_SHORTENED = re.compile(r"(\d+(?:[.,]\d+)?)\s*(k|nghin|ngan|n|m|tr|trieu)")
_TIMES = {"m": 1_000_000, "tr": 1_000_000, "trieu": 1_000_000}


@routes.action("reach", role=Role.OFFICER)
async def show(turn: Context) -> Answer:
    """The shares of an announcement that have a link, and what was noted of each."""
    number, page = turn.number(), turn.number(1) if len(turn.args) > 1 else 0
    first = page * pagination.PER_PAGE
    fetched = await share_reach.linked(turn.tx, number, limit=pagination.FETCHED, offset=first)
    if not fetched:
        raise UserError("reach-none")
    shown = pagination.shown(fetched)
    lines = [_line(turn, first + place, one) for place, one in enumerate(shown, start=1)]
    text = Html("\n\n".join([turn.say("reach-head", number=str(number)), *lines]))
    notes = tuple(
        turn.button("reach-pick", "reach-of", number, one.share_id, place=str(first + place))
        for place, one in enumerate(shown, start=1)
    )
    return [turn.reply(text, (notes, *pagination.ways(turn, f"reach:{number}", page, fetched)))]


@routes.action("reach-of", role=Role.OFFICER)
async def ask(turn: Context) -> Answer:
    """From now on the next message is the number."""
    await _linked(turn, turn.number(), turn.number(1))
    await turn.go(_STEP, announcement=turn.number(), share=turn.number(1))
    return [turn.reply(turn.say("reach-ask"), ((turn.button("cancel", "cancel"),),))]


@routes.step(_STEP, role=Role.OFFICER)
async def note(turn: Context) -> Answer:
    """Keeps the number; 0 takes it back."""
    seen = read_number(turn.incoming.text)
    if seen is None or turn.incoming.media or turn.incoming.forwarded:
        raise UserError("reach-unclear")
    number, share_id = int(turn.data["announcement"]), int(turn.data["share"])
    await _linked(turn, number, share_id)
    await turn.done()
    await share_reach.note(turn.tx, number, share_id, seen or None)
    await audit_log.record(turn.tx, turn.who, "reach noted", announcement=number, reach=seen)
    again = ((turn.button("reach-more", "reach", number),),)
    return [turn.reply(turn.say("reach-noted", reach=turn.say.number(seen)), again)]


def read_number(text: str) -> int | None:
    """How people write how many: `1200`, `1.200`, `1,2k`, `3 nghìn`; None when it is no number."""
    said = plain(text).strip()
    if short := _SHORTENED.fullmatch(said):
        number = float(short[1].replace(",", ".")) * _TIMES.get(short[2], 1000)
    elif long := _WRITTEN.fullmatch(said):
        number = float(re.sub(r"\D", "", long[1]))
    else:
        return None
    return round(number) if number <= MOST else None


async def _linked(turn: Context, number: int, share_id: int) -> None:
    """The share counts still and is this announcement's."""
    if not await share_reach.counts(turn.tx, number, share_id):
        raise UserError("reach-gone")


def _line(turn: Context, place: int, one: Linked) -> Html:
    seen = turn.say("reach-unknown") if one.reach is None else turn.say.number(one.reach)
    each = "\n".join(f"{platform_name(platform, turn.say)}: {url}" for platform, url in one.links)
    return turn.say("reach-line", place=str(place), links=each, reach=seen)
