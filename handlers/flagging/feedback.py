"""*Was this helpful?*: an anonymous count; a no opens a case of its own."""

from dataclasses import replace

from handlers.conversation import Context, Routes, UserError
from handlers.flagging import pending
from handlers.flagging.known import ANSWERED
from handlers.flagging.known_or_new import check_allowance
from handlers.flagging.post import unpack
from handlers.flagging.prompts import send_question
from handlers.messages import Answer
from handlers.views.verdict import day_of
from storage.cases import daily_counters
from storage.models import CounterKind

routes = Routes()


@routes.action("flag-helped")
async def helped(context: Context) -> Answer:
    """The verdict answered the question; counted once."""
    _check_asked(context)
    await daily_counters.increment(
        context.tx, CounterKind.HELPFUL, day_of(context.now, context.club)
    )
    await context.clear_state()
    return [context.toast(context.say.plain("flag-helped-thanks"))]


@routes.action("flag-not-this")
async def is_something_else(context: Context) -> Answer:
    """The verdict is about something else: the post gets a case of its own."""
    _check_asked(context)
    await check_allowance(context)
    await daily_counters.increment(
        context.tx, CounterKind.NOT_HELPFUL, day_of(context.now, context.club)
    )
    waiting = await pending.begin(
        context, unpack(context.data["post"]), distinct_from=context.data["code"]
    )
    return [send_question(_below(context), waiting)]


@routes.action("flag-none")
async def is_none_of_these(context: Context) -> Answer:
    """The member says that none of the similar posts is the same: offers to send it."""
    waiting = pending.of_pressed_button(context)
    return [send_question(context, waiting)]


def _below(context: Context) -> Context:
    """Answers with a new message below, so that the verdict stays on the screen."""
    return replace(context, incoming=replace(context.incoming, press=None))


def _check_asked(context: Context) -> None:
    if context.step != ANSWERED or context.args[:1] != (context.data["ticket"],):
        raise UserError("flag-answered-already")
