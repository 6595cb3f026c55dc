"""How the platform charged each message, as the messenger reports it while it sends."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from handlers.messages import Address, Charge
from scheduler.delivery.charge_guard import ChargeGuard
from storage.models import DeliveryState
from storage.outbox.deliveries import Claimed
from storage.outbox.metering import Metering, Settlement, expected_charge

_collected: ContextVar[list[Charge | None] | None] = ContextVar("collected", default=None)


class ChargeReports:
    """Receives the reports of one account: those of an attempt to deliver, and those of answers."""

    def __init__(self) -> None:
        self.of_answers: list[Charge] = []
        """Charges of messages that are no deliveries, until they are counted."""
        self._quota_left: int | None = None

    def report(self, _to: Address, charge: Charge | None, remaining: int | None) -> None:
        """Takes the report of one message that left; None: the platform did not say it."""
        if charge is Charge.QUOTA and remaining is not None:
            self._quota_left = remaining
        collected = _collected.get()
        if collected is not None:
            collected.append(charge)
        elif charge in (Charge.QUOTA, Charge.PAID):
            self.of_answers.append(charge)

    @contextmanager
    def collecting(self) -> Iterator[list[Charge | None]]:
        """Collects the reports of what this task sends inside the block."""
        charges: list[Charge | None] = []
        token = _collected.set(charges)
        try:
            yield charges
        finally:
            _collected.reset(token)

    def take_quota_left(self) -> int | None:
        """What is left of the quota by the newest report; None if there was none since."""
        left, self._quota_left = self._quota_left, None
        return left


@dataclass(frozen=True)
class MeteredAccount:
    """The limits of one account, what it reports about its messages, and who waits for that."""

    metering: Metering
    reports: ChargeReports
    guard: ChargeGuard = field(default_factory=ChargeGuard)


def settlement(
    row: Claimed, state: DeliveryState, reported: Sequence[Charge | None]
) -> Settlement | None:
    """What an attempt cost; None where what was reserved stays spent.

    A message of which the platform does not say how it was charged counts as it was reserved.
    """
    expected = expected_charge(row.reservation)
    charged = tuple(charge or expected for charge in reported)
    if state is DeliveryState.UNCERTAIN and row.reservation is not None:
        return None
    if row.reservation is None and all(charge is Charge.FREE for charge in charged):
        return None
    return Settlement(row.reservation, row.announcement_id, charged)
