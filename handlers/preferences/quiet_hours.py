"""A member's own quiet hours in `/caidat`: what can wait until they are over waits for them."""

import re

from handlers.conversation.context import Context, UserError
from handlers.conversation.routes import Routes
from handlers.conversation.time_parser import TimeUnclear, read_clock
from handlers.messages import Answer
from handlers.preferences.pages import Page, Way
from handlers.preferences.preferences import page_now, way_of
from storage.outbox import quiet_hours

routes = Routes()

_STEP = "preferences.quiet"
_MINUTES_A_DAY = 24 * 60
_BETWEEN = re.compile(
    r"(?:(?<!\s)\s++)?(?:[-–—]|\b(?:đến|den|tới|toi|to|until)\b)\s*+", re.IGNORECASE
)
_FROM = re.compile(r"^\s*(?:từ|tu|from)\b", re.IGNORECASE)


@routes.action("set-quiet")
async def choose(turn: Context) -> Answer:
    """Hours from the buttons, or none of one's own."""
    way = way_of(turn)
    if len(turn.args) == 1:
        await _set(turn, None, None)
    else:
        await _set(turn, _minute(turn, 1), _minute(turn, 2))
    if turn.step == _STEP:
        await turn.done()
    shown = await page_now(turn, Page.QUIET, way)
    return [turn.instead(shown.text, shown.rows)]


@routes.action("set-other-quiet")
async def ask(turn: Context) -> Answer:
    """Lets the member type them."""
    way = way_of(turn)
    await turn.go(_STEP, way=way)
    back = turn.button("back", "set-page", way, Page.QUIET)
    return [turn.instead(turn.say("quiet-ask-hours"), ((back,),))]


@routes.step(_STEP)
async def read(turn: Context) -> Answer:
    """`20h-7h`, `từ 20h đến 7h`."""
    ends = _BETWEEN.split(_FROM.sub("", turn.incoming.text.strip()))
    try:
        begins, until = (read_clock(end) for end in ends)
    except (TimeUnclear, ValueError):
        raise UserError("quiet-unclear") from None
    if begins == until:
        raise UserError("quiet-unclear")
    await _set(turn, begins.hour * 60 + begins.minute, until.hour * 60 + until.minute)
    await turn.done()
    shown = await page_now(turn, Page.QUIET, Way(turn.data["way"]))
    return [turn.reply(shown.text, shown.rows)]


async def _set(turn: Context, begins: int | None, ends: int | None) -> None:
    turn.who.quiet_from, turn.who.quiet_until = begins, ends
    await turn.tx.session.flush()
    await quiet_hours.reschedule_deferred(turn.tx, turn.member_id)


def _minute(turn: Context, at: int) -> int:
    minute = turn.number(at)
    if minute >= _MINUTES_A_DAY:
        raise UserError("button-unknown")
    return minute
