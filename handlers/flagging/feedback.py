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
async def helped(turn: Context) -> Answer:
    """It was what the member wanted to know; counted once."""
    _check_asked(turn)
    await daily_counters.increment(turn.tx, Count.HELPFUL, day_of(turn.now, turn.club))
    await turn.done()
    return [turn.toast(turn.say.plain("flag-helped-thanks"))]


@routes.action("flag-not-this")
async def is_something_else(turn: Context) -> Answer:
    """The post says something else than what the verdict is about: it becomes a case of its own."""
    _check_asked(turn)
    await check_allowance(turn)
    await daily_counters.increment(turn.tx, Count.NOT_HELPFUL, day_of(turn.now, turn.club))
    waiting = await pending.begin(turn, unpack(turn.data["post"]), unlike=turn.data["code"])
    return [category_question(_below(turn), waiting)]


@routes.action("flag-none")
async def is_none_of_these(turn: Context) -> Answer:
    """A post of its own, however much it resembles others."""
    waiting = pending.pressed(turn)
    return [category_question(turn, waiting)]


def _below(turn: Context) -> Context:
    """The verdict stays on the screen: what comes now stands under it."""
    return replace(turn, incoming=replace(turn.incoming, press=None))


def _check_asked(turn: Context) -> None:
    if turn.step != ANSWERED or turn.args[:1] != (turn.data["ticket"],):
        raise UserError("flag-answered-already")
