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


async def lines(turn: Context, content: Content) -> list[Html]:
    """How many messages are left and needed, where the messenger sells them by the month."""
    if not turn.club.zalo_quota:
        return []
    left = await remaining(turn)
    needed = await batch_totals.audience(turn.tx, content.areas, MESSENGER)
    if needed <= left:
        return [
            turn.say(
                "quota-enough", left=turn.say.number(left), needed=alone(needed).said(turn.say)
            )
        ]
    short, first = alone(needed - left).said(turn.say), _who(turn, content.first, turn.say)
    values = {"left": turn.say.number(left), "needed": alone(needed).said(turn.say)}
    return [turn.say("quota-short", short=short, first=first, **values)]


async def remaining(turn: Context) -> int:
    """How many messages the account may still send this month."""
    sent = await monthly_quota.sent(turn.tx, MESSENGER, turn.club.timezone)
    return max(0, turn.club.zalo_quota - sent)


async def quota_line(turn: Context) -> list[Html]:
    """What is left this month, for `/thongke`; nothing where there is no quota."""
    if not turn.club.zalo_quota:
        return []
    return [left_line(await remaining(turn), turn.club.zalo_quota, turn.say)]


def left_line(left: int, most: int, say: Speech) -> Html:
    """`Zalo: còn 820 trong 3.000 tin của tháng này.`"""
    return say("quota-left", left=say.number(left), most=say.number(most))


def ways(turn: Context, draft: Draft) -> Rows:
    """The button that chooses who goes first; only where there is a quota."""
    if not turn.club.zalo_quota or draft.is_correction:
        return ()
    return ((turn.button("quota-choose", "quota-ask", draft.number, draft.version),),)


@routes.action("quota-ask", role=Role.OFFICER)
async def ask(turn: Context) -> Answer:
    """Who goes first: those who can be reached nowhere else, an area, or as they joined."""
    draft = await _draft(turn)
    options = (_AS_THEY_JOINED, ZALO_ONLY, *(area.id for area in turn.club.areas))
    rows = tuple((_option(turn, draft, one),) for one in options)
    return [turn.instead(turn.say("quota-question"), rows)]


@routes.action("quota-first", role=Role.OFFICER)
async def choose(turn: Context) -> Answer:
    """Keeps the choice with the draft, where the other officers see it, too."""
    draft = await _draft(turn)
    chosen = turn.args[2] if len(turn.args) > 2 else ""
    known = {_AS_THEY_JOINED, ZALO_ONLY, *(area.id for area in turn.club.areas)}
    if chosen not in known:
        raise UserError("button-unknown")
    first = "" if chosen == _AS_THEY_JOINED else chosen
    draft = await drafts.save_content(turn, draft, replace(draft.content, first=first))
    told = turn.say("quota-chosen", first=_who(turn, first, turn.say))
    see = turn.button("announcing-see", "approval-see", draft.number)
    return [turn.instead(told, ((see,),))]


def _option(turn: Context, draft: Draft, option: str) -> Button:
    mine = (draft.content.first or _AS_THEY_JOINED) == option
    name = _who(turn, "" if option == _AS_THEY_JOINED else option, turn.say)
    key = "choice-taken" if mine else "choice-free"
    return turn.button(key, "quota-first", draft.number, draft.version, option, name=name)


def _who(turn: Context, first: str, say: Speech) -> str:
    if first == ZALO_ONLY:
        return say.plain("quota-only-there")
    return turn.club.area_name(first) or say.plain("quota-as-they-joined")


async def _draft(turn: Context) -> Draft:
    draft = await drafts.load_own(turn, turn.number())
    if draft.state is not AnnouncementState.DRAFT or draft.version != turn.number(1):
        raise UserError("quota-changed")
    return draft
