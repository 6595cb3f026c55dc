"""A member's own quiet hours in `/caidat`; deliveries that can wait are deferred to their end."""

import re

from handlers.conversation import Context, Routes, TimeUnclear, UserError, read_clock, require
from handlers.messages import Answer
from handlers.preferences.pages import OpenedFrom, Page
from handlers.preferences.preferences import opened_from_of, page_now
from storage.outbox import quiet_hours

routes = Routes()

_STEP = "preferences.quiet"
_MINUTES_A_DAY = 24 * 60
_BETWEEN = re.compile(
    r"(?:(?<!\s)\s++)?(?:[-–—]|\b(?:đến|den|tới|toi|to|until)\b)\s*+", re.IGNORECASE
)
_FROM = re.compile(r"^\s*(?:từ|tu|from)\b", re.IGNORECASE)


@routes.action("set-quiet")
async def choose(context: Context) -> Answer:
    """Sets quiet hours from a button, or removes the member's own."""
    opened_from = opened_from_of(context)
    if len(context.args) == 1:
        await _save(context, None, None)
    else:
        await _save(context, _minute(context, 1), _minute(context, 2))
    if context.step == _STEP:
        await context.clear_state()
    view = await page_now(context, Page.QUIET, opened_from)
    return [context.edit(view.text, view.rows)]


@routes.action("set-other-quiet")
async def ask(context: Context) -> Answer:
    """Asks for typed quiet hours."""
    opened_from = opened_from_of(context)
    await context.set_state(_STEP, opened_from=opened_from)
    back = context.button("back", "set-page", opened_from, Page.QUIET)
    return [context.edit(context.say("quiet-ask-hours"), ((back,),))]


@routes.step(_STEP)
async def read(context: Context) -> Answer:
    """Sets typed quiet hours: `20h-7h`, `từ 20h đến 7h`."""
    ends = _BETWEEN.split(_FROM.sub("", context.incoming.text.strip()))
    try:
        begins, until = (read_clock(end) for end in ends)
    except (TimeUnclear, ValueError):
        raise UserError("quiet-unclear") from None
    require(begins != until, "quiet-unclear")
    await _save(context, begins.hour * 60 + begins.minute, until.hour * 60 + until.minute)
    await context.clear_state()
    view = await page_now(context, Page.QUIET, OpenedFrom(context.data["opened_from"]))
    return [context.reply(view.text, view.rows)]


async def _save(context: Context, begins: int | None, ends: int | None) -> None:
    context.current_member.quiet_from, context.current_member.quiet_until = begins, ends
    await context.tx.session.flush()
    await quiet_hours.reschedule_deferred(context.tx, context.member_id)


def _minute(context: Context, at: int) -> int:
    minute = context.number(at)
    require(minute < _MINUTES_A_DAY, "button-unknown")
    return minute
