"""The ledger of messages outside free periods: a row for each month, and one for each announcement.

Rows of months are locked before those of announcements, an earlier month before a later one, so that
no two transactions wait for each other.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

import structlog
from sqlalchemy import Update
from sqlmodel import SQLModel, and_, case, col, exists, func, literal, or_, select, update

from storage.database import Tx, insert
from storage.models import (
    AnnouncementCost,
    Delivery,
    DeliveryState,
    Mailing,
    MailingKind,
    SentCount,
)
from storage.outbox.messaging_window import Charge
from storage.outbox.metering import Metering, MonthSpent, Settlement, Spent, spent_on
from storage.outbox.monthly_quota import month_of

log = structlog.stdlib.get_logger()

_MONTH = SQLModel.metadata.tables["sentcount"].c
_COST = SQLModel.metadata.tables["announcementcost"].c
_COUNTED = ("from_quota", "paid", "dong")
_Change = tuple[date, int | None, Spent]
"""Month, announcement, and what is added to them."""


async def month(tx: Tx, metering: Metering, *, lock: bool = False) -> MonthSpent:
    """What the account has spent this month, and what is left of its quota.

    With `lock` nobody else changes it until the transaction ends.
    """
    begun = month_of(tx, metering.timezone)
    query = select(SentCount).where(
        SentCount.messenger == metering.messenger, SentCount.month == begun
    )
    if lock:
        await _ensure_month(tx, metering.messenger, begun)
        query = query.with_for_update()
    row = await tx.first(query.execution_options(populate_existing=True))
    if row is None:
        return MonthSpent()
    return MonthSpent(Spent(row.from_quota, row.paid, row.dong), row.quota_left, row.unpaid_since)


async def lock_months(tx: Tx, metering: Metering, settlements: Collection[Settlement]) -> None:
    """Locks the present month and those of these reservations until the end of `tx`."""
    begun = {month_of(tx, metering.timezone)}
    begun |= {one.reservation.month for one in settlements if one.reservation}
    for one in sorted(begun):
        await _ensure_month(tx, metering.messenger, one)
    await tx.all(
        select(col(SentCount.month))
        .where(SentCount.messenger == metering.messenger, col(SentCount.month).in_(begun))
        .order_by(col(SentCount.month))
        .with_for_update()
    )


async def of_announcements(tx: Tx, numbers: Collection[int]) -> dict[int, Spent]:
    """What each of these announcements cost; those that cost nothing are missing."""
    sums = (func.sum(_COST[name]) for name in _COUNTED)
    query: Any = select(_COST.announcement_id, *sums).where(_COST.announcement_id.in_(numbers))
    rows = (await tx.execute(query.group_by(_COST.announcement_id))).all()
    return {number: Spent(*map(int, counted)) for number, *counted in rows}


async def lock_announcements(tx: Tx, messenger: str, numbers: Collection[int]) -> dict[int, Spent]:
    """What these announcements cost on this messenger; nobody else changes it until the end of `tx`."""
    query = (
        select(AnnouncementCost)
        .where(
            AnnouncementCost.messenger == messenger,
            col(AnnouncementCost.announcement_id).in_(numbers),
        )
        .order_by(col(AnnouncementCost.announcement_id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    rows = await tx.all(query) if numbers else ()
    return {row.announcement_id: Spent(row.from_quota, row.paid, row.dong) for row in rows}


async def settle(tx: Tx, metering: Metering, settlements: Collection[Settlement]) -> list[int]:
    """Replaces reservations by what the platform charged; what did not leave is released.

    `lock_months` must have locked the months. Returns the announcements that cost what they may not,
    because the platform charged messages otherwise than expected: more than an officer chose, or than
    the configuration allows for one announcement or a month.
    """
    changes: list[_Change] = []
    for one in settlements:
        reserved = one.reservation.spent if one.reservation else Spent()
        begun = one.reservation.month if one.reservation else month_of(tx, metering.timezone)
        actual = spent_on(one.charged, metering.limits.price_dong)
        if actual != reserved:
            changes.append((begun, one.announcement_id, actual - reserved))
    await add(tx, metering.messenger, changes)
    unexpected = [one for one in settlements if one.is_unexpected]
    if any(one.reservation and Charge.PAID in one.charged for one in unexpected):
        await _refute_quota(tx, metering)
    return await _overspent(tx, metering, unexpected)


async def add(tx: Tx, messenger: str, changes: Iterable[_Change]) -> None:
    """Adds to the counters of months and announcements."""
    by_month: dict[date, Spent] = {}
    by_announcement: dict[int, Spent] = {}
    for begun, number, spent in changes:
        by_month[begun] = by_month.get(begun, Spent()) + spent
        if number is not None:
            by_announcement[number] = by_announcement.get(number, Spent()) + spent
    for begun in sorted(by_month):
        await _add_to_month(tx, messenger, begun, by_month[begun])
    for number in sorted(by_announcement):
        await _add_to_announcement(tx, messenger, number, by_announcement[number])


async def count_charged(tx: Tx, metering: Metering, charged: Collection[Charge]) -> None:
    """Counts messages that are no deliveries, such as answers, where the platform charged them."""
    spent = spent_on(charged, metering.limits.price_dong)
    if spent != Spent():
        await add(tx, metering.messenger, [(month_of(tx, metering.timezone), None, spent)])


async def set_quota_left(tx: Tx, metering: Metering, left: int) -> None:
    """Stores the rest of the package's quota, as the platform states it while nothing is sent."""
    await _ensure_month(tx, metering.messenger, month_of(tx, metering.timezone))
    relied_on = _this_month(tx, metering).where(_MONTH.quota_refuted.is_(False))
    await tx.execute(relied_on.values(quota_left=left))


async def _refute_quota(tx: Tx, metering: Metering) -> None:
    """Stores that money was taken instead of the quota: there is none, whatever is stated this month.

    Else each statement would lead to paid messages that nobody allowed.
    """
    await _ensure_month(tx, metering.messenger, month_of(tx, metering.timezone))
    await tx.execute(_this_month(tx, metering).values(quota_left=0, quota_refuted=True))
    log.warning("the platform took money instead of the quota, which counts as used up this month")


async def note_stated_quota(tx: Tx, metering: Metering, left: int, before: MonthSpent) -> None:
    """Stores the rest of the quota that the platform stated when asked.

    `before` is the month as it was before the question. If something is being sent or was meanwhile,
    the number may not count it, and only lowers what is known.
    """
    now = await month(tx, metering, lock=True)
    under_way = exists().where(
        col(Delivery.state) == DeliveryState.SENDING, col(Delivery.via) == metering.messenger
    )
    is_idle = now.spent == before.spent and not await tx.one(select(under_way))
    if is_idle:
        await set_quota_left(tx, metering, left)
    else:
        await note_quota_left(tx, metering, left)


async def note_unknown_quota(tx: Tx, metering: Metering) -> None:
    """Stores that there is no quota, if nothing is known of it."""
    await _ensure_month(tx, metering.messenger, month_of(tx, metering.timezone))
    unknown = _this_month(tx, metering).where(_MONTH.quota_left.is_(None))
    await tx.execute(unknown.values(quota_left=0))


async def note_quota_left(tx: Tx, metering: Metering, left: int) -> None:
    """Lowers the rest of the quota to what the platform states after a message.

    This never raises it: messages that are reserved and not sent yet are still in that number.
    """
    lower = case((_MONTH.quota_left < left, _MONTH.quota_left), else_=left)
    await _ensure_month(tx, metering.messenger, month_of(tx, metering.timezone))
    await tx.execute(_this_month(tx, metering).values(quota_left=lower))


async def note_unpaid(tx: Tx, metering: Metering) -> bool:
    """Stores that the account has no money for paid messages; False if that was known already."""
    before = await month(tx, metering, lock=True)
    await tx.execute(_this_month(tx, metering).values(unpaid_since=tx.clock.now()))
    return before.unpaid_since is None


async def note_paid(tx: Tx, metering: Metering) -> None:
    """Stores that the platform took money, so the account has some."""
    refused = _this_month(tx, metering).where(_MONTH.unpaid_since.is_not(None))
    await tx.execute(refused.values(unpaid_since=None))


async def _overspent(tx: Tx, metering: Metering, unexpected: Collection[Settlement]) -> list[int]:
    numbers = {one.announcement_id for one in unexpected if one.announcement_id is not None}
    if not numbers:
        return []
    paid = {one.announcement_id for one in unexpected if Charge.PAID in one.charged}
    of_quota = {one.announcement_id for one in unexpected if Charge.QUOTA in one.charged}
    limits, spent = metering.limits, (await month(tx, metering)).spent
    month_is_over = spent.paid > limits.month_messages or spent.dong > limits.month_dong
    query = (
        select(AnnouncementCost.announcement_id)
        .join(Mailing, col(Mailing.announcement_id) == AnnouncementCost.announcement_id)
        .where(
            AnnouncementCost.messenger == metering.messenger,
            col(AnnouncementCost.announcement_id).in_(numbers),
            Mailing.kind == MailingKind.ANNOUNCEMENT,
            or_(
                and_(
                    col(AnnouncementCost.announcement_id).in_(paid),
                    or_(
                        AnnouncementCost.paid > Mailing.paid_most,
                        AnnouncementCost.paid > limits.announcement_messages,
                        AnnouncementCost.dong > limits.announcement_dong,
                        literal(month_is_over),
                    ),
                ),
                and_(
                    col(AnnouncementCost.announcement_id).in_(of_quota),
                    col(Mailing.from_quota).is_(False),
                ),
            ),
        )
    )
    return list(await tx.all(query))


async def _ensure_month(tx: Tx, messenger: str, begun: date) -> None:
    row = {"messenger": messenger, "month": begun, "sent": 0, **dict.fromkeys(_COUNTED, 0)}
    await tx.execute(insert(tx, SentCount).values(row).on_conflict_do_nothing())


async def _add_to_month(tx: Tx, messenger: str, begun: date, spent: Spent) -> None:
    row = {name: getattr(spent, name) for name in _COUNTED}
    statement = insert(tx, SentCount).values(messenger=messenger, month=begun, sent=0, **row)
    sums: dict[str, Any] = {name: _MONTH[name] + statement.excluded[name] for name in _COUNTED}
    # What is released of a refuted quota is none.
    sums["quota_left"] = case(
        (_MONTH.quota_refuted, 0), else_=_MONTH.quota_left - statement.excluded.from_quota
    )
    await tx.execute(
        statement.on_conflict_do_update(index_elements=["messenger", "month"], set_=sums)
    )


async def _add_to_announcement(tx: Tx, messenger: str, number: int, spent: Spent) -> None:
    row = {name: getattr(spent, name) for name in _COUNTED}
    statement = insert(tx, AnnouncementCost).values(
        announcement_id=number, messenger=messenger, **row
    )
    sums = {name: _COST[name] + statement.excluded[name] for name in _COUNTED}
    await tx.execute(
        statement.on_conflict_do_update(index_elements=["announcement_id", "messenger"], set_=sums)
    )


def _this_month(tx: Tx, metering: Metering) -> Update:
    return update(SentCount).where(
        col(SentCount.messenger) == metering.messenger,
        col(SentCount.month) == month_of(tx, metering.timezone),
    )
