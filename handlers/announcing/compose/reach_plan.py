"""Whom an announcement reaches now and at what price, where not every message is free.

Figures of the last batch; a copy may still be charged otherwise when it leaves.
"""

from dataclasses import dataclass

from handlers.conversation import LANGUAGES, Context, Html, Speech
from handlers.views.announcement import Content, member_copy
from handlers.views.joined_parts import JoinedPart, joined
from handlers.views.small_counts import SMALLEST_SHOWN, alone
from storage.announcements.references import Reference
from storage.outbox import charges
from storage.outbox.metering import Metering, MonthSpent
from storage.reports import batch_totals


@dataclass(frozen=True)
class ReachPlan:
    """Numbers of people."""

    free: int
    from_quota: int
    paid: int
    not_now: int
    messages: int
    """Messages of one copy."""
    month: MonthSpent

    @property
    def whole(self) -> int:
        """Everybody it is for."""
        return self.free + self.from_quota + self.paid + self.not_now

    @property
    def parts(self) -> list[JoinedPart]:
        """The numbers that may be shown."""
        return joined(
            [
                ("free", self.free),
                ("quota", self.from_quota),
                ("paid", self.paid),
                ("not-now", self.not_now),
            ]
        )


async def make(
    context: Context, metering: Metering, content: Content, announcement: Reference
) -> ReachPlan:
    """What the announcement would do now with what may be spent on it."""
    cheaper = context.club.cheaper_than(metering.messenger)
    phases = await batch_totals.phases(context.tx, content.areas, metering, cheaper)
    whole = await batch_totals.audience(context.tx, content.areas)
    month = await charges.month(context.tx, metering)
    messages = copy_messages(context, metering, content, announcement)
    quota = (month.quota_left or 0) // messages if content.from_quota else 0
    from_quota = min(phases.charged, quota)
    payable = payable_now(metering, month, content.paid_most) // messages
    paid = min(phases.charged - from_quota, payable)
    beyond = phases.charged - from_quota - paid
    # Who they are is known when it is sent; as many of them can be reached elsewhere as of the others.
    elsewhere = beyond * phases.charged_elsewhere // max(1, phases.charged)
    not_now = phases.closed + beyond - elsewhere
    free = max(0, whole - from_quota - paid - not_now)
    return ReachPlan(free, from_quota, paid, not_now, messages, month)


def payable_now(metering: Metering, month: MonthSpent, paid_most: int) -> int:
    """How many messages may be paid for an announcement, within the limits of it and of the month."""
    limits, spent = metering.limits, month.spent
    left = min(
        limits.month_messages - spent.paid,
        (limits.month_dong - spent.dong) // limits.price_dong,
    )
    return max(0, min(paid_most, limits.of_an_announcement, left))


def copy_messages(
    context: Context, metering: Metering, content: Content, announcement: Reference
) -> int:
    """How many messages a copy becomes, of the longest language."""
    copies = [member_copy(content, announcement, context.speech(tag)) for tag in LANGUAGES]
    return max(1, *(sum(map(metering.messages_in, copy.parts())) for copy in copies))


def sentence(plan: ReachPlan, say: Speech) -> Html:
    """`412 nhận ngay, miễn phí · 80 từ hạn mức gói (còn 1.320 tin) · …`."""
    if plan.whole < SMALLEST_SHOWN:
        return say("spending-few", people=alone(plan.whole).said(say))
    parts = [_part(plan, part, say) for part in plan.parts]
    return say("spending-plan", parts=Html(" · ".join(parts)))


def _part(plan: ReachPlan, part: JoinedPart, say: Speech) -> Html:
    names = [_name(plan, name, say) for name in part.names]
    return say(
        "spending-part",
        count=say.number(part.number),
        name=Html(say.plain("spending-or").join(names)),
    )


def _name(plan: ReachPlan, name: str, say: Speech) -> Html:
    left = plan.month.quota_left
    if name == "quota" and left is not None:
        return say("spending-part-quota-left", left=say.number(max(0, left)))
    return say(f"spending-part-{name}")
