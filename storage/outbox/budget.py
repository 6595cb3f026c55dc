"""What may still be spent, in a transaction that has locked the counters.

A message that is not free is reserved in the transaction that marks its delivery as being sent, so
the reservation is committed before the call. It is released only when the message certainly did not
leave (`storage.outbox.charges.settle`); what is uncertain stays spent.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from storage.database import Tx
from storage.outbox import charges
from storage.outbox.messaging_window import Charge
from storage.outbox.metering import Allowance, Metering, MonthSpent, Reservation, Spent
from storage.outbox.monthly_quota import month_of

_UNPAID_FOR = timedelta(hours=1)
"""How long no paid message is tried after the platform said that the account has no money."""


@dataclass
class Budget:
    """What may still be spent."""

    metering: Metering
    month: date
    now: datetime
    account: MonthSpent
    announcements: dict[int, Spent]
    """What each announcement has cost so far."""
    _reserved: list[Reservation] = field(default_factory=list)

    def reserve(self, allowance: Allowance, messages: int) -> Reservation | None:
        """Reserves messages, of the quota or else paid ones; None if neither may be spent."""
        reservation = self._possible(allowance, messages)
        if reservation is not None:
            self._reserved.append(reservation)
            self._count(reservation)
        return reservation

    def allows(self, allowance: Allowance) -> bool:
        """Whether at least one message may be spent."""
        return self._possible(allowance, 1) is not None

    def is_open(self, allowance: Allowance) -> bool:
        """Whether it depends on the rest of the quota, which is unknown until the platform is asked."""
        return allowance.from_quota and self.account.quota_left is None

    async def save(self, tx: Tx) -> None:
        """Writes what was reserved."""
        changes = [(one.month, one.announcement_id, one.spent) for one in self._reserved]
        await charges.add(tx, self.metering.messenger, changes)
        self._reserved.clear()

    def _possible(self, allowance: Allowance, messages: int) -> Reservation | None:
        of_quota = Reservation(self.month, allowance.announcement_id, Charge.QUOTA, messages)
        if allowance.from_quota and (self.account.quota_left or 0) >= messages:
            return of_quota
        dong = messages * self.metering.limits.price_dong
        paid = replace(of_quota, charge=Charge.PAID, dong=dong)
        return paid if self._may_be_paid(allowance, paid) else None

    def _may_be_paid(self, allowance: Allowance, paid: Reservation) -> bool:
        limits, number = self.metering.limits, allowance.announcement_id
        if number is None or self._has_no_money:
            return False
        of_it = self.announcements.get(number, Spent()) + paid.spent
        in_month = self.account.spent + paid.spent
        return (
            of_it.paid <= min(allowance.paid_most, limits.announcement_messages)
            and of_it.dong <= limits.announcement_dong
            and in_month.paid <= limits.month_messages
            and in_month.dong <= limits.month_dong
        )

    @property
    def _has_no_money(self) -> bool:
        since = self.account.unpaid_since
        return since is not None and since <= self.now < since + _UNPAID_FOR

    def _count(self, reservation: Reservation) -> None:
        spent, left = reservation.spent, self.account.quota_left
        self.account = replace(
            self.account,
            spent=self.account.spent + spent,
            quota_left=None if left is None else left - spent.from_quota,
        )
        if (number := reservation.announcement_id) is not None:
            self.announcements[number] = self.announcements.get(number, Spent()) + spent


async def lock(tx: Tx, metering: Metering, allowances: Iterable[Allowance]) -> Budget:
    """The budget of this month and of these mailings' announcements."""
    account = await charges.month(tx, metering, lock=True)
    numbers = {one.announcement_id for one in allowances if one.announcement_id is not None}
    return Budget(
        metering,
        month_of(tx, metering.timezone),
        tx.clock.now(),
        account,
        await charges.lock_announcements(tx, metering.messenger, numbers),
    )
