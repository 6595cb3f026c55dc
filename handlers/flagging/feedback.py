"""*Was this helpful?* A number that is nobody's; and a no that opens a case of its own."""

from dataclasses import replace

from handlers.conversation.context import Context, UserError
from handlers.conversation.routes import Routes
from handlers.flagging import pending
from handlers.flagging.known import ANSWERED
from handlers.flagging.known_or_new import check_allowance
from handlers.flagging.post import unpack
from handlers.flagging.prompts import category_question
from handlers.messages import Answer
from handlers.views.verdict import day_of
from storage.cases import daily_counters
from storage.models import Count

routes = Routes()


@routes.action("flag-helped")
async def helped(context: Context) -> Answer:
    """It was what the member wanted to know; counted once."""
    _check_asked(context)
    await daily_counters.increment(context.tx, Count.HELPFUL, day_of(context.now, context.club))
    await context.clear_state()
    return [context.toast(context.say.plain("flag-helped-thanks"))]


@routes.action("flag-not-this")
async def is_something_else(context: Context) -> Answer:
    """The post says something else than what the verdict is about: it becomes a case of its own."""
    _check_asked(context)
    await check_allowance(context)
    await daily_counters.increment(context.tx, Count.NOT_HELPFUL, day_of(context.now, context.club))
    waiting = await pending.begin(
        context, unpack(context.data["post"]), unlike=context.data["code"]
    )
    return [category_question(_below(context), waiting)]


@routes.action("flag-none")
async def is_none_of_these(context: Context) -> Answer:
    """A post of its own, however much it resembles others."""
    waiting = pending.pressed(context)
    return [category_question(context, waiting)]


def _below(context: Context) -> Context:
    """The verdict stays on the screen: what comes now stands under it."""
    return replace(context, incoming=replace(context.incoming, press=None))


def _check_asked(context: Context) -> None:
    if context.step != ANSWERED or context.args[:1] != (context.data["ticket"],):
        raise UserError("flag-answered-already")
