"""When the month's messages on one messenger will not reach everybody: the officer is told before
sending, and says who goes first."""

from dataclasses import replace

from handlers.announcing import drafts
from handlers.announcing.drafts import Draft
from handlers.conversation.context import Context, UserError
from handlers.conversation.i18n import Html, Speech
from handlers.conversation.routes import Routes
from handlers.messages import Answer, Button, Rows
from handlers.views.announcement import Content
from handlers.views.small_counts import alone
from storage.models import AnnouncementState, Role
from storage.outbox import monthly_quota
from storage.outbox.monthly_quota import ZALO_ONLY
from storage.reports import batch_totals

routes = Routes()

MESSENGER = "zalo"
_AS_THEY_JOINED = "-"


async def lines(context: Context, content: Content) -> list[Html]:
    """How many messages are left and needed, where the messenger sells them by the month."""
    if not context.club.zalo_quota:
        return []
    left = await remaining(context)
    needed = await batch_totals.audience(context.tx, content.areas, MESSENGER)
    if needed <= left:
        return [
            context.say(
                "quota-enough",
                left=context.say.number(left),
                needed=alone(needed).said(context.say),
            )
        ]
    short, first = alone(needed - left).said(context.say), _who(context, content.first, context.say)
    values = {"left": context.say.number(left), "needed": alone(needed).said(context.say)}
    return [context.say("quota-short", short=short, first=first, **values)]


async def remaining(context: Context) -> int:
    """How many messages the account may still send this month."""
    sent = await monthly_quota.sent(context.tx, MESSENGER, context.club.timezone)
    return max(0, context.club.zalo_quota - sent)


async def quota_line(context: Context) -> list[Html]:
    """What is left this month, for `/thongke`; nothing where there is no quota."""
    if not context.club.zalo_quota:
        return []
    return [left_line(await remaining(context), context.club.zalo_quota, context.say)]


def left_line(left: int, most: int, say: Speech) -> Html:
    """`Zalo: còn 820 trong 3.000 tin của tháng này.`"""
    return say("quota-left", left=say.number(left), most=say.number(most))


def ways(context: Context, draft: Draft) -> Rows:
    """The button that chooses who goes first; only where there is a quota."""
    if not context.club.zalo_quota or draft.is_correction:
        return ()
    return ((context.button("quota-choose", "quota-ask", draft.number, draft.version),),)


@routes.action("quota-ask", role=Role.OFFICER)
async def ask(context: Context) -> Answer:
    """Who goes first: those who can be reached nowhere else, an area, or as they joined."""
    draft = await _draft(context)
    options = (_AS_THEY_JOINED, ZALO_ONLY, *(area.id for area in context.club.areas))
    rows = tuple((_option(context, draft, one),) for one in options)
    return [context.edit(context.say("quota-question"), rows)]


@routes.action("quota-first", role=Role.OFFICER)
async def choose(context: Context) -> Answer:
    """Keeps the choice with the draft, where the other officers see it, too."""
    draft = await _draft(context)
    chosen = context.args[2] if len(context.args) > 2 else ""
    known = {_AS_THEY_JOINED, ZALO_ONLY, *(area.id for area in context.club.areas)}
    if chosen not in known:
        raise UserError("button-unknown")
    first = "" if chosen == _AS_THEY_JOINED else chosen
    draft = await drafts.save_content(context, draft, replace(draft.content, first=first))
    told = context.say("quota-chosen", first=_who(context, first, context.say))
    see = context.button("announcing-see", "approval-see", draft.number)
    return [context.edit(told, ((see,),))]


def _option(context: Context, draft: Draft, option: str) -> Button:
    mine = (draft.content.first or _AS_THEY_JOINED) == option
    name = _who(context, "" if option == _AS_THEY_JOINED else option, context.say)
    key = "choice-taken" if mine else "choice-free"
    return context.button(key, "quota-first", draft.number, draft.version, option, name=name)


def _who(context: Context, first: str, say: Speech) -> str:
    if first == ZALO_ONLY:
        return say.plain("quota-only-there")
    return context.club.area_name(first) or say.plain("quota-as-they-joined")


async def _draft(context: Context) -> Draft:
    draft = await drafts.load_own(context, context.number())
    if draft.state is not AnnouncementState.DRAFT or draft.version != context.number(1):
        raise UserError("quota-changed")
    return draft
