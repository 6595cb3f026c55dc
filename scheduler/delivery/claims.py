"""Claiming: takes deliveries out of the outbox under a lease, marks them as being sent, returns them.

A claim is safe against two senders: it is made under the term of the account's lease, so that a
process that lost the lease cannot claim or mark any more, and the claimed row has a lease of its
own, after which it is queued again. A row is marked as being sent in a committed transaction
before the call: what a crash leaves marked may have arrived, and becomes uncertain instead of being
sent twice.
"""

from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import datetime, timedelta
from functools import partial

from handlers.conversation import ClubSettings
from scheduler.settings import DeliverySettings
from storage.database import Store, Tx
from storage.database.due import Due
from storage.database.leases import LeaseTerm
from storage.outbox import admission, deliveries, dispatch_order, mailings, window_order
from storage.outbox.deliveries import Claimed, Pick

_RECOVER_EVERY = timedelta(seconds=1)
"""How often expired leases are looked for at most: the query scans every claimed row."""
_SCREENED_BATCHES = 10
"""How many batches are claimed in one transaction while none of their deliveries may leave now."""


class DeliveryClaims:
    """The claims of one worker on the deliveries of one messenger."""

    def __init__(
        self,
        store: Store,
        messenger: str,
        club: ClubSettings,
        settings: DeliverySettings,
        count_messages: Callable[[Claimed], Awaitable[int]],
    ) -> None:
        """`count_messages`: how many messages a delivery becomes at most."""
        self._store = store
        self._messenger = messenger
        self._quiet_hours = club.quiet_hours
        self._cheaper = club.cheaper_than(messenger)
        self._unchangeable = club.unchangeable
        self._metering = club.metered.get(messenger)
        self._settings = settings
        self._count_messages = count_messages
        self._recovered_at: datetime | None = None

    def first_due(self) -> Due:
        """When `claim` has something to do."""
        return [
            *dispatch_order.first_due(
                self._store.clock,
                self._messenger,
                self._quiet_hours,
                cheaper=self._cheaper,
                has_window=self._metering is not None,
            ),
            *deliveries.first_expired(self._store.clock, self._settings.lease),
            *mailings.first_finished(),
        ]

    async def claim(
        self, term: LeaseTerm, *, in_progress: Collection[int]
    ) -> tuple[list[Claimed], Sequence[int]]:
        """The next batch; when there is none, the mailings that have ended.

        `in_progress` are deliveries whose call has not ended; they are not taken for lost.

        Raises:
            LeaseLost: another process delivers for this account.
        """
        async with self._store.write() as tx:
            await self._recover_expired(tx, in_progress)
            claimed = await self._claim(tx, term)
            ended = [] if claimed else await mailings.finish(tx)
        return claimed, ended

    async def _claim(self, tx: Tx, term: LeaseTerm) -> list[Claimed]:
        if self._metering is None:
            return await self._claim_batch(tx, term)
        pick = partial(window_order.pick, self._metering, self._cheaper)
        for _ in range(_SCREENED_BATCHES):
            batch = await self._claim_batch(tx, term, pick)
            claimed = await admission.screen(tx, self._metering, batch)
            if claimed or not batch:
                return claimed
        return []

    async def _claim_batch(
        self, tx: Tx, term: LeaseTerm, pick: Pick | None = None
    ) -> list[Claimed]:
        return await deliveries.claim(
            tx,
            term,
            messenger=self._messenger,
            limit=self._settings.batch,
            lease=self._settings.lease,
            night=self._quiet_hours,
            cheaper=self._cheaper,
            pick=pick,
        )

    async def _recover_expired(self, tx: Tx, in_progress: Collection[int]) -> None:
        now, before = tx.clock.now(), self._recovered_at
        if before is None or not before <= now < before + _RECOVER_EVERY:
            await deliveries.recover(
                tx,
                lease=self._settings.lease,
                in_hand=in_progress,
                unchangeable=self._unchangeable,
            )
            self._recovered_at = now

    async def mark_sending(self, term: LeaseTerm, rows: Sequence[Claimed]) -> list[Claimed]:
        """Commits that these are being sent; returns those that may still be sent.

        Raises:
            LeaseLost: another process delivers for this account.
        """
        metering = self._metering
        if metering is None:
            async with self._store.write() as tx:
                return await self._mark(tx, term, rows)
        # Before the transaction: whoever writes a message to the bot waits for this one.
        messages = {row.id: await self._count_messages(row) for row in rows}
        async with self._store.write() as tx:
            marked = await self._mark(tx, term, rows)
            return await admission.admit(tx, metering, marked, messages)

    async def _mark(self, tx: Tx, term: LeaseTerm, rows: Sequence[Claimed]) -> list[Claimed]:
        return await deliveries.mark_sending(
            tx,
            term,
            rows,
            messenger=self._messenger,
            lease=self._settings.lease,
            night=self._quiet_hours,
            has_window=self._metering is not None,
        )

    async def give_back(self, term: LeaseTerm, rows: Sequence[Claimed]) -> None:
        """Queues claimed rows again that were not marked as being sent."""
        async with self._store.write() as tx:
            await deliveries.give_back(tx, term.holder, [row.id for row in rows])
