"""Holds messages back while the platform charges others dearer than expected.

Many messages are marked as being sent before the first of them is answered. Their reservations rely on
what is known of free periods and of the quota. Where that is wrong, each of them would cost money.
"""

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager

from storage.outbox.deliveries import Claimed
from storage.outbox.messaging_window import Charge
from storage.outbox.metering import expected_charge, is_dearer

_CONFIRMED_MOST = 1_000
_Kind = tuple[Charge, int]
"""How a message is expected to be charged, and its mailing."""


class ChargeGuard:
    """For one account in one process.

    The first message of a mailing goes alone, for each way in which its messages are expected to be
    charged; the others follow when it was charged so. After a dearer one nothing leaves until its
    outcome is recorded: by then its mailing is paused, or the quota counts as used up. Whatever was
    marked as being sent before that must be marked anew, since its reservation relied on less.
    """

    def __init__(self) -> None:
        self._confirmed: set[_Kind] = set()
        self._turns = {charge: asyncio.Lock() for charge in Charge}
        self._dearer: set[int] = set()
        """Deliveries that were dearer than expected and whose outcome is not recorded."""
        self._is_recorded = asyncio.Event()
        self._is_recorded.set()
        self.round = 0
        """Grows when outcomes are recorded that were dearer than expected."""

    @asynccontextmanager
    async def turn(self, row: Claimed, marked_in: int) -> AsyncIterator[bool]:
        """Waits for the turn of a delivery; False: it must not be sent now.

        `marked_in` is the `round` before it was marked as being sent.
        """
        async with self._alone(expected_charge(row.reservation), row.mailing_id):
            await self._is_recorded.wait()
            yield marked_in == self.round

    @asynccontextmanager
    async def _alone(self, expected: Charge, mailing_id: int) -> AsyncIterator[None]:
        """Waits for whoever goes alone; the body goes alone itself if nothing is confirmed by then."""
        turn = self._turns[expected]
        if not self._is_confirmed(expected, mailing_id):
            await turn.acquire()
            if not self._is_confirmed(expected, mailing_id):
                try:
                    yield
                finally:
                    turn.release()
                return
            turn.release()
        yield

    def _is_confirmed(self, expected: Charge, mailing_id: int) -> bool:
        return expected is Charge.PAID or (expected, mailing_id) in self._confirmed

    def note(self, row: Claimed, reported: Sequence[Charge | None]) -> None:
        """Takes how the messages of a delivery were charged; None: the platform did not say it."""
        expected = expected_charge(row.reservation)
        if any(charge and is_dearer(charge, expected) for charge in reported):
            self._dearer.add(row.id)
            self._is_recorded.clear()
            self._confirmed.clear()
        elif reported:
            if len(self._confirmed) >= _CONFIRMED_MOST:
                self._confirmed.clear()
            self._confirmed.add((expected, row.mailing_id))

    def recorded(self, deliveries: Collection[int]) -> None:
        """The outcomes of these deliveries are committed, with what follows from their charges."""
        if self._dearer.isdisjoint(deliveries):
            return
        self._dearer.difference_update(deliveries)
        self.round += 1
        if not self._dearer:
            self._is_recorded.set()
