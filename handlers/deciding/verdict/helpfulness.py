"""*Helpful?* below a verdict that was sent: an anonymous count, once for each version."""

from handlers.conversation import Context, Routes, require
from handlers.flagging.known import flagged_case
from handlers.messages import Answer
from handlers.views.verdict import day_of
from storage.cases import daily_counters, flags
from storage.models import CounterKind

routes = Routes()


@routes.action("verdicthelped")
async def helped(context: Context) -> Answer:
    """The verdict answered the question."""
    await _count(context, CounterKind.HELPFUL)
    return [context.toast(context.say.plain("flag-helped-thanks"))]


@routes.action("verdictunhelped")
async def did_not_help(context: Context) -> Answer:
    """The verdict did not answer it: says how to ask again."""
    await _count(context, CounterKind.NOT_HELPFUL)
    return [context.reply(context.say("verdict-not-helped-thanks"))]


async def _count(context: Context, what: CounterKind) -> None:
    """Counts the answer; that this member has answered is kept, what they said is not.

    Raises:
        UserError: they flagged no post of this case, or have answered already.
    """
    case = await flagged_case(context)
    version = context.number(1)
    require(0 < version <= case.verdict_version, "button-unknown")
    require(
        await flags.mark_rated(context.tx, case, context.member_id, version),
        "verdict-rated-already",
    )
    await daily_counters.increment(context.tx, what, day_of(context.now, context.club))
