"""The monthly quota of paid messages: the officer sees it before sending and chooses who gets
priority if it does not suffice."""

from dataclasses import replace

from handlers.announcing import drafts
from handlers.announcing.drafts import Draft
from handlers.conversation import Context, Html, Routes, Speech, require
from handlers.messages import Answer, Button, Rows
from handlers.views.announcement import Content
from handlers.views.small_counts import alone
from storage.models import AnnouncementState, Role
from storage.outbox import monthly_quota
from storage.outbox.priority import ONE_APP_ONLY
from storage.reports import batch_totals

routes = Routes()

MESSENGER = "zalo"
_AS_THEY_JOINED = "-"


async def lines(context: Context, content: Content) -> list[Html]:
    """How many messages of the month are left and needed; empty without a quota."""
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
    short, first = (
        alone(needed - left).said(context.say),
        _priority_name(context, content.first, context.say),
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


def priority_rows(context: Context, draft: Draft) -> Rows:
    """The button to choose who gets priority; empty without a quota."""
    if not context.club.zalo_quota or draft.is_correction:
        return ()
    return ((context.button("quota-choose", "quota-ask", draft.number, draft.version),),)


@routes.action("quota-ask", role=Role.OFFICER)
async def ask(context: Context) -> Answer:
    """Asks who gets priority: members reachable only there, an area, or the order of joining."""
    draft = await _draft(context)
    rows = tuple(
        (_option(context, draft, option),)
        for option in (_AS_THEY_JOINED, ONE_APP_ONLY, *(area.id for area in context.club.areas))
    )
    return [context.edit(context.say("quota-question"), rows)]


@routes.action("quota-first", role=Role.OFFICER)
async def choose(context: Context) -> Answer:
    """Saves the choice with the draft, where other officers see it."""
    draft = await _draft(context)
    chosen = context.args[2] if len(context.args) > 2 else ""
    require(
        chosen in {_AS_THEY_JOINED, ONE_APP_ONLY, *(area.id for area in context.club.areas)},
        "button-unknown",
    )
    first = "" if chosen == _AS_THEY_JOINED else chosen
    draft = await drafts.save_content(context, draft, replace(draft.content, first=first))
    return [
        context.edit(
            context.say("quota-chosen", first=_priority_name(context, first, context.say)),
            ((context.button("announcing-see", "approval-see", draft.number),),),
        )
    ]


def _option(context: Context, draft: Draft, option: str) -> Button:
    is_chosen = (draft.content.first or _AS_THEY_JOINED) == option
    name = _priority_name(context, "" if option == _AS_THEY_JOINED else option, context.say)
    key = "choice-taken" if is_chosen else "choice-free"
    return context.button(key, "quota-first", draft.number, draft.version, option, name=name)


def _priority_name(context: Context, first: str, say: Speech) -> str:
    if first == ONE_APP_ONLY:
        return say.plain("quota-only-there")
    return context.club.area_name(first) or say.plain("quota-as-they-joined")


async def _draft(context: Context) -> Draft:
    draft = await drafts.load_own(context, context.number())
    require(
        draft.state is AnnouncementState.DRAFT and draft.version == context.number(1),
        "quota-changed",
    )
    return draft
