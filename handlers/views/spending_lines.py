"""What messages outside free periods have cost, in sentences; small numbers of people are not shown."""

from handlers.conversation import Html, Speech
from handlers.messages import messenger_name
from handlers.views.small_counts import UNTOLD, alone
from storage.outbox.metering import Metering, MonthSpent, Spent


def cost(spent: Spent, say: Speech) -> Html:
    """`Đã dùng 80 tin hạn mức gói, 12 tin trả phí (660 đ)`."""
    paid = alone(spent.paid)
    return say(
        "spending-cost",
        quota=alone(spent.from_quota).said(say),
        paid=paid.said(say),
        dong=UNTOLD if paid.sign else say.number(spent.dong),
    )


def month_lines(metering: Metering, month: MonthSpent, say: Speech) -> list[Html]:
    """What the account has spent this month of what it may, and what is left of its quota."""
    paid, most = alone(month.spent.paid), metering.limits.of_a_month
    lines = [
        say(
            "spending-month",
            messenger=messenger_name(metering.messenger),
            paid=paid.said(say),
            dong=UNTOLD if paid.sign else say.number(month.spent.dong),
            most=say.number(most),
            most_dong=say.number(most * metering.limits.price_dong),
        )
    ]
    if month.quota_left is not None:
        lines.append(say("spending-quota-left", left=say.number(max(0, month.quota_left))))
    if month.unpaid_since is not None:
        lines.append(say("spending-unpaid-since", when=say.when(month.unpaid_since)))
    return lines
