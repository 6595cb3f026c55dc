"""What an announcement may cost: the officer sees whom it reaches at what price, and sets the limit.

Within the limits of the configuration. The choice is part of the version that others approve.
"""

import re
from dataclasses import replace

from handlers.announcing import drafts
from handlers.announcing.compose import priority, reach_plan
from handlers.announcing.drafts import Draft
from handlers.conversation import Context, Html, Routes, Speech, UserError, found, require
from handlers.messages import Answer, Button, Rows
from handlers.views.announcement import Content
from handlers.views.spending_lines import cost, month_lines
from storage import audit_log
from storage.models import AuditAction, Role
from storage.outbox import charges
from storage.outbox.metering import Metering, MonthSpent, SpendingLimits

routes = Routes()

_STEP = "announcing.spending"
_FREE, _QUOTA = "free", "quota"
_OFFERED = (20, 50, 100, 200, 500, 1000, 2000, 5000)
_MOST_OFFERED = 3
_AMOUNT = re.compile(r"(?P<number>[0-9][0-9.,\s]*)(?P<unit>đ|d|vnd|đồng|dong)?\s*$", re.IGNORECASE)


def metering_of(context: Context) -> Metering | None:
    """The club's account whose messages are not always free; None if it has none."""
    return next(iter(context.club.metered.values()), None)


async def lines(context: Context, draft: Draft) -> list[Html]:
    """Whom it reaches at what price, what may be spent, and who goes first; empty if all is free."""
    metering, content, say = metering_of(context), draft.content, context.say
    if metering is None or content.officers_only:
        return []
    plan = await reach_plan.make(context, metering, content, draft.measured)
    shown = [reach_plan.sentence(plan, say), _allowed(metering, content, say)]
    if plan.messages > 1:
        shown.append(say("spending-messages", count=say.number(plan.messages)))
    if plan.not_now:
        shown.append(say("spending-first", first=priority.name(context, content.first, say)))
    return shown


async def correction_lines(context: Context, announcement_id: int) -> list[Html]:
    """What a correction or a recall may still cost: the rest of its announcement; empty if all is free."""
    metering = metering_of(context)
    if metering is None:
        return []
    spent = (await charges.of_announcements(context.tx, [announcement_id])).get(announcement_id)
    return [cost(spent, context.say)] if spent else []


def rows(context: Context, draft: Draft) -> Rows:
    """The button to choose what may be spent; empty where every message is free."""
    if metering_of(context) is None or draft.is_correction or draft.content.officers_only:
        return ()
    return ((context.button("spending-choose", "spend-ask", draft.id, draft.version),),)


@routes.action("spend-ask", role=Role.OFFICER)
async def ask(context: Context) -> Answer:
    """Offers: what is free, the quota too, or also so many paid messages."""
    draft, metering = await priority.load(context), _metering(context)
    await context.clear_state()
    options = [(_FREE, context.say.plain("spending-free"))]
    options.append((_QUOTA, context.say.plain("spending-quota")))
    options += [
        (str(most), _paid_label(metering.limits, most, context.say))
        for most in _offered(metering.limits)
    ]
    shown = tuple((_option(context, draft, *option),) for option in options)
    return [
        context.edit(
            _question(metering, await charges.month(context.tx, metering), context.say),
            (*shown, *_other_row(context, draft, metering), *priority.see_rows(context, draft)),
        )
    ]


@routes.action("spend-set", role=Role.OFFICER)
async def choose(context: Context) -> Answer:
    """Saves the choice with the draft, where other officers see it."""
    draft, metering = await priority.load(context), _metering(context)
    chosen = context.args[2] if len(context.args) > 2 else ""
    paid = 0 if chosen in (_FREE, _QUOTA) else context.number(2)
    require(paid <= metering.limits.of_an_announcement, "button-unknown")
    return [
        context.edit(
            *await _saved(context, draft, metering, from_quota=chosen != _FREE, paid_most=paid)
        )
    ]


@routes.action("spend-other", role=Role.OFFICER)
async def ask_amount(context: Context) -> Answer:
    """Asks for a typed number of messages or đồng."""
    draft, metering = await priority.load(context), _metering(context)
    await context.set_state(_STEP, number=draft.id, version=draft.version)
    text = context.say("spending-type", **_most(metering.limits, context.say))
    return [context.edit(text, context.cancel_row())]


@routes.step(_STEP, role=Role.OFFICER)
async def read_amount(context: Context) -> Answer:
    """Reads `300` messages or `20.000 đ`."""
    metering = _metering(context)
    try:
        draft = await drafts.load_own(context, context.data["number"])
        require(draft.version == context.data["version"], "quota-changed")
    except UserError as refusal:  # submitted or changed meanwhile: this step is over
        await context.clear_state()
        return [context.error_reply(refusal)]
    limits = metering.limits
    paid = found(parse_amount(context.incoming.text, limits.price_dong), "spending-unclear")
    require(paid <= limits.of_an_announcement, "spending-too-much", **_most(limits, context.say))
    await context.clear_state()
    return [context.reply(*await _saved(context, draft, metering, from_quota=True, paid_most=paid))]


def parse_amount(text: str, price_dong: int) -> int | None:
    """The messages that a typed number of messages or đồng allows; None if it cannot be read."""
    amount = _AMOUNT.fullmatch(text.strip())
    if amount is None:
        return None
    number = int(re.sub(r"[.,\s]", "", amount["number"]))
    return number // price_dong if amount["unit"] else number


async def _saved(
    context: Context, draft: Draft, metering: Metering, *, from_quota: bool, paid_most: int
) -> tuple[Html, Rows]:
    content = replace(draft.content, from_quota=from_quota, paid_most=paid_most)
    saved = await drafts.save_content(context, draft, content)
    if paid_most > draft.content.paid_most:
        await audit_log.record(
            context.tx,
            context.current_member,
            AuditAction.SPENDING_ALLOWED,
            announcement=draft.reference.id,
            version=saved.version,
            messages=paid_most,
            dong=paid_most * metering.limits.price_dong,
        )
    return _allowed(metering, saved.content, context.say), priority.see_rows(context, saved)


def _metering(context: Context) -> Metering:
    return found(metering_of(context), "button-unknown")


def _question(metering: Metering, month: MonthSpent, say: Speech) -> Html:
    asked = say("spending-question", **_most(metering.limits, say))
    return Html("\n".join([asked, "", *month_lines(metering, month, say)]))


def _most(limits: SpendingLimits, say: Speech) -> dict[str, str]:
    most = limits.of_an_announcement
    return {"most": say.number(most), "most_dong": say.number(most * limits.price_dong)}


def _offered(limits: SpendingLimits) -> list[int]:
    """Numbers of paid messages to offer: the largest round ones below the limit, and the limit."""
    most = limits.of_an_announcement
    below = [one for one in _OFFERED if one < most][-_MOST_OFFERED:]
    return [*below, most] if most else []


def _other_row(context: Context, draft: Draft, metering: Metering) -> Rows:
    if not metering.limits.of_an_announcement:
        return ()
    return ((context.button("spending-other", "spend-other", draft.id, draft.version),),)


def _option(context: Context, draft: Draft, value: str, label: str) -> Button:
    key = "choice-taken" if value == _current(draft.content) else "choice-free"
    return context.button(key, "spend-set", draft.id, draft.version, value, name=label)


def _current(content: Content) -> str:
    if content.paid_most:
        return str(content.paid_most)
    return _QUOTA if content.from_quota else _FREE


def _allowed(metering: Metering, content: Content, say: Speech) -> Html:
    """What may be spent on it, in a sentence."""
    if content.paid_most:
        label = _paid_label(metering.limits, content.paid_most, say)
    else:
        label = say.plain("spending-quota" if content.from_quota else "spending-free")
    return say("spending-allowed", what=label)


def _paid_label(limits: SpendingLimits, most: int, say: Speech) -> str:
    dong = say.number(most * limits.price_dong)
    return say.plain("spending-paid", count=say.number(most), dong=dong)
