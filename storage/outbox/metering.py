"""Accounts whose messages cost something outside free periods: limits, reservations, what was spent."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from storage.outbox.messaging_window import Charge, MessagingWindow


@dataclass(frozen=True)
class SpendingLimits:
    """The most that may be paid, in messages and in đồng; the lower one counts. 0: nothing."""

    announcement_messages: int = 0
    announcement_dong: int = 0
    month_messages: int = 0
    month_dong: int = 0
    price_dong: int = 55
    """Price of one paid message."""

    @property
    def of_an_announcement(self) -> int:
        """The most messages that may be paid for one announcement in one month."""
        return min(
            self.announcement_messages,
            self.announcement_dong // self.price_dong,
            self.of_a_month,
        )

    @property
    def of_a_month(self) -> int:
        """The most messages that may be paid in one month."""
        return min(self.month_messages, self.month_dong // self.price_dong)


def _one(_part: object) -> int:
    return 1


@dataclass(frozen=True)
class Metering:
    """An account whose messages cost something outside free periods."""

    messenger: str
    window: MessagingWindow
    limits: SpendingLimits
    timezone: ZoneInfo
    """The club's time zone, in which its months begin."""
    messages_in: Callable[[Any], int] = _one
    """How many messages a part (`handlers.messages.Part`) becomes at most; each is charged."""


@dataclass(frozen=True)
class Allowance:
    """What one mailing may spend."""

    announcement_id: int | None = None
    """The announcement that it costs; None for other mailings."""
    from_quota: bool = True
    paid_most: int = 0
    """Paid messages of the announcement, its corrections and its recall together."""


QUOTA_ONLY = Allowance()
"""What answers, verdicts and notices may spend."""
FREE_ONLY = Allowance(from_quota=False)
"""What digests may spend: the next one has their news."""


@dataclass(frozen=True)
class Spent:
    """Messages outside free periods, reserved ones included."""

    from_quota: int = 0
    paid: int = 0
    dong: int = 0
    """Price of the paid ones."""

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(
            self.from_quota + other.from_quota, self.paid + other.paid, self.dong + other.dong
        )

    def __sub__(self, other: "Spent") -> "Spent":
        return self + Spent(-other.from_quota, -other.paid, -other.dong)


@dataclass(frozen=True)
class Reservation:
    """Messages of one delivery that may be charged, counted as spent until it is known."""

    month: date
    announcement_id: int | None
    charge: Charge
    """`QUOTA` or `PAID`."""
    messages: int
    dong: int = 0

    @property
    def spent(self) -> Spent:
        """What it counts as."""
        if self.charge is Charge.QUOTA:
            return Spent(from_quota=self.messages)
        return Spent(paid=self.messages, dong=self.dong)


_BY_PRICE = (Charge.FREE, Charge.QUOTA, Charge.PAID)


def is_dearer(charge: Charge, expected: Charge) -> bool:
    """Whether a charge costs the account more than another one."""
    return _BY_PRICE.index(charge) > _BY_PRICE.index(expected)


def expected_charge(reservation: Reservation | None) -> Charge:
    """How the platform is expected to charge a message with this reservation."""
    return reservation.charge if reservation else Charge.FREE


@dataclass(frozen=True)
class Settlement:
    """What is known of the price of one attempt after it."""

    reservation: Reservation | None
    """None: it should have been free."""
    announcement_id: int | None
    charged: tuple[Charge, ...]
    """How each message that left was charged."""

    @property
    def is_unexpected(self) -> bool:
        """Whether the platform charged a message dearer than it was expected to."""
        expected = expected_charge(self.reservation)
        return any(is_dearer(charge, expected) for charge in self.charged)


@dataclass(frozen=True)
class MonthSpent:
    """The present month of one account."""

    spent: Spent = Spent()
    quota_left: int | None = None
    """Messages left of the package's quota; None: unknown."""
    unpaid_since: datetime | None = None
    """Since when the platform refuses paid messages because the account has no money."""


def spent_on(charged: Iterable[Charge], price_dong: int) -> Spent:
    """What messages that were charged so cost."""
    charges = list(charged)
    paid = charges.count(Charge.PAID)
    return Spent(charges.count(Charge.QUOTA), paid, paid * price_dong)
