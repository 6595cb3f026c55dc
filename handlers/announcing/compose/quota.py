"""The monthly quota of all messages of an account: the officer sees it before sending."""

from handlers.announcing.compose import priority
from handlers.conversation import Context, Html, Speech
from handlers.views.announcement import Content
from handlers.views.small_counts import alone
from storage.outbox import monthly_quota
from storage.reports import batch_totals

MESSENGER = "zalo"


async def lines(context: Context, content: Content) -> list[Html]:
    """How many messages of the month are left and needed; empty without a quota."""
    if not context.club.zalo_quota:
        return []
    left = await remaining(context)
    cheaper = context.club.cheaper_than(MESSENGER)
    needed = await batch_totals.audience(context.tx, content.areas, MESSENGER, cheaper)
    if needed <= left:
        return [
            context.say(
                "quota-enough",
                left=context.say.number(left),
                needed=alone(needed).said(context.say),
            )
        ]
    short, first = (
        alone(needed - left).said(context.say),
        priority.name(context, content.first, context.say),
    )
    values = {"left": context.say.number(left), "needed": alone(needed).said(context.say)}
    return [context.say("quota-short", short=short, first=first, **values)]


async def remaining(context: Context) -> int:
    """How many messages the account may still send in this calendar month."""
    sent = await monthly_quota.sent(context.tx, MESSENGER, context.club.timezone)
    return max(0, context.club.zalo_quota - sent)


async def quota_line(context: Context) -> list[Html]:
    """The rest of the quota for `/thongke`; empty without a quota."""
    if not context.club.zalo_quota:
        return []
    return [left_line(await remaining(context), context.club.zalo_quota, context.say)]


def left_line(left: int, most: int, say: Speech) -> Html:
    """`Zalo: còn 820 trong 3.000 tin của tháng này.`"""
    return say("quota-left", left=say.number(left), most=say.number(most))
